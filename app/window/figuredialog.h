// Asks how the chart or the map becomes a file, for paper or for a screen, and shows what it will be.
// What was chosen is remembered. Window's thread; deletes itself.
#pragma once

#include "widgets/charts/chartexport.h"
#include "widgets/layermap/layermapexport.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFontComboBox;
class QLabel;
class QSpinBox;

namespace pare {

/// What there is to be drawn.
struct FigureSubjects
{
    TradeoffData chart;
    QString chartTitle;
    QString chartCaption;
    LayerMapData map;
    LayerMapExport mapOptions; ///< as it stands in the window
};

class FigureDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Subject { Chart, Map };

    FigureDialog(FigureSubjects subjects, Subject subject, QWidget *parent);

    /// The content of a file with that ending: png, svg, pdf, csv (of the chart).
    QByteArray content(const QString &suffix) const;

Q_SIGNALS:
    void failed(const QString &problem);

private:
    struct Picture
    {
        PictureFormat format = PictureFormat::Png;
        int dotsPerInch = 300;
    };

    void makeForm(QWidget *form);
    void restore();
    void remember() const;
    void showState();
    void showPreview();
    void save();
    bool onPaper() const;
    QString suffix() const;
    FigureStyle style() const;
    QByteArray picture(const Picture &wanted) const;

    FigureSubjects m_subjects;
    QComboBox *m_subject;
    QComboBox *m_format;
    QComboBox *m_size;
    QDoubleSpinBox *m_width;
    QDoubleSpinBox *m_height;
    QFontComboBox *m_font;
    QDoubleSpinBox *m_points;
    QDoubleSpinBox *m_line;
    QSpinBox *m_dots;
    QCheckBox *m_title;
    QLabel *m_preview;
    QLabel *m_summary;
};

} // namespace pare

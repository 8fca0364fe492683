// Asks how a picture of the window becomes a file or goes to the clipboard, for paper or for a screen,
// and shows what it will be. What was chosen is remembered. Window's thread; deletes itself.
#pragma once

#include "app/window/figures.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFontComboBox;
class QLabel;
class QSpinBox;

namespace pare {

class FigureDialog : public QDialog
{
    Q_OBJECT

public:
    /// `first` is one of `subjects`.
    FigureDialog(std::vector<FigureSubject> subjects, FigureKind first, QWidget *parent);

    /// What was chosen here last.
    static FigureLook rememberedLook();
    /// The content of a file with that ending: png, svg, pdf, csv.
    QByteArray content(const QString &suffix) const;

Q_SIGNALS:
    void failed(const QString &problem);

private:
    void makeForm(QWidget *form);
    void restore();
    void remember() const;
    void showState();
    void showPreview();
    void save();
    void copy();
    bool onPaper() const;
    QString suffix() const;
    const FigureSubject &subject() const;
    FigureLook look(int dotsPerInch) const;

    std::vector<FigureSubject> m_subjects;
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

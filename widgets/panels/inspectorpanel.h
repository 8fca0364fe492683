// Everything about what is selected on the map: one layer with its weights, or the sums of several.
// Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/charts/histogramview.h"

#include <QScrollArea>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

class QGridLayout;
class QLabel;

namespace pare {

struct InspectorData
{
    QString title;     ///< "encoder.5.ffn.down", "12 layers"; empty: nothing is selected
    QStringList lines; ///< "128 × 512 · float32 · 262 kB"
    std::vector<std::pair<QString, QString>> figures;
    std::optional<HistogramData> histogram;
    QString histogramNote; ///< why there is none yet, or what it leaves out
};

class InspectorPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget *parent = nullptr);

    void setData(const InspectorData &data);
    const InspectorData &data() const { return m_data; }
    QSize sizeHint() const override { return {340, 480}; }

private:
    void showFigures();

    InspectorData m_data;
    QLabel *m_title;
    QLabel *m_lines;
    QLabel *m_heading;
    HistogramView *m_histogram;
    QLabel *m_note;
    QGridLayout *m_figures;
    QLabel *m_empty;
};

} // namespace pare

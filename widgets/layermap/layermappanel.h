// The layer map under its head: what model it is, and what colour and width are to show.
// Window's thread; owned by its parent.
#pragma once

#include "widgets/layermap/layermap.h"

#include <QWidget>

class QComboBox;
class QLabel;

namespace pare {

class LayerMapPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LayerMapPanel(QWidget *parent = nullptr);

    LayerMap *map() const { return m_map; }
    /// "bert 6 × 128 · 2.05 M parameters"; empty: no model.
    void setSummary(const QString &summary);
    void setColour(LayerColour colour);
    void setWidths(LayerWidths widths);

private:
    LayerMap *m_map;
    QLabel *m_summary;
    QComboBox *m_colour;
    QComboBox *m_widths;
};

/// One line on a model: architecture, blocks × width, parameters.
QString modelSummary(const ModelDescription &model);

} // namespace pare

// The chart of runs under its head: what its axes show, which families are on it, and the way to a
// picture of it. Window's thread; owned by its parent.
#pragma once

#include "widgets/charts/tradeoffchart.h"

#include <set>
#include <vector>

class QAction;
class QComboBox;
class QMenu;
class QToolButton;

namespace pare {

class EmptyState;
class FamilyLegend;

class TradeoffPanel : public QWidget
{
    Q_OBJECT

public:
    /// `name` begins the object names of what is in it: "chartX", "chartSave".
    explicit TradeoffPanel(const QString &name = QStringLiteral("chart"),
                           QWidget *parent = nullptr);

    TradeoffChart *chart() const { return m_chart; }
    /// What was chosen here: points are to be made for these.
    TradeoffAxes axes() const;
    void setAxes(TradeoffAxes axes);
    std::vector<QComboBox *> axisChoices() const { return {m_x, m_y}; }
    QAction *scaleAction() const { return m_scale; }
    /// As TradeoffChart::setData, with the scale and the families that were chosen here.
    void setData(TradeoffData data);
    /// While there is none: why not, in place of how they come to be, and what a button offers; each may be empty.
    void setEmpty(const QString &why, const QString &action);

Q_SIGNALS:
    void emptyActionRequested();
    /// A person wants the chart as a file.
    void exportRequested();
    /// Other axes were chosen: setData() is to follow.
    void axesChanged();

protected:
    void changeEvent(QEvent *event) override;

private:
    void showFamilies(const TradeoffData &data);
    void showMarks();

    TradeoffChart *m_chart;
    EmptyState *m_empty;
    TradeoffData m_data; ///< with all families
    QComboBox *m_x;
    QComboBox *m_y;
    QAction *m_scale;
    QToolButton *m_families;
    FamilyLegend *m_legend;
    QMenu *m_familyMenu;
    QList<QAction *> m_familyActions;
    std::set<Family> m_hidden;
};

} // namespace pare

// Size against accuracy: every run a point with its interval, the front, the original, the current
// recipe.
//
// Shows the values it was given; what a person chooses leaves by signals. Window's thread; owned by
// its parent.
#pragma once

#include "widgets/charts/tradeoffdata.h"

#include <QWidget>
#include <memory>

namespace pare {

class TradeoffPlot;

class TradeoffChart : public QWidget
{
    Q_OBJECT

public:
    explicit TradeoffChart(QWidget *parent = nullptr);
    ~TradeoffChart() override;

    /// Keeps the selection as far as it is still there, and the ranges where a person has changed
    /// them.
    void setData(const TradeoffData &data);
    const TradeoffData &data() const;

    /// The id of the selected run, or empty. Setting it emits nothing.
    QString selectedRun() const;
    void selectRun(const QString &id);

    /// Shows everything.
    void fit();
    /// Where a point stands, in this widget's coordinates.
    QPointF pointPosition(std::size_t index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person chose the run.
    void runSelected(const QString &id);
    /// A double click or Enter: its recipe is wanted back.
    void runActivated(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void restyle();
    void choose(std::size_t index);
    void hover(const QPoint &position, const QPoint &globalPosition);
    void step(int direction);
    void zoom(double factor);
    void describe();

    TradeoffPlot *m_plot;
    QPoint m_pressed;
    bool m_fitted = true;
};

} // namespace pare

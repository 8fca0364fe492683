// Size against accuracy: every run a point with its interval, the front, the original, the current
// recipe.
//
// Shows the values it was given; what a person chooses leaves by signals. Window's thread; owned by
// its parent.
#pragma once

#include "widgets/charts/tradeoffdata.h"

#include <QStringList>
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

    /// The id of the one that is selected, or the first of several; empty: none.
    QString selectedRun() const;
    QStringList selectedRuns() const;
    /// Emit nothing. Several selected runs stay selected if selectRun() names one of them or none.
    void selectRun(const QString &id);
    void selectRuns(const QStringList &ids);

    /// Shows everything.
    void fit();
    /// Where a point stands, in this widget's coordinates.
    QPointF pointPosition(std::size_t index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// A person chose the run.
    void runSelected(const QString &id);
    /// A person chose so many.
    void runsSelected(const QStringList &ids);
    /// What can be done with those that are selected is asked for at a place of the screen.
    void menuRequested(const QPoint &globalPosition);
    /// A double click or Enter: its recipe is wanted back.
    void runActivated(const QString &id);

protected:
    void changeEvent(QEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    enum class Choice { Only, Toggled, Added };

    void restyle();
    void setSelection(const QStringList &ids);
    void choose(const std::vector<std::size_t> &points, Choice choice);
    void press(const QMouseEvent &event);
    void release(const QMouseEvent &event);
    void move(const QMouseEvent &event);
    void hover(const QPoint &position, const QPoint &globalPosition);
    void step(int direction, Choice choice);
    void zoom(double factor);
    void describe();

    TradeoffPlot *m_plot;
    QPoint m_pressed;
    QPoint m_dragged; ///< where the pointer was last
    bool m_fitted = true;
};

} // namespace pare

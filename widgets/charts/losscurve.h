// How a training goes: its loss over the steps, what it scores on the development data, and below them
// learning rate and gradient norm.
//
// Shows the values it was given. Window's thread; owned by its parent.
#pragma once

#include "core/model/trainingrecord.h"

#include <QWidget>

class QCPAxisRect;
class QCPGraph;
class QCPTextElement;
class QCustomPlot;

namespace pare {

class LossCurve : public QWidget
{
    Q_OBJECT

public:
    explicit LossCurve(QWidget *parent = nullptr);

    void setRecord(const TrainingRecord &record);
    const TrainingRecord &record() const { return m_record; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent *event) override;

private:
    void makeBelow();
    void restyle();
    void describe();

    TrainingRecord m_record;
    QCustomPlot *m_plot;
    QCPGraph *m_loss;
    QCPGraph *m_devLoss;
    QCPGraph *m_score;    ///< on the right axis
    QCPAxisRect *m_below; ///< how the steps were taken, on the same steps
    QCPGraph *m_rate;
    QCPGraph *m_norm; ///< on the right axis
};

/// Ranges that show all of it: steps, losses, scores (0…1).
struct LossRanges
{
    double steps = 1;
    double lossHigh = 1;
    double scoreLow = 0;
    double scoreHigh = 1;
    double rateHigh = 0; ///< 0: not known
    double normHigh = 0;
};
LossRanges lossRanges(const TrainingRecord &record);

} // namespace pare

#include "widgets/charts/losscurve.h"

#include "widgets/charts/decimalticker.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QVBoxLayout>
#include <algorithm>
#include <qcustomplot.h>

namespace pare {

LossRanges lossRanges(const TrainingRecord &record)
{
    LossRanges ranges;
    ranges.lossHigh = 0;
    for (const TrainingPoint &point : record.points) {
        ranges.steps = std::max(ranges.steps, static_cast<double>(point.step));
        ranges.lossHigh = std::max(ranges.lossHigh, point.loss);
    }
    double low = 1;
    double high = 0;
    for (const TrainingEvaluation &evaluation : record.evaluations) {
        ranges.steps = std::max(ranges.steps, static_cast<double>(evaluation.step));
        ranges.lossHigh = std::max(ranges.lossHigh, evaluation.loss);
        low = std::min(low, evaluation.accuracy);
        high = std::max(high, evaluation.accuracy);
    }
    ranges.lossHigh = ranges.lossHigh > 0 ? 1.05 * ranges.lossHigh : 1;
    if (!record.evaluations.empty()) {
        const double room = std::max(0.01, 0.2 * (high - low));
        ranges.scoreLow = std::max(0.0, low - room);
        ranges.scoreHigh = std::min(1.0, high + room);
    }
    return ranges;
}

LossCurve::LossCurve(QWidget *parent)
    : QWidget(parent)
    , m_plot(new QCustomPlot)
    , m_loss(m_plot->addGraph())
    , m_devLoss(m_plot->addGraph())
    , m_score(m_plot->addGraph(m_plot->xAxis, m_plot->yAxis2))
{
    setObjectName(QStringLiteral("lossCurve"));
    setAccessibleName(tr("How the training goes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_plot);
    m_loss->setName(tr("loss"));
    m_devLoss->setName(tr("loss on the development data"));
    m_score->setName(tr("right on the development data, %"));
    m_devLoss->setLineStyle(QCPGraph::lsNone);
    m_plot->xAxis->setTicker(QSharedPointer<DecimalTicker>::create(AxisScale::Linear));
    m_plot->yAxis->setTicker(QSharedPointer<DecimalTicker>::create(AxisScale::Linear));
    m_plot->yAxis2->setTicker(QSharedPointer<DecimalTicker>::create(AxisScale::Linear));
    m_plot->xAxis->setLabel(tr("steps"));
    m_plot->yAxis->setLabel(tr("loss, nats"));
    m_plot->legend->setVisible(true);
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    restyle();
    setRecord({});
}

void LossCurve::setRecord(const TrainingRecord &record)
{
    m_record = record;
    m_loss->data()->clear();
    m_devLoss->data()->clear();
    m_score->data()->clear();
    for (const TrainingPoint &point : record.points)
        m_loss->addData(static_cast<double>(point.step), point.loss);
    for (const TrainingEvaluation &evaluation : record.evaluations) {
        m_devLoss->addData(static_cast<double>(evaluation.step), evaluation.loss);
        m_score->addData(static_cast<double>(evaluation.step), 100 * evaluation.accuracy);
    }
    const LossRanges ranges = lossRanges(record);
    m_plot->xAxis->setRange(0, ranges.steps);
    m_plot->yAxis->setRange(0, ranges.lossHigh);
    const bool scored = !record.evaluations.empty();
    m_plot->yAxis2->setVisible(scored);
    m_plot->yAxis2->setRange(100 * ranges.scoreLow, 100 * ranges.scoreHigh);
    for (QCPGraph *graph : {m_devLoss, m_score}) {
        graph->setVisible(scored);
        if (scored)
            graph->addToLegend();
        else
            graph->removeFromLegend();
    }
    describe();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void LossCurve::describe()
{
    if (m_record.points.empty()) {
        setAccessibleDescription(tr("Nothing has been trained yet."));
        return;
    }
    const TrainingPoint &last = m_record.points.back();
    QString text = tr("After %1 steps the loss is %2.").arg(last.step).arg(last.loss, 0, 'f', 3);
    if (!m_record.evaluations.empty())
        text += ' ' + tr("%1 % of the development data are answered right.")
                          .arg(100 * m_record.evaluations.back().accuracy, 0, 'f', 1);
    setAccessibleDescription(text);
    setToolTip(text);
}

void LossCurve::restyle()
{
    const Theme theme = Theme::of(palette());
    m_plot->setBackground(theme.panel);
    const QColor training = theme.family(Family::Training);
    m_loss->setPen(QPen(theme.accent, 1.5));
    m_devLoss->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDiamond, QPen(theme.accent, 1.5), theme.panel, 9));
    m_score->setPen(QPen(training, 1.5, Qt::DashLine));
    m_score->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(training), training, 7));
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis, m_plot->yAxis2}) {
        axis->setBasePen(QPen(theme.line));
        axis->setTickPen(QPen(theme.line));
        axis->setTickLabelColor(theme.secondary);
        axis->setLabelColor(theme.secondary);
        axis->setTickLabelFont(smallerFont(font()));
        axis->setLabelFont(smallerFont(font()));
        axis->grid()->setPen(QPen(theme.faint));
        axis->grid()->setZeroLinePen(QPen(theme.line));
    }
    m_plot->legend->setFont(smallerFont(font()));
    m_plot->legend->setTextColor(theme.text);
    m_plot->legend->setBrush(theme.panel);
    m_plot->legend->setBorderPen(QPen(theme.line));
}

void LossCurve::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        restyle();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    QWidget::changeEvent(event);
}

QSize LossCurve::sizeHint() const
{
    return {420, fontMetrics().height() * 12};
}

QSize LossCurve::minimumSizeHint() const
{
    return {200, fontMetrics().height() * 7};
}

} // namespace pare

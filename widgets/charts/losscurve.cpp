#include "widgets/charts/losscurve.h"

#include "widgets/charts/decimalticker.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

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
        ranges.rateHigh = std::max(ranges.rateHigh, point.learningRate);
        ranges.normHigh = std::max(ranges.normHigh, point.gradientNorm);
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
    m_plot->axisRect()->insetLayout()->setInsetAlignment(0, Qt::AlignTop | Qt::AlignRight);
    makeBelow();
    restyle();
    setRecord({});
}

void LossCurve::makeBelow()
{
    m_below = new QCPAxisRect(m_plot);
    m_plot->plotLayout()->addElement(1, 0, m_below);
    m_plot->plotLayout()->setRowStretchFactor(0, 2);
    m_plot->plotLayout()->setRowSpacing(spacing::tight);
    auto *sides = new QCPMarginGroup(m_plot); // so that the same step stands at the same place
    for (QCPAxisRect *rect : {m_plot->axisRect(), m_below})
        rect->setMarginGroup(QCP::msLeft | QCP::msRight, sides);
    QCPAxis *steps = m_below->axis(QCPAxis::atBottom);
    QCPAxis *rate = m_below->axis(QCPAxis::atLeft);
    QCPAxis *norm = m_below->axis(QCPAxis::atRight);
    norm->setVisible(true);
    for (QCPAxis *axis : {steps, rate, norm}) {
        axis->setTicker(QSharedPointer<DecimalTicker>::create(AxisScale::Linear));
        axis->setLayer(QStringLiteral("axes"));
        axis->grid()->setLayer(QStringLiteral("grid"));
    }
    for (QCPAxis *axis : {rate, norm})
        axis->ticker()->setTickCount(3);
    rate->setLabel(tr("learning rate"));
    norm->setLabel(tr("gradient norm"));
    steps->setLabel(tr("steps"));
    m_rate = m_plot->addGraph(steps, rate);
    m_norm = m_plot->addGraph(steps, norm);
    for (QCPGraph *graph : {m_rate, m_norm})
        graph->removeFromLegend(); // their axes say which they are, in their colours
}

void LossCurve::setRecord(const TrainingRecord &record)
{
    m_record = record;
    m_loss->data()->clear();
    m_devLoss->data()->clear();
    m_score->data()->clear();
    m_rate->data()->clear();
    m_norm->data()->clear();
    for (const TrainingPoint &point : record.points) {
        m_loss->addData(static_cast<double>(point.step), point.loss);
        m_rate->addData(static_cast<double>(point.step), point.learningRate);
        m_norm->addData(static_cast<double>(point.step), point.gradientNorm);
    }
    for (const TrainingEvaluation &evaluation : record.evaluations) {
        m_devLoss->addData(static_cast<double>(evaluation.step), evaluation.loss);
        m_score->addData(static_cast<double>(evaluation.step), 100 * evaluation.accuracy);
    }
    const LossRanges ranges = lossRanges(record);
    m_plot->xAxis->setRange(0, ranges.steps);
    m_plot->yAxis->setRange(0, ranges.lossHigh);
    m_below->axis(QCPAxis::atBottom)->setRange(0, ranges.steps);
    m_below->axis(QCPAxis::atLeft)->setRange(0, ranges.rateHigh > 0 ? 1.1 * ranges.rateHigh : 1);
    m_below->axis(QCPAxis::atRight)->setRange(0, ranges.normHigh > 0 ? 1.1 * ranges.normHigh : 1);
    const bool scored = !record.evaluations.empty();
    m_plot->yAxis2->setVisible(scored);
    m_plot->legend->setVisible(scored); // one line alone is named by its axis
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
    QString text =
        tr("After %1 steps the loss is %2.").arg(last.step).arg(numberText(last.loss, 3));
    text += ' ' + tr("Learning rate %1, gradient norm %2.")
                      .arg(numberInLocale(QString::number(last.learningRate, 'g', 2)),
                           numberText(last.gradientNorm, 2));
    if (!m_record.evaluations.empty())
        text += ' ' + tr("%1 % of the development data are answered right.")
                          .arg(numberText(100 * m_record.evaluations.back().accuracy, 1));
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
    m_score->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, QPen(training), training, 7));
    m_rate->setPen(QPen(theme.secondary, 1.5));
    m_norm->setPen(QPen(theme.family(Family::Pruning), 1.5, Qt::DashLine));
    QList<QCPAxis *> axes = m_below->axes();
    axes << m_plot->xAxis << m_plot->yAxis << m_plot->yAxis2;
    for (QCPAxis *axis : axes) {
        axis->setBasePen(QPen(theme.line));
        axis->setTickPen(QPen(theme.line));
        axis->setTickLabelColor(theme.secondary);
        axis->setLabelColor(theme.secondary);
        axis->setTickLabelFont(smallerFont(font()));
        axis->setLabelFont(smallerFont(font()));
        axis->grid()->setPen(QPen(theme.faint));
        axis->grid()->setZeroLinePen(QPen(theme.line));
    }
    m_below->axis(QCPAxis::atLeft)->setLabelColor(m_rate->pen().color());
    m_below->axis(QCPAxis::atRight)->setLabelColor(m_norm->pen().color());
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
    return {420, fontMetrics().height() * 18};
}

QSize LossCurve::minimumSizeHint() const
{
    return {200, fontMetrics().height() * 14};
}

} // namespace pare

#include "widgets/charts/tradeoffchart.h"

#include "widgets/charts/tradeoffplot.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

QString intervalText(const TradeoffAxis &axis, const TradeoffPoint &point)
{
    if (!std::isfinite(point.low) || !std::isfinite(point.high))
        return {};
    return QCoreApplication::translate("pare::TradeoffChart", "95 % between %1 and %2")
        .arg(axis.text(point.low), axis.text(point.high));
}

QString toolTipText(const TradeoffData &data, const TradeoffPoint &point)
{
    QStringList lines{QStringLiteral("<b>%1</b>").arg(point.title.toHtmlEscaped()),
                      QStringLiteral("%1 · %2").arg(data.x.text(point.x), data.y.text(point.y))};
    if (const QString interval = intervalText(data.y, point); !interval.isEmpty())
        lines.append(interval);
    return lines.join(QStringLiteral("<br>"));
}

} // namespace

TradeoffChart::TradeoffChart(QWidget *parent)
    : QWidget(parent)
    , m_plot(new TradeoffPlot(this))
{
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Size against accuracy"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->installEventFilter(this);
    restyle();
    fit();
}

TradeoffChart::~TradeoffChart() = default;

QSize TradeoffChart::sizeHint() const
{
    return {440, 300};
}

QSize TradeoffChart::minimumSizeHint() const
{
    return {220, 160};
}

const TradeoffData &TradeoffChart::data() const
{
    return m_plot->runs()->data();
}

void TradeoffChart::setData(const TradeoffData &data)
{
    const bool otherAxes =
        data.x.title != this->data().x.title || data.y.title != this->data().y.title ||
        data.x.scale != this->data().x.scale || data.y.scale != this->data().y.scale;
    m_plot->setContent(data, Theme::of(palette()), font());
    if (m_fitted || otherAxes)
        fit();
    describe();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::restyle()
{
    m_plot->setContent(TradeoffData(data()), Theme::of(palette()), font());
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::fit()
{
    m_fitted = true;
    m_plot->fit();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

QPointF TradeoffChart::pointPosition(std::size_t index) const
{
    const TradeoffPoint &point = data().points.at(index);
    return m_plot->runs()->pixel(point.x, point.y) + QPointF(m_plot->pos());
}

QString TradeoffChart::selectedRun() const
{
    const auto selected = m_plot->runs()->selected();
    return selected ? data().points[*selected].id : QString();
}

void TradeoffChart::selectRun(const QString &id)
{
    const auto &points = data().points;
    const auto found = std::ranges::find(points, id, &TradeoffPoint::id);
    m_plot->runs()->setSelected(
        id.isEmpty() || found == points.end()
            ? std::nullopt
            : std::optional(static_cast<std::size_t>(found - points.begin())));
    describe();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

/// What the picture says, for those who do not see it.
void TradeoffChart::describe()
{
    QString text = tr("%n run(s)", nullptr, static_cast<int>(data().points.size())) + QChar('.');
    if (const auto selected = m_plot->runs()->selected()) {
        const TradeoffPoint &point = data().points[*selected];
        text += QChar(' ') + tr("Selected: %1, %2, %3, %4.")
                                 .arg(point.title, data().x.text(point.x), data().y.text(point.y),
                                      intervalText(data().y, point));
    }
    setAccessibleDescription(text);
}

void TradeoffChart::choose(std::size_t index)
{
    const QString id = data().points[index].id;
    if (id == selectedRun())
        return;
    selectRun(id);
    Q_EMIT runSelected(id);
}

void TradeoffChart::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        restyle();
}

void TradeoffChart::hover(const QPoint &position, const QPoint &globalPosition)
{
    const auto point = m_plot->runs()->pointAt(position);
    m_plot->runs()->setHovered(point);
    m_plot->setCursor(point ? Qt::PointingHandCursor : Qt::ArrowCursor);
    if (point)
        QToolTip::showText(globalPosition, toolTipText(data(), data().points[*point]), m_plot);
    else
        QToolTip::hideText();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

bool TradeoffChart::eventFilter(QObject *watched, QEvent *event)
{
    const auto *mouse = static_cast<QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        m_pressed = mouse->pos();
        break;
    case QEvent::MouseMove:
        if (mouse->buttons() == Qt::NoButton)
            hover(mouse->pos(), mouse->globalPosition().toPoint());
        else
            m_fitted = false;
        break;
    case QEvent::MouseButtonRelease:
        // A press that moved was a drag of the ranges, not a choice.
        if ((mouse->pos() - m_pressed).manhattanLength() < QApplication::startDragDistance()) {
            if (const auto point = m_plot->runs()->pointAt(mouse->pos()))
                choose(*point);
        }
        break;
    case QEvent::MouseButtonDblClick:
        if (const auto point = m_plot->runs()->pointAt(mouse->pos()))
            Q_EMIT runActivated(data().points[*point].id);
        else
            fit();
        break;
    case QEvent::Wheel:
        m_fitted = false;
        break;
    case QEvent::Leave:
        hover(QPoint(-1000, -1000), {});
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void TradeoffChart::step(int direction)
{
    const auto &points = data().points;
    if (points.empty())
        return;
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&points](std::size_t i) { return points[i].x; });
    const auto selected = m_plot->runs()->selected();
    if (!selected) {
        choose(direction > 0 ? order.front() : order.back());
        return;
    }
    const auto place = std::ranges::find(order, *selected) - order.begin();
    choose(order[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(place + direction, 0, std::ssize(order) - 1))]);
}

void TradeoffChart::zoom(double factor)
{
    m_fitted = false;
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis})
        axis->scaleRange(factor);
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

void TradeoffChart::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_BracketLeft:
        step(-1);
        return;
    case Qt::Key_Right:
    case Qt::Key_BracketRight:
        step(1);
        return;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(0.8);
        return;
    case Qt::Key_Minus:
        zoom(1.25);
        return;
    case Qt::Key_0:
        fit();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (const QString id = selectedRun(); !id.isEmpty())
            Q_EMIT runActivated(id);
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace pare

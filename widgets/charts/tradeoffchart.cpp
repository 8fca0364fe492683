#include "widgets/charts/tradeoffchart.h"

#include "widgets/charts/tradeoffplot.h"
#include "widgets/theme/tooltips.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace pare {

namespace {

/// The value with both ends of its interval where it has one; shares as everywhere else.
QString heightText(const TradeoffAxis &axis, const TradeoffPoint &point)
{
    const bool known = std::isfinite(point.low) && std::isfinite(point.high);
    if (!known || point.low == point.high)
        return axis.text(point.y);
    if (axis.unit == QLatin1String("%"))
        return shareText({point.y, point.low, point.high, 0});
    return QCoreApplication::translate("pare::Words", "%1 (%2 … %3)")
        .arg(axis.text(point.y), axis.text(point.low), axis.text(point.high));
}

QString toolTipText(const TradeoffData &data, const TradeoffPoint &point)
{
    return QStringLiteral("<b>%1</b><br>%2 · %3")
        .arg(point.title.toHtmlEscaped(), data.x.text(point.x), heightText(data.y, point));
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
    connect(m_plot->selectionRect(), &QCPSelectionRect::accepted, this,
            [this](const QRect &part, const QMouseEvent *event) {
                if (m_plot->selectionRectMode() == QCP::srmCustom)
                    choose(m_plot->runs()->pointsIn(part.normalized()),
                           event->modifiers() & Qt::ControlModifier ? Choice::Added : Choice::Only);
            });
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
    const QStringList ids = selectedRuns();
    return ids.isEmpty() ? QString() : ids.first();
}

QStringList TradeoffChart::selectedRuns() const
{
    QStringList ids;
    for (const std::size_t point : m_plot->runs()->selected())
        ids << data().points[point].id;
    return ids;
}

void TradeoffChart::selectRun(const QString &id)
{
    const QStringList selected = selectedRuns();
    if (selected.size() > 1 && (id.isEmpty() || selected.contains(id)))
        return;
    setSelection(id.isEmpty() ? QStringList() : QStringList(id));
}

void TradeoffChart::selectRuns(const QStringList &ids)
{
    if (ids != selectedRuns())
        setSelection(ids);
}

void TradeoffChart::setSelection(const QStringList &ids)
{
    const auto &points = data().points;
    std::vector<std::size_t> selected;
    for (const QString &id : ids) {
        const auto found = std::ranges::find(points, id, &TradeoffPoint::id);
        if (found != points.end())
            selected.push_back(static_cast<std::size_t>(found - points.begin()));
    }
    m_plot->runs()->setSelected(std::move(selected));
    describe();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

/// What the picture says, for those who do not see it.
void TradeoffChart::describe()
{
    QString text = tr("%n run(s)", nullptr, static_cast<int>(data().points.size())) + QChar('.');
    setAccessibleName(tr("%1 against %2").arg(data().x.title, data().y.title));
    const auto range = [](const TradeoffAxis &axis, const std::vector<TradeoffPoint> &points,
                          double TradeoffPoint::*member) {
        double low = std::numeric_limits<double>::infinity(), high = -low;
        for (const TradeoffPoint &point : points) {
            if (!std::isfinite(point.*member))
                continue;
            low = std::min(low, point.*member);
            high = std::max(high, point.*member);
        }
        return low > high ? QString()
                          : QChar(' ') + TradeoffChart::tr("%1 from %2 to %3.")
                                             .arg(axis.title, axis.text(low), axis.text(high));
    };
    text += range(data().x, data().points, &TradeoffPoint::x) +
            range(data().y, data().points, &TradeoffPoint::y);
    if (!data().points.empty())
        text += QChar(' ') + tr("The arrow keys walk through them, Enter takes a recipe back.");
    for (const std::size_t selected : m_plot->runs()->selected()) {
        const TradeoffPoint &point = data().points[selected];
        text +=
            QChar(' ') + tr("Selected: %1, %2, %3.")
                             .arg(point.title, data().x.text(point.x), heightText(data().y, point));
    }
    setAccessibleDescription(text);
}

/// Points without an id, of no run, are chosen alone or not at all.
void TradeoffChart::choose(const std::vector<std::size_t> &points, Choice choice)
{
    QStringList ids = choice == Choice::Only ? QStringList() : selectedRuns();
    for (const std::size_t point : points) {
        const QString id = data().points[point].id;
        if (choice == Choice::Toggled && ids.contains(id))
            ids.removeAll(id);
        else if (!ids.contains(id) && (!id.isEmpty() || points.size() == 1))
            ids << id;
    }
    if (ids.size() > 1)
        ids.removeAll(QString());
    if (ids == selectedRuns())
        return;
    setSelection(ids);
    Q_EMIT runsSelected(ids);
    if (ids.size() == 1)
        Q_EMIT runSelected(ids.first());
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
        QToolTip::showText(globalPosition, inLines(toolTipText(data(), data().points[*point])),
                           m_plot);
    else
        QToolTip::hideText();
    m_plot->replot(QCustomPlot::rpQueuedReplot);
}

namespace {

constexpr Qt::KeyboardModifiers adding = Qt::ControlModifier | Qt::ShiftModifier;

} // namespace

/// A drag zooms into a part; with Ctrl or Shift it chooses what is in it, with the middle button it
/// moves what is seen.
void TradeoffChart::press(const QMouseEvent &event)
{
    m_pressed = m_dragged = event.pos();
    const bool left = event.button() == Qt::LeftButton;
    m_plot->setSelectionRectMode(!left                        ? QCP::srmNone
                                 : event.modifiers() & adding ? QCP::srmCustom
                                                              : QCP::srmZoom);
}

void TradeoffChart::move(const QMouseEvent &event)
{
    if (event.buttons() == Qt::NoButton)
        hover(event.pos(), event.globalPosition().toPoint());
    if (event.buttons() == Qt::MiddleButton) {
        m_fitted = false;
        m_plot->pan(event.pos() - m_dragged);
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    m_dragged = event.pos();
}

void TradeoffChart::release(const QMouseEvent &event)
{
    if (event.button() != Qt::LeftButton)
        return;
    if ((event.pos() - m_pressed).manhattanLength() >= QApplication::startDragDistance()) {
        if (m_plot->selectionRectMode() == QCP::srmZoom)
            m_fitted = false;
        return;
    }
    if (const auto point = m_plot->runs()->pointAt(event.pos()))
        choose({*point}, event.modifiers() & Qt::ControlModifier ? Choice::Toggled
                         : event.modifiers() & Qt::ShiftModifier ? Choice::Added
                                                                 : Choice::Only);
}

bool TradeoffChart::eventFilter(QObject *watched, QEvent *event)
{
    const auto *mouse = static_cast<QMouseEvent *>(event);
    switch (event->type()) {
    case QEvent::MouseButtonPress:
        press(*mouse);
        break;
    case QEvent::MouseMove:
        move(*mouse);
        break;
    case QEvent::MouseButtonRelease:
        release(*mouse);
        break;
    case QEvent::MouseButtonDblClick:
        m_plot->setSelectionRectMode(QCP::srmNone);
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

/// At a point that is not selected, of that one.
void TradeoffChart::contextMenuEvent(QContextMenuEvent *event)
{
    const bool mouse = event->reason() == QContextMenuEvent::Mouse;
    const auto point =
        mouse ? m_plot->runs()->pointAt(m_plot->mapFrom(this, event->pos())) : std::nullopt;
    if (point && !m_plot->runs()->isSelected(*point))
        choose({*point}, Choice::Only);
    const std::vector<std::size_t> &selected = m_plot->runs()->selected();
    if (selected.empty() || (mouse && !point))
        return;
    Q_EMIT menuRequested(mouse ? event->globalPos()
                               : mapToGlobal(pointPosition(selected.front()).toPoint()));
}

void TradeoffChart::step(int direction, Choice choice)
{
    const auto &points = data().points;
    if (points.empty())
        return;
    std::vector<std::size_t> order(points.size());
    std::iota(order.begin(), order.end(), std::size_t(0));
    std::ranges::stable_sort(order, {}, [&points](std::size_t i) { return points[i].x; });
    const std::vector<std::size_t> &selected = m_plot->runs()->selected();
    if (selected.empty()) {
        choose({direction > 0 ? order.front() : order.back()}, choice);
        return;
    }
    const auto place = std::ranges::find(order, selected.back()) - order.begin();
    choose({order[static_cast<std::size_t>(
               std::clamp<std::ptrdiff_t>(place + direction, 0, std::ssize(order) - 1))]},
           choice);
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
    const Choice choice = event->modifiers() & Qt::ShiftModifier ? Choice::Added : Choice::Only;
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_BracketLeft:
        step(-1, choice);
        return;
    case Qt::Key_Right:
    case Qt::Key_BracketRight:
        step(1, choice);
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
        if (const QStringList ids = selectedRuns(); ids.size() == 1 && !ids.first().isEmpty())
            Q_EMIT runActivated(ids.first());
        return;
    default:
        QWidget::keyPressEvent(event);
    }
}

} // namespace pare

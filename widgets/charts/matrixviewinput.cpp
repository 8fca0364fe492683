// Zooming and moving about in the picture of a matrix, and what stands under the pointer.
#include "widgets/charts/histogramview.h"
#include "widgets/charts/matrixview.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

constexpr qreal fewest = 4; // weights across, at the largest zoom
constexpr qreal keyStep = 1.4;

} // namespace

QRect MatrixData::covered() const
{
    return region.isEmpty() ? QRect(0, 0, static_cast<int>(in), static_cast<int>(out)) : region;
}

std::optional<QPoint> MatrixData::blockOf(const QPoint &weight) const
{
    const QRect all = covered();
    if (isEmpty() || !all.contains(weight))
        return std::nullopt;
    // The block b of n over c weights begins at ⌊b·c/n⌋.
    const auto block = [](std::int64_t place, std::int64_t count, std::int64_t blocks) {
        return static_cast<int>(((place + 1) * blocks - 1) / count);
    };
    const QPoint place = weight - all.topLeft();
    return QPoint(block(place.x(), all.width(), columns), block(place.y(), all.height(), rows));
}

QPointF MatrixView::toWeights(const QPointF &position) const
{
    const QRectF plot = plotRect();
    return {m_shown.left() + (position.x() - plot.left()) / plot.width() * m_shown.width(),
            m_shown.top() + (position.y() - plot.top()) / plot.height() * m_shown.height()};
}

QRectF MatrixView::toWidget(const QRectF &weights) const
{
    const QRectF plot = plotRect();
    const qreal across = plot.width() / std::max<qreal>(m_shown.width(), 1e-9);
    const qreal down = plot.height() / std::max<qreal>(m_shown.height(), 1e-9);
    return {plot.left() + (weights.left() - m_shown.left()) * across,
            plot.top() + (weights.top() - m_shown.top()) * down, weights.width() * across,
            weights.height() * down};
}

const MatrixData &MatrixView::clearest() const
{
    const bool whole = m_shown == QRectF(m_data.covered());
    const bool covers =
        !m_detail.isEmpty() &&
        QRectF(m_detail.covered()).adjusted(-0.01, -0.01, 0.01, 0.01).contains(m_shown);
    return covers && !whole ? m_detail : m_data;
}

void MatrixView::show(QRectF weights)
{
    const QRectF all = m_data.covered();
    const auto most = [](qreal whole, qreal part) { return std::max(0.0, whole - part); };
    weights.moveLeft(std::clamp(weights.left(), 0.0, most(all.width(), weights.width())));
    weights.moveTop(std::clamp(weights.top(), 0.0, most(all.height(), weights.height())));
    m_shown = weights;
    setCursor(m_shown == all ? Qt::ArrowCursor : Qt::OpenHandCursor);
    m_detailTimer.start();
    update();
}

void MatrixView::zoomAt(const QPointF &position, qreal factor)
{
    if (m_data.isEmpty())
        return;
    // Weights for each pixel of the axis that has more of them: the longer one gives way first, so
    // that weights become square before both are cut.
    const QSizeF all = m_data.covered().size();
    const QSizeF plot = plotRect().size();
    const auto density = [&](const QSizeF &weights) {
        return std::max(weights.width() / plot.width(), weights.height() / plot.height());
    };
    const qreal densest = density(all);
    const qreal wanted = std::clamp(density(m_shown.size()) / factor,
                                    std::min(densest, fewest / plot.width()), densest);
    const QSizeF size(std::min(all.width(), wanted * plot.width()),
                      std::min(all.height(), wanted * plot.height()));
    const QPointF fixed = toWeights(position);
    const QPointF before = fixed - m_shown.topLeft();
    show({fixed - QPointF(before.x() * size.width() / m_shown.width(),
                          before.y() * size.height() / m_shown.height()),
          size});
}

void MatrixView::showAll()
{
    show(m_data.covered());
}

void MatrixView::moveBy(const QPointF &weights)
{
    show(m_shown.translated(weights));
}

void MatrixView::askForDetail()
{
    const MatrixData &seen = clearest();
    if (m_data.isEmpty() || seen.isExact() || m_shown == QRectF(m_data.covered()))
        return;
    const QRect region = m_shown.toAlignedRect().intersected(m_data.covered());
    if (&seen != &m_detail || region != m_detail.covered())
        Q_EMIT regionWanted(region);
}

QString MatrixView::readout(const QPoint &weight) const
{
    const MatrixData *data = &m_detail;
    std::optional<QPoint> block = data->blockOf(weight);
    if (!block || !m_detail.isExact()) {
        data = &m_data;
        block = data->blockOf(weight);
    }
    if (!block)
        return {};
    const auto place = static_cast<std::size_t>(block->y() * data->columns + block->x());
    QString text = tr("row %1, column %2").arg(weight.y()).arg(weight.x());
    if (m_data.heads && m_data.heads->width > 0)
        text += tr(", head %1")
                    .arg((m_data.heads->stacked == Qt::Vertical ? weight.y() : weight.x()) /
                         m_data.heads->width);
    if (place >= data->before.size())
        return text;
    QString values = weightText(data->before[place]);
    if (place < data->after.size())
        values += QStringLiteral(" \u2192 ") + weightText(data->after[place]);
    return data->isExact() ? QStringLiteral("%1: %2").arg(text, values)
                           : tr("%1: %2 (mean)").arg(text, values);
}

void MatrixView::tellPointed(const QPointF &position)
{
    const QPointF weight = toWeights(position);
    const bool inside = !m_data.isEmpty() && plotRect().contains(position);
    Q_EMIT pointedAt(inside ? readout({static_cast<int>(weight.x()), static_cast<int>(weight.y())})
                            : QString());
}

void MatrixView::wheelEvent(QWheelEvent *event)
{
    const qreal turns = event->angleDelta().y() / 120.0;
    const QRectF before = m_shown;
    if (plotRect().contains(event->position()))
        zoomAt(event->position(), std::pow(1.25, turns));
    if (m_shown == before) {
        event->ignore(); // nothing to zoom: the panel scrolls
        return;
    }
    tellPointed(event->position());
    event->accept();
}

void MatrixView::keyPressEvent(QKeyEvent *event)
{
    const QPointF centre = plotRect().center();
    const QPointF step(m_shown.width() / 8, m_shown.height() / 8);
    switch (event->key()) {
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoomAt(centre, keyStep);
        break;
    case Qt::Key_Minus:
        zoomAt(centre, 1 / keyStep);
        break;
    case Qt::Key_0:
        showAll();
        break;
    case Qt::Key_Left:
        moveBy({-step.x(), 0});
        break;
    case Qt::Key_Right:
        moveBy({step.x(), 0});
        break;
    case Qt::Key_Up:
        moveBy({0, -step.y()});
        break;
    case Qt::Key_Down:
        moveBy({0, step.y()});
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    tellPointed(centre);
}

void MatrixView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || !plotRect().contains(event->position()))
        return;
    m_dragged = toWeights(event->position());
    if (m_shown != QRectF(m_data.covered()))
        setCursor(Qt::ClosedHandCursor);
}

void MatrixView::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragged)
        moveBy(*m_dragged - toWeights(event->position()));
    tellPointed(event->position());
}

void MatrixView::mouseReleaseEvent(QMouseEvent *)
{
    m_dragged.reset();
    setCursor(m_shown == QRectF(m_data.covered()) ? Qt::ArrowCursor : Qt::OpenHandCursor);
}

void MatrixView::leaveEvent(QEvent *event)
{
    Q_EMIT pointedAt({});
    QWidget::leaveEvent(event);
}

} // namespace pare

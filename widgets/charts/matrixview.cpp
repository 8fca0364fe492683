#include "widgets/charts/matrixview.h"

#include "widgets/charts/histogramview.h"
#include "widgets/theme/colourscale.h"
#include "widgets/theme/tooltips.h"

#include <QEvent>
#include <QFontMetricsF>
#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <array>
#include <cmath>

namespace pare {

namespace {

constexpr qreal flattest = 0.35; // height over width, whatever the matrix has
constexpr qreal tallest = 1.1;
constexpr int shades = 512;
constexpr int detailDelay = 120; // milliseconds

/// "4 to 7", or "4" alone, of block `number` of `blocks` over `count` weights.
QString stretchText(int number, int blocks, std::int64_t count)
{
    const std::int64_t first = number * count / blocks;
    const std::int64_t last = (number + 1) * count / blocks - 1;
    return first == last ? QString::number(first) : MatrixView::tr("%1 to %2").arg(first).arg(last);
}

} // namespace

double matrixLimit(const std::vector<float> &values)
{
    std::vector<float> sizes;
    sizes.reserve(values.size());
    for (const float value : values)
        sizes.push_back(std::abs(value));
    if (sizes.empty())
        return 0;
    const auto place = sizes.begin() + static_cast<std::ptrdiff_t>((sizes.size() - 1) * 199 / 200);
    std::ranges::nth_element(sizes, place);
    return *place > 0 ? *place : *std::ranges::max_element(sizes);
}

MatrixView::MatrixView(QWidget *parent)
    : QWidget(parent)
{
    setAccessibleName(tr("Picture of the matrix"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    m_detailTimer.setSingleShot(true);
    m_detailTimer.setInterval(detailDelay);
    connect(&m_detailTimer, &QTimer::timeout, this, &MatrixView::askForDetail);
}

void MatrixView::setData(MatrixData data)
{
    const bool other = data.out != m_data.out || data.in != m_data.in;
    m_data = std::move(data);
    if (other) {
        m_detail = {};
        m_shown = m_data.covered();
    }
    m_detailTimer.start();
    setAccessibleDescription(m_data.isEmpty() ? QString()
                                              : tr("%1 of %2 rows and %3 columns, up to %4.")
                                                    .arg(m_data.quantity)
                                                    .arg(m_data.out)
                                                    .arg(m_data.in)
                                                    .arg(weightText(m_data.limit)));
    makeImages();
    fitHeight();
    update();
}

void MatrixView::setDetail(MatrixData data)
{
    m_detail = std::move(data);
    makeImages();
    update();
}

QColor MatrixView::colourOf(float value) const
{
    return colourOf(value, m_data);
}

QColor MatrixView::colourOf(float value, const MatrixData &data) const
{
    const double position = data.limit > 0 ? value / data.limit : 0;
    const ThemeMode mode = Theme::of(palette()).mode;
    return data.scale == MatrixData::Scale::Signed ? divergingColour(position, mode)
                                                   : scaleColour(position, mode);
}

QImage MatrixView::imageOf(const MatrixData &data) const
{
    if (data.isEmpty())
        return {};
    std::array<QRgb, shades + 1> colours;
    for (int i = 0; i <= shades; ++i) // from −limit to limit
        colours[static_cast<std::size_t>(i)] =
            colourOf(static_cast<float>(data.limit * (2.0 * i / shades - 1)), data).rgb();
    QImage image(data.columns, data.rows, QImage::Format_RGB32);
    for (int row = 0; row < data.rows; ++row) {
        auto *line = reinterpret_cast<QRgb *>(image.scanLine(row));
        for (int column = 0; column < data.columns; ++column) {
            const auto place = static_cast<std::size_t>(row * data.columns + column);
            const double share = data.limit > 0 ? data.values[place] / data.limit : 0;
            line[column] = colours[static_cast<std::size_t>(
                std::lround((std::clamp(share, -1.0, 1.0) + 1) / 2 * shades))];
        }
    }
    return image;
}

void MatrixView::makeImages()
{
    m_image = imageOf(m_data);
    m_detailImage = imageOf(m_detail);
}

void MatrixView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        makeImages();
    if (event->type() == QEvent::FontChange)
        fitHeight();
    QWidget::changeEvent(event);
}

void MatrixView::resizeEvent(QResizeEvent *event)
{
    fitHeight();
    QWidget::resizeEvent(event);
}

/// The shape of the matrix, as far as it is not too long to be seen.
qreal MatrixView::heightFor(qreal width) const
{
    if (m_data.isEmpty())
        return width * flattest;
    const qreal shape = static_cast<qreal>(m_data.out) / static_cast<qreal>(m_data.in);
    return width * std::clamp(shape, flattest, tallest);
}

void MatrixView::fitHeight()
{
    const qreal line = QFontMetricsF(smallerFont(font())).height();
    setFixedHeight(qRound(heightFor(width() - 4) + line + 2 * spacing::inside + 4));
}

QSize MatrixView::sizeHint() const
{
    return {320, height()};
}

QSize MatrixView::minimumSizeHint() const
{
    return {160, height()};
}

QRectF MatrixView::plotRect() const
{
    return {2, 2, static_cast<qreal>(width() - 4), std::round(heightFor(width() - 4))};
}

std::optional<QPoint> MatrixView::blockAt(const QPointF &position) const
{
    if (m_data.isEmpty() || !plotRect().contains(position))
        return std::nullopt;
    const QPointF weight = toWeights(position);
    return m_data.blockOf(
        {std::clamp(static_cast<int>(weight.x()), 0, static_cast<int>(m_data.in) - 1),
         std::clamp(static_cast<int>(weight.y()), 0, static_cast<int>(m_data.out) - 1)});
}

QString MatrixView::blockText(const QPoint &block) const
{
    QString text = tr("row %1, column %2")
                       .arg(stretchText(block.y(), m_data.rows, m_data.out),
                            stretchText(block.x(), m_data.columns, m_data.in));
    if (m_data.heads && m_data.heads->width > 0) {
        const bool vertical = m_data.heads->stacked == Qt::Vertical;
        const std::int64_t first = vertical ? block.y() * m_data.out / m_data.rows
                                            : block.x() * m_data.in / m_data.columns;
        text += tr(", head %1").arg(first / m_data.heads->width);
    }
    const auto value = static_cast<std::size_t>(block.y() * m_data.columns + block.x());
    return text + QStringLiteral("<br>") +
           QStringLiteral("%1: %2").arg(m_data.quantity, weightText(m_data.values[value]));
}

bool MatrixView::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    if (const auto block = blockAt(help->pos()))
        QToolTip::showText(help->globalPos(), inLines(blockText(*block)), this);
    else
        QToolTip::hideText();
    return true;
}

void MatrixView::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // as columns are counted
    painter.fillRect(rect(), theme.panel);
    painter.setFont(smallerFont(font()));
    if (m_data.isEmpty()) {
        painter.setPen(theme.secondary);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap,
                         tr("The selected matrix shows here."));
        return;
    }
    const QRectF plot = plotRect();
    painter.save();
    painter.setClipRect(plot);
    const auto draw = [&](const QImage &image, const QRectF &target) {
        const bool smaller = image.width() > target.width() * devicePixelRatioF();
        painter.setRenderHint(QPainter::SmoothPixmapTransform, smaller);
        painter.drawImage(target, image);
    };
    draw(m_image, toWidget(m_data.covered()));
    if (!m_detail.isEmpty() && m_shown != QRectF(m_data.covered()))
        draw(m_detailImage, toWidget(m_detail.covered()));
    paintHeads(painter);
    paintNumbers(painter);
    painter.restore();
    painter.setPen(QPen(theme.line, 1));
    painter.drawRect(plot.adjusted(-0.5, -0.5, 0.5, 0.5));
    paintLegend(painter);
}

/// A light line within a dark one, so that it is seen on every colour.
void MatrixView::paintHeads(QPainter &painter) const
{
    if (!m_data.heads || m_data.heads->width < 1)
        return;
    const bool vertical = m_data.heads->stacked == Qt::Vertical;
    const std::int64_t length = vertical ? m_data.out : m_data.in;
    for (std::int64_t edge = 0; edge < length; edge += m_data.heads->width) {
        const auto first = static_cast<qreal>(edge);
        const auto size = static_cast<qreal>(std::min(m_data.heads->width, length - edge));
        const QRectF head =
            toWidget(vertical ? QRectF(0, first, static_cast<qreal>(m_data.in), size)
                              : QRectF(first, 0, size, static_cast<qreal>(m_data.out)));
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(QColor(0, 0, 0, 150), 3));
        painter.drawRect(head.adjusted(0.5, 0.5, -0.5, -0.5));
        painter.setPen(QPen(QColor(255, 255, 255, 210), 1));
        painter.drawRect(head.adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

/// The weights themselves, where each has room for its number.
void MatrixView::paintNumbers(QPainter &painter) const
{
    const MatrixData &data = clearest();
    const QRectF one = toWidget({0, 0, 1, 1});
    const QFontMetricsF metrics(painter.font());
    if (!data.isExact() || one.height() < metrics.height() ||
        one.width() < metrics.horizontalAdvance(QStringLiteral("\u22120.0000")) + 2)
        return;
    const QRect seen = m_shown.toAlignedRect().intersected(data.covered());
    for (int row = seen.top(); row <= seen.bottom(); ++row) {
        for (int column = seen.left(); column <= seen.right(); ++column) {
            const QPoint block = QPoint(column, row) - data.covered().topLeft();
            const float value =
                data.values[static_cast<std::size_t>(block.y() * data.columns + block.x())];
            painter.setPen(readableOn(colourOf(value, data)));
            painter.drawText(toWidget(QRectF(column, row, 1, 1)), Qt::AlignCenter,
                             weightText(value));
        }
    }
}

void MatrixView::paintLegend(QPainter &painter) const
{
    const MatrixData &data = clearest();
    const Theme theme = Theme::of(palette());
    const QFontMetricsF metrics(painter.font());
    const qreal top = plotRect().bottom() + spacing::inside;
    const qreal baseline = top + metrics.ascent();
    const bool both = data.scale == MatrixData::Scale::Signed;
    const QString low = both ? weightText(-data.limit) : QStringLiteral("0");
    const QString high = weightText(data.limit);
    qreal x = 2;
    painter.setPen(theme.secondary);
    painter.drawText(QPointF(x, baseline), low);
    x += metrics.horizontalAdvance(low) + spacing::inside;
    const QRectF bar(x, top + 2, 96, metrics.height() - 4);
    for (int i = 0; i < 96; ++i) {
        const double share = (i + 0.5) / 96;
        const double value = data.limit * (both ? 2 * share - 1 : share);
        painter.fillRect(QRectF(bar.left() + i, bar.top(), 1.2, bar.height()),
                         data.limit > 0 ? colourOf(static_cast<float>(value), data) : theme.faint);
    }
    x = bar.right() + spacing::inside;
    painter.drawText(QPointF(x, baseline), high);
    x += metrics.horizontalAdvance(high) + spacing::around;
    painter.drawText(QPointF(x, baseline),
                     metrics.elidedText(data.quantity, Qt::ElideRight, width() - x));
}

} // namespace pare

#include "widgets/layermap/layermaplegend.h"

#include "widgets/layermap/layermappainter.h"
#include "widgets/theme/familymark.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QHBoxLayout>
#include <QLinearGradient>
#include <QPaintDevice>
#include <QPainter>
#include <algorithm>

namespace pare {

namespace {

/// Gives free functions the context of the view they work for.
struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::LayerMap)
};

QString widthsText(LayerWidths widths)
{
    switch (widths) {
    case LayerWidths::Bytes:
        return Words::tr("width: bytes");
    case LayerWidths::SquareRoot:
        return Words::tr("width: square root of bytes");
    case LayerWidths::Equal:
        return Words::tr("width: equal");
    case LayerWidths::Logarithm:
        return Words::tr("width: log bytes");
    }
    return {};
}

/// Sets entry after entry from left to right, as long as there is room.
class LegendLine
{
public:
    LegendLine(QPainter &painter, const QRectF &rect, const Theme &theme)
        : m_painter(painter)
        , m_metrics(painter.font(), painter.device())
        , m_theme(theme)
        , m_rect(rect)
        , m_x(rect.left())
    {}

    bool fits(qreal width) const { return m_x + width <= m_rect.right(); }
    QRectF room(qreal width) const { return {m_x, m_rect.top(), width, m_rect.height()}; }
    QRectF sample(qreal width, qreal height) const
    {
        return {m_x, m_rect.center().y() - height / 2, width, height};
    }
    qreal textWidth(const QString &text) const { return m_metrics.horizontalAdvance(text) + 1; }
    void advance(qreal width) { m_x += width; }

    void text(const QString &text)
    {
        m_painter.setPen(m_theme.secondary);
        m_painter.drawText(room(textWidth(text)), Qt::AlignVCenter | Qt::AlignLeft, text);
        advance(textWidth(text));
    }

    /// As much of it as there is room for.
    void elidedText(const QString &whole)
    {
        text(m_metrics.elidedText(whole, Qt::ElideRight,
                                  std::min(m_rect.right() - m_x, m_rect.width() * 0.6)));
    }

    /// A sample drawn by `draw`, with the first of `labels` after it for which there is room; nothing where
    /// there is none.
    template <class Draw>
    void entry(const QStringList &labels, qreal sampleWidth, Draw draw)
    {
        const auto fitting = std::ranges::find_if(labels, [&](const QString &label) {
            return fits(sampleWidth + spacing::inside + textWidth(label));
        });
        if (fitting == labels.end())
            return;
        const QString label = *fitting;
        draw(sample(sampleWidth, 11));
        advance(sampleWidth + spacing::inside);
        text(label);
        advance(spacing::around);
    }

private:
    QPainter &m_painter;
    QFontMetricsF m_metrics;
    const Theme &m_theme;
    QRectF m_rect;
    qreal m_x;
};

void paintScale(LegendLine &line, QPainter &painter, const LayerMapColouring &colouring)
{
    constexpr qreal width = 140;
    constexpr qreal least = 60; // of the text after it, which is cut off where it is long
    if (!line.fits(line.textWidth(colouring.lowText()) + width + least + 2 * spacing::inside))
        return;
    line.text(colouring.lowText());
    line.advance(spacing::inside);
    const QRectF bar = line.sample(width, 10);
    QLinearGradient gradient(bar.topLeft(), bar.topRight());
    for (int i = 0; i <= 16; ++i)
        gradient.setColorAt(i / 16.0, colouring.at(i / 16.0));
    painter.fillRect(bar, gradient);
    line.advance(width + spacing::inside);
    line.elidedText(colouring.highText());
    line.advance(spacing::around);
}

} // namespace

void paintLayerMapLegend(QPainter &painter, const QRectF &rect, const LayerMapColouring &colouring,
                         std::optional<LayerWidths> widths, const Theme &theme)
{
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setLayoutDirection(Qt::LeftToRight);
    LegendLine line(painter, rect, theme);
    if (colouring.hasScale())
        paintScale(line, painter, colouring);
    if (colouring.colour() == LayerColour::Technique) {
        for (const Family family : colouring.families()) {
            line.entry({QCoreApplication::translate("core", titleOf(family))}, 11,
                       [&](const QRectF &sample) {
                           painter.fillPath(familyPath(family, sample.center(), 10),
                                            theme.family(family));
                       });
        }
    }
    if (colouring.hasNeutral()) {
        const QString label = colouring.colour() == LayerColour::Value ? Words::tr("not measured")
                                                                       : Words::tr("untouched");
        line.entry({label}, 22, [&](const QRectF &sample) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(colouring.neutral());
            painter.drawRoundedRect(sample, 2, 2);
        });
    }
    if (colouring.hasCut()) {
        line.entry({Words::tr("cut away")}, 22,
                   [&](const QRectF &sample) { paintCutAway(painter, sample, 2, theme); });
    }
    if (colouring.hasUnknown()) {
        line.entry({Words::tr("size known after measuring"), Words::tr("size not known")}, 22,
                   [&](const QRectF &sample) {
                       paintUnknown(painter, sample, 2, colouring.neutral(), theme);
                   });
    }
    if (colouring.hasShared()) {
        line.entry({Words::tr("shared: no bytes of its own"), Words::tr("shared")}, 22,
                   [&](const QRectF &sample) {
                       QPen pen(theme.family(Family::Sharing), 1.5);
                       pen.setDashPattern({2, 1.6});
                       painter.setPen(pen);
                       painter.setBrush(theme.faint);
                       painter.drawRoundedRect(sample, 2, 2);
                   });
    }
    const QString text = widths ? widthsText(*widths) : QString();
    if (line.fits(line.textWidth(text))) {
        painter.setPen(theme.secondary);
        painter.drawText(rect, Qt::AlignVCenter | Qt::AlignRight, text);
    }
}

LayerMapLegend::LayerMapLegend(QWidget *parent)
    : QWidget(parent)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(spacing::around, 0, spacing::inside, 0);
    line->addStretch(1);
}

LayerMapLegend::~LayerMapLegend() = default;

void LayerMapLegend::setContent(const LayerMapColouring &colouring, LayerWidths widths)
{
    m_colouring = std::make_unique<LayerMapColouring>(colouring);
    m_widths = widths;
    update();
}

void LayerMapLegend::setEnd(QWidget *end)
{
    m_end = end;
    layout()->addWidget(end);
}

QSize LayerMapLegend::sizeHint() const
{
    return {320, static_cast<int>(fontMetrics().height() * 1.2) + spacing::around};
}

void LayerMapLegend::paintEvent(QPaintEvent *)
{
    const Theme theme = Theme::of(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.background);
    if (!m_colouring)
        return;
    painter.setFont(smallerFont(font()));
    const qreal right = m_end ? m_end->x() - spacing::inside : width() - spacing::around;
    paintLayerMapLegend(painter, QRectF(QPointF(spacing::around, 0), QPointF(right, height())),
                        *m_colouring, m_end ? std::nullopt : std::optional(m_widths), theme);
}

} // namespace pare

#include "widgets/layermap/layermappanel.h"

#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QComboBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>

namespace pare {

namespace {

QString parametersText(std::int64_t parameters)
{
    const auto count = static_cast<double>(parameters);
    if (count >= 1e9)
        return LayerMapPanel::tr("%1 G parameters").arg(numberText(count / 1e9, 2));
    if (count >= 1e6)
        return LayerMapPanel::tr("%1 M parameters")
            .arg(numberText(count / 1e6, count < 1e8 ? 2 : 0));
    return LayerMapPanel::tr("%1 parameters").arg(countText(parameters));
}

} // namespace

LayerMapPanel::LayerMapPanel(QWidget *parent)
    : QWidget(parent)
    , m_map(new LayerMap)
    , m_summary(new QLabel)
    , m_colour(new QComboBox)
    , m_widths(new QComboBox)
{
    auto *title = new QLabel(tr("Layer map"));
    title->setProperty("kind", "heading");
    m_summary->setProperty("kind", "secondary");
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_colour->setAccessibleName(tr("What colour shows"));
    m_colour->addItem(tr("Colour: bytes"), static_cast<int>(LayerColour::Bytes));
    m_colour->addItem(tr("Colour: technique"), static_cast<int>(LayerColour::Technique));
    m_colour->addItem(tr("Colour: weight error"), static_cast<int>(LayerColour::Value));
    m_widths->setAccessibleName(tr("What width shows"));
    m_widths->addItem(tr("Width: √ bytes"), static_cast<int>(LayerWidths::SquareRoot));
    m_widths->addItem(tr("Width: bytes"), static_cast<int>(LayerWidths::Bytes));
    m_widths->addItem(tr("Width: equal"), static_cast<int>(LayerWidths::Equal));

    auto *head = new QFrame;
    head->setProperty("kind", "head");
    auto *line = new QHBoxLayout(head);
    line->setContentsMargins(spacing::around, spacing::inside, spacing::around, spacing::inside);
    line->setSpacing(spacing::inside);
    line->addWidget(title);
    line->addSpacing(spacing::inside);
    line->addWidget(m_summary, 1);
    line->addWidget(m_colour);
    line->addWidget(m_widths);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(head);
    column->addWidget(m_map, 1);

    connect(m_colour, &QComboBox::currentIndexChanged, this, [this] {
        m_map->setColour(static_cast<LayerColour>(m_colour->currentData().toInt()));
    });
    connect(m_widths, &QComboBox::currentIndexChanged, this, [this] {
        m_map->setWidths(static_cast<LayerWidths>(m_widths->currentData().toInt()));
    });
}

void LayerMapPanel::setSummary(const QString &summary)
{
    m_summary->setText(summary);
    m_summary->setToolTip(summary);
}

void LayerMapPanel::setColour(LayerColour colour)
{
    m_colour->setCurrentIndex(m_colour->findData(static_cast<int>(colour)));
}

void LayerMapPanel::setWidths(LayerWidths widths)
{
    m_widths->setCurrentIndex(m_widths->findData(static_cast<int>(widths)));
}

QString modelSummary(const ModelDescription &model)
{
    return QStringLiteral("%1 %2 × %3 · %4")
        .arg(QString::fromStdString(model.architecture))
        .arg(model.blocks)
        .arg(model.width)
        .arg(parametersText(model.parameters));
}

} // namespace pare

#include "widgets/panels/strengthline.h"

#include "widgets/panels/strengthslider.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pare {

namespace {

QString percent(double share)
{
    return StrengthLine::tr("%1 %").arg(numberText(100 * share, 0));
}

} // namespace

StrengthLine::StrengthLine(QWidget *parent)
    : QWidget(parent)
    , m_slider(new StrengthSlider)
    , m_value(new QLabel)
    , m_words(new QLabel)
    , m_ask(new QPushButton(tr("Ask the layers")))
{
    auto *title = new QLabel(tr("Strength of all"));
    title->setBuddy(m_slider);
    m_slider->setObjectName(QStringLiteral("recipeStrength"));
    m_slider->setAccessibleName(title->text());
    m_slider->setToolTip(
        tr("Moves every step that is on between its gentlest and its hardest form: bits, "
           "sparsity, what is kept, values of a codebook. Ranks, patterns and counts stay "
           "as they are."));
    title->setToolTip(m_slider->toolTip());
    m_value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_value->setMinimumWidth(fontMetrics().horizontalAdvance(percent(1)));
    m_words->setObjectName(QStringLiteral("recipeStrengthWords"));
    m_words->setProperty("kind", "secondary");
    m_words->setFont(smallerFont(font()));
    m_words->setWordWrap(true);
    m_words->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *line = new QHBoxLayout;
    line->setSpacing(spacing::inside);
    line->addWidget(title);
    line->addWidget(m_slider, 1);
    line->addWidget(m_value);
    m_ask->setObjectName(QStringLiteral("recipeStrengthAsk"));
    m_ask->setFlat(true);
    m_ask->setFont(m_words->font());
    m_ask->setProperty("slim", true);
    m_ask->setToolTip(tr("Then those that lose little go further, and the others less far"));
    auto *below = new QHBoxLayout;
    below->addWidget(m_words, 1);
    below->addWidget(m_ask);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::inside, 0, spacing::inside, 0);
    column->setSpacing(spacing::tight);
    column->addLayout(line);
    column->addLayout(below);

    connect(m_slider, &QSlider::valueChanged, this, &StrengthLine::tell);
    connect(m_slider, &StrengthSlider::previewed, this, &StrengthLine::previewed);
    connect(m_slider, &StrengthSlider::chosen, this, &StrengthLine::chosen);
    connect(m_ask, &QPushButton::clicked, this, &StrengthLine::askRequested);
}

void StrengthLine::setData(const StrengthData &data)
{
    m_words->setText(data.spread ? tr("spread by what each layer loses alone")
                                 : tr("the same on all layers"));
    m_ask->setVisible(!data.spread && data.canAsk);
    m_slider->setStrength(data.strength);
    tell();
}

void StrengthLine::tell()
{
    m_value->setText(percent(m_slider->strength()));
}

} // namespace pare

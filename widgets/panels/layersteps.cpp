#include "widgets/panels/layersteps.h"

#include "widgets/panels/strengthslider.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/toggleswitch.h"

#include <QGridLayout>

namespace pare {

LayerSteps::LayerSteps(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
{
    setObjectName(QStringLiteral("layerSteps"));
    m_grid->setContentsMargins(0, spacing::inside, 0, 0);
    m_grid->setHorizontalSpacing(spacing::inside);
    m_grid->setVerticalSpacing(spacing::tight);
    m_grid->setColumnStretch(0, 3);
    m_grid->setColumnStretch(1, 2);
    hide();
}

void LayerSteps::addRow()
{
    const std::size_t step = m_rows.size();
    const auto place = static_cast<int>(step);
    const Row row{new ToggleSwitch, new ElidedLabel, new StrengthSlider};
    row.acts->setObjectName(QStringLiteral("layerStepOn%1").arg(step));
    row.title->setObjectName(QStringLiteral("layerStepTitle%1").arg(step));
    row.strength->setObjectName(QStringLiteral("layerStepStrength%1").arg(step));
    m_grid->addWidget(row.title, place, 0);
    m_grid->addWidget(row.strength, place, 1);
    m_grid->addWidget(row.acts, place, 2);
    connect(row.acts, &QCheckBox::clicked, this,
            [this, step](bool on) { Q_EMIT switched(step, on); });
    connect(row.strength, &StrengthSlider::previewed, this,
            [this, step](double strength) { Q_EMIT strengthPreviewed(step, strength); });
    connect(row.strength, &StrengthSlider::chosen, this,
            [this, step](double strength) { Q_EMIT strengthChosen(step, strength); });
    m_rows.push_back(row);
}

void LayerSteps::removeRow()
{
    const Row row = m_rows.back();
    m_rows.pop_back();
    for (QWidget *widget : std::initializer_list<QWidget *>{row.acts, row.title, row.strength}) {
        widget->hide();
        widget->deleteLater(); // it may be the sender of what led here
    }
}

void LayerSteps::setSteps(const std::vector<LayerStepData> &steps, bool editable)
{
    setVisible(!steps.empty());
    setEnabled(editable);
    if (steps == m_steps)
        return;
    m_steps = steps;
    while (m_rows.size() > steps.size())
        removeRow();
    while (m_rows.size() < steps.size())
        addRow();
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const LayerStepData &step = steps[i];
        const Row &row = m_rows[i];
        row.title->setText(step.title);
        row.title->setToolTip(
            step.strength || !step.on
                ? step.title
                : step.title + '\n' +
                      tr("Without a slider: a rank, a pattern or a count says how "
                         "strong it is, or it is the same for its layers together."));
        m_grid->removeWidget(row.title);
        m_grid->addWidget(row.title, static_cast<int>(i), 0, 1, step.strength ? 1 : 2);
        row.acts->setChecked(step.on);
        row.acts->setAccessibleName(tr("On the selected layers: %1").arg(step.title));
        row.acts->setToolTip(tr("Acts on the selected layers, or leaves them alone"));
        row.strength->setVisible(step.strength.has_value());
        row.strength->setAccessibleName(tr("Strength on the selected layers: %1").arg(step.title));
        row.strength->setToolTip(tr("How strong it is on the selected layers, from its gentlest to "
                                    "its hardest; other layers keep theirs"));
        if (step.strength)
            row.strength->setStrength(*step.strength);
    }
}

} // namespace pare

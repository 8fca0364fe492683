#include "widgets/panels/strengthslider.h"

#include <QSignalBlocker>

namespace pare {

namespace {

constexpr int places = 50;

} // namespace

StrengthSlider::StrengthSlider(QWidget *parent)
    : QSlider(Qt::Horizontal, parent)
{
    setRange(0, places);
    setPageStep(places / 10);
    setMinimumWidth(48);
    connect(this, &QSlider::valueChanged, this, [this] {
        if (isSliderDown())
            Q_EMIT previewed(strength());
        else
            Q_EMIT chosen(strength());
    });
    connect(this, &QSlider::sliderReleased, this, [this] { Q_EMIT chosen(strength()); });
}

double StrengthSlider::strength() const
{
    return static_cast<double>(value()) / places;
}

void StrengthSlider::setStrength(double strength)
{
    if (isSliderDown())
        return;
    const QSignalBlocker quiet(this);
    setValue(qRound(strength * places));
}

} // namespace pare

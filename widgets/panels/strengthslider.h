// A slider from the gentlest form of something to its hardest. Window's thread; owned by its parent.
#pragma once

#include <QSlider>

namespace pare {

class StrengthSlider : public QSlider
{
    Q_OBJECT

public:
    explicit StrengthSlider(QWidget *parent = nullptr);

    double strength() const; ///< 0…1
    /// Tells nobody, and leaves it where it is while a person drags it.
    void setStrength(double strength);

Q_SIGNALS:
    /// While it is dragged, and once it was let go or moved by a key.
    void previewed(double strength);
    void chosen(double strength);
};

} // namespace pare

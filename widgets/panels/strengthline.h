// One slider for all steps of a recipe, from its gentlest form to its hardest. Shows the values it was given;
// window's thread; owned by its parent.
#pragma once

#include <QWidget>

class QLabel;
class QPushButton;

namespace pare {

class StrengthSlider;

struct StrengthData
{
    double strength = 0; ///< 0…1
    bool spread = false; ///< by what layers lose alone; false: that was not asked yet
    bool canAsk = false;

    bool operator==(const StrengthData &) const = default;
};

class StrengthLine : public QWidget
{
    Q_OBJECT

public:
    explicit StrengthLine(QWidget *parent = nullptr);

    /// Leaves the slider where it is while a person drags it.
    void setData(const StrengthData &data);

Q_SIGNALS:
    /// While it is dragged, and once it was let go or moved by a key.
    void previewed(double strength);
    void chosen(double strength);
    /// What layers lose alone is to be asked.
    void askRequested();

private:
    void tell();

    StrengthSlider *m_slider;
    QLabel *m_value;
    QLabel *m_words;
    QPushButton *m_ask;
};

} // namespace pare

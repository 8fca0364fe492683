// A check box that looks like a switch: on or off now, not later on "OK".
#pragma once

#include <QCheckBox>

namespace pare {

class ToggleSwitch : public QCheckBox
{
    Q_OBJECT

public:
    explicit ToggleSwitch(QWidget *parent = nullptr);
    /// `text` stands before the switch.
    explicit ToggleSwitch(const QString &text, QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool hitButton(const QPoint &position) const override;

private:
    QSizeF trackSize() const;
};

} // namespace pare

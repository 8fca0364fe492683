// One step of the recipe: what it does in words and exactly, what it saves, and its switch.
// Shows the values it was given; window's thread; owned by the recipe panel.
#pragma once

#include "core/model/technique.h"

#include <QFrame>
#include <QString>

class QLabel;

namespace pare {

class ToggleSwitch;

struct StepCardData
{
    QString title;  ///< "4 bits, groups of 64"
    QString text;   ///< "quantize.affine bits=4": what is not as usual
    QString exact;  ///< with every setting
    QString effect; ///< "30 layers · −2.91 MB"
    QString error;  ///< what is wrong with it; empty: nothing
    Family family = Family::Quantization;
    bool enabled = true;
    bool chosen = false;
    bool editable = true;

    bool operator==(const StepCardData &) const = default;
};

class StepCard : public QFrame
{
    Q_OBJECT

public:
    explicit StepCard(QWidget *parent = nullptr);

    void setData(const StepCardData &data);
    const StepCardData &data() const { return m_data; }

Q_SIGNALS:
    void chosen();
    void enabledChanged(bool enabled);
    void removalRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;

private:
    StepCardData m_data;
    QLabel *m_title;
    QLabel *m_text;
    QLabel *m_effect;
    QLabel *m_error;
    ToggleSwitch *m_switch;
};

} // namespace pare

#include "app/window/typedvalues.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSpinBox>
#include <QTabBar>
#include <QTabWidget>
#include <QTextEdit>
#include <array>

namespace pare {

namespace {

/// What is chosen decides what can be typed, so that it comes first.
enum class Turn { Choices, Numbers, Texts };
constexpr std::array turns{Turn::Choices, Turn::Numbers, Turn::Texts};

QVariant choiceOf(const QWidget *widget)
{
    if (const auto *box = qobject_cast<const QComboBox *>(widget))
        return box->isEditable() ? QVariant(box->currentText()) : QVariant(box->currentIndex());
    if (const auto *tabs = qobject_cast<const QTabWidget *>(widget))
        return tabs->currentIndex();
    if (const auto *bar = qobject_cast<const QTabBar *>(widget))
        return bar->currentIndex();
    if (const auto *check = qobject_cast<const QCheckBox *>(widget))
        return check->isChecked();
    return {};
}

void choose(QWidget *widget, const QVariant &value)
{
    const int index = value.toInt();
    if (auto *box = qobject_cast<QComboBox *>(widget)) {
        if (box->isEditable())
            box->setEditText(value.toString());
        else if (index >= 0 && index < box->count())
            box->setCurrentIndex(index);
    } else if (auto *tabs = qobject_cast<QTabWidget *>(widget)) {
        tabs->setCurrentIndex(index);
    } else if (auto *bar = qobject_cast<QTabBar *>(widget)) {
        bar->setCurrentIndex(index);
    } else if (auto *check = qobject_cast<QCheckBox *>(widget)) {
        check->setChecked(value.toBool());
    }
}

QVariant numberOf(const QWidget *widget)
{
    if (const auto *whole = qobject_cast<const QSpinBox *>(widget))
        return whole->value();
    if (const auto *real = qobject_cast<const QDoubleSpinBox *>(widget))
        return real->value();
    return {};
}

void setNumber(QWidget *widget, const QVariant &value)
{
    if (auto *whole = qobject_cast<QSpinBox *>(widget))
        whole->setValue(value.toInt());
    else if (auto *real = qobject_cast<QDoubleSpinBox *>(widget))
        real->setValue(value.toDouble());
}

QVariant textOf(const QWidget *widget)
{
    if (const auto *line = qobject_cast<const QLineEdit *>(widget))
        return line->text();
    if (const auto *text = qobject_cast<const QTextEdit *>(widget))
        return text->toPlainText();
    return {};
}

void setText(QWidget *widget, const QVariant &value)
{
    if (textOf(widget) == value)
        return; // setting it would move the cursor
    if (auto *line = qobject_cast<QLineEdit *>(widget))
        line->setText(value.toString());
    else if (auto *text = qobject_cast<QTextEdit *>(widget))
        text->setPlainText(value.toString());
}

QVariant valueOf(const QWidget *widget, Turn turn)
{
    return turn == Turn::Choices   ? choiceOf(widget)
           : turn == Turn::Numbers ? numberOf(widget)
                                   : textOf(widget);
}

/// Qt names the parts of its own widgets.
bool isOurs(const QWidget *widget)
{
    return !widget->objectName().isEmpty() && !widget->objectName().startsWith(u"qt_");
}

} // namespace

TypedValues typedIn(const QWidget &view)
{
    TypedValues values;
    for (const QWidget *widget : view.findChildren<QWidget *>()) {
        if (!isOurs(widget))
            continue;
        for (const Turn turn : turns) {
            if (const QVariant value = valueOf(widget, turn); value.isValid())
                values[widget->objectName()] = value;
        }
    }
    return values;
}

void typeInto(QWidget &view, const TypedValues &values)
{
    for (const Turn turn : turns) {
        for (QWidget *widget : view.findChildren<QWidget *>()) {
            const auto found = values.find(widget->objectName());
            if (!isOurs(widget) || found == values.end() || !valueOf(widget, turn).isValid())
                continue;
            if (turn == Turn::Choices)
                choose(widget, found->second);
            else if (turn == Turn::Numbers)
                setNumber(widget, found->second);
            else
                setText(widget, found->second);
        }
    }
}

} // namespace pare

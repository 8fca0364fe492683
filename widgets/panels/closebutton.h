// The small cross at the head of a panel that can be closed. Window's thread.
#pragma once

#include <QString>

class QToolButton;
class QWidget;

namespace pare {

/// `name`: what it closes, for those who do not see it.
QToolButton *closeButton(const QString &name, QWidget *parent);

} // namespace pare

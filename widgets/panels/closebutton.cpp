#include "widgets/panels/closebutton.h"

#include <QIcon>
#include <QToolButton>

namespace pare {

QToolButton *closeButton(const QString &name, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setAutoRaise(true);
    button->setIcon(QIcon(QStringLiteral(":/pare/theme/icons/close.svg")));
    button->setIconSize({12, 12});
    button->setFocusPolicy(Qt::NoFocus);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

} // namespace pare

#include "app/window/docktitle.h"

#include "widgets/theme/theme.h"

#include <QDockWidget>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QToolButton>

namespace pare {

DockTitle::DockTitle(const QString &title, QWidget *parent)
    : QFrame(parent)
{
    setProperty("kind", "head");
    auto *label = new QLabel(title);
    label->setProperty("kind", "heading");
    auto *close = new QToolButton;
    close->setAutoRaise(true);
    close->setIcon(QIcon(QStringLiteral(":/pare/theme/icons/close.svg")));
    close->setIconSize({12, 12});
    close->setFocusPolicy(Qt::NoFocus);
    close->setAccessibleName(tr("Close %1").arg(title));
    close->setToolTip(tr("Close; the Window menu brings it back"));
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(spacing::around, 0, spacing::inside, 0);
    // As high as the head of the map, whose fields have a border and padding.
    label->setMinimumHeight(fontMetrics().height() + 2 * spacing::inside + 2 * spacing::tight + 2);
    line->addWidget(label, 1);
    line->addWidget(close);
    connect(close, &QToolButton::clicked, this, [this] {
        if (auto *dock = qobject_cast<QDockWidget *>(parentWidget()))
            dock->close();
    });
}

} // namespace pare

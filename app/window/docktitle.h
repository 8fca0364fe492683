// The head of a dock: its title as a heading and a way to close it. Dragging it moves the dock.
// Window's thread; owned by its dock.
#pragma once

#include <QFrame>

namespace pare {

class DockTitle : public QFrame
{
    Q_OBJECT

public:
    explicit DockTitle(const QString &title, QWidget *parent = nullptr);
};

} // namespace pare

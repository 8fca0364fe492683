#include "widgets/panels/undokeys.h"

#include <QAbstractSpinBox>
#include <QKeyEvent>

namespace pare {

namespace {

class UndoKeys : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *, QEvent *event) override
    {
        if (event->type() != QEvent::ShortcutOverride)
            return false;
        const auto *key = static_cast<QKeyEvent *>(event);
        if (!key->matches(QKeySequence::Undo) && !key->matches(QKeySequence::Redo))
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

void passUndoOn(QAbstractSpinBox *field)
{
    field->installEventFilter(new UndoKeys(field));
}

} // namespace pare

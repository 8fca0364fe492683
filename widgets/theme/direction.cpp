#include "widgets/theme/direction.h"

#include <QGuiApplication>

namespace pare {

QString isolated(const QString &text)
{
    if (QGuiApplication::isLeftToRight() || text.isEmpty() || text.isRightToLeft())
        return text;
    constexpr QChar leftToRightIsolate(0x2066);
    constexpr QChar popIsolate(0x2069);
    return leftToRightIsolate + text + popIsolate;
}

Qt::Alignment readingSide()
{
    return QGuiApplication::isLeftToRight() ? Qt::AlignLeft : Qt::AlignRight;
}

} // namespace pare

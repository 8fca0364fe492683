#include "app/window/layouts.h"

#include <QSettings>
#include <QUrl>
#include <algorithm>

namespace pare {

namespace {

const QString group = QStringLiteral("layouts");

/// A name may hold what would be a path of keys.
QString keyOf(const QString &name)
{
    return QString::fromLatin1(QUrl::toPercentEncoding(name));
}

int area(const QRect &rect)
{
    return rect.isEmpty() ? 0 : rect.width() * rect.height();
}

} // namespace

QStringList layoutNames()
{
    QSettings settings;
    settings.beginGroup(group);
    QStringList names;
    for (const QString &key : settings.childKeys())
        names << QUrl::fromPercentEncoding(key.toLatin1());
    names.sort(Qt::CaseInsensitive);
    return names;
}

QByteArray layoutOf(const QString &name)
{
    return QSettings().value(group + '/' + keyOf(name)).toByteArray();
}

void keepLayout(const QString &name, const QByteArray &layout)
{
    QSettings().setValue(group + '/' + keyOf(name), layout);
}

void forgetLayout(const QString &name)
{
    QSettings().remove(group + '/' + keyOf(name));
}

QRect broughtOnto(const QRect &window, const QList<QRect> &screens)
{
    if (screens.isEmpty())
        return window;
    const QRect screen = *std::ranges::max_element(
        screens, {}, [&window](const QRect &each) { return area(each & window); });
    QRect moved(window.topLeft(), window.size().boundedTo(screen.size()));
    moved.moveLeft(std::clamp(moved.left(), screen.left(), screen.right() - moved.width() + 1));
    moved.moveTop(std::clamp(moved.top(), screen.top(), screen.bottom() - moved.height() + 1));
    return moved;
}

} // namespace pare

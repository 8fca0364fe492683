// Arrangements of the docks that a person named, in QSettings, and windows that find their way back
// onto a screen. Window's thread.
#pragma once

#include <QByteArray>
#include <QList>
#include <QRect>
#include <QStringList>

namespace pare {

/// Sorted.
QStringList layoutNames();
/// Empty: there is none of that name.
QByteArray layoutOf(const QString &name);
/// Replaces one of the same name.
void keepLayout(const QString &name, const QByteArray &layout);
void forgetLayout(const QString &name);

/// `window`, moved and made smaller as little as is needed to stand on the screen that shows most of
/// it, or on the first; as it is where there is no screen.
QRect broughtOnto(const QRect &window, const QList<QRect> &screens);

} // namespace pare

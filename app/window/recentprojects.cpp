#include "app/window/recentprojects.h"

#include <QFileInfo>
#include <QSettings>

namespace pare {

namespace {

constexpr qsizetype longestList = 8;
constexpr auto settingsKey = "recentProjects";

} // namespace

QStringList recentProjects()
{
    return QSettings().value(settingsKey).toStringList();
}

void rememberProject(const QString &path)
{
    QStringList paths = recentProjects();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QSettings().setValue(settingsKey, QStringList(paths.mid(0, longestList)));
}

} // namespace pare

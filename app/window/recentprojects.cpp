#include "app/window/recentprojects.h"

#include <QFileInfo>
#include <QSettings>
#include <algorithm>

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

void forgetProject(const QString &path)
{
    QStringList paths = recentProjects();
    paths.removeAll(path);
    QSettings().setValue(settingsKey, paths);
}

void relocateProject(const QString &from, const QString &to)
{
    const QString absolute = QFileInfo(to).absoluteFilePath();
    QStringList paths = recentProjects();
    paths.removeAll(absolute);
    std::ranges::replace(paths, from, absolute);
    QSettings().setValue(settingsKey, paths);
}

} // namespace pare

// The projects that were open before, newest first, in QSettings. Window's thread.
#pragma once

#include <QStringList>

namespace pare {

QStringList recentProjects();
void rememberProject(const QString &path);
void forgetProject(const QString &path);
/// A project that is somewhere else now takes the place of what it was.
void relocateProject(const QString &from, const QString &to);

} // namespace pare

// The projects that were open before, newest first, in QSettings. Window's thread.
#pragma once

#include <QStringList>

namespace pare {

QStringList recentProjects();
void rememberProject(const QString &path);

} // namespace pare

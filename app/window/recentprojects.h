// The projects that were open before, newest first, in QSettings. Window's thread.
#pragma once

#include "widgets/panels/startpage.h"

#include <QStringList>
#include <vector>

namespace pare {

QStringList recentProjects();
/// `model`: what people call the model in it; empty: none, or what is known already.
void rememberProject(const QString &path, const QString &model = {});
void forgetProject(const QString &path);
/// A project that is somewhere else now takes the place of what it was.
void relocateProject(const QString &from, const QString &to);

/// As lists show them: by name, with the folder where names are equal; with the model, unless the name says
/// it, and when they were used last.
std::vector<RecentProject> recentRows();

} // namespace pare

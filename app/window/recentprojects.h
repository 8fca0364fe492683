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

/// The project that is open, for the next start; empty: none is.
void rememberOpenProject(const QString &path);
/// What was open when the program ended, to be opened again; empty: nothing was, it is gone or somebody works
/// on it, or this person does not want it.
QString projectToReopen();
/// Whether it is wanted; it is unless a person says otherwise.
bool isReopening();
void setReopening(bool wanted);

/// As lists show them: by name, with the folder where names are equal; with the model, unless the name says
/// it, and when they were used last.
std::vector<RecentProject> recentRows();

} // namespace pare

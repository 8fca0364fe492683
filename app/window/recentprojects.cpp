#include "app/window/recentprojects.h"

#include "core/project/projectlock.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocale>
#include <QSettings>
#include <algorithm>

namespace pare {

namespace {

constexpr qsizetype longestList = 8;
constexpr auto settingsKey = "recentProjects";
constexpr auto modelsKey = "recentModels"; ///< by path
constexpr auto openKey = "openProject";
constexpr auto reopenKey = "window/reopenProject";

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::StartPage)
};

void setRecent(const QStringList &paths, QVariantMap models)
{
    for (const QString &path : models.keys()) {
        if (!paths.contains(path))
            models.remove(path);
    }
    QSettings().setValue(settingsKey, paths);
    QSettings().setValue(modelsKey, models);
}

QVariantMap recentModels()
{
    return QSettings().value(modelsKey).toMap();
}

} // namespace

QStringList recentProjects()
{
    return QSettings().value(settingsKey).toStringList();
}

void rememberProject(const QString &path, const QString &model)
{
    QStringList paths = recentProjects();
    const QString absolute = QFileInfo(path).absoluteFilePath();
    paths.removeAll(absolute);
    paths.prepend(absolute);
    QVariantMap models = recentModels();
    if (!model.isEmpty())
        models[absolute] = model;
    setRecent(paths.mid(0, longestList), models);
}

void forgetProject(const QString &path)
{
    QStringList paths = recentProjects();
    paths.removeAll(path);
    setRecent(paths, recentModels());
}

void relocateProject(const QString &from, const QString &to)
{
    QStringList paths = recentProjects();
    const QString absolute = QFileInfo(to).absoluteFilePath();
    paths.removeAll(absolute);
    std::ranges::replace(paths, from, absolute);
    QVariantMap models = recentModels();
    if (models.contains(from))
        models[absolute] = models[from];
    setRecent(paths, models);
}

void rememberOpenProject(const QString &path)
{
    QSettings().setValue(openKey, path.isEmpty() ? path : QFileInfo(path).absoluteFilePath());
}

QString projectToReopen()
{
    const QString path = QSettings().value(openKey).toString();
    const bool there = !path.isEmpty() && QFileInfo::exists(path);
    return there && isReopening() && !isOpenSomewhere(path.toStdString()) ? path : QString();
}

bool isReopening()
{
    return QSettings().value(reopenKey, true).toBool();
}

void setReopening(bool wanted)
{
    QSettings().setValue(reopenKey, wanted);
}

std::vector<RecentProject> recentRows()
{
    const QStringList paths = recentProjects();
    const QVariantMap models = recentModels();
    std::vector<RecentProject> rows;
    for (const QString &path : paths) {
        const QFileInfo file(path);
        const auto sameName = [&](const QString &other) {
            return QFileInfo(other).completeBaseName() == file.completeBaseName();
        };
        RecentProject row{path, file.completeBaseName(), {}, {}};
        if (std::ranges::count_if(paths, sameName) > 1)
            row.title = QStringLiteral("%1 (%2)").arg(row.title, file.dir().dirName());
        const QString model = models.value(path).toString();
        QStringList words;
        if (!model.isEmpty() && !file.completeBaseName().startsWith(model))
            words << model;
        words << (file.exists() ? QLocale().toString(file.lastModified(), QLocale::ShortFormat)
                                : Words::tr("not there any more"));
        row.lately = words.join(QStringLiteral(" \u00b7 "));
        row.place = QDir::toNativeSeparators(file.absolutePath());
        rows.push_back(std::move(row));
    }
    return rows;
}

} // namespace pare

// What the views say of the files that runs were written to.
#include "app/document/document.h"
#include "app/window/viewvalues.h"
#include "core/model/names.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QStandardPaths>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::Exports)
};

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QString found(const std::optional<Parity> &parity)
{
    if (!parity)
        return Words::tr("not read again");
    return parity->passed() ? translated(inWords(*parity))
                            : Words::tr("read again, it is not what was written: %1")
                                  .arg(QString::fromStdString(parity->failure));
}

/// "4 bits + 50 % pruned" as "4-bits-50-pruned"
QString asFileName(const QString &name)
{
    constexpr int longest = 60;
    static const QRegularExpression others(QStringLiteral("[^a-z0-9.]+"));
    const QStringList words = name.toLower().split(others, Qt::SkipEmptyParts);
    return words.join('-').left(longest);
}

bool canBeWrittenTo(const QString &folder)
{
    const QFileInfo info(folder);
    return info.isDir() && info.isWritable();
}

} // namespace

QString newExportFolder(const Document &document, const Run *run)
{
    const std::string &model = run ? run->modelPath : document.choices().modelPath;
    const Recipe recipe = run ? run->recipe : document.choices().recipe();
    const QString own = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + '/';
    const QString project = QFileInfo(document.projectPath()).absolutePath();
    const QFileInfo opened(QString::fromStdString(model));
    QString beside = (project + '/').startsWith(own) ? QString() : project;
    if (!canBeWrittenTo(beside)) // an opened file lies in the model's folder
        beside = opened.isDir() ? opened.absolutePath()
                                : QFileInfo(opened.absolutePath()).absolutePath();
    if (!canBeWrittenTo(beside))
        beside = QDir::homePath();
    const QString name = asFileName(QString::fromStdString(text(nameParts(recipe))));
    const QString first =
        QStringLiteral("%1/%2-%3")
            .arg(beside, modelTitle(model), name.isEmpty() ? QStringLiteral("export") : name);
    QString folder = first;
    for (int number = 2; QFileInfo::exists(folder); ++number)
        folder = QStringLiteral("%1-%2").arg(first).arg(number);
    return folder;
}

RunExports exportsOf(const Document &document, const Run &run)
{
    RunExports exports;
    QStringList formats;
    for (const KeptExport &kept : document.exports()) {
        if (!holds(kept, run))
            continue;
        const bool passed = kept.record.parity && kept.record.parity->passed();
        QString title = textOf(titleOf(kept.record.format));
        if (kept.record.dtype == DType::Float16)
            title += QStringLiteral(" float16");
        exports.lines << Words::tr("%1, %2 (%3): %4")
                             .arg(title, textOf(placeOf(kept)), bytesText(kept.record.bytes),
                                  found(kept.record.parity));
        if (!passed)
            title = Words::tr("%1 (not the same)").arg(title);
        if (!formats.contains(title))
            formats << title;
    }
    exports.formats = formats.join(QStringLiteral(", "));
    return exports;
}

} // namespace pare

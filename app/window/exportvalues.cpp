// What the views say of the files that runs were written to.
#include "app/document/document.h"
#include "app/window/viewvalues.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::Exports)
};

QString titleOf(const ExportRecord &record)
{
    switch (record.format) {
    case ExportFormat::Packed:
        return QStringLiteral("packed");
    case ExportFormat::Dense:
        return QStringLiteral("dense");
    case ExportFormat::TorchScript:
        return QStringLiteral("TorchScript");
    case ExportFormat::Gguf:
        break;
    }
    return QStringLiteral("GGUF");
}

/// "out/model.gguf"
QString placeOf(const KeptExport &kept)
{
    const QFileInfo file(QString::fromStdString(kept.file));
    return file.dir().dirName() + '/' + file.fileName();
}

QString found(const std::optional<Parity> &parity)
{
    if (!parity)
        return Words::tr("not read again");
    return parity->passed() ? translated(inWords(*parity))
                            : Words::tr("read again, it is not what was written: %1")
                                  .arg(QString::fromStdString(parity->failure));
}

} // namespace

RunExports exportsOf(const Document &document, const Run &run)
{
    RunExports exports;
    QStringList formats;
    for (const KeptExport &kept : document.exports()) {
        if (!holds(kept, run))
            continue;
        const bool passed = kept.record.parity && kept.record.parity->passed();
        QString title = titleOf(kept.record);
        if (kept.record.dtype == DType::Float16)
            title += QStringLiteral(" float16");
        exports.lines << Words::tr("%1, %2 (%3): %4")
                             .arg(title, placeOf(kept), bytesText(kept.record.bytes),
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

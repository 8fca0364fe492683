// What the views say of the files that runs were written to.
#include "app/document/document.h"
#include "app/window/viewvalues.h"

#include <QCoreApplication>

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

} // namespace

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

#include "app/window/helppages.h"

#include "app/window/language.h"
#include "core/model/technique.h"

#include <QFile>
#include <QFileInfo>
#include <QWidget>

/// Q_INIT_RESOURCE may not stand in a namespace.
static void initHelp()
{
    Q_INIT_RESOURCE(help);
}

namespace pare {

namespace {

constexpr auto propertyName = "helpPage";

QString pathOf(const QString &page, const QString &language)
{
    return QStringLiteral(":/pare/help/%1/%2.md").arg(language, page);
}

} // namespace

QStringList helpPages()
{
    QStringList pages{"start",    "layermap", "recipe",       "inspector", "chart",
                      "pictures", "whatif",   "distillation", "numbers"};
    for (const Family family : {Family::Structure, Family::Sharing, Family::LowRank,
                                Family::Pruning, Family::Quantization, Family::Training})
        pages << QString::fromUtf8(nameOf(family).data());
    return pages;
}

QUrl helpUrl(const QString &page)
{
    initHelp();
    const QString spoken = pathOf(page, spokenLanguage());
    return QUrl("qrc" + (QFile::exists(spoken) ? spoken : pathOf(page, QStringLiteral("en"))));
}

QString helpPageAt(const QUrl &url)
{
    const bool ours = url.scheme() == "qrc" && url.path().startsWith(u"/pare/help/");
    return ours ? QFileInfo(url.path()).completeBaseName() : QString();
}

QString helpText(const QString &page)
{
    QFile file(':' + helpUrl(page).path());
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString helpTitle(const QString &page)
{
    return helpText(page).section('\n', 0, 0).remove(0, 2); // "# Title"
}

void setHelpPage(QWidget *widget, const QString &page)
{
    widget->setProperty(propertyName, page);
}

QString helpPageFor(const QWidget *widget)
{
    for (; widget; widget = widget->parentWidget()) {
        const QString page = widget->property(propertyName).toString();
        if (!page.isEmpty())
            return page;
    }
    return helpPages().first();
}

} // namespace pare

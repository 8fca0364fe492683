#include "app/window/language.h"

#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QSettings>
#include <QTranslator>
#include <algorithm>

/// Q_INIT_RESOURCE may not stand in a namespace.
static void initTranslations()
{
    Q_INIT_RESOURCE(translations);
}

namespace pare {

namespace {

constexpr auto settingsKey = "window/language";
constexpr auto english = "en";

/// Names of the languages are not translated: who cannot read the window must find theirs.
const std::vector<LanguageInfo> &spoken()
{
    static const std::vector<LanguageInfo> table{
        {QStringLiteral("en"), QStringLiteral("English")},
        {QStringLiteral("ko"), QStringLiteral("한국어")},
    };
    return table;
}

bool isSpoken(const QString &code)
{
    return std::ranges::any_of(spoken(),
                               [&](const LanguageInfo &info) { return info.code == code; });
}

/// The first of the system's languages that is spoken here, or English.
QString systemLanguage()
{
    for (const QString &name : QLocale::system().uiLanguages()) {
        const QString code = name.section('-', 0, 0);
        if (isSpoken(code))
            return code;
    }
    return QLatin1String(english);
}

/// Of a language that was chosen: as in the country that comes first for it.
QLocale localeOf(const QString &choice)
{
    if (!choice.isEmpty())
        return QLocale(choice);
    const QLocale system = QLocale::system();
    return system.language() == QLocale::C ? QLocale(QLocale::English) : system;
}

QList<QTranslator *> installedTranslators()
{
    return QCoreApplication::instance()->findChildren<QTranslator *>(Qt::FindDirectChildrenOnly);
}

void install(const QString &name, const QString &folder)
{
    auto *translator = new QTranslator(QCoreApplication::instance());
    if (translator->load(name, folder)) // of English, only plurals
        QCoreApplication::installTranslator(translator);
    else
        delete translator; // Qt's own need not be installed
}

void use(const QString &choice)
{
    initTranslations();
    for (QTranslator *translator : installedTranslators()) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
    const QString code = choice.isEmpty() ? systemLanguage() : choice;
    QCoreApplication::instance()->setProperty("language", code);
    setNumberLocale(localeOf(choice));
    if (code != english)
        install(QStringLiteral("qtbase_") + code,
                QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    install(QStringLiteral("pare_") + code, QStringLiteral(":/pare/translations"));
}

} // namespace

std::vector<LanguageInfo> languages()
{
    std::vector<LanguageInfo> all{{}};
    all.insert(all.end(), spoken().begin(), spoken().end());
    return all;
}

QString chosenLanguage()
{
    const QString code = QSettings().value(settingsKey).toString();
    return isSpoken(code) ? code : QString();
}

void chooseLanguage(const QString &code)
{
    QSettings().setValue(settingsKey, code);
    use(chosenLanguage());
}

void useChosenLanguage()
{
    use(chosenLanguage());
}

QString spokenLanguage()
{
    const QString code = QCoreApplication::instance()->property("language").toString();
    return code.isEmpty() ? QLatin1String(english) : code;
}

} // namespace pare

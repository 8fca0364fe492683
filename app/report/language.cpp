#include "app/report/language.h"

#include "app/report/messages.h"
#include "core/base/error.h"

#include <QCoreApplication>

namespace pare {

ReportLanguage::ReportLanguage(const std::string &language)
    : m_locale(language == "en" ? QLocale(QLocale::English, QLocale::UnitedStates)
                                : QLocale(QString::fromStdString(language)))
{
    if (language == "en")
        return;
    const QString name =
        QStringLiteral(":/pare/translations/pare_%1.qm").arg(QString::fromStdString(language));
    if (!m_translator.load(name))
        throw Error(ErrorKind::Unsupported, messages::reportLanguage, language, "en");
    QCoreApplication::installTranslator(&m_translator);
}

ReportLanguage::~ReportLanguage()
{
    QCoreApplication::removeTranslator(&m_translator);
}

} // namespace pare

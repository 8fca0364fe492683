// The language of a report while it is written. Needs a QCoreApplication; the application's thread.
#pragma once

#include <QLocale>
#include <QTranslator>
#include <string>

namespace pare {

class ReportLanguage
{
public:
    /// "en", or another language this program has texts in, which are used as long as this lives.
    /// Throws Unsupported where it has none.
    explicit ReportLanguage(const std::string &language);
    ~ReportLanguage();
    ReportLanguage(const ReportLanguage &) = delete;
    ReportLanguage &operator=(const ReportLanguage &) = delete;

    const QLocale &locale() const { return m_locale; }

private:
    QLocale m_locale;
    QTranslator m_translator;
};

} // namespace pare

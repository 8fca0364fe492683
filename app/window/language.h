// The language of the window and the form of its numbers: which was chosen, and the change to
// another while the program runs. Window's thread.
//
// English is what stands in the code. Another language is a file of translations/ and a row of the
// table in language.cpp.
#pragma once

#include <QString>
#include <vector>

namespace pare {

struct LanguageInfo
{
    QString code;  ///< "ko"; empty: as the system has it
    QString title; ///< in the language itself; empty: as the system has it
};

/// As the menu lists them, "as the system" first.
std::vector<LanguageInfo> languages();

/// Of `languages()`; empty: as the system has it.
QString chosenLanguage();
/// Keeps the choice in QSettings and uses it. Every widget then gets QEvent::LanguageChange.
void chooseLanguage(const QString &code);

/// Installs what was chosen; once, before the first widget is made.
void useChosenLanguage();
/// What is spoken now: "en" or "ko".
QString spokenLanguage();

} // namespace pare

// A project's runs as a report: what it says, and the files it is written to.
//
// Needs a QApplication for HTML and PDF (the offscreen platform will do), a QCoreApplication for
// the others; the application's thread, whose translators give it its language.
#pragma once

#include "app/report/content.h"
#include "app/report/facts.h"

#include <QByteArray>
#include <QLocale>
#include <filesystem>
#include <optional>

namespace pare {

struct ReportOptions
{
    QString title;       ///< empty: from the project's name
    QStringList remarks; ///< paragraphs below the summary
    QLocale locale{QLocale::English, QLocale::UnitedStates};
};

/// What all writers write.
ReportContent reportContent(const ReportFacts &facts, const ReportOptions &options = {});

enum class ReportFormat { Html, Pdf, Markdown, Csv };

/// By the ending of the name. Throws InvalidSetting for another one.
ReportFormat reportFormat(const std::filesystem::path &file);

/// The content of a file. CSV has the numbers alone, the same in every language.
QByteArray reportFile(const ReportFacts &facts, ReportFormat format,
                      const ReportOptions &options = {});

} // namespace pare

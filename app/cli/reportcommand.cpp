#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/drawing.h"
#include "app/cli/terminal.h"
#include "app/report/language.h"
#include "app/report/report.h"
#include "core/base/files.h"
#include "core/project/project.h"

#include <QApplication>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

namespace pare {

namespace {

struct ReportCommand
{
    std::string project;
    std::string output;
    std::string language = "en";
    std::string title;
};

void writeReport(const ReportCommand &command)
{
    const ReportFormat format = reportFormat(command.output);
    checkWritable(command.output);
    const auto application = drawingApplication(DrawingTarget::Files);
    const ReportLanguage language(command.language);
    TerminalProgress progress;
    const Project project = Project::open(command.project, Access::ReadOnly);
    const ReportFacts facts = readFacts(project, progress);
    ReportOptions options;
    options.title = QString::fromStdString(command.title);
    options.locale = language.locale();
    const QByteArray file = reportFile(facts, format, options);
    makeParentFolders(command.output);
    writeFile(command.output,
              std::string_view(file.constData(), static_cast<std::size_t>(file.size())));
    progress.clear();
    fmt::print("Wrote {} ({} runs, {} bytes).\n", command.output, facts.runs().size(), file.size());
}

} // namespace

void addReport(CLI::App &app)
{
    CLI::App *command = app.add_subcommand(
        "report", "Write a project's runs as a page to read, to print, or to compute with");
    const auto options = std::make_shared<ReportCommand>();
    command->add_option("PROJECT", options->project, "Project file (.pare)")->required();
    command
        ->add_option(
            "--output", options->output,
            "File to write, as its name ends: .html, .pdf, .md, or .csv (the numbers alone)")
        ->required()
        ->type_name("FILE")
        ->check(parsedBy([](const std::string &file) { reportFormat(file); }));
    command->add_option("--language", options->language, "Language of the text (default: en)")
        ->type_name("en|ko")
        ->check(oneOf({"en", "ko"}));
    command->add_option("--title", options->title, "Its title (default: by the model's name)")
        ->type_name("T");
    command->callback([options] { writeReport(*options); });
}

} // namespace pare

#include "app/cli/checks.h"
#include "app/cli/commands.h"
#include "app/cli/drawing.h"
#include "app/cli/projectruns.h"
#include "app/cli/tables.h"
#include "app/cli/terminal.h"
#include "app/report/pictures.h"
#include "app/report/report.h"
#include "app/window/display.h"
#include "app/window/runwindow.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/messages.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/demo.h"
#include "core/experiment/experiment.h"
#include "core/network/computing.h"
#include "core/project/project.h"
#include "core/text/naivebayes.h"
#include "core/text/wordnet.h"
#include "widgets/charts/chartexport.h"

#include <QApplication>
#include <filesystem>
#include <memory>
#include <unistd.h>

namespace pare {

namespace {

namespace fs = std::filesystem;

constexpr QSize curveSize(1600, 900);

struct DemoOptions
{
    std::string output = ".";
    int threads = 0;
    std::string window; ///< "yes", "auto": where there is a display; empty: and a terminal too
    bool headless = false;
};

bool wantsWindow(const DemoOptions &options)
{
    if (options.headless || options.window == "yes")
        return !options.headless;
    return displayAvailable() && (options.window == "auto" || ::isatty(STDOUT_FILENO) == 1);
}

std::vector<Run> measureAll(const fs::path &project, const DemoOptions &options,
                            Experiment &experiment, TerminalProgress &progress)
{
    ProjectRuns stored(project.string());
    ExperimentOptions chosen{demoModel(), demoData, 0, options.threads};
    chosen.calibration = demoCalibration; // for whoever opens the project and goes on
    stored.choose(chosen);
    const std::vector<Recipe> recipes = demoRecipes();
    const bool piped = ::isatty(STDOUT_FILENO) != 1;
    ExperimentOutputs outputs;
    outputs.measured = stored.keeper();
    std::vector<Run> runs;
    for (const Recipe &recipe : recipes) {
        if (std::optional<Run> run = stored.find(experiment.idOf(recipe))) {
            runs.push_back(std::move(*run));
            continue;
        }
        runs.push_back(experiment.run(recipe, progress, outputs));
        progress.clear();
        tell(fmt::format("{} of {}: {}\n", runs.size(), recipes.size(), shortName(recipe)));
        if (piped) {
            fmt::print("run {}\n", runs.back().id);
            std::fflush(stdout);
        }
    }
    return runs;
}

std::string floorText()
{
    const WordNetSplits splits = readWordNet();
    const NaiveBayesResult floor = measureNaiveBayes(splits.train, splits.dev, splits.test);
    return fmt::format("Multinomial naive Bayes (smoothing {}, chosen on dev) answers {:.2f} % of "
                       "the same {} test rows.",
                       floor.smoothing, 100 * floor.testAccuracy, splits.test.size());
}

void writeResults(const fs::path &folder, const std::vector<Run> &runs, const std::string &remark,
                  Progress &progress)
{
    const auto qt = drawingApplication(DrawingTarget::Files);
    const QString title = "Pare demo: what a small BERT can lose";
    const QString caption = QString("%1 definitions, 95 % intervals").arg(runs.front().examples);
    exportChart(tradeoffData(runs), QString::fromStdString((folder / "curve.png").string()),
                {curveSize, title, caption});
    ReportOptions options;
    options.title = title;
    options.remarks << QString::fromStdString(remark);
    const Project project = Project::open(folder / "demo.pare", Access::ReadOnly);
    const QByteArray report = reportFile(readFacts(project, progress), ReportFormat::Html, options);
    writeFile(folder / "report.html", report.toStdString());
}

void demo(const DemoOptions &options)
{
    const fs::path folder = options.output;
    std::error_code error;
    fs::create_directories(folder, error);
    if (error)
        throw Error(ErrorKind::Io, messages::cannotWrite, folder, error.message());
    const fs::path project = folder / "demo.pare";
    if (wantsWindow(options)) {
        WindowRequest request;
        request.path = QString::fromStdString(project.string());
        request.purpose = WindowPurpose::Demo;
        request.threads = options.threads;
        checkWindow(request);
        const auto qt = drawingApplication(DrawingTarget::Screen);
        runWindow(*qt, request);
        return;
    }
    startComputing(options.threads);
    TerminalProgress progress;
    Experiment experiment({demoModel(), demoData, 0, options.threads}, progress);
    const std::vector<Run> runs = measureAll(project, options, experiment, progress);
    progress.clear();
    const std::string remark = floorText();
    writeResults(folder, runs, remark, progress);
    progress.clear();
    fmt::print("\n");
    printRuns(runs);
    fmt::print("\n{}\nWrote {}, {} and {}.\n", remark, project.string(),
               (folder / "curve.png").string(), (folder / "report.html").string());
}

} // namespace

void addDemo(CLI::App &app)
{
    CLI::App *command =
        app.add_subcommand("demo", "Compress the demo model in many ways, and draw what it costs");
    const auto options = std::make_shared<DemoOptions>();
    command
        ->add_option("--output", options->output,
                     "Folder for demo.pare, curve.png and report.html (default: this one)")
        ->type_name("DIR");
    command->add_option("--threads", options->threads, "Threads that compute (default: all cores)")
        ->check(wholeNumber(1, 1024));
    CLI::Option *window =
        command
            ->add_flag("--window{yes}", options->window,
                       "Open the window on it (default on a terminal with a display; =auto: "
                       "wherever there is a display)")
            ->check(oneOf({"yes", "auto"}));
    command->add_flag("--headless", options->headless, "Do the work here")->excludes(window);
    command->callback([options] { demo(*options); });
}

} // namespace pare

// How long the window does not listen while every core computes: a sweep of all layers of the demo runs, a
// slider is dragged ten times a second and layers are selected, and a timer that wants to fire each
// millisecond tells when it could not.
//
//   benchmark_window [PROJECT.pare]     a new project in a temporary folder where none is named
//   benchmark_window --runs 500         how long a project of so many runs takes to be shown, sorted, filtered
//
// Prints the median, 95th and 99th percentile and the longest of the gaps between two turns of the event
// loop, how long it took from the start of main() to a window that shows the model, and, with the sweep done,
// how long a move of the strength of all steps takes until every view has been given what it makes.
#include "app/document/document.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "core/experiment/demo.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/runspanel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QLineEdit>
#include <QSlider>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <vector>

namespace {

using namespace pare;

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[std::min(sorted.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
}

double millisecondsOf(const std::function<void()> &work)
{
    QElapsedTimer timer;
    timer.start();
    work();
    QCoreApplication::processEvents(); // and what is drawn of it
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

/// One measured run of the demo and so many copies of it, each with figures of its own.
void fill(const QString &project, int count)
{
    Document document;
    document.openProject(project);
    document.openModel(QString::fromStdString(demoModel().string()));
    document.setData(DataUse::Measuring, QStringLiteral("wordnet:dev"));
    document.addStep(parsedStep("quantize.affine bits=4"));
    QEventLoop measured;
    QObject::connect(&document, &Document::runFinished, &measured, &QEventLoop::quit);
    QObject::connect(&document, &Document::choicesChanged, &document, [&] {
        if (!document.choices().dataPath.empty()) // looked at behind the model
            document.measure();
    });
    measured.exec();
    std::vector<Run> runs;
    for (int i = 1; i < count; ++i) {
        Run run = document.runs().front();
        run.id = fmt::format("{:012x}", i);
        run.recipe.steps.front().settings["bits"] = std::to_string(2 + i % 7);
        run.measured.bytes += 1000 * i;
        run.measured.metrics[run.primaryMetric].value -= 0.0005 * (i % 97);
        runs.push_back(std::move(run));
    }
    document.importRuns(runs, {});
}

void tell(const char *what, std::vector<double> &times)
{
    std::ranges::sort(times);
    fmt::print("{}: median {:.1f} ms, longest {:.1f} ms of {}\n", what, percentile(times, 0.5),
               times.back(), times.size());
}

/// From opening to the filled table, then every column sorted both ways, and filters as they are typed.
void benchmarkRuns(const QString &project, int count)
{
    fill(project, count);
    MainWindow window;
    window.resize(1440, 900);
    window.show();
    QCoreApplication::processEvents();
    RunsPanel *panel = window.workspace()->runsPanel();
    const QAbstractItemModel *rows = panel->table()->model();
    QElapsedTimer opening;
    opening.start();
    window.document().openProject(project);
    while (rows->rowCount() < count)
        QCoreApplication::processEvents(QEventLoop::AllEvents, 5);
    fmt::print("{} runs are in the table after {} ms\n", rows->rowCount(), opening.elapsed());
    QTest::qWait(5000); // the model, hashes and forecasts come in
    std::vector<double> sorts, filters, looks;
    for (int column = 0; column < rows->columnCount(); ++column) {
        for (const Qt::SortOrder order : {Qt::DescendingOrder, Qt::AscendingOrder})
            sorts.push_back(millisecondsOf([&] { panel->table()->sortByColumn(column, order); }));
    }
    tell("sorting", sorts);
    auto *line = panel->findChild<QLineEdit *>(QStringLiteral("runsFilter"));
    for (const QString typed : {"accuracy>90", "bytes<900kB bits", "-tag:paper group"}) {
        for (qsizetype length = 0; length <= typed.size(); ++length)
            filters.push_back(millisecondsOf([&] { line->setText(typed.left(length)); }));
    }
    line->clear();
    tell("filtering", filters);
    for (int bits = 2; bits < 8; ++bits)
        looks.push_back(millisecondsOf([&] {
            window.document().previewStep(
                0, parsedStep("quantize.affine bits=" + std::to_string(bits)));
        }));
    tell("a move of a slider", looks);
}

} // namespace

int main(int argc, char **argv)
{
    QElapsedTimer sinceStart;
    sinceStart.start();
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QTemporaryDir folder;
    qputenv("XDG_CACHE_HOME", folder.filePath("cache").toUtf8()); // nothing was asked before
    if (argc > 2 && QByteArray(argv[1]) == "--runs") {
        benchmarkRuns(folder.filePath("runs.pare"), std::max(2, QByteArray(argv[2]).toInt()));
        return 0;
    }
    MainWindow window;
    window.show();
    Document &document = window.document();
    document.openProject(argc > 1 ? QString::fromLocal8Bit(argv[1]) : folder.filePath("w.pare"));
    document.openModel(QString::fromStdString(demoModel().string()));
    document.setData(DataUse::Measuring, QStringLiteral("wordnet:dev"));

    bool shown = false;
    std::vector<double> gaps;
    QElapsedTimer sinceTurn;
    QTimer turns;
    turns.setTimerType(Qt::PreciseTimer);
    QObject::connect(&turns, &QTimer::timeout, &application, [&] {
        if (shown)
            gaps.push_back(static_cast<double>(sinceTurn.nsecsElapsed()) / 1e6 - 1);
        sinceTurn.start();
    });
    int moves = 0;
    QTimer drag;
    QObject::connect(&drag, &QTimer::timeout, &application, [&] {
        ++moves;
        document.previewStep(0,
                             parsedStep("quantize.affine bits=" + std::to_string(2 + moves % 7)));
        const std::vector<Layer> &layers = document.model().layers;
        const QString name =
            QString::fromStdString(layers[static_cast<std::size_t>(moves) % layers.size()].name);
        window.workspace()->mapPanel()->map()->setSelection({name});
        Q_EMIT window.workspace()->mapPanel()->map()->selectionChanged({name});
    });
    QObject::connect(&document, &Document::choicesChanged, &application, [&] {
        if (shown || document.choices().dataPath.empty()) // looked at behind the model
            return;
        QTimer::singleShot(0, &application, [&] {
            shown = true;
            fmt::print("window with the model after {} ms\n", sinceStart.elapsed());
            document.addStep(parsedStep("quantize.affine bits=4"));
            document.sweepLayers();
            sinceTurn.start();
            turns.start(1);
            drag.start(100);
        });
    });
    QObject::connect(&document, &Document::jobChanged, &application, [&] {
        if (shown && document.job().state != JobStatus::State::Running)
            application.quit();
    });
    application.exec();

    turns.stop();
    drag.stop();
    std::vector<double> strengths;
    auto *strength = window.findChild<QSlider *>(QStringLiteral("recipeStrength"));
    strength->setSliderDown(true);
    for (int place = 0; place <= strength->maximum(); ++place)
        strengths.push_back(millisecondsOf([&] { strength->setSliderPosition(place); }));
    strength->setSliderDown(false);
    tell("a move of the strength of all, to its bytes", strengths);

    std::ranges::sort(gaps);
    if (gaps.empty())
        return 1;
    fmt::print("{} turns of the event loop while a sweep ran, {} moves of a slider; it did not "
               "listen for\n"
               "median {:.1f} ms, 95 % {:.1f} ms, 99 % {:.1f} ms, longest {:.1f} ms\n",
               gaps.size(), moves, percentile(gaps, 0.5), percentile(gaps, 0.95),
               percentile(gaps, 0.99), gaps.back());
}

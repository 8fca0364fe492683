// How long the window does not listen while every core computes: a sweep of all layers of the demo runs, a
// slider is dragged ten times a second and layers are selected, and a timer that wants to fire each
// millisecond tells when it could not.
//
//   benchmark_window [PROJECT.pare]     a new project in a temporary folder where none is named
//
// Prints the median, 95th and 99th percentile and the longest of the gaps between two turns of the event
// loop, and how long it took from the start of main() to a window that shows the model.
#include "app/document/document.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"
#include "core/experiment/demo.h"
#include "widgets/layermap/layermappanel.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <fmt/format.h>
#include <vector>

namespace {

using namespace pare;

double percentile(const std::vector<double> &sorted, double share)
{
    return sorted[std::min(sorted.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(sorted.size())))];
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
        document.previewStep(0, parsedStep("quantize.affine bits=" + std::to_string(2 + moves % 7)));
        const std::vector<Layer> &layers = document.model().layers;
        const QString name =
            QString::fromStdString(layers[static_cast<std::size_t>(moves) % layers.size()].name);
        window.workspace()->mapPanel()->map()->setSelection({name});
        Q_EMIT window.workspace()->mapPanel()->map()->selectionChanged({name});
    });
    QObject::connect(&document, &Document::modelChanged, &application, [&] {
        if (shown || document.modelState() != ModelState::Open)
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

    std::ranges::sort(gaps);
    if (gaps.empty())
        return 1;
    fmt::print("{} turns of the event loop while a sweep ran, {} moves of a slider; it did not listen for\n"
               "median {:.1f} ms, 95 % {:.1f} ms, 99 % {:.1f} ms, longest {:.1f} ms\n",
               gaps.size(), moves, percentile(gaps, 0.5), percentile(gaps, 0.95),
               percentile(gaps, 0.99), gaps.back());
}

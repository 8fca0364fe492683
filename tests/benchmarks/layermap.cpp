// How long one frame of the layer map takes: a model of 10,000 layers is drawn at several zooms, scrolled
// through, with nothing and with everything selected.
//
//   benchmark_layermap [LAYERS]
//
// Prints the median and the longest of 100 frames each, and how long new data take to be shown, in processor
// time, which other programs do not lengthen.
#include "widgets/layermap/layermap.h"
#include "tests/widgets/modelfixtures.h"

#include <QApplication>
#include <QPixmap>
#include <QScrollBar>
#include <algorithm>
#include <ctime>
#include <fmt/format.h>
#include <functional>
#include <vector>

namespace {

using namespace pare;

constexpr int frames = 100;

void report(const std::string &what, const std::function<void(int)> &frame)
{
    std::vector<double> times;
    for (int i = 0; i < frames; ++i) {
        const std::clock_t start = std::clock();
        frame(i);
        times.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::ranges::sort(times);
    fmt::print("{:40} median {:6.2f} ms, longest {:6.2f} ms\n", what, times[frames / 2],
               times.back());
}

} // namespace

int main(int argc, char **argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const int layers = argc > 1 ? std::max(8, QString::fromLocal8Bit(argv[1]).toInt()) : 10'000;
    const LayerMapData data = test::compressed(test::bert({layers / 8, 1024, 4096, 32'000}));
    LayerMap map;
    map.resize(1280, 800);
    map.setData(data);
    map.show();
    fmt::print("{} layers, {} x {} pixels\n", data.cells.size(), map.width(), map.height());
    QPixmap sheet(map.viewport()->size());
    QStringList all;
    for (const LayerMapCell &cell : data.cells)
        all << QString::fromStdString(cell.name);
    const auto scrolled = [&](int i) {
        QScrollBar *bar = map.verticalScrollBar();
        bar->setValue(bar->maximum() * i / frames);
        map.viewport()->render(&sheet);
    };
    for (const qreal zoom : {0.2, 1.0, 4.0}) {
        map.setZoom(zoom);
        map.setSelection({});
        report(fmt::format("scrolling at zoom {}", zoom), scrolled);
        map.setSelection(all);
        report(fmt::format("scrolling at zoom {}, all selected", zoom), scrolled);
    }
    map.setSelection({});
    report("new data, and a frame of them", [&](int) {
        map.setData(data);
        map.viewport()->render(&sheet);
    });
}

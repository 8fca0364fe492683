// benchmark_layererrors MODEL TEXTS [COUNT]: what techniques do to the outputs of each layer of a
// model, those that look at more beside those that look at less, with the exceptions.
#include "tests/core/experiment/layererrors.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/network/computing.h"

#include <cstdio>

#include <fmt/format.h>

using namespace pare;

namespace {

void compare(const test::MeasuredLayers &layers, const test::Rivals &rivals)
{
    const test::LayerErrors better = layers.errors(rivals.better);
    const test::LayerErrors worse = layers.errors(rivals.worse);
    const std::vector<std::string> others = test::exceptions(better, worse);
    fmt::print("{:<48} {:8.5f}   {:<42} {:8.5f}   on {} of {} layers{}\n", rivals.better,
               test::median(better.outputs), rivals.worse, test::median(worse.outputs),
               worse.outputs.size() - others.size(), worse.outputs.size(),
               rivals.where == test::Everywhere::OnEveryLayer && !others.empty() ? "  NOT ON ALL"
                                                                                 : "");
    for (const std::string &layer : others)
        fmt::print("    not on {}: {:.5f}, {:.5f}\n", layer, better.outputs.at(layer),
                   worse.outputs.at(layer));
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        fmt::print(stderr, "usage: {} MODEL TEXTS [COUNT]\n", argv[0]);
        return 2;
    }
    try {
        startComputing(0);
        const auto count = argc > 3 ? parseInteger(argv[3]).value_or(128) : 128;
        const Checkpoint model = openCheckpoint(argv[1]);
        const test::MeasuredLayers layers(
            model, test::calibrationTexts(model, argv[2], static_cast<std::size_t>(count)));
        for (const test::Rivals &rivals : test::rivals)
            compare(layers, rivals);
        return 0;
    } catch (const std::exception &error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}

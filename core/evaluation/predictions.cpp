#include "core/evaluation/predictions.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/evaluation/loyalty.h"
#include "core/evaluation/messages.h"

#include <cassert>
#include <iterator>

#include <fmt/format.h>

namespace pare {

namespace {

constexpr std::size_t chunk = 1 << 20;

void checkLabels(const std::filesystem::path &path, const EncodedData &data)
{
    for (const std::string &label : data.labelNames)
        if (label.find_first_of("\t\n\r") != std::string::npos)
            throw Error(ErrorKind::Unsupported, messages::predictionsLabel, path, label);
}

void appendLogits(std::string &text, const float *logits, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i)
        fmt::format_to(std::back_inserter(text), "{}{:.9g}", i > 0 ? "," : "", logits[i]);
}

} // namespace

void writePredictions(const std::filesystem::path &path, const EncodedData &data,
                      const at::Tensor &logits, const at::Tensor &baselineLogits)
{
    assert(logits.size(0) == data.size() && baselineLogits.size(0) == data.size());
    checkLabels(path, data);
    const std::vector<std::int64_t> predicted = predictedLabels(logits);
    const std::vector<std::int64_t> baseline = predictedLabels(baselineLogits);
    const at::Tensor rows = logits.contiguous();
    const std::size_t width = data.labelNames.size();
    const auto name = [&](std::int64_t label) {
        return data.labelNames.at(static_cast<std::size_t>(label));
    };

    PendingFile file(path);
    std::string text = "example\tlabel\tpredicted\tbaseline\tlogits\n";
    for (std::size_t i = 0; i < data.sequences.size(); ++i) {
        fmt::format_to(std::back_inserter(text), "{}\t{}\t{}\t{}\t", i, name(data.labels[i]),
                       name(predicted[i]), name(baseline[i]));
        appendLogits(text, rows.data_ptr<float>() + i * width, width);
        text += '\n';
        if (text.size() >= chunk) {
            file.write(text);
            text.clear();
        }
    }
    file.write(text);
    file.commit();
}

} // namespace pare

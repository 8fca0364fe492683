#include "core/experiment/exportcheck.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/densemodel.h"
#include "core/checkpoint/gguffile.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/ggufreader.h"
#include "core/evaluation/blockwise.h"
#include "core/experiment/messages.h"
#include "core/experiment/titledprogress.h"
#include "core/experiment/torchscriptanswers.h"
#include "core/experiment/weightinputs.h"
#include "core/model/architecture.h"
#include "core/network/computing.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"
#include "core/text/datasource.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

/// What two computations of the same numbers may differ in, as a share of the largest logit: other
/// kernels add up in another order.
constexpr double otherOrder = 1e-4;
constexpr double roundedInputs = 0.05;

/// Bias included: where they differ, in words; empty: equal.
std::string difference(const ExportSource &source, const ModelWeights &read,
                       const std::string &layer, DType dtype)
{
    if (!read.layers.contains(layer))
        return message(messages::exportLayerGone, layer).text();
    const at::Tensor expected = denseWeight(source.weights, layer, dtype);
    const at::Tensor found = denseWeight(read, layer, dtype);
    if (expected.sizes() != found.sizes() || !at::equal(expected, found))
        return message(messages::exportLayerDiffers, layer, "weight").text();
    const at::Tensor bias = biasOf(source.weights, layer);
    const at::Tensor readBias = biasOf(read, layer);
    if (bias.defined() != readBias.defined() ||
        (bias.defined() && !at::equal(bias.to(found.scalar_type()).to(at::kFloat),
                                      readBias.to(found.scalar_type()).to(at::kFloat))))
        return message(messages::exportLayerDiffers, layer, "bias").text();
    return {};
}

/// Sharing must be what it was where the file can say it: a copy is as right, and larger.
std::string sharingLost(const ExportSource &source, const ModelWeights &read,
                        const std::string &layer)
{
    const auto *shared = std::get_if<Shared>(&source.weights.layers.at(layer).weight);
    if (shared && !std::holds_alternative<Shared>(read.layers.at(layer).weight))
        return message(messages::exportTieGone, layer, shared->layer).text();
    return {};
}

/// GGUF rounds in blocks: each layer is as far from its source as planning says, and no farther. At
/// most one tensor is unpacked at a time, what is compared with it never as a whole.
void compareGguf(const ExportSource &source, const std::filesystem::path &file, DType dtype,
                 Parity &parity, Progress &progress)
{
    GgufOptions options;
    options.halves = dtype == DType::Float16;
    options.taken = [&](const std::string &) { source.checkpoint->releasePages(); };
    std::map<std::string, double> errors;
    for (const GgufRemark &remark : plannedGguf(file, source.specification, source.weights,
                                                {source.checkpoint->folder, source.tokens}, options)
                                        .remarks)
        errors[remark.layer] = remark.error;
    const GgufReader reader(file);
    for (const Layer &layer : describe(source.specification).layers) {
        progress.check();
        const std::string name = ggufName(layer);
        const GgufTensor *weight = reader.find(name + ".weight");
        if (!weight)
            continue; // left out, as a remark says
        const at::Tensor expected = denseWeight(source.weights, layer.name, DType::Float32);
        const auto found = [&](std::int64_t first, std::int64_t count) {
            return reader.values(*weight, first, count);
        };
        const bool fits = expected.sizes() == at::IntArrayRef(weight->shape) &&
                          relativeError(expected, found) <= 1.001 * errors[layer.name] + 1e-6;
        const at::Tensor bias = biasOf(source.weights, layer.name);
        const GgufTensor *written = reader.find(name + ".bias");
        if (!fits || (bias.defined() &&
                      !(written && at::equal(bias.to(at::kFloat), reader.values(*written))))) {
            parity.failure =
                message(messages::exportLayerDiffers, layer.name, fits ? "bias" : "weight").text();
            return;
        }
        ++parity.tensors;
        source.checkpoint->releasePages();
        reader.releasePages();
        giveMemoryBack();
    }
}

void compareWeights(const ExportSource &source, const ExportTarget &target, const Checkpoint &read,
                    Parity &parity, Progress &progress)
{
    if (configJson(read.specification) != configJson(source.specification)) {
        parity.failure = message(messages::exportConfigDiffers).text();
        return;
    }
    const bool packed = target.format == ExportFormat::Packed;
    for (const Layer &layer : describe(source.specification).layers) {
        progress.check();
        parity.failure =
            difference(source, read.weights, layer.name, packed ? DType::Float32 : target.dtype);
        if (parity.failure.empty() && packed)
            parity.failure = sharingLost(source, read.weights, layer.name);
        if (!parity.failure.empty())
            return;
        ++parity.tensors;
        source.checkpoint->releasePages();
        read.releasePages();
    }
    if (packed && hashOf(read.specification, read.weights, progress,
                         [&] { read.releasePages(); }) != source.record.weightHash)
        parity.failure = message(messages::exportPackingDiffers).text();
}

/// One block in memory at a time.
at::Tensor answersOf(const NetworkSpecification &specification, const WeightSource &weights,
                     const EncodedData &data, const ExportTarget &target, Progress &progress)
{
    BlockwiseOptions options;
    options.batchTokens = target.batchTokens;
    return logitsByBlock(specification, weights, data, options, progress);
}

at::Tensor roundedTo(const at::Tensor &values, DType dtype)
{
    return values.defined() ? values.to(scalarTypeOf(dtype)).to(at::kFloat) : values;
}

enum class Products { Multiplied, Kept };

/// The weights a file of that type holds: the source's, unpacked and rounded.
WeightSource unpacked(const ExportSource &source, DType dtype, Products products)
{
    return [&source, dtype, products](const LayerFilter &isWanted) {
        source.checkpoint->releasePages();
        ModelWeights weights;
        for (const Layer &layer : describe(source.specification).layers) {
            if (!isWanted(layer.name))
                continue;
            const auto *product = std::get_if<Product>(&source.weights.resolved(layer.name).weight);
            Weight weight;
            if (product && products == Products::Kept) // each factor is rounded for itself
                weight = Product{Factor::dense(roundedTo(denseValues(product->left), dtype)),
                                 Factor::dense(roundedTo(denseValues(product->right), dtype))};
            else
                weight =
                    Factor::dense(denseWeight(source.weights, layer.name, dtype).to(at::kFloat));
            weights.layers[layer.name] = {std::move(weight),
                                          roundedTo(biasOf(source.weights, layer.name), dtype)};
        }
        return weights;
    };
}

WeightSource measuredWeights(const ExportSource &source)
{
    return [&source](const LayerFilter &) {
        source.checkpoint->releasePages();
        return source.weights;
    };
}

double largestDifference(const at::Tensor &one, const at::Tensor &other)
{
    return one.sub(other).abs().max().item().toDouble();
}

void compareWithMeasured(const at::Tensor &measured, const at::Tensor &found, Parity &parity)
{
    parity.examples = measured.size(0);
    parity.largestDifference = largestDifference(measured, found);
    parity.changedAnswers = measured.argmax(1).ne(found.argmax(1)).sum().item().toLong();
}

/// `allowed`: as a share of the largest logit.
void judge(const at::Tensor &expected, const at::Tensor &found, double allowed, Parity &parity)
{
    if (expected.sizes() != found.sizes()) {
        parity.failure =
            message(messages::exportLogitsShape, fmt::format("{}", fmt::join(found.sizes(), ", ")),
                    fmt::format("{}", fmt::join(expected.sizes(), ", ")))
                .text();
        return;
    }
    parity.tolerance = allowed * expected.abs().max().item().toDouble();
    const double difference = largestDifference(expected, found);
    if (!(difference <= parity.tolerance))
        parity.failure = message(messages::exportLogitsDiffer, fmt::format("{:.3g}", difference),
                                 fmt::format("{:.3g}", parity.tolerance))
                             .text();
}

/// Two questions: does the file compute what its numbers say, and how far is that from what was
/// measured, where the format had to round or to leave the rounding of inputs out?
void compareAnswers(const ExportSource &source, const ExportTarget &target, const Checkpoint &read,
                    const EncodedData &data, Parity &parity, Progress &progress)
{
    const auto answers = [&](const WeightSource &weights) {
        return answersOf(source.specification, weights, data, target, progress);
    };
    const WeightSource own = [&read](const LayerFilter &) {
        read.releasePages();
        return read.weights;
    };
    const at::Tensor measured = answers(measuredWeights(source));
    const at::Tensor found = answersOf(read.specification, own, data, target, progress);
    const bool packed = target.format == ExportFormat::Packed;
    const at::Tensor expected = packed ? measured
                                : target.format == ExportFormat::Gguf
                                    ? answers(own)
                                    : answers(unpacked(source, target.dtype, Products::Multiplied));
    judge(expected, found, packed ? 0 : otherOrder, parity);
    compareWithMeasured(measured, found, parity);
}

/// Without data, sequences of random tokens: whether a file computes the same shows on any.
EncodedData randomExamples(const NetworkSpecification &specification)
{
    constexpr int count = 16;
    Random random(1);
    EncodedData data;
    data.labelNames = specification.labels;
    const int longest = std::min(32, specification.embedding.positions);
    for (int i = 0; i < count; ++i) {
        Sequence &sequence = data.sequences.emplace_back();
        const auto length = 1 + random.below(static_cast<std::uint64_t>(longest));
        for (std::uint64_t token = 0; token < length; ++token)
            sequence.ids.push_back(static_cast<std::int64_t>(
                random.below(static_cast<std::uint64_t>(specification.embedding.vocabulary))));
        sequence.types.assign(sequence.ids.size(), 0);
        data.labels.push_back(0);
    }
    return data;
}

/// The script is a program of its own, so that its answers are what is compared.
void compareScript(const ExportSource &source, const ExportTarget &target, const EncodedData &data,
                   Parity &parity, Progress &progress)
{
    const auto answers = [&](const WeightSource &weights) {
        return answersOf(source.specification, weights, data, target, progress);
    };
    const bool rounds = std::ranges::any_of(
        source.weights.layers, [](const auto &layer) { return roundsInputs(layer.second.weight); });
    const at::Tensor measured = answers(measuredWeights(source));
    source.checkpoint->releasePages();
    const at::Tensor found = torchScriptAnswers(target.folder / weightFileOf(target.format), data,
                                                target.batchTokens, progress);
    const at::Tensor expected =
        rounds ? measured : answers(unpacked(source, target.dtype, Products::Kept));
    // A rounded input that lies between two codes goes either way.
    judge(expected, found, rounds ? roundedInputs : otherOrder, parity);
    compareWithMeasured(measured, found, parity);
}

} // namespace

EncodedData heldOutExamples(const ExportSource &source, const ExportTarget &target,
                            Progress &progress)
{
    return target.verify.empty() ? EncodedData()
                                 : encodedExamples(*source.checkpoint, openDataset(target.verify),
                                                   target.verify, source.tokens, progress);
}

Parity exportParity(const ExportSource &source, const ExportTarget &target,
                    const EncodedData &examples, Progress &progress)
{
    TitledProgress comparing(progress, message(messages::exportComparing));
    Parity parity;
    parity.data = target.verify.empty() && target.format == ExportFormat::TorchScript
                      ? "random tokens"
                      : std::filesystem::path(target.verify).filename().string(); // says nothing of a disk
    try {
        if (target.format == ExportFormat::TorchScript) {
            compareScript(source, target,
                          examples.size() > 0 ? examples : randomExamples(source.specification),
                          parity, comparing);
            return parity;
        }
        if (target.format == ExportFormat::Gguf) {
            const std::filesystem::path file = target.folder / weightFileOf(target.format);
            compareGguf(source, file, target.dtype, parity, comparing);
            if (parity.passed() && examples.size() > 0)
                compareAnswers(source, target, openCheckpoint(file), examples, parity, comparing);
            return parity;
        }
        const Checkpoint read = openCheckpoint(target.folder);
        compareWeights(source, target, read, parity, comparing);
        if (parity.passed() && examples.size() > 0)
            compareAnswers(source, target, read, examples, parity, comparing);
    } catch (const Error &error) {
        parity.failure = error.what();
    }
    return parity;
}

} // namespace pare

#include "core/experiment/exportcheck.h"

#include "core/base/error.h"
#include "core/checkpoint/densemodel.h"
#include "core/evaluation/evaluator.h"
#include "core/experiment/messages.h"
#include "core/experiment/titledprogress.h"
#include "core/experiment/weightinputs.h"
#include "core/model/architecture.h"
#include "core/network/network.h"
#include "core/tensors/torcherrors.h"
#include "core/text/datasource.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/equal.h>
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

/// What two computations of the same answers may differ in, as a share of the largest logit.
struct Allowance
{
    double logits = 0;
    double answers = 0; ///< share of the examples
};

bool roundsInputs(const ModelWeights &weights)
{
    return std::ranges::any_of(weights.layers, [](const auto &layer) {
        const auto *factor = std::get_if<Factor>(&layer.second.weight);
        return factor && factor->codec().activationBits > 0;
    });
}

/// Packed files run the same kernels on the same numbers. Dense ones run others, in another order;
/// half precision moves every weight by up to 1/2048 of itself, and inputs rounded to 8 bits are no
/// longer rounded.
Allowance allowanceOf(const ExportSource &source, const ExportTarget &target)
{
    if (target.format == ExportFormat::Packed)
        return {};
    if (target.dtype == DType::Float32 && target.format != ExportFormat::Gguf &&
        !roundsInputs(source.weights))
        return {1e-4, 0};
    return {0.05, 0.01};
}

at::Tensor biasOf(const ModelWeights &weights, const std::string &layer)
{
    const at::Tensor &own = weights.layers.at(layer).bias;
    return own.defined() ? own : weights.resolved(layer).bias;
}

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

void compareWeights(const ExportSource &source, const ExportTarget &target,
                    const Checkpoint &read, Parity &parity, Progress &progress)
{
    if (configJson(read.specification) != configJson(source.specification)) {
        parity.failure = message(messages::exportConfigDiffers).text();
        return;
    }
    const DType dtype =
        target.format == ExportFormat::Packed ? DType::Float32 : target.dtype;
    for (const Layer &layer : describe(source.specification).layers) {
        progress.check();
        parity.failure = difference(source, read.weights, layer.name, dtype);
        if (parity.failure.empty() && target.format == ExportFormat::Packed)
            parity.failure = sharingLost(source, read.weights, layer.name);
        if (!parity.failure.empty())
            return;
        ++parity.tensors;
    }
    if (target.format == ExportFormat::Packed &&
        hashOf(read.specification, read.weights, progress) != source.record.weightHash)
        parity.failure = message(messages::exportPackingDiffers).text();
}

void compareAnswers(const at::Tensor &expected, const at::Tensor &found, const Allowance &allowance,
                    Parity &parity)
{
    const double largest = expected.abs().max().item().toDouble();
    parity.examples = expected.size(0);
    parity.largestDifference = expected.sub(found).abs().max().item().toDouble();
    parity.tolerance = allowance.logits * largest;
    parity.changedAnswers = expected.argmax(1).ne(found.argmax(1)).sum().item().toLong();
    parity.allowedChanges =
        static_cast<std::int64_t>(std::ceil(allowance.answers * double(parity.examples)));
    if (!(parity.largestDifference <= parity.tolerance))
        parity.failure = message(messages::exportLogitsDiffer,
                                 fmt::format("{:.3g}", parity.largestDifference),
                                 fmt::format("{:.3g}", parity.tolerance))
                             .text();
    else if (parity.changedAnswers > parity.allowedChanges)
        parity.failure = message(messages::exportAnswersDiffer, parity.changedAnswers,
                                 parity.examples, parity.allowedChanges)
                             .text();
}

at::Tensor answersOf(const NetworkSpecification &specification, const ModelWeights &weights,
                     const EncodedData &data, const ExportTarget &target, Progress &progress)
{
    return evaluate(Network(specification, weights), data, {target.batchTokens, 0}, progress)
        .logits;
}

} // namespace

Parity exportParity(const ExportSource &source, const ExportTarget &target, Progress &progress)
{
    TitledProgress comparing(progress, message(messages::exportComparing));
    Parity parity;
    parity.data = target.verify;
    const EncodedData data = [&] {
        return target.verify.empty()
                   ? EncodedData()
                   : encodedExamples(*source.checkpoint, openDataset(target.verify), target.verify,
                                     source.tokens, comparing);
    }();
    try {
        const Checkpoint read = openCheckpoint(target.folder);
        compareWeights(source, target, read, parity, comparing);
        if (parity.passed() && data.size() > 0)
            compareAnswers(
                answersOf(source.specification, source.weights, data, target, comparing),
                answersOf(read.specification, read.weights, data, target, comparing),
                allowanceOf(source, target), parity);
    } catch (const Error &error) {
        parity.failure = error.what();
    }
    return parity;
}

} // namespace pare

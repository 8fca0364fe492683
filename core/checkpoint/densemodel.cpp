#include "core/checkpoint/densemodel.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/model/architecture.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/aminmax.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

/// One tensor of the file: a layer's weight or its bias.
struct Written
{
    std::string layer;
    bool isBias = false;
};

at::Tensor rounded(const at::Tensor &values, DType dtype, const std::string &layer)
{
    if (dtype == DType::Float16 && values.numel() > 0) {
        constexpr double largestHalf = 65504;
        const auto [low, high] = at::aminmax(values); // without a copy of them
        if (!(low.item().toDouble() >= -largestHalf && high.item().toDouble() <= largestHalf))
            throw Error(ErrorKind::Unsupported, messages::denseTooLarge, layer, nameOf(dtype));
    }
    return values.to(scalarTypeOf(dtype)).contiguous();
}

std::int64_t bytesOf(const SafetensorsEntry &entry)
{
    std::int64_t count = sizeOf(entry.dtype);
    for (const std::int64_t size : entry.shape)
        count *= size;
    return count;
}

struct DensePlan
{
    std::vector<SafetensorsEntry> entries;
    std::map<std::string, Written> tensors;
    std::int64_t copies = 0; ///< layers written again that share
    std::int64_t copyBytes = 0;
    std::int64_t rounding = 0; ///< layers that round their inputs to 8 bits
};

DensePlan planned(const NetworkSpecification &specification, const ModelWeights &weights,
                  DType dtype)
{
    DensePlan plan;
    for (const Layer &layer : describe(specification).layers) {
        const LayerWeights &own = weights.layers.at(layer.name);
        const bool tied = layer.role == LayerRole::Head && layer.sharedWith == "embedding.token";
        if (!tied) {
            const std::string &name = layer.tensors.at(0).name;
            plan.entries.push_back({name, dtype, shapeOf(weights.resolved(layer.name).weight)});
            plan.tensors[name] = {layer.name, false};
        }
        if (std::holds_alternative<Shared>(own.weight) && !tied) {
            ++plan.copies;
            plan.copyBytes += bytesOf(plan.entries.back());
        }
        if (roundsInputs(own.weight))
            ++plan.rounding;
        if (const at::Tensor bias = biasOf(weights, layer.name); bias.defined()) {
            const std::string &name = layer.tensors.at(1).name;
            plan.entries.push_back({name, dtype, bias.sizes().vec()});
            plan.tensors[name] = {layer.name, true};
        }
    }
    return plan;
}

std::vector<Message> remarksOf(const DensePlan &plan)
{
    std::vector<Message> remarks;
    if (plan.copies > 0)
        remarks.push_back(message(messages::denseCopies, plan.copies, plan.copyBytes));
    if (plan.rounding > 0)
        remarks.push_back(message(messages::denseRounding, plan.rounding));
    return remarks;
}

} // namespace

std::optional<Message> whyNotDense(const NetworkSpecification &specification)
{
    if (specification.embedding.attentionHeads > 0)
        return message(messages::denseTokenAttention);
    const StackSpecification stack = normalized(specification.stacks.front());
    for (int block = 0; block < stack.blocks; ++block) {
        if (const int heads = stack.heads(block); heads != stack.block.heads)
            return message(messages::denseHeads, block, heads, stack.block.heads);
        if (const int width = stack.feedForwardWidth(block); width != stack.block.feedForwardWidth)
            return message(messages::denseWidths, block, width, stack.block.feedForwardWidth);
    }
    return {};
}

at::Tensor biasOf(const ModelWeights &weights, const std::string &layer)
{
    const at::Tensor &own = weights.layers.at(layer).bias;
    return own.defined() ? own : weights.resolved(layer).bias;
}

at::Tensor denseWeight(const ModelWeights &weights, const std::string &layer, DType dtype)
{
    return translatingTorchErrors([&] {
        const auto *shared = std::get_if<Shared>(&weights.layers.at(layer).weight);
        const at::Tensor values = denseValues(weights.resolved(layer).weight);
        return rounded(shared && shared->transposed ? values.t() : values, dtype, layer);
    });
}

std::vector<Message> writeDenseModel(const std::filesystem::path &folder,
                                     const NetworkSpecification &specification,
                                     const ModelWeights &weights, const TokenizerSource &tokenizer,
                                     DType dtype, const BetweenTensors &between)
{
    if (const std::optional<Message> reason = whyNotDense(specification))
        throw Error(ErrorKind::Unsupported, *reason);
    const DensePlan plan = planned(specification, weights, dtype);
    const auto values = [&](const SafetensorsEntry &entry) {
        if (between)
            between();
        const Written &written = plan.tensors.at(entry.name);
        return written.isBias ? rounded(biasOf(weights, written.layer), dtype, written.layer)
                              : denseWeight(weights, written.layer, dtype);
    };
    startModelFolder(folder);
    translatingTorchErrors([&] {
        writeSafetensors(folder / "model.safetensors",
                         SafetensorsLayout(plan.entries, {{"format", "pt"}}), values);
    });
    nlohmann::ordered_json config = configJson(specification);
    config["torch_dtype"] = nameOf(dtype);
    finishModelFolder(folder, config, tokenizer);
    return remarksOf(plan);
}

} // namespace pare

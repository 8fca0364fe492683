#include "core/compression/calibration.h"

#include "core/network/network.h"

#include <ATen/ops/full.h>
#include <ATen/ops/maximum.h>
#include <ATen/ops/zeros.h>
#include <c10/core/GradMode.h>

#include <cassert>
#include <numeric>
#include <set>

namespace pare {

namespace {

constexpr std::int64_t batchTokens = 2048;

/// A network of one block, or of none with the head.
struct Part
{
    NetworkSpecification specification;
    ModelWeights weights;
};

Part partOf(const NetworkSpecification &specification, const ModelWeights &weights, int block)
{
    Part part{specification, {}};
    const std::string &stack = specification.stacks.at(0).name;
    const std::string prefix = stack + "." + std::to_string(block) + ".";
    StackSpecification &own = part.specification.stacks[0];
    own.blocks = block >= 0 ? 1 : 0;
    own.shapes.clear();
    if (block >= 0) {
        part.specification.head = HeadKind::None;
        if (const auto &shapes = specification.stacks[0].shapes; !shapes.empty())
            own.shapes = {shapes.at(static_cast<std::size_t>(block))};
    }
    for (const auto &[name, layer] : weights.layers) {
        if (!name.starts_with(stack + ".")) {
            part.weights.layers[name] = layer;
        } else if (name.starts_with(prefix)) {
            LayerWeights used = weights.resolved(name);
            if (layer.bias.defined())
                used.bias = layer.bias;
            part.weights.layers[stack + ".0." + name.substr(prefix.size())] = std::move(used);
        }
    }
    return part;
}

/// Collects what a network shows while it runs. Weights that are used at the same places share
/// their statistics.
class Collector
{
public:
    Collector(const ModelWeights &weights, const std::map<std::string, InputDetail> &wanted,
              LayerInputs &inputs)
        : m_weights(weights)
        , m_inputs(inputs)
    {
        for (const auto &[name, layer] : weights.layers) {
            const std::string owner = weights.ownerOf(name);
            if (wanted.contains(owner))
                m_places[owner].insert(inputPlace(name));
        }
        for (const auto &[owner, places] : m_places) {
            InputDetail &detail = m_details[places];
            detail = std::max(detail, wanted.at(owner));
            if (const auto known = inputs.find(owner); known != inputs.end())
                m_known[places] = known->second;
        }
    }

    /// `names` as they are in the whole model.
    void add(const std::vector<std::string> &names, const at::Tensor &rows)
    {
        std::set<InputStatistics *> added;
        for (const std::string &name : names) {
            const std::string owner = m_weights.ownerOf(name);
            const auto places = m_places.find(owner);
            if (places == m_places.end())
                continue;
            std::shared_ptr<InputStatistics> &statistics = m_known[places->second];
            if (!statistics)
                statistics =
                    std::make_shared<InputStatistics>(rows.size(1), m_details.at(places->second));
            m_inputs[owner] = statistics;
            if (!added.insert(statistics.get()).second)
                continue;
            // A weight that query and key share meets the same rows twice.
            for (std::size_t i = 0; i < places->second.count(inputPlace(name)); ++i)
                statistics->add(rows);
        }
    }

private:
    using Places = std::multiset<std::string>;

    const ModelWeights &m_weights;
    LayerInputs &m_inputs;
    std::map<std::string, Places> m_places; ///< of the layers that use an owner's weight
    std::map<Places, InputDetail> m_details;
    std::map<Places, std::shared_ptr<InputStatistics>> m_known;
};

} // namespace

std::string inputPlace(const std::string &layer)
{
    const std::size_t dot = layer.rfind('.');
    const std::string role = dot == std::string::npos ? layer : layer.substr(dot + 1);
    return role == "query" || role == "key" || role == "value" ? layer.substr(0, dot) : layer;
}

InputStatistics::InputStatistics(std::int64_t width, InputDetail detail)
    : m_detail(detail)
    , m_squares(at::zeros({width}, at::kDouble))
    , m_magnitudes(at::zeros({width}, at::kDouble))
    , m_largest(at::zeros({width}, at::kFloat))
{
    if (detail == InputDetail::Moments)
        m_moment = at::zeros({width, width}, at::kDouble);
}

void InputStatistics::add(const at::Tensor &inputs)
{
    assert(inputs.dim() == 2 && inputs.size(1) == m_squares.size(0));
    const at::Tensor rows = inputs.to(at::kDouble);
    const at::Tensor magnitudes = inputs.abs();
    m_rows += inputs.size(0);
    m_squares.add_(rows.square().sum(0));
    m_magnitudes.add_(magnitudes.sum(0, false, at::kDouble));
    m_largest = at::maximum(m_largest, magnitudes.amax(0));
    if (m_detail == InputDetail::Moments)
        m_moment.addmm_(rows.t(), rows);
}

at::Tensor InputStatistics::norms() const
{
    return m_squares.sqrt();
}

at::Tensor InputStatistics::meanMagnitudes() const
{
    return m_magnitudes.div(static_cast<double>(std::max<std::int64_t>(1, m_rows))).to(at::kFloat);
}

std::map<std::string, at::Tensor> InputStatistics::tensors() const
{
    std::map<std::string, at::Tensor> tensors{{"rows", at::full({1}, m_rows, at::kLong)},
                                              {"squares", m_squares},
                                              {"magnitudes", m_magnitudes},
                                              {"largest", m_largest}};
    if (m_moment.defined())
        tensors.emplace("moment", m_moment);
    return tensors;
}

std::optional<InputStatistics>
InputStatistics::fromTensors(const std::map<std::string, at::Tensor> &tensors, InputDetail detail)
{
    for (const char *name : {"rows", "squares", "magnitudes", "largest"}) {
        if (!tensors.contains(name))
            return std::nullopt;
    }
    if (detail == InputDetail::Moments && !tensors.contains("moment"))
        return std::nullopt;
    InputStatistics statistics(tensors.at("squares").size(0), InputDetail::Norms);
    statistics.m_rows = tensors.at("rows").item<std::int64_t>();
    statistics.m_squares = tensors.at("squares");
    statistics.m_magnitudes = tensors.at("magnitudes");
    statistics.m_largest = tensors.at("largest");
    statistics.m_detail = detail;
    if (detail == InputDetail::Moments)
        statistics.m_moment = tensors.at("moment");
    return statistics;
}

CalibrationWalk::CalibrationWalk(const NetworkSpecification &specification,
                                 const ModelWeights &weights, const CalibrationData &data)
    : m_specification(specification)
{
    const c10::NoGradGuard noGrad;
    std::vector<std::size_t> all(data.sequences.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    for (const auto &chosen : batchesByLength(data.sequences, std::move(all), batchTokens))
        m_batches.push_back(packed(data.sequences, chosen));
    Part part = partOf(specification, weights, -1);
    part.specification.head = HeadKind::None;
    const Network network(part.specification, part.weights);
    for (const PackedBatch &batch : m_batches)
        m_hidden.push_back(network.embeddings(batch));
}

void CalibrationWalk::observe(const ModelWeights &weights,
                              const std::map<std::string, InputDetail> &wanted, LayerInputs &inputs,
                              Progress &progress) const
{
    const c10::NoGradGuard noGrad;
    const Part part = partOf(m_specification, weights, m_block);
    const Network network(part.specification, part.weights);
    const std::string &stack = m_specification.stacks[0].name;
    const std::string first = stack + ".0.", own = stack + "." + std::to_string(m_block) + ".";
    Collector collector(weights, wanted, inputs);
    for (std::size_t i = 0; i < m_batches.size(); ++i) {
        progress.check();
        network.block(0, m_hidden[i], m_batches[i],
                      [&](std::span<const std::string> layers, const at::Tensor &rows) {
                          std::vector<std::string> names;
                          for (const std::string &name : layers)
                              names.push_back(own + name.substr(first.size()));
                          collector.add(std::move(names), rows);
                      });
    }
}

void CalibrationWalk::observeHead(const ModelWeights &weights,
                                  const std::map<std::string, InputDetail> &wanted,
                                  LayerInputs &inputs, Progress &progress) const
{
    const c10::NoGradGuard noGrad;
    assert(m_block == m_specification.stacks[0].blocks);
    const Part part = partOf(m_specification, weights, -1);
    if (part.specification.head != HeadKind::Classification)
        return;
    const Network network(part.specification, part.weights);
    Collector collector(weights, wanted, inputs);
    for (std::size_t i = 0; i < m_batches.size(); ++i) {
        progress.check();
        network.classLogits(m_hidden[i], m_batches[i],
                            [&](std::span<const std::string> layers, const at::Tensor &rows) {
                                collector.add({layers.begin(), layers.end()}, rows);
                            });
    }
}

void CalibrationWalk::advance(const ModelWeights &weights, Progress &progress)
{
    const c10::NoGradGuard noGrad;
    const Part part = partOf(m_specification, weights, m_block);
    const Network network(part.specification, part.weights);
    for (std::size_t i = 0; i < m_batches.size(); ++i) {
        progress.check();
        m_hidden[i] = network.block(0, m_hidden[i], m_batches[i]);
    }
    ++m_block;
}

} // namespace pare

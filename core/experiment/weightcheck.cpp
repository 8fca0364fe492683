#include "core/experiment/weightcheck.h"

#include "core/base/error.h"
#include "core/checkpoint/densemodel.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/messages.h"
#include "core/checkpoint/modelfile.h"
#include "core/experiment/messages.h"
#include "core/experiment/plaingguf.h"
#include "core/experiment/plainpacking.h"
#include "core/experiment/tokenizercheck.h"
#include "core/model/architecture.h"
#include "core/network/computing.h"
#include "core/tensors/safetensorsheader.h"
#include "core/tensors/scalartype.h"

#include <ATen/Parallel.h>
#include <ATen/ops/equal.h>
#include <algorithm>
#include <atomic>
#include <functional>
#include <set>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

std::string differs(const std::string &layer, const char *what)
{
    return message(messages::exportLayerDiffers, layer, what).text();
}

bool isSame(const at::Tensor &expected, const at::Tensor &found)
{
    return expected.sizes() == found.sizes() && at::equal(expected.to(at::kFloat), found);
}

/// Of one layer of a packed file.
class PackedLayer
{
public:
    PackedLayer(const PlainPacking &file, const Layer &layer)
        : m_file(file)
        , m_layer(layer)
        , m_packing(file.packingOf(layer.name))
        , m_prefix(layer.tensors.at(0).name)
    {}

    /// Empty: the same; `weight` is not shared.
    std::string difference(const Weight &weight) const
    {
        const std::string form = m_packing ? m_packing->value("form", "") : "";
        if (const auto *product = std::get_if<Product>(&weight))
            return form == "product" && has(product->left, "left") && has(product->right, "right")
                       ? ""
                       : differs(m_layer.name, "weight");
        if (const auto *kronecker = std::get_if<Kronecker>(&weight))
            return form == "kronecker" && has(kronecker->a, "a") && has(kronecker->b, "b")
                       ? ""
                       : differs(m_layer.name, "weight");
        if (const auto *columns = std::get_if<Columns>(&weight))
            return form == "columns" && hasIndices(*columns) && has(columns->chosen, "chosen") &&
                           has(columns->rest, "rest")
                       ? ""
                       : differs(m_layer.name, "weight");
        const at::Tensor found =
            m_packing ? m_file.factor(*m_packing, m_prefix) : m_file.tensor(m_prefix);
        return form.empty() && isSame(denseValues(weight), found) ? ""
                                                                  : differs(m_layer.name, "weight");
    }

    /// A layer may say whose weight it has, or its configuration does.
    bool isShared(const Shared &shared) const
    {
        if (!m_packing)
            return shared.layer == m_layer.sharedWith && !m_file.has(m_prefix);
        return m_packing->value("form", "") == "shared" &&
               m_packing->value("layer", "") == shared.layer &&
               m_packing->value("transposed", false) == shared.transposed;
    }

private:
    bool has(const Factor &factor, const char *part) const
    {
        return isSame(denseValues(factor),
                      m_file.factor(m_packing->at(part), m_prefix + "." + part));
    }

    bool hasIndices(const Columns &columns) const
    {
        const at::Tensor indices = columns.indices.to(at::kLong).contiguous();
        return std::ranges::equal(
            m_file.indices(m_prefix + ".indices"),
            std::span(indices.data_ptr<std::int64_t>(), static_cast<std::size_t>(indices.numel())));
    }

    const PlainPacking &m_file;
    const Layer &m_layer;
    const Json *m_packing;
    std::string m_prefix;
};

std::string packedDifference(const PlainPacking &file, const Layer &layer, const LayerWeights &own)
{
    const PackedLayer packed(file, layer);
    if (const auto *shared = std::get_if<Shared>(&own.weight)) {
        if (!packed.isShared(*shared))
            return message(messages::exportTieGone, layer.name, shared->layer).text();
    } else if (const std::string difference = packed.difference(own.weight); !difference.empty()) {
        return difference;
    }
    if (!own.bias.defined() || isSame(own.bias, file.tensor(layer.tensors.at(1).name)))
        return {};
    return differs(layer.name, "bias");
}

/// Rounded once, to the nearest number of that type. Some rows at a time: rounding takes room.
bool isRounded(const at::Tensor &expected, const at::Tensor &found, DType dtype)
{
    if (expected.sizes() != found.sizes())
        return false;
    constexpr std::int64_t rows = 1024;
    const at::ScalarType type = scalarTypeOf(dtype);
    for (std::int64_t first = 0; first < expected.size(0); first += rows) {
        const std::int64_t count = std::min(rows, expected.size(0) - first);
        if (!at::equal(expected.narrow(0, first, count).to(type).to(at::kFloat),
                       found.narrow(0, first, count).to(at::kFloat)))
            return false;
    }
    return true;
}

/// Part by part where a file keeps the parts, each of which is rounded for itself.
bool areSame(const Weight &expected, const Weight &found, DType dtype)
{
    if (expected.index() == found.index()) {
        if (const auto *product = std::get_if<Product>(&expected)) {
            const Product &other = std::get<Product>(found);
            return areSame(product->left, other.left, dtype) &&
                   areSame(product->right, other.right, dtype);
        }
        if (const auto *columns = std::get_if<Columns>(&expected)) {
            const Columns &other = std::get<Columns>(found);
            return at::equal(columns->indices.to(at::kInt), other.indices.to(at::kInt)) &&
                   areSame(columns->chosen, other.chosen, dtype) &&
                   areSame(columns->rest, other.rest, dtype);
        }
        const auto *factor = std::get_if<Factor>(&expected);
        const auto *other = std::get_if<Factor>(&found);
        if (factor && other && factor->inputScale().defined() && other->inputScale().defined())
            return at::equal(factor->inputScale(), other->inputScale()) &&
                   isRounded(factor->values(), other->values(), dtype);
    }
    return isRounded(denseValues(expected), denseValues(found), dtype);
}

/// A decoder that the configuration ties to the token table has no numbers of its own.
std::string denseDifference(const PlainPacking &file, const Layer &layer,
                            const ModelWeights &weights, DType dtype)
{
    const std::string &name = layer.tensors.at(0).name;
    const bool isTied = layer.role == LayerRole::Head && layer.sharedWith == "embedding.token";
    if (!isTied &&
        !isRounded(denseWeight(weights, layer.name, DType::Float32), file.tensor(name), dtype))
        return differs(layer.name, "weight");
    const at::Tensor bias = biasOf(weights, layer.name);
    return !bias.defined() || isRounded(bias, file.tensor(layer.tensors.at(1).name), dtype)
               ? std::string()
               : differs(layer.name, "bias");
}

std::string scriptDifference(const ExportSource &source, const Checkpoint &read,
                             const std::string &layer, DType dtype)
{
    const auto found = read.weights.layers.find(layer);
    if (found == read.weights.layers.end())
        return message(messages::exportLayerGone, layer).text();
    if (!areSame(source.weights.resolved(layer).weight, read.weights.resolved(layer).weight, dtype))
        return differs(layer, "weight");
    const at::Tensor bias = biasOf(source.weights, layer);
    const at::Tensor own = biasOf(read.weights, layer);
    if (bias.defined() != own.defined() || (bias.defined() && !isRounded(bias, own, dtype)))
        return differs(layer, "bias");
    return {};
}

std::string lostTie(const ExportSource &source, const Checkpoint &read, const std::string &layer)
{
    const auto *shared = std::get_if<Shared>(&source.weights.layers.at(layer).weight);
    return shared && !std::holds_alternative<Shared>(read.weights.layers.at(layer).weight)
               ? message(messages::exportTieGone, layer, shared->layer).text()
               : std::string();
}

/// Where in a GGUF file something of a layer has to stand.
struct GgufPlace
{
    std::string layer;
    std::string tensor;
    std::vector<std::int64_t> shape;
    bool isBias = false;
};

std::vector<GgufPlace> ggufPlaces(const NetworkSpecification &specification)
{
    std::vector<GgufPlace> places;
    for (const Layer &layer : describe(specification).layers) {
        const std::string name = ggufName(layer);
        if (name.empty() || (layer.name == "pooler" && specification.head == HeadKind::None))
            continue; // the layout has no place for it, as a remark says
        places.push_back({layer.name, name + ".weight", layer.shape});
        if (layer.bias)
            places.push_back({layer.name, name + ".bias", {layer.shape[0]}, true});
    }
    return places;
}

DType typeOf(const PlainGgufTensor &tensor)
{
    return tensor.type == 1 ? DType::Float16 : tensor.type == 30 ? DType::BFloat16 : DType::Float32;
}

bool holdsValues(const PlainGguf &file, const PlainGgufTensor &tensor, const at::Tensor &values)
{
    constexpr std::int64_t stretch = 1 << 14; // whole blocks
    const at::Tensor all = values.contiguous().view({-1});
    const at::ScalarType type = scalarTypeOf(typeOf(tensor));
    std::atomic<bool> same = true;
    at::parallel_for(
        0, (all.numel() + stretch - 1) / stretch, 1, [&](std::int64_t begin, std::int64_t end) {
            for (std::int64_t i = begin; i < end && same; ++i) {
                const std::int64_t first = i * stretch;
                const std::int64_t count = std::min(stretch, all.numel() - first);
                const at::Tensor expected = all.narrow(0, first, count);
                if (!at::equal(expected.to(type).to(at::kFloat), file.values(tensor, first, count)))
                    same = false;
            }
        });
    return same;
}

std::string ggufDifference(const PlainGguf &file, const GgufPlace &place,
                           const ModelWeights &weights)
{
    const PlainGgufTensor *tensor = file.find(place.tensor);
    if (!tensor)
        return message(messages::exportTensorGone, place.tensor).text();
    if (tensor->shape != place.shape)
        return message(messages::exportTensorShape, place.tensor, shapeText(tensor->shape),
                       shapeText(place.shape))
            .text();
    const at::Tensor values = place.isBias ? biasOf(weights, place.layer).to(at::kFloat)
                                           : denseWeight(weights, place.layer, DType::Float32);
    return holdsValues(file, *tensor, values)
               ? std::string()
               : differs(place.layer, place.isBias ? "bias" : "weight");
}

std::string tooMany(std::vector<std::string> names)
{
    return names.empty() ? std::string()
                         : message(messages::exportTensorMore, names.front()).text();
}

/// Layer by layer, until the first that differs; then what the file has beside them.
WeightsFound comparedWith(const PlainPacking &file, const ExportSource &source,
                          const std::vector<Layer> &layers, Progress &progress,
                          const std::function<std::string(const Layer &)> &difference)
{
    WeightsFound found;
    for (const Layer &layer : layers) {
        progress.check();
        found.failure = difference(layer);
        if (!found.failure.empty())
            return found;
        ++found.layers;
        source.checkpoint->releasePages();
        file.releasePages();
        giveMemoryBack();
    }
    found.failure = tooMany(file.unread());
    return found;
}

} // namespace

WeightsFound comparePacked(const ExportSource &source, const ExportTarget &target,
                           Progress &progress)
{
    const PlainPacking file(target.folder / weightFileOf(target.format));
    ModelWeights all = source.weights;
    all.layers.insert(source.otherHeads.layers.begin(), source.otherHeads.layers.end());
    return comparedWith(file, source, layersWithHeads(source.specification, source.otherHeads),
                        progress, [&](const Layer &layer) {
                            return packedDifference(file, layer, all.layers.at(layer.name));
                        });
}

WeightsFound compareDense(const ExportSource &source, const ExportTarget &target,
                          Progress &progress)
{
    const PlainPacking file(target.folder / weightFileOf(target.format));
    return comparedWith(file, source, describe(source.specification).layers, progress,
                        [&](const Layer &layer) {
                            return denseDifference(file, layer, source.weights, target.dtype);
                        });
}

WeightsFound compareScript(const ExportSource &source, const ExportTarget &target,
                           const Checkpoint &read, Progress &progress)
{
    WeightsFound found;
    for (const Layer &layer : describe(source.specification).layers) {
        progress.check();
        found.failure = scriptDifference(source, read, layer.name, target.dtype);
        if (found.failure.empty())
            found.failure = lostTie(source, read, layer.name);
        if (!found.failure.empty())
            return found;
        ++found.layers;
        source.checkpoint->releasePages();
        read.releasePages();
        giveMemoryBack();
    }
    for (const Message &warning : read.warnings) {
        if (std::string_view(warning.pattern) == messages::checkpointUnused)
            found.failure = warning.text();
    }
    return found;
}

WeightsFound compareGguf(const ExportSource &source, const ExportTarget &target, Progress &progress)
{
    const PlainGguf file(target.folder / weightFileOf(target.format));
    WeightsFound found;
    std::set<std::string> names;
    for (const GgufPlace &place : ggufPlaces(source.specification)) {
        progress.check();
        found.failure = ggufDifference(file, place, source.weights);
        if (!found.failure.empty())
            return found;
        found.layers += !place.isBias;
        names.insert(place.tensor);
        source.checkpoint->releasePages();
        file.releasePages();
        giveMemoryBack();
    }
    for (const PlainGgufTensor &tensor : file.tensors()) {
        if (names.erase(tensor.name) == 0) // a name that comes twice, too
            found.failure = tooMany({tensor.name});
    }
    if (found.failure.empty())
        found.failure =
            tokenizerDifference(source, file, target.folder / weightFileOf(target.format));
    return found;
}

std::map<std::string, DType> ggufTypesOf(const ExportSource &source, const ExportTarget &target)
{
    const PlainGguf file(target.folder / weightFileOf(target.format));
    std::map<std::string, DType> types;
    for (const GgufPlace &place : ggufPlaces(source.specification)) {
        if (const PlainGgufTensor *tensor = file.find(place.tensor); tensor && !place.isBias)
            types[place.layer] = typeOf(*tensor);
    }
    return types;
}

} // namespace pare

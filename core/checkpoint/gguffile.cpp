#include "core/checkpoint/gguffile.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/checkpoint/ggufblocks.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/layerweights.h"
#include "core/checkpoint/messages.h"
#include "core/model/architecture.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"
#include "core/text/tokenizeroptions.h"

#include <algorithm>
#include <cassert>
#include <map>

#include <fmt/format.h>

namespace pare {

namespace {

/// Half precision is good enough while values are off by what its own rounding makes of normal ones.
constexpr double halfTolerance = 1e-3;

/// Whether the layout wants float32 there.
bool isAlwaysFloat(const Layer &layer)
{
    return !layer.isMatrix() || layer.role == LayerRole::PositionEmbedding ||
           layer.role == LayerRole::TypeEmbedding;
}

/// One weight on its way into the file: codes where it has some, values where they are needed.
class GgufWeight
{
public:
    explicit GgufWeight(const Weight &weight)
        : m_weight(weight)
    {
        if (const auto *factor = std::get_if<Factor>(&weight))
            m_grid = gridOf(*factor);
    }

    bool canBeBlocks() const { return shapeOf(m_weight).back() % ggufBlock == 0; }

    /// The smallest type that holds it, or what comes nearest to it.
    GgufType automaticType() const
    {
        for (const GgufTypeTraits &traits : ggufTypes()) {
            if (m_grid && traits.isQuantized() && holds(traits.type, *m_grid))
                return traits.type;
        }
        const auto *factor = std::get_if<Factor>(&m_weight);
        if (factor && !factor->inputScale().defined()) {
            if (factor->codec().kind == CodecKind::Float32)
                return GgufType::F32;
            if (factor->codec().kind == CodecKind::BFloat16)
                return GgufType::BF16;
        }
        return fitting(GgufType::F16);
    }

    /// `type`, or what is nearest to it in which the weight can be written.
    GgufType fitting(GgufType type) const
    {
        if (traitsOf(type).isQuantized() && !canBeBlocks())
            type = GgufType::F16;
        try {
            return type == GgufType::F16 && errorOf(type) > halfTolerance ? GgufType::F32 : type;
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::Unsupported)
                throw;
            return GgufType::F32; // beyond half precision, which F16 and all scales are in
        }
    }

    at::Tensor bytes(GgufType type) const
    {
        const bool isExact = m_grid && traitsOf(type).isQuantized() && holds(type, *m_grid);
        return isExact ? blocksOf(*m_grid, type) : blocksOf(values(), type);
    }

    double errorOf(GgufType type) const
    {
        if (type == GgufType::F32 || (m_grid && holds(type, *m_grid)))
            return 0;
        const at::Tensor original = values();
        const at::Tensor all = original.view({-1}); // whole blocks, since its rows are
        return relativeError(original, [&](std::int64_t first, std::int64_t count) {
            return valuesOf(bytesOf(blocksOf(all.narrow(0, first, count), type)), type, {count});
        });
    }

private:
    at::Tensor values() const { return denseValues(m_weight).contiguous(); }

    const Weight &m_weight;
    std::optional<GgufGrid> m_grid;
};

/// What stood there, for people.
std::string storageOf(const Layer &layer, const ModelWeights &weights)
{
    const LayerWeights &own = weights.layers.at(layer.name);
    if (std::holds_alternative<Shared>(own.weight))
        return fmt::format("shared with {}", weights.ownerOf(layer.name));
    std::string text = describe(own.weight);
    if (const auto *factor = std::get_if<Factor>(&own.weight); text.empty() && factor)
        text = describe(factor->codec());
    return text;
}

std::int64_t bytesOfWeight(const Weight &weight)
{
    std::int64_t bytes = 0;
    for (const auto &[part, count] : bytesByPart(weight))
        bytes += count;
    return bytes;
}

class Planner
{
public:
    Planner(const NetworkSpecification &specification, const ModelWeights &weights,
            const GgufOptions &options)
        : m_specification(specification)
        , m_weights(weights)
        , m_options(options)
    {}

    GgufPlan plan(const TokenizerSource &tokenizer)
    {
        for (const Layer &layer : describe(m_specification).layers) {
            add(layer);
            if (m_options.taken)
                m_options.taken(layer.name);
        }
        remarkOnReaders(tokenizer);
        m_plan.header.metadata = ggufMetadata(m_specification, m_options.name, mostOfIt());
        for (auto &pair : ggufTokenizer(m_specification, tokenizer))
            m_plan.header.metadata.push_back(std::move(pair));
        ggufHeaderText(m_plan.header);
        return std::move(m_plan);
    }

private:
    void add(const Layer &layer)
    {
        const LayerWeights &resolved = requiredWeights(m_weights, layer);
        const std::string name = ggufName(layer);
        if (name.empty() || (layer.name == "pooler" && m_specification.head == HeadKind::None)) {
            remarkLeftOut(layer);
            return;
        }
        const GgufWeight weight(resolved.weight);
        const GgufType type = isAlwaysFloat(layer) ? GgufType::F32
                              : m_options.type     ? weight.fitting(*m_options.type)
                                                   : automaticType(weight);
        m_plan.header.tensors.push_back({name + ".weight", type, layer.shape, 0});
        if (layer.isMatrix())
            m_weightsOfType[type] += layer.shape[0] * layer.shape[1];
        remark(layer, m_plan.header.tensors.back(), weight.errorOf(type));
        if (layer.bias)
            m_plan.header.tensors.push_back({name + ".bias", GgufType::F32, {layer.shape[0]}, 0});
    }

    GgufType automaticType(const GgufWeight &weight) const
    {
        const GgufType type = weight.automaticType();
        return m_options.halves && type == GgufType::F32 ? weight.fitting(GgufType::F16) : type;
    }

    /// Where values differ, or where the same ones take another number of bytes.
    void remark(const Layer &layer, const GgufTensor &tensor, double error)
    {
        GgufRemark remark{layer.name, storageOf(layer, m_weights), tensor.type};
        remark.bytesBefore = bytesOfWeight(m_weights.layers.at(layer.name).weight);
        remark.bytesAfter = static_cast<std::int64_t>(tensor.bytes());
        remark.error = error;
        if (error == 0 && remark.bytesBefore == remark.bytesAfter)
            return;
        const std::string_view type = traitsOf(tensor.type).name;
        remark.message = error == 0 ? message(messages::ggufSameValues, layer.name, remark.was,
                                              type, remark.bytesBefore, remark.bytesAfter)
                                    : message(messages::ggufOtherValues, layer.name, remark.was,
                                              type, remark.bytesBefore, remark.bytesAfter,
                                              fmt::format("{:.2g}", error));
        m_plan.remarks.push_back(std::move(remark));
    }

    void remarkLeftOut(const Layer &layer)
    {
        GgufRemark remark{layer.name, storageOf(layer, m_weights), std::nullopt};
        remark.bytesBefore = bytesOfWeight(m_weights.layers.at(layer.name).weight);
        remark.message = message(messages::ggufLeftOut, layer.name, remark.bytesBefore);
        m_plan.remarks.push_back(std::move(remark));
    }

    /// What the file can hold, but not say to programs that read it.
    void remarkOnReaders(const TokenizerSource &tokenizer)
    {
        const auto add = [this](Message text) {
            GgufRemark remark;
            remark.message = std::move(text);
            m_plan.remarks.push_back(std::move(remark));
        };
        const bool rounds = std::ranges::any_of(m_weights.layers, [](const auto &layer) {
            const auto *factor = std::get_if<Factor>(&layer.second.weight);
            return factor && factor->codec().activationBits > 0;
        });
        if (rounds)
            add(message(messages::ggufActivations));
        if (!readTokenizerOptions(tokenizer.folder / "tokenizer_config.json").lowerCase)
            add(message(messages::ggufCased));
        if (m_specification.head == HeadKind::SentencePair)
            add(message(messages::ggufPairs));
    }

    GgufType mostOfIt() const
    {
        const auto most = std::ranges::max_element(
            m_weightsOfType, {}, &std::pair<const GgufType, std::int64_t>::second);
        return most == m_weightsOfType.end() ? GgufType::F32 : most->first;
    }

    const NetworkSpecification &m_specification;
    const ModelWeights &m_weights;
    const GgufOptions &m_options;
    std::map<GgufType, std::int64_t> m_weightsOfType;
    GgufPlan m_plan;
};

/// Tensors one after the other, each padded.
class DataWriter
{
public:
    DataWriter(PendingFile &file, const GgufHeader &header)
        : m_file(file)
        , m_header(header)
    {}

    void write(std::span<const std::byte> bytes)
    {
        const GgufTensor &tensor = m_header.tensors.at(m_next++);
        assert(bytes.size() == tensor.bytes());
        m_file.write(bytes);
        m_file.write(std::string(aligned(bytes.size()) - bytes.size(), '\0'));
    }
    bool isNext(const std::string &name) const
    {
        return m_next < m_header.tensors.size() && m_header.tensors[m_next].name == name;
    }
    GgufType nextType() const { return m_header.tensors.at(m_next).type; }

private:
    PendingFile &m_file;
    const GgufHeader &m_header;
    std::size_t m_next = 0;
};

} // namespace

std::uint64_t GgufPlan::fileSize() const
{
    if (header.tensors.empty())
        return header.dataBegin;
    const GgufTensor &last = header.tensors.back();
    return header.dataBegin + aligned(last.offset + last.bytes());
}

GgufPlan plannedGguf(const std::filesystem::path &file, const NetworkSpecification &specification,
                     const ModelWeights &weights, const TokenizerSource &tokenizer,
                     const GgufOptions &options)
{
    checkGgufHolds(specification, file);
    return translatingTorchErrors(
        [&] { return Planner(specification, weights, options).plan(tokenizer); });
}

std::vector<GgufRemark> writeGguf(const std::filesystem::path &file,
                                  const NetworkSpecification &specification,
                                  const ModelWeights &weights, const TokenizerSource &tokenizer,
                                  const GgufOptions &options)
{
    GgufPlan plan = plannedGguf(file, specification, weights, tokenizer, options);
    translatingTorchErrors([&] {
        PendingFile pending(file);
        pending.write(ggufHeaderText(plan.header));
        DataWriter writer(pending, plan.header);
        for (const Layer &layer : describe(specification).layers) {
            const std::string name = ggufName(layer);
            if (!writer.isNext(name + ".weight"))
                continue; // left out
            const GgufType type = writer.nextType();
            writer.write(bytesOf(GgufWeight(requiredWeights(weights, layer).weight).bytes(type)));
            if (layer.bias)
                writer.write(bytesOf(requiredBias(weights, layer)));
            if (options.taken)
                options.taken(layer.name);
        }
        pending.commit();
    });
    return std::move(plan.remarks);
}

} // namespace pare

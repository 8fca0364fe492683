#include "core/compression/keptstatistics.h"

#include "core/base/hash.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/tensors/tensor.h"

#include <filesystem>

#include <nlohmann/json.hpp>

namespace pare {

namespace {

void addTensor(Hasher &hasher, const at::Tensor &tensor)
{
    const at::Tensor values = tensor.contiguous();
    hasher.add(c10::toString(values.scalar_type()));
    for (const std::int64_t size : values.sizes())
        hasher.add(size);
    hasher.add(bytesOf(values));
}

void addWeights(Hasher &hasher, const ModelWeights &weights)
{
    for (const auto &[name, layer] : weights.layers) {
        hasher.add(name);
        if (const auto *shared = std::get_if<Shared>(&layer.weight)) {
            hasher.add(shared->layer).add(std::int64_t{shared->transposed});
        } else {
            hasher.add(descriptionOf(layer.weight).dump());
            for (const StoredTensor &tensor : packed(layer.weight, name)) {
                hasher.add(tensor.name);
                addTensor(hasher, tensor.data);
            }
        }
        if (layer.bias.defined())
            addTensor(hasher, layer.bias);
    }
}

void addData(Hasher &hasher, const CalibrationData &data)
{
    for (const Sequence &sequence : data.sequences) {
        hasher.add(static_cast<std::int64_t>(sequence.ids.size()));
        hasher.add(std::as_bytes(std::span(sequence.ids)));
        hasher.add(std::as_bytes(std::span(sequence.types)));
    }
    hasher.add(static_cast<std::int64_t>(data.labels.size()));
    hasher.add(std::as_bytes(std::span(data.labels)));
}

/// Another build may compute otherwise, whatever it calls its version.
void addProgram(Hasher &hasher)
{
    const std::filesystem::path program = "/proc/self/exe";
    std::error_code ignored;
    hasher.add(static_cast<std::int64_t>(std::filesystem::file_size(program, ignored)));
    hasher.add(static_cast<std::int64_t>(
        std::filesystem::last_write_time(program, ignored).time_since_epoch().count()));
    hasher.add(kernelMachine()).add(kernelChoiceText(kernelChoice()));
}

} // namespace

KeptStatistics::KeptStatistics(const CalibrationWork &work, const ModelWeights &weights)
    : m_work(work)
    , m_weights(weights)
{}

std::string KeptStatistics::keyOf(const std::string &what)
{
    if (m_state.empty()) {
        Hasher hasher;
        addProgram(hasher);
        hasher.add(configJson(*m_work.specification).dump());
        addWeights(hasher, m_weights);
        addData(hasher, *m_work.data);
        m_state = hasher.hex();
    }
    return Hasher().add(m_state).add(what).hex();
}

std::optional<StatisticsStore::Tensors> KeptStatistics::find(const std::string &what)
{
    return m_work.store ? m_work.store->find(keyOf(what)) : std::nullopt;
}

void KeptStatistics::keep(const std::map<std::string, StatisticsStore::Tensors> &entries)
{
    if (!m_work.store)
        return;
    for (const auto &[what, tensors] : entries)
        m_work.store->keep(keyOf(what), tensors);
    m_work.store->keepToLimit();
}

} // namespace pare

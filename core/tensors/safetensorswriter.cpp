#include "core/tensors/safetensorswriter.h"

#include "core/base/files.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/tensor.h"
#include "core/tensors/torcherrors.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <nlohmann/json.hpp>

namespace pare {

namespace {

std::string headerOf(const std::vector<SafetensorsEntry> &tensors,
                     const SafetensorsMetadata &metadata)
{
    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!metadata.empty())
        header["__metadata__"] = metadata;
    // push_back: looking every name up in an ordered object would take quadratic time.
    auto &object = header.get_ref<nlohmann::ordered_json::object_t &>();
    for (const SafetensorsEntry &entry : tensors) {
        object.push_back({entry.name,
                          {{"dtype", safetensorsName(entry.dtype)},
                           {"shape", entry.shape},
                           {"data_offsets", {entry.begin, entry.end}}}});
    }
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    std::string result(8, '\0');
    const std::uint64_t length = text.size();
    std::memcpy(result.data(), &length, result.size());
    return result + text;
}

} // namespace

SafetensorsLayout::SafetensorsLayout(std::vector<SafetensorsEntry> tensors,
                                     const SafetensorsMetadata &metadata)
    : m_tensors(std::move(tensors))
{
    std::ranges::sort(m_tensors, [](const SafetensorsEntry &a, const SafetensorsEntry &b) {
        const std::int64_t sizeOfA = sizeOf(a.dtype);
        const std::int64_t sizeOfB = sizeOf(b.dtype);
        return sizeOfA != sizeOfB ? sizeOfA > sizeOfB : a.name < b.name;
    });
    std::uint64_t offset = 0;
    for (SafetensorsEntry &entry : m_tensors) {
        assert(entry.name != "__metadata__");
        entry.begin = offset;
        offset += static_cast<std::uint64_t>(sizeOf(entry.dtype));
        for (const std::int64_t size : entry.shape)
            offset = entry.begin + (offset - entry.begin) * static_cast<std::uint64_t>(size);
        entry.end = offset;
    }
    m_header = headerOf(m_tensors, metadata);
}

std::uint64_t SafetensorsLayout::fileSize() const
{
    return m_header.size() + (m_tensors.empty() ? 0 : m_tensors.back().end);
}

void writeSafetensors(const std::filesystem::path &path, const SafetensorsLayout &layout,
                      const TensorProvider &provider)
{
    translatingTorchErrors([&] {
        PendingFile file(path);
        file.write(layout.header());
        for (const SafetensorsEntry &entry : layout.tensors()) {
            const at::Tensor tensor = provider(entry).contiguous();
            assert(dtypeOf(tensor.scalar_type()) == entry.dtype);
            assert(tensor.sizes() == at::IntArrayRef(entry.shape));
            file.write(bytesOf(tensor));
        }
        file.commit();
    });
}

void writeSafetensors(const std::filesystem::path &path,
                      const std::map<std::string, at::Tensor> &tensors,
                      const SafetensorsMetadata &metadata)
{
    std::vector<SafetensorsEntry> entries;
    for (const auto &[name, tensor] : tensors)
        entries.push_back({name, dtypeOf(tensor.scalar_type()), tensor.sizes().vec()});
    writeSafetensors(path, SafetensorsLayout(std::move(entries), metadata),
                     [&tensors](const SafetensorsEntry &entry) { return tensors.at(entry.name); });
}

} // namespace pare

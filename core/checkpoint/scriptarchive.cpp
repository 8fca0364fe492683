#include "core/checkpoint/scriptarchive.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/tensors/scalartype.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/from_blob.h>
#include <algorithm>
#include <cstring>
#include <limits>

namespace pare {

namespace {

constexpr std::size_t endLength = 22;
constexpr std::size_t entryLength = 46;
constexpr std::size_t localLength = 30;
constexpr std::size_t longestComment = 65535;
constexpr std::uint32_t endMark = 0x06054b50;
constexpr std::uint32_t entryMark = 0x02014b50;
constexpr std::uint32_t localMark = 0x04034b50;

using Bytes = std::span<const std::byte>;

/// Bytes of the archive at a place; beyond its end nothing stands.
class Reader
{
public:
    explicit Reader(const MappedFile &file)
        : m_file(file)
    {}

    Bytes at(std::uint64_t place, std::uint64_t count) const
    {
        const Bytes all = m_file.bytes();
        if (place > all.size() || count > all.size() - place)
            throw Error(ErrorKind::InvalidFile, messages::scriptTruncated, m_file.path(),
                        all.size());
        return all.subspan(place, count);
    }
    std::uint32_t number(std::uint64_t place, std::size_t width) const
    {
        std::uint32_t value = 0;
        std::memcpy(&value, at(place, width).data(), width); // little-endian, as we are
        return value;
    }
    std::string text(std::uint64_t place, std::uint64_t count) const
    {
        const Bytes from = at(place, count);
        return {reinterpret_cast<const char *>(from.data()), from.size()};
    }
    void require(std::uint64_t place, std::uint32_t mark) const
    {
        if (number(place, 4) != mark)
            throw Error(ErrorKind::InvalidFile, messages::scriptArchive, m_file.path());
    }

    /// Where the list of records ends.
    std::uint64_t end() const
    {
        const std::uint64_t size = m_file.bytes().size();
        for (std::uint64_t back = endLength; back <= std::min(size, endLength + longestComment);
             ++back) {
            if (number(size - back, 4) == endMark)
                return size - back;
        }
        throw Error(ErrorKind::InvalidFile, messages::scriptArchive, m_file.path());
    }

private:
    const MappedFile &m_file;
};

/// CRC-32 as zip counts it.
std::uint32_t checksumOf(Bytes bytes)
{
    std::uint32_t sum = ~0u;
    for (const std::byte byte : bytes) {
        sum ^= std::to_integer<std::uint32_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

} // namespace

ScriptArchive::ScriptArchive(const std::filesystem::path &path)
    : m_file(std::make_shared<const MappedFile>(path))
{
    readRecords();
    const std::string layers = std::string("extra/") + scriptLayersRecord;
    if (!m_records.contains(layers))
        throw Error(ErrorKind::Unsupported, messages::scriptForeign, path);
    const Bytes text = checkedRecord(layers);
    m_layers = {reinterpret_cast<const char *>(text.data()), text.size()};
    m_tensors = pickledTensors(checkedRecord("data.pkl"), path.string());
    checkTensors();
}

void ScriptArchive::readRecords()
{
    const Reader reader(*m_file);
    const std::uint64_t end = reader.end();
    const std::uint32_t count = reader.number(end + 10, 2);
    std::uint64_t place = reader.number(end + 16, 4);
    for (std::uint32_t i = 0; i < count; ++i) {
        reader.require(place, entryMark);
        const std::uint32_t method = reader.number(place + 10, 2);
        const std::uint32_t checksum = reader.number(place + 16, 4);
        const std::uint32_t packed = reader.number(place + 20, 4);
        const std::uint32_t size = reader.number(place + 24, 4);
        const std::uint32_t nameLength = reader.number(place + 28, 2);
        const std::uint32_t local = reader.number(place + 42, 4);
        const std::string name = reader.text(place + entryLength, nameLength);
        reader.require(local, localMark);
        const std::uint64_t begin = std::uint64_t(local) + localLength +
                                    reader.number(std::uint64_t(local) + 26, 2) +
                                    reader.number(std::uint64_t(local) + 28, 2);
        const bool isPlain = method == 0 && packed == size &&
                             size != std::numeric_limits<std::uint32_t>::max();
        const std::string own = name.substr(name.find('/') + 1); // within "archive/"
        m_records[own] = {reader.at(begin, isPlain ? size : 0), checksum, isPlain};
        place +=
            entryLength + nameLength + reader.number(place + 30, 2) + reader.number(place + 32, 2);
    }
}

void ScriptArchive::checkTensors() const
{
    for (const auto &[name, tensor] : m_tensors) {
        const auto record = m_records.find("data/" + tensor.storage);
        const auto found = record == m_records.end()
                               ? std::int64_t(0)
                               : static_cast<std::int64_t>(record->second.bytes.size());
        const std::int64_t each = sizeOf(tensor.dtype);
        if (found % each != 0 || found / each != tensor.count)
            throw Error(ErrorKind::InvalidFile, messages::scriptTensorBytes, path(), name,
                        tensor.count, nameOf(tensor.dtype), found);
    }
}

Bytes ScriptArchive::checkedRecord(const std::string &name) const
{
    const auto record = m_records.find(name);
    if (record == m_records.end())
        throw Error(ErrorKind::InvalidFile, messages::scriptRecord, path(), name);
    if (!record->second.isPlain)
        throw Error(ErrorKind::InvalidFile, messages::scriptCompressed, path(), name);
    if (checksumOf(record->second.bytes) != record->second.checksum)
        throw Error(ErrorKind::InvalidFile, messages::scriptChecksum, path(), name);
    return record->second.bytes;
}

at::Tensor ScriptArchive::tensor(const std::string &name) const
{
    const PickledTensor &tensor = m_tensors.at(name);
    const at::ScalarType type = scalarTypeOf(tensor.dtype);
    const Bytes from = m_records.at("data/" + tensor.storage).bytes;
    if (reinterpret_cast<std::uintptr_t>(from.data()) % at::elementSize(type) != 0) {
        at::Tensor copy = at::empty(tensor.shape, type);
        std::memcpy(copy.data_ptr(), from.data(), from.size());
        return copy;
    }
    return at::from_blob(
        const_cast<std::byte *>(from.data()), tensor.shape, [file = m_file](void *) {},
        at::TensorOptions(type));
}

} // namespace pare

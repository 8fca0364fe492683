#include "core/tensors/safetensorsfile.h"

#include "core/base/error.h"
#include "core/tensors/messages.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

namespace pare {

static_assert(std::endian::native == std::endian::little,
              "files are little-endian and mapped as they are");

namespace {

constexpr std::size_t lengthBytes = 8;

std::string_view headerText(std::span<const std::byte> bytes, const std::string &origin)
{
    if (bytes.size() < lengthBytes)
        throw Error(ErrorKind::InvalidFile, messages::safetensorsTooShort, origin, bytes.size());
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), lengthBytes);
    const std::uint64_t available = bytes.size() - lengthBytes;
    if (length > available)
        throw Error(ErrorKind::InvalidFile, messages::safetensorsHeaderLength, origin, length,
                    available);
    if (length > safetensorsHeaderLimit)
        throw Error(ErrorKind::InvalidFile, messages::safetensorsHeaderLimit, origin, length,
                    safetensorsHeaderLimit);
    return {reinterpret_cast<const char *>(bytes.data()) + lengthBytes, length};
}

} // namespace

SafetensorsFile::SafetensorsFile(const std::filesystem::path &path)
    : m_file(path)
{
    const std::string origin = path.string();
    const std::string_view text = headerText(m_file.bytes(), origin);
    m_data = m_file.bytes().subspan(lengthBytes + text.size());
    m_header = parsedSafetensorsHeader(text, m_data.size(), origin);

    m_byName.resize(tensors().size());
    std::iota(m_byName.begin(), m_byName.end(), 0u);
    std::ranges::sort(
        m_byName, {}, [this](auto index) -> const auto & { return tensors()[index].name; });
}

const SafetensorsEntry *SafetensorsFile::find(std::string_view name) const
{
    const auto nameAt = [this](auto index) { return std::string_view(tensors()[index].name); };
    const auto found = std::ranges::lower_bound(m_byName, name, {}, nameAt);
    return found != m_byName.end() && nameAt(*found) == name ? &tensors()[*found] : nullptr;
}

std::span<const std::byte> SafetensorsFile::bytes(const SafetensorsEntry &entry) const
{
    return m_data.subspan(entry.begin, entry.bytes());
}

} // namespace pare

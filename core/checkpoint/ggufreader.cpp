#include "core/checkpoint/ggufreader.h"

#include "core/base/error.h"
#include "core/checkpoint/ggufblocks.h"
#include "core/checkpoint/messages.h"

#include <algorithm>

namespace pare {

GgufReader::GgufReader(const std::filesystem::path &path)
    : m_file(path)
    , m_header(parsedGgufHeader(m_file.bytes(), path.string()))
{}

const GgufTensor *GgufReader::find(std::string_view name) const
{
    const auto found = std::ranges::find(m_header.tensors, name, &GgufTensor::name);
    return found == m_header.tensors.end() ? nullptr : &*found;
}

std::span<const std::byte> GgufReader::bytes(const GgufTensor &tensor) const
{
    return m_file.bytes().subspan(m_header.dataBegin + tensor.offset, tensor.bytes());
}

at::Tensor GgufReader::values(const GgufTensor &tensor) const
{
    return valuesOf(bytes(tensor), tensor.type, tensor.shape);
}

at::Tensor GgufReader::values(const GgufTensor &tensor, std::int64_t first,
                              std::int64_t count) const
{
    const auto bytesOfWeights = [&tensor](std::int64_t weights) {
        return static_cast<std::size_t>(weights * traitsOf(tensor.type).blockBytes / ggufBlock);
    };
    return valuesOf(bytes(tensor).subspan(bytesOfWeights(first), bytesOfWeights(count)),
                    tensor.type, {count});
}

template <class Kind>
const Kind &GgufReader::require(std::string_view key, const char *expected) const
{
    const GgufValue *value = m_header.find(key);
    if (!value)
        throw Error(ErrorKind::InvalidFile, messages::ggufKeyMissing, path(), key);
    const Kind *held = std::get_if<Kind>(value);
    if (!held)
        throw Error(ErrorKind::InvalidFile, messages::ggufKeyKind, path(), key, expected);
    return *held;
}

std::int64_t GgufReader::integer(std::string_view key) const
{
    return require<std::int64_t>(key, "a whole number");
}

double GgufReader::real(std::string_view key) const
{
    return require<double>(key, "a real number");
}

const std::string &GgufReader::text(std::string_view key) const
{
    return require<std::string>(key, "a text");
}

const std::vector<std::string> &GgufReader::texts(std::string_view key) const
{
    return require<std::vector<std::string>>(key, "an array of texts");
}

} // namespace pare

#include "core/experiment/plaingguf.h"

#include "core/base/error.h"
#include "core/experiment/messages.h"
#include "core/experiment/plainnumbers.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace pare {

namespace {

/// Blocks of so many weights in so many bytes.
struct Blocks
{
    std::uint32_t type;
    std::int64_t weights;
    std::int64_t bytes;
};

constexpr std::array blocksOfTypes{
    Blocks{0, 1, 4},           // F32
    Blocks{1, 1, 2},           // F16
    Blocks{30, 1, 2},          // BF16
    Blocks{2, 32, 2 + 16},     // Q4_0
    Blocks{3, 32, 4 + 16},     // Q4_1
    Blocks{6, 32, 2 + 4 + 16}, // Q5_0
    Blocks{7, 32, 4 + 4 + 16}, // Q5_1
    Blocks{8, 32, 2 + 32},     // Q8_0
};

constexpr std::uint64_t textType = 8, arrayType = 9; // of the format's thirteen types of values

/// What stands one after the other; never behind the end.
class Walk
{
public:
    Walk(std::span<const std::byte> bytes, const std::filesystem::path &path)
        : m_bytes(bytes)
        , m_path(path)
    {}

    void goTo(std::uint64_t place) { m_place = place; }

    std::uint64_t place() const { return m_place; }

    const std::byte *take(std::uint64_t count)
    {
        if (count > m_bytes.size() - m_place)
            throw Error(ErrorKind::InvalidFile, messages::exportGgufEnds, m_path, m_place);
        m_place += count;
        return m_bytes.data() + (m_place - count);
    }
    std::uint64_t number(int bytes)
    {
        return plainInteger(take(static_cast<unsigned>(bytes)), bytes);
    }
    std::string text()
    {
        const std::uint64_t length = number(8);
        return {reinterpret_cast<const char *>(take(length)), static_cast<std::size_t>(length)};
    }

    /// A value of one of the format's thirteen types.
    void skip(std::uint64_t type)
    {
        constexpr std::array<std::uint64_t, 13> sizes{1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};
        if (type == textType) {
            text();
        } else if (type == arrayType) {
            const std::uint64_t inner = number(4);
            for (std::uint64_t left = number(8); left > 0; --left)
                skip(inner == arrayType ? sizes.size() : inner);
        } else if (type < sizes.size()) {
            take(sizes[type]);
        } else {
            throw Error(ErrorKind::InvalidFile, messages::exportGgufEnds, m_path, m_place);
        }
    }

private:
    std::span<const std::byte> m_bytes;
    const std::filesystem::path &m_path;
    std::uint64_t m_place = 0;
};

/// The type of the elements and how many there are, before the first of them.
std::pair<std::uint64_t, std::uint64_t> elements(Walk &walk)
{
    const std::uint64_t type = walk.number(4);
    if (type != arrayType)
        return {type, 1};
    const std::uint64_t inner = walk.number(4);
    return {inner, walk.number(8)};
}

bool isNumber(std::uint64_t type)
{
    return type < 13 && type != textType && type != arrayType;
}

double numberOf(Walk &walk, std::uint64_t type)
{
    switch (type) {
    case 0: // uint8
    case 7: // bool
        return static_cast<double>(walk.number(1));
    case 1:
        return static_cast<double>(static_cast<std::int8_t>(walk.number(1)));
    case 2:
        return static_cast<double>(walk.number(2));
    case 3:
        return static_cast<double>(static_cast<std::int16_t>(walk.number(2)));
    case 4:
        return static_cast<double>(walk.number(4));
    case 5:
        return static_cast<double>(static_cast<std::int32_t>(walk.number(4)));
    case 6:
        return static_cast<double>(plainFloat(walk.take(4)));
    case 12: {
        const std::uint64_t bits = walk.number(8);
        double value = 0;
        std::memcpy(&value, &bits, sizeof(value));
        return value;
    }
    case 11:
        return static_cast<double>(static_cast<std::int64_t>(walk.number(8)));
    default:
        return static_cast<double>(walk.number(8));
    }
}

const Blocks *blocksOf(std::uint32_t type)
{
    const auto found = std::ranges::find(blocksOfTypes, type, &Blocks::type);
    return found == blocksOfTypes.end() ? nullptr : &*found;
}

PlainGgufTensor tensorAt(Walk &walk)
{
    PlainGgufTensor tensor;
    tensor.name = walk.text();
    const std::uint64_t dimensions = walk.number(4);
    for (std::uint64_t i = 0; i < dimensions && i < 4; ++i)
        tensor.shape.insert(tensor.shape.begin(), static_cast<std::int64_t>(walk.number(8)));
    tensor.type = static_cast<std::uint32_t>(walk.number(4));
    tensor.begin = walk.number(8);
    return tensor;
}

/// Weight `i` of a block of 32.
float blockValue(const std::byte *block, std::uint32_t type, int i)
{
    const bool hasLeast = type == 3 || type == 7;
    const bool hasFifth = type == 6 || type == 7;
    const float scale = plainHalf(block);
    const float least = hasLeast ? plainHalf(block + 2) : 0;
    const std::byte *rest = block + (hasLeast ? 4 : 2);
    if (type == 8)
        return scale * static_cast<float>(static_cast<std::int8_t>(rest[i]));
    int code = 0;
    if (hasFifth) {
        code = static_cast<int>(plainInteger(rest, 4) >> i & 1) << 4;
        rest += 4;
    }
    const int pair = std::to_integer<int>(rest[i % 16]);
    code |= i < 16 ? pair & 15 : pair >> 4;
    const int zero = hasLeast ? 0 : hasFifth ? 16 : 8;
    return scale * static_cast<float>(code - zero) + least;
}

float valueOf(const std::byte *bytes, std::uint32_t type, std::int64_t number)
{
    if (type == 0)
        return plainFloat(bytes + 4 * number);
    if (type == 1)
        return plainHalf(bytes + 2 * number);
    if (type == 30)
        return plainBrainFloat(bytes + 2 * number);
    return blockValue(bytes + number / 32 * blocksOf(type)->bytes, type,
                      static_cast<int>(number % 32));
}

} // namespace

std::int64_t PlainGgufTensor::count() const
{
    std::int64_t count = 1;
    for (const std::int64_t size : shape)
        count *= size;
    return count;
}

PlainGguf::PlainGguf(const std::filesystem::path &path)
    : m_file(path)
{
    Walk walk(m_file.bytes(), path);
    if (walk.number(4) != 0x46554747 || walk.number(4) != 3) // "GGUF"
        throw Error(ErrorKind::InvalidFile, messages::exportGgufEnds, path, walk.place());
    const std::uint64_t tensors = walk.number(8);
    for (std::uint64_t keys = walk.number(8); keys > 0; --keys) {
        const std::string key = walk.text();
        m_keys.emplace(key, walk.place());
        walk.skip(walk.number(4));
    }
    for (std::uint64_t i = 0; i < tensors; ++i)
        m_tensors.push_back(tensorAt(walk));
    const std::uint64_t begin = (walk.place() + 31) / 32 * 32;
    const std::uint64_t size = m_file.bytes().size();
    for (PlainGgufTensor &tensor : m_tensors) {
        const Blocks *blocks = blocksOf(tensor.type);
        std::uint64_t bytes = 1;
        bool fits = blocks && !tensor.shape.empty() && tensor.shape.back() % blocks->weights == 0;
        for (const std::int64_t length : tensor.shape)
            fits = fits && length > 0 &&
                   !__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(length), &bytes);
        fits = fits && bytes <= size * 32;
        bytes = fits ? bytes / static_cast<std::uint64_t>(blocks->weights) *
                           static_cast<std::uint64_t>(blocks->bytes)
                     : 0;
        if (!fits || begin > size || tensor.begin > size - begin ||
            bytes > size - begin - tensor.begin)
            throw Error(ErrorKind::InvalidFile, messages::exportGgufTensor, path, tensor.name,
                        tensor.type);
        tensor.begin += begin;
    }
}

const PlainGgufTensor *PlainGguf::find(const std::string &name) const
{
    const auto found = std::ranges::find(m_tensors, name, &PlainGgufTensor::name);
    return found == m_tensors.end() ? nullptr : &*found;
}

std::vector<std::string> PlainGguf::texts(const std::string &key) const
{
    std::vector<std::string> texts;
    const auto found = m_keys.find(key);
    if (found == m_keys.end())
        return texts;
    Walk walk(m_file.bytes(), m_file.path());
    walk.goTo(found->second);
    const auto [type, count] = elements(walk);
    for (std::uint64_t i = 0; type == textType && i < count; ++i)
        texts.push_back(walk.text());
    return texts;
}

std::vector<double> PlainGguf::numbers(const std::string &key) const
{
    std::vector<double> numbers;
    const auto found = m_keys.find(key);
    if (found == m_keys.end())
        return numbers;
    Walk walk(m_file.bytes(), m_file.path());
    walk.goTo(found->second);
    const auto [type, count] = elements(walk);
    for (std::uint64_t i = 0; isNumber(type) && i < count; ++i)
        numbers.push_back(numberOf(walk, type));
    return numbers;
}

at::Tensor PlainGguf::values(const PlainGgufTensor &tensor, std::int64_t first,
                             std::int64_t count) const
{
    at::Tensor values = at::empty({count}, at::kFloat);
    auto *to = values.data_ptr<float>();
    for (std::int64_t i = 0; i < count; ++i)
        to[i] = valueOf(m_file.bytes().data() + tensor.begin, tensor.type, first + i);
    return values;
}

} // namespace pare

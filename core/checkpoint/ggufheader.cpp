#include "core/checkpoint/ggufheader.h"

#include "core/base/error.h"
#include "core/checkpoint/messages.h"
#include "core/tensors/safetensorsheader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstring>
#include <limits>
#include <numeric>
#include <set>

namespace pare {

static_assert(std::endian::native == std::endian::little,
              "files are little-endian and read as they are");

namespace {

constexpr std::string_view magic = "GGUF";
constexpr std::uint32_t version = 3;
constexpr std::uint32_t oldestVersion = 2;
constexpr std::uint32_t mostDimensions = 4;
constexpr std::uint64_t longestName = 1u << 16;
constexpr std::uint64_t longestArray = 1u << 24;
constexpr std::uint64_t mostKeys = 1u << 16;
constexpr std::uint64_t mostTensors = 1u << 20;
constexpr std::uint64_t largestAlignment = 1u << 16;

/// The numbers are those of the format.
enum class ValueType : std::uint32_t {
    UInt8,
    Int8,
    UInt16,
    Int16,
    UInt32,
    Int32,
    Float32,
    Bool,
    Text,
    Array,
    UInt64,
    Int64,
    Float64,
};

template <class Number>
void append(std::string &text, Number number)
{
    text.append(reinterpret_cast<const char *>(&number), sizeof(number));
}

void appendText(std::string &text, std::string_view value)
{
    append(text, static_cast<std::uint64_t>(value.size()));
    text += value;
}

void appendArray(std::string &text, ValueType type, std::size_t count)
{
    append(text, ValueType::Array);
    append(text, type);
    append(text, static_cast<std::uint64_t>(count));
}

struct ValueWriter
{
    std::string &text;

    void operator()(bool value) const
    {
        append(text, ValueType::Bool);
        append(text, static_cast<std::uint8_t>(value));
    }
    void operator()(std::int64_t value) const
    {
        assert(value >= 0 && value <= std::numeric_limits<std::uint32_t>::max());
        append(text, ValueType::UInt32);
        append(text, static_cast<std::uint32_t>(value));
    }
    void operator()(double value) const
    {
        append(text, ValueType::Float32);
        append(text, static_cast<float>(value));
    }
    void operator()(const std::string &value) const
    {
        append(text, ValueType::Text);
        appendText(text, value);
    }
    void operator()(const std::vector<std::string> &values) const
    {
        appendArray(text, ValueType::Text, values.size());
        for (const std::string &value : values)
            appendText(text, value);
    }
    void operator()(const std::vector<std::int64_t> &values) const
    {
        appendArray(text, ValueType::Int32, values.size());
        for (const std::int64_t value : values)
            append(text, static_cast<std::int32_t>(value));
    }
    void operator()(const std::vector<double> &values) const
    {
        appendArray(text, ValueType::Float32, values.size());
        for (const double value : values)
            append(text, static_cast<float>(value));
    }
};

/// Takes numbers and texts off the front of a file.
class Cursor
{
public:
    Cursor(std::span<const std::byte> file, const std::string &origin)
        : m_file(file)
        , m_origin(origin)
    {}

    std::uint64_t position() const { return m_position; }
    std::uint64_t left() const { return m_file.size() - m_position; }

    template <class Number>
    Number take(std::string_view what)
    {
        require(sizeof(Number), what);
        Number number{};
        std::memcpy(&number, m_file.data() + m_position, sizeof(number));
        m_position += sizeof(number);
        return number;
    }

    std::string text(std::string_view what, std::uint64_t limit)
    {
        const auto length = take<std::uint64_t>(what);
        if (length > limit || length > left())
            throw Error(ErrorKind::InvalidFile, messages::ggufTextLength, m_origin, what, length,
                        std::min(limit, left()));
        std::string text(reinterpret_cast<const char *>(m_file.data()) + m_position, length);
        m_position += length;
        return text;
    }

    /// A number of things that take `bytesEach` at least.
    std::uint64_t count(std::string_view what, std::uint64_t bytesEach, std::uint64_t limit)
    {
        const auto count = take<std::uint64_t>(what);
        const std::uint64_t most = std::min(left() / bytesEach, limit);
        check(count, most, what);
        return count;
    }
    void check(std::uint64_t count, std::uint64_t most, std::string_view what) const
    {
        if (count > most)
            throw Error(ErrorKind::InvalidFile, messages::ggufCount, m_origin, what, count, most);
    }

private:
    void require(std::uint64_t bytes, std::string_view what) const
    {
        if (bytes > left())
            throw Error(ErrorKind::InvalidFile, messages::ggufTruncated, m_origin, m_file.size(),
                        what);
    }

    std::span<const std::byte> m_file;
    const std::string &m_origin;
    std::uint64_t m_position = 0;
};

/// Bytes of a number of this type; 0: it is none.
std::uint64_t sizeOf(ValueType type)
{
    switch (type) {
    case ValueType::UInt8:
    case ValueType::Int8:
    case ValueType::Bool:
        return 1;
    case ValueType::UInt16:
    case ValueType::Int16:
        return 2;
    case ValueType::UInt32:
    case ValueType::Int32:
    case ValueType::Float32:
        return 4;
    case ValueType::UInt64:
    case ValueType::Int64:
    case ValueType::Float64:
        return 8;
    case ValueType::Text:
    case ValueType::Array:
        break;
    }
    return 0;
}

bool isReal(ValueType type)
{
    return type == ValueType::Float32 || type == ValueType::Float64;
}

class Parser
{
public:
    Parser(std::span<const std::byte> file, const std::string &origin)
        : m_cursor(file, origin)
        , m_size(file.size())
        , m_origin(origin)
    {}

    GgufHeader parse()
    {
        readStart();
        const std::uint64_t tensors = m_cursor.take<std::uint64_t>("the number of tensors");
        constexpr std::uint64_t shortestKey = 8 + 4 + 1;
        constexpr std::uint64_t shortestTensor = 8 + 4 + 8 + 4 + 8;
        const std::uint64_t keys = m_cursor.count("the number of keys", shortestKey, mostKeys);
        m_cursor.check(tensors, std::min(m_cursor.left() / shortestTensor, mostTensors),
                       "the number of tensors");
        std::set<std::string> names;
        for (std::uint64_t i = 0; i < keys; ++i) {
            std::string key = m_cursor.text("a key", longestName);
            if (!names.insert(key).second)
                throw Error(ErrorKind::InvalidFile, messages::ggufKeyTwice, m_origin, key);
            GgufValue value = readValue(key);
            m_header.metadata.emplace_back(std::move(key), std::move(value));
        }
        names.clear();
        for (std::uint64_t i = 0; i < tensors; ++i) {
            readTensor();
            if (!names.insert(m_header.tensors.back().name).second)
                throw Error(ErrorKind::InvalidFile, messages::ggufTensorTwice, m_origin,
                            m_header.tensors.back().name);
        }
        checkOffsets();
        return std::move(m_header);
    }

private:
    void readStart()
    {
        const auto start = m_cursor.take<std::array<char, 4>>("\"GGUF\"");
        if (std::string_view(start.data(), start.size()) != magic)
            throw Error(ErrorKind::InvalidFile, messages::ggufMagic, m_origin);
        const auto found = m_cursor.take<std::uint32_t>("the version");
        if (found < oldestVersion || found > version)
            throw Error(ErrorKind::Unsupported, messages::ggufVersion, m_origin, found,
                        oldestVersion, version);
    }

    ValueType readType(const std::string &key)
    {
        const auto number = m_cursor.take<std::uint32_t>(key);
        if (number > static_cast<std::uint32_t>(ValueType::Float64))
            throw Error(ErrorKind::InvalidFile, messages::ggufValueType, m_origin, key, number);
        return static_cast<ValueType>(number);
    }

    double real(ValueType type, const std::string &key)
    {
        return type == ValueType::Float32 ? static_cast<double>(m_cursor.take<float>(key))
                                          : m_cursor.take<double>(key);
    }

    std::int64_t integer(ValueType type, const std::string &key)
    {
        switch (type) {
        case ValueType::UInt8:
        case ValueType::Bool:
            return m_cursor.take<std::uint8_t>(key);
        case ValueType::Int8:
            return m_cursor.take<std::int8_t>(key);
        case ValueType::UInt16:
            return m_cursor.take<std::uint16_t>(key);
        case ValueType::Int16:
            return m_cursor.take<std::int16_t>(key);
        case ValueType::UInt32:
            return m_cursor.take<std::uint32_t>(key);
        case ValueType::Int32:
            return m_cursor.take<std::int32_t>(key);
        default:
            break;
        }
        const auto value = m_cursor.take<std::int64_t>(key);
        if (type == ValueType::UInt64 && value < 0)
            throw Error(ErrorKind::InvalidFile, messages::ggufTooLarge, m_origin, key);
        return value;
    }

    GgufValue readValue(const std::string &key)
    {
        const ValueType type = readType(key);
        if (type == ValueType::Array)
            return readArray(key);
        if (type == ValueType::Text)
            return m_cursor.text(key, m_size);
        if (isReal(type))
            return real(type, key);
        const std::int64_t number = integer(type, key);
        if (type == ValueType::Bool)
            return number != 0;
        return number;
    }

    GgufValue readArray(const std::string &key)
    {
        const ValueType type = readType(key);
        if (type == ValueType::Array)
            throw Error(ErrorKind::Unsupported, messages::ggufNestedArray, m_origin, key);
        constexpr std::uint64_t shortestText = 8;
        const std::uint64_t each = type == ValueType::Text ? shortestText : sizeOf(type);
        const std::uint64_t count = m_cursor.count(key, each, longestArray);
        if (type == ValueType::Text) {
            std::vector<std::string> texts;
            texts.reserve(count);
            for (std::uint64_t i = 0; i < count; ++i)
                texts.push_back(m_cursor.text(key, longestName));
            return texts;
        }
        if (isReal(type)) {
            std::vector<double> reals(count);
            std::ranges::generate(reals, [&] { return real(type, key); });
            return reals;
        }
        std::vector<std::int64_t> integers(count);
        std::ranges::generate(integers, [&] { return integer(type, key); });
        return integers;
    }

    void readTensor()
    {
        GgufTensor tensor;
        tensor.name = m_cursor.text("a tensor's name", longestName);
        const auto dimensions = m_cursor.take<std::uint32_t>(tensor.name);
        if (dimensions == 0 || dimensions > mostDimensions)
            throw Error(ErrorKind::InvalidFile, messages::ggufDimensions, m_origin, tensor.name,
                        dimensions, mostDimensions);
        for (std::uint32_t i = 0; i < dimensions; ++i)
            tensor.shape.push_back(m_cursor.take<std::int64_t>(tensor.name));
        std::ranges::reverse(tensor.shape);
        const auto number = m_cursor.take<std::uint32_t>(tensor.name);
        const std::optional<GgufType> type = ggufTypeFromNumber(number);
        if (!type)
            throw Error(ErrorKind::Unsupported, messages::ggufTensorType, m_origin, tensor.name,
                        number, ggufTypeNames());
        tensor.type = *type;
        tensor.offset = m_cursor.take<std::uint64_t>(tensor.name);
        checkShape(tensor);
        m_header.tensors.push_back(std::move(tensor));
    }

    /// No weight takes less than half a byte, so that a count beyond this cannot be in the file.
    void checkShape(const GgufTensor &tensor) const
    {
        const std::int64_t most = static_cast<std::int64_t>(m_size) * 2;
        std::int64_t count = 1;
        for (const std::int64_t size : tensor.shape) {
            if (size <= 0 || size > most / count)
                throw Error(ErrorKind::InvalidFile, messages::ggufShape, m_origin, tensor.name,
                            shapeText(tensor.shape), m_size);
            count *= size;
        }
        if (traitsOf(tensor.type).isQuantized() && tensor.shape.back() % ggufBlock != 0)
            throw Error(ErrorKind::InvalidFile, messages::ggufRows, m_origin, tensor.name,
                        tensor.shape.back(), traitsOf(tensor.type).name, ggufBlock);
    }

    std::uint64_t alignment() const
    {
        const GgufValue *value = m_header.find("general.alignment");
        if (!value)
            return ggufAlignment;
        const auto *number = std::get_if<std::int64_t>(value);
        if (!number || *number < 1 || *number > static_cast<std::int64_t>(largestAlignment) ||
            !std::has_single_bit(static_cast<std::uint64_t>(*number)))
            throw Error(ErrorKind::InvalidFile, messages::ggufAlignment, m_origin,
                        largestAlignment);
        return static_cast<std::uint64_t>(*number);
    }

    void checkOffsets()
    {
        const std::uint64_t step = alignment();
        m_header.dataBegin = aligned(m_cursor.position(), step);
        const std::uint64_t data = m_header.dataBegin < m_size ? m_size - m_header.dataBegin : 0;
        std::vector<const GgufTensor *> sorted;
        for (const GgufTensor &tensor : m_header.tensors) {
            if (tensor.offset % step != 0 || tensor.offset > data ||
                tensor.bytes() > data - tensor.offset)
                throw Error(ErrorKind::InvalidFile, messages::ggufOffset, m_origin, tensor.name,
                            tensor.bytes(), tensor.offset, step, data);
            sorted.push_back(&tensor);
        }
        std::ranges::sort(sorted, {}, &GgufTensor::offset);
        for (std::size_t i = 1; i < sorted.size(); ++i) {
            if (sorted[i]->offset - sorted[i - 1]->offset < sorted[i - 1]->bytes())
                throw Error(ErrorKind::InvalidFile, messages::ggufOverlap, m_origin,
                            sorted[i]->name, sorted[i - 1]->name);
        }
    }

    Cursor m_cursor;
    std::uint64_t m_size;
    const std::string &m_origin;
    GgufHeader m_header;
};

} // namespace

std::int64_t GgufTensor::count() const
{
    return std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
}

std::uint64_t GgufTensor::bytes() const
{
    const std::int64_t columns = shape.back();
    return static_cast<std::uint64_t>(ggufBytes(type, count() / columns, columns));
}

const GgufValue *GgufHeader::find(std::string_view key) const
{
    const auto found = std::ranges::find(metadata, key, &std::pair<std::string, GgufValue>::first);
    return found == metadata.end() ? nullptr : &found->second;
}

std::string ggufHeaderText(GgufHeader &header)
{
    std::string text(magic);
    append(text, version);
    append(text, static_cast<std::uint64_t>(header.tensors.size()));
    append(text, static_cast<std::uint64_t>(header.metadata.size()));
    for (const auto &[key, value] : header.metadata) {
        appendText(text, key);
        std::visit(ValueWriter{text}, value);
    }
    std::uint64_t offset = 0;
    for (GgufTensor &tensor : header.tensors) {
        tensor.offset = offset;
        offset = aligned(offset + tensor.bytes());
        appendText(text, tensor.name);
        append(text, static_cast<std::uint32_t>(tensor.shape.size()));
        for (std::size_t i = tensor.shape.size(); i > 0; --i)
            append(text, static_cast<std::uint64_t>(tensor.shape[i - 1]));
        append(text, tensor.type);
        append(text, tensor.offset);
    }
    header.dataBegin = aligned(text.size());
    text.resize(header.dataBegin, '\0');
    return text;
}

GgufHeader parsedGgufHeader(std::span<const std::byte> file, const std::string &origin)
{
    return Parser(file, origin).parse();
}

} // namespace pare

#include "core/tensors/safetensorsheader.h"

#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/tensors/messages.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include <fmt/ranges.h>

namespace pare {

namespace {

using nlohmann::json;

// Both bound the memory a small text can make us take; the largest published files stay far below.
constexpr std::size_t entryLimit = 60'000;
constexpr std::size_t dimensionLimit = 16;
constexpr std::size_t textLimit = 8'000'000;

constexpr std::array<std::string_view, 10> unsupportedTypes{
    "F4", "F6_E2M3", "F6_E3M2", "F8_E5M2", "F8_E4M3", "F8_E8M0", "U16", "U32", "U64", "C64"};

/// A text of the file for a message: one line, not too long.
std::string shown(std::string_view text)
{
    constexpr std::size_t longest = 200;
    std::string result;
    for (std::size_t offset = 0; offset < text.size();) {
        if (result.size() >= longest)
            return result + "…";
        const char32_t c = nextCodePoint(text, offset);
        appendUtf8(result,
                   c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029 ? U'?' : c);
    }
    return result;
}

[[noreturn]] void reject(const char *pattern, const auto &...arguments)
{
    throw Error(ErrorKind::InvalidFile, pattern, arguments...);
}

/// What JSON alone does not rule out, or what the parser would pass over in silence.
void checkText(std::string_view text, const std::string &origin)
{
    if (text.empty() || text.front() != '{')
        reject(messages::safetensorsHeaderStart, origin,
               text.empty() ? -1 : static_cast<int>(static_cast<unsigned char>(text.front())));
    const std::string_view trimmed = text.substr(0, text.find_last_not_of(' ') + 1);
    if (trimmed.back() != '}')
        reject(messages::safetensorsHeaderEnd, origin,
               static_cast<int>(static_cast<unsigned char>(trimmed.back())));
    const auto isControl = [](char c) {
        return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r';
    };
    const auto control = std::ranges::find_if(text, isControl);
    const std::size_t bad = std::min(firstInvalidUtf8(text).value_or(text.size()),
                                     static_cast<std::size_t>(control - text.begin()));
    if (bad < text.size())
        reject(messages::safetensorsHeaderByte, origin,
               static_cast<int>(static_cast<unsigned char>(text[bad])), bad);
    // The parser keeps two copies of the text or number it is in.
    std::size_t length = 0;
    for (std::size_t i = 0; i < trimmed.size(); ++i) {
        length = trimmed[i] == '"' ? 0 : length + 1;
        if (trimmed[i] == '\\')
            ++i;
        if (length > textLimit)
            reject(messages::safetensorsTextTooLong, origin, textLimit);
    }
}

/// Receives the header token by token, so that nothing is kept but what it means and nesting is
/// refused where it goes deeper than the format does.
class HeaderReader final : public nlohmann::json_sax<json>
{
public:
    explicit HeaderReader(const std::string &origin)
        : m_origin(origin)
    {}

    SafetensorsHeader take() { return std::move(m_header); }

    bool null() override { return unexpected("null"); }
    bool boolean(bool value) override { return unexpected(value ? "true" : "false"); }
    bool number_integer(number_integer_t value) override
    {
        return unexpected(std::to_string(value));
    }
    bool number_float(number_float_t, const string_t &text) override
    {
        return unexpected(shown(text));
    }
    bool binary(binary_t &) override { return unexpected("binary data"); }

    bool number_unsigned(number_unsigned_t value) override
    {
        if (m_place == Place::Shape && value <= INT64_MAX) {
            if (m_entry.shape.size() == dimensionLimit)
                reject(messages::safetensorsDimensions, m_origin, shown(m_entry.name),
                       dimensionLimit);
            m_entry.shape.push_back(static_cast<std::int64_t>(value));
            return true;
        }
        if (m_place == Place::Offsets && m_offsets < 2) {
            (m_offsets++ == 0 ? m_entry.begin : m_entry.end) = value;
            return true;
        }
        return unexpected(std::to_string(value));
    }

    bool string(string_t &text) override
    {
        if (m_place == Place::MetadataValue) {
            m_header.metadata.insert_or_assign(m_metadataKey, text);
            m_place = Place::Metadata;
            return true;
        }
        if (m_place != Place::DType)
            return unexpected("a text");
        setDType(text);
        m_place = Place::Entry;
        return true;
    }

    bool start_object(std::size_t) override
    {
        switch (m_place) {
        case Place::Start:
            m_place = Place::Top;
            return true;
        case Place::MetadataStart:
            m_place = Place::Metadata;
            return true;
        case Place::EntryStart:
            m_place = Place::Entry;
            return true;
        default:
            return unexpected("an object");
        }
    }

    bool key(string_t &text) override
    {
        if (m_place == Place::Metadata)
            return metadataKey(text);
        if (m_place == Place::Entry)
            return entryKey(text);
        if (text == "__metadata__") {
            if (m_metadataSeen)
                reject(messages::safetensorsTwice, m_origin, text);
            m_metadataSeen = true;
            m_place = Place::MetadataStart;
            return true;
        }
        if (m_header.tensors.size() == entryLimit)
            throw Error(ErrorKind::Unsupported, messages::safetensorsTooMany, m_origin, entryLimit);
        m_entry = {};
        m_entry.name = text;
        m_seen = {};
        m_offsets = 0;
        m_place = Place::EntryStart;
        return true;
    }

    bool end_object() override
    {
        if (m_place == Place::Entry) {
            for (std::size_t i = 0; i < m_seen.size(); ++i)
                if (!m_seen[i])
                    reject(messages::safetensorsKeyMissing, m_origin, shown(m_entry.name), keys[i]);
            m_entry.shape.shrink_to_fit();
            m_header.tensors.push_back(std::move(m_entry));
        }
        m_place = Place::Top;
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (m_place == Place::ShapeStart)
            m_place = Place::Shape;
        else if (m_place == Place::OffsetsStart)
            m_place = Place::Offsets;
        else
            return unexpected("an array");
        return true;
    }

    bool end_array() override
    {
        if (m_place == Place::Offsets && m_offsets != 2)
            return unexpected(std::to_string(m_offsets) + " numbers");
        m_place = Place::Entry;
        return true;
    }

    bool parse_error(std::size_t position, const std::string &, const json::exception &) override
    {
        reject(messages::safetensorsHeaderJson, m_origin, position);
    }

private:
    enum class Place {
        Start,
        Top,
        MetadataStart,
        Metadata,
        MetadataValue,
        EntryStart,
        Entry,
        DType,
        ShapeStart,
        Shape,
        OffsetsStart,
        Offsets,
    };
    static constexpr std::array<std::string_view, 3> keys{"dtype", "shape", "data_offsets"};

    bool metadataKey(const std::string &text)
    {
        if (m_header.metadata.contains(text))
            reject(messages::safetensorsMetadataTwice, m_origin, shown(text));
        if (m_header.metadata.size() == entryLimit)
            throw Error(ErrorKind::Unsupported, messages::safetensorsTooMany, m_origin, entryLimit);
        m_metadataKey = text;
        m_place = Place::MetadataValue;
        return true;
    }

    bool entryKey(const std::string &text)
    {
        const auto found = std::ranges::find(keys, text);
        if (found == keys.end())
            reject(messages::safetensorsKeyUnknown, m_origin, shown(m_entry.name), shown(text));
        const auto index = static_cast<std::size_t>(found - keys.begin());
        if (m_seen[index])
            reject(messages::safetensorsKeyTwice, m_origin, shown(m_entry.name), text);
        m_seen[index] = true;
        constexpr std::array places{Place::DType, Place::ShapeStart, Place::OffsetsStart};
        m_place = places[index];
        return true;
    }

    void setDType(const std::string &text)
    {
        if (const std::optional<DType> type = dtypeFromSafetensors(text)) {
            m_entry.dtype = *type;
            return;
        }
        if (std::ranges::find(unsupportedTypes, text) != unsupportedTypes.end())
            throw Error(ErrorKind::Unsupported, messages::safetensorsDTypeUnsupported, m_origin,
                        shown(m_entry.name), text);
        reject(messages::safetensorsDTypeInvalid, m_origin, shown(m_entry.name), shown(text));
    }

    bool unexpected(const std::string &found)
    {
        const std::string name = shown(m_entry.name);
        switch (m_place) {
        case Place::Start:
        case Place::Top:
            reject(messages::safetensorsTopLevel, m_origin, found);
        case Place::MetadataStart:
        case Place::Metadata:
        case Place::MetadataValue:
            reject(messages::safetensorsMetadata, m_origin, found);
        case Place::EntryStart:
        case Place::Entry:
            reject(messages::safetensorsEntry, m_origin, name, found);
        case Place::DType:
            reject(messages::safetensorsKeyValue, m_origin, name, "dtype", "a text", found);
        case Place::ShapeStart:
        case Place::Shape:
            reject(messages::safetensorsKeyValue, m_origin, name, "shape",
                   "whole numbers from 0 in one list", found);
        case Place::OffsetsStart:
        case Place::Offsets:
            reject(messages::safetensorsKeyValue, m_origin, name, "data_offsets",
                   "two whole numbers from 0 in one list", found);
        }
        return false;
    }

    const std::string &m_origin;
    SafetensorsHeader m_header;
    Place m_place = Place::Start;
    SafetensorsEntry m_entry;
    std::array<bool, 3> m_seen{};
    int m_offsets = 0;
    bool m_metadataSeen = false;
    std::string m_metadataKey;
};

/// Dimensions of 0 count as 1 here, so that strides can be computed for empty tensors too.
std::optional<std::uint64_t> countOf(const std::vector<std::int64_t> &shape,
                                     std::int64_t elementBytes)
{
    std::int64_t product = elementBytes;
    for (const std::int64_t size : shape)
        if (__builtin_mul_overflow(product, std::max<std::int64_t>(size, 1), &product))
            return std::nullopt;
    const bool empty = std::ranges::find(shape, 0) != shape.end();
    return empty ? 0 : static_cast<std::uint64_t>(product);
}

void checkEntry(const SafetensorsEntry &entry, std::uint64_t dataBytes, const std::string &origin)
{
    const std::optional<std::uint64_t> needed = countOf(entry.shape, sizeOf(entry.dtype));
    if (!needed)
        reject(messages::safetensorsShapeOverflow, origin, shown(entry.name),
               shapeText(entry.shape));
    if (*needed > dataBytes)
        reject(messages::safetensorsShapeTooLarge, origin, shown(entry.name),
               shapeText(entry.shape), *needed, dataBytes);
    if (entry.begin > entry.end || entry.end > dataBytes)
        reject(messages::safetensorsOffsets, origin, shown(entry.name), entry.begin, entry.end,
               dataBytes);
    if (entry.bytes() != *needed)
        reject(messages::safetensorsSize, origin, shown(entry.name), shapeText(entry.shape),
               safetensorsName(entry.dtype), *needed, entry.bytes());
}

void checkLayout(const std::vector<SafetensorsEntry> &tensors, std::uint64_t dataBytes,
                 const std::string &origin)
{
    std::uint64_t expected = 0;
    for (const SafetensorsEntry &entry : tensors) {
        if (entry.begin != expected)
            reject(messages::safetensorsGap, origin, shown(entry.name), entry.begin, expected);
        expected = entry.end;
    }
    if (expected != dataBytes)
        reject(messages::safetensorsTail, origin, expected, dataBytes);
}

} // namespace

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    return fmt::format("[{}]", fmt::join(shape, ", "));
}

SafetensorsHeader parsedSafetensorsHeader(std::string_view text, std::uint64_t dataBytes,
                                          const std::string &origin)
{
    checkText(text, origin);
    HeaderReader reader(origin);
    json::sax_parse(text, &reader);
    SafetensorsHeader header = reader.take();
    for (const SafetensorsEntry &entry : header.tensors)
        checkEntry(entry, dataBytes, origin);

    std::ranges::sort(header.tensors, {}, &SafetensorsEntry::name);
    const auto twice = std::ranges::adjacent_find(header.tensors, {}, &SafetensorsEntry::name);
    if (twice != header.tensors.end())
        reject(messages::safetensorsTwice, origin, shown(twice->name));
    // Stable: empty tensors at one offset stay sorted by name, before the tensor that begins there.
    std::ranges::stable_sort(header.tensors, {}, [](const SafetensorsEntry &entry) {
        return std::pair(entry.begin, entry.end);
    });
    checkLayout(header.tensors, dataBytes, origin);
    return header;
}

} // namespace pare

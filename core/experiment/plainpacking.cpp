#include "core/experiment/plainpacking.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/experiment/messages.h"
#include "core/experiment/plainnumbers.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <functional>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;
using Bytes = std::span<const std::byte>;

std::int64_t bytesFor(std::int64_t codes, int bits)
{
    return (codes * bits + 7) / 8;
}

/// Bit j of the stream is bit j mod 8 of byte j / 8.
unsigned codeAt(Bytes bytes, std::int64_t index, int bits)
{
    unsigned code = 0;
    for (int bit = 0; bit < bits; ++bit) {
        const std::int64_t place = index * bits + bit;
        code |=
            (std::to_integer<unsigned>(bytes[static_cast<std::size_t>(place / 8)]) >> (place % 8) &
             1u)
            << bit;
    }
    return code;
}

/// The fewest bits that number `count` things.
int bitsFor(std::int64_t count)
{
    int bits = 0;
    while ((std::int64_t(1) << bits) < count)
        ++bits;
    return bits;
}

std::int64_t widthOf(const std::string &dtype)
{
    return dtype == "F32" ? 4 : dtype == "F16" || dtype == "BF16" ? 2 : 0;
}

float numberAt(const PlainPacking::Raw &raw, std::int64_t index)
{
    const std::byte *bytes = raw.bytes.data() + index * widthOf(raw.dtype);
    return raw.dtype == "F32"   ? plainFloat(bytes)
           : raw.dtype == "F16" ? plainHalf(bytes)
                                : plainBrainFloat(bytes);
}

/// One factor of a weight, as its description has it.
class PlainFactor
{
public:
    PlainFactor(const PlainPacking &file, const Json &description, const std::string &prefix)
        : m_file(file)
        , m_description(description)
        , m_codec(description.at("codec"))
        , m_prefix(prefix)
        , m_kind(m_codec.at("kind").get<std::string>())
        , m_shape(description.at("shape").get<std::vector<std::int64_t>>())
        , m_columns(m_shape.back())
        , m_count(m_shape.size() == 2 ? m_shape[0] * m_columns : m_columns)
        , m_sharing(sharing())
    {}

    at::Tensor values() const
    {
        at::Tensor values = at::empty(m_shape, at::kFloat);
        const std::string mask = m_description.value("mask", "");
        if (mask == "bitmap" || mask == "indices")
            fillKept(values.data_ptr<float>(), mask == "bitmap" ? bitmap() : listed());
        else
            fillKept(values.data_ptr<float>(), {});
        if (!m_description.value("inputScale", false))
            return values;
        const PlainPacking::Raw scale = halves(".inputScale", m_columns);
        for (std::int64_t i = 0; i < m_count; ++i)
            values.data_ptr<float>()[i] *= numberAt(scale, i % m_columns);
        return values;
    }

private:
    bool isDense() const { return m_kind.ends_with("float32") || m_kind.ends_with("float16"); }

    int bits() const
    {
        return m_kind == "affine"    ? m_codec.at("bits").get<int>()
               : m_kind == "ternary" ? 2
               : m_kind == "binary"  ? m_codec.value("planes", 1)
                                     : bitsFor(m_codec.at("size").get<std::int64_t>());
    }

    PlainPacking::Raw halves(const char *part, std::int64_t count) const
    {
        return m_file.raw(m_prefix + part, 2 * count);
    }

    /// How many weights of a row share a scale; 0: all of the matrix.
    std::int64_t sharing() const
    {
        const auto granularity = m_codec.value("granularity", "tensor");
        return granularity == "tensor"    ? 0
               : granularity == "channel" ? m_columns
                                          : m_codec.at("group").get<std::int64_t>();
    }

    /// Of weight `i`: the number of the scale it has.
    std::int64_t slotOf(std::int64_t i) const
    {
        if (m_sharing == 0)
            return 0;
        const std::int64_t slotsOfRow = (m_columns + m_sharing - 1) / m_sharing;
        return i / m_columns * slotsOfRow + i % m_columns / m_sharing;
    }

    std::vector<bool> bitmap() const
    {
        const Bytes bytes = m_file.raw(m_prefix + ".mask", bytesFor(m_count, 1)).bytes;
        std::vector<bool> kept;
        for (std::int64_t i = 0; i < m_count; ++i)
            kept.push_back(codeAt(bytes, i, 1) != 0);
        return kept;
    }

    std::vector<bool> listed() const
    {
        const int width = m_columns < 256 ? 1 : m_columns < 65536 ? 2 : 4;
        const std::int64_t rows = m_count / m_columns;
        const Bytes counts = m_file.raw(m_prefix + ".counts", rows * width).bytes;
        const Bytes columns = m_file.raw(m_prefix + ".columns").bytes;
        std::vector<bool> kept(static_cast<std::size_t>(m_count));
        std::int64_t done = 0;
        for (std::int64_t row = 0; row < rows; ++row) {
            const auto own =
                static_cast<std::int64_t>(plainInteger(counts.data() + row * width, width));
            for (std::int64_t i = 0; i < own; ++i, ++done) {
                m_file.raw(m_prefix + ".columns", bytesFor(done + 1, bitsFor(m_columns)));
                const std::int64_t column = codeAt(columns, done, bitsFor(m_columns));
                kept.at(static_cast<std::size_t>(row * m_columns + column)) = true;
            }
        }
        return kept;
    }

    /// `kept` empty: all of them.
    void fillKept(float *values, const std::vector<bool> &kept) const
    {
        const auto isKept = [&](std::int64_t i) {
            return kept.empty() || kept[static_cast<std::size_t>(i)];
        };
        const std::int64_t codes =
            kept.empty() ? m_count : std::count(kept.begin(), kept.end(), true);
        const std::function<float(std::int64_t weight, std::int64_t code)> value =
            isDense() ? denseValue(codes, kept.empty()) : codedValue(codes);
        std::int64_t code = 0;
        for (std::int64_t i = 0; i < m_count; ++i)
            values[i] = isKept(i) ? value(i, code++) : 0;
    }

    std::function<float(std::int64_t, std::int64_t)> denseValue(std::int64_t codes,
                                                                bool isWhole) const
    {
        const std::string name = isWhole ? m_prefix : m_prefix + ".codes";
        const std::int64_t width = widthOf(m_file.raw(name).dtype);
        const PlainPacking::Raw raw = m_file.raw(name, codes * width);
        return [raw, isNumber = width > 0](std::int64_t, std::int64_t code) {
            return isNumber ? numberAt(raw, code) : NAN;
        };
    }

    std::function<float(std::int64_t, std::int64_t)> codedValue(std::int64_t codes) const
    {
        const Bytes packed = m_file.raw(m_prefix + ".codes", bytesFor(codes, bits())).bytes;
        const std::int64_t slots = slotOf(m_count - 1) + 1;
        if (m_kind == "codebook") {
            const auto size = m_codec.at("size").get<std::int64_t>();
            return [this, packed, size, bits = bits(),
                    book = halves(".codebook", slots * size)](std::int64_t i, std::int64_t code) {
                const std::int64_t entry = codeAt(packed, code, bits);
                return entry < size ? numberAt(book, slotOf(i) * size + entry) : NAN;
            };
        }
        const int planes = m_codec.value("planes", 1);
        const bool hasZeros = m_kind == "affine" && !m_codec.at("symmetric").get<bool>();
        const Bytes zeros =
            hasZeros ? m_file.raw(m_prefix + ".zeros", bytesFor(slots, bits())).bytes : Bytes();
        return [this, packed, zeros, slots, planes, bits = bits(), isBinary = m_kind == "binary",
                isTernary = m_kind == "ternary",
                scales = halves(".scales", slots * planes)](std::int64_t i, std::int64_t code) {
            const auto number = static_cast<int>(codeAt(packed, code, bits));
            const std::int64_t slot = slotOf(i);
            if (isBinary) {
                float sum = 0;
                for (int plane = 0; plane < planes; ++plane)
                    sum += numberAt(scales, plane * slots + slot) *
                           static_cast<float>(2 * (number >> plane & 1) - 1);
                return sum;
            }
            const int zero = isTernary       ? 1
                             : zeros.empty() ? 1 << (bits - 1)
                                             : static_cast<int>(codeAt(zeros, slot, bits));
            return numberAt(scales, slot) * static_cast<float>(number - zero);
        };
    }

    const PlainPacking &m_file;
    const Json &m_description;
    const Json &m_codec;
    const std::string &m_prefix;
    std::string m_kind;
    std::vector<std::int64_t> m_shape;
    std::int64_t m_columns;
    std::int64_t m_count;
    std::int64_t m_sharing;
};

} // namespace

PlainPacking::PlainPacking(const std::filesystem::path &path)
    : m_file(path)
{
    const Bytes bytes = m_file.bytes();
    const std::uint64_t length = bytes.size() < 8 ? UINT64_MAX : plainInteger(bytes.data(), 8);
    if (bytes.size() < 8 || length > bytes.size() - 8)
        throw Error(ErrorKind::InvalidFile, messages::exportPackingEnds, path, "header");
    m_begin = 8 + length;
    m_header = parsedJson({reinterpret_cast<const char *>(bytes.data()) + 8, length});
    m_packing = Json::object();
    if (const auto metadata = m_header.find("__metadata__"); metadata != m_header.end()) {
        if (metadata->contains("pare"))
            m_packing = parsedJson(metadata->at("pare").get<std::string>()).at("layers");
        m_header.erase("__metadata__");
    }
}

const Json *PlainPacking::packingOf(const std::string &layer) const
{
    const auto found = m_packing.find(layer);
    return found == m_packing.end() ? nullptr : &*found;
}

PlainPacking::Raw PlainPacking::raw(const std::string &name, std::int64_t least) const
{
    const auto found = m_header.find(name);
    if (found == m_header.end())
        throw Error(ErrorKind::InvalidFile, messages::exportTensorGone, name);
    m_read.insert(name);
    const auto begin = found->at("data_offsets").at(0).get<std::uint64_t>();
    const auto end = found->at("data_offsets").at(1).get<std::uint64_t>();
    const Bytes bytes = m_file.bytes();
    if (begin > end || end > bytes.size() - m_begin ||
        static_cast<std::int64_t>(end - begin) < least)
        throw Error(ErrorKind::InvalidFile, messages::exportPackingEnds, m_file.path(), name);
    return {bytes.subspan(m_begin + begin, end - begin), found->at("dtype").get<std::string>()};
}

at::Tensor PlainPacking::factor(const Json &description, const std::string &prefix) const
{
    return PlainFactor(*this, description, prefix).values();
}

at::Tensor PlainPacking::tensor(const std::string &name) const
{
    raw(name);
    return factor({{"shape", m_header.at(name).at("shape")}, {"codec", {{"kind", "float32"}}}},
                  name);
}

std::vector<std::int64_t> PlainPacking::indices(const std::string &name) const
{
    const Bytes bytes = raw(name).bytes;
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i + 4 <= bytes.size(); i += 4)
        numbers.push_back(static_cast<std::int64_t>(plainInteger(bytes.data() + i, 4)));
    return numbers;
}

std::vector<std::string> PlainPacking::unread() const
{
    std::vector<std::string> names;
    for (const auto &[name, entry] : m_header.items()) {
        if (!m_read.contains(name))
            names.push_back(name);
    }
    return names;
}

} // namespace pare

// What can go wrong with an exported file, done to the bytes of one that is right.
#pragma once

#include "core/base/files.h"
#include "core/checkpoint/densemodel.h"
#include "core/experiment/exporting.h"

#include <cstring>
#include <nlohmann/json.hpp>
#include <string>

namespace pare::test {

inline std::string rawBytes(const at::Tensor &tensor)
{
    const at::Tensor own = tensor.contiguous();
    return {static_cast<const char *>(own.data_ptr()), own.nbytes()};
}

/// Where `bytes` stand, which are there; other bytes of the same length take their place.
inline void replaceAt(std::string &content, const std::string &bytes, const std::string &by,
                      std::size_t from = 0)
{
    const std::size_t place = content.find(bytes, from);
    if (place == content.npos || by.size() != bytes.size())
        throw std::runtime_error("the bytes to be changed are not there");
    content.replace(place, by.size(), by);
}

inline void exchange(std::string &content, const std::string &one, const std::string &other)
{
    const std::size_t first = content.find(one), second = content.find(other);
    if (first == content.npos || second == content.npos || one.size() != other.size())
        throw std::runtime_error("the bytes to be exchanged are not there");
    content.replace(first, one.size(), other);
    content.replace(second, one.size(), one);
}

/// All bytes of a matrix of Q8_0: 32 codes behind each scale.
inline std::string q8Bytes(const Factor &factor)
{
    const at::Tensor scales = factor.scales().scales.contiguous();
    const at::Tensor codes = factor.codes().contiguous();
    const auto *scale = static_cast<const char *>(scales.data_ptr());
    const auto *code = codes.data_ptr<std::uint8_t>();
    std::string bytes;
    for (std::int64_t block = 0; block < scales.numel(); ++block) {
        bytes.append(scale + 2 * block, 2);
        for (int i = 0; i < 32; ++i)
            bytes += static_cast<char>(code[32 * block + i] - 128);
    }
    return bytes;
}

/// The JSON at the head of a safetensors file changed, its tensors where they were.
template <class Change>
void changeHeader(std::string &content, const Change &change)
{
    std::uint64_t length = 0;
    std::memcpy(&length, content.data(), sizeof(length));
    auto header = nlohmann::ordered_json::parse(content.substr(8, length));
    change(header);
    std::string text = header.dump();
    text.resize((text.size() + 7) / 8 * 8, ' ');
    const std::uint64_t now = text.size();
    content.replace(8, length, text);
    std::memcpy(content.data(), &now, sizeof(now));
}

/// Of a GGUF file, from the length of its name on: what stands at the head for a tensor.
inline std::size_t ggufEntry(const std::string &content, const std::string &name)
{
    const std::uint64_t length = name.size();
    std::string entry(reinterpret_cast<const char *>(&length), sizeof(length));
    const std::size_t place = content.find(entry + name);
    if (place == content.npos)
        throw std::runtime_error("no tensor " + name);
    return place;
}

inline std::uint32_t crc32(std::string_view bytes)
{
    std::uint32_t sum = ~0u;
    for (const char byte : bytes) {
        sum ^= static_cast<std::uint8_t>(byte);
        for (int bit = 0; bit < 8; ++bit)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320u : 0);
    }
    return ~sum;
}

/// The checksums of a zip archive made right again, so that they tell of nothing.
inline void repairChecksums(std::string &archive)
{
    const auto number = [&]<class Number>(std::size_t at, Number value) {
        std::memcpy(&value, archive.data() + at, sizeof(value));
        return value;
    };
    for (std::size_t entry = archive.find("PK\1\2"); entry != archive.npos;
         entry = archive.find("PK\1\2", entry + 4)) {
        const std::size_t local = number(entry + 42, std::uint32_t{});
        if (number(entry + 10, std::uint16_t{}) != 0 || archive.substr(local, 4) != "PK\3\4")
            continue;
        const std::size_t begin =
            local + 30 + number(local + 26, std::uint16_t{}) + number(local + 28, std::uint16_t{});
        const std::uint32_t sum =
            crc32(std::string_view(archive).substr(begin, number(entry + 20, std::uint32_t{})));
        std::memcpy(archive.data() + entry + 16, &sum, sizeof(sum));
        if (number(local + 14, std::uint32_t{}) != 0)
            std::memcpy(archive.data() + local + 14, &sum, sizeof(sum));
    }
}

} // namespace pare::test

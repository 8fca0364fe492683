#include "core/base/sha256.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>
#include <nettle/sha2.h>

namespace pare {

std::string sha256Of(std::span<const std::byte> bytes, const std::function<void()> &taken)
{
    constexpr std::size_t stretch = std::size_t(16) << 20;
    sha256_ctx context;
    sha256_init(&context);
    while (!bytes.empty()) {
        const auto part = bytes.first(std::min(bytes.size(), stretch));
        sha256_update(&context, part.size(), reinterpret_cast<const std::uint8_t *>(part.data()));
        bytes = bytes.subspan(part.size());
        if (taken)
            taken();
    }
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest;
    sha256_digest(&context, digest.size(), digest.data());
    std::string hex;
    for (const std::uint8_t byte : digest)
        hex += fmt::format("{:02x}", byte);
    return hex;
}

} // namespace pare

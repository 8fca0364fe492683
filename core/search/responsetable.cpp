#include "core/search/responsetable.h"

#include "core/base/hash.h"

namespace pare {

std::string ResponseTable::hash() const
{
    Hasher hasher;
    hasher.add(modelHash).add(dataHash).add(bytes);
    hasher.add(std::as_bytes(std::span(original.logits)));
    hasher.add(std::as_bytes(std::span(original.gold)));
    for (const Response &response : responses) {
        hasher.add(response.id).add(response.place).add(response.bytes);
        hasher.add(std::as_bytes(std::span(&response.weightError, 1)));
        const double outputs = response.outputError.value_or(-1);
        hasher.add(std::as_bytes(std::span(&outputs, 1)));
        hasher.add(std::as_bytes(std::span(response.changes)));
    }
    return hasher.hex();
}

} // namespace pare

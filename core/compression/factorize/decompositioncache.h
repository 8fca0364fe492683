// Keeps decompositions by the content of their matrix, so that a sweep over ranks, or a slider,
// decomposes a matrix once. Thread-safe; owned by whoever runs several recipes on one model. When
// it is full, what was used longest ago goes.
#pragma once

#include "core/compression/factorize/svd.h"

#include <list>
#include <map>
#include <mutex>
#include <string>

namespace pare {

class DecompositionCache
{
public:
    explicit DecompositionCache(std::int64_t maximumBytes = 256'000'000);

    /// As pare::decomposed(), which runs outside the lock and only for a matrix that is not there.
    Decomposition decomposed(const at::Tensor &matrix, Progress &progress);

    std::int64_t bytes() const;
    /// How often a matrix had to be decomposed.
    std::int64_t misses() const;

private:
    struct Entry
    {
        std::string key;
        Decomposition decomposition;
    };

    void insert(const std::string &key, const Decomposition &decomposition);

    const std::int64_t m_maximumBytes;
    mutable std::mutex m_mutex;
    std::list<Entry> m_entries; ///< latest used first
    std::map<std::string, std::list<Entry>::iterator> m_index;
    std::int64_t m_bytes = 0;
    std::int64_t m_misses = 0;
};

} // namespace pare

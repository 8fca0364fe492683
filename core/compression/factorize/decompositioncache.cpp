#include "core/compression/factorize/decompositioncache.h"

#include "core/base/hash.h"
#include "core/tensors/tensor.h"

namespace pare {

namespace {

std::string keyOf(const at::Tensor &matrix)
{
    const at::Tensor contiguous = matrix.contiguous();
    return Hasher().add(matrix.size(0)).add(matrix.size(1)).add(bytesOf(contiguous)).hex();
}

} // namespace

DecompositionCache::DecompositionCache(std::int64_t maximumBytes)
    : m_maximumBytes(maximumBytes)
{}

Decomposition DecompositionCache::decomposed(const at::Tensor &matrix, Progress &progress)
{
    const std::string key = keyOf(matrix);
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_index.find(key); found != m_index.end()) {
            m_entries.splice(m_entries.begin(), m_entries, found->second);
            return found->second->decomposition;
        }
        ++m_misses;
    }
    const Decomposition decomposition = pare::decomposed(matrix, progress);
    insert(key, decomposition);
    return decomposition;
}

void DecompositionCache::insert(const std::string &key, const Decomposition &decomposition)
{
    const std::lock_guard lock(m_mutex);
    if (m_index.contains(key) || decomposition.bytes() > m_maximumBytes)
        return;
    m_entries.push_front({key, decomposition});
    m_index.emplace(key, m_entries.begin());
    m_bytes += decomposition.bytes();
    while (m_bytes > m_maximumBytes) {
        m_bytes -= m_entries.back().decomposition.bytes();
        m_index.erase(m_entries.back().key);
        m_entries.pop_back();
    }
}

std::int64_t DecompositionCache::bytes() const
{
    const std::lock_guard lock(m_mutex);
    return m_bytes;
}

std::int64_t DecompositionCache::misses() const
{
    const std::lock_guard lock(m_mutex);
    return m_misses;
}

} // namespace pare

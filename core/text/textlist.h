// Many short texts in one buffer: a byte per byte and four for each text. A value; any thread may
// read it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pare {

class TextList
{
public:
    void reserve(std::size_t texts, std::size_t bytes);
    /// Throws Unsupported where all texts together would pass 4 GiB.
    void add(std::string_view text);

    std::size_t size() const { return m_ends.size(); }
    bool empty() const { return m_ends.empty(); }
    /// Valid until the list changes or goes.
    std::string_view operator[](std::size_t index) const
    {
        const std::uint32_t begin = index == 0 ? 0 : m_ends[index - 1];
        return {m_bytes.data() + begin, m_ends[index] - begin};
    }

    bool operator==(const TextList &) const = default;

private:
    std::string m_bytes;
    std::vector<std::uint32_t> m_ends;
};

} // namespace pare

#include "core/text/textlist.h"

#include "core/base/error.h"
#include "core/text/messages.h"

#include <limits>

namespace pare {

void TextList::reserve(std::size_t texts, std::size_t bytes)
{
    m_ends.reserve(texts);
    m_bytes.reserve(bytes);
}

void TextList::add(std::string_view text)
{
    if (text.size() > std::numeric_limits<std::uint32_t>::max() - m_bytes.size())
        throw Error(ErrorKind::Unsupported, messages::tooMuchText);
    m_bytes += text;
    m_ends.push_back(static_cast<std::uint32_t>(m_bytes.size()));
}

} // namespace pare

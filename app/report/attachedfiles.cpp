#include "app/report/attachedfiles.h"

#include <algorithm>
#include <array>
#include <optional>
#include <zlib.h>

namespace pare {

namespace {

constexpr std::string_view begin = "stream";
constexpr std::string_view end = "endstream";

/// Inflates piece by piece, so that what would grow without bounds is left early.
class Inflater
{
public:
    explicit Inflater(std::string_view data)
    {
        // zlib does not write to what it reads from.
        m_stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
        m_stream.avail_in = static_cast<uInt>(data.size());
        m_ready = inflateInit(&m_stream) == Z_OK;
    }
    ~Inflater()
    {
        if (m_ready)
            inflateEnd(&m_stream);
    }
    Inflater(const Inflater &) = delete;
    Inflater &operator=(const Inflater &) = delete;

    /// The whole; nothing where it is damaged, no JSON object, or longer than `limit`.
    std::optional<std::string> object(std::size_t limit)
    {
        std::string text;
        std::array<char, 16384> piece{};
        int result = m_ready ? Z_OK : Z_DATA_ERROR;
        while (result == Z_OK) {
            m_stream.next_out = reinterpret_cast<Bytef *>(piece.data());
            m_stream.avail_out = static_cast<uInt>(piece.size());
            result = inflate(&m_stream, Z_NO_FLUSH);
            text.append(piece.data(), piece.size() - m_stream.avail_out);
            if (text.size() > limit || (!text.empty() && text.front() != '{'))
                return std::nullopt;
        }
        if (result != Z_STREAM_END || text.empty())
            return std::nullopt;
        return text;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

std::optional<std::string> objectIn(std::string_view data, std::size_t limit)
{
    if (data.starts_with('{'))
        return data.size() <= limit ? std::optional(std::string(data)) : std::nullopt;
    return Inflater(data).object(limit);
}

} // namespace

std::vector<std::string> attachedFiles(std::string_view pdf, std::size_t limit)
{
    std::vector<std::string> files;
    std::size_t at = pdf.find(begin);
    while (at != std::string_view::npos) {
        std::size_t from = at + begin.size();
        from += pdf.substr(from).starts_with("\r\n") ? 2 : 1;
        const std::size_t to = pdf.find(end, std::min(from, pdf.size()));
        if (to == std::string_view::npos)
            break;
        if (auto file = objectIn(pdf.substr(from, to - from), limit)) {
            limit -= file->size();
            files.push_back(std::move(*file));
        }
        at = pdf.find(begin, to + end.size());
    }
    return files;
}

} // namespace pare

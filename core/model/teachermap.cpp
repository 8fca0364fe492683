#include "core/model/teachermap.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/model/messages.h"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <limits>
#include <optional>

namespace pare {

namespace {

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\n\r";
    const std::size_t first = text.find_first_not_of(space);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::optional<int> layerNumber(std::string_view text)
{
    const std::optional<std::int64_t> number = parseInteger(trimmed(text));
    if (!number || *number < 0 || *number > std::numeric_limits<int>::max())
        return {};
    return static_cast<int>(*number);
}

LayerPair parsedPair(std::string_view text)
{
    const std::size_t colon = text.find(':');
    if (colon != std::string_view::npos) {
        const std::optional<int> student = layerNumber(text.substr(0, colon));
        const std::optional<int> teacher = layerNumber(text.substr(colon + 1));
        if (student && teacher)
            return {*student, *teacher};
    }
    throw Error(ErrorKind::InvalidSetting, messages::teacherMapPair, text);
}

/// g(m), both from 1.
int teacherOf(TeacherMapKind kind, int m, const TeachingDepths &depths)
{
    switch (kind) {
    case TeacherMapKind::Uniform:
    case TeacherMapKind::Skip:
        return static_cast<int>(static_cast<std::int64_t>(m) * depths.teacher / depths.student);
    case TeacherMapKind::Top:
    case TeacherMapKind::Last:
        return m + depths.teacher - depths.student;
    case TeacherMapKind::Bottom:
        break;
    }
    return m;
}

} // namespace

std::string_view nameOf(TeacherMapKind kind)
{
    switch (kind) {
    case TeacherMapKind::Uniform:
        return "uniform";
    case TeacherMapKind::Top:
        return "top";
    case TeacherMapKind::Bottom:
        return "bottom";
    case TeacherMapKind::Skip:
        return "skip";
    case TeacherMapKind::Last:
        break;
    }
    return "last";
}

TeacherMap::TeacherMap(std::vector<LayerPair> pairs)
    : m_pairs(std::move(pairs))
{
    std::ranges::sort(m_pairs);
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        const LayerPair &pair = m_pairs[i];
        if (pair.student < 0 || pair.teacher < 0)
            throw Error(ErrorKind::InvalidSetting, messages::teacherMapPair,
                        fmt::format("{}:{}", pair.student, pair.teacher));
        if (i > 0 && m_pairs[i - 1].student == pair.student)
            throw Error(ErrorKind::InvalidSetting, messages::teacherMapTwice, pair.student);
    }
}

TeacherMap TeacherMap::of(TeacherMapKind kind, const TeachingDepths &depths)
{
    assert(depths.student > 0 && depths.teacher > 0);
    if (depths.student > depths.teacher)
        throw Error(ErrorKind::InvalidSetting, messages::teacherMapDeeper, nameOf(kind),
                    depths.teacher, depths.student);
    const bool withoutLast = kind == TeacherMapKind::Skip || kind == TeacherMapKind::Last;
    const int count = depths.student - (withoutLast ? 1 : 0);
    if (count == 0)
        throw Error(ErrorKind::InvalidSetting, messages::teacherMapNoLayer, nameOf(kind));
    std::vector<LayerPair> pairs;
    for (int m = 1; m <= count; ++m)
        pairs.push_back({m - 1, teacherOf(kind, m, depths) - 1});
    return TeacherMap(std::move(pairs));
}

TeacherMap TeacherMap::parsed(std::string_view text)
{
    std::vector<LayerPair> pairs;
    for (std::size_t first = 0; first <= text.size();) {
        const std::size_t comma = std::min(text.find(',', first), text.size());
        pairs.push_back(parsedPair(trimmed(text.substr(first, comma - first))));
        first = comma + 1;
    }
    return TeacherMap(std::move(pairs));
}

TeacherMap TeacherMap::parsed(std::string_view text, const TeachingDepths &depths)
{
    for (const TeacherMapKind kind : teacherMapKinds) {
        if (trimmed(text) == nameOf(kind))
            return of(kind, depths);
    }
    TeacherMap map = parsed(text);
    map.check(depths);
    return map;
}

std::string TeacherMap::text() const
{
    std::string result;
    for (const LayerPair &pair : m_pairs)
        result += fmt::format("{}{}:{}", result.empty() ? "" : ",", pair.student, pair.teacher);
    return result;
}

void TeacherMap::check(const TeachingDepths &depths) const
{
    if (m_pairs.empty())
        throw Error(ErrorKind::InvalidSetting, messages::teacherMapEmpty);
    for (const LayerPair &pair : m_pairs) {
        if (pair.student >= depths.student)
            throw Error(ErrorKind::InvalidSetting, messages::teacherMapStudent, text(),
                        depths.student - 1, pair.student);
        if (pair.teacher >= depths.teacher)
            throw Error(ErrorKind::InvalidSetting, messages::teacherMapTeacher, text(),
                        depths.teacher - 1, pair.teacher);
    }
}

} // namespace pare

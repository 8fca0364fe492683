#include "core/model/selection.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/model/messages.h"

#include <algorithm>
#include <climits>

namespace pare {

namespace {

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::vector<std::string> split(std::string_view text, char separator)
{
    std::vector<std::string> parts;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = text.find(separator, begin);
        parts.emplace_back(trimmed(text.substr(begin, end - begin)));
        if (end == std::string_view::npos)
            return parts;
        begin = end + 1;
    }
}

std::vector<std::string_view> words(std::string_view text)
{
    std::vector<std::string_view> result;
    while (!(text = trimmed(text)).empty()) {
        const std::size_t end = std::min(text.find_first_of(" \t\n"), text.size());
        result.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return result;
}

int blockNumber(std::string_view text, std::string_view term)
{
    const auto number = parseInteger(text);
    if (!number || *number < 0 || *number > 1'000'000)
        throw Error(ErrorKind::InvalidSetting, messages::selectionBlock, term, text);
    return static_cast<int>(*number);
}

} // namespace

bool globMatches(std::string_view pattern, std::string_view text)
{
    // Iterative with one backtrack point: linear for one star, no exponential patterns.
    std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t]) &&
            pattern[p] != '*') {
            ++p;
            ++t;
        } else if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

Selection::Term Selection::parsedTerm(std::string_view text)
{
    Term term;
    std::string_view rest = trimmed(text);
    if (rest.starts_with("not ")) {
        term.negated = true;
        rest = trimmed(rest.substr(4));
    }
    const std::size_t equals = rest.find('=');
    if (equals != std::string_view::npos) {
        const std::string_view key = trimmed(rest.substr(0, equals));
        if (key == "role")
            term.key = Key::Role;
        else if (key == "block")
            term.key = Key::Block;
        else if (key == "stack")
            term.key = Key::Stack;
        else
            throw Error(ErrorKind::InvalidSetting, messages::selectionKey, text, key);
        rest = rest.substr(equals + 1);
    }
    term.values = split(rest, ',');
    for (const std::string &value : term.values) {
        if (value.empty() || value.find_first_of(" \t\n") != std::string::npos)
            throw Error(ErrorKind::InvalidSetting, messages::selectionEmpty, text);
        if (term.key == Key::Role && !layerRoleFromName(value))
            throw Error(ErrorKind::InvalidSetting, messages::selectionRole, text, value,
                        layerRoleNames());
        if (term.key == Key::Block) {
            const std::size_t dash = value.find('-');
            const std::string_view view = value;
            const int first = blockNumber(view.substr(0, dash), text);
            const int last =
                dash == std::string::npos ? first : blockNumber(view.substr(dash + 1), text);
            if (last < first)
                throw Error(ErrorKind::InvalidSetting, messages::selectionBlock, text, value);
            term.blocks.push_back({first, last});
        }
    }
    return term;
}

Selection Selection::parsed(std::string_view text)
{
    Selection selection;
    std::string term;
    const auto finishTerm = [&] {
        selection.m_terms.push_back(parsedTerm(term));
        term.clear();
    };
    for (const std::string_view word : words(text)) {
        if (!selection.m_text.empty())
            selection.m_text += ' ';
        selection.m_text += word;
        if (word == "and") {
            finishTerm();
        } else {
            if (!term.empty())
                term += ' ';
            term += word;
        }
    }
    if (selection.m_text.empty())
        throw Error(ErrorKind::InvalidSetting, messages::selectionEmpty, text);
    finishTerm();
    return selection;
}

bool Selection::matches(const Term &term, const Layer &layer)
{
    switch (term.key) {
    case Key::Name:
        return std::ranges::any_of(term.values, [&](const std::string &glob) {
            return globMatches(glob, layer.name) ||
                   std::ranges::any_of(layer.tensors, [&](const TensorSource &tensor) {
                       return globMatches(glob, tensor.name);
                   });
        });
    case Key::Role:
        return std::ranges::any_of(
            term.values, [&](const std::string &role) { return nameOf(layer.role) == role; });
    case Key::Stack:
        return std::ranges::find(term.values, layer.stack) != term.values.end();
    case Key::Block:
        return std::ranges::any_of(term.blocks, [&](const Range &range) {
            return layer.block >= range.first && layer.block <= range.last;
        });
    }
    return false;
}

bool Selection::matches(const Layer &layer) const
{
    return std::ranges::all_of(
        m_terms, [&](const Term &term) { return matches(term, layer) != term.negated; });
}

} // namespace pare

// Which layers a step touches: TERM (and TERM)*, as HACKING.md defines it.
//
//   TERM = [not] glob[,glob…]                     *.attention.*  encoder.3.ffn.up
//        | [not] role=R[,R…] | block=0,2-5 | stack=encoder
#pragma once

#include "core/model/layer.h"

#include <string>
#include <string_view>
#include <vector>

namespace pare {

class Selection
{
public:
    /// Everything.
    Selection() = default;

    /// Throws InvalidSetting naming the part that cannot be read.
    static Selection parsed(std::string_view text);

    bool matches(const Layer &layer) const;

    /// As written, white space folded; empty: everything.
    const std::string &text() const { return m_text; }
    bool operator==(const Selection &other) const { return m_text == other.m_text; }

private:
    enum class Key { Name, Role, Block, Stack };
    struct Range
    {
        int first;
        int last;
    };
    struct Term
    {
        bool negated = false;
        Key key = Key::Name;
        std::vector<std::string> values;
        std::vector<Range> blocks;
    };

    static Term parsedTerm(std::string_view text);
    static bool matches(const Term &term, const Layer &layer);

    std::string m_text;
    std::vector<Term> m_terms;
};

/// Whether `text` matches `pattern`, where `*` stands for any characters (dots too) and `?` for
/// one.
bool globMatches(std::string_view pattern, std::string_view text);

} // namespace pare

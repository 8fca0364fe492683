// A number that each layer of a map has: what the map can be coloured by, a column of its table and
// a word of its search. A plain value; any thread.
#pragma once

#include <QString>
#include <string>
#include <vector>

namespace pare {

enum class ValueScale {
    FromZero,
    Logarithmic, ///< equal factors get equal steps
    Centred,     ///< of a difference: both ways from 0
};

struct LayerMeasure
{
    std::string key; ///< as the search spells it: "kurtosis"
    QString title;   ///< "weight error"
    QString unit;    ///< "%", or empty
    ValueScale scale = ValueScale::FromZero;
    int decimals = 2;   ///< at most
    QString less = {};  ///< what numbers below zero mean, of a centred scale: "smaller in B"
    QString more = {};  ///< … and those above
    QString about = {}; ///< what it compares: "A: the original, B: 4 bits"; empty: nothing
    std::vector<double> values = {}; ///< of each cell; NaN: not known
};

} // namespace pare

// Taking a Weight apart by its form; only for the .cpp files of this folder.
#pragma once

#include "core/weights/weight.h"

namespace pare {

template <class... Visitors>
struct Overloaded : Visitors...
{
    using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

/// The result of the visitor for the form `weight` has.
template <class... Visitors>
auto match(const Weight &weight, const Visitors &...visitors)
{
    return std::visit(Overloaded{visitors...}, weight);
}

} // namespace pare

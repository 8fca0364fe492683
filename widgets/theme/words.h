// What core says, in the person's language. Free functions; window's thread.
#pragma once

#include "core/model/names.h"

#include <QString>

namespace pare {

/// The pattern is translated, then the arguments stand in it as they are.
QString translated(const Message &message);
/// A name of a step, a recipe or a run; arguments that are words of the table are translated too.
QString translated(const NameParts &name);

template <class Named>
QString translatedName(const Named &named)
{
    return translated(nameParts(named));
}

} // namespace pare

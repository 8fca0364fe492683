// What core says, in the person's language. Free functions; window's thread.
#pragma once

#include "core/model/names.h"

#include <QString>
#include <cstdint>

class QLocale;

namespace pare {

/// The pattern is translated, then the arguments stand in it as they are.
QString translated(const Message &message);
/// A name of a step, a recipe or a run; arguments that are words of the table are translated too.
QString translated(const NameParts &name);

/// The form of the window's numbers; as in English until it is called. What is typed or copied as a
/// command keeps the form of the command line.
void setNumberLocale(const QLocale &locale);
/// "91.3", "91,3"
QString numberText(double value, int decimals);
/// What was measured, or predicted, as a share, with both ends of its interval, which is not the same to both sides:
/// "98.0 % (95.0 … 99.2)".
QString shareText(const Interval &share);
/// The ends alone: "95.0 … 99.2".
QString endsText(const Interval &share);
/// "2,824", "2.824"
QString countText(std::int64_t count);
/// Of a number that stands there with a decimal point.
QString numberInLocale(QString number);

/// "Low rank, 50 % kept" of what stands at the beginning of a line.
QString atBeginning(QString text);

template <class Named>
QString translatedName(const Named &named)
{
    return translated(nameParts(named));
}

} // namespace pare

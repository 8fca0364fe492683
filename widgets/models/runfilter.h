// Which runs a line of words and conditions means: "4 bits accuracy>90 bytes<4MB tag:paper".
//
// Words are looked for in recipe, note and tags; all of the line must hold. A `-` before a part
// turns it round. Plain values; any thread.
#pragma once

#include "core/model/run.h"
#include "core/model/runnote.h"

#include <QString>
#include <vector>

namespace pare {

struct RunFilter
{
    enum class Field {
        Anything, ///< of recipe, note, tags and id
        Recipe,
        Note,
        Tag, ///< one as a whole; others are found in parts
        Id,
        Bytes,
        Accuracy, ///< of the primary metric, in per cent, as the loyalty
        Loyalty,
        Milliseconds,
        Changed,
        Parameters,
        MultiplyAdds,
    };
    enum class Relation { Contains, Less, LessOrEqual, Equal, GreaterOrEqual, Greater };
    struct Condition
    {
        Field field = Field::Anything;
        Relation relation = Relation::Contains;
        QString text = {};
        double number = 0;
        bool negated = false;
    };
    std::vector<Condition> conditions;
    QString
        problem; ///< what of the line could not be read; empty: nothing. It filters by the rest.

    bool accepts(const Run &run, const RunNote &note) const;
};

/// Quotation marks keep words together: note:"too coarse". Units: B, kB, MB, GB, k, M, G, %, ms.
RunFilter parsedRunFilter(const QString &line);

} // namespace pare

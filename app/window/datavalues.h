// What fields for data say of them: what they hold, or why they cannot be used. Free functions; window's
// thread.
#pragma once

#include "app/document/documentvalues.h"
#include "widgets/panels/datafield.h"
#include "widgets/panels/noticebar.h"

namespace pare {

class Document;

/// "200 examples, 4 of 8 labels"
QString heldText(const DataDescription &told);

/// Below the choice: what is there, what is looked at, or why it was not taken.
void tellData(DataFieldData &field, const DataState &state);

/// Said while no data are chosen.
Notice missingData();

/// Why the recipe cannot be measured on the data as they are; nothing: no reason is known. While none are
/// chosen, why those that were to be chosen last cannot be used.
std::optional<Message> dataProblem(const Document &document);

} // namespace pare

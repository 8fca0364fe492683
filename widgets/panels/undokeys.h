// Undo and redo by keys belong to the document, also while a number field has the focus: what is
// typed there is a choice as soon as it stands, and the field's own history would hide it.
#pragma once

class QAbstractSpinBox;

namespace pare {

/// From now on the field passes those keys on to the window.
void passUndoOn(QAbstractSpinBox *field);

} // namespace pare

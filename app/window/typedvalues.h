// What people typed and chose in the fields of a view, by the fields' object names: for a view that is
// made anew, and must not forget what was not applied yet.
//
// Window's thread.
#pragma once

#include <QString>
#include <QVariant>
#include <map>

class QWidget;

namespace pare {

using TypedValues = std::map<QString, QVariant>;

/// Of all named lines, texts, boxes, spin boxes, switches and tabs in `view`.
TypedValues typedIn(const QWidget &view);
/// Gives them to the fields of the same names, as if they were typed: signals are emitted. Fields
/// that are not there any more, and choices that a box does not offer, are passed over.
void typeInto(QWidget &view, const TypedValues &values);

} // namespace pare

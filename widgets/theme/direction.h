// Where text runs from the right. Free functions; window's thread.
#pragma once

#include <QString>
#include <Qt>

namespace pare {

/// Figures and names that run from the left keep their order where the window runs from the right: "−0.79 MB", "8 bits in
/// query". Everything else is returned as it is.
QString isolated(const QString &text);

/// Where the reading of a label begins, whatever way its own text runs.
Qt::Alignment readingSide();

} // namespace pare

// Where text runs from the right. Free functions; window's thread.
#pragma once

#include <QString>

namespace pare {

/// Figures and names that run from the left keep their order where the window runs from the right: "−0.79 MB", "8 bits in
/// query". Everything else is returned as it is.
QString isolated(const QString &text);

} // namespace pare

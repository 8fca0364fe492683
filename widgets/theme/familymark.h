// Each family of techniques has a shape as well as a colour, so that neither has to be told apart
// alone.
#pragma once

#include "widgets/theme/theme.h"

#include <QIcon>
#include <QPainterPath>

namespace pare {

/// Structure: a square with a corner cut; sharing: a diamond; low rank: a square; pruning: a
/// triangle; quantization: a circle; training: a cross. All look equally heavy at the same `size`
/// (pixels).
QPainterPath familyPath(Family family, const QPointF &centre, qreal size);

/// The mark in its colour, as large as the icon asks.
QIcon familyIcon(Family family, const Theme &theme);

} // namespace pare

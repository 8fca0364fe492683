#include "widgets/theme/familymark.h"

#include <QPainter>
#include <QPixmap>

namespace pare {

namespace {

QPolygonF cutSquare(qreal half)
{
    const qreal cut = half * 0.9;
    return QPolygonF(
        {{-half, -half}, {half - cut, -half}, {half, -half + cut}, {half, half}, {-half, half}});
}

QPolygonF cross(qreal half)
{
    const qreal arm = half * 0.36;
    return QPolygonF({{-arm, -half},
                      {arm, -half},
                      {arm, -arm},
                      {half, -arm},
                      {half, arm},
                      {arm, arm},
                      {arm, half},
                      {-arm, half},
                      {-arm, arm},
                      {-half, arm},
                      {-half, -arm},
                      {-arm, -arm}});
}

} // namespace

QPainterPath familyPath(Family family, const QPointF &centre, qreal size)
{
    // Half extents chosen for equal area, not for equal width.
    const qreal half = size / 2;
    QPolygonF outline;
    switch (family) {
    case Family::Structure:
        outline = cutSquare(half * 0.94);
        break;
    case Family::Sharing:
        outline = QPolygonF({{0, -half * 1.2}, {half * 1.2, 0}, {0, half * 1.2}, {-half * 1.2, 0}});
        break;
    case Family::LowRank:
        outline = QPolygonF(QRectF(-half * 0.88, -half * 0.88, half * 1.76, half * 1.76));
        break;
    case Family::Pruning:
        outline =
            QPolygonF({{0, -half * 1.15}, {half * 1.15, half * 0.9}, {-half * 1.15, half * 0.9}});
        break;
    case Family::Quantization:
        break;
    case Family::Training:
        outline = cross(half * 1.2);
        break;
    }

    QPainterPath path;
    if (outline.isEmpty()) {
        path.addEllipse(centre, half, half);
        return path;
    }
    path.addPolygon(outline.translated(centre));
    path.closeSubpath();
    return path;
}

QIcon familyIcon(Family family, const Theme &theme)
{
    QIcon icon;
    for (const int size : {12, 16, 24, 32, 48}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.fillPath(familyPath(family, QPointF(size / 2.0, size / 2.0), size * 0.7),
                         theme.family(family));
        painter.end();
        icon.addPixmap(pixmap);
    }
    return icon;
}

} // namespace pare

#include "app/window/focusorder.h"

#include <QApplication>
#include <algorithm>

namespace pare {

namespace {

struct Placed
{
    QRect place; ///< in the window, mirrored where one reads from the right
    std::vector<QWidget *> widgets;
    bool last = false;
};

/// `widget` is none that stands by itself.
bool stopsTab(const QWidget *widget)
{
    return (widget->focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget->isEnabled() &&
           widget->isVisible() && !widget->focusProxy() &&
           widget->geometry().intersects(widget->parentWidget()->rect()); // else it is put aside
}

QRect placeOf(const QWidget *widget, const QWidget &window)
{
    QRect place(widget->mapTo(&window, QPoint(0, 0)), widget->size());
    if (window.layoutDirection() == Qt::RightToLeft)
        place.moveLeft(window.width() - place.right());
    return place;
}

/// Lines from top to bottom, each from its beginning. What begins above the middle of the first of a line
/// stands in that line.
void sortAsRead(std::vector<Placed> &all)
{
    std::ranges::stable_sort(all, {}, [](const Placed &one) { return one.place.top(); });
    for (auto begin = all.begin(); begin != all.end();) {
        int middle = begin->place.center().y();
        const auto end = std::find_if(begin + 1, all.end(), [&](const Placed &one) {
            middle = std::min(middle, one.place.center().y());
            return one.place.top() > middle;
        });
        std::stable_sort(begin, end, [](const Placed &one, const Placed &other) {
            return one.place.left() < other.place.left();
        });
        begin = end;
    }
}

std::vector<QWidget *> inOrder(std::vector<Placed> all)
{
    sortAsRead(all);
    std::ranges::stable_partition(all, [](const Placed &one) { return !one.last; });
    std::vector<QWidget *> order;
    for (const Placed &one : all)
        order.insert(order.end(), one.widgets.begin(), one.widgets.end());
    return order;
}

} // namespace

std::vector<QWidget *> focusOrder(const QWidget &window, const std::vector<QWidget *> &regions,
                                  const QWidget *last)
{
    std::vector<std::vector<Placed>> inside(regions.size());
    std::vector<Placed> all;
    for (QWidget *widget : window.findChildren<QWidget *>()) {
        if (widget->window() != &window || !stopsTab(widget))
            continue;
        const Placed placed{placeOf(widget, window), {widget}};
        const auto region = std::ranges::find_if(regions, [&](const QWidget *one) {
            return one == widget || one->isAncestorOf(widget);
        });
        if (region == regions.end())
            all.push_back(placed);
        else
            inside[static_cast<std::size_t>(region - regions.begin())].push_back(placed);
    }
    for (std::size_t i = 0; i < regions.size(); ++i) {
        if (!inside[i].empty())
            all.push_back(
                {placeOf(regions[i], window), inOrder(std::move(inside[i])), regions[i] == last});
    }
    return inOrder(std::move(all));
}

} // namespace pare

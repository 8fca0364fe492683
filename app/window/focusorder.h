// In which order Tab goes from control to control: as one reads, whenever they were made. Free functions;
// window's thread.
#pragma once

#include <QWidget>
#include <vector>

namespace pare {

/// What of `window` Tab stops at. Those of one region stay together; regions, and what is in each of them,
/// follow line by line. `last` comes after everything else.
std::vector<QWidget *> focusOrder(const QWidget &window, const std::vector<QWidget *> &regions,
                                  const QWidget *last);

} // namespace pare

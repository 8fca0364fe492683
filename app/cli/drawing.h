// The QApplication of commands that draw or show something.
#pragma once

#include <memory>

class QApplication;

namespace pare {

enum class DrawingTarget { Screen, Files };

/// Files need no display. Numbers stay in the C locale, which QApplication would change. One at a
/// time, on the main thread.
std::unique_ptr<QApplication> drawingApplication(DrawingTarget target);

} // namespace pare

// Whether a window could be shown here at all.
#pragma once

namespace pare {

/// An X server or a Wayland compositor answers. Qt ends the program where none does, so this is
/// asked before a QApplication is made.
bool displayAvailable();

} // namespace pare

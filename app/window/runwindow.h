// Shows the main window and runs the program until it is closed.
#pragma once

#include <QString>

class QApplication;

namespace pare {

enum class WindowPurpose {
    Open, ///< show what `path` is
    Demo, ///< measure the demo's recipes in the project at `path`
};

struct WindowRequest
{
    QString path; ///< a .pare file, a model, or empty: the start page
    WindowPurpose purpose = WindowPurpose::Open;
    int threads = 0; ///< 0: as many as the machine has cores
};

/// Throws Io where `path` is not there or nothing could be shown; before a QApplication is made.
void checkWindow(const WindowRequest &request);
/// The exit code.
int runWindow(QApplication &application, const WindowRequest &request);

/// Names, numbers in the C locale, accessibility: what every QApplication of ours needs, right
/// after it is made.
void prepareApplication(QApplication &application);

} // namespace pare

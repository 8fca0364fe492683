#include "app/cli/drawing.h"

#include <QApplication>
#include <QLoggingCategory>
#include <clocale>

namespace pare {

std::unique_ptr<QApplication> drawingApplication(DrawingTarget target)
{
    static int argumentCount = 1;
    static char name[] = "pare";
    static char *arguments[] = {name, nullptr};
    if (target == DrawingTarget::Files) {
        qputenv("QT_QPA_PLATFORM", "offscreen");
        // What Qt finds odd about a machine without a screen is of no use to anybody.
        QLoggingCategory::setFilterRules(QStringLiteral("*.warning=false"));
    }
    auto application = std::make_unique<QApplication>(argumentCount, arguments);
    // QApplication takes the user's, under which every number parser breaks.
    std::setlocale(LC_NUMERIC, "C");
    return application;
}

} // namespace pare

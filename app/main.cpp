#include "app/cli/commandline.h"
#include "app/window/runwindow.h"

#include <QApplication>
#include <cstdio>
#include <exception>

#include <fmt/format.h>

int main(int argc, char **argv)
{
    if (argc > 1 && pare::belongsToCommandLine(argv[1]))
        return pare::runCommandLine(argc, argv);
    if (!pare::displayAvailable())
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    pare::WindowRequest request;
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() > 1)
        request.path = arguments.at(1);
    try {
        return pare::runWindow(application, request);
    } catch (const std::exception &error) { // Error, and what a library threw past us
        fmt::print(stderr, "pare: {}\n", error.what());
        return 1;
    }
}

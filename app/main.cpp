#include "app/cli/commandline.h"
#include "app/cli/terminal.h"
#include "app/window/messages.h"
#include "app/window/runwindow.h"
#include "core/base/error.h"
#include "core/base/utf8.h"

#include <QApplication>
#include <exception>

#include <fmt/format.h>

int main(int argc, char **argv)
{
    if (pare::belongsToCommandLine(argc, argv))
        return pare::runCommandLine(argc, argv);
    try {
        pare::WindowRequest request;
        const std::vector<const char *> words = pare::withoutWindowOptions(argc, argv);
        if (!words.empty() && pare::firstInvalidUtf8(words[0])) // Qt would look for another file
            throw pare::Error(pare::ErrorKind::InvalidSetting, pare::messages::nameNotUtf8,
                              words[0]);
        if (!words.empty())
            request.path = QString::fromLocal8Bit(words[0]);
        pare::checkWindow(request);
        QApplication application(argc, argv);
        return pare::runWindow(application, request);
    } catch (const std::exception &error) { // Error, and what a library threw past us
        pare::tell(fmt::format("pare: {}\n", error.what()));
        return 1;
    }
}

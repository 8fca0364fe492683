#include "app/window/runwindow.h"

#include "app/window/display.h"
#include "app/window/endingsignals.h"
#include "app/window/language.h"
#include "app/window/log.h"
#include "app/window/mainwindow.h"
#include "app/window/messages.h"
#include "app/window/recentprojects.h"
#include "core/base/error.h"
#include "widgets/layermap/layermapaccessible.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/theme/tooltips.h"

#include <QApplication>
#include <QFileInfo>
#include <clocale>

namespace pare {

void checkWindow(const WindowRequest &request)
{
    const bool project = request.path.endsWith(QStringLiteral(".pare")); // created where missing
    if (!request.path.isEmpty() && !project && !QFileInfo::exists(request.path))
        throw Error(ErrorKind::Io, messages::nothingThere, request.path.toStdString());
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM") && !displayAvailable())
        throw Error(ErrorKind::Io, messages::noDisplay);
}

void prepareApplication(QApplication &application)
{
    std::setlocale(LC_NUMERIC,
                   "C"); // QApplication takes the user's, under which every number parser breaks
    application.setOrganizationName(QStringLiteral("Pare"));
    application.setApplicationName(QStringLiteral("pare"));
    application.setApplicationDisplayName(QStringLiteral("Pare"));
    application.setApplicationVersion(QStringLiteral(PARE_VERSION));
    application.setDesktopFileName(QStringLiteral("pare"));
    installLayerMapAccessibility();
    new ToolTips(application);
}

int runWindow(QApplication &application, const WindowRequest &request)
{
    prepareApplication(application);
    useChosenLanguage();
    EndingSignals ending; // before anybody could take the session for one that crashed
    Log log;
    MainWindow window;
    QObject::connect(
        &window.document(), &Document::failed, &window,
        [&log](const Message &message) { log.write(QString::fromStdString(message.text())); });
    QObject::connect(&ending, &EndingSignals::asked, &window, [&log](int signal) {
        log.write(QStringLiteral("asked to end by signal %1").arg(signal));
        QApplication::quit(); // closes the window as a person would
    });
    window.show();
    if (request.purpose == WindowPurpose::Demo)
        window.openDemo(request.path.isEmpty() ? MainWindow::demoProjectPath() : request.path);
    else if (!request.path.isEmpty())
        window.open(request.path);
    else if (const QString last = projectToReopen(); !last.isEmpty() && !log.endedBadly())
        window.open(last); // after a crash it may be what it crashed on
    if (request.threads > 0)
        window.document().setThreads(request.threads);
    if (log.endedBadly() && window.strip()->problem().isEmpty())
        window.strip()->setProblem(
            MainWindow::tr("Pare ended unexpectedly the last time. What was chosen and measured is "
                           "kept; the log says what went before."),
            {MainWindow::tr("Open the log folder"), [] { openLogFolder(); }});
    return QApplication::exec();
}

} // namespace pare

// `pare demo` killed at random moments: the project opens with every run it had said was stored.
#include "tests/app/cli/program.h"

#include "core/base/random.h"
#include "core/project/project.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <set>

using namespace pare;

class TestDemoKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void losesNoFinishedRun()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath("demo.pare");
        std::set<QString> told;
        Random random(7);
        for (int attempt = 0; attempt < 10; ++attempt) {
            QProcess demo;
            QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
            environment.remove("DISPLAY");
            environment.remove("WAYLAND_DISPLAY");
            demo.setProcessEnvironment(environment);
            demo.setStandardErrorFile(QProcess::nullDevice());
            demo.start(PARE_PROGRAM, {"demo", "--output", folder.path()});
            QVERIFY(demo.waitForStarted());
            // Sometimes before the first run, sometimes after one or two of them, never at the same
            // point.
            const int runs = static_cast<int>(random.below(3));
            for (int i = 0; i < runs && demo.state() == QProcess::Running; ++i) {
                if (!demo.canReadLine())
                    demo.waitForReadyRead(test::patience);
                while (demo.canReadLine())
                    told.insert(QString::fromUtf8(demo.readLine()).trimmed());
            }
            QTest::qWait(static_cast<int>(random.below(900)));
            demo.kill();
            demo.waitForFinished();
            for (const QByteArray &line : demo.readAllStandardOutput().split('\n')) {
                if (line.startsWith("run ") && line.size() == 16)
                    told.insert(QString::fromUtf8(line));
            }
            if (!QFileInfo::exists(file)) {
                QVERIFY(told.empty());
                continue;
            }
            const Project project = Project::open(file.toStdString(), Access::ReadWrite);
            for (const QString &line : told) {
                if (line.startsWith("run "))
                    QVERIFY2(project.hasRun(line.mid(4).toStdString()), qPrintable(line));
            }
        }
        QVERIFY(!told.empty());
    }
};

QTEST_GUILESS_MAIN(TestDemoKill)
#include "tst_demokill.moc"

// The window as a process that the system asks to end: it closes as by a person, and that is no crash.
#include "tests/app/cli/program.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

using namespace pare;

class TestEnding : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void signalsCloseTheWindow_data();
    void signalsCloseTheWindow();
    void killedIsTold();

private:
    bool begin(QProcess &program) const;
    QStringList sessions() const
    {
        return QDir(m_data.filePath("Pare/pare/log")).entryList({"session-*"});
    }
    QString log() const;

    QTemporaryDir m_data;
};

/// Until it says that it is there.
bool TestEnding::begin(QProcess &program) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("XDG_DATA_HOME", m_data.path());
    environment.insert("XDG_CONFIG_HOME", m_data.path());
    program.setProcessEnvironment(environment);
    program.start(PARE_PROGRAM, QStringList());
    return program.waitForStarted() &&
           QTest::qWaitFor([&] { return !sessions().isEmpty(); }, test::patience);
}

QString TestEnding::log() const
{
    QFile file(m_data.filePath("Pare/pare/log/pare.log"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

void TestEnding::signalsCloseTheWindow_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
    QTest::newRow("SIGINT") << SIGINT;
}

void TestEnding::signalsCloseTheWindow()
{
    QFETCH(int, signal);
    QFile::remove(m_data.filePath("Pare/pare/log/pare.log"));
    QProcess program;
    QVERIFY(begin(program));
    // Settings are saved as the window closes.
    const QString settings = m_data.filePath("Pare/pare.conf");
    QFile::remove(settings);
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), signal), 0);
    QVERIFY(program.waitForFinished(test::patience));
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(sessions().isEmpty());
    QVERIFY2(log().contains(QStringLiteral("by signal %1").arg(signal)), qPrintable(log()));
    QVERIFY(log().trimmed().endsWith("ends"));
    QVERIFY(QFile::exists(settings));
}

void TestEnding::killedIsTold()
{
    QFile::remove(m_data.filePath("Pare/pare/log/pare.log"));
    QProcess program;
    QVERIFY(begin(program));
    program.kill();
    QVERIFY(program.waitForFinished(test::patience));
    QCOMPARE(sessions().size(), 1);
    QProcess next;
    QVERIFY(begin(next));
    QTRY_VERIFY_WITH_TIMEOUT(log().contains("did not end as it should"), test::patience);
    ::kill(static_cast<pid_t>(next.processId()), SIGTERM);
    QVERIFY(next.waitForFinished(test::patience));
    QVERIFY(sessions().isEmpty());
}

QTEST_GUILESS_MAIN(TestEnding)
#include "tst_ending.moc"

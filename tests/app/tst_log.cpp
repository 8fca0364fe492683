// The log: what is written to it, and what it knows of the session before.
#include "app/window/log.h"

#include <QCoreApplication>
#include <QDir>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>
#include <unistd.h>

using namespace pare;

class TestLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        QCoreApplication::setOrganizationName("Pare");
        QCoreApplication::setApplicationName("tst_log");
    }

    void init() { QDir(logFolder()).removeRecursively(); }

    void keepsMessagesWithTheirTime()
    {
        {
            Log log;
            QVERIFY(!log.endedBadly());
            log.write("model.safetensors: shape");
            qWarning("from a library");
        }
        qWarning("after it ended");
        const QString text = content();
        QVERIFY(text.contains("model.safetensors: shape\n"));
        QVERIFY(text.contains("from a library\n"));
        QVERIFY(!text.contains("after it ended"));
        static const QRegularExpression line(QStringLiteral("^\\d{4}-\\d\\d-\\d\\dT\\S+ .+$"));
        for (const QString &one : text.split('\n', Qt::SkipEmptyParts))
            QVERIFY2(line.match(one).hasMatch(), qPrintable(one));
    }

    void tellsThatTheSessionBeforeDied()
    {
        leaveSession("999999999"); // no process has this number
        {
            Log log;
            QVERIFY(log.endedBadly());
        }
        QVERIFY(!Log().endedBadly()); // told once
    }

    void otherWindowsAreNoCrash()
    {
        leaveSession(QString::number(::getppid()));
        QVERIFY(!Log().endedBadly());
    }

    void beginsAnewWhenItIsLong()
    {
        QFile file(logFolder() + "/pare.log");
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(1'100'000, 'x'));
        file.close();
        Log log;
        QVERIFY(QFile(file.fileName()).size() < 1000);
        QVERIFY(QFile::exists(file.fileName() + ".1"));
    }

private:
    static QString content()
    {
        QFile file(logFolder() + "/pare.log");
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    static void leaveSession(const QString &process)
    {
        QFile file(logFolder() + "/session-" + process);
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
};

QTEST_GUILESS_MAIN(TestLog)
#include "tst_log.moc"

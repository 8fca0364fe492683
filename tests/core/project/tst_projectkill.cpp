// What is left when a writer is killed. The program calls itself as that writer.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/project/database.h"
#include "core/project/project.h"
#include "tests/core/project/examples.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>
#include <optional>
#include <set>

#include <unistd.h>

using namespace pare;
namespace fs = std::filesystem;

namespace {

/// Appends runs for ever, saying each id once it is stored.
int writeRuns(const fs::path &path)
{
    const bool first = !fs::exists(path);
    Project project = first ? Project::create(path) : Project::open(path, Access::ReadWrite);
    for (std::size_t i = project.runs().size();; ++i) {
        const Run run = examples::run("run" + std::to_string(i));
        project.appendRevision(examples::choices(2 + static_cast<int>(i) % 7));
        if (project.appendRun(run)) {
            std::printf("run %s\n", run.id.c_str());
            std::fflush(stdout);
        }
    }
}

/// Dies in the middle of a transaction whose pages have reached the file.
int dieWriting(const fs::path &path)
{
    SQLite::Database database = connected(path, Connection::ReadWrite);
    database.exec("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE runs SET time = 'half', document "
                  "= hex(zeroblob(9999))");
    ::_exit(0);
}

} // namespace

class TestProjectKill : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        m_path = fs::path(m_folder->path().toStdString()) / "p.pare";
    }

    void everyRunThatWasReportedIsThere()
    {
        Random random(20250601);
        std::set<std::string> reported;
        for (int round = 0; round < 10; ++round) {
            QProcess writer;
            start(writer, "--write");
            const std::size_t wanted = reported.size() + random.below(4);
            while (reported.size() <= wanted) {
                QVERIFY(writer.waitForReadyRead());
                collect(writer, reported);
            }
            // Some way into whatever it does next.
            for (std::uint64_t spin = random.below(3'000'000); spin > 0; --spin)
                asm volatile("");
            writer.kill();
            QVERIFY(writer.waitForFinished());
            QCOMPARE(writer.exitStatus(), QProcess::CrashExit);
            collect(writer, reported);

            const Access access = round % 2 ? Access::ReadOnly : Access::ReadWrite;
            const Project project = Project::open(m_path, access);
            for (const std::string &id : reported)
                QVERIFY2(project.findRun(id) == examples::run(id), id.c_str());
            QVERIFY(project.runs().size() <=
                    reported.size() + 1); // at most one more, stored but not yet reported
            for (const Run &run : project.runs())
                reported.insert(run.id);
        }
    }

    void aReaderRollsBackWhatAKilledWriterLeft()
    {
        prepareHalfWritten();
        const Project project = Project::open(m_path, Access::ReadOnly);
        for (const Run &run : project.runs())
            QVERIFY(run == examples::run(run.id));
        QCOMPARE(project.runs().size(), std::size_t(8));
        QVERIFY(!fs::exists(m_path.string() + "-journal"));
    }

    void aWriterRollsBackWhatAKilledWriterLeft()
    {
        prepareHalfWritten();
        Project project = Project::open(m_path, Access::ReadWrite);
        QCOMPARE(project.runs().size(), std::size_t(8));
        QVERIFY(project.findRun("run3") == examples::run("run3"));
        QVERIFY(project.appendRun(examples::run("after")));
    }

private:
    void start(QProcess &process, const QString &role) const
    {
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QCoreApplication::applicationFilePath(),
                      {role, QString::fromStdString(m_path.string())});
        QVERIFY(process.waitForStarted());
    }

    /// Whole lines only: half a line was not reported.
    static void collect(QProcess &process, std::set<std::string> &reported)
    {
        while (process.canReadLine()) {
            const QByteArray line = process.readLine();
            QVERIFY(line.startsWith("run ") && line.endsWith('\n'));
            reported.insert(line.mid(4).trimmed().toStdString());
        }
    }

    void prepareHalfWritten() const
    {
        {
            Project project = Project::create(m_path);
            for (int i = 0; i < 8; ++i)
                project.appendRun(examples::run("run" + std::to_string(i)));
        }
        QProcess writer;
        start(writer, "--die");
        QVERIFY(writer.waitForFinished());
        QVERIFY(fs::file_size(m_path.string() + "-journal") >
                0); // else there would be nothing to roll back
        SQLite::Database raw(m_path.string(), SQLite::OPEN_READONLY);
        bool refused = false;
        try {
            applicationId(raw);
        } catch (const SQLite::Exception &error) {
            refused = needsRecovery(error);
        }
        QVERIFY(refused);
    }

    std::optional<QTemporaryDir> m_folder;
    fs::path m_path;
};

int main(int argc, char **argv)
{
    const std::string_view role = argc == 3 ? argv[1] : "";
    if (role == "--write")
        return writeRuns(argv[2]);
    if (role == "--die")
        return dieWriting(argv[2]);
    QCoreApplication application(argc, argv);
    TestProjectKill test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_projectkill.moc"

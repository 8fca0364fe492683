// `pare report`: the files it writes, and commands in them that repeat the runs.
#include "tests/support/randommodel.h"

#include "core/base/json.h"
#include "core/project/project.h"
#include "tests/app/cli/program.h"

#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;

class TestReportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        QVERIFY(QFile::copy(m_folder.filePath("model/test.tsv"), m_folder.filePath("data.tsv")));
        for (const QStringList &steps :
             {QStringList{"quantize.affine bits=8"}, QStringList{"quantize.affine bits=2 group=8"},
              QStringList{"prune.magnitude sparsity=0.5", "quantize.affine bits=4 group=8"}}) {
            QStringList arguments{"run", "model",     "--data", "data.tsv", "--threads",
                                  "1",   "--project", "p.pare", "--seed",   "5"};
            for (const QString &step : steps)
                arguments << "--step" << step;
            QCOMPARE(pare(arguments).code, 0);
        }
    }

    void everyFormatIsWritten_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArrayList>("holds");
        QTest::newRow("HTML") << "r.html"
                              << QByteArrayList{"<!DOCTYPE html>", "90 examples",
                                                "encoder.0.attention.query", "<svg"};
        QTest::newRow("PDF") << "r.pdf" << QByteArrayList{"%PDF-1.", "pare.json"};
        QTest::newRow("Markdown") << "r.md" << QByteArrayList{"# A title", "| recipe |", "```sh"};
        QTest::newRow("CSV") << "runs.csv"
                             << QByteArrayList{"name,note,tags,", ",schema,id,", "8 bits", "\r\n"};
    }

    void everyFormatIsWritten()
    {
        QFETCH(QString, file);
        QFETCH(QByteArrayList, holds);
        const test::Finished finished =
            pare({"report", "p.pare", "--output", file, "--title", "A title"});
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(finished.output.startsWith("Wrote " + file.toUtf8() + " (3 runs, "),
                 finished.output);
        const QByteArray content = read(file);
        for (const QByteArray &part : holds)
            QVERIFY2(content.contains(part), part);
        // The project is only read.
        QVERIFY(!QFile::exists(m_folder.filePath("p.pare-journal")));
    }

    void koreanIsWritten()
    {
        const test::Finished finished =
            pare({"report", "p.pare", "--output", "ko.html", "--language", "ko"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QString page = QString::fromUtf8(read("ko.html"));
        QVERIFY(page.contains("<html lang=\"ko\">"));
        // The names of techniques, which stand in the table of all programs of ours.
        const qsizetype title = page.indexOf(QRegularExpression("<dt>[^<]*[가-힣]"));
        QVERIFY(title > 0);
    }

    void commandsRepeatTheRuns()
    {
        QCOMPARE(pare({"report", "p.pare", "--output", "r.md"}).code, 0);
        const QString text = QString::fromUtf8(read("r.md"));
        const qsizetype begin = text.indexOf("# run ");
        const QString commands = text.mid(begin, text.indexOf("```", begin) - begin);
        int repeated = 0;
        for (const QString &part : commands.trimmed().split("\n\n")) {
            const QString id = part.section(' ', 2, 2).chopped(1);
            QString command = part.section('\n', 1);
            QVERIFY2(command.startsWith("pare run "), qPrintable(command));
            command.replace(0, 4, QStringLiteral("'" PARE_PROGRAM "'"));
            QProcess shell;
            shell.setWorkingDirectory(m_folder.path());
            shell.start("/bin/sh", {"-c", command + " --json"});
            QVERIFY(shell.waitForFinished(test::patience));
            QVERIFY2(shell.exitCode() == 0, shell.readAllStandardError());
            const auto run = parsedJson(shell.readAllStandardOutput().toStdString());
            QCOMPARE(QString::fromStdString(run.at("id").get<std::string>()), id);
            const auto before =
                Project::open(m_folder.filePath("p.pare").toStdString(), Access::ReadOnly)
                    .findRun(id.toStdString());
            QVERIFY(before);
            QCOMPARE(run.at("weightHash").get<std::string>(), before->weightHash);
            QCOMPARE(run.at("bytes").get<std::int64_t>(), before->measured.bytes);
            ++repeated;
        }
        QCOMPARE(repeated, 3);
    }

    void whatCannotBeWrittenIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QStringList &arguments, int code,
                            const QString &says) {
            QTest::newRow(name) << arguments << code << says;
        };
        row("ending", {"p.pare", "--output", "r.txt"}, 2, ".html, .pdf, .md or .csv");
        row("no project", {"nowhere.pare", "--output", "r.html"}, 1,
            "nowhere.pare: no such project");
        row("no runs", {"empty.pare", "--output", "r.html"}, 1, "has no runs yet");
        row("below a file", {"p.pare", "--output", "p.pare/r.html"}, 1, "cannot be written");
        row("language", {"p.pare", "--output", "r.html", "--language", "xx"}, 2, "--language");
        row("no output", {"p.pare"}, 2, "--output");
    }

    void whatCannotBeWrittenIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        Project::create(m_folder.filePath("empty.pare").toStdString());
        const test::Finished finished = pare(QStringList{"report"} + arguments);
        QFile::remove(m_folder.filePath("empty.pare"));
        QCOMPARE(finished.code, code);
        QVERIFY(finished.output.isEmpty());
        QVERIFY2(finished.errors.startsWith("pare: ") && finished.errors.count('\n') == 1,
                 finished.errors);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
    }

private:
    test::Finished pare(const QStringList &arguments) const
    {
        return test::runProgram(arguments, m_folder.path());
    }

    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestReportCommand)
#include "tst_reportcommand.moc"

// `pare export` in its formats, what `inspect` and `recipe` say of the folders, and recipes.
#include "core/project/project.h"
#include "tests/app/cli/program.h"
#include "tests/support/randommodel.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

class TestExportCommand : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void folders_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<bool>("packed");
        QTest::newRow("packed") << QStringList{} << true;
        QTest::newRow("dense") << QStringList{"--format", "dense"} << false;
        QTest::newRow("half") << QStringList{"--format", "dense", "--dtype", "float16"} << false;
    }
    void folders()
    {
        QFETCH(QStringList, options);
        QFETCH(bool, packed);
        const QString folder = QTest::currentDataTag();
        const test::Finished finished =
            run(QStringList{"export", "model", "--step", "quantize.affine bits=4", "--output",
                            folder, "--verify", "model/test.tsv"} +
                options);
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(finished.output.contains("layers are as they were written\nread again: 0 of "),
                 finished.output);
        const QJsonObject inspected = json({"inspect", folder, "--json"});
        QCOMPARE(inspected["compressed"].toBool(), true);
        QCOMPARE(inspected["export"]["verification"]["passed"].toBool(), true);
        bool stored = false;
        for (const QJsonValue &layer : inspected["layers"].toArray())
            stored |= layer["storage"].toString().startsWith("4 bits");
        QCOMPARE(stored, packed);
        QCOMPARE(inspected["file"]["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath(folder + "/model.safetensors")).size());
        QCOMPARE(run({"inspect", folder, "--check"}).code, 0);
        QVERIFY(run({"inspect", folder}).errors.contains("already compressed (4 bits"));
        QVERIFY(run({"recipe", folder}).output.contains("quantize.affine bits=4"));
        const QJsonObject again = json(
            {"run", folder, "--data", "model/test.tsv", "--json", "--step", "prune.magnitude"});
        QVERIFY(again["notes"].toArray()[0].toString().startsWith("already compressed"));
        QVERIFY(QFile::exists(m_folder.filePath(folder + "/README.md")));
    }

    void theFileThatIsThereIsTold_data()
    {
        QTest::addColumn<QString>("format");
        QTest::addColumn<QString>("file");
        QTest::newRow("torchscript") << "torchscript"
                                     << "model.pt";
        QTest::newRow("gguf") << "gguf"
                              << "model.gguf";
    }
    void theFileThatIsThereIsTold()
    {
        QFETCH(QString, format);
        QFETCH(QString, file);
        const test::Finished exported = run({"export", "model", "--step", "quantize.affine",
                                             "--output", format, "--format", format});
        QVERIFY2(exported.code == 0, exported.errors);
        QVERIFY2(exported.output.contains("answers to random tokens changed"), exported.output);
        const QJsonObject inspected = json({"inspect", format, "--json"});
        const qint64 bytes = QFileInfo(m_folder.filePath(format + "/" + file)).size();
        QCOMPARE(inspected["file"]["name"].toString(), file);
        QCOMPARE(inspected["file"]["bytes"].toInteger(), bytes);
        QVERIFY(run({"inspect", format}).output.contains(file.toUtf8() + ": "));
        const QByteArray planned =
            run({"recipe", "--step", "quantize.affine bits=4", "--model", format}).output;
        QVERIFY2(planned.contains("when exported") && !planned.contains("of 0 bytes"), planned);
        QFile vocabulary(m_folder.filePath(format + "/vocab.txt"));
        QVERIFY(vocabulary.open(QIODevice::ReadWrite));
        vocabulary.write("X");
        vocabulary.close();
        const test::Finished checked = run({"inspect", format, "--check"});
        QVERIFY(checked.code != 0 && checked.errors.contains("another SHA-256"));
    }

    void aRunKeepsItsFigures()
    {
        const QJsonObject run =
            json({"run", "model", "--data", "model/test.tsv", "--step", "quantize.half",
                  "--project", "p.pare", "--output", "measured", "--json"});
        const QString name = "p.pare#" + run["id"].toString();
        QVERIFY2(this->run({"export", name, "--output", "again"}).code == 0, "export");
        QCOMPARE(read("again/model.safetensors"), read("measured/model.safetensors"));
        for (const char *folder : {"again", "measured"}) {
            const QJsonObject record =
                QJsonDocument::fromJson(read(QString(folder) + "/pare.json")).object();
            QCOMPARE(record["run"]["id"], run["id"]);
            QCOMPARE(record["run"]["metrics"], run["metrics"]);
            QCOMPARE(record["weightHash"], run["weightHash"]);
            QCOMPARE(record["run"]["data"]["path"].toString(), "test.tsv");
        }
        QVERIFY(read("again/README.md").contains("| accuracy (95 %) |"));
    }

    /// What was found stands in the project, also where it is a fault or the project is locked.
    void theProjectIsToldAndTheReportTells()
    {
        const QJsonObject measured = json({"run", "model", "--data", "model/test.tsv", "--step",
                                           "quantize.affine bits=8 granularity=group group=8",
                                           "--project", "told.pare", "--json"});
        const QString name = "told.pare#" + measured["id"].toString();
        const test::Finished first = run({"export", name, "--output", "told-gguf", "--format",
                                          "gguf", "--verify", "model/test.tsv"});
        QVERIFY2(first.code == 0 && !first.errors.contains("not told"), first.errors);
        QVERIFY(run({"export", name, "--output", "told-packed"}).code == 0);
        const Project project =
            Project::open(m_folder.filePath("told.pare").toStdString(), Access::ReadWrite);
        const std::vector<KeptExport> exports = project.exports();
        QCOMPARE(exports.size(), std::size_t(2));
        const KeptExport &kept = exports.front();
        QCOMPARE(kept.run, measured["id"].toString().toStdString());
        QCOMPARE(kept.file, m_folder.filePath("told-gguf/model.gguf").toStdString());
        QVERIFY(kept.record.format == ExportFormat::Gguf && kept.record.parity->passed());
        QCOMPARE(kept.record.parity->data, std::string("test.tsv"));
        const QJsonObject beside = QJsonDocument::fromJson(read("told-gguf/pare.json")).object();
        QCOMPARE(kept.record.parity->largestDifference,
                 beside["verification"]["largestDifference"].toDouble());
        QCOMPARE(kept.record.files.at("model.gguf").sha256,
                 beside["files"]["model.gguf"]["sha256"].toString().toStdString());
        const test::Finished locked =
            run({"export", name, "--output", "told-dense", "--format", "dense"});
        QVERIFY(locked.code == 0);
        QVERIFY2(locked.errors.contains("pare: warning: the project was not told of the export: "),
                 locked.errors);
        QVERIFY(run({"report", "told.pare", "--output", "told.md"}).code == 0);
        const QByteArray report = read("told.md");
        QVERIFY2(report.contains("told-gguf/model.gguf") && report.contains("random tokens"),
                 report);
        QVERIFY2(
            report.contains(QByteArray::fromStdString(kept.record.files.at("model.gguf").sha256)),
            report);
    }

    void refusals_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char *name, const QStringList &arguments, const char *reason) {
            QTest::newRow(name) << arguments << QByteArray(reason);
        };
        row("heads", {"--format", "dense", "--step", "prune.heads count=1 @ block=0"},
            "block 0 has 1 of 2 heads");
        row("widths", {"--format", "dense", "--step", "prune.neurons keep=0.5 @ block=1"},
            "block 1 has 12 feed-forward units");
        row("safe", {"--format", "dense", "--step", "factorize.safe rank=4"},
            "no attention among token rows");
        row("data", {"--verify", "nowhere.tsv"}, "nowhere.tsv");
    }
    void refusals()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, reason);
        const test::Finished finished =
            run(QStringList{"export", "model", "--output", "refused"} + arguments);
        QCOMPARE(finished.code, 1);
        QVERIFY2(finished.errors.contains(reason), finished.errors);
        QVERIFY(!QFile::exists(m_folder.filePath("refused/config.json")));
    }

    void recipes()
    {
        write("a.json",
              R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 4}}]})");
        write("b.json", R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 3}},
                                      {"technique": "prune.magnitude"}]})");
        const test::Finished printed = run({"recipe", "a.json", "--model", "model"});
        QVERIFY2(printed.output.startsWith("4 bits"), printed.output);
        QVERIFY(printed.output.contains("18 of "));
        const QByteArray diff = run({"recipe", "a.json", "--diff", "b.json"}).output;
        QVERIFY2(diff.contains("- quantize.affine bits=4") && diff.contains("+ prune.magnitude") &&
                     diff.contains("    bits\n"),
                 diff);
        QCOMPARE(run({"recipe", "a.json", "--diff", "a.json"}).output, "the same\n");
        QCOMPARE(run({"recipe", "a.json", "--merge", "b.json", "--output", "c.json"}).code, 0);
        QCOMPARE(run({"recipe", "c.json", "--diff", "b.json"}).output, "the same\n");
        QVERIFY(run({"recipe", "a.json", "--model", "model", "--step", "quantize.half @ block=9"})
                    .errors.contains("block=9"));
        QVERIFY(run({"recipe", "model"}).errors.contains("holds no recipe"));
    }

private:
    test::Finished run(const QStringList &arguments)
    {
        return test::runProgram(arguments, m_folder.path());
    }
    QJsonObject json(const QStringList &arguments)
    {
        const test::Finished finished = run(arguments);
        if (finished.code != 0)
            qWarning("%s", finished.errors.constData());
        return QJsonDocument::fromJson(finished.output).object();
    }
    QByteArray read(const QString &name)
    {
        QFile file(m_folder.filePath(name));
        return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
    }
    void write(const QString &name, const QByteArray &content)
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(content);
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestExportCommand)
#include "tst_exportcommand.moc"

// Names of files that are not UTF-8, as Linux allows them: they are opened, JSON stays JSON, and where a
// name must be kept for later it is refused in words.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include "core/base/utf8.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;
namespace fs = std::filesystem;

class TestFileNames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = m_folder.path().toStdString() + "/w\xff\xe9";
        test::writeRandomModel(m_root + "/m\xfe");
        fs::rename(m_root + "/m\xfe/test.tsv", m_root + "/d\xfe.tsv");
        writeFile(m_root + "/r\xfe.json", R"({"steps": [{"technique": "quantize.affine"}]})");
    }

    void works_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        const QByteArray root = QByteArray::fromStdString(m_root);
        const QByteArray model = root + "/m\xfe", recipe = root + "/r\xfe.json";
        const QByteArray data = root + "/d\xfe.tsv";
        QTest::newRow("inspect") << QByteArrayList{"inspect", model, "--json"};
        QTest::newRow("tokenize") << QByteArrayList{"tokenize", model, "a", "--json"};
        QTest::newRow("recipe") << QByteArrayList{"recipe", recipe, "--model", model, "--json"};
        QTest::newRow("run") << QByteArrayList{"run",      model,  "--data", data,
                                               "--recipe", recipe, "--json"};
        for (const char *format : {"packed", "dense", "torchscript", "gguf"}) {
            QTest::addRow("export as %s", format)
                << QByteArrayList{"export",   model, "--recipe", recipe,
                                  "--verify", data,  "--output", root + "/e\xfe" + format,
                                  "--format", format};
            QTest::addRow("inspect %s", format)
                << QByteArrayList{"inspect", root + "/e\xfe" + format, "--json"};
        }
    }
    void works()
    {
        QFETCH(QByteArrayList, arguments);
        const test::Finished finished = test::runProgramBytes(arguments);
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY(!firstInvalidUtf8(finished.errors.toStdString()));
        if (!arguments.contains("--json"))
            return;
        QJsonParseError error;
        QJsonDocument::fromJson(finished.output, &error);
        QVERIFY2(error.error == QJsonParseError::NoError, qPrintable(error.errorString()));
    }

    void whatIsWrittenIsUtf8()
    {
        for (const char *format : {"packed", "torchscript", "gguf"}) {
            for (const char *file : {"pare.json", "README.md"}) {
                const std::string text = readFile(m_root + "/e\xfe" + format + "/" + file);
                QVERIFY2(!firstInvalidUtf8(text), file);
            }
        }
    }

    void refused_data()
    {
        QTest::addColumn<QByteArrayList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("says");
        const QByteArray root = QByteArray::fromStdString(m_root);
        const QByteArray model = root + "/m\xfe", data = root + "/d\xfe.tsv";
        QTest::newRow("a project keeps names")
            << QByteArrayList{"run", model, "--data", data, "--project", root + "/p.pare"} << 1
            << QByteArray("the name is not valid UTF-8");
        QTest::newRow("nothing there") << QByteArrayList{"inspect", root + "/none\xfe", "--json"}
                                       << 1 << QByteArray("no such file");
        QTest::newRow("the window")
            << QByteArrayList{root + "/p\xfe.pare"} << 1 << QByteArray("the window cannot open");
        QTest::newRow("a step") << QByteArrayList{"run",    model,
                                                  "--data", data,
                                                  "--step", "quantize.affine @ not en\xfe*",
                                                  "--json"}
                                << 2 << QByteArray("not UTF-8");
    }
    void refused()
    {
        QFETCH(QByteArrayList, arguments);
        QFETCH(int, code);
        QFETCH(QByteArray, says);
        const test::Finished finished = test::runProgramBytes(arguments);
        QCOMPARE(finished.code, code);
        QVERIFY2(finished.errors.contains(says), finished.errors);
        QVERIFY(!firstInvalidUtf8(finished.errors.toStdString()));
    }

private:
    QTemporaryDir m_folder;
    std::string m_root;
};

QTEST_GUILESS_MAIN(TestFileNames)
#include "tst_filenames.moc"

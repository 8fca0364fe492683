// `pare search`: a budget in, a measured recipe out.
#include "tests/app/cli/program.h"
#include "tests/support/randommodel.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

class TestSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
        m_original = jsonOf(run({"run", "model"}))["bytes"].toInteger();
    }

    void budgetsAreKept_data()
    {
        QTest::addColumn<double>("share");
        for (const double share : {0.65, 0.75, 0.9, 1.0})
            QTest::addRow("%.2f", share) << share;
    }
    void budgetsAreKept()
    {
        QFETCH(double, share);
        const auto budget = static_cast<qint64>(share * static_cast<double>(m_original));
        const QJsonObject json =
            jsonOf(run({"search", "model", "--target", "bytes<=" + QString::number(budget),
                        "--technique", "quantize.affine bits=8|4|2", "--project", "s.pare"}));
        QVERIFY(json["measured"]["bytes"].toInteger() > 0);
        QVERIFY(json["measured"]["bytes"].toInteger() <= budget);
        QVERIFY(json["certificate"]["gap"].toDouble() < 1e-12);
        QCOMPARE(json["certificate"]["options"].toInt(), 4 * 18);
        QCOMPARE(json["target"].toString(), "bytes<=" + QString::number(budget));
        QCOMPARE(json["met"].toBool(), true);
        for (const char *key : {"value", "low", "high"}) // as it was said before
            QCOMPARE(json["measured"]["prediction"]["accuracy"][key],
                     json["predicted"]["accuracy"][key]);
        QCOMPARE(json["why"].toArray().size(), 18);
        QCOMPARE(json["predicted"]["predicted"].toBool(), true);
        // The recipe is one that `run` takes, and the run is in the project.
        QFile file(m_folder.filePath("r.json"));
        QVERIFY(file.open(QFile::WriteOnly));
        file.write(QJsonDocument(json["recipe"].toObject()).toJson());
        file.close();
        const QJsonObject again = jsonOf(run({"run", "model", "--recipe", "r.json"}));
        QCOMPARE(again["weightHash"], json["measured"]["weightHash"]);
        const QJsonArray runs =
            jsonOf(test::runProgram({"runs", "s.pare", "--json"}, m_folder.path()))["runs"]
                .toArray();
        QVERIFY(std::any_of(runs.begin(), runs.end(), [&](const QJsonValue &one) {
            return one["id"] == json["measured"]["id"];
        }));
    }

    void lockedLayersStayAsTheyAre()
    {
        const QJsonObject json =
            jsonOf(run({"search", "model", "--target", "accuracy>=1%", "--technique",
                        "quantize.affine bits=8|2", "--lock", "block=0"}));
        QCOMPARE(json["why"].toArray().size(), 12);
        for (const QJsonValue &layer : json["measured"]["layers"].toArray()) {
            if (layer["name"].toString().startsWith("encoder.0."))
                QVERIFY(layer["steps"].toArray().isEmpty());
        }
    }

    void frontsAreDrawnAndMeasuredWhereAsked()
    {
        const QStringList arguments{
            "search",    "model", "--front",     "5",
            "--measure", "2",     "--technique", "quantize.affine bits=8|4|2"};
        const QJsonArray front = jsonOf(run(arguments))["front"].toArray();
        QCOMPARE(front.size(), 5);
        int measured = 0;
        for (qsizetype i = 0; i < front.size(); ++i) {
            measured += !front[i]["measured"].isNull();
            QVERIFY(i == 0 || front[i]["bytes"].toInteger() >= front[i - 1]["bytes"].toInteger());
        }
        QCOMPARE(measured, 2);
    }

    void pointsOfFrontsAreMeasuredByNumber()
    {
        const QJsonArray front = jsonOf(run({"search", "model", "--front", "5", "--measure", "2,5",
                                             "--technique", "quantize.affine bits=8|4|2"}))["front"]
                                     .toArray();
        for (qsizetype i = 0; i < front.size(); ++i)
            QCOMPARE(front[i]["measured"].isNull(), i != 1 && i != 4);
    }

    void terminalTellsWhy()
    {
        const test::Finished finished =
            test::runProgram({"search", "model", "--data", "model/test.tsv", "--threads", "2",
                              "--target", "bytes<=" + QString::number(m_original * 3 / 4),
                              "--technique", "quantize.affine bits=8|4|2"},
                             m_folder.path());
        QCOMPARE(finished.code, 0);
        for (const char *expected :
             {"Certificate:", "gap 0", ": met, ", "Why:", "encoder.0.ffn.up: ", "next best"})
            QVERIFY2(finished.output.contains(expected), finished.output);
    }

    void impossibleWishesAreRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        QTest::newRow("no target") << QStringList{} << 2 << "--target";
        QTest::newRow("not a target") << QStringList{"--target", "smaller"} << 2 << "bytes<=2MB";
        QTest::newRow("too small")
            << QStringList{"--target", "bytes<=1kB"} << 1 << "the weights alone";
        QTest::newRow("too fast") << QStringList{"--target", "latency<=0ms"} << 2
                                  << "latency<=1.2ms";
        QTest::newRow("too good") << QStringList{"--target", "accuracy>=100%"} << 1
                                  << "the original has";
        QTest::newRow("locks nothing")
            << QStringList{"--target", "bytes<=20kB", "--lock", "block=7"} << 1 << "--lock";
        QTest::newRow("locks everything")
            << QStringList{"--target", "bytes<=20kB", "--lock", "*"} << 1 << "locked";
        QTest::newRow("whole blocks")
            << QStringList{"--target", "bytes<=20kB", "--technique", "prune.layers count=2"} << 2
            << "layer by layer";
        for (const char *wrong : {"6", "0", "2,6", "x", ",", "1,,2"})
            QTest::addRow("points %s", wrong)
                << QStringList{"--front", "5", "--measure", wrong} << 2 << "--measure";
        QTest::newRow("both") << QStringList{"--target", "bytes<=20kB", "--front", "4"} << 2
                              << "--front";
    }
    void impossibleWishesAreRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QString, says);
        const test::Finished finished = test::runProgram(
            QStringList{"search", "model", "--data", "model/test.tsv", "--threads", "2"} +
                arguments,
            m_folder.path());
        QCOMPARE(finished.code, code);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
    }

    void pairsAreAskedTogether()
    {
        const QJsonObject json = jsonOf(
            run({"sweep", "model", "--per-layer", "--technique",
                 "quantize.affine bits=2 @ role=up,down", "--pairs", "4", "--tolerance", "0"}));
        QCOMPARE(json["pairs"].toArray().size(), 4);
        for (const QJsonValue &pair : json["pairs"].toArray()) {
            QCOMPARE(pair["options"].toArray().size(), 2);
            QVERIFY(pair["interaction"].toDouble() > 0);
        }
        // They are known from now on.
        const QJsonObject again =
            jsonOf(run({"sweep", "model", "--per-layer", "--technique",
                        "quantize.affine bits=2 @ role=up,down", "--tolerance", "0"}));
        QCOMPARE(again["pairs"].toArray().size(), 4);
    }

private:
    test::Finished run(const QStringList &arguments) const
    {
        return test::runProgram(
            arguments + QStringList{"--data", "model/test.tsv", "--threads", "2", "--json"},
            m_folder.path());
    }
    static QJsonObject jsonOf(const test::Finished &finished)
    {
        if (finished.code != 0)
            qWarning("%s", finished.errors.constData());
        return QJsonDocument::fromJson(finished.output).object();
    }

    QTemporaryDir m_folder;
    qint64 m_original = 0;
};

QTEST_GUILESS_MAIN(TestSearch)
#include "tst_search.moc"

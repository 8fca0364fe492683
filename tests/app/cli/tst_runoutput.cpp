// What `pare run` and `pare sweep` say of a result: bytes by part, errors, answers, multiply-adds.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

namespace {

QJsonObject jsonOf(const test::Finished &finished)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(finished.output, &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s\n%s", qPrintable(error.errorString()), finished.errors.constData());
    return document.object();
}

qint64 sumOf(const QJsonObject &parts)
{
    qint64 sum = 0;
    for (const QJsonValue &bytes : parts)
        sum += bytes.toInteger();
    return sum;
}

} // namespace

class TestRunOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::writeRandomModel(m_folder.filePath("model").toStdString()); }

    void runsTellPartsErrorsAndMultiplyAdds()
    {
        const test::Finished finished =
            run({"run", "model", "--step", "prune.magnitude sparsity=0.75 @ *.ffn.*", "--step",
                 "quantize.affine bits=4 group=8 @ *.ffn.up", "--calibration", "model/test.tsv",
                 "--calibration-examples", "12", "--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject json = jsonOf(finished);
        QCOMPARE(sumOf(json["bytesByPart"].toObject()), json["bytes"].toInteger());
        QVERIFY(json["bytesByPart"].toObject().contains("masks"));
        const QJsonObject baseline = json["baseline"].toObject();
        QCOMPARE(sumOf(baseline["bytesByPart"].toObject()), baseline["bytes"].toInteger());
        QVERIFY(json["multiplyAdds"].toInteger() > 0);
        QCOMPARE(json["multiplyAdds"], baseline["multiplyAdds"]);
        QCOMPARE(json["calibration"]["examples"].toInt(), 12);
        const double same = json["loyalty"]["label"]["value"].toDouble();
        QCOMPARE(json["answersChanged"].toInt(), qRound((1 - same) * 90));
        for (const QJsonValue &layer : json["layers"].toArray()) {
            const QString name = layer["name"].toString();
            const QJsonArray settings = layer["settings"].toArray();
            QCOMPARE(settings.size(), layer["steps"].toArray().size());
            if (name.endsWith("ffn.up")) {
                QCOMPARE(settings[0]["technique"].toString(), QString("prune.magnitude"));
                QCOMPARE(settings[0]["settings"]["sparsity"].toDouble(), 0.75);
                QCOMPARE(settings[1]["settings"]["bits"].toInt(), 4);
            }
            const bool norm = name.endsWith("norm");
            QCOMPARE(layer["outputError"].toDouble() > 0, name.contains(".ffn.") && !norm);
            QCOMPARE(layer["outputError"].isNull(), name.contains("embedding") || norm);
        }
    }

    void terminalShowsThemToo()
    {
        const test::Finished finished =
            run({"run", "model", "--step", "quantize.affine bits=4 group=8 @ *.ffn.*"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QString said = QString::fromUtf8(finished.output);
        for (const char *expected :
             {"\n  values ", "\n  scales ", "\n  header ", "\n  multiply-adds ", "\none answer ",
              " of 90 changed", "multiplied in float32", "4 bits, groups of 8; 6.00 bits a weight",
              "encoder.0-2: ffn.up, ffn.down"})
            QVERIFY2(said.contains(expected), qPrintable(expected + QString(" in:\n") + said));
        QVERIFY(!said.contains("\n  masks "));
        const QString plain = QString::fromUtf8(run({"run", "model"}).output);
        QVERIFY2(!plain.contains("multiplied in float32"), qPrintable(plain));
    }

    void sweepsPerLayerTellResponses()
    {
        const QStringList arguments{
            "sweep",         "model",     "--technique", "quantize.affine bits=8|3 @ role=up,down",
            "--per-layer",   "--project", "layers.pare", "--calibration",
            "model/test.tsv"};
        const QJsonObject json = jsonOf(run(arguments + QStringList{"--json"}));
        const QJsonArray responses = json["responses"].toArray();
        QCOMPARE(responses.size(), 12);
        QSet<QString> layers;
        for (const QJsonValue &value : responses) {
            const QJsonObject response = value.toObject();
            layers << response["layer"].toString();
            QCOMPARE(response["examples"].toInt(), 90);
            QVERIFY(response["rows"].toInt() >= 32);
            QVERIFY(response["savedBytes"].toInteger() > 0);
            QVERIFY(response["latencyMs"].toDouble() > 0);
            QVERIFY(response["weightError"].toDouble() > 0);
            QVERIFY(response["outputError"].toDouble() > 0);
            QVERIFY(response["accuracy"]["low"].toDouble() <=
                    response["accuracy"]["value"].toDouble());
        }
        QCOMPARE(layers.size(), 6);
        // What a run of the same recipe finds, its answers too where all examples were asked.
        const QJsonObject first = responses[1].toObject();
        const QJsonObject whole = jsonOf(
            run({"run", "model", "--step", "quantize.affine bits=3 @ " + first["layer"].toString(),
                 "--calibration", "model/test.tsv", "--project", "layers.pare", "--json"}));
        QCOMPARE(first["run"], whole["id"]);
        QCOMPARE(first["bytes"], whole["bytes"]);
        QCOMPARE(first["savedBytes"].toInteger(),
                 whole["baseline"]["bytes"].toInteger() - whole["bytes"].toInteger());
        const QJsonObject thorough =
            jsonOf(run(arguments + QStringList{"--tolerance", "0", "--json"}));
        QCOMPARE(thorough["responses"][1]["rows"].toInt(), 90);
        QCOMPARE(thorough["responses"][1]["answersChanged"], whole["answersChanged"]);
        // Fewer bits of one layer: a larger error of that layer, and a smaller file.
        for (qsizetype i = 0; i < 12; i += 2) {
            const QJsonObject eight = responses[i].toObject();
            const QJsonObject three = responses[i + 1].toObject();
            QCOMPARE(eight["layer"], three["layer"]);
            QVERIFY(eight["outputError"].toDouble() < three["outputError"].toDouble());
            QVERIFY(eight["bytes"].toInteger() > three["bytes"].toInteger());
        }
        // Runs of the same recipes are told beside them, and a second sweep asks nothing again.
        QCOMPARE(thorough["runs"].toArray(), QJsonArray{whole});
        QCOMPARE(jsonOf(run(arguments + QStringList{"--json"})), thorough);
        const QString table = QString::fromUtf8(run(arguments).output);
        QCOMPARE(table.count("encoder.1.ffn.up "), 2);
        QVERIFY2(table.contains("Of 90 examples"), qPrintable(table));
        const QString list = QString::fromUtf8(run({"runs", "layers.pare"}).output);
        QVERIFY2(list.contains("changed") && list.contains("outputs"), qPrintable(list));
    }

    void earlierRunsWithoutOutputsAreTold()
    {
        const QStringList arguments{
            "sweep", "model", "--technique", "quantize.affine bits=8|3", "--project", "early.pare"};
        QCOMPARE(run(arguments).code, 0);
        const test::Finished again =
            run(arguments + QStringList{"--calibration", "model/test.tsv"});
        QCOMPARE(again.code, 0);
        QVERIFY2(again.errors.contains("early.pare: 2 runs were there already"), again.errors);
    }

    void devDataChooses()
    {
        const QStringList arguments{"run", "model", "--step",
                                    "share.layers mode=ffn keep-weights=best", "--json"};
        const test::Finished refused = run(arguments);
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("--dev"), refused.errors);
        const QStringList withDev =
            arguments + QStringList{"--dev", "model/test.tsv", "--project", "best.pare"};
        const QJsonObject json = jsonOf(run(withDev + QStringList{"--output", "best"}));
        QVERIFY(json["dev"]["path"].toString().endsWith("model/test.tsv"));
        QCOMPARE(
            test::runProgram({"export", "best.pare#" + json["id"].toString(), "--output", "again"},
                             m_folder.path())
                .code,
            0);
        QVERIFY(sameFiles("best/model.safetensors", "again/model.safetensors"));
        // A sweep leaves it out before anything is measured, and goes on with what is left.
        const test::Finished swept =
            run({"sweep", "model", "--technique", "share.layers mode=ffn keep-weights=first|best",
                 "--technique", "prune.wanda", "--json"});
        QCOMPARE(swept.code, 0);
        QCOMPARE(jsonOf(swept)["runs"].toArray().size(), 1);
        QVERIFY2(swept.errors.indexOf("--calibration") < swept.errors.indexOf("1 of 1") &&
                     swept.errors.contains("--dev"),
                 swept.errors);
        const test::Finished unused = run({"run", "model", "--dev", "model/test.tsv"});
        QVERIFY2(unused.errors.contains("chooses nothing"), unused.errors);
    }

private:
    bool sameFiles(const QString &one, const QString &other) const
    {
        QFile a(m_folder.filePath(one)), b(m_folder.filePath(other));
        return a.open(QIODevice::ReadOnly) && b.open(QIODevice::ReadOnly) &&
               a.readAll() == b.readAll();
    }

    /// On the model's data, with one thread.
    test::Finished run(QStringList arguments) const
    {
        if (arguments.first() != "runs")
            arguments << "--data"
                      << "model/test.tsv"
                      << "--threads"
                      << "1";
        return test::runProgram(arguments, m_folder.path());
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestRunOutput)
#include "tst_runoutput.moc"

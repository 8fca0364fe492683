// What the commands print and write, and with which exit code they end.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>

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

bool hasKeys(const QJsonObject &object, const QStringList &keys)
{
    for (const QString &key : keys) {
        if (!object.contains(key)) {
            qWarning("no key %s", qPrintable(key));
            return false;
        }
    }
    return true;
}

} // namespace

class TestCommandLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::writeRandomModel(m_folder.filePath("model").toStdString()); }

    void helpAndVersionEndWithZero()
    {
        for (const QStringList &arguments :
             {QStringList{"--help"}, {"--version"}, {"run", "--help"}}) {
            const test::Finished finished = run(arguments);
            QCOMPARE(finished.code, 0);
            QVERIFY(!finished.output.isEmpty());
        }
    }

    void inspectDescribes()
    {
        const QJsonObject whole = jsonOf(run({"inspect", "model", "--json"}));
        QVERIFY(hasKeys(whole, {"schema", "architecture", "parameters", "parametersByPart",
                                "counted", "bytes", "layers"}));
        QCOMPARE(whole["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath("model/model.safetensors")).size());
        qint64 parameters = 0;
        for (const QJsonValue &layer : whole["layers"].toArray()) {
            QVERIFY(hasKeys(layer.toObject(), {"name", "role", "stack", "block", "shape", "dtype",
                                               "parameters", "bytes", "sharedWith", "tensors"}));
            parameters += layer["parameters"].toInteger();
        }
        QCOMPARE(parameters, whole["parameters"].toInteger());
        const QJsonObject parts = whole["parametersByPart"].toObject();
        QCOMPARE(parts.keys(), (QStringList{"blocks", "embeddings", "head", "pooler"}));
        for (const QJsonValue &part : parts)
            parameters -= part.toInteger();
        QCOMPARE(parameters, 0);
        QCOMPARE(whole["counted"]["pooler"].toBool(), true);

        const QJsonObject shared =
            jsonOf(run({"inspect", "model", "--step", "share.layers mode=all", "--json"}));
        QVERIFY(shared["parameters"].toInteger() < whole["parameters"].toInteger());
        QVERIFY(
            QFile::copy(m_folder.filePath("model/config.json"), m_folder.filePath("config.json")));
        const QJsonObject alone = jsonOf(run({"inspect", "config.json", "--json"}));
        QCOMPARE(alone["parameters"].toInteger(), whole["parameters"].toInteger());
        QCOMPARE(alone["bytes"].toInteger(), whole["bytes"].toInteger());
        const QJsonObject aloneShared =
            jsonOf(run({"inspect", "config.json", "--step", "share.layers mode=all", "--json"}));
        QCOMPARE(aloneShared["bytes"].toInteger(), shared["bytes"].toInteger());
        const QJsonObject file = jsonOf(run({"inspect", "model/model.safetensors", "--json"}));
        QCOMPARE(file, whole);
        QVERIFY(run({"inspect", "model"}).output.contains("encoder.2.ffn.down"));
    }

    /// Subformer's sandwich of 6 + 6 blocks; weights beside the configuration are left unread.
    void inspectDescribesWhatItCannotRun()
    {
        QVERIFY(QDir(m_folder.path()).mkdir("translator"));
        write("translator/config.json",
              R"({"model_type": "marian", "d_model": 512, "vocab_size": 32768,
                  "encoder_layers": 6, "encoder_attention_heads": 8, "encoder_ffn_dim": 2048,
                  "decoder_layers": 6, "decoder_attention_heads": 8, "decoder_ffn_dim": 2048})");
        const QStringList arguments{"inspect", "translator", "--step",
                                    "share.layers mode=sandwich"};
        const QJsonObject json = jsonOf(run(arguments + QStringList{"--json"}));
        QCOMPARE(json["parameters"].toInteger(), 38'861'824);
        QCOMPARE(json["parametersByPart"]["embeddings"].toInteger(), 32768 * 512);
        QCOMPARE(json["counted"]["pooler"].toBool(), false);
        QVERIFY(json["counted"]["positionWidth"].isNull());
        const QByteArray table = run(arguments).output;
        QVERIFY2(table.contains("marian 6 + 6 x 512, 38861824 parameters"), table);
        QVERIFY2(table.contains("positions are computed"), table);
        QVERIFY(table.contains("decoder.5.cross.output"));

        QVERIFY(QFile::copy(m_folder.filePath("model/model.safetensors"),
                            m_folder.filePath("translator/model.safetensors")));
        const test::Finished beside = run(arguments + QStringList{"--json"});
        QCOMPARE(jsonOf(beside), json);
        QVERIFY2(beside.errors.contains("not run it"), beside.errors);
        for (const QStringList &refused :
             {QStringList{"run", "translator", "--data", "model/test.tsv"},
              {"train", "--config", "translator/config.json", "--data", "model/test.tsv",
               "--output", "trained"}}) {
            const test::Finished finished = run(refused);
            QCOMPARE(finished.code, 1);
            QVERIFY2(finished.errors.contains("not run it"), finished.errors);
        }
        QVERIFY(!QFileInfo::exists(m_folder.filePath("trained/config.json")));
    }

    void tokenizePrintsIdsAndTokens()
    {
        const QJsonObject json = jsonOf(run({"tokenize", "model", "Small fish swims", "--json"}));
        const QJsonObject text = json["texts"].toArray().at(0).toObject();
        QCOMPARE(text["ids"].toArray().size(), text["tokens"].toArray().size());
        QCOMPARE(text["tokens"].toArray().first().toString(), QString("[CLS]"));
        QCOMPARE(text["tokens"].toArray().at(1).toString(), QString("small"));
        QCOMPARE(text["tokens"].toArray().last().toString(), QString("[SEP]"));
        QCOMPARE(text["ids"].toArray().first().toInt(), 2);
        write("texts.jsonl", "{\"text\": \"big tree\"}\n{\"text\": \"small\"}\n");
        QCOMPARE(jsonOf(run({"tokenize", "model", "--data", "texts.jsonl", "--json"}))["texts"]
                     .toArray()
                     .size(),
                 2);
        QVERIFY(run({"tokenize", "model", "small"}).output.contains("[CLS] small [SEP]"));
    }

    void runMeasures()
    {
        const test::Finished finished =
            run({"run", "model", "--data", "model/test.tsv", "--step",
                 "quantize.affine bits=4 group=8", "--output", "four", "--predictions", "four.tsv",
                 "--project", "p.pare", "--threads", "1", "--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject json = jsonOf(finished);
        QVERIFY(hasKeys(json,
                        {"schema", "id", "model", "data", "seed", "threads", "versions", "recipe",
                         "bytes", "parameters", "primaryMetric", "metrics", "loyalty", "latencyMs",
                         "examplesPerSecond", "batchTokens", "kernels", "baseline", "layers"}));
        QCOMPARE(json["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath("four/model.safetensors")).size());
        QCOMPARE(json["metrics"]["accuracy"]["n"].toInt(), 90);
        QCOMPARE(json["recipe"]["steps"].toArray().at(0)["settings"]["bits"].toInt(), 4);
        QCOMPARE(json["baseline"]["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath("model/model.safetensors")).size());
        QCOMPARE(json["model"]["path"].toString(),
                 QFileInfo(m_folder.filePath("model")).absoluteFilePath());
        for (const QJsonValue &layer : json["layers"].toArray()) {
            QVERIFY(hasKeys(layer.toObject(),
                            {"name", "steps", "bytes", "bytesByPart", "kernel", "weightError"}));
            const bool touched = !layer["steps"].toArray().isEmpty();
            QCOMPARE(layer["weightError"].toDouble() > 0, touched);
        }
        const QList<QByteArray> lines = read("four.tsv").trimmed().split('\n');
        QCOMPARE(lines.size(), 91);
        QCOMPARE(lines[0], QByteArray("example\tlabel\tpredicted\tbaseline\tlogits"));
        int right = 0;
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const QList<QByteArray> fields = lines[i].split('\t');
            QCOMPARE(fields[0].toInt(), i - 1);
            right += fields[1] == fields[2];
            QCOMPARE(fields[4].split(',').size(), 3);
        }
        QCOMPARE(json["metrics"]["accuracy"]["value"].toDouble(), right / 90.0);

        const test::Finished listed = run({"runs", "p.pare", "--json"});
        QCOMPARE(jsonOf(listed)["runs"].toArray().size(), 1);
        QCOMPARE(jsonOf(listed)["runs"].toArray().at(0)["id"], json["id"]);
        QCOMPARE(
            run({"export", "p.pare#" + json["id"].toString().left(6), "--output", "again"}).code,
            0);
        QVERIFY(read("again/model.safetensors") == read("four/model.safetensors"));
        QCOMPARE(run({"export", "p.pare#zzz", "--output", "never"}).code, 1);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("never")));
        // An exported folder opens like any other, and changing nothing about it changes nothing.
        const QJsonObject again =
            jsonOf(run({"run", "four", "--data", "model/test.tsv", "--threads", "1", "--json"}));
        QCOMPARE(again["metrics"]["accuracy"]["value"], json["metrics"]["accuracy"]["value"]);
        QCOMPARE(again["baseline"]["bytes"], json["bytes"]);
    }

    void recipeFilesComeFirst()
    {
        write("r.json",
              R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 8}}]})");
        const QJsonObject json =
            jsonOf(run({"run", "model", "--data", "model/test.tsv", "--recipe", "r.json", "--step",
                        "quantize.affine bits=3 @ block=0", "--threads", "1", "--json"}));
        for (const QJsonValue &layer : json["layers"].toArray()) {
            if (layer["name"].toString() == "encoder.0.ffn.up")
                QVERIFY(layer["steps"].toArray().at(0).toString().contains("bits=3"));
            if (layer["name"].toString() == "encoder.1.ffn.up")
                QVERIFY(layer["steps"].toArray().at(0).toString().contains("bits=8"));
        }
    }

    void sweepsGoOnWhereTheyStopped()
    {
        const QStringList arguments{"sweep",       "model",
                                    "--data",      "model/test.tsv",
                                    "--technique", "quantize.affine bits=8|4",
                                    "--technique", "factorize.svd keep=0.5",
                                    "--project",   "s.pare",
                                    "--threads",   "1",
                                    "--json"};
        const QJsonArray runs = jsonOf(run(arguments))["runs"].toArray();
        QCOMPARE(runs.size(), 3);
        QCOMPARE(jsonOf(run(arguments))["runs"].toArray(),
                 runs); // measured once: the very same numbers
        QJsonArray listed = jsonOf(run({"runs", "s.pare", "--json"}))["runs"].toArray();
        for (qsizetype i = 0; i < listed.size(); ++i) {
            QJsonObject one = listed[i].toObject();
            const double chance = one["onFront"].toDouble(-1); // among those of the project
            QVERIFY(chance >= 0 && chance <= 1);
            one["onFront"] = runs[i].toObject()["onFront"];
            listed[i] = one;
        }
        QCOMPARE(listed, runs);
        QStringList perLayer = arguments;
        perLayer[5] = "quantize.affine bits=4 @ role=query";
        perLayer.remove(6, 2);
        perLayer << "--per-layer";
        QCOMPARE(jsonOf(run(perLayer))["responses"].toArray().size(), 3);
        QVERIFY(run({"runs", "s.pare"}).output.contains("rank, 50 % kept"));
    }

    void trainingMakesAModelThatRuns()
    {
        const test::Finished trained =
            run({"train", "--init", "model", "--data", "model/test.tsv", "--dev", "model/test.tsv",
                 "--epochs", "3", "--learning-rate", "0.003", "--batch-tokens", "64", "--output",
                 "trained", "--threads", "1", "--json"});
        QVERIFY2(trained.code == 0, trained.errors);
        QVERIFY(hasKeys(jsonOf(trained), {"steps", "tokensPerSecond", "evaluations"}));
        const QJsonObject json =
            jsonOf(run({"run", "trained", "--data", "model/test.tsv", "--threads", "1", "--json"}));
        QVERIFY(json["metrics"]["accuracy"]["value"].toDouble() >
                0.4); // the labels follow from nothing but the row; some can be learnt
    }

    void interruptedTrainingGoesOn()
    {
        const QStringList arguments{
            "train", "--init",         "model", "--data",   "model/test.tsv", "--epochs",
            "50000", "--batch-tokens", "64",    "--output", "interrupted",    "--threads",
            "2"};
        for (int attempt = 0; attempt < 3; ++attempt) {
            QProcess training;
            training.setWorkingDirectory(m_folder.path());
            training.setProcessChannelMode(QProcess::MergedChannels);
            training.start(PARE_PROGRAM,
                           attempt == 0 ? arguments : arguments + QStringList{"--resume"});
            QVERIFY(training.waitForStarted());
            QByteArray said;
            while (!said.contains("Training") &&
                   training.waitForReadyRead(test::patience)) // plain lines: a pipe
                said += training.readAll();
            ::kill(static_cast<pid_t>(training.processId()), SIGINT);
            QVERIFY(training.waitForFinished(test::patience));
            QCOMPARE(training.exitStatus(), QProcess::NormalExit);
            QCOMPARE(training.exitCode(), 130);
            QVERIFY(QFileInfo::exists(m_folder.filePath("interrupted/training-state.safetensors")));
        }
    }

    void nothingIsWrittenOverWhatIsRead()
    {
        const QByteArray before = read("model/model.safetensors");
        QCOMPARE(
            run({"export", "model", "--step", "quantize.affine bits=2", "--output", "model"}).code,
            1);
        QCOMPARE(run({"run", "model", "--data", "model/test.tsv", "--output", "./model"}).code, 1);
        QCOMPARE(
            run({"run", "model", "--data", "model/test.tsv", "--predictions", "model/test.tsv"})
                .code,
            1);
        QVERIFY(read("model/model.safetensors") == before);
        QCOMPARE(run({"inspect", "model"}).code, 0);
    }

    void lostOutputIsTold()
    {
        QProcess program;
        program.setWorkingDirectory(m_folder.path());
        program.setStandardOutputFile("/dev/full");
        program.start(PARE_PROGRAM, {"inspect", "model"});
        QVERIFY(program.waitForFinished(test::patience));
        QCOMPARE(program.exitCode(), 1);
        QVERIFY(program.readAllStandardError().startsWith("pare: standard output: "));
    }

    void unheardMessagesStopNothing()
    {
        const QStringList measure{"run", "model", "--data", "model/test.tsv", "--json"};
        const auto codeOf = [&](const QStringList &arguments) {
            QProcess program;
            program.setWorkingDirectory(m_folder.path());
            program.setStandardErrorFile("/dev/full");
            program.start(PARE_PROGRAM, arguments);
            return program.waitForFinished(test::patience) ? program.exitCode() : -1;
        };
        QCOMPARE(codeOf(measure), 0);
        QCOMPARE(codeOf({"runs", "none.pare"}), 1);
        QCOMPARE(codeOf({"nonsense", "x"}), 2);
    }

    void noWindowWithoutADisplay_data()
    {
        QTest::addColumn<QByteArray>("display");
        QTest::newRow("none") << QByteArray();
        QTest::newRow("dead") << QByteArray(":98765");
    }
    void noWindowWithoutADisplay()
    {
        QFETCH(QByteArray, display);
        QProcess program;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.remove("QT_QPA_PLATFORM");
        environment.remove("WAYLAND_DISPLAY");
        environment.insert("DISPLAY", display);
        program.setProcessEnvironment(environment);
        program.setWorkingDirectory(m_folder.path());
        for (const QStringList &arguments : {QStringList{},
                                             {"model"},
                                             {"-reverse"},
                                             {"-reverse", "model"},
                                             {"model", "-style", "Fusion"},
                                             {"demo", "--window", "--output", "windowed"}}) {
            program.start(PARE_PROGRAM, arguments);
            QVERIFY(program.waitForFinished(test::patience));
            const QByteArray said = program.readAllStandardError();
            QVERIFY2(program.exitStatus() == QProcess::NormalExit, said);
            QCOMPARE(program.exitCode(), 1);
            QVERIFY2(said.startsWith("pare: there is no display"), said);
        }
    }

    void exportSaysWhatIsOdd()
    {
        const QByteArray config = read("model/config.json");
        write("model/config.json", "{\"surprise\": 1," + config.mid(1));
        const test::Finished finished =
            run({"export", "model", "--step", "quantize.affine bits=4", "--seed", "3",
                 "--calibration", "model/test.tsv", "--output", "small"});
        write("model/config.json", config);
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(finished.errors.contains("surprise"), finished.errors);
        QVERIFY2(finished.errors.contains("no step of the recipe needs calibration"),
                 finished.errors);
    }

    void trainingSaysWhatIsLost()
    {
        QCOMPARE(
            run({"export", "model", "--step", "quantize.affine bits=4", "--output", "packed"}).code,
            0);
        write("other.tsv", "text\tlabel\nsmall fish\tstrange\nbig tree\tstranger\n");
        const test::Finished finished =
            run({"train", "--init", "packed", "--data", "other.tsv", "--epochs", "1",
                 "--batch-tokens", "64", "--output", "relearnt", "--threads", "1"});
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(finished.errors.contains("packed: is compressed"), finished.errors);
        QVERIFY2(finished.errors.contains("\"strange\""), finished.errors);
    }

    void finishedTrainingIsNotBegunAgain()
    {
        const QStringList arguments{"train",          "--init",    "model", "--data",
                                    "model/test.tsv", "--epochs",  "1",     "--output",
                                    "finished",       "--threads", "1"};
        QCOMPARE(run(arguments).code, 0);
        const QByteArray weights = read("finished/model.safetensors");
        const test::Finished again = run(arguments + QStringList{"--resume"});
        QCOMPARE(again.code, 1);
        QVERIFY2(again.errors.contains("is finished"), again.errors);
        QVERIFY(read("finished/model.safetensors") == weights);
    }

    void tokenizerBelongsToTheModel()
    {
        const QStringList arguments{"run",       "model", "--data", "model/test.tsv",
                                    "--threads", "1",     "--json"};
        const QJsonObject before = jsonOf(run(arguments));
        const QByteArray options = read("model/tokenizer_config.json");
        write("model/tokenizer_config.json", "{\"do_lower_case\": false}");
        const QJsonObject after = jsonOf(run(arguments));
        if (options.isEmpty())
            QVERIFY(QFile::remove(m_folder.filePath("model/tokenizer_config.json")));
        else
            write("model/tokenizer_config.json", options);
        QVERIFY(before["model"]["hash"].toString() != after["model"]["hash"].toString());
        QVERIFY(before["id"].toString() != after["id"].toString());
    }

    void impossibleSettingsLeaveASweep()
    {
        const test::Finished some =
            run({"sweep", "model", "--data", "model/test.tsv", "--technique",
                 "factorize.svd rank=4..16:4 @ role=query", "--threads", "1", "--json"});
        QVERIFY2(some.code == 0, some.errors);
        QCOMPARE(jsonOf(some)["runs"].toArray().size(),
                 1); // 8 is where a matrix of 16 x 16 breaks even
        QVERIFY(some.errors.contains("saves nothing"));
        QCOMPARE(run({"sweep", "model", "--data", "model/test.tsv", "--technique",
                      "factorize.svd rank=15|16"})
                     .code,
                 1);
    }

private:
    test::Finished run(const QStringList &arguments) const
    {
        return test::runProgram(arguments, m_folder.path());
    }

    void write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_commandline.moc"

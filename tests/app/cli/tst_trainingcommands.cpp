// Training from the command line: pre-training, distilling, recovering in a run, and what of it is
// printed, kept in a project and exported.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
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

/// Documents of three sentences, in the words of the model.
QByteArray runningText()
{
    const char *things[] = {"bird", "fish", "tree"};
    const char *acts[] = {"flies", "swims", "grows"};
    QByteArray text;
    for (int i = 0; i < 40; ++i) {
        for (const char *size : {"Small ", "Big ", "Green "})
            text += size + QByteArray(things[i % 3]) + " " + acts[i % 3] + ".\n";
        text += "\n";
    }
    return text;
}

} // namespace

class TestTrainingCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        QVERIFY(write("text.txt", runningText()));
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
    }

    void pretrainingLearnsOrder()
    {
        const QStringList arguments{
            "train",      "--init",         "model",    "--objective", "mlm+sop",    "--corpus",
            "text.txt",   "--dev",          "text.txt", "--masking",   "whole-word", "--epochs",
            "2",          "--threads",      "1",        "--precision", "float32",    "--output",
            "pretrained", "--batch-tokens", "128"};
        const test::Finished finished = run(arguments + QStringList{"--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject json = jsonOf(finished);
        QCOMPARE(json["objective"].toString(), QString("mlm+sop"));
        QCOMPARE(json["evaluations"].toArray().size(), 2);
        const QJsonObject scores = json["evaluations"][0]["scores"].toObject();
        QCOMPARE(scores.keys(), (QStringList{"mlm", "nsp", "sop"}));
        QCOMPARE(run({"inspect", "pretrained", "--json"}).code, 0);
        QFile file(m_folder.filePath("pretrained/model.safetensors"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray header = file.read(64 * 1024);
        QVERIFY(header.contains("cls.seq_relationship.weight"));
        QVERIFY(header.contains("cls.predictions.transform.dense.weight"));
    }

    void distillingMakesASmallerModelThatRuns()
    {
        const QStringList arguments{
            "distill", "--teacher",      "model", "--step",         "prune.layers count=1",
            "--data",  "model/test.tsv", "--dev", "model/test.tsv", "--epochs",
            "2",       "--threads",      "1",     "--precision",    "float32"};
        const test::Finished finished = run(
            arguments + QStringList{"--method", "pkd beta=10", "--output", "student", "--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject json = jsonOf(finished);
        QCOMPARE(json["schema"].toInt(), 1);
        QCOMPARE(json["method"].toString(), QString("pkd"));
        QCOMPARE(json["settings"]["beta"].toString(), QString("10"));
        QCOMPARE(json["layerMap"].toString(), QString()); // a last layer has the answers to learn
        QCOMPARE(json["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath("student/model.safetensors")).size());
        QVERIFY(json["bytes"].toInteger() < json["teacherBytes"].toInteger());
        QVERIFY(json["parameters"].toInteger() < json["teacherParameters"].toInteger());
        const QJsonArray stages = json["stages"].toArray();
        QCOMPARE(stages.size(), 1);
        QCOMPARE(stages[0]["evaluations"].toArray().size(), 2);
        const QJsonObject ran =
            jsonOf(run({"run", "student", "--data", "model/test.tsv", "--threads", "1", "--json"}));
        QCOMPARE(ran["bytes"].toInteger(), json["bytes"].toInteger());

        const test::Finished text = run(
            arguments + QStringList{"--method", "minilm transfer-epochs=1", "--output", "other"});
        QVERIFY2(text.code == 0, text.errors);
        QVERIFY2(text.output.contains("relations of the last layer"), text.output);
        QVERIFY2(text.output.contains("teacher:"), text.output);
    }

    void aConfigurationBecomesAStudent()
    {
        QVERIFY(
            QFile::copy(m_folder.filePath("model/config.json"), m_folder.filePath("student.json")));
        QByteArray config = read("student.json");
        config.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 2");
        QVERIFY(QFile::remove(m_folder.filePath("student.json")));
        QVERIFY(write("student.json", config));
        const QStringList arguments{
            "distill",  "--teacher", "model",  "--student",      "student.json",
            "--method", "theseus",   "--data", "model/test.tsv", "--epochs",
            "1",        "--threads", "1",      "--output",       "successor"};
        const test::Finished finished = run(arguments + QStringList{"--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        QCOMPARE(jsonOf(finished)["stages"].toArray().size(), 2);
        const QJsonObject model = jsonOf(run({"inspect", "successor", "--json"}));
        QVERIFY(model["parameters"].toInteger() <
                jsonOf(finished)["teacherParameters"].toInteger());
    }

    void aStudentIsARun_data()
    {
        QTest::addColumn<QStringList>("student");
        QTest::addColumn<QString>("name");
        QTest::newRow("of the teacher") << QStringList{"--step", "prune.layers count=1"} << "+ KD";
        QTest::newRow("of a configuration")
            << QStringList{"--student", "narrow.json"} << "KD of narrow.json";
    }

    /// Beside its teacher in the project, measured on what --test says, and exported to the byte.
    void aStudentIsARun()
    {
        QFETCH(QStringList, student);
        QFETCH(QString, name);
        QByteArray config = read("model/config.json");
        config.replace("\"num_hidden_layers\": 3", "\"num_hidden_layers\": 1");
        QFile::remove(m_folder.filePath("narrow.json"));
        QVERIFY(write("narrow.json", config));
        QFile::remove(m_folder.filePath("students.pare"));
        const QStringList arguments =
            QStringList{"distill",        "--teacher", "model",   "--method",  "kd", "--data",
                        "model/test.tsv", "--epochs",  "1",       "--threads", "1",  "--project",
                        "students.pare",  "--output",  "student", "--json"} +
            student;
        const test::Finished finished = run(arguments + QStringList{"--test", "model/test.tsv"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject made = jsonOf(finished)["run"].toObject();
        QCOMPARE(made["bytes"], jsonOf(finished)["bytes"]);
        QCOMPARE(made["baseline"]["bytes"], jsonOf(finished)["teacherBytes"]);
        QCOMPARE(made["distillation"]["technique"].toString(), QString("kd"));
        QCOMPARE(made["training"]["steps"].toInt(), jsonOf(finished)["stages"][0]["steps"].toInt());
        QVERIFY(made["loyalty"]["label"]["n"].toInt() > 0);
        const QJsonObject measured =
            jsonOf(run({"run", "student", "--data", "model/test.tsv", "--threads", "1", "--json"}));
        QCOMPARE(measured["metrics"], made["metrics"]);
        const QJsonObject teacher =
            jsonOf(run({"run", "model", "--data", "model/test.tsv", "--threads", "1", "--json"}));
        QCOMPARE(teacher["metrics"], made["baseline"]["metrics"]);
        const QString id = made["id"].toString();
        const test::Finished listed = run({"runs", "students.pare"});
        QVERIFY2(listed.output.contains(id.toUtf8()), listed.output);
        QVERIFY2(listed.output.contains(name.toUtf8()), listed.output);
        const test::Finished exported =
            run({"export", "students.pare#" + id, "--output", "exported-student"});
        QVERIFY2(exported.code == 0, exported.errors);
        QCOMPARE(read("exported-student/model.safetensors"), read("student/model.safetensors"));
        // Nothing but its weights brings it back.
        QVERIFY(QDir(m_folder.filePath("students.pare.weights")).removeRecursively());
        const test::Finished gone =
            run({"export", "students.pare#" + id, "--output", "gone-student"});
        QCOMPARE(gone.code, 1);
        QVERIFY2(gone.errors.contains("distil it again"), gone.errors);
    }

    /// What is read stays as it was.
    void itsOwnInputIsNotOverwritten_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QStringList kd{"distill",        "--method", "kd", "--data",
                             "model/test.tsv", "--epochs", "1"};
        QTest::newRow("teacher") << kd + QStringList{"--teacher", "model", "--output", "model"};
        QTest::newRow("student") << kd + QStringList{"--teacher", "model",    "--student",
                                                     "pupil",     "--output", "./pupil"};
    }
    void itsOwnInputIsNotOverwritten()
    {
        QFETCH(QStringList, arguments);
        test::writeRandomModel(m_folder.filePath("pupil").toStdString());
        const QByteArray before = read("model/model.safetensors"),
                         own = read("pupil/model.safetensors");
        const test::Finished finished = run(arguments);
        QCOMPARE(read("model/model.safetensors"), before);
        QCOMPARE(read("pupil/model.safetensors"), own);
        QCOMPARE(finished.code, 1);
        QVERIFY2(finished.errors.contains("choose another place"), finished.errors);
    }

    /// Another vocabulary of the same size, other labels: said in words, before anything is learnt.
    void anotherStudentIsRefused_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("says");
        const QStringList words = QString::fromUtf8(read("model/vocab.txt")).split('\n');
        const QByteArray one = words[20].toUtf8(), two = words[21].toUtf8();
        QTest::newRow("vocabulary")
            << "vocab.txt" << QByteArray("\n" + one + "\n" + two + "\n")
            << QByteArray("\n" + two + "\n" + one + "\n")
            << QString("token 21, \"%1\", does not come after \"%2\"").arg(words[20], words[21]);
        QTest::newRow("labels") << "config.json" << QByteArray("\"bird\"") << QByteArray("\"crow\"")
                                << "the teacher with bird, fish, tree, the student with crow";
    }
    void anotherStudentIsRefused()
    {
        QFETCH(QString, file);
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, says);
        test::writeRandomModel(m_folder.filePath("pupil").toStdString());
        QByteArray content = read("pupil/" + file);
        QVERIFY(content.contains(from));
        QVERIFY(write("pupil/" + file, content.replace(from, to)));
        const test::Finished finished =
            run({"distill", "--teacher", "model", "--student", "pupil", "--method", "kd", "--data",
                 "model/test.tsv", "--epochs", "1", "--output", "refused"});
        QVERIFY2(finished.code == 1, finished.output);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("refused")));
    }

    /// A student that kept a part of the vocabulary reads by it, and its teacher by all of it.
    void studentMayKeepAPartOfTheVocabulary()
    {
        const QStringList common{
            "distill", "--teacher",      "model",    "--data", "model/test.tsv",
            "--test",  "model/test.tsv", "--epochs", "1",      "--threads",
            "1"};
        const QByteArray words = read("model/vocab.txt");
        QVERIFY(write("few.txt", words.left(words.size() / 2)));
        const QStringList less{"--step", "prune.vocabulary text=few.txt"};
        const test::Finished made =
            run(common + less +
                QStringList{"--method", "kd", "--project", "less.pare", "--output", "less"});
        QVERIFY2(made.code == 0, made.errors);
        QVERIFY(read("less/vocab.txt").size() < words.size());
        // What was measured is what the folder answers, and it can go on learning.
        const QJsonObject again =
            jsonOf(run({"run", "less", "--data", "model/test.tsv", "--json"}));
        const QJsonArray runs = jsonOf(run({"runs", "less.pare", "--json"}))["runs"].toArray();
        QCOMPARE(runs.size(), 1);
        QCOMPARE(again["metrics"]["accuracy"]["value"].toDouble(-1),
                 runs[0]["metrics"]["accuracy"]["value"].toDouble());
        const test::Finished on = run(
            common + QStringList{"--student", "less", "--method", "pkd", "--output", "less-on"});
        QVERIFY2(on.code == 0, on.errors);
        QCOMPARE(read("less-on/vocab.txt"), read("less/vocab.txt"));
        const test::Finished refused =
            run(common + less + QStringList{"--method", "minilm", "--output", "refused"});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.errors.contains("kd and pkd can teach"), refused.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("refused")));
    }

    /// One with fewer positions reads texts as far as it can.
    void longTextsAreCutForAShortStudent_data()
    {
        QTest::addColumn<QString>("method");
        for (const char *method : {"theseus successor-epochs=0", "kd", "minilm transfer-epochs=1"})
            QTest::newRow(method) << method;
    }
    void longTextsAreCutForAShortStudent()
    {
        QFETCH(QString, method);
        QByteArray config = read("model/config.json");
        config.replace("\"max_position_embeddings\": 24", "\"max_position_embeddings\": 6");
        QVERIFY(config.contains("\"max_position_embeddings\": 6"));
        QVERIFY(write("short.json", config));
        const test::Finished finished =
            run({"distill", "--teacher", "model", "--student", "short.json", "--method", method,
                 "--data", "model/test.tsv", "--test", "model/test.tsv", "--epochs", "1",
                 "--threads", "1", "--output", "short"});
        QVERIFY2(finished.code == 0, finished.errors);
    }

    /// A head of the teacher's that the task does not use is in no file and in no figure; where only
    /// text was learnt it stays, and is counted.
    void bytesAreThoseOfTheFile()
    {
        QVERIFY2(run({"train", "--init", "model", "--objective", "mlm", "--corpus", "text.txt",
                      "--epochs", "0.1", "--threads", "1", "--output", "masked"})
                         .code == 0,
                 "mlm");
        const QStringList arguments{"distill",
                                    "--teacher",
                                    "masked",
                                    "--step",
                                    "prune.layers count=1",
                                    "--method",
                                    "distilbert transfer-epochs=0.1 transfer-rate=0.0001",
                                    "--epochs",
                                    "0.1",
                                    "--threads",
                                    "1",
                                    "--json"};
        const QJsonObject text =
            jsonOf(run(arguments + QStringList{"--corpus", "text.txt", "--output", "on-text"}));
        QCOMPARE(text["bytes"].toInteger(),
                 QFileInfo(m_folder.filePath("on-text/model.safetensors")).size());
        QCOMPARE(text["stages"][0]["learningRate"].toDouble(), 0.0001);
        QFile::remove(m_folder.filePath("bytes.pare"));
        QVERIFY2(run({"train", "--init", "masked", "--data", "model/test.tsv", "--epochs", "0.1",
                      "--threads", "1", "--output", "both"})
                         .code == 0,
                 "task");
        QStringList onTask = arguments;
        onTask[2] = "both";
        const test::Finished made =
            run(onTask + QStringList{"--data", "model/test.tsv", "--test", "model/test.tsv",
                                     "--project", "bytes.pare", "--output", "on-task"});
        QVERIFY2(made.code == 0, made.errors);
        const qint64 size = QFileInfo(m_folder.filePath("on-task/model.safetensors")).size();
        const QJsonObject json = jsonOf(made);
        QCOMPARE(json["bytes"].toInteger(), size);
        QCOMPARE(json["run"]["bytes"].toInteger(), size);
        const QString id = json["run"]["id"].toString();
        QCOMPARE(run({"export", "bytes.pare#" + id, "--output", "bytes-out"}).code, 0);
        QCOMPARE(read("bytes-out/model.safetensors"), read("on-task/model.safetensors"));
    }

    void whatChangesNothingIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const QStringList kd{"distill", "--teacher",      "model",    "--method", "kd",
                             "--data",  "model/test.tsv", "--epochs", "0.1",      "--threads",
                             "1",       "--output",       "unused"};
        const QStringList task{"train",    "--init", "model",     "--data", "model/test.tsv",
                               "--epochs", "0.1",    "--threads", "1",      "--output",
                               "unused"};
        QTest::newRow("layer map") << kd + QStringList{"--layer-map", "0:0"} << "pairs no layers";
        QTest::newRow("corpus") << kd + QStringList{"--corpus", "text.txt"} << "teaches nothing";
        QTest::newRow("patience") << kd + QStringList{"--patience", "2"} << "--dev";
        QTest::newRow("masking") << task + QStringList{"--masking", "n-gram"} << "masks no tokens";
        QTest::newRow("patience of a task") << task + QStringList{"--patience", "2"} << "--dev";
        QTest::newRow("patience of a recipe") << QStringList{"run",       "model",
                                                             "--data",    "model/test.tsv",
                                                             "--train",   "model/test.tsv",
                                                             "--recover", "epochs=0.1 patience=2",
                                                             "--threads", "1"}
                                              << "--dev";
    }
    void schedulesAreDrawnBefore_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const QStringList theseus{"distill", "--teacher",      "model",    "--student", "model",
                                  "--data",  "model/test.tsv", "--epochs", "0.1",       "--threads",
                                  "1",       "--output",       "drawn",    "--method"};
        const QStringList recover{"run",     "model",          "--data",    "model/test.tsv",
                                  "--train", "model/test.tsv", "--threads", "1",
                                  "--step"};
        QTest::newRow("replacement") << theseus + QStringList{"theseus successor-epochs=0"}
                                     << "replacement over the training: 0.3 ▁";
        QTest::newRow("by the step")
            << theseus + QStringList{"theseus base=0.2 slope=0.01 successor-epochs=0"}
            << "█ 1, from step 80 on";
        QTest::newRow("bits") << recover + QStringList{"quantize.affine bits=2", "--recover",
                                                       "epochs=0.1 bits-from=8 gradual=0.5"}
                              << "bits over the training: 8 █";
        QTest::newRow("sparsity") << recover + QStringList{"prune.movement sparsity=0.5",
                                                           "--recover", "epochs=0.1"}
                                  << "█ 100 %, from 70 % of the steps on";
    }
    void schedulesAreDrawnBefore() { whatChangesNothingIsSaid(); }

    void whatChangesNothingIsSaid()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const test::Finished finished = run(arguments);
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
    }

    void aRecipeTellsItsMethodHowToTeach()
    {
        const auto trained = [this](const QString &method) {
            return jsonOf(run({"run", "model", "--data", "model/test.tsv", "--train",
                               "model/test.tsv", "--step", "prune.layers count=1", "--recover",
                               "epochs=1 " + method, "--threads", "1", "--json"}));
        };
        const QJsonObject plain = trained("method=kd"), warm = trained("method=kd temperature=9");
        QVERIFY(plain["id"].toString() != warm["id"].toString());
        QCOMPARE(warm["recipe"]["training"]["temperature"].toString(), "9");
        QVERIFY(plain["training"]["points"] != warm["training"]["points"]);
    }

    void whatIsMeasuredOnDevSaysSo()
    {
        QFile::remove(m_folder.filePath("dev.pare"));
        const test::Finished finished =
            run({"distill", "--teacher", "model", "--step", "prune.layers count=1", "--method",
                 "kd", "--data", "model/test.tsv", "--dev", "model/test.tsv", "--epochs", "1",
                 "--threads", "1", "--project", "dev.pare", "--output", "by-dev"});
        QVERIFY2(finished.code == 0, finished.errors);
        QVERIFY2(finished.errors.contains("development data"), finished.errors);
        QVERIFY2(finished.output.contains("same answer"), finished.output);
    }

    void whatARunTrainedIsExported_data()
    {
        QTest::addColumn<QString>("step");
        QTest::addColumn<QString>("recover");
        QTest::newRow("4 bits") << "quantize.affine bits=4 group=8"
                                << "epochs=2 learning-rate=0.001 batch-tokens=128";
        QTest::newRow("ternary, split") << "quantize.ternary"
                                        << "epochs=1 split-epochs=1 batch-tokens=128";
        QTest::newRow("ternary, split, taught")
            << "quantize.ternary granularity=group group=8"
            << "epochs=1 split-epochs=1 split-rate=0.0001 method=kd";
        QTest::newRow("from 8 bits") << "quantize.affine bits=2"
                                     << "epochs=2 bits-from=8 batch-tokens=128";
        QTest::newRow("movement") << "prune.movement sparsity=0.7"
                                  << "epochs=2 batch-tokens=128";
        QTest::newRow("soft movement") << "prune.soft-movement penalty=50"
                                       << "epochs=1 score-rate=0.1";
        QTest::newRow("fewer blocks, taught") << "prune.layers count=1"
                                              << "epochs=1 method=kd";
    }

    /// To the byte, with the same predictions.
    void whatARunTrainedIsExported()
    {
        QFETCH(QString, step);
        QFETCH(QString, recover);
        QFile::remove(m_folder.filePath("p.pare"));
        const test::Finished finished =
            run({"run", "model", "--data", "model/test.tsv", "--train", "model/test.tsv", "--dev",
                 "model/test.tsv", "--step", step, "--recover", recover, "--project", "p.pare",
                 "--predictions", "measured.tsv", "--threads", "1", "--json"});
        QVERIFY2(finished.code == 0, finished.errors);
        const QJsonObject json = jsonOf(finished);
        QVERIFY(json["recipe"].toObject().contains("training"));
        const QJsonObject training = json["training"].toObject();
        QVERIFY(training["steps"].toInt() > 0);
        QVERIFY(training["tokens"].toInt() > 0);
        QVERIFY(!training["points"].toArray().isEmpty());
        QVERIFY(!training["evaluations"].toArray().isEmpty());
        QVERIFY(training["data"]["path"].toString().endsWith("test.tsv"));
        QCOMPARE(training["data"]["hash"].toString(), json["data"]["hash"].toString());
        QCOMPARE(json["dev"]["hash"].toString(), json["data"]["hash"].toString());

        const QString id = json["id"].toString();
        QFile::remove(m_folder.filePath("out/model.safetensors"));
        const test::Finished exported = run({"export", "p.pare#" + id, "--output", "out"});
        QVERIFY2(exported.code == 0, exported.errors);
        QCOMPARE(QFileInfo(m_folder.filePath("out/model.safetensors")).size(),
                 json["bytes"].toInteger());
        const test::Finished again = run({"run", "out", "--data", "model/test.tsv", "--predictions",
                                          "exported.tsv", "--threads", "1", "--json"});
        QVERIFY2(again.code == 0, again.errors);
        QCOMPARE(predictionsIn("exported.tsv"), predictionsIn("measured.tsv"));
        const QJsonObject measured = jsonOf(again);
        QCOMPARE(measured["metrics"]["accuracy"]["value"].toDouble(),
                 json["metrics"]["accuracy"]["value"].toDouble());
        // The project tells of it as the run did.
        const QJsonArray runs = jsonOf(run({"runs", "p.pare", "--json"}))["runs"].toArray();
        QCOMPARE(runs.size(), 1);
        QCOMPARE(runs[0]["training"].toObject(), training);
    }

    /// What is not kept any more is trained again, and found to be the same.
    void withoutWhatWasKeptItIsTrainedAgain()
    {
        QFile::remove(m_folder.filePath("p.pare"));
        const QJsonObject json = jsonOf(
            run({"run", "model", "--data", "model/test.tsv", "--train", "model/test.tsv", "--step",
                 "quantize.affine bits=4", "--recover", "epochs=1 precision=float32", "--project",
                 "p.pare", "--threads", "1", "--json"}));
        for (const QFileInfo &beside :
             QDir(m_folder.path()).entryInfoList({"p.pare?*"}, QDir::Dirs))
            QVERIFY(QDir(beside.filePath()).removeRecursively());
        const test::Finished exported =
            run({"export", "p.pare#" + json["id"].toString(), "--output", "again"});
        QVERIFY2(exported.code == 0, exported.errors);
        QCOMPARE(QFileInfo(m_folder.filePath("again/model.safetensors")).size(),
                 json["bytes"].toInteger());
    }

    void isRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const QStringList measure{"run", "model", "--data", "model/test.tsv"};
        const QStringList distill{"distill", "--teacher", "model", "--output", "refused"};
        const QStringList data{"--data", "model/test.tsv"};
        const auto row = [](const char *name, const QStringList &arguments, const char *says) {
            QTest::newRow(name) << arguments << says;
        };
        row("nothing to train on", measure + QStringList{"--recover", ""}, "--train");
        row("movement without training", measure + QStringList{"--step", "prune.movement"},
            "recover");
        row("soft movement without training",
            {"export", "model", "--step", "prune.soft-movement", "--output", "refused"}, "recover");
        row("movement taught",
            measure + QStringList{"--train", "model/test.tsv", "--step", "prune.movement",
                                  "--recover", "method=kd"},
            "method=task");
        row("trained twice",
            measure + QStringList{"--train", "model/test.tsv", "--step", "recover", "--recover",
                                  "epochs=1"},
            "can be once");
        row("no masked LM", distill + data + QStringList{"--method", "distilbert"},
            "which the teacher has not");
        row("nothing to learn from", distill + QStringList{"--method", "kd"}, "--data");
        row("nothing to measure a student on",
            distill + data + QStringList{"--method", "kd", "--project", "refused.pare"}, "--test");
        row("nothing to split",
            measure + QStringList{"--train", "model/test.tsv", "--step", "quantize.binary",
                                  "--recover", "split-epochs=1"},
            "quantize.ternary");
        row("movement in a student",
            distill + data + QStringList{"--method", "kd", "--step", "prune.movement"},
            "prune.movement");
        row("layer map", distill + data + QStringList{"--method", "tinybert", "--layer-map", "0:9"},
            "9");
        row("one document",
            {"train", "--init", "model", "--objective", "nsp", "--corpus", "model/vocab.txt",
             "--output", "refused"},
            "document");
    }
    void isRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const test::Finished finished = run(arguments);
        QVERIFY2(finished.code == 1, finished.errors);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("refused")));
    }

private:
    test::Finished run(const QStringList &arguments) const
    {
        return test::runProgram(arguments, m_folder.path());
    }
    bool write(const QString &name, const QByteArray &content) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
    }
    QByteArray read(const QString &name) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// Example, label, prediction and logits of each row, without what the original said.
    QStringList predictionsIn(const QString &name) const
    {
        QStringList rows;
        for (const QString &line : QString::fromUtf8(read(name)).split('\n')) {
            QStringList columns = line.split('\t');
            if (columns.size() > 3)
                columns.removeAt(3);
            rows << columns.join('\t');
        }
        return rows;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTrainingCommands)
#include "tst_trainingcommands.moc"

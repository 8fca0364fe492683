// `pare compare` and `pare flips`: what they say of stored answers, and of what cannot be compared.
#include "tests/support/randommodel.h"

#include "core/project/project.h"
#include "tests/app/cli/program.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <optional>

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

/// The rows of a predictions file, without its header.
QList<QList<QByteArray>> rowsOf(const QString &path)
{
    QFile file(path);
    QList<QList<QByteArray>> rows;
    if (file.open(QIODevice::ReadOnly))
        for (const QByteArray &line : file.readAll().trimmed().split('\n'))
            rows << line.split('\t');
    return rows.mid(1);
}

} // namespace

class TestCompareFlips : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        QVERIFY(QFile::copy(m_folder.filePath("model/test.tsv"), m_folder.filePath("data.tsv")));
        m_coarse = measured("quantize.affine bits=2 group=8", "p.pare");
        m_fine = measured("quantize.affine bits=8", "p.pare");
        QVERIFY(!m_coarse.isEmpty() && !m_fine.isEmpty());
    }

    void deletedRunsAreNotListed()
    {
        const QString id = measured("quantize.affine bits=6", "said.pare");
        measured("quantize.affine bits=8", "said.pare");
        Project::open(m_folder.filePath("said.pare").toStdString(), Access::ReadWrite)
            .setRunNotes({{id.toStdString(), {"too coarse\x1b", {"paper", "2026"}, true}}});
        const auto listed = [&](const QStringList &more) {
            return jsonOf(pare(QStringList{"runs", "said.pare", "--json"} + more))["runs"]
                .toArray();
        };
        QCOMPARE(listed({}).size(), 1);
        QVERIFY(listed({}).at(0)["id"].toString() != id);
        QCOMPARE(listed({}).at(0)["note"].toString(), QString());
        QVERIFY(listed({}).at(0)["tags"].isArray());
        QCOMPARE(listed({"--all"}).size(), 2);
        QCOMPARE(listed({"--all"}).at(0)["note"].toString(), QString("too coarse\x1b"));
        QCOMPARE(listed({"--all"}).at(0)["tags"].toArray(), QJsonArray({"paper", "2026"}));
        QVERIFY(listed({"--all"}).at(0)["deleted"].toBool());
        QVERIFY(!pare({"runs", "said.pare"}).output.contains("paper"));
        const QByteArray all = pare({"runs", "said.pare", "--all"}).output;
        QVERIFY(all.contains("deleted [paper] [2026] too coarse"));
        QVERIFY(!all.contains('\x1b'));
    }

    /// The same figures as the run itself and its predictions tell.
    void flipsAreTheRunsOwn()
    {
        const QJsonObject json = jsonOf(pare({"flips", "p.pare#" + m_coarse, "--json"}));
        const QJsonArray flips = json["flips"].toArray();
        const QJsonObject run = runOf(m_coarse);
        QCOMPARE(json["changed"].toInt(), run["answersChanged"].toInt());
        QCOMPARE(flips.size(), json["changed"].toInt());
        QVERIFY(flips.size() > 5); // or the model is not coarse enough to tell anything
        QCOMPARE(json["better"].toInt() + json["worse"].toInt() + json["wrongEitherWay"].toInt(),
                 json["changed"].toInt());
        QCOMPARE(json["all"]["accuracy"]["value"], run["metrics"]["accuracy"]["value"]);
        QCOMPARE(json["all"]["loyalty"]["value"], run["loyalty"]["label"]["value"]);
        const auto predictions = rowsOf(m_folder.filePath("predictions.tsv"));
        double margin = 1;
        for (const QJsonValue &flip : flips) {
            const QList<QByteArray> row = predictions.at(flip["example"].toInt());
            QCOMPARE(flip["correct"].toString().toUtf8(), row[1]);
            QCOMPARE(flip["now"]["answer"].toString().toUtf8(), row[2]);
            QCOMPARE(flip["original"]["answer"].toString().toUtf8(), row[3]);
            QVERIFY(row[2] != row[3]);
            QVERIFY(flip["margin"].toDouble() <= margin);
            margin = flip["margin"].toDouble();
            QVERIFY(flip["original"]["confidence"].toDouble() > 1.0 / 3);
            QVERIFY(!flip["text"].toString().isEmpty());
            QCOMPARE(flip["became"].toString(), row[2] == row[1]   ? "better"
                                                : row[3] == row[1] ? "worse"
                                                                   : "wrongEitherWay");
        }
        QCOMPARE(predictions.size(), 90);
    }

    void slicesAreToldByLabelLengthAndRareWords()
    {
        const QJsonObject json = jsonOf(pare({"flips", "p.pare#" + m_coarse, "--json"}));
        QHash<QString, int> examples;
        QHash<QString, int> changed;
        for (const QJsonValue &slice : json["slices"].toArray()) {
            examples[slice["kind"].toString()] += slice["examples"].toInt();
            changed[slice["kind"].toString()] += slice["changed"].toInt();
            const QJsonObject error = slice["calibrationError"].toObject();
            QVERIFY(error["low"].toDouble() <= error["value"].toDouble());
            QVERIFY(error["value"].toDouble() <= error["high"].toDouble());
            QVERIFY(slice.toObject().contains("collapsed"));
        }
        QCOMPARE(examples["label"], 90);
        QCOMPARE(examples["words"], 90);
        QCOMPARE(changed["label"], json["changed"].toInt());
        QCOMPARE(changed["words"], json["changed"].toInt());
    }

    void theTerminalListsSome()
    {
        const QString some =
            QString::fromUtf8(pare({"flips", "p.pare#" + m_coarse, "--limit", "3"}).output);
        for (const char *expected :
             {"answers are not the original's: ", "\nslice ", "\nbird ", " words ",
              "calibration error", "The 3 that the original", "margin"})
            QVERIFY2(some.contains(expected), qPrintable(expected + QString(" in:\n") + some));
        const QString none =
            QString::fromUtf8(pare({"flips", "p.pare#" + m_coarse, "--limit", "0"}).output);
        QVERIFY2(!none.contains("margin"), qPrintable(none));
        QCOMPARE(jsonOf(pare({"flips", "p.pare#" + m_coarse, "--json", "--limit", "3"}))["flips"]
                     .toArray()
                     .size(),
                 3);
    }

    void withoutTheDataNumbersAreLeft()
    {
        const QString id = measured("quantize.affine bits=2 group=8", "gone.pare", "gone.tsv");
        const QStringList arguments{"flips", "gone.pare#" + id};
        const int changed = jsonOf(pare(arguments + QStringList{"--json"}))["changed"].toInt();
        QFile file(m_folder.filePath("gone.tsv"));
        QVERIFY(file.open(QIODevice::Append));
        file.write("small\tbird\n");
        file.close();
        const test::Finished other = pare(arguments);
        QCOMPARE(other.code, 0);
        QVERIFY2(other.output.contains("gone.tsv has changed since run " + id.toUtf8()),
                 other.output);
        QVERIFY(file.remove());
        const test::Finished gone = pare(arguments);
        QCOMPARE(gone.code, 0);
        QVERIFY2(gone.output.contains("texts cannot be shown, nor slices by words: "), gone.output);
        const test::Finished json = pare(arguments + QStringList{"--json"});
        QVERIFY2(json.errors.contains("texts cannot be shown"), json.errors);
        const QJsonObject story = jsonOf(json);
        QCOMPARE(story["changed"].toInt(), changed);
        QCOMPARE(story["data"]["texts"].toBool(true), false);
        QVERIFY(!story["flips"][0].toObject().contains("text"));
        QCOMPARE(story["slices"].toArray().size(), 3); // labels alone
    }

    void runsAreCompared()
    {
        const QJsonObject json = jsonOf(pare(
            {"compare", "p.pare#" + m_fine, "p.pare#" + m_coarse.left(6), "original", "--json"}));
        const QJsonArray models = json["models"].toArray();
        const QJsonArray comparisons = json["comparisons"].toArray();
        const QJsonObject coarse = runOf(m_coarse);
        QCOMPARE(models.size(), 3);
        QCOMPARE(comparisons.size(), 2);
        QCOMPARE(models[1]["name"].toString(), m_coarse);
        QCOMPARE(models[1]["bytes"], coarse["bytes"]);
        QCOMPARE(models[1]["accuracy"], coarse["metrics"]["accuracy"]);
        QCOMPARE(models[2]["bytes"], coarse["baseline"]["bytes"]);
        QCOMPARE(models[1]["onFront"].toDouble(), 1.0); // the smallest
        QCOMPARE(coarse["onFront"].toDouble(), 1.0);
        QVERIFY(qAbs(runOf(m_fine)["onFront"].toDouble() - models[0]["onFront"].toDouble()) < 0.1);
        for (const QJsonValue &comparison : comparisons) {
            QCOMPARE(comparison["reference"].toString(), m_fine);
            QCOMPARE(comparison["bothRight"].toInt() + comparison["onlyThis"].toInt() +
                         comparison["onlyReference"].toInt() + comparison["bothWrong"].toInt(),
                     90);
            const double p = comparison["p"].toDouble();
            QVERIFY(comparison["pCorrected"].toDouble() >= p);
            QCOMPARE(comparison["moreRows"].isNull(), comparison["verdict"] != QString("open"));
        }
        const double difference =
            models[1]["accuracy"]["value"].toDouble() - models[0]["accuracy"]["value"].toDouble();
        QVERIFY(qAbs(comparisons[0]["difference"]["value"].toDouble() - difference) < 1e-12);
    }

    void theTerminalSaysHow()
    {
        const QString two = QString::fromUtf8(
            pare({"compare", "original", "p.pare#" + m_coarse, "p.pare#" + m_fine}).output);
        for (const char *expected : {"90 examples of ", "on the front", "against original",
                                     "exact McNemar test", "corrected for 2 comparisons (Holm)"})
            QVERIFY2(two.contains(expected), qPrintable(expected + QString(" in:\n") + two));
        const QString one = QString::fromUtf8(
            pare({"compare", "original", "p.pare#" + m_coarse, "--anytime"}).output);
        QVERIFY2(!one.contains("Holm") && one.contains("however often one looks"), qPrintable(one));
        // A margin wider than any difference leaves nothing open.
        const QString wide = QString::fromUtf8(
            pare({"compare", "original", "p.pare#" + m_fine, "--margin", "100"}).output);
        QVERIFY2(wide.contains("no difference larger than"), qPrintable(wide));
    }

    void projectsCanBeMixedWhereTheDataIsTheSame()
    {
        const QString other = measured("quantize.affine bits=4 group=8", "q.pare");
        QCOMPARE(pare({"compare", "p.pare#" + m_fine, "q.pare#" + other}).code, 0);
    }

    void whatCannotBeComparedIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("code");
        QTest::addColumn<QStringList>("says");
        const QString fine = "p.pare#" + m_fine;
        constexpr int failed = 1, wrongUsage = 2;
        const auto row = [](const char *name, const QStringList &arguments, int code,
                            const QStringList &says) {
            QTest::newRow(name) << arguments << code << says;
        };
        row("no such run", {"compare", fine, "p.pare#zzz"}, failed,
            {"no run \"zzz\"", "pare runs p.pare"});
        row("no such run, flips", {"flips", "p.pare#zzz"}, failed, {"no run \"zzz\""});
        row("no id", {"flips", "p.pare#"}, failed, {"no run \"\""});
        row("no run", {"flips", "p.pare"}, wrongUsage, {"expected a run of a project", "p.pare"});
        row("no project", {"flips", "nowhere.pare#1"}, failed, {"nowhere.pare: no such project"});
        row("twice", {"compare", fine, fine.left(10)}, wrongUsage, {m_fine + " is named twice"});
        row("original twice", {"compare", "original", fine, "original"}, wrongUsage,
            {"named twice"});
        row("one", {"compare", fine}, wrongUsage, {"two runs at least"});
        row("original alone", {"compare", "original"}, wrongUsage, {"goes with a run"});
        row("without answers", {"compare", fine, "old.pare#old"}, failed,
            {"old.pare: run old", "answers"});
        row("without answers, flips", {"flips", "old.pare#old"}, failed,
            {"old.pare: run old", "answers"});
        row("other data", {"compare", fine, "other.pare#" + otherRun()}, failed,
            {"different data", "data.tsv", "other.tsv"});
    }

    void whatCannotBeComparedIsRefused()
    {
        QFETCH(QStringList, arguments);
        QFETCH(int, code);
        QFETCH(QStringList, says);
        for (const QStringList &more : {QStringList(), QStringList("--json")}) {
            const test::Finished finished = pare(arguments + more);
            QCOMPARE(finished.code, code);
            QVERIFY(finished.output.isEmpty());
            QVERIFY2(finished.errors.startsWith("pare: ") && finished.errors.count('\n') == 1,
                     finished.errors);
            for (const QString &expected : says)
                QVERIFY2(QString::fromUtf8(finished.errors).contains(expected), finished.errors);
        }
    }

    void sweepsKeepAnswersToo()
    {
        const QJsonObject swept =
            jsonOf(pare({"sweep", "model", "--data", "data.tsv", "--threads", "1", "--technique",
                         "quantize.affine bits=3|2", "--project", "s.pare", "--json"}));
        const QJsonArray runs = swept["runs"].toArray();
        QCOMPARE(runs.size(), 2);
        const test::Finished compared = pare({"compare", "s.pare#" + runs[0]["id"].toString(),
                                              "s.pare#" + runs[1]["id"].toString()});
        QVERIFY2(compared.code == 0, compared.errors);
    }

private:
    test::Finished pare(const QStringList &arguments) const
    {
        return test::runProgram(arguments, m_folder.path());
    }

    /// The id of a run that is measured into the project.
    QString measured(const QString &step, const QString &project,
                     const QString &data = "data.tsv") const
    {
        if (data != "data.tsv")
            QFile::copy(m_folder.filePath("model/test.tsv"), m_folder.filePath(data));
        QStringList arguments{"run",    "model", "--data",    data,    "--threads", "1",
                              "--step", step,    "--project", project, "--json"};
        if (project == "p.pare" && step.contains("bits=2"))
            arguments << "--predictions"
                      << "predictions.tsv";
        return jsonOf(pare(arguments))["id"].toString();
    }

    QJsonObject runOf(const QString &id) const
    {
        for (const QJsonValue &run : jsonOf(pare({"runs", "p.pare", "--json"}))["runs"].toArray())
            if (run["id"].toString() == id)
                return run.toObject();
        return {};
    }

    /// Of a project whose data differs; beside it an earlier version's run is stored.
    QString otherRun() const
    {
        QFile file(m_folder.filePath("other.tsv"));
        if (file.open(QIODevice::WriteOnly))
            file.write(test::randomModelData(30).c_str());
        file.close();
        Run old;
        old.id = "old";
        old.modelPath = "model";
        old.dataPath = "data.tsv";
        old.primaryMetric = "accuracy";
        Project::create(m_folder.filePath("old.pare").toStdString()).appendRun(old);
        return measured("quantize.affine bits=8", "other.pare", "other.tsv");
    }

    QTemporaryDir m_folder;
    QString m_coarse;
    QString m_fine;
};

QTEST_GUILESS_MAIN(TestCompareFlips)
#include "tst_compareflips.moc"

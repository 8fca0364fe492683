// What is said of a command line that cannot be meant, and of places that cannot be written to.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace pare;

class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        test::writeRandomModel(m_folder.filePath("model").toStdString());
        write("nohead.tsv", "small fish noun\n");
        write("bad.json", "{\"steps\": [{\"technique\": \"quantize.affine\",\n");
    }

    void wrongUsageEndsWithTwo_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const auto row = [](const QStringList &arguments, const char *says) {
            QTest::addRow("%s", qPrintable(arguments.join(' ')))
                << arguments << QString::fromUtf8(says);
        };
        const QStringList measure{"run", "model", "--data", "model/test.tsv"};
        const auto run = [&](const QStringList &more, const char *says) {
            row(measure + more, says);
        };
        const auto search = [&](const QStringList &more, const char *says) {
            row(QStringList{"search"} + measure.mid(1) + more, says);
        };
        const auto sweep = [&](const QStringList &more, const char *says) {
            row(QStringList{"sweep"} + measure.mid(1) + more, says);
        };
        const auto distil = [&](const QStringList &more, const char *says) {
            row(QStringList{"distill", "--teacher", "model", "--output", "out"} + more, says);
        };
        const auto train = [&](const QStringList &more, const char *says) {
            row(QStringList{"train", "--output", "out"} + more, says);
        };

        row({"--json"}, "there is no option --json");
        row({"--verison"}, "there is no option --verison; the nearest is --version");
        row({"runn", "model"}, "there is no command \"runn\"; the nearest is run");
        row({"inspct", "model"}, "there is no command \"inspct\"; the nearest is inspect");
        row({"comparee"}, "there is no command \"comparee\"; the nearest is compare");
        row({"model", "beside"}, "there is no command \"model\"; expected one of inspect, ");
        row({"inspect", "model", "--colour"},
            "pare: there is no option --colour (`pare inspect --help` lists them)");
        row({"inspect"}, "pare: expected MODEL, found none");
        row({"inspect", "model", "--jsn"}, "the nearest is --json");
        row({"inspect", "model", "--json=yes please"},
            "--json: expected no value, found \"yes please\"");
        row({"inspect", "model", "-x"}, "there is no option -x");
        row({"tokenize", "model"}, "expected a TEXT or --data FILE");
        row({"tokenize", "model", "small", "fish"},
            "\"fish\" belongs to nothing; a value that holds spaces goes between quotes");
        row({"tokenize", "model", "small", "--data", "model/test.tsv"},
            "TEXT: expected no --data beside it, found one");

        row({"inspect", ""}, "MODEL: expected a value, found an empty one");
        row({"run", "model"}, "pare: expected --data TEST.tsv, found none");
        row({"run"}, "pare: expected MODEL, --data TEST.tsv, found none");
        row({"run", "model", "--dat", "x"}, "there is no option --dat; the nearest is --data");
        row({"run", "model", "--data"}, "--data: expected TEST.tsv behind it, found nothing");
        run({"--data", "other.tsv"}, "--data: expected once, found 2 times");
        run({"--steps", "quantize.half"}, "there is no option --steps; the nearest is --step");
        run({"--step", "quantize.affine", "bits=4"}, "\"bits=4\" belongs to nothing");
        run({"--step", "quantize.afine"},
            "--step: there is no technique \"quantize.afine\"; the nearest is quantize.affine");
        run({"--step", "prune.layers keep=2"}, "from 0 to 1, found \"2\"; did you mean count=2?");
        run({"--step", "prune.layers counts=2"},
            "no setting \"counts\"; expected one of: keep, count, mode");
        run({"--step", "quantize.affine bits=99"}, "bits expects a whole number from 2 to 8");
        run({"--step", "quantize.half @ rol=query"}, "found \"rol\"");
        run({"--step", ""}, "expected TECHNIQUE");
        run({"--recover", "epoch=1"}, "there is no setting \"epoch\"");
        run({"--project", ""}, "--project: expected a value, found an empty one");
        run({"--threads", "none"}, "--threads: expected a whole number from 1 to 1024, found none");
        run({"--threads", "0"}, "--threads: expected a whole number from 1 to 1024, found 0");
        run({"--seed", "-1"},
            "--seed: expected a whole number from 0 to 18446744073709551615, found -1");
        run({"--seed", "99999999999999999999"}, "expected a whole number from 0");
        run({"--weights-limit", "-1"},
            "--weights-limit: expected a size such as 500MB, not below 0, found -1");
        run({"--weights-limit", "1XB"}, "expected a size such as 500MB, not below 0, found 1XB");
        run({"--predict", "--output", "out"},
            "--output: expected no --predict beside it, found one");
        row({"sweep", "model", "--data", "model/test.tsv"},
            "pare: expected --technique STEP, found none");
        sweep({"--technique", "quantize.affine bits=9..12"}, "--technique: ");
        sweep({"--technique", "quantize.half", "--pairs", "3"},
              "--pairs: expected --per-layer beside it, found none");
        sweep({"--technique", "quantize.half", "--per-layer", "--recover", "epochs=1"},
              "expected no --recover, found one");
        sweep({"--technique", "quantize.half", "--per-layer", "--rows", "2.5"},
              "--rows: expected a whole number from 1 to ");
        sweep({"--technique", "quantize.half", "--per-layer", "--tolerance", "nan"},
              "--tolerance: expected a number from 0 to 1, found nan");
        search({}, "expected --target, such as");
        search({"--target", "bytes<2MB"}, "--target: ");
        search({"--front", "5", "--measure", "9"}, "expected how many of the 5 recipes");
        search({"--front", "5", "--target", "bytes<=2MB"},
               "--target: expected no --front beside it, found one");
        search({"--front", "5", "--lock", "rol=query"}, "--lock: ");

        row({"export", "model"}, "pare: expected --output DIR, found none");
        row({"export", "model", "--output", "out", "--format", "onnx"},
            "--format: expected one of packed, dense, torchscript, gguf, found onnx");
        row({"export", "model", "--output", "out", "--dtype", "float16"},
            "--dtype goes with formats");
        row({"export", "model", "--output", "out", "--dtype", "int8"},
            "--dtype: expected one of float32, float16, found int8");
        row({"export", "some.pare", "--output", "out"}, "some.pare#RUN");
        row({"export", "some.pare#1", "--step", "quantize.half", "--output", "out"},
            "a run has its recipe already");
        row({"recipe"}, "no recipe; expected a file");
        row({"techniques", "prune.layer"},
            "ID: there is no technique \"prune.layer\"; the nearest is prune.layers");
        row({"compare", "some.pare#1"}, "expected two runs at least");
        row({"compare", "original"}, "name one");
        row({"flips", "some.pare"}, "expected a run of a project");
        row({"flips", "some.pare#1", "--limit", "-3"},
            "--limit: expected a whole number from 0 to");
        row({"report", "some.pare", "--output", "r.docx"},
            "--output: r.docx: expected a file that ends in .html, .pdf, .md or .csv");
        row({"report", "some.pare", "--output", "r.html", "--language", "de"},
            "--language: expected one of en, ko, found de");
        row({"demo", "--window", "--headless"}, "expected no ");
        row({"demo", "--window=maybe"}, "expected one of yes, auto, found maybe");

        train({"--data", "model/test.tsv"}, "expected --config for a new model");
        train({"--init", "model", "--config", "c.json"}, "expected no --");
        train({"--init", "model"}, "expected --data with labelled examples");
        train({"--init", "model", "--objective", "chess"}, "--objective: ");
        train({"--init", "model", "--masking", "words"},
              "--masking: expected one of token, whole-word, n-gram, found words");
        train({"--init", "model", "--epochs", "0"}, "--epochs: expected a number above 0, found 0");
        distil({}, "pare: expected --method 'M key=value …', found none");
        distil({"--method", "magic"}, "--method: magic: no way to distil; expected one of kd, ");
        distil({"--method", "kd", "--step", "recover"}, "training of its own");
        distil({"--method", "kd", "--precision", "int8"},
               "--precision: expected one of auto, float32, bfloat16");
    }
    void wrongUsageEndsWithTwo()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const test::Finished finished = run(arguments);
        QVERIFY2(finished.code == 2, finished.errors);
        QVERIFY2(finished.errors.startsWith("pare: ") && finished.errors.count('\n') == 1,
                 finished.errors);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
        QVERIFY(finished.output.isEmpty());
    }

    /// An option takes what stands behind it, and no word more.
    void stepsMayStandBeforeTheModel()
    {
        const test::Finished finished =
            run({"run", "--step", "quantize.half", "--step", "quantize.affine bits=4", "model",
                 "--data", "model/test.tsv"});
        QVERIFY2(finished.code == 0, finished.errors);
    }

    /// Nothing that takes time comes before the refusal.
    void placesAndDataAreCheckedFirst_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("says");
        const QStringList step{"--step", "quantize.affine bits=4"};
        const QStringList data{"--data", "model/test.tsv"};
        const QStringList run = QStringList{"run", "model"} + data + step;
        const QStringList exported = QStringList{"export", "model"} + step;
        const QStringList learn = QStringList{"train", "--init", "model"} + data;
        const QStringList distil =
            QStringList{"distill", "--teacher", "model", "--method", "kd"} + data + step;
        const QStringList sweep = QStringList{"sweep", "model"} + data +
                                  QStringList{"--technique", "quantize.affine bits=4"};
        const auto row = [](const char *name, const QStringList &command, const QStringList &more,
                            const char *says) {
            QTest::newRow(name) << command + more << QString(says);
        };
        const char *unwritable = "cannot be written";
        const char *headless = "nohead.tsv: line 1: expected a column text";
        row("folder below a file", run, {"--output", "model/config.json/smaller"}, unwritable);
        row("folder of no disk", run, {"--output", "/proc/x1"}, unwritable);
        row("predictions are a folder", run, {"--predictions", "model"}, unwritable);
        row("predictions of no disk", run, {"--predictions", "/proc/x1/p.tsv"}, unwritable);
        row("dev data", run,
            {"--dev", "nohead.tsv", "--recover", "epochs=1", "--train", "model/test.tsv"},
            headless);
        row("training data", run, {"--recover", "epochs=1", "--train", "nohead.tsv"}, headless);
        row("project of no disk", run, {"--project", "/proc/x1/p.pare"}, unwritable);
        row("export: folder of no disk", exported, {"--output", "/proc/x1"}, unwritable);
        row("export: data", exported, {"--output", "out", "--verify", "nohead.tsv"}, headless);
        row("sweep: project", sweep, {"--project", "model/config.json/p.pare"}, unwritable);
        row("train: folder", learn, {"--output", "/proc/x1"}, unwritable);
        row("train: dev data", learn, {"--output", "out", "--dev", "nohead.tsv"}, headless);
        row("distill: folder", distil, {"--output", "/proc/x1"}, unwritable);
        row("distill: dev data", distil, {"--output", "out", "--dev", "nohead.tsv"}, headless);
        row("distill: test data", distil, {"--output", "out", "--test", "nohead.tsv"}, headless);
        row("recipe", {"recipe", "bad.json"}, {},
            "bad.json: not valid JSON: line 2, column 1: expected a key in quotes, found the end");
        row("recipe output", {"recipe"}, step + QStringList{"--output", "/proc/x1/r.json"},
            unwritable);
    }
    void placesAndDataAreCheckedFirst()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, says);
        const test::Finished finished = run(arguments);
        QCOMPARE(finished.code, 1);
        QVERIFY2(QString::fromUtf8(finished.errors).contains(says), finished.errors);
        for (const char *work : {"Measuring", "Compressing", "Training"})
            QVERIFY2(!finished.errors.contains(work), finished.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("out/config.json")));
    }

    void foldersOnTheWayAreMade_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("file");
        const QStringList run{"run", "model", "--data", "model/test.tsv"};
        QTest::newRow("project") << run + QStringList{"--project", "a/b/p.pare"} << "a/b/p.pare";
        QTest::newRow("report") << QStringList{"report", "a/b/p.pare", "--output", "c/d/r.html"}
                                << "c/d/r.html";
        QTest::newRow("predictions")
            << run + QStringList{"--predictions", "e/f/p.tsv"} << "e/f/p.tsv";
        QTest::newRow("model") << run + QStringList{"--output", "g/h/m"} << "g/h/m/config.json";
        QTest::newRow("recipe") << QStringList{"recipe", "--step", "quantize.half", "--output",
                                               "i/j/r.json"}
                                << "i/j/r.json";
        QTest::newRow("export") << QStringList{"export", "model", "--output", "k/l/m"}
                                << "k/l/m/config.json";
    }
    void foldersOnTheWayAreMade()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QString, file);
        const test::Finished finished = run(arguments);
        QVERIFY2(finished.code == 0, finished.errors);
        const QFileInfo made(m_folder.filePath(file));
        QVERIFY(made.isFile());
        const QStringList left = made.dir().entryList({"*.part*"}, QDir::Files);
        QVERIFY2(left.isEmpty(), qPrintable(left.join(' ')));
    }

    /// What was refused leaves nothing behind.
    void refusalsMakeNoFolders()
    {
        QCOMPARE(run({"report", "none.pare", "--output", "never/r.html"}).code, 1);
        QCOMPARE(run({"run", "nowhere", "--data", "model/test.tsv", "--output", "never/m"}).code,
                 1);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("never")));
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

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestUsage)
#include "tst_usage.moc"

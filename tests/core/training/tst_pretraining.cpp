// Pre-training on running text from files to files: whether sentences follow each other, alone and
// beside masked tokens.
#include "core/training/train.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "core/training/trainingstate.h"

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;
namespace fs = std::filesystem;

namespace {

/// Cancelled after some reports of steps.
class CountingProgress : public Progress
{
public:
    explicit CountingProgress(int limit)
        : m_limit(limit)
    {}

    void report(const ProgressReport &report) override
    {
        if (!report.figure.empty())
            ++m_steps;
    }
    bool cancelled() const override { return m_steps >= m_limit; }

private:
    int m_limit;
    int m_steps = 0;
};

/// Documents of four sentences that count from first to fourth, each document about one thing.
std::string documents(int count, std::uint64_t seed)
{
    const std::vector<std::string> things{"cat", "saw", "rain", "bread", "king", "ship", "song", "tree"};
    const std::vector<std::string> numbers{"First", "Second", "Third", "Fourth"};
    const std::vector<std::string> fillers{"old", "red", "big", "good"};
    Random random(seed);
    std::string text;
    for (int i = 0; i < count; ++i) {
        const std::string &thing = things[random.below(things.size())];
        for (const std::string &number : numbers)
            text += number + " " + fillers[random.below(fillers.size())] + " " + thing + ".\n";
        text += "\n";
    }
    return text;
}

} // namespace

class PretrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void learns_data();
    void learns();
    void withoutDevTheLastIsWritten();
    void goesOnFromItsModel();
    void masksByUnits_data();
    void masksByUnits();
    void resumesBitByBit_data();
    void resumesBitByBit();
    void isRefused_data();
    void isRefused();

private:
    TrainRequest request(const char *objective, const char *output) const;
    fs::path write(const char *name, const std::string &content) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
    std::vector<TrainingPoint> m_points; ///< of masked tokens
};

fs::path PretrainingTest::write(const char *name, const std::string &content) const
{
    writeFile(m_root / name, content);
    return m_root / name;
}

void PretrainingTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
    write("config.json",
          R"({"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 2,
        "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 1000,
        "max_position_embeddings": 24, "initializer_range": 0.1, "type_vocab_size": 2,
        "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0})");
    write("vocab.txt",
          "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n.\nfirst\nsecond\nthird\nfourth\ncat\nsaw\nra\n##in\n"
          "bread\nking\nsh\n##ip\nsong\ntree\nold\nred\nbig\ngood\n");
    write("train.txt", documents(160, 1));
    write("dev.txt", documents(60, 2));
}

TrainRequest PretrainingTest::request(const char *objective, const char *output) const
{
    const NamedObjective named = parsedObjective(objective);
    TrainRequest request;
    request.config = m_root / "config.json";
    request.corpus = (m_root / "train.txt").string();
    request.dev = (m_root / "dev.txt").string();
    request.output = m_root / output;
    request.options.objective = named.objective;
    request.options.pair = named.pair;
    request.options.precision = TrainingPrecision::Float32;
    request.options.threads = 1;
    request.options.batchTokens = 256;
    request.options.learningRate = 0.004;
    request.options.epochs = 12;
    request.options.seed = 3;
    return request;
}

void PretrainingTest::learns_data()
{
    QTest::addColumn<QString>("objective");
    QTest::addColumn<HeadKind>("head");
    QTest::addColumn<bool>("masks");
    QTest::newRow("nsp") << "nsp" << HeadKind::SentencePair << false;
    QTest::newRow("sop") << "sop" << HeadKind::SentencePair << false;
    QTest::newRow("mlm+sop") << "mlm+sop" << HeadKind::MaskedLm << true; // the pair head beside it
}

/// Chance is one half; whether the topic is another's shows in seven of eight cases.
void PretrainingTest::learns()
{
    QFETCH(QString, objective);
    QFETCH(HeadKind, head);
    QFETCH(bool, masks);
    const TrainingReport report =
        train(request(objective.toLatin1().constData(), "out"), silentProgress());
    QCOMPARE(report.evaluations.size(), std::size_t{12});
    double best = 0;
    for (const TrainingEvaluation &evaluation : report.evaluations) {
        best = std::max(best, evaluation.accuracy);
        QVERIFY(evaluation.n > 30);
        QCOMPARE(evaluation.scores.contains("mlm"), masks);
        QVERIFY(evaluation.scores.contains("nsp") && evaluation.scores.contains("sop"));
        QCOMPARE(evaluation.scores.at(objective == "nsp" ? "nsp" : "sop"), evaluation.accuracy);
        QCOMPARE(evaluation.byLoss, masks);
        // Of masked tokens the loss begins far above that of a choice between two.
        QVERIFY(!masks || &evaluation != &report.evaluations.front() || evaluation.loss > 1.5);
    }
    QVERIFY2(best > 0.75, toJson(report).dump().c_str());
    QCOMPARE(QString::fromStdString(toJson(report).at("objective").get<std::string>()), objective);
    QVERIFY(toJson(report).at("evaluations").at(0).at("scores").contains("sop"));
    const Checkpoint checkpoint = openCheckpoint(m_root / "out");
    QCOMPARE(checkpoint.specification.head, head);
    QVERIFY(checkpoint.weights.layers.contains("pair") != masks);
    QCOMPARE(checkpoint.otherHeads.layers.contains("pair"), masks);
    QCOMPARE(checkpoint.weights.layers.contains("mlm.transform"), masks);
    QVERIFY(!fs::exists(m_root / "out" / trainingStateFile));
}

void PretrainingTest::withoutDevTheLastIsWritten()
{
    TrainRequest nsp = request("nsp", "out");
    nsp.dev.clear();
    nsp.options.epochs = 0.5;
    QVERIFY(train(nsp, silentProgress()).evaluations.empty());
    QCOMPARE(openCheckpoint(m_root / "out").specification.head, HeadKind::SentencePair);
}

/// What was learnt is there when it is trained on, and measured without a step.
void PretrainingTest::goesOnFromItsModel()
{
    TrainRequest first = request("sop", "first");
    first.options.epochs = 6;
    const TrainingReport before = train(first, silentProgress());
    double best = 0;
    for (const TrainingEvaluation &evaluation : before.evaluations)
        best = std::max(best, evaluation.accuracy);
    TrainRequest second = request("sop", "second");
    second.config.clear();
    second.model = m_root / "first";
    second.options.epochs = 0.01;
    second.options.learningRate = 1e-30;
    QCOMPARE(train(second, silentProgress()).evaluations.back().accuracy, best);
}

void PretrainingTest::masksByUnits_data()
{
    QTest::addColumn<int>("unit");
    QTest::newRow("tokens") << static_cast<int>(MaskingUnit::Token);
    QTest::newRow("whole words") << static_cast<int>(MaskingUnit::WholeWord);
    QTest::newRow("n-grams") << static_cast<int>(MaskingUnit::NGram);
}

/// Each is another training, and each learns.
void PretrainingTest::masksByUnits()
{
    QFETCH(int, unit);
    TrainRequest masked = request("mlm", "out");
    masked.options.masking = static_cast<MaskingUnit>(unit);
    masked.options.epochs = 4;
    const TrainingReport report = train(masked, silentProgress());
    QVERIFY(report.evaluations.back().loss < 0.8 * report.evaluations.front().loss);
    if (m_points.empty())
        m_points = report.points; // of tokens
    QCOMPARE(report.points == m_points, masked.options.masking == MaskingUnit::Token);
}

void PretrainingTest::resumesBitByBit_data()
{
    QTest::addColumn<QString>("objective");
    QTest::newRow("nsp") << "nsp";
    QTest::newRow("mlm+sop") << "mlm+sop";
}

/// Pairs are drawn anew for every epoch, and the same ones.
void PretrainingTest::resumesBitByBit()
{
    QFETCH(QString, objective);
    TrainRequest parts = request(objective.toLatin1().constData(), "whole");
    parts.options.epochs = 3;
    const TrainingReport whole = train(parts, silentProgress());
    parts.output = m_root / "parts";
    parts.options.saveEveryMinutes = 0;
    for (const int steps : {4, static_cast<int>(whole.steps) / 2, 2}) {
        CountingProgress progress(steps);
        QVERIFY_EXCEPTION_THROWN(train(parts, progress), Cancelled);
        QVERIFY(fs::exists(parts.output / trainingStateFile));
        parts.mode = TrainingMode::Resume;
    }
    const TrainingReport resumed = train(parts, silentProgress());
    QCOMPARE(resumed.steps, whole.steps);
    QCOMPARE(resumed.points, whole.points);
    QCOMPARE(resumed.evaluations, whole.evaluations);
    QVERIFY(readFile(m_root / "parts" / "model.safetensors") ==
            readFile(m_root / "whole" / "model.safetensors"));
}

void PretrainingTest::isRefused_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("expected");
    QTest::newRow("one document") << 0 << "document";
    QTest::newRow("one sentence each") << 1 << "at least one with two";
    QTest::newRow("one token type") << 2 << "two token types";
    QTest::newRow("no mask token") << 3 << "[MASK]";
    QTest::newRow("no text") << 4 << "expected";
    QTest::newRow("one document to judge by") << 5 << "document";
}

void PretrainingTest::isRefused()
{
    QFETCH(int, which);
    QFETCH(QString, expected);
    TrainRequest bad = request(which == 3 ? "mlm+nsp" : "nsp", "out");
    switch (which) {
    case 0:
        write("train.txt", "First old cat.\nSecond old cat.\nThird old cat.\n");
        break;
    case 1:
        write("train.txt", "First old cat.\n\nFirst red saw.\n\nFirst big song.\n");
        break;
    case 2:
        write("config.json", R"({"model_type": "bert", "hidden_size": 32, "num_hidden_layers": 1,
            "num_attention_heads": 4, "intermediate_size": 64, "vocab_size": 1000,
            "max_position_embeddings": 24, "type_vocab_size": 1})");
        break;
    case 3:
        write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nfirst\n");
        break;
    case 4:
        bad.corpus.clear();
        break;
    default:
        write("dev.txt", "First old cat.\nSecond old cat.\nThird old cat.\n");
        break;
    }
    try {
        bad.options.epochs = 1;
        train(bad, silentProgress());
        QFAIL("nothing was refused");
    } catch (const Error &error) {
        QVERIFY2(QString(error.what()).contains(expected), error.what());
    }
    QVERIFY(!fs::exists(m_root / "out" / "model.safetensors"));
}

QTEST_GUILESS_MAIN(PretrainingTest)
#include "tst_pretraining.moc"

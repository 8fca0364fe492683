// Training from files to files on tiny models: it learns, resumes bit by bit, is cancelled and
// refuses.
#include "core/training/train.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/random.h"
#include "core/checkpoint/checkpoint.h"
#include "core/training/trainingstate.h"

#include <ATen/ops/equal.h>
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
    explicit CountingProgress(int limit = 1 << 30)
        : m_limit(limit)
    {}

    void report(const ProgressReport &report) override
    {
        if (report.figure.empty())
            return;
        ++m_steps;
    }
    bool cancelled() const override { return m_steps >= m_limit; }

private:
    int m_limit;
    int m_steps = 0;
};

} // namespace

class TrainingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void learnsTheTask();
    void learnsMaskedTokens();
    void fineTuningCarriesTheOtherHead();
    void resumesBitByBit();
    void anotherTrainingIsNotResumed();
    void keepsTheBest();
    void namedLabelsStay();
    void refusals_data();
    void refusals();

private:
    fs::path write(const char *name, const std::string &content) const;
    TrainRequest taskRequest(const char *output) const;
    TrainRequest maskedRequest(const char *output) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path m_root;
};

fs::path TrainingTest::write(const char *name, const std::string &content) const
{
    writeFile(m_root / name, content);
    return m_root / name;
}

void TrainingTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_root = m_folder->path().toStdString();
    write(
        "config.json",
        R"({"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 32, "vocab_size": 1000, "max_position_embeddings": 12, "initializer_range": 0.1,
        "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.1})");
    const std::vector<std::string> animals{"cat", "dog", "cow", "hen", "fox"};
    const std::vector<std::string> tools{"saw", "axe", "nail", "drill", "hammer"};
    const std::vector<std::string> fillers{"the", "old", "red", "big", "one", "good"};
    Random random(1);
    const auto table = [&](int rows) {
        std::string text = "text\tlabel\n";
        for (int i = 0; i < rows; ++i) {
            const bool animal = i % 2 == 0;
            const auto pick = [&](const std::vector<std::string> &words) {
                return words[random.below(words.size())];
            };
            text += pick(fillers) + " " + pick(fillers) + " " + pick(animal ? animals : tools);
            if (random.below(2) == 0)
                text += " " + pick(fillers);
            text += animal ? "\tanimal\n" : "\ttool\n";
        }
        return text;
    };
    write("train.tsv", table(400));
    write("dev.tsv", table(60));
}

TrainRequest TrainingTest::taskRequest(const char *output) const
{
    TrainRequest request;
    request.config = m_root / "config.json";
    request.vocabulary = "size=60";
    request.data = (m_root / "train.tsv").string();
    request.dev = (m_root / "dev.tsv").string();
    request.output = m_root / output;
    request.options.threads = 1;
    request.options.batchTokens = 256;
    request.options.learningRate = 0.005;
    request.options.epochs = 6;
    request.options.seed = 5;
    return request;
}

TrainRequest TrainingTest::maskedRequest(const char *output) const
{
    TrainRequest request = taskRequest(output);
    request.options.objective = Objective::MaskedLm;
    return request;
}

void TrainingTest::learnsTheTask()
{
    const TrainingReport report = train(taskRequest("out"), silentProgress());
    QCOMPARE(report.evaluations.size(), std::size_t{6});
    QCOMPARE(report.evaluations.back().n, 60);
    QVERIFY(report.evaluations.back().accuracy > 0.98);
    QVERIFY2(report.evaluations.back().loss < 0.3, toJson(report).dump().c_str());
    QCOMPARE(report.labels, (std::vector<std::string>{"animal", "tool"}));
    QVERIFY(report.tokens > 6 * 400 * 5);
    QVERIFY(!fs::exists(m_root / "out" / trainingStateFile));
    const Checkpoint checkpoint = openCheckpoint(m_root / "out");
    QCOMPARE(checkpoint.specification.head, HeadKind::Classification);
    QCOMPARE(checkpoint.specification.labels, report.labels);
    QVERIFY(checkpoint.specification.embedding.vocabulary <= 60);
    QVERIFY(fs::exists(m_root / "out" / "vocab.txt"));
    QVERIFY(fs::exists(m_root / "out" / "tokenizer_config.json"));
    const auto json = toJson(report);
    QCOMPARE(json.at("steps").get<std::int64_t>(), report.steps);
}

void TrainingTest::learnsMaskedTokens()
{
    TrainRequest request = maskedRequest("out");
    request.options.epochs = 10;
    const TrainingReport report = train(request, silentProgress());
    QVERIFY(report.evaluations.back().loss < 0.8 * report.evaluations.front().loss);
    QVERIFY(report.labels.empty());
    QCOMPARE(openCheckpoint(m_root / "out").specification.head, HeadKind::MaskedLm);
}

void TrainingTest::fineTuningCarriesTheOtherHead()
{
    TrainRequest masked = maskedRequest("masked");
    masked.options.epochs = 1;
    train(masked, silentProgress());
    TrainRequest task = taskRequest("task");
    task.config.clear();
    task.vocabulary.clear();
    task.model = m_root / "masked";
    task.options.epochs = 0.5;
    train(task, silentProgress());
    const Checkpoint before = openCheckpoint(m_root / "masked");
    const Checkpoint after = openCheckpoint(m_root / "task");
    QCOMPARE(after.specification.head, HeadKind::Classification);
    QVERIFY(after.otherHeads.layers.contains("mlm.transform"));
    QVERIFY(at::equal(denseValues(after.otherHeads.layers.at("mlm.transform").weight),
                      denseValues(before.weights.layers.at("mlm.transform").weight)));
    QVERIFY(!at::equal(denseValues(after.weights.layers.at("encoder.0.ffn.up").weight),
                       denseValues(before.weights.layers.at("encoder.0.ffn.up").weight)));
    QCOMPARE(readFile(m_root / "task" / "vocab.txt"), readFile(m_root / "masked" / "vocab.txt"));
}

void TrainingTest::resumesBitByBit()
{
    TrainRequest request = taskRequest("whole");
    const TrainingReport whole = train(request, silentProgress());
    request.output = m_root / "parts";
    request.options.saveEveryMinutes = 0;
    for (const int steps : {5, 17, 3}) {
        CountingProgress progress(steps);
        QVERIFY_EXCEPTION_THROWN(train(request, progress), Cancelled);
        QVERIFY(fs::exists(request.output / trainingStateFile));
        request.mode = TrainingMode::Resume;
    }
    const TrainingReport parts = train(request, silentProgress());
    QCOMPARE(parts.steps, whole.steps);
    QCOMPARE(parts.tokens, whole.tokens);
    QCOMPARE(parts.points, whole.points);
    QCOMPARE(parts.evaluations, whole.evaluations);
    QVERIFY(readFile(m_root / "parts" / "model.safetensors") ==
            readFile(m_root / "whole" / "model.safetensors"));
    QVERIFY(!fs::exists(request.output / trainingStateFile));
}

void TrainingTest::anotherTrainingIsNotResumed()
{
    TrainRequest request = taskRequest("out");
    CountingProgress progress(3);
    QVERIFY_EXCEPTION_THROWN(train(request, progress), Cancelled);
    QVERIFY_EXCEPTION_THROWN(train(request, silentProgress()), Error); // it would be lost
    QVERIFY(fs::exists(m_root / "out" / trainingStateFile));
    request.mode = TrainingMode::Resume;
    request.options.learningRate = 0.02;
    QVERIFY_EXCEPTION_THROWN(train(request, silentProgress()), Error);
    request.options.learningRate = 0.005;
    std::string state = readFile(m_root / "out" / trainingStateFile);
    writeFile(m_root / "out" / trainingStateFile, state.substr(0, state.size() / 2));
    QVERIFY_EXCEPTION_THROWN(train(request, silentProgress()), Error);
}

void TrainingTest::keepsTheBest()
{
    TrainRequest request = taskRequest("out");
    request.options.learningRate = 0.3; // far too high: the last epoch is not the best one
    request.options.epochs = 6;
    const TrainingReport report = train(request, silentProgress());
    std::size_t best = 0;
    for (std::size_t i = 0; i < report.evaluations.size(); ++i) {
        if (report.evaluations[i].accuracy > report.evaluations[best].accuracy)
            best = i;
    }
    for (std::size_t i = best + 1; i < report.evaluations.size(); ++i)
        QVERIFY(!report.evaluations[i].best);
    QVERIFY(report.evaluations[best].best);
    // the kept model, measured again without a step
    TrainRequest again = request;
    again.config.clear();
    again.vocabulary.clear();
    again.model = m_root / "out";
    again.output = m_root / "again";
    again.options.learningRate = 1e-30;
    again.options.epochs = 0.01;
    const TrainingReport measured = train(again, silentProgress());
    QCOMPARE(measured.evaluations.back().accuracy, report.evaluations[best].accuracy);
}

void TrainingTest::namedLabelsStay()
{
    write(
        "config.json",
        R"({"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2,
        "intermediate_size": 32, "vocab_size": 1000, "max_position_embeddings": 12,
        "id2label": {"0": "tool", "1": "plant", "2": "animal"}})");
    TrainRequest request = taskRequest("out");
    request.options.epochs = 0.1;
    QCOMPARE(train(request, silentProgress()).labels,
             (std::vector<std::string>{"tool", "plant", "animal"}));
    write("train.tsv", "text\tlabel\na cat\tzebra\na dog\tapple\n");
    write("dev.tsv", "text\tlabel\na cat\tzebra\n");
    QCOMPARE(train(request, silentProgress()).labels, (std::vector<std::string>{"apple", "zebra"}));
}

void TrainingTest::refusals_data()
{
    QTest::addColumn<int>("which");
    QTest::addColumn<QString>("expected");
    QTest::newRow("unknown label") << 0 << "gnome";
    QTest::newRow("scores") << 1 << "scores";
    QTest::newRow("nothing to start from") << 2 << "model or a configuration";
    QTest::newRow("no data") << 3 << "expected a data file";
    QTest::newRow("vocabulary") << 4 << "size=lots";
    QTest::newRow("learning rate") << 5 << "learning rate";
    QTest::newRow("no mask token") << 6 << "[MASK]";
}

void TrainingTest::refusals()
{
    QFETCH(int, which);
    QFETCH(QString, expected);
    TrainRequest request = taskRequest("out");
    switch (which) {
    case 0:
        write("dev.tsv", "text\tlabel\na cat\tanimal\na cat\tgnome\n");
        break;
    case 1:
        write("train.tsv", "text\tscore\na cat\t1.5\n");
        break;
    case 2:
        request.config.clear();
        break;
    case 3:
        request.data.clear();
        break;
    case 4:
        request.vocabulary = "size=lots";
        break;
    case 5:
        request.options.learningRate = -1;
        break;
    default:
        request = maskedRequest("out");
        request.vocabulary = write("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\ncat\n").string();
        break;
    }
    try {
        train(request, silentProgress());
        QFAIL("nothing was refused");
    } catch (const Error &error) {
        QVERIFY2(QString(error.what()).contains(expected), error.what());
    }
}

QTEST_GUILESS_MAIN(TrainingTest)
#include "tst_training.moc"

// Logits of tiny random checkpoints, against those that Hugging Face transformers computed in
// double precision (tests/data/golden/make_bert.py).
#include "core/base/files.h"
#include "core/checkpoint/checkpoint.h"
#include "core/network/network.h"
#include "core/network/trainablenetwork.h"

#include <c10/core/GradMode.h>
#include <nlohmann/json.hpp>
#include <numeric>

#include <QtTest>

using namespace pare;

namespace {

constexpr double tolerance = 1e-5;

struct Golden
{
    HeadKind head = HeadKind::None;
    std::vector<Sequence> sequences;
    std::vector<std::vector<double>> logits; ///< of each sequence, flat
};

Golden readGolden(const std::filesystem::path &folder)
{
    const auto json = nlohmann::json::parse(readFile(folder / "logits.json"));
    Golden golden;
    golden.head = json.at("kind") == "classify" ? HeadKind::Classification : HeadKind::MaskedLm;
    for (const auto &example : json.at("examples")) {
        Sequence sequence;
        sequence.ids = example.at("ids").get<std::vector<std::int64_t>>();
        sequence.types.assign(sequence.ids.size(), 0);
        if (!example.at("types").is_null())
            sequence.types = example.at("types").get<std::vector<std::int64_t>>();
        golden.sequences.push_back(std::move(sequence));
        golden.logits.push_back(example.at("logits").get<std::vector<double>>());
    }
    return golden;
}

/// Largest difference between `logits` (rows of the packed batch) and the golden ones.
double largestDifference(const at::Tensor &logits, const PackedBatch &batch, const Golden &golden)
{
    const at::Tensor rows = logits.contiguous();
    const std::int64_t width = rows.size(1);
    const bool perToken = golden.head == HeadKind::MaskedLm;
    double largest = 0;
    for (std::size_t i = 0; i < batch.order.size(); ++i) {
        const std::vector<double> &expected = golden.logits[batch.order[i]];
        const std::int64_t first = perToken ? batch.starts[i] : static_cast<std::int64_t>(i);
        const float *found = rows.data_ptr<float>() + first * width;
        for (std::size_t k = 0; k < expected.size(); ++k)
            largest = std::max(largest, std::abs(expected[k] - static_cast<double>(found[k])));
    }
    return largest;
}

} // namespace

class GoldenLogitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void logits_data();
    void logits();
    void allFoldersAreThere();
};

void GoldenLogitsTest::logits_data()
{
    QTest::addColumn<QString>("folder");
    QDir folder(PARE_TEST_DATA "/golden");
    for (const QString &name : folder.entryList({"bert-*"}, QDir::Dirs))
        QTest::newRow(qPrintable(name)) << folder.filePath(name);
}

void GoldenLogitsTest::logits()
{
    QFETCH(QString, folder);
    const Golden golden = readGolden(folder.toStdString());
    const Checkpoint checkpoint = openCheckpoint(folder.toStdString());
    QCOMPARE(checkpoint.specification.head, golden.head);
    QVERIFY(checkpoint.warnings.empty());
    const PackedBatch batch = packed(golden.sequences);
    std::vector<std::int64_t> all(static_cast<std::size_t>(batch.tokens()));
    std::iota(all.begin(), all.end(), 0);

    const Network network(checkpoint.specification, checkpoint.weights);
    const TrainableNetwork trainable(checkpoint.specification, checkpoint.weights, 1);
    const c10::NoGradGuard noGradients;
    at::Tensor answered;
    at::Tensor trained;
    if (golden.head == HeadKind::Classification) {
        answered = network.logits(batch);
        trained = trainable.logits(batch, {});
    } else {
        answered = network.vocabularyLogits(network.hiddenStates(batch), all);
        trained = trainable.vocabularyLogits(batch, all, {});
    }
    QCOMPARE(answered.sizes().vec(), trained.sizes().vec());
    const double inference = largestDifference(answered, batch, golden);
    const double training = largestDifference(trained, batch, golden);
    QVERIFY2(inference < tolerance, qPrintable(QString::number(inference)));
    QVERIFY2(training < tolerance, qPrintable(QString::number(training)));
}

void GoldenLogitsTest::allFoldersAreThere()
{
    QVERIFY(QDir(PARE_TEST_DATA "/golden").entryList({"bert-*"}, QDir::Dirs).size() >= 8);
}

QTEST_GUILESS_MAIN(GoldenLogitsTest)
#include "tst_goldenlogits.moc"

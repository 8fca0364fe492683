// What calibration data said is read back instead of computed again, and makes the same weights.
#include "tests/support/randommodel.h"

#include "core/base/files.h"
#include "core/base/random.h"
#include "core/compression/compress.h"
#include "core/network/kernels/kernelchoice.h"
#include "tests/core/compression/slowencoder.h"

#include <QTemporaryDir>
#include <QtTest>
#include <filesystem>

using namespace pare;
namespace fs = std::filesystem;

namespace {

struct Case
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights weights = test::randomWeights(specification, 5);
    CalibrationData data = labelledData(6, 3);

    ModelWeights compressedBy(const QString &steps, const StatisticsStore *store = nullptr) const
    {
        Recipe recipe;
        for (const QString &step : steps.split(";"))
            recipe.steps.push_back(parsedStep(step.trimmed().toStdString()));
        CompressionContext context;
        context.specification = &specification;
        context.calibration = &data;
        context.statistics = store;
        return compressed(weights, plan(recipe, describe(specification)), silentProgress(),
                          context);
    }
};

bool same(const ModelWeights &one, const ModelWeights &other)
{
    return std::ranges::all_of(one.layers, [&](const auto &entry) {
        const Weight &weight = other.layers.at(entry.first).weight;
        if (std::holds_alternative<Shared>(weight))
            return std::holds_alternative<Shared>(entry.second.weight);
        return denseValues(entry.second.weight).equal(denseValues(weight));
    });
}

std::vector<std::string> keysIn(const fs::path &folder)
{
    std::vector<std::string> keys;
    if (fs::exists(folder)) {
        for (const fs::directory_entry &entry : fs::directory_iterator(folder))
            keys.push_back(entry.path().stem().string());
    }
    return keys;
}

} // namespace

class TestKeptStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_scratch->path().toStdString()) / "statistics";
    }

    void readBackTheyMakeTheSame_data()
    {
        QTest::addColumn<QString>("steps");
        QTest::addColumn<int>("files");
        // One for the inputs of query, key and value, and one for each other matrix.
        QTest::newRow("norms") << "prune.wanda inputs=original" << 12;
        QTest::newRow("moments") << "prune.sparsegpt inputs=original" << 12;
        QTest::newRow("the head") << "prune.wanda inputs=original @ pooler,classifier" << 2;
        QTest::newRow("both") << "factorize.asvd inputs=original keep=0.6 @ role=up; quantize.gptq "
                                 "bits=4 inputs=original @ role=query,key,down"
                              << 9;
        QTest::newRow("slopes") << "prune.first-order" << 18;
        QTest::newRow("slopes of one layer") << "prune.first-order @ encoder.1.ffn.up" << 18;
        QTest::newRow("slopes outside of blocks") << "prune.first-order @ pooler" << 19;
        QTest::newRow("Fisher") << "factorize.fwsvd keep=0.6" << 18;
        QTest::newRow("slopes and Fisher")
            << "factorize.fwsvd keep=0.6; prune.first-order scope=global" << 36;
        QTest::newRow("shared") << "share.layers mode=ffn; prune.first-order @ role=value,up" << 14;
        QTest::newRow("sequential") << "prune.wanda; quantize.gptq bits=4" << 0;
    }
    void readBackTheyMakeTheSame()
    {
        QFETCH(QString, steps);
        QFETCH(int, files);
        const Case with;
        const StatisticsStore store(m_folder);
        const ModelWeights expected = with.compressedBy(steps);
        QVERIFY(same(with.compressedBy(steps, &store), expected));
        const std::vector<std::string> keys = keysIn(m_folder);
        QCOMPARE(keys.size(), static_cast<std::size_t>(files));
        QVERIFY(same(with.compressedBy(steps, &store), expected));
        QCOMPARE(keysIn(m_folder).size(), keys.size());
        if (files == 0)
            return;
        // Read they are: what stands there decides.
        for (const std::string &key : keys) {
            StatisticsStore::Tensors tensors = store.find(key).value();
            for (auto &[name, tensor] : tensors) {
                if (name == "moment")
                    tensor = tensor.flip({0, 1}).contiguous(); // still one
                else if (name != "rows")
                    tensor = tensor.flip(0).contiguous();
            }
            store.keep(key, tensors);
        }
        QVERIFY(!same(with.compressedBy(steps, &store), expected));
        for (const std::string &key : keys)
            writeFile(m_folder / (key + ".safetensors"), "broken");
        QVERIFY(same(with.compressedBy(steps, &store), expected));
    }

    /// One pass back serves all layers of a sweep.
    void oneLayerPaysForAll()
    {
        const Case with;
        const StatisticsStore store(m_folder);
        with.compressedBy("prune.first-order @ encoder.0.ffn.up", &store);
        const std::size_t files = keysIn(m_folder).size();
        const QString other = "prune.first-order @ encoder.2.attention.key";
        QVERIFY(same(with.compressedBy(other, &store), with.compressedBy(other)));
        QCOMPARE(keysIn(m_folder).size(), files);
    }

    /// Inputs that were summed with their moments serve those who ask for less.
    void momentsServeForNorms()
    {
        const Case with;
        const StatisticsStore store(m_folder);
        with.compressedBy("prune.sparsegpt inputs=original", &store);
        const std::size_t files = keysIn(m_folder).size();
        const QString wanda = "prune.wanda inputs=original";
        QVERIFY(same(with.compressedBy(wanda, &store), with.compressedBy(wanda)));
        QCOMPARE(keysIn(m_folder).size(), files);
    }

    void whateverTheyFollowFromIsInTheKey_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"weights", "bias", "data", "labels", "sharing", "threads"})
            QTest::addRow("%s", what) << QString(what);
    }
    void whateverTheyFollowFromIsInTheKey()
    {
        QFETCH(QString, what);
        Case with;
        const StatisticsStore store(m_folder);
        QString steps = "prune.first-order @ encoder.1.ffn.up";
        with.compressedBy(steps, &store);
        const std::size_t files = keysIn(m_folder).size();
        const int threads = kernelThreads();
        if (what == "weights")
            with.weights.layers.at("encoder.0.ffn.up").weight =
                test::randomWeights(with.specification, 6).layers.at("encoder.0.ffn.up").weight;
        else if (what == "bias")
            with.weights.layers.at("pooler").bias = at::ones({16});
        else if (what == "data")
            with.data.sequences[2].ids[0] = (with.data.sequences[2].ids[0] + 1) % 40;
        else if (what == "labels")
            with.data.labels[2] = (with.data.labels[2] + 1) % 3;
        else if (what == "sharing")
            steps = "share.layers mode=attention; " + steps;
        else
            setKernelThreads(threads + 1);
        with.compressedBy(steps, &store);
        setKernelThreads(threads);
        QVERIFY(keysIn(m_folder).size() > files);
    }

private:
    std::unique_ptr<QTemporaryDir> m_scratch;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestKeptStatistics)
#include "tst_keptstatistics.moc"

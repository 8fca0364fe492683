// How much memory `pare export` takes beside what it takes anyway: of a model far larger than what it may
// hold at a time, in every format.
#include "tests/app/cli/program.h"
#include "tests/support/randommodel.h"

#include <QTemporaryDir>
#include <QTest>

using namespace pare;

class TestExportMemory : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("XDG_CACHE_HOME", m_folder.filePath("cache").toUtf8());
        test::writeRandomModel(path("small"));
        writeLarge();
        const auto bytes = std::filesystem::file_size(path("large") / "model.safetensors");
        QVERIFY(bytes > 1.8 * limit); // or holding all of it would go unnoticed
    }

    void risesByAFewTensorsAlone_data()
    {
        QTest::addColumn<QStringList>("options");
        for (const char *format : {"packed", "dense", "torchscript", "gguf"})
            QTest::newRow(format) << QStringList{"--format", format};
        for (const char *format : {"dense", "torchscript", "gguf"})
            QTest::addRow("%s float16", format)
                << QStringList{"--format", format, "--dtype", "float16"};
    }
    /// Writing and reading again, over what the same takes for a model of no size: at most three times the
    /// largest tensor and 50 MB.
    void risesByAFewTensorsAlone()
    {
        QFETCH(QStringList, options);
        std::int64_t peaks[2]{};
        for (const int large : {0, 1}) {
            const test::Finished finished = test::runProgram(
                QStringList{"export", large ? "large" : "small", "--output",
                            QString("out of ") + QTest::currentDataTag(), "--threads", "1"} +
                    options,
                m_folder.path());
            QVERIFY2(finished.code == 0, finished.errors);
            peaks[large] = std::int64_t(finished.peakKilobytes) * 1024;
        }
        const auto [idle, most] = peaks;
        qInfo("rose by %.1f MB over %.1f MB, of %.1f MB", double(most - idle) / 1e6,
              double(idle) / 1e6, limit / 1e6);
        QVERIFY(double(most - idle) < limit);
    }

private:
    static constexpr int width = 576;
    static constexpr int feedForward = 2304;
    static constexpr double limit = 3.0 * width * feedForward * 4 + 50e6;

    /// Random weights as large as trained ones: of larger ones every rounding grows from block to block.
    void writeLarge() const
    {
        const NetworkSpecification network =
            test::randomSpecification({width, 9, feedForward, 8, 24, 1});
        ModelWeights weights = test::randomWeights(network, 1);
        for (auto &[name, layer] : weights.layers) {
            const at::Tensor values = denseValues(layer.weight);
            if (values.dim() == 2)
                layer.weight = Factor::dense(values.mul(0.1));
        }
        writeModel(path("large"), network, weights, path("large"));
        writeFile(path("large") / "vocab.txt", test::randomModelVocabulary());
    }

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestExportMemory)
#include "tst_exportmemory.moc"

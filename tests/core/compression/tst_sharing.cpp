// share.layers: who uses whose weight in each mode, and which weights survive.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/compress.h"
#include "core/compression/share/layers.h"

#include <QTest>

using namespace pare;

namespace {

ModelWeights compressedBy(const std::string &step, const ModelDescription &model,
                          const ModelWeights &original)
{
    return compressed(original, plan(Recipe{{parsedStep(step)}}, model), silentProgress());
}

} // namespace

class TestSharing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownersOfEachMode_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<QList<int>>("expected");
        const auto row = [](const char *settings, const QList<int> &expected) {
            QTest::addRow("%s of %d", settings, static_cast<int>(expected.size()))
                << QString(settings) << expected;
        };
        row("mode=all", {0, 0, 0, 0});
        row("mode=sandwich", {0, 1, 1, 1, 4});
        row("mode=sandwich", {0, 1, 2});
        row("mode=every-n", {0, 0, 2, 2, 4, 4});
        row("mode=every-n", {0, 0, 2, 2, 4});
        row("every=3", {0, 0, 0, 3, 3, 3, 6});
        row("mode=groups", {0, 0, 2, 2, 4, 4});
        row("mode=groups groups=2", {0, 0, 0, 3, 3});
        row("mode=groups groups=1", {0, 0, 0});
        row("mode=groups groups=4", {0, 1, 2, 3});
        row("mode=cycle groups=3", {0, 1, 2, 0, 1, 2});
        row("mode=cycle groups=3", {0, 1, 2, 0, 1});
        row("mode=cycle", {0, 1, 2, 0, 1, 2});
        row("mode=cycle-reverse groups=3", {0, 1, 2, 2, 1, 0});
        row("mode=cycle-reverse groups=3", {0, 1, 2, 0, 1, 2, 2, 1, 0});
        row("mode=cycle-reverse groups=3", {0, 1, 2, 0, 1, 2, 2, 1});
        row("mode=cycle-reverse groups=2", {0, 1});
    }
    void ownersOfEachMode()
    {
        QFETCH(QString, settings);
        QFETCH(QList<int>, expected);
        const Step step = checked(parsedStep("share.layers " + settings.toStdString()));
        QList<int> found;
        for (const std::size_t owner : owners(step, static_cast<std::size_t>(expected.size())))
            found << static_cast<int>(owner);
        QCOMPARE(found, expected);
    }

    /// The rule as ALBERT's authors compute it, in floating point.
    void groupsAreAlberts()
    {
        for (int count = 2; count <= 24; ++count) {
            for (int groups = 1; groups <= count; ++groups) {
                const Step step = checked(
                    parsedStep("share.layers mode=groups groups=" + std::to_string(groups)));
                const std::vector<std::size_t> found =
                    owners(step, static_cast<std::size_t>(count));
                const auto groupOf = [&](int i) {
                    return static_cast<int>(i / (static_cast<double>(count) / groups) + 1e-9);
                };
                for (int i = 0; i < count; ++i) {
                    int first = i;
                    while (first > 0 && groupOf(first - 1) == groupOf(i))
                        --first;
                    QCOMPARE(static_cast<int>(found[static_cast<std::size_t>(i)]), first);
                }
            }
        }
    }

    void normsAreSharedAsThePapersDo_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<bool>("shared");
        QTest::newRow("all") << "mode=all" << true;
        QTest::newRow("groups") << "mode=groups" << true;
        for (const char *mode : {"sandwich", "every-n", "cycle", "cycle-reverse"})
            QTest::newRow(mode) << "mode=" + QString(mode) << false;
    }
    void normsAreSharedAsThePapersDo()
    {
        QFETCH(QString, settings);
        QFETCH(bool, shared);
        const ModelDescription model = fabricatedModel({.blocks = 6});
        const RecipePlan planned =
            plan(Recipe{{parsedStep("share.layers " + settings.toStdString())}}, model);
        bool norms = false, matrices = false;
        for (std::size_t i = 0; i < planned.layers.size(); ++i) {
            if (planned.layers[i].owner.empty() || model.layers[i].block < 0)
                continue;
            (model.layers[i].role == LayerRole::Norm ? norms : matrices) = true;
        }
        QVERIFY(matrices);
        QCOMPARE(norms, shared);
    }

    void averageIsTheMeanOfThoseThatShare()
    {
        const ModelDescription model = fabricatedModel({.blocks = 5});
        const ModelWeights original = fabricatedWeights(model);
        const ModelWeights weights = compressedBy(
            "share.layers mode=every-n every=3 keep-weights=average @ *.ffn.up", model, original);
        const auto up = [](const ModelWeights &of, int block) -> const LayerWeights & {
            return of.resolved(fmt::format("encoder.{}.ffn.up", block));
        };
        for (const auto &[first, last] : {std::pair{0, 2}, {3, 4}}) {
            const at::Tensor found = denseValues(up(weights, first).weight);
            const at::Tensor bias = up(weights, first).bias;
            const int count = last - first + 1;
            for (std::int64_t i = 0; i < found.numel(); ++i) {
                double sum = 0;
                for (int block = first; block <= last; ++block)
                    sum += denseValues(up(original, block).weight).view(-1)[i].item<float>();
                QVERIFY(std::abs(found.view(-1)[i].item<float>() - sum / count) < 1e-7);
            }
            for (std::int64_t i = 0; i < bias.numel(); ++i) {
                double sum = 0;
                for (int block = first; block <= last; ++block)
                    sum += up(original, block).bias[i].item<float>();
                QVERIFY(std::abs(bias[i].item<float>() - sum / count) < 1e-7);
            }
            QVERIFY(at::equal(denseValues(up(weights, last).weight), found));
        }
    }

    void averagedWeightsAreCompressedFurther()
    {
        const ModelDescription model = fabricatedModel();
        const ModelWeights original = fabricatedWeights(model);
        Recipe recipe{{parsedStep("share.layers keep-weights=average"),
                       parsedStep("factorize.svd rank=5"), parsedStep("quantize.affine bits=8")}};
        const ModelWeights weights = compressed(original, plan(recipe, model), silentProgress());
        const auto *product =
            std::get_if<Product>(&weights.layers.at("encoder.0.attention.query").weight);
        QVERIFY(product);
        QCOMPARE(product->left.shape(), (std::vector<std::int64_t>{24, 5}));
        QCOMPARE(product->right.codec().bits, 8);
    }

    void tooFewBlocksAreRefused_data()
    {
        QTest::addColumn<QString>("step");
        QTest::newRow("groups") << "share.layers mode=groups groups=5";
        QTest::newRow("cycle") << "share.layers mode=cycle groups=5";
        QTest::newRow("sandwich") << "share.layers mode=sandwich @ block=0-1";
        QTest::newRow("one block") << "share.layers mode=every-n @ block=1";
        QTest::newRow("groups with another mode") << "share.layers mode=all groups=2";
        QTest::newRow("groups without a mode") << "share.layers groups=2";
    }
    void tooFewBlocksAreRefused()
    {
        QFETCH(QString, step);
        const ModelDescription model = fabricatedModel();
        try {
            plan(Recipe{{parsedStep(step.toStdString())}}, model);
            QFAIL("not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
        }
    }
};

QTEST_GUILESS_MAIN(TestSharing)
#include "tst_sharing.moc"

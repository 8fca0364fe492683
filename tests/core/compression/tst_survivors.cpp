// share.layers keep-weights=best: which weights are tried, which of them wins, and what is told.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/share/survivors.h"

#include <QTest>
#include <set>

using namespace pare;

namespace {

/// Accuracy by what the up-projection of block 0 starts with: the weights of which block, −1 for
/// anything else.
class Judge
{
public:
    Judge(ModelWeights original, std::map<int, DevScore> scores)
        : m_original(std::move(original))
        , m_scores(std::move(scores))
    {}

    DevScore operator()(const ModelWeights &weights)
    {
        const int block = blockIn(weights, "encoder.0.ffn.up");
        tried << block;
        const auto found = m_scores.find(block);
        return found == m_scores.end() ? DevScore{} : found->second;
    }

    int blockIn(const ModelWeights &weights, const std::string &layer) const
    {
        const std::string place = layer.substr(layer.find('.', 8));
        for (int block = 0; m_original.layers.contains(fmt::format("encoder.{}{}", block, place));
             ++block) {
            const LayerWeights &own =
                m_original.layers.at(fmt::format("encoder.{}{}", block, place));
            const LayerWeights &found = weights.layers.at(layer);
            if (at::equal(denseValues(own.weight), denseValues(found.weight)) &&
                at::equal(own.bias, found.bias))
                return block;
        }
        return -1;
    }

    QList<int> tried;

private:
    ModelWeights m_original;
    std::map<int, DevScore> m_scores;
};

RecipePlan planOf(const QString &steps, const ModelDescription &model)
{
    Recipe recipe;
    for (const QString &step : steps.split(';'))
        recipe.steps.push_back(parsedStep(step.toStdString()));
    return plan(recipe, model);
}

} // namespace

class TestSurvivors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void candidatesSpreadOverTheBlocks_data()
    {
        QTest::addColumn<QString>("settings");
        QTest::addColumn<int>("blocks");
        QTest::addColumn<QList<int>>("expected"); // −1: the average
        QTest::newRow("all of four") << "candidates=8" << 4 << QList<int>{0, -1, 1, 2, 3};
        QTest::newRow("four, as usual") << "" << 7 << QList<int>{0, -1, 3, 6};
        QTest::newRow("two") << "candidates=2" << 6 << QList<int>{0, -1};
        QTest::newRow("three") << "candidates=3" << 6 << QList<int>{0, -1, 5};
        QTest::newRow("five") << "candidates=5" << 6 << QList<int>{0, -1, 2, 3, 5};
        QTest::newRow("pairs") << "every=2 candidates=9" << 6 << QList<int>{0, -1, 1};
    }
    void candidatesSpreadOverTheBlocks()
    {
        QFETCH(QString, settings);
        QFETCH(int, blocks);
        QFETCH(QList<int>, expected);
        const ModelDescription model = fabricatedModel({.blocks = blocks});
        const ModelWeights original = fabricatedWeights(model);
        Judge judge(original, {});
        bestSurvivors(original, planOf("share.layers keep-weights=best " + settings, model),
                      std::ref(judge), silentProgress());
        QCOMPARE(judge.tried, expected);
    }

    void theBestWins_data()
    {
        using Scores = QMap<int, QPair<double, double>>;
        QTest::addColumn<Scores>("scores");
        QTest::addColumn<int>("winner");
        QTest::newRow("accuracy") << Scores{{0, {0.5, 1}}, {2, {0.75, 2}}, {-1, {0.7, 0.1}}} << 2;
        QTest::newRow("average") << Scores{{0, {0.5, 1}}, {2, {0.5, 1}}, {-1, {0.7, 1}}} << -1;
        QTest::newRow("loss decides") << Scores{{0, {0.5, 1}}, {1, {0.5, 0.5}}, {2, {0.5, 0.7}}}
                                      << 1;
        QTest::newRow("the first of equals") << Scores{{0, {0.5, 1}}, {1, {0.5, 1}}} << 0;
        QTest::newRow("the last") << Scores{{3, {0.1, 9}}} << 3;
    }
    void theBestWins()
    {
        using Scores = QMap<int, QPair<double, double>>;
        QFETCH(Scores, scores);
        QFETCH(int, winner);
        const ModelDescription model = fabricatedModel({.blocks = 4});
        const ModelWeights original = fabricatedWeights(model);
        std::map<int, DevScore> given;
        for (auto score = scores.begin(); score != scores.end(); ++score)
            given[score.key()] = {score->first, score->second};
        Judge judge(original, given);
        const Survivors survivors = bestSurvivors(
            original, planOf("share.layers keep-weights=best candidates=9", model),
            std::ref(judge), silentProgress());
        for (const char *layer : {"encoder.0.ffn.up", "encoder.0.attention.query",
                                  "encoder.0.attention.norm"})
            QCOMPARE(judge.blockIn(survivors.weights, layer), winner);
        // What does not share stays.
        QVERIFY(at::equal(denseValues(survivors.weights.layers.at("pooler").weight),
                          denseValues(original.layers.at("pooler").weight)));
        QCOMPARE(survivors.notes.size(), std::size_t{1});
        const QString note = QString::fromStdString(survivors.notes[0].text());
        QVERIFY2(note.contains(winner < 0 ? QString("average") : QString("block %1").arg(winner)),
                 qPrintable(note));
    }

    void averagesAreMeans()
    {
        const ModelDescription model = fabricatedModel({.blocks = 3});
        const ModelWeights original = fabricatedWeights(model);
        Judge judge(original, {{-1, {1, 0}}});
        const ModelWeights weights =
            bestSurvivors(original, planOf("share.layers keep-weights=best", model),
                          std::ref(judge), silentProgress())
                .weights;
        const auto values = [](const ModelWeights &of, int block) {
            return denseValues(of.layers.at(fmt::format("encoder.{}.ffn.down", block)).weight)
                .contiguous();
        };
        const at::Tensor found = values(weights, 0);
        for (std::int64_t i = 0; i < found.numel(); ++i) {
            double sum = 0;
            for (int block = 0; block < 3; ++block)
                sum += values(original, block).data_ptr<float>()[i];
            QVERIFY(std::abs(found.data_ptr<float>()[i] - sum / 3) < 1e-7);
        }
    }

    void everyGroupKeepsItsOwn()
    {
        const ModelDescription model = fabricatedModel({.blocks = 6});
        const ModelWeights original = fabricatedWeights(model);
        Judge judge(original, {{1, {1, 0}}});
        const ModelWeights weights =
            bestSurvivors(
                original,
                planOf("share.layers mode=every-n every=3 keep-weights=best candidates=9", model),
                std::ref(judge), silentProgress())
                .weights;
        QCOMPARE(judge.blockIn(weights, "encoder.0.ffn.up"), 1);
        QCOMPARE(judge.blockIn(weights, "encoder.3.ffn.up"), 4);
        QCOMPARE(judge.blockIn(weights, "encoder.3.attention.norm"), 3); // not shared in this mode
    }

    void stepsAreSettledInOrder()
    {
        const ModelDescription model = fabricatedModel({.blocks = 4});
        const ModelWeights original = fabricatedWeights(model);
        Judge judge(original, {{1, {1, 0}}});
        const Survivors survivors = bestSurvivors(
            original,
            planOf("share.layers mode=ffn keep-weights=best candidates=3 @ block=0-1;"
                   "share.layers mode=ffn keep-weights=best candidates=2 @ block=2-3",
                   model),
            std::ref(judge), silentProgress());
        QCOMPARE(judge.tried, (QList<int>{0, -1, 1, 1, 1}));
        QCOMPARE(survivors.notes.size(), std::size_t{2});
        QCOMPARE(judge.blockIn(survivors.weights, "encoder.2.ffn.up"), 2);
    }

    void onlyPlainWeightsCanBeChosenFrom()
    {
        const ModelDescription model = fabricatedModel({.blocks = 3});
        ModelWeights original = fabricatedWeights(model);
        LayerWeights &layer = original.layers.at("encoder.1.ffn.up");
        Codec codec;
        codec.kind = CodecKind::Affine;
        codec.bits = 4;
        layer.weight = Factor::encoded(denseValues(layer.weight), codec);
        Judge judge(original, {});
        try {
            bestSurvivors(original, planOf("share.layers keep-weights=best", model),
                          std::ref(judge), silentProgress());
            QFAIL("not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
            QVERIFY(QString(error.what()).contains("encoder.1.ffn.up"));
        }
    }
};

QTEST_GUILESS_MAIN(TestSurvivors)
#include "tst_survivors.moc"

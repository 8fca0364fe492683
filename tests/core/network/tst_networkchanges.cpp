#include "core/base/random.h"
#include "core/network/network.h"
#include "core/weights/codec.h"
#include "tests/support/randommodel.h"

#include <QTest>

using namespace pare;

namespace {

PackedBatch someBatch(const NetworkSpecification &specification)
{
    Random random(4);
    std::vector<Sequence> sequences(5);
    for (Sequence &sequence : sequences) {
        for (std::uint64_t i = 0; i < 3 + random.below(6); ++i) {
            sequence.ids.push_back(static_cast<std::int64_t>(
                random.below(static_cast<std::uint64_t>(specification.embedding.vocabulary))));
            sequence.types.push_back(0);
        }
    }
    return packed(sequences);
}

} // namespace

class TestNetworkChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAsANetworkBuiltAnew_data()
    {
        QTest::addColumn<QStringList>("layers");
        QTest::newRow("nothing") << QStringList();
        QTest::newRow("one of three that are multiplied as one")
            << QStringList{"encoder.1.attention.key"};
        QTest::newRow("output") << QStringList{"encoder.0.attention.output"};
        QTest::newRow("feed forward") << QStringList{"encoder.2.ffn.up", "encoder.0.ffn.down"};
        QTest::newRow("norms") << QStringList{"encoder.1.attention.norm", "encoder.2.ffn.norm",
                                              "embedding.norm"};
        QTest::newRow("tables") << QStringList{"embedding.token", "embedding.position",
                                               "embedding.type"};
        QTest::newRow("head") << QStringList{"pooler", "classifier"};
    }
    void answersAsANetworkBuiltAnew()
    {
        QFETCH(QStringList, layers);
        const NetworkSpecification specification = test::randomSpecification({});
        const ModelWeights before = test::randomWeights(specification, 1);
        ModelWeights after = before;
        std::set<std::string> changed;
        for (const QString &layer : layers) {
            LayerWeights &weights = after.layers.at(layer.toStdString());
            weights.weight = Factor::dense(denseValues(weights.weight).mul(1.5).add(0.01));
            changed.insert(layer.toStdString());
        }
        const Network original(specification, before);
        const Network anew(specification, after);
        const Network mixed(original, specification, after, changed);
        const PackedBatch batch = someBatch(specification);
        QVERIFY(mixed.logits(batch).equal(anew.logits(batch)));
        QCOMPARE(mixed.logits(batch).equal(original.logits(batch)), layers.isEmpty());
        QVERIFY(mixed.kernels() == anew.kernels());
    }
};

QTEST_GUILESS_MAIN(TestNetworkChanges)
#include "tst_networkchanges.moc"

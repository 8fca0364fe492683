// Model folders: what a checkpoint carries beside the head in use, and what it may not claim.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/network/network.h"
#include "core/tensors/safetensorsfile.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

/// A classifier that carries the whole masked-LM head of the same blocks.
Checkpoint withBothHeads(const std::filesystem::path &folder)
{
    test::writeRandomModel(folder);
    Checkpoint checkpoint = openCheckpoint(folder);
    test::RandomModel shape;
    shape.head = HeadKind::MaskedLm;
    for (auto &[name, weights] : test::randomWeights(test::randomSpecification(shape), 2).layers) {
        if (name.starts_with("mlm."))
            checkpoint.otherHeads.layers[name] = weights;
    }
    return checkpoint;
}

void write(const Checkpoint &checkpoint, const std::filesystem::path &folder)
{
    writeModel(folder, checkpoint.specification, checkpoint.weights, checkpoint.folder,
               checkpoint.otherHeads);
}

} // namespace

class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void unusedHeadIsCarried()
    {
        const Checkpoint checkpoint = withBothHeads(folder("both"));
        write(checkpoint, folder("written"));
        const Checkpoint again = openCheckpoint(folder("written"));
        QCOMPARE(again.specification.head, HeadKind::Classification);
        QCOMPARE(again.otherHeads.layers.size(), checkpoint.otherHeads.layers.size());
        QVERIFY(at::equal(denseValues(again.otherHeads.layers.at("mlm.transform").weight),
                          denseValues(checkpoint.otherHeads.layers.at("mlm.transform").weight)));
        QVERIFY(again.warnings.empty());
    }

    void sharingMustLeadToAnOwner_data()
    {
        QTest::addColumn<QString>("layer");
        QTest::addColumn<QString>("owner");
        QTest::newRow("nobody") << "encoder.1.ffn.up"
                                << "encoder.9.ffn.up";
        QTest::newRow("itself") << "encoder.1.ffn.up"
                                << "encoder.1.ffn.up";
        QTest::newRow("another shape") << "encoder.1.ffn.up"
                                       << "encoder.0.ffn.down";
        QTest::newRow("nobody, in a head that is not used") << "mlm.transform"
                                                            << "mlm.nowhere";
    }
    void sharingMustLeadToAnOwner()
    {
        QFETCH(QString, layer);
        QFETCH(QString, owner);
        Checkpoint checkpoint = withBothHeads(folder("honest"));
        const std::string name = layer.toStdString();
        ModelWeights &weights =
            checkpoint.weights.layers.contains(name) ? checkpoint.weights : checkpoint.otherHeads;
        weights.layers[name] = {Shared{owner.toStdString()}, {}};
        write(checkpoint, folder("dishonest"));
        try {
            openCheckpoint(folder("dishonest"));
            QFAIL("a layer shares what is not there, and nobody minded");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
            QVERIFY2(QString::fromUtf8(error.what()).contains(layer), error.what());
            QVERIFY2(QString::fromUtf8(error.what()).contains(owner), error.what());
        }
    }

    /// What is missing in the packings is said in words, without the names of exceptions.
    void damagedPackings()
    {
        Checkpoint checkpoint = withBothHeads(folder("packed"));
        Codec codec;
        codec.kind = CodecKind::Ternary;
        Weight &weight = checkpoint.weights.layers.at("encoder.1.ffn.up").weight;
        weight = Factor::encoded(denseValues(weight), codec);
        write(checkpoint, folder("damaged"));
        std::string bytes = readFile(folder("damaged/model.safetensors"));
        bytes.replace(bytes.find("layers\\\""), 6, "Layers");
        writeFile(folder("damaged/model.safetensors"), bytes);
        try {
            openCheckpoint(folder("damaged"));
            QFAIL("packings that are not there were read");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
            QVERIFY2(QByteArray(error.what()).contains("key 'layers' not found"), error.what());
            QVERIFY2(!QByteArray(error.what()).contains("exception"), error.what());
        }
    }

    void pretrainingHeadsAreCarried()
    {
        const NetworkSpecification network =
            test::randomSpecification({.head = HeadKind::Pretraining});
        const ModelWeights weights = test::randomWeights(network, 3);
        writeModel(folder("pretraining"), network, weights, folder("pretraining"));
        QCOMPARE(exportedBytes(network, weights),
                 static_cast<std::int64_t>(std::filesystem::file_size(
                     folder("pretraining") / "model.safetensors")));
        const Checkpoint opened = openCheckpoint(folder("pretraining"));
        QVERIFY(opened.warnings.empty());
        QCOMPARE(opened.specification.head, HeadKind::MaskedLm);
        QVERIFY(!opened.weights.layers.contains("pair"));
        QCOMPARE(opened.otherHeads.layers.size(), std::size_t(2)); // pooler and pair
        write(opened, folder("carried"));
        for (const char *name : {"pretraining", "carried"}) {
            const Checkpoint both =
                withHead(openCheckpoint(folder(name)), HeadKind::Pretraining);
            QVERIFY(both.otherHeads.layers.empty());
            QCOMPARE(both.weights.layers.size(), weights.layers.size());
            QCOMPARE(hashOf(both.specification, both.weights, silentProgress()),
                     hashOf(network, weights, silentProgress()));
        }
        const Checkpoint classifier =
            withHead(openCheckpoint(folder("pretraining")), HeadKind::Classification);
        QVERIFY(classifier.weights.layers.contains("pooler"));
        QVERIFY(classifier.otherHeads.layers.contains("pair"));
        QVERIFY(!classifier.weights.layers.contains("classifier")); // training makes it
    }

    void pairHeadsAreReadBack()
    {
        const NetworkSpecification network =
            test::randomSpecification({.head = HeadKind::SentencePair});
        const ModelWeights weights = test::randomWeights(network, 4);
        writeModel(folder("pair"), network, weights, folder("pair"));
        Checkpoint opened = openCheckpoint(folder("pair"));
        QVERIFY(opened.warnings.empty());
        QCOMPARE(opened.specification.head, HeadKind::SentencePair);
        QVERIFY(opened.otherHeads.layers.empty());
        QCOMPARE(opened.file->find("cls.seq_relationship.weight")->shape,
                 (std::vector<std::int64_t>{2, 16}));
        QCOMPARE(hashOf(opened.specification, opened.weights, silentProgress()),
                 hashOf(network, weights, silentProgress()));
        // A masked-LM head carried beside it does not take its place.
        const NetworkSpecification masked =
            test::randomSpecification({.head = HeadKind::MaskedLm});
        for (const auto &[name, other] : test::randomWeights(masked, 2).layers) {
            if (name.starts_with("mlm."))
                opened.otherHeads.layers[name] = other;
        }
        write(opened, folder("pair and masked"));
        const Checkpoint again = openCheckpoint(folder("pair and masked"));
        QCOMPARE(again.specification.head, HeadKind::SentencePair);
        QVERIFY(again.otherHeads.layers.contains("mlm.transform"));
    }

    void promisedPairHeadIsNotThere()
    {
        const NetworkSpecification bare = test::randomSpecification({.head = HeadKind::None});
        writeModel(folder("bare"), bare, test::randomWeights(bare, 5), folder("bare"));
        std::string config = readFile(folder("bare") / "config.json");
        config.replace(config.find("BertModel"), 9, "BertForNextSentencePrediction");
        writeFile(folder("bare") / "config.json", config);
        const Checkpoint opened = openCheckpoint(folder("bare"));
        QVERIFY(!opened.weights.layers.contains("pair"));
        QVERIFY(opened.weights.layers.contains("pooler"));
    }

    void pairHeadIsRun()
    {
        NetworkSpecification network = test::randomSpecification({.head = HeadKind::Pretraining});
        ModelWeights weights = test::randomWeights(network, 6);
        const std::vector<Sequence> sequences{{{2, 7, 8, 3, 9, 3}, {0, 0, 0, 0, 1, 1}},
                                              {{2, 11, 3, 12, 3}, {0, 0, 0, 1, 1}}};
        const PackedBatch batch = packed(sequences);
        const Network both(network, weights);
        const at::Tensor answers = both.logits(batch);
        QCOMPARE(answers.sizes().vec(), (std::vector<std::int64_t>{2, pairAnswers}));
        const std::vector<std::int64_t> rows{1, 3};
        const at::Tensor words = both.vocabularyLogits(both.hiddenStates(batch), rows);
        // The same layers as a classifier and as a masked-LM head.
        network.head = HeadKind::MaskedLm;
        const Network masked(network, weights);
        QVERIFY(at::equal(words, masked.vocabularyLogits(masked.hiddenStates(batch), rows)));
        network.head = HeadKind::Classification;
        network.labels = {"next", "random"};
        weights.layers["classifier"] = weights.layers.at("pair");
        QVERIFY(at::equal(answers, Network(network, weights).logits(batch)));
    }

private:
    std::filesystem::path folder(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"

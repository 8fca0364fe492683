// Model folders: what a checkpoint carries beside the head in use, and what it may not claim.
#include "tests/support/randommodel.h"

#include "core/base/error.h"

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

private:
    std::filesystem::path folder(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"

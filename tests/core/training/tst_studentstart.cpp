// What a student begins with: which of the teacher's blocks, by each method's rule, and which weights.
#include "tests/core/training/toytask.h"

#include "core/training/distill/studentstart.h"

#include <QtTest>

using namespace pare;

class StudentStartTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startBlocks_data();
    void startBlocks();
    void startsFromTheTeacher();
};

void StudentStartTest::startBlocks_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<int>("student");
    QTest::addColumn<int>("teacher");
    QTest::addColumn<QString>("expected");
    QTest::newRow("DistilBERT's") << "distilbert" << 6 << 12 << "0,2,4,7,9,11";
    QTest::newRow("as many") << "distilbert" << 4 << 4 << "0,1,2,3";
    QTest::newRow("one") << "distilbert" << 1 << 12 << "0";
    QTest::newRow("first ones") << "pkd" << 6 << 12 << "0,1,2,3,4,5";
    QTest::newRow("theseus") << "theseus" << 3 << 12 << "0,1,2";
    QTest::newRow("kd") << "kd" << 2 << 12 << "0,1";
    QTest::newRow("uniform") << "tinybert" << 4 << 12 << "2,5,8,11";
    QTest::newRow("no multiple") << "minilm" << 5 << 12 << "1,3,6,8,11";
    QTest::newRow("deeper") << "kd" << 4 << 2 << "0,1,1,1";
}

void StudentStartTest::startBlocks()
{
    QFETCH(QString, method);
    QFETCH(int, student);
    QFETCH(int, teacher);
    QFETCH(QString, expected);
    QStringList blocks;
    for (const int block : pare::startBlocks(method.toStdString(), {student, teacher}))
        blocks << QString::number(block);
    QCOMPARE(blocks.join(','), expected);
}

/// Layers of equal shape are the teacher's, those of its own stay, others are left to be drawn.
void StudentStartTest::startsFromTheTeacher()
{
    const NetworkSpecification large = test::toySpecification({.blocks = 4});
    const NetworkSpecification small = test::toySpecification({.blocks = 2});
    const ModelWeights theirs = TrainableNetwork(large, {}, 1).weights();
    const ModelWeights none;
    const DistillModel teacher{large, theirs, none};
    const auto valuesOf = [](const ModelWeights &weights, const char *layer) {
        return denseValues(weights.layers.at(layer).weight);
    };
    ModelWeights own;
    own.layers["encoder.1.ffn.up"] = theirs.layers.at("encoder.2.ffn.up");
    const std::vector<int> blocks{0, 3};
    const ModelWeights begun = startedFrom({small, own, none}, teacher, blocks);
    QVERIFY(
        at::equal(valuesOf(begun, "encoder.1.ffn.down"), valuesOf(theirs, "encoder.3.ffn.down")));
    QVERIFY(at::equal(valuesOf(begun, "encoder.1.ffn.up"), valuesOf(theirs, "encoder.2.ffn.up")));
    QVERIFY(at::equal(valuesOf(begun, "embedding.token"), valuesOf(theirs, "embedding.token")));
    QCOMPARE(begun.layers.size(), describe(small).layers.size());
    const NetworkSpecification narrow = test::toySpecification({.blocks = 2, .width = 8});
    QVERIFY(startedFrom({narrow, none, none}, teacher, blocks).layers.empty());
}

QTEST_GUILESS_MAIN(StudentStartTest)
#include "tst_studentstart.moc"

#include "app/window/layerfilter.h"
#include "core/base/error.h"
#include "tests/widgets/modelfixtures.h"

#include <QTest>
#include <cmath>

using namespace pare;

namespace {

/// Known of the first layer alone.
LayerMeasure only(const char *key, double value)
{
    LayerMeasure measure{key, {}, {}};
    measure.values = {value};
    return measure;
}

} // namespace

class TestLayerFilter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matches_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count");
        QTest::newRow("nothing") << " " << 0;
        QTest::newRow("part of a name") << "FFN" << 6;
        QTest::newRow("pattern") << "*.ffn.up" << 2;
        QTest::newRow("role") << "role=query,key" << 4;
        QTest::newRow("block") << "block=1 and role=up" << 1;
        QTest::newRow("bytes") << "bytes > 20 kB" << 6;
        QTest::newRow("bytes, at least") << "bytes >= 33280" << 2;
        QTest::newRow("after") << "after < 2kB" << 8;
        QTest::newRow("left") << "left<50%" << 2;
        QTest::newRow("error") << "error > 5" << 1;
        QTest::newRow("measure") << "kurtosis > 10" << 1;
        QTest::newRow("measure in percent") << "zeros >= 50 %" << 1;
        QTest::newRow("measure of few") << "zeros < 50%" << 0;
        QTest::newRow("measure below zero") << "time < -2" << 1;
        QTest::newRow("what colour shows") << "value > 5" << 1;
        QTest::newRow("shape") << "128x64" << 3;
        QTest::newRow("shape as it is shown") << QString::fromUtf8("128 × 64") << 3;
        QTest::newRow("one size of two") << "*x128" << 2;
        QTest::newRow("a row") << "shape=64 and norm" << 5;
        QTest::newRow("no such shape") << "63x64" << 0;
        QTest::newRow("name and condition") << "ffn and bytes > 20 kB" << 4;
        QTest::newRow("conditions") << "bytes > 20 kB and left < 50 %" << 2;
        QTest::newRow("shape and role") << "128x64 and block=1" << 1;
        QTest::newRow("no such name") << "decoder" << 0;
    }
    void matches()
    {
        QFETCH(QString, text);
        QFETCH(int, count);
        std::map<std::string, LayerState> states;
        states["encoder.0.ffn.up"].bytes = 1000;
        states["encoder.0.ffn.up"].value = 12.5;
        states["encoder.1.ffn.up"].sharedWith = "encoder.0.ffn.up";
        const ModelDescription model = test::bert({2, 64, 128, 100});
        LayerMapData data = layerMapData(model, states);
        data.measures = {only("kurtosis", 10.5), only("zeros", 50), only("time", -3)};
        for (LayerMeasure &measure : data.measures)
            measure.values.resize(data.cells.size(), std::nan(""));
        const QStringList found = layersMatching(text, data, model);
        QVERIFY2(found.size() == count,
                 qPrintable(QString::number(found.size()) + ": " + found.join(' ')));
    }

    void conditionsNameTheirQuantity()
    {
        LayerMapData data;
        data.measures = {only("rank", 1)};
        QCOMPARE(measureNamedIn("rank < 64", data), QString("rank"));
        QCOMPARE(measureNamedIn("bytes > 1 MB", data), QString("bytes"));
        QVERIFY(measureNamedIn("ffn", data).isEmpty());
        QVERIFY(measureNamedIn("block=2", data).isEmpty());
        QCOMPARE(measureNamedIn("size > 1 MB", data), QString("bytes"));
        QCOMPARE(measureNamedIn("ffn and rank < 64", data), QString("rank"));
    }

    void tellsWhatIsKnownOfNone()
    {
        LayerMapData data = layerMapData(test::bert());
        data.measures = {only("rank", 1), only("error", std::nan(""))};
        for (LayerMeasure &measure : data.measures)
            measure.values.resize(data.cells.size(), std::nan(""));
        QVERIFY(!knownOfNone("rank", data));
        QVERIFY(knownOfNone("error", data));
        QVERIFY(knownOfNone("value", data));
        QVERIFY(!knownOfNone("bytes", data));
        QVERIFY(!knownOfNone("error", LayerMapData{})); // there is no layer
    }

    void nonsenseIsTold_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("role=nobody") << "role=nobody"
                                     << "nobody";
        QTest::newRow("block=x") << "block=x"
                                 << "x";
        QTest::newRow("bytes > 1.2.3") << "bytes > 1.2.3"
                                       << "expected a number";
        QTest::newRow("role=query and") << "role=query and"
                                        << "";
        QTest::newRow("beauty > 5") << "beauty > 5"
                                    << "no number \"beauty\"";
        QTest::newRow("error >") << "error >"
                                 << "\"error >\" wants a number after it";
        QTest::newRow("bytes<= ") << "bytes<= "
                                  << "wants a number after it";
        QTest::newRow("beauty <") << "beauty <"
                                  << "no number \"beauty\"";
        QTest::newRow("error > many") << "error > many"
                                      << "is no condition";
        QTest::newRow("> 5") << "> 5"
                             << "is no condition";
    }
    void nonsenseIsTold()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const ModelDescription model = test::bert();
        try {
            layersMatching(text, layerMapData(model), model);
            QFAIL("was accepted");
        } catch (const Error &error) {
            QVERIFY2(QString(error.what()).contains(says), error.what());
        }
    }
};

QTEST_GUILESS_MAIN(TestLayerFilter)
#include "tst_layerfilter.moc"

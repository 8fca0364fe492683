#include "app/window/layerfilter.h"
#include "core/base/error.h"
#include "tests/widgets/modelfixtures.h"

#include <QTest>

using namespace pare;

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
        const LayerMapData data = layerMapData(model, states);
        const QStringList found = layersMatching(text, data, model);
        QVERIFY2(found.size() == count,
                 qPrintable(QString::number(found.size()) + ": " + found.join(' ')));
    }

    void nonsenseIsTold_data()
    {
        QTest::addColumn<QString>("text");
        for (const char *text : {"role=nobody", "block=x", "bytes > 1.2.3", "role=query and"})
            QTest::newRow(text) << text;
    }
    void nonsenseIsTold()
    {
        QFETCH(QString, text);
        const ModelDescription model = test::bert();
        QVERIFY_EXCEPTION_THROWN(layersMatching(text, layerMapData(model), model), Error);
    }
};

QTEST_GUILESS_MAIN(TestLayerFilter)
#include "tst_layerfilter.moc"

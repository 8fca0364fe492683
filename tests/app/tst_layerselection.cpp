#include "app/window/layerselection.h"
#include "tests/widgets/modelfixtures.h"

#include <QTest>

using namespace pare;

class TestLayerSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textSaysExactlyTheLayers_data();
    void textSaysExactlyTheLayers();
    void layersNobodyCanActOnAreLeftOut();
    void toggleTakesAwayAndGivesBack();
    void lastLayerStays();

private:
    static std::vector<std::string> names(const char *selection);
};

std::vector<std::string> TestLayerSelection::names(const char *selection)
{
    return layersOf(parsedStep(std::string("quantize.affine @ ") + selection), test::bert());
}

void TestLayerSelection::textSaysExactlyTheLayers_data()
{
    QTest::addColumn<QString>("selection");
    QTest::addColumn<QString>("expected");
    QTest::newRow("a role") << "role=query"
                            << "role=query";
    QTest::newRow("roles") << "role=query,key"
                           << "role=query,key";
    QTest::newRow("roles of some blocks") << "role=up,down and block=0,2-4"
                                          << "role=up,down and block=0,2-4";
    QTest::newRow("one layer") << "encoder.3.ffn.up"
                               << "encoder.3.ffn.up";
    QTest::newRow("no rectangle") << "encoder.3.ffn.up,encoder.4.ffn.down"
                                  << "encoder.3.ffn.up,encoder.4.ffn.down";
    QTest::newRow("all but a few") << "role=query,key and not encoder.3.attention.query"
                                   << "role=query,key and not encoder.3.attention.query";
    QTest::newRow("the only one of its role") << "pooler"
                                              << "pooler";
    QTest::newRow("across the stacks") << "role=query,token-embedding"
                                       << "role=token-embedding,query";
}

void TestLayerSelection::textSaysExactlyTheLayers()
{
    QFETCH(QString, selection);
    QFETCH(QString, expected);
    const std::vector<std::string> wanted = names(selection.toUtf8().constData());
    const std::string text = selectionText(techniqueInfo("quantize.affine"), wanted, test::bert());
    QCOMPARE(QString::fromStdString(text), expected);
    QCOMPARE(names(text.c_str()), wanted);
}

void TestLayerSelection::layersNobodyCanActOnAreLeftOut()
{
    const TechniqueInfo &quantize = techniqueInfo("quantize.affine");
    QCOMPARE(selectionText(quantize, {"encoder.0.ffn.norm"}, test::bert()), std::string());
    QCOMPARE(selectionText(quantize, {"encoder.0.ffn.norm", "encoder.0.ffn.up"}, test::bert()),
             std::string("encoder.0.ffn.up"));
}

void TestLayerSelection::toggleTakesAwayAndGivesBack()
{
    const ModelDescription model = test::bert();
    const Step step = checked(parsedStep("quantize.affine bits=4 @ role=up"));
    const Step less = withLayerToggled(step, "encoder.2.ffn.up", model);
    QCOMPARE(layersOf(less, model).size(), 5u);
    QCOMPARE(less.layers, std::string("role=up and block=0-1,3-5"));
    QCOMPARE(withLayerToggled(less, "encoder.2.ffn.up", model), step);
    QCOMPARE(withLayerToggled(step, "encoder.2.ffn.norm", model), step);
}

void TestLayerSelection::lastLayerStays()
{
    const Step step = checked(parsedStep("quantize.affine bits=4 @ pooler"));
    QCOMPARE(withLayerToggled(step, "pooler", test::bert()), step);
}

QTEST_GUILESS_MAIN(TestLayerSelection)
#include "tst_layerselection.moc"

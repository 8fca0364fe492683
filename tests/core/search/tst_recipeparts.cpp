#include "core/experiment/sweep.h"
#include "core/model/layer.h"
#include "core/search/recipeparts.h"
#include "tests/support/randommodel.h"

#include <QTest>

using namespace pare;

class TestRecipeParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void partsAreWhatASweepTries_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<QStringList>("parts");
        QTest::newRow("layer by layer")
            << "quantize.affine bits=4 @ role=query"
            << QStringList{"quantize.affine bits=4 @ encoder.0.attention.query",
                           "quantize.affine bits=4 @ encoder.1.attention.query",
                           "quantize.affine bits=4 @ encoder.2.attention.query"};
        QTest::newRow("two parts of one layer")
            << "quantize.affine bits=4 @ pooler;prune.magnitude @ pooler"
            << QStringList{"prune.magnitude @ pooler", "quantize.affine bits=4 @ pooler"};
        QTest::newRow("the later step wins")
            << "quantize.affine bits=4 @ role=query;quantize.affine bits=8 @ block=0 and role=query"
            << QStringList{"quantize.affine bits=4 @ encoder.1.attention.query",
                           "quantize.affine bits=4 @ encoder.2.attention.query",
                           "quantize.affine bits=8 @ encoder.0.attention.query"};
        QTest::newRow("blocks") << "prune.neurons keep=0.5 @ block=0-1"
                                << QStringList{
                                       "prune.neurons keep=0.5 @ stack=encoder and block=0",
                                       "prune.neurons keep=0.5 @ stack=encoder and block=1"};
        QTest::newRow("one threshold") << "prune.magnitude scope=global @ role=up"
                                       << QStringList{"prune.magnitude scope=global @ role=up"};
        QTest::newRow("sharing") << "share.layers mode=ffn" << QStringList{"share.layers mode=ffn"};
        QTest::newRow("nothing") << "" << QStringList();
    }
    void partsAreWhatASweepTries()
    {
        QFETCH(QString, recipe);
        QFETCH(QStringList, parts);
        const ModelDescription model = describe(test::randomSpecification({}));
        Recipe whole;
        for (const QString &step : recipe.split(';', Qt::SkipEmptyParts))
            whole.steps.push_back(parsedStep(step.toStdString()));
        std::vector<Recipe> expected;
        for (const QString &part : parts)
            expected.push_back(checked(Recipe{{parsedStep(part.toStdString())}}));
        std::vector<Recipe> found = partsOf(whole, model);
        QCOMPARE(found.size(), expected.size());
        for (const Recipe &part : expected)
            QVERIFY2(std::ranges::find(found, part) != found.end(), part.text().c_str());
    }

    /// So that what was swept is found.
    void theyAreTheRecipesOfASweep()
    {
        const ModelDescription model = describe(test::randomSpecification({}));
        for (const std::string step : {"quantize.gptq bits=4 @ block=1", "prune.neurons keep=0.5",
                                       "factorize.svd keep=0.5 @ role=up"}) {
            for (const Recipe &part : partsOf({{parsedStep(step)}}, model)) {
                const auto swept = sweepRecipesPerLayer({}, {step}, model);
                QVERIFY2(std::ranges::any_of(
                             swept, [&](const Recipe &recipe) { return checked(recipe) == part; }),
                         part.text().c_str());
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestRecipeParts)
#include "tst_recipeparts.moc"

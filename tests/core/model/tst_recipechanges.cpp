#include "core/model/recipechanges.h"

#include <QTest>

using namespace pare;

namespace {

Recipe recipeOf(const QString &text)
{
    Recipe recipe;
    for (const QString &step : text.split(";", Qt::SkipEmptyParts))
        recipe.steps.push_back(parsedStep(step.trimmed().toStdString()));
    return checked(recipe);
}

} // namespace

class TestRecipeChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void changes_data()
    {
        QTest::addColumn<QString>("before");
        QTest::addColumn<QString>("after");
        QTest::addColumn<QStringList>("expected"); // "-technique", "+technique", "setting,…"
        const auto row = [](const char *name, const char *before, const char *after,
                            const QStringList &expected) {
            QTest::newRow(name) << before << after << expected;
        };
        row("nothing", "", "", {});
        row("same", "quantize.affine bits=4", "quantize.affine bits=4", {});
        row("same in another order", "quantize.half; prune.magnitude",
            "prune.magnitude; quantize.half", {});
        row("a default spelt out", "quantize.affine", "quantize.affine bits=8", {});
        row("one setting", "quantize.affine bits=4", "quantize.affine bits=3", {"bits"});
        row("one that has its own default", "factorize.svd rank=4", "factorize.svd keep=0.5",
            {"rank,keep"});
        row("added", "", "quantize.half", {"+quantize.half"});
        row("taken away", "prune.magnitude; quantize.half", "quantize.half", {"-prune.magnitude"});
        row("other layers", "quantize.half @ block=0", "quantize.half @ block=1",
            {"-quantize.half", "+quantize.half"});
        row("twice the same technique", "quantize.affine bits=8; quantize.affine bits=4 @ block=0",
            "quantize.affine bits=8; quantize.affine bits=2 @ block=0", {"bits"});
        row("training", "quantize.half", "quantize.half; recover epochs=2", {"+recover"});
        row("other training", "quantize.half; recover epochs=1", "quantize.half; recover epochs=2",
            {"epochs"});
    }
    void changes()
    {
        QFETCH(QString, before);
        QFETCH(QString, after);
        QFETCH(QStringList, expected);
        QStringList found;
        for (const StepChange &change : changesBetween(recipeOf(before), recipeOf(after))) {
            QStringList settings;
            for (const std::string &setting : change.settings())
                settings << QString::fromStdString(setting);
            if (change.before && change.after)
                found << settings.join(",");
            else
                found << QString::fromStdString(change.before ? "-" + change.before->technique
                                                              : "+" + change.after->technique);
        }
        QCOMPARE(found, expected);
        QVERIFY(changesBetween(recipeOf(after), recipeOf(after)).empty());
    }

    void merging_data()
    {
        QTest::addColumn<QString>("base");
        QTest::addColumn<QString>("over");
        QTest::addColumn<QString>("expected");
        QTest::newRow("nothing") << "quantize.half"
                                 << ""
                                 << "quantize.half";
        QTest::newRow("both") << "prune.magnitude"
                              << "quantize.half"
                              << "prune.magnitude; quantize.half";
        QTest::newRow("the second counts")
            << "quantize.affine bits=8; quantize.affine bits=4 @ block=0"
            << "quantize.affine bits=2 @ block=0"
            << "quantize.affine bits=8; quantize.affine bits=2 @ block=0";
        QTest::newRow("… for all its layers")
            << "quantize.affine bits=4; quantize.affine bits=8 @ role=query"
            << "quantize.affine bits=3"
            << "quantize.affine bits=8 @ role=query; quantize.affine bits=3";
        QTest::newRow("training") << "quantize.half; recover epochs=1"
                                  << "recover epochs=2"
                                  << "quantize.half; recover epochs=2";
        QTest::newRow("training stays") << "recover epochs=1"
                                        << "quantize.half"
                                        << "quantize.half; recover epochs=1";
    }
    void merging()
    {
        QFETCH(QString, base);
        QFETCH(QString, over);
        QFETCH(QString, expected);
        QVERIFY(merged(recipeOf(base), recipeOf(over)) == recipeOf(expected));
        QVERIFY(merged(recipeOf(expected), recipeOf(over)) == recipeOf(expected));
    }
};

QTEST_GUILESS_MAIN(TestRecipeChanges)
#include "tst_recipechanges.moc"

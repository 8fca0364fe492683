#include "core/base/error.h"
#include "core/model/architecture.h"
#include "core/model/selection.h"

#include <QTest>
#include <algorithm>

using namespace pare;

namespace {

NetworkSpecification small()
{
    NetworkSpecification network;
    network.architecture = "bert";
    network.embedding = {100, 8, 16, 2, 0};
    network.stacks.push_back({"encoder", 6, {8, 2, 16}});
    network.head = HeadKind::Classification;
    network.labels = {"a", "b", "c"};
    return network;
}

int matched(const std::string &text)
{
    const Selection selection = Selection::parsed(text);
    const ModelDescription model = describe(small());
    return static_cast<int>(std::ranges::count_if(
        model.layers, [&](const Layer &layer) { return selection.matches(layer); }));
}

} // namespace

class TestSelection : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void selects_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("layers");
        QTest::newRow("everything") << "*" << 54; // 4 + 6 * 8 + 2
        QTest::newRow("one layer") << "encoder.3.ffn.up" << 1;
        QTest::newRow("star crosses dots") << "encoder.*.query" << 6;
        QTest::newRow("a role") << "role=query" << 6;
        QTest::newRow("comma means or") << "role=query,key" << 12;
        QTest::newRow("blocks, inclusive") << "block=0,2-4" << 32;
        QTest::newRow("and") << "role=query,key and block=0-2" << 6;
        QTest::newRow("not") << "stack=encoder and not block=0-4" << 8;
        QTest::newRow("not a name") << "role=up and not encoder.0.*" << 5;
        QTest::newRow("globs") << "*.attention.*,pooler" << 31;
        QTest::newRow("tensor name") << "bert.encoder.layer.1.output.dense.*" << 1;
        QTest::newRow("norms") << "role=norm" << 13;
        QTest::newRow("nothing") << "block=9" << 0;
        QTest::newRow("white space") << "  role=query   and  block=1 " << 1;
    }
    void selects()
    {
        QFETCH(QString, text);
        QFETCH(int, layers);
        QCOMPARE(matched(text.toStdString()), layers);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << ""
                               << "expected a layer name";
        QTest::newRow("dangling and") << "role=query and"
                                      << "expected a layer name";
        QTest::newRow("unknown key") << "rol=query"
                                     << "found \"rol\"";
        QTest::newRow("unknown role") << "role=querry"
                                      << "no role \"querry\"";
        QTest::newRow("bad block") << "block=a"
                                   << "found \"a\"";
        QTest::newRow("reversed range") << "block=5-2"
                                        << "found \"5-2\"";
        QTest::newRow("negative block") << "block=-1"
                                        << "block";
        QTest::newRow("huge block") << "block=99999999999"
                                    << "block";
        QTest::newRow("empty value") << "role=query,,key"
                                     << "expected a layer name";
        QTest::newRow("two words") << "role=query key"
                                   << "expected a layer name";
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        try {
            Selection::parsed(text.toStdString());
            QFAIL("accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidSetting);
            QVERIFY2(QString::fromUtf8(error.what()).contains(says), error.what());
        }
    }

    void globsDoNotExplode()
    {
        QVERIFY(!globMatches("*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));
        QVERIFY(globMatches("a?c*", "abcdef"));
        QVERIFY(globMatches("**", ""));
        QVERIFY(!globMatches("", "a"));
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "tst_selection.moc"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/nearest.h"

#include <QTest>
#include <array>

using namespace pare;

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void faultsAreToldByTheirPlace_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("says");
        const auto row = [](const QByteArray &text, const char *says) {
            QTest::addRow("%s", says) << text << QString::fromUtf8(says);
        };
        row("", "line 1, column 1: expected a value, found the end of the text");
        row("{\n", "line 2, column 1: expected a key in quotes, found the end of the text");
        row("{steps: []}", "line 1, column 2: expected a key in quotes, found steps");
        row("{\"a\" 1}", "line 1, column 6: expected a colon behind the key, found 1");
        row("{\"a\": 1,}", "line 1, column 9: expected a key in quotes, found }");
        row("{\"a\": 1 \"b\": 2}", "line 1, column 11: expected a comma or }, found \"");
        row("[1,\n 2\n 3]", "line 3, column 2: expected a comma or ], found 3");
        row("[\xc3\xa9]", "line 1, column 2: expected a value, found \xc3\xa9");
        row("[\"\xc3\xa9\" x]", "line 1, column 6: expected a comma or ], found x");
        row("[True]", "line 1, column 2: expected a value, found True");
        row("[1, \x1b[31mred]", "line 1, column 5: expected a value, found a control character");
        row("{} {}", "line 1, column 4: expected nothing more, found {");
        const char *string = "expected a text that ends with a quote and has known escapes";
        row("[\"open]\n",
            qPrintable(QString("line 1, column 8: %1, found the end of the line").arg(string)));
        row("[\"\\x\"]", qPrintable(QString("line 1, column 4: %1, found x").arg(string)));
        row("[\"\\u12g4\"]", qPrintable(QString("line 1, column 7: %1, found g4").arg(string)));
        row("[-]", "line 1, column 3: expected a digit, found ]");
        row("[1.e3]", "line 1, column 4: expected a digit, found e3");
    }
    void faultsAreToldByTheirPlace()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, says);
        try {
            parsedJson(text.toStdString());
            QFAIL("was taken");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
            QCOMPARE(QString::fromUtf8(error.what()), says);
        }
    }

    void whatTheGrammarAllowsIsToldByTheLibrary()
    {
        for (const std::string text : {"[\"\xff\"]", "[1e999]"}) {
            try {
                parsedJson(text);
                QFAIL("was taken");
            } catch (const Error &error) {
                QVERIFY2(!QString(error.what()).startsWith("line "), error.what());
            }
        }
    }

    void misspeltWordsAreGuessed_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("meant");
        QTest::newRow("a letter too many") << "--steps"
                                           << "--step";
        QTest::newRow("two exchanged") << "--outptu"
                                       << "--output";
        QTest::newRow("cut short") << "--calib"
                                   << "--calibration";
        QTest::newRow("nearest of two") << "--tests"
                                        << "--test";
        QTest::newRow("nothing alike") << "--colour"
                                       << "";
        QTest::newRow("dashes alone") << "--"
                                      << "";
        QTest::newRow("far too long") << QString(100'000, '-') << "";
        QTest::newRow("empty") << ""
                               << "";
    }
    void misspeltWordsAreGuessed()
    {
        QFETCH(QString, word);
        constexpr std::array<std::string_view, 5> candidates{"--step", "--output", "--calibration",
                                                             "--test", "--text"};
        const auto nearest = nearestWord(word.toStdString(), candidates);
        QTEST(QString::fromStdString(nearest.value_or("")), "meant");
    }
};

QTEST_APPLESS_MAIN(TestJson)
#include "tst_json.moc"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/hash.h"
#include "core/base/message.h"
#include "core/base/numbers.h"
#include "core/base/progress.h"
#include "core/base/random.h"
#include "core/base/sha256.h"
#include "core/base/utf8.h"

#include <QCryptographicHash>
#include <QTemporaryDir>
#include <QTest>
#include <clocale>
#include <set>
#include <span>

using namespace pare;

class TestBase : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagesSubstituteInOrder()
    {
        QCOMPARE(message("%2 before %1", "a", 3).text(), std::string("3 before a"));
        QCOMPARE(message("%1 and %2", "only").text(), std::string("only and %2"));
        QCOMPARE(message("100 %", 1).text(), std::string("100 %"));
        QCOMPARE(message("%1", "%2").text(), std::string("%2")); // arguments are not read again
    }

    void errorsCarryKindAndText()
    {
        const Error error(ErrorKind::InvalidFile, "%1: expected %2", "x.tsv", 2);
        QCOMPARE(error.kind(), ErrorKind::InvalidFile);
        QCOMPARE(std::string(error.what()), std::string("x.tsv: expected 2"));
    }

    void numbersIgnoreTheLocale()
    {
        const std::string before = std::setlocale(LC_ALL, nullptr);
        std::setlocale(LC_ALL, "de_DE.UTF-8"); // where it is not installed the test still holds
        QCOMPARE(parseReal("0.5"), std::optional(0.5));
        QCOMPARE(parseReal("0,5"), std::optional<double>());
        QCOMPARE(formatReal(0.1), std::string("0.1"));
        QCOMPARE(formatBytes(8'210'000), std::string("8.21 MB"));
        QCOMPARE(formatBytes(1), std::string("1 byte"));
        std::setlocale(LC_ALL, before.c_str());
    }

    void durationsAreShort_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        QTest::newRow("seconds") << 41.6 << "42 s";
        QTest::newRow("minutes") << 90.0 << "2 min";
        QTest::newRow("an hour") << 3599.0 << "1 h 0 min";
        QTest::newRow("hours") << 4800.0 << "1 h 20 min";
    }
    void durationsAreShort()
    {
        QFETCH(double, seconds);
        QTEST(QString::fromStdString(formatDuration(seconds)), "text");
    }

    void textsAreCutBetweenCodePoints()
    {
        QCOMPARE(firstCodePoints("a\u00b1b", 2), std::string_view("a\u00b1"));
        QCOMPARE(firstCodePoints("a\u00b1", 9), std::string_view("a\u00b1"));
        QCOMPARE(firstCodePoints("\xff\x80z", 1), std::string_view("\xff\x80"));
        QCOMPARE(firstCodePoints("a", 0), std::string_view());
    }

    void numbersAreWholeTexts_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("integer");
        QTest::addColumn<bool>("real");
        QTest::newRow("plain") << "12" << true << true;
        QTest::newRow("negative") << "-3" << true << true;
        QTest::newRow("fraction") << "0.25" << false << true;
        QTest::newRow("exponent") << "1e-3" << false << true;
        QTest::newRow("empty") << "" << false << false;
        QTest::newRow("space") << " 1" << false << false;
        QTest::newRow("trailing") << "1x" << false << false;
        QTest::newRow("nan") << "nan" << false << false;
        QTest::newRow("infinite") << "inf" << false << false;
        QTest::newRow("overflow") << "99999999999999999999" << false << true;
    }
    void numbersAreWholeTexts()
    {
        QFETCH(QString, text);
        QFETCH(bool, integer);
        QFETCH(bool, real);
        QCOMPARE(parseInteger(text.toStdString()).has_value(), integer);
        QCOMPARE(parseReal(text.toStdString()).has_value(), real);
    }

    void bytesReadWell()
    {
        QCOMPARE(formatBytes(0), std::string("0 bytes"));
        QCOMPARE(formatBytes(999), std::string("999 bytes"));
        QCOMPARE(formatBytes(1000), std::string("1.00 kB"));
        QCOMPARE(formatBytes(118'400), std::string("118 kB"));
        QCOMPARE(formatBytes(999'700), std::string("1.00 MB"));
        QCOMPARE(formatBytes(12'340'000'000), std::string("12.3 GB"));
    }

    void utf8IsChecked_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("offset");
        QTest::newRow("ascii") << QByteArray("plain") << -1;
        QTest::newRow("korean and emoji") << QByteArray("한국 😀") << -1;
        QTest::newRow("lone continuation") << QByteArray("a\x80", 2) << 1;
        QTest::newRow("cut short") << QByteArray("ab\xe2\x82", 4) << 2;
        QTest::newRow("overlong slash") << QByteArray("\xc0\xaf", 2) << 0;
        QTest::newRow("overlong three") << QByteArray("\xe0\x80\xaf", 3) << 0;
        QTest::newRow("surrogate") << QByteArray("x\xed\xa0\x80", 4) << 1;
        QTest::newRow("past the end") << QByteArray("\xf4\x90\x80\x80", 4) << 0;
        QTest::newRow("0xff") << QByteArray("ok\xff", 3) << 2;
    }
    void utf8IsChecked()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, offset);
        const auto found = firstInvalidUtf8(std::string_view(bytes.constData(), bytes.size()));
        QCOMPARE(found ? static_cast<int>(*found) : -1, offset);
    }

    void utf8IsMadeValid()
    {
        QCOMPARE(validUtf8("caf\xc3\xa9"), std::string("caf\xc3\xa9"));
        QCOMPARE(validUtf8("\xff"
                           "a\xc3"),
                 std::string("\ufffd"
                             "a\ufffd"));
        QCOMPARE(validUtf8("\xed\xa0\x80"), std::string("\ufffd\ufffd\ufffd"));
        QCOMPARE(substituted("%1: no", {"a\xfe"}), std::string("a\ufffd: no"));
    }
    void utf8RoundTrips()
    {
        for (const char32_t c :
             {U'a', U'\u00e9', U'\u0e01', U'\uac00', U'\U0001f600', U'\U0010ffff'}) {
            std::string text;
            appendUtf8(text, c);
            QVERIFY(!firstInvalidUtf8(text));
            std::size_t offset = 0;
            QCOMPARE(nextCodePoint(text, offset), c);
            QCOMPARE(offset, text.size());
        }
    }

    void sha256_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("three letters") << QByteArray("abc");
        for (const int length : {55, 56, 63, 64, 65, 119, 120, 1000})
            QTest::addRow("%d letters", length) << QByteArray(length, 'q');
    }
    void sha256()
    {
        QFETCH(QByteArray, text);
        QCOMPARE(sha256Of(std::as_bytes(std::span(text.constData(), std::size_t(text.size())))),
                 QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex().toStdString());
    }

    void hashesSeparateTheirParts()
    {
        QVERIFY(Hasher().add("ab").add("c").hex() != Hasher().add("a").add("bc").hex());
        QCOMPARE(hashOf("pare").size(), std::size_t{32});
        QCOMPARE(stableHash("pare"), std::uint64_t{stableHash(std::string("pa") + "re")});
        QVERIFY(stableHash("pare", 1) != stableHash("pare", 2));
    }

    void randomDependsOnSeedAndStreamAlone()
    {
        Random a(7, 3), b(7, 3), c(7, 4);
        bool differs = false;
        for (int i = 0; i < 100; ++i) {
            const auto value = a();
            QCOMPARE(value, b());
            differs |= value != c();
        }
        QVERIFY(differs);
        double sum = 0;
        std::set<std::uint64_t> seen;
        for (int i = 0; i < 20'000; ++i) {
            sum += a.uniform();
            seen.insert(a.below(6));
        }
        QVERIFY(std::abs(sum / 20'000 - 0.5) < 0.01);
        QCOMPARE(seen.size(), std::size_t{6});
        QCOMPARE(*seen.rbegin(), std::uint64_t{5});
    }

    void filesAppearCompleteOrNotAtAll()
    {
        const QTemporaryDir folder;
        const std::filesystem::path path = folder.filePath("a.txt").toStdString();
        writeFile(path, "first");
        {
            PendingFile pending(path);
            pending.write("half");
        } // given up
        QCOMPARE(readFile(path), std::string("first"));
        QCOMPARE(std::distance(std::filesystem::directory_iterator(path.parent_path()), {}), 1);
        QVERIFY_EXCEPTION_THROWN(readFile(path, 4), Error);
        QVERIFY_EXCEPTION_THROWN(readFile(path.parent_path()), Error);
        QVERIFY_EXCEPTION_THROWN(readFile(path.parent_path() / "none"), Error);
        QVERIFY_EXCEPTION_THROWN(writeFile(path / "below" / "a file", "x"), Error);
        const MappedFile mapped(path);
        QCOMPARE(mapped.bytes().size(), std::size_t{5});
    }

    void silentProgressNeverCancels()
    {
        silentProgress().step({});
        class Stopped : public Progress
        {
        public:
            void report(const ProgressReport &) override {}
            bool cancelled() const override { return true; }
        } stopped;
        QVERIFY_EXCEPTION_THROWN(stopped.check(), Cancelled);
    }
};

QTEST_GUILESS_MAIN(TestBase)
#include "tst_base.moc"

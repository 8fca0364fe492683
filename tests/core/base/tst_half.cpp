#include "core/base/half.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace pare;

class TestHalf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyHalfSurvives()
    {
        for (std::uint32_t bits = 0; bits < 0x10000; ++bits) {
            const float value = halfValue(static_cast<std::uint16_t>(bits));
            if (std::isfinite(value))
                QCOMPARE(std::uint32_t(halfBits(value)), bits);
        }
    }

    void neighboursMeetHalfWay()
    {
        for (std::uint32_t bits = 0; bits + 1 < 0x7c00; ++bits) {
            const auto lower = static_cast<std::uint16_t>(bits);
            const float middle = (halfValue(lower) + halfValue(lower + 1)) / 2; // exact in float32
            const std::uint32_t even = bits % 2 == 0 ? bits : bits + 1;
            QCOMPARE(std::uint32_t(halfBits(middle)), even);
            QCOMPARE(std::uint32_t(halfBits(std::nextafter(middle, 1e9f))), bits + 1);
            QCOMPARE(std::uint32_t(halfBits(std::nextafter(middle, -1e9f))), bits);
        }
    }

    /// As numpy.float16 has them.
    void knownBits_data()
    {
        QTest::addColumn<float>("value");
        QTest::addColumn<int>("bits");
        QTest::newRow("1") << 1.0f << 0x3c00;
        QTest::newRow("-2") << -2.0f << 0xc000;
        QTest::newRow("0.1") << 0.1f << 0x2e66;
        QTest::newRow("-0") << -0.0f << 0x8000;
        QTest::newRow("65504") << 65504.0f << 0x7bff;
        QTest::newRow("smallest") << 5.9604644775390625e-08f << 0x0001;
        QTest::newRow("too small") << 2.9e-08f << 0x0000;
        QTest::newRow("largest subnormal") << 6.097555160522461e-05f << 0x03ff;
        QTest::newRow("float's smallest") << std::numeric_limits<float>::denorm_min() << 0x0000;
    }

    void knownBits()
    {
        QFETCH(float, value);
        QFETCH(int, bits);
        QCOMPARE(int(halfBits(value)), bits);
    }

    void finiteNumbersStayFinite()
    {
        QCOMPARE(halfValue(halfBits(65519.9f)), 65504.0f);
        QCOMPARE(halfValue(halfBits(65520.0f)), 65504.0f);
        QCOMPARE(halfValue(halfBits(-1e30f)), -65504.0f);
        QCOMPARE(halfValue(halfBits(std::numeric_limits<float>::infinity())), 65504.0f);
        QVERIFY(std::isnan(halfValue(halfBits(std::numeric_limits<float>::quiet_NaN()))));
    }
};

QTEST_GUILESS_MAIN(TestHalf)
#include "tst_half.moc"

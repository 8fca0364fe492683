#include "core/evaluation/loyalty.h"

#include <ATen/ATen.h>

#include <QTest>

#include <cmath>

using namespace pare;

namespace {

at::Tensor rows(const std::vector<std::vector<float>> &values)
{
    at::Tensor tensor = at::empty({static_cast<std::int64_t>(values.size()),
                                   static_cast<std::int64_t>(values.front().size())},
                                  at::kFloat);
    float *out = tensor.data_ptr<float>();
    for (const auto &row : values)
        out = std::copy(row.begin(), row.end(), out);
    return tensor;
}

} // namespace

class TestLoyalty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void distances_data()
    {
        QTest::addColumn<std::vector<double>>("p");
        QTest::addColumn<std::vector<double>>("q");
        QTest::addColumn<double>("distance");
        using Values = std::vector<double>;
        QTest::newRow("equal") << Values{0.2, 0.3, 0.5} << Values{0.2, 0.3, 0.5} << 0.0;
        QTest::newRow("disjoint") << Values{1, 0, 0} << Values{0, 0.5, 0.5} << 1.0;
        QTest::newRow("near") << Values{0.5, 0.5} << Values{0.25, 0.75} << 0.220895768849;
        QTest::newRow("the other way round")
            << Values{0.25, 0.75} << Values{0.5, 0.5} << 0.220895768849;
    }

    void distances()
    {
        QFETCH(std::vector<double>, p);
        QFETCH(std::vector<double>, q);
        QFETCH(double, distance);
        QVERIFY(std::abs(jensenShannonDistance(p, q) - distance) < 1e-11);
    }

    void labels()
    {
        const at::Tensor original = rows({{2, 1, 0}, {0, 1, 0}, {0, 0, 3}, {1, 1, 0}});
        const at::Tensor compressed = rows({{9, 8, 7}, {1, 0, 0}, {-2, -2, -1}, {5, 5, 5}});
        QCOMPARE(predictedLabels(original), (std::vector<std::int64_t>{0, 1, 2, 0}));
        const Interval loyalty = labelLoyalty(compressed, original);
        QCOMPARE(loyalty.value, 0.75);
        QCOMPARE(loyalty.n, std::int64_t(4));
        QVERIFY(loyalty.low > 0.3 && loyalty.high < 0.96);
    }

    void probabilities()
    {
        const at::Tensor original = rows({{1, 2, 3}, {0, 0, 5}});
        QCOMPARE(probabilityLoyalty(original, original), (Interval{1, 1, 1, 2}));

        // Softmax knows no common offset, and very large logits must not overflow.
        const Interval offset = probabilityLoyalty(original + 1000, original);
        QVERIFY(std::abs(offset.value - 1) < 1e-4);

        const at::Tensor turned = rows({{3, 2, 1}, {0, 0, 5}});
        const Interval loyalty = probabilityLoyalty(turned, original);
        QVERIFY(std::abs(loyalty.value - (1 - 0.597657161751 / 2)) < 1e-7);
        QVERIFY(loyalty.low >= 0 && loyalty.low < loyalty.value);
        QCOMPARE(loyalty.high, 1.0);

        const at::Tensor certain = rows({{200, -200, 0}, {0, 0, 200}});
        const at::Tensor opposite = rows({{-200, 200, 0}, {200, 0, 0}});
        QVERIFY(probabilityLoyalty(certain, opposite).value < 1e-6);
    }

    void rowsNeedNotBeContiguous()
    {
        const at::Tensor original = rows({{1, 2, 3}, {6, 5, 4}});
        const at::Tensor strided = original.t().contiguous().t();
        QVERIFY(!strided.is_contiguous());
        QCOMPARE(predictedLabels(strided), predictedLabels(original));
        QCOMPARE(probabilityLoyalty(strided, original).value, 1.0);
    }
};

QTEST_GUILESS_MAIN(TestLoyalty)
#include "tst_loyalty.moc"

// Magnitude pruning against a slow reference that sorts everything.
#include "tests/core/compression/fabricated.h"

#include "core/compression/prune/magnitude.h"

#include <algorithm>
#include <limits>

#include <QTest>

using namespace pare;

namespace {

/// Which of `values` stay when `removed` of them go: sorted by magnitude, then by place.
std::vector<bool> reference(const std::vector<float> &values, std::size_t removed)
{
    std::vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return std::abs(values[i]); });
    std::vector<bool> stays(values.size(), true);
    for (std::size_t i = 0; i < removed; ++i)
        stays[order[i]] = false;
    return stays;
}

std::vector<float> floats(const at::Tensor &tensor)
{
    const at::Tensor contiguous = tensor.contiguous();
    const float *data = contiguous.data_ptr<float>();
    return {data, data + contiguous.numel()};
}

std::vector<bool> bools(const at::Tensor &mask)
{
    const bool *data = mask.data_ptr<bool>();
    return std::vector<bool>(data, data + mask.numel());
}

/// Few distinct magnitudes, so that ties are the rule.
at::Tensor tiedTensor(const std::vector<std::int64_t> &shape, std::uint64_t seed)
{
    return randomTensor(shape, seed, 1).mul(2).round().div(2);
}

} // namespace

class TestMagnitude : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesReference_data();
    void matchesReference();
    void countsHold_data();
    void countsHold();
    void patternEndsShort();
    void globalThreshold();
    void nothingRemoved();
    void notANumberStays();
};

void TestMagnitude::matchesReference_data()
{
    QTest::addColumn<bool>("ties");
    QTest::addColumn<double>("sparsity");
    for (const bool ties : {false, true}) {
        for (const double sparsity : {0.003, 0.1, 0.5, 0.9, 0.999, 1.0})
            QTest::addRow("%s %g", ties ? "ties" : "distinct", sparsity) << ties << sparsity;
    }
}

void TestMagnitude::matchesReference()
{
    QFETCH(bool, ties);
    QFETCH(double, sparsity);
    const at::Tensor values = ties ? tiedTensor({37, 53}, 3) : randomTensor({37, 53}, 3);
    const std::vector<float> all = floats(values);

    const at::Tensor matrix =
        magnitudeMask(values, {.scope = MaskScope::Matrix, .sparsity = sparsity});
    QVERIFY(bools(matrix) ==
            reference(all, static_cast<std::size_t>(std::llround(sparsity * 37 * 53))));

    const MaskSetting byRow{.scope = MaskScope::Row, .sparsity = sparsity};
    const auto removed = static_cast<std::size_t>(std::llround(sparsity * 53));
    const at::Tensor rows = magnitudeMask(values, byRow);
    if (removed == 0) {
        QVERIFY(!rows.defined());
        return;
    }
    for (std::int64_t i = 0; i < 37; ++i)
        QVERIFY(bools(rows[i].contiguous()) == reference(floats(values[i]), removed));

    // A transposed view is pruned by its own rows.
    const at::Tensor view =
        magnitudeMask(values.t(), {.scope = MaskScope::Matrix, .sparsity = sparsity});
    QVERIFY(bools(view) == reference(floats(values.t()),
                                     static_cast<std::size_t>(std::llround(sparsity * 37 * 53))));
}

void TestMagnitude::countsHold_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("kept");
    QTest::newRow("half, rounded up") << "prune.magnitude sparsity=0.5" << 7 * 9 - 32;
    QTest::newRow("third") << "prune.magnitude sparsity=0.333" << 7 * 9 - 21;
    QTest::newRow("rows, rounded up") << "prune.magnitude sparsity=0.5 scope=row" << 7 * 4;
    QTest::newRow("everything") << "prune.magnitude sparsity=1" << 0;
    QTest::newRow("2:4, short run of one") << "prune.magnitude pattern=2:4" << 7 * 5;
    QTest::newRow("3:8, short run of one") << "prune.magnitude pattern=3:8" << 7 * 4;
    QTest::newRow("1:2, short run of one") << "prune.magnitude pattern=1:2" << 7 * 5;
    QTest::newRow("4:7, short run of two") << "prune.magnitude pattern=4:7" << 7 * 6;
    QTest::newRow("5:32, one short run") << "prune.magnitude pattern=5:32" << 7 * 5;
}

void TestMagnitude::countsHold()
{
    QFETCH(QString, step);
    QFETCH(int, kept);
    const MaskSetting setting = magnitudeSetting(checked(parsedStep(step.toStdString())), 0);
    QCOMPARE(keptCount(setting, std::vector<std::int64_t>{7, 9}), kept);
    for (const at::Tensor &values :
         {randomTensor({7, 9}, 5), tiedTensor({7, 9}, 5), at::zeros({7, 9})})
        QCOMPARE(magnitudeMask(values, setting).sum().item<std::int64_t>(), kept);
}

void TestMagnitude::patternEndsShort()
{
    const at::Tensor values = at::tensor({0.1f, -0.4f, 0.3f, 0.2f, 0.5f, -0.5f}).reshape({1, 6});
    const at::Tensor mask =
        magnitudeMask(values, {.scope = MaskScope::Pattern, .kept = 1, .of = 4});
    // Of two equal ones the first goes.
    QVERIFY(bools(mask) == (std::vector<bool>{false, true, false, false, false, true}));
}

void TestMagnitude::globalThreshold()
{
    for (const bool ties : {false, true}) {
        std::vector<at::Tensor> values;
        std::vector<float> all;
        for (int i = 0; i < 4; ++i) {
            values.push_back(ties ? tiedTensor({11, 13 + i}, 7 + i)
                                  : randomTensor({11, 13 + i}, 7 + i, 0.1 * (i + 1)));
            const std::vector<float> part = floats(values.back());
            all.insert(all.end(), part.begin(), part.end());
        }
        for (const double sparsity : {0.25, 0.6, 1.0}) {
            const auto masks = globalMagnitudeMasks(values, sparsity);
            std::vector<bool> stays;
            for (const at::Tensor &mask : masks) {
                const std::vector<bool> part = bools(mask);
                stays.insert(stays.end(), part.begin(), part.end());
            }
            QVERIFY(stays ==
                    reference(all, static_cast<std::size_t>(std::llround(sparsity * all.size()))));
        }
    }
    // A layer of large weights loses nothing.
    const auto masks =
        globalMagnitudeMasks(std::vector{at::full({4, 4}, 2.f), at::full({4, 4}, 1.f)}, 0.25);
    QVERIFY(!masks[0].defined());
    QCOMPARE(masks[1].sum().item<std::int64_t>(), 8);
}

void TestMagnitude::nothingRemoved()
{
    const at::Tensor values = randomTensor({3, 5}, 1);
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Matrix, .sparsity = 0}).defined());
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Matrix, .sparsity = 0.01}).defined());
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Row, .sparsity = 0.09}).defined());
}

void TestMagnitude::notANumberStays()
{
    at::Tensor values = randomTensor({6, 6}, 2);
    values[2][3] = std::numeric_limits<float>::quiet_NaN();
    for (const MaskSetting &setting :
         {MaskSetting{.scope = MaskScope::Matrix, .sparsity = 0.9},
          MaskSetting{.scope = MaskScope::Row, .sparsity = 0.8},
          MaskSetting{.scope = MaskScope::Pattern, .kept = 1, .of = 6}}) {
        const at::Tensor mask = magnitudeMask(values, setting);
        QVERIFY(mask[2][3].item<bool>());
        QCOMPARE(mask.sum().item<std::int64_t>(),
                 keptCount(setting, std::vector<std::int64_t>{6, 6}));
    }
}

QTEST_GUILESS_MAIN(TestMagnitude)
#include "tst_magnitude.moc"

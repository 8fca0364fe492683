// Masks from scores against a slow reference that sorts everything.
#include "tests/core/compression/fabricated.h"

#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"

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

at::Tensor magnitudeMask(const at::Tensor &values, const MaskSetting &setting)
{
    return maskOf(magnitudeScores(values), setting);
}

std::vector<at::Tensor> magnitudes(const std::vector<at::Tensor> &values)
{
    std::vector<at::Tensor> scores;
    for (const at::Tensor &tensor : values)
        scores.push_back(magnitudeScores(tensor));
    return scores;
}

/// The summed magnitudes of all blocks, in row order.
std::vector<float> summedBlocks(const at::Tensor &values, std::int64_t rows, std::int64_t columns)
{
    std::vector<float> sums;
    for (std::int64_t i = 0; i < values.size(0); i += rows) {
        for (std::int64_t j = 0; j < values.size(1); j += columns) {
            double sum = 0;
            for (std::int64_t k = 0; k < rows * columns; ++k)
                sum += std::abs(values[i + k / columns][j + k % columns].item<float>());
            sums.push_back(static_cast<float>(sum));
        }
    }
    return sums;
}

/// Whether each block of `mask` is wholly what `stays` says of it.
bool followsBlocks(const at::Tensor &mask, const std::vector<bool> &stays, std::int64_t rows,
                   std::int64_t columns)
{
    const std::int64_t across = mask.size(1) / columns;
    for (std::int64_t i = 0; i < mask.size(0); ++i) {
        for (std::int64_t j = 0; j < mask.size(1); ++j) {
            const auto block = static_cast<std::size_t>(i / rows * across + j / columns);
            if (mask[i][j].item<bool>() != stays[block])
                return false;
        }
    }
    return true;
}

} // namespace

class TestMask : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesReference_data();
    void matchesReference();
    void countsHold_data();
    void countsHold();
    void patternEndsShort();
    void globalThreshold();
    void blocksMatchReference_data();
    void blocksMatchReference();
    void blocksThatDoNotFit();
    void readsSteps();
    void nothingRemoved();
    void notANumberStays();
    void scoresOfWeights();
};

void TestMask::matchesReference_data()
{
    QTest::addColumn<bool>("ties");
    QTest::addColumn<double>("sparsity");
    for (const bool ties : {false, true}) {
        for (const double sparsity : {0.003, 0.1, 0.5, 0.9, 0.999, 1.0})
            QTest::addRow("%s %g", ties ? "ties" : "distinct", sparsity) << ties << sparsity;
    }
}

void TestMask::matchesReference()
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

void TestMask::countsHold_data()
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

void TestMask::countsHold()
{
    QFETCH(QString, step);
    QFETCH(int, kept);
    const MaskSetting setting = maskSetting(checked(parsedStep(step.toStdString())), 0);
    QCOMPARE(keptCount(setting, std::vector<std::int64_t>{7, 9}), kept);
    for (const at::Tensor &values :
         {randomTensor({7, 9}, 5), tiedTensor({7, 9}, 5), at::zeros({7, 9})})
        QCOMPARE(magnitudeMask(values, setting).sum().item<std::int64_t>(), kept);
}

void TestMask::patternEndsShort()
{
    const at::Tensor values = at::tensor({0.1f, -0.4f, 0.3f, 0.2f, 0.5f, -0.5f}).reshape({1, 6});
    const at::Tensor mask =
        magnitudeMask(values, {.scope = MaskScope::Pattern, .kept = 1, .of = 4});
    // Of two equal ones the first goes.
    QVERIFY(bools(mask) == (std::vector<bool>{false, true, false, false, false, true}));
}

void TestMask::globalThreshold()
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
            const auto masks =
                globalMasks(magnitudes(values), {.scope = MaskScope::Global, .sparsity = sparsity});
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
    const auto masks = globalMasks(std::vector{at::full({4, 4}, 2.f), at::full({4, 4}, 1.f)},
                                   {.scope = MaskScope::Global, .sparsity = 0.25});
    QVERIFY(!masks[0].defined());
    QCOMPARE(masks[1].sum().item<std::int64_t>(), 8);
}

void TestMask::blocksMatchReference_data()
{
    QTest::addColumn<int>("rows");
    QTest::addColumn<int>("columns");
    QTest::addColumn<bool>("ties");
    for (const auto &[rows, columns] : {std::pair{4, 4}, {1, 6}, {8, 1}, {2, 12}, {16, 24}}) {
        for (const bool ties : {false, true})
            QTest::addRow("%dx%d%s", rows, columns, ties ? ", ties" : "")
                << rows << columns << ties;
    }
}

void TestMask::blocksMatchReference()
{
    QFETCH(int, rows);
    QFETCH(int, columns);
    QFETCH(bool, ties);
    const std::vector<at::Tensor> values{ties ? tiedTensor({16, 24}, 3) : randomTensor({16, 24}, 3),
                                         ties ? tiedTensor({32, 48}, 4)
                                              : randomTensor({32, 48}, 4, 0.06)};
    const std::vector<float> sums = summedBlocks(values[1], rows, columns);
    const auto across = static_cast<std::size_t>(48 / columns);
    for (const double sparsity : {0.3, 0.5, 0.8, 1.0}) {
        MaskSetting setting{.sparsity = sparsity, .blockRows = rows, .blockColumns = columns};
        const auto removed = [&](std::size_t blocks) {
            return static_cast<std::size_t>(std::llround(sparsity * static_cast<double>(blocks)));
        };
        const at::Tensor matrix = magnitudeMask(values[1], setting);
        QVERIFY(followsBlocks(matrix, reference(sums, removed(sums.size())), rows, columns));
        QCOMPARE(matrix.sum().item<std::int64_t>(),
                 keptCount(setting, std::vector<std::int64_t>{32, 48}));

        setting.scope = MaskScope::Row;
        std::vector<bool> stays;
        for (std::size_t row = 0; row < sums.size(); row += across) {
            const auto own = reference({sums.begin() + static_cast<std::ptrdiff_t>(row),
                                        sums.begin() + static_cast<std::ptrdiff_t>(row + across)},
                                       removed(across));
            stays.insert(stays.end(), own.begin(), own.end());
        }
        const at::Tensor byRow = magnitudeMask(values[1], setting);
        if (removed(across) == 0) {
            QVERIFY(!byRow.defined());
        } else {
            QVERIFY(followsBlocks(byRow, stays, rows, columns));
            QCOMPARE(byRow.sum().item<std::int64_t>(),
                     keptCount(setting, std::vector<std::int64_t>{32, 48}));
        }

        setting.scope = MaskScope::Global;
        std::vector<float> all = summedBlocks(values[0], rows, columns);
        const auto first = static_cast<std::ptrdiff_t>(all.size());
        all.insert(all.end(), sums.begin(), sums.end());
        const std::vector<bool> together = reference(all, removed(all.size()));
        const auto masks = globalMasks(magnitudes(values), setting);
        std::int64_t kept = 0;
        for (std::size_t i = 0; i < 2; ++i) {
            const at::Tensor mask =
                masks[i].defined() ? masks[i] : at::ones(values[i].sizes(), at::kBool);
            kept += mask.sum().item<std::int64_t>();
            const std::vector<bool> part(together.begin() + (i == 0 ? 0 : first),
                                         i == 0 ? together.begin() + first : together.end());
            QVERIFY(followsBlocks(mask, part, rows, columns));
        }
        QCOMPARE(kept, keptTogether(setting, 16 * 24 + 32 * 48));
    }
}

void TestMask::blocksThatDoNotFit()
{
    const MaskSetting blocks{.sparsity = 0.5, .blockRows = 16, .blockColumns = 32};
    const auto refusal = [&](std::vector<std::int64_t> shape) {
        return maskRefusal(blocks, shape, "prune.magnitude", "encoder.0.ffn.up");
    };
    QVERIFY(!refusal({16, 32}) && !refusal({48, 320}));
    for (const auto &shape : {std::vector<std::int64_t>{24, 32}, {16, 48}, {8, 32}, {31}}) {
        const auto message = refusal(shape);
        QVERIFY(message.has_value());
        const QString text = QString::fromStdString(message->text());
        QVERIFY(text.startsWith("prune.magnitude: "));
        QVERIFY(text.contains("16x32") && text.contains("encoder.0.ffn.up"));
        QVERIFY(text.contains(QString::number(shape.back())));
    }
    QVERIFY(!maskRefusal({.scope = MaskScope::Pattern, .kept = 2, .of = 4},
                         std::vector<std::int64_t>{7, 9}, "", ""));
}

void TestMask::readsSteps()
{
    const auto settingOf = [](std::map<std::string, std::string> settings) {
        return maskSetting({"prune.any", std::move(settings), ""}, 3);
    };
    QCOMPARE(settingOf({{"sparsity", "0.25"}}), (MaskSetting{.sparsity = 0.25}));
    QCOMPARE(settingOf({{"sparsity", "0.25"}, {"scope", "row"}, {"block", "4x16"}}),
             (MaskSetting{
                 .scope = MaskScope::Row, .sparsity = 0.25, .blockRows = 4, .blockColumns = 16}));
    QCOMPARE(settingOf({{"sparsity", "0.5"}, {"scope", "global"}}),
             (MaskSetting{.scope = MaskScope::Global, .sparsity = 0.5, .pool = 3}));
    QCOMPARE(settingOf({{"pattern", "4:8"}}),
             (MaskSetting{.scope = MaskScope::Pattern, .kept = 4, .of = 8}));
}

void TestMask::nothingRemoved()
{
    const at::Tensor values = randomTensor({3, 5}, 1);
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Matrix, .sparsity = 0}).defined());
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Matrix, .sparsity = 0.01}).defined());
    QVERIFY(!magnitudeMask(values, {.scope = MaskScope::Row, .sparsity = 0.09}).defined());
}

void TestMask::notANumberStays()
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

void TestMask::scoresOfWeights()
{
    const at::Tensor values = randomTensor({5, 4}, 1), gradient = randomTensor({5, 4}, 2);
    const at::Tensor inputs = randomTensor({9, 4}, 3, 1).to(at::kDouble);
    const at::Tensor norms = inputNorms(at::matmul(inputs.t(), inputs));
    const at::Tensor magnitude = magnitudeScores(values), wanda = wandaScores(values, norms),
                     firstOrder = firstOrderScores(values, gradient);
    for (std::int64_t j = 0; j < 4; ++j) {
        double square = 0;
        for (std::int64_t t = 0; t < 9; ++t)
            square += std::pow(inputs[t][j].item<double>(), 2);
        for (std::int64_t i = 0; i < 5; ++i) {
            const double w = values[i][j].item<float>(), g = gradient[i][j].item<float>();
            const auto near = [](const at::Tensor &found, double expected) {
                return std::abs(found.item<float>() - expected) <= 3e-7 * expected;
            };
            QVERIFY(near(magnitude[i][j], std::abs(w)));
            QVERIFY(near(wanda[i][j], std::abs(w) * std::sqrt(square)));
            QVERIFY(near(firstOrder[i][j], std::abs(w * g)));
        }
    }
    QCOMPARE(firstOrder.scalar_type(), at::kFloat);
    QCOMPARE(wanda.scalar_type(), at::kFloat);
}

QTEST_GUILESS_MAIN(TestMask)
#include "tst_mask.moc"

// SparseGPT against elimination from an explicit inverse, one column at a time in double precision,
// and against the best that any weights could do under the mask it has chosen.
#include "tests/core/compression/inputs.h"

#include "core/base/error.h"
#include "core/compression/prune/mask.h"
#include "core/compression/prune/scores.h"
#include "core/compression/prune/sparsegpt.h"

#include <ATen/Parallel.h>
#include <limits>
#include <numeric>

#include <QTest>

using namespace pare;

namespace {

struct Pruned
{
    Matrix values;
    std::vector<std::vector<bool>> kept;
};

/// H of the method, dead inputs apart from the others.
Matrix damped(Matrix h, double damping)
{
    const std::size_t in = h.size();
    double mean = 0;
    for (std::size_t i = 0; i < in; ++i)
        mean += h[i][i] / static_cast<double>(in);
    for (std::size_t i = 0; i < in; ++i)
        h[i][i] += (h[i][i] == 0 ? mean : 0) + damping * mean;
    return h;
}

/// Takes column k out of an inverse: that of the rows and columns that remain.
void eliminate(Matrix &inverse, std::size_t k)
{
    const std::vector<double> row = inverse[k];
    for (std::size_t i = 0; i < row.size(); ++i)
        for (std::size_t j = 0; j < row.size(); ++j)
            inverse[i][j] -= row[i] * row[j] / row[k];
}

/// Marks the `removed` blocks with the least sums of `scores` [rows][columns from begin to end].
void markLeast(const Matrix &scores, std::size_t begin, std::size_t end, std::size_t rowBegin,
               std::size_t rowEnd, const MaskSetting &setting, std::size_t removed, Pruned &pruned)
{
    const auto high = static_cast<std::size_t>(setting.blockRows),
               wide = static_cast<std::size_t>(setting.blockColumns);
    std::vector<std::tuple<double, std::size_t, std::size_t>> blocks;
    for (std::size_t i = rowBegin; i < rowEnd; i += high)
        for (std::size_t j = begin; j < end; j += wide) {
            double sum = 0;
            for (std::size_t k = 0; k < high * wide; ++k)
                sum += scores[i + k / wide][j + k % wide];
            blocks.emplace_back(sum, i, j);
        }
    std::ranges::sort(blocks);
    for (std::size_t b = 0; b < removed; ++b) {
        const auto &[sum, i, j] = blocks[b];
        for (std::size_t k = 0; k < high * wide; ++k)
            pruned.kept[i + k / wide][j + k % wide] = false;
    }
}

void mark(Pruned &pruned, const std::vector<double> &pivots, std::size_t begin, std::size_t end,
          const MaskSetting &setting)
{
    const std::size_t rows = pruned.values.size();
    Matrix scores(rows, std::vector<double>(pivots.size()));
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = begin; j < end; ++j)
            scores[i][j] = pruned.values[i][j] * pruned.values[i][j] / pivots[j];
    const auto high = static_cast<std::size_t>(setting.blockRows),
               wide = static_cast<std::size_t>(setting.blockColumns);
    const auto rounded = [&](std::size_t blocks) {
        return static_cast<std::size_t>(
            std::llround(setting.sparsity * static_cast<double>(blocks)));
    };
    if (setting.scope == MaskScope::Matrix) {
        const std::size_t down = rows / high;
        markLeast(scores, begin, end, 0, rows, setting,
                  rounded(down * (end / wide)) - rounded(down * (begin / wide)), pruned);
    }
    for (std::size_t i = 0; i < rows && setting.scope != MaskScope::Matrix; i += high) {
        const std::size_t removed =
            setting.scope == MaskScope::Row
                ? rounded(end / wide) - rounded(begin / wide)
                : end - begin - std::min<std::size_t>(setting.kept, end - begin);
        markLeast(scores, begin, end, i, i + high, setting, removed, pruned);
    }
}

/// The method as the paper has it, without a decomposition: w −= w_k/[H⁻¹]_kk · [H⁻¹]_k.
Pruned eliminated(const at::Tensor &values, const at::Tensor &moment, const MaskSetting &setting,
                  std::size_t block, double damping)
{
    Pruned pruned{asMatrix(values), {}};
    const std::size_t rows = pruned.values.size(), in = pruned.values[0].size();
    pruned.kept.assign(rows, std::vector<bool>(in, true));
    const Matrix m = asMatrix(moment);
    for (std::size_t j = 0; j < in; ++j)
        for (std::size_t i = 0; i < rows && m[j][j] == 0; ++i)
            pruned.values[i][j] = 0;
    const Matrix whole = inverseOf(damped(m, damping));
    std::vector<double> pivots;
    Matrix inverse = whole;
    for (std::size_t k = 0; k < in; ++k) {
        pivots.push_back(inverse[k][k]);
        eliminate(inverse, k);
    }
    inverse = whole;
    const std::size_t marked = setting.scope == MaskScope::Pattern ? setting.of : block;
    for (std::size_t k = 0; k < in; ++k) {
        if (k % marked == 0)
            mark(pruned, pivots, k, std::min(in, k + marked), setting);
        for (std::size_t i = 0; i < rows; ++i) {
            if (pruned.kept[i][k])
                continue;
            const double error = pruned.values[i][k] / inverse[k][k];
            for (std::size_t j = k + 1; j < in; ++j)
                pruned.values[i][j] -= error * inverse[k][j];
            pruned.values[i][k] = 0;
        }
        eliminate(inverse, k);
    }
    return pruned;
}

/// What the best weights under `mask` leave of ‖X Dᵀ‖²: least squares, a row at a time.
double leastError(const at::Tensor &values, const at::Tensor &moment, const at::Tensor &mask)
{
    const Matrix w = asMatrix(values), m = asMatrix(moment);
    double sum = 0;
    for (std::size_t row = 0; row < w.size(); ++row) {
        std::vector<std::size_t> gone, kept;
        for (std::size_t j = 0; j < m.size(); ++j) {
            const bool stays =
                mask[static_cast<std::int64_t>(row)][static_cast<std::int64_t>(j)].item<bool>();
            (stays ? kept : gone).push_back(j);
        }
        Matrix own(kept.size(), std::vector<double>(kept.size()));
        std::vector<double> wanted(kept.size());
        for (std::size_t a = 0; a < kept.size(); ++a) {
            for (std::size_t b = 0; b < kept.size(); ++b)
                own[a][b] = m[kept[a]][kept[b]];
            for (const std::size_t j : gone)
                wanted[a] += m[kept[a]][j] * w[row][j];
        }
        const Matrix inverse = inverseOf(own);
        for (const std::size_t i : gone)
            for (const std::size_t j : gone)
                sum += w[row][i] * m[i][j] * w[row][j];
        for (std::size_t a = 0; a < kept.size(); ++a)
            for (std::size_t b = 0; b < kept.size(); ++b)
                sum -= wanted[a] * inverse[a][b] * wanted[b];
    }
    return sum;
}

double errorUnder(const at::Tensor &values, const at::Tensor &mask, const at::Tensor &moment)
{
    return outputSquares(values.mul(mask.logical_not()), moment);
}

std::int64_t keptOf(const SparseGptResult &result)
{
    return result.mask.sum().item<std::int64_t>();
}

void addSettings()
{
    QTest::addColumn<MaskSetting>("setting");
    for (const double sparsity : {0.2, 0.5, 0.77, 1.0}) {
        QTest::addRow("matrix %g", sparsity) << MaskSetting{.sparsity = sparsity};
        QTest::addRow("row %g", sparsity)
            << MaskSetting{.scope = MaskScope::Row, .sparsity = sparsity};
        QTest::addRow("matrix %g, blocks 4x3", sparsity)
            << MaskSetting{.sparsity = sparsity, .blockRows = 4, .blockColumns = 3};
        QTest::addRow("row %g, blocks 2x9", sparsity) << MaskSetting{
            .scope = MaskScope::Row, .sparsity = sparsity, .blockRows = 2, .blockColumns = 9};
    }
    for (const auto &[kept, of] : {std::pair{2, 4}, {1, 4}, {4, 8}, {3, 7}})
        QTest::addRow("%d:%d", kept, of)
            << MaskSetting{.scope = MaskScope::Pattern, .kept = kept, .of = of};
}

} // namespace

Q_DECLARE_METATYPE(pare::MaskSetting)

class TestSparseGpt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void matchesElimination_data() { addSettings(); }
    void matchesElimination();
    void nearTheBestUnderItsMask_data();
    void nearTheBestUnderItsMask();
    void identityIsMagnitude();
    void countsHoldWhateverTheBlocks_data() { addSettings(); }
    void countsHoldWhateverTheBlocks();
    void deadInputs();
    void deficientMoment();
    void scaleDoesNotMatter();
    void sameThreadsSameResult();
    void nothingRemoved();
    void cancels();
    void refuses();
};

void TestSparseGpt::matchesElimination()
{
    QFETCH(MaskSetting, setting);
    const std::int64_t out = 12, in = 90;
    const at::Tensor values = randomTensor({out, in}, 4);
    const at::Tensor moment = momentOf(correlatedInputs(200, in, 5));
    // Blocks of columns that the reference's are: 27 holds whole blocks, patterns mark their runs.
    const SparseGptResult found =
        sparseGpt(values, moment, setting, {.damping = 0.01, .block = 27}, silentProgress());
    const Pruned expected = eliminated(values, moment, setting, 27, 0.01);
    double furthest = 0;
    for (std::int64_t i = 0; i < out; ++i)
        for (std::int64_t j = 0; j < in; ++j) {
            QCOMPARE(found.mask[i][j].item<bool>(), bool(expected.kept[i][j]));
            const double value = found.values[i][j].item<float>();
            QVERIFY(expected.kept[i][j] || value == 0);
            furthest = std::max(furthest, std::abs(value - expected.values[i][j]));
        }
    // float32 against values of about 0.05.
    QVERIFY2(furthest < 1e-6, qPrintable(QString::number(furthest)));
}

void TestSparseGpt::nearTheBestUnderItsMask_data()
{
    QTest::addColumn<MaskSetting>("setting");
    QTest::addColumn<double>("most"); // times the least squared error
    QTest::newRow("matrix") << MaskSetting{.sparsity = 0.5} << 2.3;
    QTest::newRow("row") << MaskSetting{.scope = MaskScope::Row, .sparsity = 0.5} << 2.4;
    QTest::newRow("2:4") << MaskSetting{.scope = MaskScope::Pattern, .kept = 2, .of = 4} << 2.9;
    QTest::newRow("blocks") << MaskSetting{.sparsity = 0.5, .blockRows = 4, .blockColumns = 4}
                            << 4.7;
}

void TestSparseGpt::nearTheBestUnderItsMask()
{
    QFETCH(MaskSetting, setting);
    QFETCH(double, most);
    const std::int64_t out = 24, in = 96;
    const at::Tensor values = randomTensor({out, in}, 4);
    const at::Tensor moment = momentOf(correlatedInputs(400, in, 5));
    const SparseGptResult found =
        sparseGpt(values, moment, setting, {.damping = 0.01, .block = 32}, silentProgress());
    const double error = outputSquares(values.sub(found.values), moment);
    QVERIFY(error >= leastError(values, moment, found.mask) * (1 - 1e-6));
    // What the method minimises has the damping in it.
    at::Tensor h = moment.clone();
    h.diagonal().add_(moment.diagonal().mean().mul(0.01));
    const double aimed = outputSquares(values.sub(found.values), h);
    const double least = leastError(values, h, found.mask);
    QVERIFY2(aimed >= least * (1 - 1e-6) && aimed <= most * least,
             qPrintable(QString("%1 times the least").arg(aimed / least)));
    const double wanda =
        errorUnder(values, maskOf(wandaScores(values, inputNorms(moment)), setting), moment);
    const double magnitude = errorUnder(values, maskOf(magnitudeScores(values), setting), moment);
    QVERIFY2(
        error < 0.7 * wanda && error < 0.7 * magnitude,
        qPrintable(
            QString("%1 of Wanda's, %2 of magnitude's").arg(error / wanda).arg(error / magnitude)));
}

void TestSparseGpt::identityIsMagnitude()
{
    // Inputs that have nothing to do with each other leave nothing to make good.
    const at::Tensor values = randomTensor({70, 96}, 6);
    for (const MaskSetting &setting :
         {MaskSetting{.sparsity = 0.6}, MaskSetting{.scope = MaskScope::Row, .sparsity = 0.6},
          MaskSetting{.scope = MaskScope::Pattern, .kept = 2, .of = 4}}) {
        const SparseGptResult found = sparseGpt(values, at::eye(96, at::kDouble).mul(17), setting,
                                                {.block = 96}, silentProgress());
        QVERIFY(at::equal(found.mask, maskOf(magnitudeScores(values), setting)));
        QVERIFY(at::equal(found.values, values.mul(found.mask)));
    }
}

void TestSparseGpt::countsHoldWhateverTheBlocks()
{
    QFETCH(MaskSetting, setting);
    const at::Tensor values = randomTensor({20, 90}, 6);
    const at::Tensor moment = momentOf(correlatedInputs(200, 90, 7));
    for (const std::int64_t block : {1, 16, 50, 128}) {
        const SparseGptResult found =
            sparseGpt(values, moment, setting, {.block = block}, silentProgress());
        QCOMPARE(keptOf(found), keptCount(setting, std::vector<std::int64_t>{20, 90}));
        QVERIFY(found.values.masked_select(found.mask.logical_not()).eq(0).all().item<bool>());
    }
}

void TestSparseGpt::deadInputs()
{
    at::Tensor inputs = correlatedInputs(300, 60, 9);
    inputs.select(1, 7).zero_();
    inputs.select(1, 59).zero_();
    const at::Tensor values = randomTensor({10, 60}, 7);
    const SparseGptResult found =
        sparseGpt(values, momentOf(inputs), {.sparsity = 0.5}, {.block = 16}, silentProgress());
    for (const std::int64_t column : {7, 59}) {
        QVERIFY(found.values.select(1, column).eq(0).all().item<bool>());
        QVERIFY(!found.mask.select(1, column).any().item<bool>()); // they go first
    }
    QCOMPARE(keptOf(found), 300);
    QVERIFY(found.values.isfinite().all().item<bool>());
}

void TestSparseGpt::deficientMoment()
{
    // Fewer tokens than inputs and no damping: the decomposition only exists with some.
    const at::Tensor values = randomTensor({16, 80}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(20, 80, 9));
    const MaskSetting setting{.scope = MaskScope::Row, .sparsity = 0.5};
    const SparseGptResult found =
        sparseGpt(values, moment, setting, {.damping = 0}, silentProgress());
    QVERIFY(found.values.isfinite().all().item<bool>());
    QVERIFY(outputSquares(values.sub(found.values), moment) <
            0.1 * errorUnder(values, maskOf(magnitudeScores(values), setting), moment));
}

void TestSparseGpt::scaleDoesNotMatter()
{
    const at::Tensor values = randomTensor({16, 80}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(300, 80, 9));
    const MaskSetting setting{.sparsity = 0.5};
    const SparseGptResult plain = sparseGpt(values, moment, setting, {}, silentProgress());
    for (const double scale : {0x1p-100, 0x1p120}) {
        const SparseGptResult other =
            sparseGpt(values, moment.mul(scale), setting, {}, silentProgress());
        QVERIFY(at::equal(plain.mask, other.mask) && at::equal(plain.values, other.values));
    }
}

void TestSparseGpt::sameThreadsSameResult()
{
    const at::Tensor values = randomTensor({300, 160}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(400, 160, 9));
    const int before = at::get_num_threads();
    for (const MaskSetting &setting :
         {MaskSetting{.sparsity = 0.5},
          MaskSetting{.scope = MaskScope::Pattern, .kept = 2, .of = 4}}) {
        at::set_num_threads(2);
        const SparseGptResult one = sparseGpt(values, moment, setting, {}, silentProgress());
        const SparseGptResult two = sparseGpt(values, moment, setting, {}, silentProgress());
        QVERIFY(at::equal(one.values, two.values) && at::equal(one.mask, two.mask));
        // Products on fewer threads round otherwise; what lies at the threshold may fall either way.
        at::set_num_threads(1);
        const SparseGptResult alone = sparseGpt(values, moment, setting, {}, silentProgress());
        QVERIFY(at::ne(one.mask, alone.mask).sum().item<std::int64_t>() <= 4);
    }
    at::set_num_threads(before);
}

void TestSparseGpt::nothingRemoved()
{
    const at::Tensor values = randomTensor({8, 20}, 7);
    at::Tensor inputs = correlatedInputs(50, 20, 9);
    inputs.select(1, 3).zero_();
    const SparseGptResult found =
        sparseGpt(values, momentOf(inputs), {.sparsity = 0.001}, {}, silentProgress());
    QVERIFY(!found.mask.defined() && at::equal(found.values, values));
}

void TestSparseGpt::cancels()
{
    const at::Tensor values = randomTensor({8, 64}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(100, 64, 9));
    CountingProgress all;
    sparseGpt(values, moment, {.sparsity = 0.5}, {.block = 8}, all);
    QVERIFY(all.checks() >= 8);
    for (int allowed = 0; allowed < all.checks(); ++allowed) {
        CountingProgress progress(allowed);
        QVERIFY_EXCEPTION_THROWN(
            sparseGpt(values, moment, {.sparsity = 0.5}, {.block = 8}, progress), Cancelled);
    }
}

void TestSparseGpt::refuses()
{
    const at::Tensor values = randomTensor({4, 10}, 7);
    const at::Tensor moment = momentOf(correlatedInputs(30, 10, 9));
    const auto kindOf = [&](const at::Tensor &weights, const at::Tensor &seen) {
        try {
            sparseGpt(weights, seen, {.sparsity = 0.5}, {}, silentProgress());
        } catch (const Error &error) {
            return error.kind();
        }
        return ErrorKind::Unexpected;
    };
    at::Tensor broken = values.clone();
    broken[1][2] = std::numeric_limits<float>::infinity();
    QCOMPARE(kindOf(broken, moment), ErrorKind::Unsupported);
    QCOMPARE(kindOf(values, moment.mul(0)), ErrorKind::Unsupported);
    at::Tensor wild = moment.clone();
    wild[3][3] = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(kindOf(values, wild), ErrorKind::Unsupported);
    const auto refusal =
        sparseGptRefusal({.scope = MaskScope::Global, .sparsity = 0.5}, "prune.sparsegpt");
    QVERIFY(refusal && QString::fromStdString(refusal->text()).startsWith("prune.sparsegpt "));
    for (const MaskScope scope : {MaskScope::Matrix, MaskScope::Row, MaskScope::Pattern})
        QVERIFY(!sparseGptRefusal({.scope = scope}, "prune.sparsegpt"));
}

QTEST_GUILESS_MAIN(TestSparseGpt)
#include "tst_sparsegpt.moc"

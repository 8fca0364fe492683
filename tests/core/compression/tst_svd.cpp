// The factorization against a one-sided Jacobi SVD that shares no code with it.
#include "tests/core/compression/fabricated.h"

#include "core/compression/factorize/decompositioncache.h"

#include <algorithm>
#include <numeric>
#include <thread>

#include <QTest>

using namespace pare;

namespace {

/// Singular values, descending, by Hestenes' rotations of columns in double precision.
std::vector<double> jacobiSingularValues(const at::Tensor &matrix)
{
    const at::Tensor tall = matrix.size(0) >= matrix.size(1) ? matrix : matrix.t();
    const std::int64_t rows = tall.size(0), columns = tall.size(1);
    std::vector<std::vector<double>> a(columns, std::vector<double>(rows));
    for (std::int64_t j = 0; j < columns; ++j) {
        for (std::int64_t i = 0; i < rows; ++i)
            a[j][i] = tall[i][j].item<float>();
    }
    const auto dot = [](const auto &x, const auto &y) {
        return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
    };
    for (bool rotated = true; rotated;) {
        rotated = false;
        for (std::int64_t p = 0; p < columns; ++p) {
            for (std::int64_t q = p + 1; q < columns; ++q) {
                const double alpha = dot(a[p], a[p]), beta = dot(a[q], a[q]),
                             gamma = dot(a[p], a[q]);
                if (std::abs(gamma) <= 1e-14 * std::sqrt(alpha * beta))
                    continue;
                rotated = true;
                const double zeta = (beta - alpha) / (2 * gamma);
                const double t =
                    (zeta >= 0 ? 1 : -1) / (std::abs(zeta) + std::sqrt(1 + zeta * zeta));
                const double c = 1 / std::sqrt(1 + t * t), s = c * t;
                for (std::int64_t i = 0; i < rows; ++i) {
                    const double x = a[p][i], y = a[q][i];
                    a[p][i] = c * x - s * y;
                    a[q][i] = s * x + c * y;
                }
            }
        }
    }
    std::vector<double> values;
    for (const auto &column : a)
        values.push_back(std::sqrt(dot(column, column)));
    std::ranges::sort(values, std::greater());
    return values;
}

double squaredDistance(const at::Tensor &a, const at::Tensor &b)
{
    return a.to(at::kDouble).sub(b.to(at::kDouble)).square().sum().item<double>();
}

/// Rank `rank` plus noise, as trained matrices roughly are.
at::Tensor nearlyLowRank(std::int64_t out, std::int64_t in, std::int64_t rank)
{
    const at::Tensor exact =
        at::matmul(randomTensor({out, rank}, 11, 1), randomTensor({rank, in}, 12, 1));
    return exact.add(randomTensor({out, in}, 13, 0.01));
}

class CancelledProgress : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return true; }
};

} // namespace

class TestSvd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void errorIsTheTail_data();
    void errorIsTheTail();
    void fullRankReproduces_data();
    void fullRankReproduces();
    void deficientMatrix();
    void zeroMatrix();
    void splitsEvenly();
    void cacheDecomposesOnce();
    void cacheIsBounded();
    void cacheFromThreads();
    void cancels();
};

void TestSvd::errorIsTheTail_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<bool>("lowRank");
    for (const auto &[out, in] : {std::pair{24, 24}, {20, 56}, {56, 20}, {1, 30}, {30, 1}}) {
        for (const bool lowRank : {false, true})
            QTest::addRow("%dx%d %s", out, in, lowRank ? "nearly low rank" : "noise")
                << out << in << lowRank;
    }
}

void TestSvd::errorIsTheTail()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(bool, lowRank);
    const at::Tensor matrix = lowRank ? nearlyLowRank(out, in, 5) : randomTensor({out, in}, 5);
    const std::vector<double> expected = jacobiSingularValues(matrix);
    const Decomposition decomposition = decomposed(matrix, silentProgress());
    const double total = matrix.to(at::kDouble).square().sum().item<double>();
    for (std::size_t i = 0; i < expected.size(); ++i)
        QVERIFY(std::abs(decomposition.singularValues[i].item<double>() - expected[i]) <=
                1e-7 * expected[0]);
    for (std::size_t rank = 1; rank <= expected.size(); ++rank) {
        const LowRank factors = truncated(matrix, decomposition, rank);
        QCOMPARE(factors.left.size(1), rank);
        const double tail =
            std::accumulate(expected.begin() + rank, expected.end(), 0.0,
                            [](double sum, double value) { return sum + value * value; });
        const double error = squaredDistance(matrix, at::matmul(factors.left, factors.right));
        // What float32 rounding of the product may add or take away.
        const double rounding = 4e-7 * std::sqrt(tail * total) + 1e-12 * total;
        QVERIFY2(std::abs(error - tail) <= rounding,
                 qPrintable(QString("rank %1: %2 instead of %3").arg(rank).arg(error).arg(tail)));
    }
}

void TestSvd::fullRankReproduces_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::newRow("square") << 64 << 64;
    QTest::newRow("wide") << 48 << 200;
    QTest::newRow("tall") << 300 << 40;
    QTest::newRow("several blocks") << 9000 << 12;
}

void TestSvd::fullRankReproduces()
{
    QFETCH(int, out);
    QFETCH(int, in);
    const at::Tensor matrix = randomTensor({out, in}, 21);
    const LowRank factors =
        truncated(matrix, decomposed(matrix, silentProgress()), std::min(out, in));
    QVERIFY(relativeError(matrix, at::matmul(factors.left, factors.right)) < 1e-6);
}

void TestSvd::deficientMatrix()
{
    const at::Tensor matrix = at::matmul(randomTensor({40, 3}, 1, 1), randomTensor({3, 60}, 2, 1));
    for (const std::int64_t rank : {3, 4, 40}) {
        const LowRank factors = truncated(matrix, decomposed(matrix, silentProgress()), rank);
        QVERIFY(relativeError(matrix, at::matmul(factors.left, factors.right)) < 1e-6);
        QVERIFY(factors.left.isfinite().all().item<bool>() &&
                factors.right.isfinite().all().item<bool>());
        QVERIFY(factors.right.abs().max().item<double>() < 100);
    }
}

void TestSvd::zeroMatrix()
{
    const at::Tensor matrix = at::zeros({8, 5});
    const LowRank factors = truncated(matrix, decomposed(matrix, silentProgress()), 2);
    QCOMPARE(at::matmul(factors.left, factors.right).abs().max().item<float>(), 0.f);
    QVERIFY(factors.left.isfinite().all().item<bool>() &&
            factors.right.isfinite().all().item<bool>());
}

void TestSvd::splitsEvenly()
{
    // Each factor's vectors are as long as the other's: the root of the singular value.
    for (const auto &[out, in] : {std::pair{30, 50}, {50, 30}}) {
        const at::Tensor matrix = randomTensor({out, in}, 8);
        const Decomposition decomposition = decomposed(matrix, silentProgress());
        const LowRank factors = truncated(matrix, decomposition, 10);
        const at::Tensor left = factors.left.square().sum(0), right = factors.right.square().sum(1);
        const at::Tensor values = decomposition.singularValues.slice(0, 0, 10).to(at::kFloat);
        QVERIFY(at::allclose(left, values, 1e-5) && at::allclose(right, values, 1e-5));
        QVERIFY(factors.left.is_contiguous() && factors.right.is_contiguous());
    }
}

void TestSvd::cacheDecomposesOnce()
{
    DecompositionCache cache;
    const at::Tensor a = randomTensor({20, 30}, 1), b = randomTensor({20, 30}, 2);
    for (std::int64_t rank = 1; rank <= 12; ++rank) {
        const LowRank cached = truncated(a, cache.decomposed(a.clone(), silentProgress()), rank);
        const LowRank fresh = truncated(a, decomposed(a, silentProgress()), rank);
        QVERIFY(cached.left.equal(fresh.left) && cached.right.equal(fresh.right));
    }
    QCOMPARE(cache.misses(), 1);
    cache.decomposed(b, silentProgress());
    cache.decomposed(a.reshape({30, 20}), silentProgress());
    QCOMPARE(cache.misses(), 3);
}

void TestSvd::cacheIsBounded()
{
    const std::int64_t one = decomposed(randomTensor({20, 30}, 1), silentProgress()).bytes();
    DecompositionCache cache(2 * one);
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        cache.decomposed(randomTensor({20, 30}, seed), silentProgress());
        cache.decomposed(randomTensor({20, 30}, 1), silentProgress());
        QVERIFY(cache.bytes() <= 2 * one);
    }
    QCOMPARE(cache.misses(), 3); // the first one was always used last but one
    cache.decomposed(randomTensor({20, 30}, 2), silentProgress());
    QCOMPARE(cache.misses(), 4);
    DecompositionCache tiny(one - 1);
    tiny.decomposed(randomTensor({20, 30}, 1), silentProgress());
    QCOMPARE(tiny.bytes(), 0);
}

void TestSvd::cacheFromThreads()
{
    DecompositionCache cache;
    std::vector<at::Tensor> matrices;
    for (std::uint64_t seed = 0; seed < 6; ++seed)
        matrices.push_back(randomTensor({10, 14}, seed));
    std::vector<at::Tensor> values[2];
    const auto work = [&](int thread) {
        for (int round = 0; round < 5; ++round) {
            for (const at::Tensor &matrix : matrices)
                values[thread].push_back(cache.decomposed(matrix, silentProgress()).singularValues);
        }
    };
    std::thread other(work, 1);
    work(0);
    other.join();
    for (std::size_t i = 0; i < values[0].size(); ++i)
        QVERIFY(values[0][i].equal(values[1][i]));
    QVERIFY(cache.misses() >= 6 && cache.misses() <= 12);
}

void TestSvd::cancels()
{
    CancelledProgress progress;
    QVERIFY_EXCEPTION_THROWN(decomposed(randomTensor({30, 30}, 1), progress), Cancelled);
}

QTEST_GUILESS_MAIN(TestSvd)
#include "tst_svd.moc"

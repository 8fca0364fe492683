// The nearest Kronecker product against alternating least squares in double precision.
#include "tests/core/compression/inputs.h"

#include "core/compression/factorize/kronecker.h"

#include <limits>

#include <QTest>

using namespace pare;

namespace {

/// ‖W − A ⊗ B‖², entry by entry.
double squaredError(const Matrix &w, const Matrix &a, const Matrix &b)
{
    const std::size_t p = b.size(), q = b[0].size();
    double sum = 0;
    for (std::size_t i = 0; i < w.size(); ++i)
        for (std::size_t j = 0; j < w[i].size(); ++j)
            sum += std::pow(w[i][j] - a[i / p][j / q] * b[i % p][j % q], 2);
    return sum;
}

/// The best A for a B: each entry a least squares problem of its own.
Matrix bestFor(const Matrix &w, const Matrix &b)
{
    const std::size_t p = b.size(), q = b[0].size();
    Matrix a(w.size() / p, std::vector<double>(w[0].size() / q));
    double length = 0;
    for (const auto &row : b)
        for (const double x : row)
            length += x * x;
    for (std::size_t i = 0; i < w.size(); ++i)
        for (std::size_t j = 0; j < w[i].size(); ++j)
            a[i / p][j / q] += w[i][j] * b[i % p][j % q] / length;
    return a;
}

/// The best B for an A.
Matrix bestBeside(const Matrix &w, const Matrix &a, std::size_t p, std::size_t q)
{
    Matrix b(p, std::vector<double>(q));
    double length = 0;
    for (const auto &row : a)
        for (const double x : row)
            length += x * x;
    for (std::size_t i = 0; i < w.size(); ++i)
        for (std::size_t j = 0; j < w[i].size(); ++j)
            b[i % p][j % q] += w[i][j] * a[i / p][j / q] / length;
    return b;
}

/// The least error that alternating least squares finds from several starts.
double alternating(const Matrix &w, std::size_t p, std::size_t q)
{
    double least = std::numeric_limits<double>::infinity();
    for (std::uint64_t start = 0; start < 4; ++start) {
        Matrix b = asMatrix(
            randomTensor({static_cast<std::int64_t>(p), static_cast<std::int64_t>(q)}, start, 1));
        Matrix a;
        for (int round = 0; round < 3000; ++round) {
            a = bestFor(w, b);
            b = bestBeside(w, a, p, q);
        }
        least = std::min(least, squaredError(w, a, b));
    }
    return least;
}

void addShapes()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("p");
    QTest::addColumn<int>("q");
    const int shapes[][4] = {{12, 12, 3, 4}, {12, 20, 4, 5}, {20, 12, 2, 6}, {12, 12, 12, 1},
                             {12, 12, 1, 1}, {8, 10, 8, 10}, {9, 4, 1, 4}};
    for (const auto &[out, in, p, q] : shapes)
        QTest::addRow("%dx%d by %dx%d", out, in, p, q) << out << in << p << q;
}

} // namespace

class TestKronecker : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recoversProducts_data() { addShapes(); }
    void recoversProducts();
    void matchesAlternating_data() { addShapes(); }
    void matchesAlternating();
    void zeroMatrix();
    void shapes();
    void defaultShape_data();
    void defaultShape();
    void cancels();
};

void TestKronecker::recoversProducts()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(int, p);
    QFETCH(int, q);
    const at::Tensor a = randomTensor({out / p, in / q}, 1), b = randomTensor({p, q}, 2, 3);
    const at::Tensor matrix = at::kron(a, b);
    const KroneckerFactors found = nearestKronecker(matrix, {p, q}, silentProgress());
    QCOMPARE(found.a.sizes(), a.sizes());
    QCOMPARE(found.b.sizes(), b.sizes());
    const Matrix w = asMatrix(matrix);
    const double error = squaredError(w, asMatrix(found.a), asMatrix(found.b));
    const double length = squaredError(w, asMatrix(a.mul(0)), asMatrix(b));
    QVERIFY2(error < 1e-12 * length, qPrintable(QString::number(error / length)));
    // Both factors as long as each other.
    QVERIFY(at::allclose(found.a.square().sum(), found.b.square().sum(), 1e-5));
}

void TestKronecker::matchesAlternating()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(int, p);
    QFETCH(int, q);
    for (const std::uint64_t seed : {1, 2}) {
        const at::Tensor matrix = randomTensor({out, in}, seed);
        const KroneckerFactors found = nearestKronecker(matrix, {p, q}, silentProgress());
        const Matrix w = asMatrix(matrix);
        const double error = squaredError(w, asMatrix(found.a), asMatrix(found.b));
        const double least =
            alternating(w, static_cast<std::size_t>(p), static_cast<std::size_t>(q));
        const double length = matrix.to(at::kDouble).square().sum().item<double>();
        QVERIFY2(std::abs(error - least) < 1e-6 * least + 1e-12 * length,
                 qPrintable(QString("%1 instead of %2").arg(error).arg(least)));
    }
}

void TestKronecker::zeroMatrix()
{
    const KroneckerFactors found = nearestKronecker(at::zeros({6, 8}), {2, 4}, silentProgress());
    QCOMPARE(at::kron(found.a, found.b).abs().max().item<float>(), 0.f);
}

void TestKronecker::shapes()
{
    // Of 4 x 6: all that divide but B of one weight and B of all.
    std::vector<KroneckerShape> expected;
    for (const std::int64_t p : {1, 2, 4})
        for (const std::int64_t q : {1, 2, 3, 6})
            if (p * q != 1 && p * q != 24)
                expected.push_back({p, q});
    QVERIFY(kroneckerShapes(4, 6) == expected);
    for (const KroneckerShape &shape : expected)
        QCOMPARE(kroneckerWeights(shape, 4, 6), shape.p * shape.q + 24 / (shape.p * shape.q));
    QVERIFY(kroneckerShapes(7, 1).empty());
    QVERIFY(kroneckerShapes(2, 2).empty()); // 2 + 2 weights save nothing
}

void TestKronecker::defaultShape_data()
{
    QTest::addColumn<double>("share");
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("p");
    QTest::addColumn<int>("q");
    // 24 x 24 = 576: blocks of 24 weights leave 48, the least; 4 x 6 in 6 x 4 is the squarest.
    QTest::newRow("the least there is") << 0.0 << 24 << 24 << 4 << 6;
    QTest::newRow("exactly") << 48.0 / 576 << 24 << 24 << 4 << 6;
    // 18 or 32 weights in B leave 50: 18 + 32. Of 3x6/8x4, 6x3/4x8, the smaller p.
    QTest::newRow("just above") << 49.0 / 576 << 24 << 24 << 3 << 6;
    // 2 weights: 290 of 576.
    QTest::newRow("half") << 0.5 << 24 << 24 << 1 << 2;
    QTest::newRow("a half and more") << 0.51 << 24 << 24 << 0 << 0;
    // A column times a row, either way round with 18 weights: the smaller B.
    QTest::newRow("prime") << 0.1 << 7 << 11 << 7 << 1;
    QTest::newRow("no shape") << 0.1 << 7 << 1 << 0 << 0;
}

void TestKronecker::defaultShape()
{
    QFETCH(double, share);
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(int, p);
    QFETCH(int, q);
    const auto found = kroneckerShapeFor(share, out, in);
    QCOMPARE(found.has_value(), p > 0);
    if (found)
        QVERIFY2(*found == (KroneckerShape{p, q}),
                 qPrintable(QString("%1x%2").arg(found->p).arg(found->q)));
}

void TestKronecker::cancels()
{
    CountingProgress progress(0);
    QVERIFY_EXCEPTION_THROWN(nearestKronecker(randomTensor({6, 8}, 1), {2, 4}, progress),
                             Cancelled);
}

QTEST_GUILESS_MAIN(TestKronecker)
#include "tst_kronecker.moc"

// Weighted low rank against one-sided Jacobi rotations in double precision, and against DRONE, which
// reaches the same optimum from the inputs themselves.
#include "tests/core/compression/inputs.h"

#include "core/base/error.h"
#include "core/compression/factorize/weightedsvd.h"

#include <limits>
#include <numeric>

#include <QTest>

using namespace pare;

namespace {

Matrix product(const Matrix &a, const Matrix &b)
{
    Matrix c(a.size(), std::vector<double>(b[0].size()));
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t k = 0; k < b.size(); ++k)
            for (std::size_t j = 0; j < c[i].size(); ++j)
                c[i][j] += a[i][k] * b[k][j];
    return c;
}

Matrix transposed(const Matrix &a)
{
    Matrix t(a[0].size(), std::vector<double>(a.size()));
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < t.size(); ++j)
            t[j][i] = a[i][j];
    return t;
}

double squaredDistance(const Matrix &a, const Matrix &b)
{
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].size(); ++j)
            sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
    return sum;
}

double squaredNorm(const Matrix &a)
{
    return squaredDistance(a, Matrix(a.size(), std::vector<double>(a[0].size())));
}

/// Rows times `rows`, columns times `columns`, or divided by them where `power` is -1.
Matrix scaled(Matrix a, const std::vector<double> &rows, const std::vector<double> &columns,
              int power = 1)
{
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].size(); ++j)
            a[i][j] *=
                std::pow((rows.empty() ? 1 : rows[i]) * (columns.empty() ? 1 : columns[j]), power);
    return a;
}

struct Svd
{
    std::vector<double> values; ///< descending
    Matrix left, right;         ///< vectors as rows
};

/// Hestenes' rotations of the shorter side's vectors; pairs of value zero have a left vector of
/// zero.
Svd jacobi(const Matrix &matrix)
{
    const bool wide = matrix.size() < matrix[0].size();
    Matrix a = wide ? matrix : transposed(matrix); // rows are rotated
    const std::size_t count = a.size();
    Matrix v(count, std::vector<double>(count));
    for (std::size_t i = 0; i < count; ++i)
        v[i][i] = 1;
    const auto dot = [](const auto &x, const auto &y) {
        return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
    };
    const auto turn = [](auto &x, auto &y, double c, double s) {
        for (std::size_t i = 0; i < x.size(); ++i) {
            const double old = x[i];
            x[i] = c * old - s * y[i];
            y[i] = s * old + c * y[i];
        }
    };
    const double none = 1e-30 * squaredNorm(a);
    for (bool rotated = true; rotated;) {
        rotated = false;
        for (std::size_t p = 0; p < count; ++p)
            for (std::size_t q = p + 1; q < count; ++q) {
                const double alpha = dot(a[p], a[p]), beta = dot(a[q], a[q]),
                             gamma = dot(a[p], a[q]);
                if (std::abs(gamma) <= 1e-14 * std::sqrt(alpha * beta) || std::abs(gamma) <= none)
                    continue;
                rotated = true;
                const double zeta = (beta - alpha) / (2 * gamma);
                const double t =
                    (zeta >= 0 ? 1 : -1) / (std::abs(zeta) + std::sqrt(1 + zeta * zeta));
                const double c = 1 / std::sqrt(1 + t * t);
                turn(a[p], a[q], c, c * t);
                turn(v[p], v[q], c, c * t);
            }
    }
    std::vector<std::size_t> order(count);
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, std::greater(), [&](std::size_t i) { return dot(a[i], a[i]); });
    Svd svd;
    for (const std::size_t i : order) {
        const double value = std::sqrt(dot(a[i], a[i]));
        svd.values.push_back(value);
        for (double &x : a[i])
            x = value > 0 ? x / value : 0;
        svd.left.push_back(wide ? v[i] : a[i]);
        svd.right.push_back(wide ? a[i] : v[i]);
    }
    return svd;
}

/// The first `rank` pairs.
Matrix best(const Svd &svd, std::size_t rank)
{
    Matrix sum(svd.left[0].size(), std::vector<double>(svd.right[0].size()));
    for (std::size_t k = 0; k < rank; ++k)
        for (std::size_t i = 0; i < sum.size(); ++i)
            for (std::size_t j = 0; j < sum[i].size(); ++j)
                sum[i][j] += svd.values[k] * svd.left[k][i] * svd.right[k][j];
    return sum;
}

double tailOf(const Svd &svd, std::size_t rank)
{
    double sum = 0;
    for (std::size_t i = rank; i < svd.values.size(); ++i)
        sum += svd.values[i] * svd.values[i];
    return sum;
}

/// DRONE's closed form from `x` [in, tokens]: directions that no token shows are left out.
Matrix drone(const Matrix &w, const Matrix &x, std::size_t rank)
{
    const Svd ofW = jacobi(w), ofX = jacobi(x);
    std::size_t seen = 0;
    while (seen < ofX.values.size() && ofX.values[seen] > 1e-9 * ofX.values[0])
        ++seen;
    Matrix z(ofW.values.size(), std::vector<double>(seen));
    for (std::size_t i = 0; i < z.size(); ++i)
        for (std::size_t j = 0; j < seen; ++j)
            z[i][j] = ofW.values[i] * ofX.values[j] *
                      std::inner_product(ofW.right[i].begin(), ofW.right[i].end(),
                                         ofX.left[j].begin(), 0.0);
    const Matrix middle = best(jacobi(z), std::min(rank, seen)); // P S Qᵀ
    Matrix right(seen, std::vector<double>(x.size()));           // S_X⁻¹ U_Xᵀ
    for (std::size_t j = 0; j < seen; ++j)
        for (std::size_t i = 0; i < x.size(); ++i)
            right[j][i] = ofX.left[j][i] / ofX.values[j];
    return product(product(transposed(ofW.left), middle), right);
}

std::vector<double> positive(std::size_t count, std::uint64_t seed)
{
    const at::Tensor logs = randomTensor({static_cast<std::int64_t>(count)}, seed, 1);
    std::vector<double> numbers;
    for (std::size_t i = 0; i < count; ++i)
        numbers.push_back(std::exp(logs[static_cast<std::int64_t>(i)].item<float>()));
    return numbers;
}

at::Tensor asTensor(const std::vector<double> &numbers)
{
    at::Tensor tensor = at::empty({static_cast<std::int64_t>(numbers.size())}, at::kDouble);
    std::ranges::copy(numbers, tensor.data_ptr<double>());
    return tensor;
}

Matrix asProduct(const LowRank &factors)
{
    return product(asMatrix(factors.left), asMatrix(factors.right));
}

/// ‖(W − M) X‖² from the tokens, x [in, tokens].
double outputError(const Matrix &w, const Matrix &m, const Matrix &x)
{
    return squaredDistance(product(w, x), product(m, x));
}

/// As trained matrices roughly are: a few strong directions and noise.
at::Tensor someWeights(std::int64_t out, std::int64_t in, std::uint64_t seed)
{
    const std::int64_t rank = std::max<std::int64_t>(1, std::min(out, in) / 4);
    return at::matmul(randomTensor({out, rank}, seed, 0.2), randomTensor({rank, in}, seed + 1, 0.2))
        .add(randomTensor({out, in}, seed + 2, 0.05));
}

void addShapes()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    for (const auto &[out, in] : {std::pair{20, 20}, {16, 40}, {40, 16}, {1, 9}, {9, 1}})
        QTest::addRow("%dx%d", out, in) << out << in;
}

} // namespace

class TestWeightedSvd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAndColumnsMatchJacobi_data() { addShapes(); }
    void rowsAndColumnsMatchJacobi();
    void momentsMatchDrone_data();
    void momentsMatchDrone();
    void rowsBesideAMoment_data() { addShapes(); }
    void rowsBesideAMoment();
    void outputsAreBestServedByTheirMoment_data();
    void outputsAreBestServedByTheirMoment();
    void equalWeightsArePlain_data() { addShapes(); }
    void equalWeightsArePlain();
    void fullRankReproduces_data();
    void fullRankReproduces();
    void splitsEvenly();
    void weightingsOfStatistics();
    void zeroMatrix();
    void cancels();
    void refuses();
};

void TestWeightedSvd::rowsAndColumnsMatchJacobi()
{
    QFETCH(int, out);
    QFETCH(int, in);
    const at::Tensor matrix = someWeights(out, in, 3);
    const Matrix w = asMatrix(matrix);
    for (const bool byRows : {true, false}) {
        std::vector<double> rows, columns;
        ErrorWeighting weighting;
        if (byRows)
            weighting.rows = asTensor(rows = positive(out, 7));
        else
            weighting.columns = asTensor(columns = positive(in, 8));
        const Svd svd = jacobi(scaled(w, rows, columns));
        const WeightedDecomposition found =
            weightedDecomposition(matrix, weighting, silentProgress());
        for (std::size_t i = 0; i < svd.values.size(); ++i)
            QVERIFY(std::abs(found.singularValues[static_cast<std::int64_t>(i)].item<double>() -
                             svd.values[i]) < 1e-9 * svd.values[0]);
        for (std::size_t rank = 1; rank <= svd.values.size(); rank += 3) {
            const Matrix expected = scaled(best(svd, rank), rows, columns, -1);
            const double distance = squaredDistance(
                expected, asProduct(found.truncated(static_cast<std::int64_t>(rank))));
            QVERIFY2(distance < 1e-12 * squaredNorm(w), qPrintable(QString::number(distance)));
        }
    }
}

void TestWeightedSvd::momentsMatchDrone_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<int>("tokens");
    for (const auto &[out, in] : {std::pair{20, 20}, {16, 40}, {40, 16}})
        for (const int tokens : {100, 12})
            QTest::addRow("%dx%d, %d tokens", out, in, tokens) << out << in << tokens;
}

void TestWeightedSvd::momentsMatchDrone()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(int, tokens);
    const at::Tensor matrix = someWeights(out, in, 3);
    const at::Tensor inputs = correlatedInputs(tokens, in, 5);
    const Matrix w = asMatrix(matrix), x = transposed(asMatrix(inputs));
    const double whole = squaredNorm(product(w, x));
    const WeightedDecomposition found =
        weightedDecomposition(matrix, {.moment = momentOf(inputs)}, silentProgress());
    const Svd ofOutputs = jacobi(product(w, x));
    for (std::size_t rank = 1; rank <= 15; rank += 2) {
        const Matrix product = asProduct(found.truncated(static_cast<std::int64_t>(rank)));
        const double error = std::sqrt(outputError(w, product, x));
        const double expected = std::sqrt(outputError(w, drone(w, x, rank), x));
        // What float32 factors leave where nothing should be left.
        const double rounding = 2e-6 * std::sqrt(whole);
        QVERIFY2(std::abs(error - expected) <= 1e-4 * expected + rounding,
                 qPrintable(QString("rank %1: %2, DRONE %3").arg(rank).arg(error).arg(expected)));
        QVERIFY(std::abs(error - std::sqrt(tailOf(ofOutputs, rank))) <= 1e-4 * error + rounding);
    }
}

void TestWeightedSvd::rowsBesideAMoment()
{
    QFETCH(int, out);
    QFETCH(int, in);
    const at::Tensor matrix = someWeights(out, in, 3);
    const at::Tensor inputs = correlatedInputs(120, in, 5);
    const std::vector<double> rows = positive(out, 7);
    const WeightedDecomposition found = weightedDecomposition(
        matrix, {.rows = asTensor(rows), .moment = momentOf(inputs)}, silentProgress());
    const Matrix x = transposed(asMatrix(inputs));
    const Matrix outputs = scaled(product(asMatrix(matrix), x), rows, {});
    const Svd svd = jacobi(outputs);
    for (std::int64_t rank = 1; rank < std::min(out, in); rank += 4) {
        const Matrix approximation = scaled(product(asProduct(found.truncated(rank)), x), rows, {});
        const double error = std::sqrt(squaredDistance(outputs, approximation));
        const double least = std::sqrt(tailOf(svd, static_cast<std::size_t>(rank)));
        QVERIFY2(std::abs(error - least) <= 1e-4 * least,
                 qPrintable(QString("rank %1: %2 of %3").arg(rank).arg(error).arg(least)));
        // The singular values say so beforehand.
        const double tail =
            found.singularValues.slice(0, rank).square().sum().sqrt().item<double>();
        QVERIFY(std::abs(tail - least) <= 1e-4 * least);
    }
}

void TestWeightedSvd::outputsAreBestServedByTheirMoment_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<quint64>("seed");
    for (const auto &[out, in] : {std::pair{24, 24}, {20, 48}, {48, 20}})
        for (const quint64 seed : {1, 2, 3, 4})
            QTest::addRow("%dx%d, %d", out, in, int(seed)) << out << in << seed;
}

void TestWeightedSvd::outputsAreBestServedByTheirMoment()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(quint64, seed);
    const at::Tensor matrix = randomTensor({out, in}, seed);
    const at::Tensor inputs = correlatedInputs(200, in, seed + 100);
    const Matrix w = asMatrix(matrix), x = transposed(asMatrix(inputs));
    const auto errorOf = [&](const ErrorWeighting &weighting, std::int64_t rank) {
        const auto found = weightedDecomposition(matrix, weighting, silentProgress());
        return outputError(w, asProduct(found.truncated(rank)), x);
    };
    for (const std::int64_t rank : {2, 8, 14}) {
        const double whitened = errorOf({.moment = momentOf(inputs)}, rank);
        const double activations =
            errorOf({.columns = activationColumns(inputs.abs().mean(0))}, rank);
        const double plain = errorOf({}, rank);
        QVERIFY2(whitened < 0.95 * activations && whitened < 0.95 * plain,
                 qPrintable(QString("%1 of ASVD's, %2 of SVD's")
                                .arg(whitened / activations)
                                .arg(whitened / plain)));
    }
}

void TestWeightedSvd::equalWeightsArePlain()
{
    QFETCH(int, out);
    QFETCH(int, in);
    const at::Tensor matrix = someWeights(out, in, 3);
    const Decomposition plain = decomposed(matrix, silentProgress());
    const double norm = squaredNorm(asMatrix(matrix));
    const std::vector<ErrorWeighting> weightings{
        {},
        {.rows = at::full({out}, 3.0, at::kDouble)},
        {.columns = at::full({in}, 3.0, at::kDouble)},
        {.moment = at::eye(in, at::kDouble).mul(9)},
    };
    for (std::size_t i = 0; i < weightings.size(); ++i) {
        const auto found = weightedDecomposition(matrix, weightings[i], silentProgress());
        QVERIFY(at::allclose(found.singularValues, plain.singularValues.mul(i == 0 ? 1 : 3), 1e-7));
        for (std::int64_t rank = 1; rank <= std::min(out, in); rank += 5)
            QVERIFY(squaredDistance(asProduct(found.truncated(rank)),
                                    asProduct(truncated(matrix, plain, rank))) < 1e-12 * norm);
    }
}

void TestWeightedSvd::fullRankReproduces_data()
{
    QTest::addColumn<int>("out");
    QTest::addColumn<int>("in");
    QTest::addColumn<QString>("weighting");
    for (const auto &[out, in] : {std::pair{32, 32}, {24, 60}, {60, 24}})
        for (const char *weighting : {"plain", "rows", "zero rows", "columns", "zero columns",
                                      "moment", "few tokens", "outliers", "rows and moment"})
            QTest::addRow("%dx%d %s", out, in, weighting) << out << in << QString(weighting);
}

void TestWeightedSvd::fullRankReproduces()
{
    QFETCH(int, out);
    QFETCH(int, in);
    QFETCH(QString, weighting);
    const at::Tensor matrix = randomTensor({out, in}, 4);
    ErrorWeighting error;
    if (weighting.contains("rows"))
        error.rows = asTensor(positive(out, 7));
    if (weighting.contains("columns"))
        error.columns = asTensor(positive(in, 7));
    if (weighting == "zero rows")
        error.rows.slice(0, 2, 9).zero_();
    if (weighting == "zero columns")
        error.columns.slice(0, 2, 9).zero_();
    at::Tensor inputs = correlatedInputs(weighting == "few tokens" ? 7 : 200, in, 5);
    inputs.select(1, 3).zero_();
    if (weighting == "outliers")
        inputs.select(1, 5).mul_(3000);
    if (weighting.contains("moment") || weighting == "few tokens" || weighting == "outliers")
        error.moment = momentOf(inputs);
    const auto found = weightedDecomposition(matrix, error, silentProgress());
    const LowRank factors = found.truncated(std::min(out, in));
    const Matrix w = asMatrix(matrix);
    const double distance = std::sqrt(squaredDistance(w, asProduct(factors)) / squaredNorm(w));
    QVERIFY2(distance < 2e-6, qPrintable(QString::number(distance)));
    // Not by large numbers that cancel.
    QVERIFY(factors.left.abs().max().item<float>() < 10 &&
            factors.right.abs().max().item<float>() < 10);
}

void TestWeightedSvd::splitsEvenly()
{
    for (const auto &[out, in] : {std::pair{30, 50}, {50, 30}}) {
        const at::Tensor matrix = randomTensor({out, in}, 8);
        const auto found = weightedDecomposition(
            matrix, {.moment = momentOf(correlatedInputs(200, in, 5))}, silentProgress());
        const LowRank factors = found.truncated(10);
        QCOMPARE(factors.left.sizes(), (at::IntArrayRef{out, 10}));
        QCOMPARE(factors.right.sizes(), (at::IntArrayRef{10, in}));
        QVERIFY(at::allclose(factors.left.square().sum(0), factors.right.square().sum(1), 1e-5));
        QVERIFY(factors.left.is_contiguous() && factors.right.is_contiguous());
        QVERIFY(factors.left.scalar_type() == at::kFloat &&
                factors.right.scalar_type() == at::kFloat);
    }
}

void TestWeightedSvd::weightingsOfStatistics()
{
    const at::Tensor squares = randomTensor({3, 4}, 1, 1).square();
    const at::Tensor rows = fisherRows(squares);
    for (std::int64_t i = 0; i < 3; ++i) {
        double sum = 0;
        for (std::int64_t j = 0; j < 4; ++j)
            sum += squares[i][j].item<float>();
        QVERIFY(std::abs(rows[i].item<double>() - std::sqrt(sum)) < 1e-12);
    }
    const at::Tensor columns = activationColumns(at::tensor({4.0f, 0.25f, 0.0f}));
    QVERIFY(at::equal(columns, asTensor({2, 0.5, 0})));
    QVERIFY(
        at::allclose(activationColumns(at::tensor({4.0f}), 0.75), asTensor({2 * std::sqrt(2.0)})));
}

void TestWeightedSvd::zeroMatrix()
{
    for (const auto &[out, in] : {std::pair{6, 9}, {9, 6}}) {
        const auto found = weightedDecomposition(at::zeros({out, in}),
                                                 {.moment = momentOf(correlatedInputs(40, in, 5))},
                                                 silentProgress());
        QCOMPARE(found.factors.left.abs().max().item<float>(), 0.f);
        QCOMPARE(found.factors.right.abs().max().item<float>(), 0.f);
    }
}

void TestWeightedSvd::cancels()
{
    for (const auto &[out, in] : {std::pair{6, 9}, {9, 6}}) {
        const at::Tensor matrix = randomTensor({out, in}, 8);
        const ErrorWeighting weighting{.moment = momentOf(correlatedInputs(40, in, 5))};
        CountingProgress all;
        weightedDecomposition(matrix, weighting, all);
        QVERIFY(all.checks() >= 3);
        for (int allowed = 0; allowed < all.checks(); ++allowed) {
            CountingProgress progress(allowed);
            QVERIFY_EXCEPTION_THROWN(weightedDecomposition(matrix, weighting, progress), Cancelled);
        }
    }
}

void TestWeightedSvd::refuses()
{
    const at::Tensor matrix = randomTensor({4, 4}, 8);
    const double none = std::numeric_limits<double>::quiet_NaN();
    for (const at::Tensor &bad : {at::zeros({4}, at::kDouble), at::full({4}, none, at::kDouble)}) {
        for (const ErrorWeighting &weighting :
             {ErrorWeighting{.rows = bad}, ErrorWeighting{.columns = bad},
              ErrorWeighting{.moment = at::outer(bad, bad)}}) {
            try {
                weightedDecomposition(matrix, weighting, silentProgress());
                QFAIL("decomposed without a weighting");
            } catch (const Error &error) {
                QCOMPARE(error.kind(), ErrorKind::Unsupported);
            }
        }
    }
}

QTEST_GUILESS_MAIN(TestWeightedSvd)
#include "tst_weightedsvd.moc"

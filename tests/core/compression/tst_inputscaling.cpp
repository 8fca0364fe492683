// AWQ, SmoothQuant and LLM.int8 against plain loops in double.
#include "tests/core/compression/fabricated.h"

#include "core/base/error.h"
#include "core/compression/outputerror.h"
#include "core/compression/quantize/awq.h"
#include "core/compression/quantize/inputscale.h"
#include "core/compression/quantize/outliercolumns.h"
#include "core/compression/quantize/smoothquant.h"

#include <algorithm>
#include <limits>

#include <QTest>

using namespace pare;

namespace {

using Matrix = std::vector<std::vector<double>>;

/// [tokens, in], a few of the inputs much larger than the others.
at::Tensor unevenInputs(std::int64_t tokens, std::int64_t in, std::uint64_t seed)
{
    const at::Tensor mixed =
        at::matmul(randomTensor({tokens, 6}, seed, 1), randomTensor({6, in}, seed + 1, 0.4));
    at::Tensor inputs = mixed.add(randomTensor({tokens, in}, seed + 2, 0.3));
    for (std::int64_t column = 3; column < in; column += 17)
        inputs.select(1, column).mul_(25);
    return inputs;
}

at::Tensor momentOf(const at::Tensor &inputs)
{
    const at::Tensor x = inputs.to(at::kDouble);
    return at::matmul(x.t(), x);
}

at::Tensor randomMask(std::int64_t rows, std::int64_t columns, double kept)
{
    Random random(3);
    at::Tensor mask = at::empty({rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < mask.numel(); ++i)
        mask.data_ptr<bool>()[i] = random.uniform() < kept;
    return mask;
}

Matrix asMatrix(const at::Tensor &tensor)
{
    const at::Tensor values = tensor.to(at::kDouble).contiguous();
    Matrix matrix(values.size(0));
    for (std::int64_t i = 0; i < values.size(0); ++i)
        matrix[i].assign(values.data_ptr<double>() + i * values.size(1),
                         values.data_ptr<double>() + (i + 1) * values.size(1));
    return matrix;
}

double half(double x)
{
    return static_cast<float>(c10::Half(static_cast<float>(x)));
}

/// Plain rounding of kept weights in groups of a row, in place.
void roundRow(std::vector<double> &row, const std::vector<bool> &kept, const Codec &codec)
{
    const std::size_t width = codec.granularity == Granularity::Group
                                  ? static_cast<std::size_t>(codec.group)
                                  : row.size();
    for (std::size_t begin = 0; begin < row.size(); begin += width) {
        double low = 0, high = 0;
        const std::size_t end = std::min(row.size(), begin + width);
        for (std::size_t j = begin; j < end; ++j) {
            low = kept[j] ? std::min(low, row[j]) : low;
            high = kept[j] ? std::max(high, row[j]) : high;
        }
        const int levels = codec.symmetric ? (1 << (codec.bits - 1)) - 1 : (1 << codec.bits) - 1;
        const double scale = half((codec.symmetric ? std::max(high, -low) : high - low) / levels);
        const double zero = codec.symmetric || scale == 0 ? 0 : std::nearbyint(-low / scale);
        for (std::size_t j = begin; j < end; ++j)
            row[j] = kept[j] && scale > 0
                         ? scale * std::clamp(std::nearbyint(row[j] / scale),
                                              codec.symmetric ? -levels : -zero, levels - zero)
                         : 0;
    }
}

Matrix roundedScaled(Matrix w, const std::vector<double> &scale, const at::Tensor &mask,
                     const Codec &codec)
{
    for (std::size_t i = 0; i < w.size(); ++i) {
        std::vector<bool> kept;
        for (std::size_t j = 0; j < scale.size(); ++j) {
            kept.push_back(!mask.defined() || mask[std::int64_t(i)][std::int64_t(j)].item<bool>());
            w[i][j] /= scale[j];
        }
        roundRow(w[i], kept, codec);
        for (std::size_t j = 0; j < scale.size(); ++j)
            w[i][j] *= scale[j];
    }
    return w;
}

/// ‖X (A − B)ᵀ‖², by the tokens themselves.
double squaredDistance(const Matrix &a, const Matrix &b, const Matrix &inputs)
{
    double sum = 0;
    for (const auto &x : inputs)
        for (std::size_t i = 0; i < a.size(); ++i) {
            double y = 0;
            for (std::size_t j = 0; j < x.size(); ++j)
                y += x[j] * (a[i][j] - b[i][j]);
            sum += y * y;
        }
    return sum;
}

Codec affine(int bits, Granularity granularity, std::int64_t group = 0, bool symmetric = true)
{
    return {CodecKind::Affine, bits, granularity, group, symmetric};
}

double largestDifference(const Matrix &a, const at::Tensor &b)
{
    const Matrix other = asMatrix(b);
    double largest = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        for (std::size_t j = 0; j < a[i].size(); ++j)
            largest = std::max(largest, std::abs(a[i][j] - other[i][j]));
    return largest;
}

class CancelledProgress : public Progress
{
public:
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return ++m_checks > 3; }

private:
    mutable int m_checks = 0;
};

} // namespace

Q_DECLARE_METATYPE(pare::Codec)

class TestInputScaling : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void awqSearchesTheGrid_data();
    void awqSearchesTheGrid();
    void awqIsNoWorseThanRounding_data();
    void awqIsNoWorseThanRounding();
    void awqClipsWhereItPays_data();
    void awqClipsWhereItPays();
    void awqWithoutSalience();
    void awqRefuses();
    void smoothQuantMovesTheRange_data();
    void smoothQuantMovesTheRange();
    void smoothQuantGuardsZeros();
    void smoothQuantRefuses();
    void outliersStayHalf_data();
    void outliersStayHalf();
    void outlierThreshold();
    void scalesStayInRange();
};

void TestInputScaling::awqSearchesTheGrid_data()
{
    QTest::addColumn<Codec>("codec");
    QTest::addColumn<bool>("masked");
    for (const Codec &codec :
         {affine(3, Granularity::Channel), affine(4, Granularity::Group, 16, false),
          affine(2, Granularity::Group, 20), affine(4, Granularity::Channel, 0, false)})
        for (const bool masked : {false, true})
            QTest::addRow("%s%s", describe(codec).c_str(), masked ? ", masked" : "")
                << codec << masked;
}

void TestInputScaling::awqSearchesTheGrid()
{
    QFETCH(Codec, codec);
    QFETCH(bool, masked);
    const std::int64_t out = 10, in = 70, tokens = 40;
    const at::Tensor values = randomTensor({out, in}, 4);
    at::Tensor inputs = unevenInputs(tokens, in, 5);
    inputs.select(1, 11).zero_();
    const at::Tensor mask = masked ? randomMask(out, in, 0.7) : at::Tensor();
    const Matrix x = asMatrix(inputs), w = asMatrix(values);
    std::vector<double> mean(in);
    for (const auto &token : x)
        for (std::size_t j = 0; j < token.size(); ++j)
            mean[j] += std::abs(token[j]) / static_cast<double>(tokens);
    double least = std::numeric_limits<double>::infinity(), alpha = 0;
    std::vector<double> scale(in), errors;
    Matrix expected;
    for (int trial = 0; trial <= 20; ++trial) {
        double low = std::numeric_limits<double>::infinity(), high = 0;
        for (const double m : mean)
            if (m > 0) {
                low = std::min(low, std::pow(m, trial / 20.0));
                high = std::max(high, std::pow(m, trial / 20.0));
            }
        std::vector<double> own;
        for (const double m : mean)
            own.push_back(m > 0 ? half(std::sqrt(low * high) / std::pow(m, trial / 20.0)) : 1);
        const Matrix rounded = roundedScaled(w, own, mask, codec);
        const double error = squaredDistance(rounded, w, x);
        errors.push_back(error);
        if (error < least) {
            least = error;
            alpha = trial / 20.0;
            scale = own;
            expected = rounded;
        }
    }
    const AwqResult found =
        awq(values, inputs.abs().mean(0), momentOf(inputs), {codec}, mask, silentProgress());
    QCOMPARE(found.alpha, alpha);
    QVERIFY(alpha > 0);
    const at::Tensor inputScale = found.factor.inputScale();
    for (std::int64_t j = 0; j < in; ++j) // the mean of float32 may round the other way
        QVERIFY(std::abs(inputScale[j].item<float>() - scale[j]) <= scale[j] / 1000);
    const double error = squaredDistance(asMatrix(found.factor.effectiveValues()), w, x);
    QVERIFY2(std::abs(error - least) <= 1e-2 * least,
             qPrintable(QString("%1 instead of %2").arg(error).arg(least)));
    QVERIFY(error < errors[0]);
    if (masked)
        QVERIFY(found.factor.values().masked_select(mask.logical_not()).eq(0).all().item<bool>());
}

void TestInputScaling::awqIsNoWorseThanRounding_data()
{
    QTest::addColumn<Codec>("codec");
    for (const int bits : {2, 3, 4, 8})
        for (const bool symmetric : {true, false})
            for (const auto granularity :
                 {Granularity::Tensor, Granularity::Channel, Granularity::Group}) {
                const Codec codec = affine(bits, granularity,
                                           granularity == Granularity::Group ? 32 : 0, symmetric);
                QTest::newRow(describe(codec).c_str()) << codec;
            }
}

void TestInputScaling::awqIsNoWorseThanRounding()
{
    QFETCH(Codec, codec);
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        const at::Tensor values = randomTensor({30, 100}, seed);
        // Even inputs as well, where no factor helps.
        const at::Tensor inputs =
            seed % 2 ? unevenInputs(150, 100, seed) : randomTensor({150, 100}, seed + 9, 1);
        const at::Tensor moment = momentOf(inputs);
        const double plain = outputError(values, Factor::encoded(values, codec).values(), moment);
        for (const Clip clip : {Clip::MinMax, Clip::Percentile, Clip::Mse}) {
            const AwqResult found =
                awq(values, inputs.abs().mean(0), moment, {codec, clip}, {}, silentProgress());
            const double error = outputError(values, found.factor.effectiveValues(), moment);
            QVERIFY2(error <= plain * (1 + 1e-12),
                     qPrintable(QString("%1 against %2").arg(error).arg(plain)));
            if (seed % 2 && bool(codec.bits < 8))
                QVERIFY(error < plain);
        }
    }
}

void TestInputScaling::awqClipsWhereItPays_data()
{
    QTest::addColumn<Codec>("codec");
    QTest::newRow("rows") << affine(2, Granularity::Channel);
    QTest::newRow("groups") << affine(2, Granularity::Group, 48, false);
    QTest::newRow("matrix") << affine(2, Granularity::Tensor);
}

void TestInputScaling::awqClipsWhereItPays()
{
    QFETCH(Codec, codec);
    const at::Tensor values = randomTensor({30, 100}, 2);
    const at::Tensor inputs = unevenInputs(150, 100, 3);
    const at::Tensor moment = momentOf(inputs), mean = inputs.abs().mean(0);
    const AwqResult plain = awq(values, mean, moment, {codec}, {}, silentProgress());
    const AwqResult clipped = awq(values, mean, moment, {codec, Clip::Mse}, {}, silentProgress());
    QCOMPARE(clipped.alpha, plain.alpha);
    QVERIFY(at::equal(clipped.factor.inputScale(), plain.factor.inputScale()));
    const auto errorsOf = [&](const AwqResult &result) {
        return squaredOutputs(result.factor.effectiveValues().sub(values), moment);
    };
    QVERIFY(errorsOf(clipped).sum().item<double>() < 0.97 * errorsOf(plain).sum().item<double>());
    if (codec.granularity != Granularity::Tensor)
        QVERIFY(errorsOf(clipped).le(errorsOf(plain).mul(1 + 1e-12)).all().item<bool>());
}

void TestInputScaling::awqWithoutSalience()
{
    // Inputs of equal size, and none at all, leave plain rounding, with scales of one.
    const at::Tensor values = randomTensor({12, 40}, 2);
    const Codec codec = affine(4, Granularity::Channel);
    for (const double size : {0.0, 0.7}) {
        const AwqResult found =
            awq(values, at::full({40}, size), at::eye(40, at::kDouble).mul(size), {codec}, {},
                silentProgress());
        QCOMPARE(found.alpha, 0.0);
        QVERIFY(found.factor.inputScale().eq(1).all().item<bool>());
        QVERIFY(at::equal(found.factor.values(), Factor::encoded(values, codec).values()));
    }
}

void TestInputScaling::awqRefuses()
{
    const at::Tensor values = randomTensor({8, 20}, 2);
    const at::Tensor mean = at::ones({20}), moment = at::eye(20, at::kDouble);
    CancelledProgress cancelled;
    const Codec codec = affine(4, Granularity::Channel);
    QVERIFY_EXCEPTION_THROWN(awq(values, mean, moment, {codec}, {}, cancelled), Cancelled);
    QVERIFY_EXCEPTION_THROWN(
        awq(values, mean, moment, {Codec{CodecKind::Float16}}, {}, silentProgress()), Error);
    QVERIFY_EXCEPTION_THROWN(awq(values, mean.mul(INFINITY), moment, {codec}, {}, silentProgress()),
                             Error);
    QVERIFY_EXCEPTION_THROWN(awq(values.mul(NAN), mean, moment, {codec}, {}, silentProgress()),
                             Error);
}

void TestInputScaling::smoothQuantMovesTheRange_data()
{
    QTest::addColumn<double>("alpha");
    QTest::addColumn<bool>("masked");
    for (const double alpha : {0.0, 0.3, 0.5, 0.75, 1.0})
        for (const bool masked : {false, true})
            QTest::addRow("%g%s", alpha, masked ? ", masked" : "") << alpha << masked;
}

void TestInputScaling::smoothQuantMovesTheRange()
{
    QFETCH(double, alpha);
    QFETCH(bool, masked);
    const at::Tensor values = randomTensor({9, 50}, 2);
    const at::Tensor inputs = unevenInputs(80, 50, 3);
    const at::Tensor mask = masked ? randomMask(9, 50, 0.7) : at::Tensor();
    const Matrix x = asMatrix(inputs), w = asMatrix(values);
    std::vector<double> scale;
    for (std::size_t j = 0; j < 50; ++j) {
        double largestInput = 0, largestWeight = 0;
        for (const auto &token : x)
            largestInput = std::max(largestInput, std::abs(token[j]));
        for (std::size_t i = 0; i < w.size(); ++i)
            if (!masked || mask[std::int64_t(i)][std::int64_t(j)].item<bool>())
                largestWeight = std::max(largestWeight, std::abs(w[i][j]));
        scale.push_back(half(std::pow(largestWeight, 1 - alpha) / std::pow(largestInput, alpha)));
    }
    SmoothQuantOptions options;
    options.alpha = alpha;
    const at::Tensor largest = inputs.abs().amax(0);
    const Factor found = smoothQuant(values, largest, options, mask);
    for (std::size_t j = 0; j < 50; ++j)
        QCOMPARE(double(found.inputScale()[std::int64_t(j)].item<float>()), scale[j]);
    const Matrix expected = roundedScaled(w, scale, mask, options.codec);
    QVERIFY(largestDifference(expected, found.effectiveValues()) < 1e-7);
    if (alpha == 0.5 && !masked) {
        // Inputs and weights of a channel now reach equally far.
        const at::Tensor smooth = largest.mul(found.inputScale().to(at::kFloat));
        const at::Tensor weights = values.div(found.inputScale().to(at::kFloat)).abs().amax(0);
        QVERIFY(at::allclose(smooth, weights, 2e-3));
        // Rounding the inputs per token to 8 bits costs less than before.
        const auto rounded = [](const at::Tensor &t) {
            const at::Tensor step = t.abs().amax(1, true).div(127);
            return t.div(step).round().mul(step);
        };
        const at::Tensor exact = at::matmul(inputs, values.t());
        const Factor plain = Factor::encoded(values, options.codec);
        const at::Tensor before = at::matmul(rounded(inputs), plain.values().t()).sub(exact);
        const at::Tensor after =
            at::matmul(rounded(inputs.mul(found.inputScale().to(at::kFloat))), found.values().t())
                .sub(exact);
        QVERIFY(after.norm().item<double>() < 0.7 * before.norm().item<double>());
    }
}

void TestInputScaling::smoothQuantGuardsZeros()
{
    at::Tensor values = randomTensor({9, 20}, 2);
    values.select(1, 4).zero_();
    at::Tensor largest = at::full({20}, 3.0);
    largest[7] = 0;
    at::Tensor mask = at::ones({9, 20}, at::kBool);
    mask.select(1, 9).zero_();
    const Factor found = smoothQuant(values, largest, {}, mask);
    for (const std::int64_t j : {4, 7, 9})
        QCOMPARE(found.inputScale()[j].item<float>(), 1.f);
    QVERIFY(found.inputScale()[0].item<float>() != 1.f);
    QVERIFY(relativeError(values.mul(mask), found.effectiveValues()) < 0.02);
}

void TestInputScaling::smoothQuantRefuses()
{
    const at::Tensor values = randomTensor({9, 20}, 2);
    const at::Tensor largest = at::full({20}, 3.0);
    QVERIFY_EXCEPTION_THROWN(smoothQuant(values, largest, {Codec{CodecKind::Binary}}), Error);
    QVERIFY_EXCEPTION_THROWN(smoothQuant(values, largest.mul(NAN), {}), Error);
    QVERIFY_EXCEPTION_THROWN(smoothQuant(values.mul(INFINITY), largest, {}), Error);
}

void TestInputScaling::outliersStayHalf_data()
{
    QTest::addColumn<bool>("masked");
    QTest::newRow("all kept") << false;
    QTest::newRow("masked") << true;
}

void TestInputScaling::outliersStayHalf()
{
    QFETCH(bool, masked);
    const at::Tensor values = randomTensor({9, 40}, 2);
    const at::Tensor mask = masked ? randomMask(9, 40, 0.6) : at::Tensor();
    at::Tensor largest = at::full({40}, 5.9);
    for (const std::int64_t column : {0, 13, 39})
        largest[column] = 6.0;
    const OutlierOptions options;
    const Weight weight = outlierColumns(values, largest, options, mask);
    const auto *columns = std::get_if<Columns>(&weight);
    QVERIFY(columns);
    QVERIFY(at::equal(columns->indices.to(at::kLong), at::where(largest.ge(6)).at(0)));
    QVERIFY(columns->chosen.codec() == Codec{CodecKind::Float16});
    QVERIFY(columns->rest.codec() == options.codec);
    const at::Tensor found = denseValues(weight);
    // Rows without the outliers, written out.
    const Matrix w = asMatrix(values);
    for (std::int64_t i = 0; i < 9; ++i) {
        std::vector<double> rest;
        std::vector<bool> kept;
        std::vector<std::int64_t> places;
        for (std::int64_t j = 0; j < 40; ++j) {
            const bool stays = !masked || mask[i][j].item<bool>();
            if (j == 0 || j == 13 || j == 39) {
                QCOMPARE(double(found[i][j].item<float>()), stays ? half(w[i][j]) : 0.0);
                continue;
            }
            rest.push_back(w[i][j]);
            kept.push_back(stays);
            places.push_back(j);
        }
        roundRow(rest, kept, options.codec);
        for (std::size_t k = 0; k < rest.size(); ++k)
            QVERIFY(std::abs(found[i][places[k]].item<float>() - rest[k]) < 1e-8);
    }
    std::int64_t bytes = 0;
    for (const StoredTensor &tensor : packed(weight, "w"))
        bytes += static_cast<std::int64_t>(tensor.data.nbytes());
    std::int64_t counted = 0;
    for (const auto &[part, size] : bytesByPart(weight))
        counted += size;
    QCOMPARE(bytes, counted);
}

void TestInputScaling::outlierThreshold()
{
    const at::Tensor values = randomTensor({9, 40}, 2);
    const at::Tensor largest = randomTensor({40}, 3, 3).abs();
    OutlierOptions options;
    options.threshold = 100;
    const Weight none = outlierColumns(values, largest, options);
    QVERIFY(std::get<Factor>(none).codec() == options.codec);
    QVERIFY(at::equal(denseValues(none), Factor::encoded(values, options.codec).values()));
    options.threshold = 0;
    const Weight all = outlierColumns(values, largest, options);
    QVERIFY(std::get<Factor>(all).codec() == Codec{CodecKind::Float16});
    options.threshold = 3;
    QCOMPARE(outlierIndices(largest, 3).numel(), largest.ge(3).sum().item<std::int64_t>());
    // The fewer columns are rounded, the nearer the matrix.
    double before = 1;
    for (const double threshold : {100.0, 4.0, 2.0, 0.5, 0.0}) {
        options.threshold = threshold;
        const double error =
            relativeError(values, denseValues(outlierColumns(values, largest, options)));
        QVERIFY(error <= before);
        before = error;
    }
    QVERIFY(before < 1e-3);
}

void TestInputScaling::scalesStayInRange()
{
    const at::Tensor factors = at::logspace(-12, 12, 40, 10, at::kDouble);
    const at::Tensor scale = inputScaleFor(factors).to(at::kDouble);
    for (std::int64_t i = 0; i < 40; ++i) {
        const double exact = 1 / factors[i].item<double>();
        const double expected = std::clamp(exact, std::ldexp(1.0, -14), std::ldexp(1.0, 15));
        QVERIFY(std::abs(scale[i].item<double>() - expected) <= expected / 2048);
    }
    for (const double bad : {0.0, -1.0, double(NAN), double(INFINITY)})
        QCOMPARE(inputScaleFor(at::full({1}, bad, at::kDouble))[0].item<float>(), 1.f);
}

QTEST_GUILESS_MAIN(TestInputScaling)
#include "tst_inputscaling.moc"

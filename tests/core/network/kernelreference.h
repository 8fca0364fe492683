// What the tests of the kernels share: values, error ceilings, plain loops in double precision.
#pragma once

#include "core/base/random.h"
#include "core/network/kernels/attention.h"
#include "core/network/kernels/norm.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace pare {

using Floats = std::vector<float>;
using Doubles = std::vector<double>;

// The largest error allowed, relative to max(1, |expected|), of values of about 1.
namespace ceiling {
constexpr double product = 3e-6;
constexpr double activation = 1e-6;
constexpr double attention = 1e-6;
constexpr double norm = 2e-6;
} // namespace ceiling

inline Floats randomFloats(std::int64_t count, std::uint64_t seed, double size = 1)
{
    Random random(seed);
    Floats values(static_cast<std::size_t>(count));
    std::generate(values.begin(), values.end(),
                  [&] { return static_cast<float>((2 * random.uniform() - 1) * size); });
    return values;
}

/// The largest error, or infinity where one of both is not a number.
inline double errorOf(const Floats &found, const Doubles &expected)
{
    if (found.size() != expected.size())
        return std::numeric_limits<double>::infinity();
    double largest = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
        const double error =
            std::abs(double(found[i]) - expected[i]) / std::max(1.0, std::abs(expected[i]));
        largest = error <= largest ? largest : error;
        if (!std::isfinite(error))
            return std::numeric_limits<double>::infinity();
    }
    return largest;
}

inline void verifyWithin(const Floats &found, const Doubles &expected, double allowed)
{
    const double error = errorOf(found, expected);
    QVERIFY2(error <= allowed, qPrintable(QString("error %1, allowed %2").arg(error).arg(allowed)));
}

inline AttentionArguments withStrides(AttentionArguments x)
{
    const std::int64_t width = x.heads * x.headWidth;
    x.keyLength = x.keyLength ? x.keyLength : x.length;
    x.stride = x.stride ? x.stride : width;
    x.keyStride = x.keyStride ? x.keyStride : x.stride;
    x.outStride = x.outStride ? x.outStride : width;
    return x;
}

inline Doubles attentionReference(AttentionArguments x)
{
    x = withStrides(x);
    Doubles out(static_cast<std::size_t>(x.batch * x.length * x.heads * x.headWidth));
    for (std::int64_t row = 0; row < x.batch * x.length * x.heads; ++row) {
        const std::int64_t head = row % x.heads;
        const std::int64_t token = row / x.heads;
        const std::int64_t position = token % x.length;
        const std::int64_t firstKey = token / x.length * x.keyLength;
        const std::int64_t visible =
            x.mask == AttentionMask::Causal ? std::min(position + 1, x.keyLength) : x.keyLength;
        const float *q = x.q + token * x.stride + head * x.headWidth;
        Doubles scores;
        for (std::int64_t key = 0; key < visible; ++key) {
            const float *k = x.k + (firstKey + key) * x.keyStride + head * x.headWidth;
            double score = 0;
            for (std::int64_t d = 0; d < x.headWidth; ++d)
                score += double(q[d]) * double(k[d]);
            scores.push_back(score * double(x.scale));
        }
        const double largest = *std::max_element(scores.begin(), scores.end());
        double total = 0;
        for (double &score : scores)
            total += score = std::exp(score - largest);
        for (std::int64_t key = 0; key < visible; ++key) {
            const float *v = x.v + (firstKey + key) * x.keyStride + head * x.headWidth;
            for (std::int64_t d = 0; d < x.headWidth; ++d)
                out[row * x.headWidth + d] += scores[key] / total * double(v[d]);
        }
    }
    return out;
}

inline Doubles normReference(const NormArguments &x)
{
    Doubles y;
    for (std::int64_t row = 0; row < x.tokens; ++row) {
        Doubles s;
        double mean = 0;
        for (std::int64_t i = row * x.width; i < (row + 1) * x.width; ++i) {
            s.push_back(double(x.x[i]) + (x.residual ? double(x.residual[i]) : 0));
            mean += s.back() / double(x.width);
        }
        double variance = 0;
        for (const double value : s)
            variance += (value - mean) * (value - mean) / double(x.width);
        for (std::int64_t i = 0; i < x.width; ++i)
            y.push_back((s[i] - mean) / std::sqrt(variance + x.norm.epsilon) *
                            double(x.norm.gamma[i]) +
                        double(x.norm.beta[i]));
    }
    return y;
}

} // namespace pare

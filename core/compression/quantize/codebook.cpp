#include "core/compression/quantize/codebook.h"

#include "core/base/error.h"
#include "core/compression/messages.h"
#include "core/tensors/torcherrors.h"
#include "core/weights/encoding.h"
#include "core/weights/slots.h"

#include <ATen/ops/empty.h>
#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <span>
#include <vector>

namespace pare {

namespace {

/// By digits of 11 bits, the lowest first: for many values several times faster than comparing.
void sortByDigits(std::vector<float> &values)
{
    constexpr int digitBits = 11;
    constexpr std::uint32_t sign = 0x80000000;
    std::vector<std::uint32_t> keys(values.size());
    std::vector<std::uint32_t> sorted(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        const auto bits = std::bit_cast<std::uint32_t>(values[i]);
        keys[i] = bits & sign ? ~bits : bits | sign; // ordered as the values are
    }
    for (int shift = 0; shift < 32; shift += digitBits) {
        const auto digit = [shift](std::uint32_t key) {
            return key >> shift & ((1u << digitBits) - 1);
        };
        std::array<std::size_t, (1u << digitBits) + 1> begins{};
        for (const std::uint32_t key : keys)
            ++begins[digit(key) + 1];
        for (std::size_t i = 1; i < begins.size(); ++i)
            begins[i] += begins[i - 1];
        for (const std::uint32_t key : keys)
            sorted[begins[digit(key)]++] = key;
        keys.swap(sorted);
    }
    for (std::size_t i = 0; i < values.size(); ++i)
        values[i] = std::bit_cast<float>(keys[i] & sign ? keys[i] ^ sign : ~keys[i]);
}

/// The weights of one slot, sorted, with what makes means and errors of stretches short.
class SortedWeights
{
public:
    explicit SortedWeights(std::vector<float> values)
        : m_values(std::move(values))
        , m_sums(m_values.size() + 1)
        , m_squares(m_values.size() + 1)
    {
        constexpr std::size_t many = 4096;
        if (m_values.size() < many)
            std::ranges::sort(m_values);
        else
            sortByDigits(m_values);
        for (std::size_t i = 0; i < m_values.size(); ++i) {
            const double x = m_values[i];
            m_sums[i + 1] = m_sums[i] + x;
            m_squares[i + 1] = m_squares[i] + x * x;
        }
    }

    std::size_t size() const { return m_values.size(); }
    double operator[](std::size_t i) const { return m_values[i]; }

    /// The first from `begin` on that is larger than `limit`.
    std::size_t endOf(double limit, std::size_t begin) const
    {
        const auto first = m_values.begin() + static_cast<std::ptrdiff_t>(begin);
        return static_cast<std::size_t>(std::upper_bound(first, m_values.end(), limit) -
                                        m_values.begin());
    }

    double mean(std::size_t begin, std::size_t end) const
    {
        return (m_sums[end] - m_sums[begin]) / static_cast<double>(end - begin);
    }

    /// Σ(x − mean)².
    double squaredError(std::size_t begin, std::size_t end) const
    {
        const double sum = m_sums[end] - m_sums[begin];
        return m_squares[end] - m_squares[begin] - sum * sum / static_cast<double>(end - begin);
    }

private:
    std::vector<float> m_values;
    std::vector<double> m_sums;    ///< of the first i
    std::vector<double> m_squares; ///< of the first i
};

/// Lloyd's algorithm on one slot.
class Clusters
{
public:
    Clusters(const SortedWeights &weights, std::size_t count)
        : m_weights(weights)
        , m_centres(count)
        , m_ends(count)
    {
        const double low = weights[0];
        const double step = (weights[weights.size() - 1] - low) / static_cast<double>(count - 1);
        for (std::size_t i = 0; i < count; ++i)
            m_centres[i] = low + step * static_cast<double>(i);
    }

    const std::vector<double> &settled()
    {
        constexpr int mostIterations = 1000;
        for (int i = 0; i < mostIterations && assign(); ++i) {
            takeMeans();
            moveEmpty();
            std::ranges::sort(m_centres);
        }
        return m_centres;
    }

private:
    std::size_t begin(std::size_t cluster) const { return cluster == 0 ? 0 : m_ends[cluster - 1]; }
    bool isEmpty(std::size_t cluster) const { return begin(cluster) == m_ends[cluster]; }

    /// Whether a weight has changed its cluster, or a value has moved to where none was.
    bool assign()
    {
        bool changed = m_moved;
        std::size_t from = 0;
        for (std::size_t i = 0; i < m_centres.size(); ++i) {
            const std::size_t end =
                i + 1 < m_centres.size()
                    ? m_weights.endOf((m_centres[i] + m_centres[i + 1]) / 2, from)
                    : m_weights.size();
            changed |= end != m_ends[i];
            m_ends[i] = from = end;
        }
        return changed;
    }

    void takeMeans()
    {
        for (std::size_t i = 0; i < m_centres.size(); ++i)
            if (!isEmpty(i))
                m_centres[i] = m_weights.mean(begin(i), m_ends[i]);
    }

    void moveEmpty()
    {
        m_moved = false;
        std::vector<bool> taken(m_centres.size());
        for (std::size_t i = 0; i < m_centres.size(); ++i) {
            if (!isEmpty(i))
                continue;
            const std::size_t from = worst(taken);
            if (from == m_centres.size())
                return;
            taken[from] = m_moved = true;
            const double low = m_weights[begin(from)];
            const double high = m_weights[m_ends[from] - 1];
            // Of two weights both are as far away, whatever the rounding of their mean.
            constexpr double nearlyOne = 1 - 1e-6;
            m_centres[i] =
                m_centres[from] - low >= nearlyOne * (high - m_centres[from]) ? low : high;
        }
    }

    /// The cluster of different weights with the largest error that is not taken; their number where
    /// there is none.
    std::size_t worst(const std::vector<bool> &taken) const
    {
        std::size_t found = m_centres.size();
        double most = 0;
        for (std::size_t i = 0; i < m_centres.size(); ++i) {
            if (taken[i] || isEmpty(i) || m_weights[begin(i)] == m_weights[m_ends[i] - 1])
                continue;
            const double error = m_weights.squaredError(begin(i), m_ends[i]);
            if (found == m_centres.size() || error > most) {
                found = i;
                most = error;
            }
        }
        return found;
    }

    const SortedWeights &m_weights;
    std::vector<double> m_centres;   ///< ascending between iterations
    std::vector<std::size_t> m_ends; ///< of the stretches of weights nearest to them
    bool m_moved = false;
};

void chooseValues(const float *x, const bool *mask, const Slots &slots, std::int64_t segment,
                  std::int64_t rows, std::span<float> codebook)
{
    std::vector<float> kept;
    for (std::int64_t row = 0; row < rows; ++row) {
        const std::int64_t first = row * slots.columns;
        for (std::int64_t i = first + slots.begin(segment); i < first + slots.end(segment); ++i)
            if (!mask || mask[i])
                kept.push_back(x[i]);
    }
    std::ranges::fill(codebook, 0.0f);
    if (kept.empty())
        return;
    const SortedWeights weights(std::move(kept));
    Clusters clusters(weights, codebook.size());
    std::ranges::transform(clusters.settled(), codebook.begin(),
                           [](double centre) { return static_cast<float>(centre); });
}

} // namespace

at::Tensor kMeansCodebook(const at::Tensor &values, const Codec &codec, const at::Tensor &mask)
{
    checkCodec(codec);
    if (codec.kind != CodecKind::Codebook)
        throw Error(ErrorKind::InvalidSetting, messages::codecNotCodebook, describe(codec));
    assert(values.dim() == 2 && values.scalar_type() == at::kFloat);
    return translatingTorchErrors([&] {
        const at::Tensor matrix = values.contiguous();
        const at::Tensor kept = mask.defined() ? mask.contiguous() : mask;
        largestMagnitude(kept.defined() ? matrix.masked_fill(kept.logical_not(), 0) : matrix);
        const Slots slots(matrix.size(0), matrix.size(1), codec);
        const auto size = static_cast<std::size_t>(codec.codebookSize);
        at::Tensor codebook = at::empty({slots.count(), codec.codebookSize}, at::kFloat);
        const float *x = matrix.data_ptr<float>();
        const bool *keeps = kept.defined() ? kept.data_ptr<bool>() : nullptr;
        float *target = codebook.data_ptr<float>();
        if (slots.whole) {
            chooseValues(x, keeps, slots, 0, slots.rows, {target, size});
            return codebook;
        }
        forRowBlocks(slots, [&](std::int64_t first, std::int64_t end) {
            for (std::int64_t row = first; row < end; ++row)
                for (std::int64_t s = 0; s < slots.segments; ++s)
                    chooseValues(x + row * slots.columns,
                                 keeps ? keeps + row * slots.columns : nullptr, slots, s, 1,
                                 {target + slots.slot(row, s) * size, size});
        });
        return codebook;
    });
}

Factor kMeans(const at::Tensor &values, const Codec &codec, const at::Tensor &mask)
{
    return Factor::encodedWithCodebook(values, codec, kMeansCodebook(values, codec, mask), mask);
}

} // namespace pare

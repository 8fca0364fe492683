#include "core/network/compositelinear.h"

#include "core/network/kernels/vectorcode.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <algorithm>
#include <string>
#include <utility>

namespace pare {

namespace {

/// Values between the two parts at a time: they stay in the caches.
constexpr std::int64_t valuesBetween = 1 << 18;
/// Values below which one thread is done before a second has started.
constexpr std::int64_t smallestParallelWork = 16'384;

std::string bothNames(const LinearKernel &first, const LinearKernel &second)
{
    std::string name(first.name());
    if (second.name() != first.name())
        name.append(" and ").append(second.name());
    return name;
}

/// work(firstRow, endRow) in parallel.
template <class Work>
void forRows(std::int64_t rows, std::int64_t width, const Work &work)
{
    const std::int64_t grain =
        std::max<std::int64_t>(1, smallestParallelWork / std::max<std::int64_t>(1, width));
    at::parallel_for(0, rows, grain, work);
}

/// y[tokens, out] = epilogue(y + bias).
void finish(const LinearEnd &end, float *y, std::int64_t tokens, std::int64_t out)
{
    if (end.bias.defined()) {
        const float *bias = end.bias.data_ptr<float>();
        forRows(tokens, out, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t row = first; row < last; ++row)
                vectorCode().add(y + row * out, bias, out);
        });
    }
    activate(end.epilogue, y, tokens * out);
}

class ProductKernel final : public LinearKernel
{
public:
    ProductKernel(std::unique_ptr<LinearKernel> left, std::unique_ptr<LinearKernel> right,
                  std::int64_t rank)
        : m_left(std::move(left))
        , m_right(std::move(right))
        , m_rank(rank)
        , m_name(bothNames(*m_right, *m_left))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        const at::Tensor inner = at::empty({tokens, m_rank}, at::kFloat);
        m_right->run(x, inner.data_ptr<float>(), tokens);
        m_left->run(inner.data_ptr<float>(), y, tokens);
    }
    std::string_view name() const override { return m_name; }
    std::int64_t bytes() const override { return m_left->bytes() + m_right->bytes(); }

private:
    std::unique_ptr<LinearKernel> m_left;
    std::unique_ptr<LinearKernel> m_right;
    std::int64_t m_rank;
    std::string m_name;
};

/// to[matrices, columns, rows] = the transposes of from[matrices, rows, columns].
void transpose(const float *from, float *to, std::int64_t matrices, LinearShape size)
{
    const auto [rows, columns] = size;
    forRows(matrices, rows * columns, [&](std::int64_t first, std::int64_t last) {
        for (std::int64_t matrix = first; matrix < last; ++matrix) {
            const float *source = from + matrix * rows * columns;
            float *target = to + matrix * rows * columns;
            for (std::int64_t column = 0; column < columns; ++column) {
                for (std::int64_t row = 0; row < rows; ++row)
                    *target++ = source[row * columns + column];
            }
        }
    });
}

class KroneckerKernel final : public LinearKernel
{
public:
    KroneckerKernel(std::unique_ptr<LinearKernel> a, LinearShape sizeA,
                    std::unique_ptr<LinearKernel> b, LinearShape sizeB, LinearEnd end)
        : m_a(std::move(a))
        , m_b(std::move(b))
        , m_m(sizeA.out)
        , m_n(sizeA.in)
        , m_p(sizeB.out)
        , m_q(sizeB.in)
        , m_end(std::move(end))
        , m_startsWithB(m_n * m_p * (m_q + m_m) <= m_m * m_q * (m_n + m_p))
        , m_name(m_startsWithB ? bothNames(*m_b, *m_a) : bothNames(*m_a, *m_b))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        const std::int64_t width = std::max(m_n, m_m) * std::max(m_p, m_q);
        const std::int64_t atOnce = std::max<std::int64_t>(1, valuesBetween / width);
        const at::Tensor scratch = at::empty({2, std::min(atOnce, tokens), width}, at::kFloat);
        float *one = scratch.data_ptr<float>();
        float *other = one + scratch.stride(0);
        for (std::int64_t begin = 0; begin < tokens; begin += atOnce) {
            const std::int64_t count = std::min(atOnce, tokens - begin);
            const float *in = x + begin * m_n * m_q;
            float *out = y + begin * m_m * m_p;
            if (m_startsWithB) {
                m_b->run(in, one, count * m_n);
                transpose(one, other, count, {m_n, m_p});
                m_a->run(other, one, count * m_p);
                transpose(one, out, count, {m_p, m_m});
            } else {
                transpose(in, one, count, {m_n, m_q});
                m_a->run(one, other, count * m_q);
                transpose(other, one, count, {m_q, m_m});
                m_b->run(one, out, count * m_m);
            }
        }
        finish(m_end, y, tokens, m_m * m_p);
    }
    std::string_view name() const override { return m_name; }
    std::int64_t bytes() const override { return m_a->bytes() + m_b->bytes(); }

private:
    std::unique_ptr<LinearKernel> m_a;
    std::unique_ptr<LinearKernel> m_b;
    std::int64_t m_m;
    std::int64_t m_n;
    std::int64_t m_p;
    std::int64_t m_q;
    LinearEnd m_end;
    bool m_startsWithB;
    std::string m_name;
};

class ColumnsKernel final : public LinearKernel
{
public:
    ColumnsKernel(ColumnsPart first, ColumnsPart second, LinearShape shape, LinearEnd end)
        : m_first(std::move(first))
        , m_second(std::move(second))
        , m_shape(shape)
        , m_end(std::move(end))
        , m_name(bothNames(*m_first.kernel, *m_second.kernel))
    {}

    void run(const float *x, float *y, std::int64_t tokens) const override
    {
        multiply(m_first, x, y, tokens);
        const at::Tensor sums = at::empty({tokens, m_shape.out}, at::kFloat);
        float *more = sums.data_ptr<float>();
        multiply(m_second, x, more, tokens);
        const std::int64_t out = m_shape.out;
        forRows(tokens, out, [&](std::int64_t begin, std::int64_t end) {
            vectorCode().add(y + begin * out, more + begin * out, (end - begin) * out);
        });
        finish(m_end, y, tokens, out);
    }
    std::string_view name() const override { return m_name; }
    std::int64_t bytes() const override
    {
        return m_first.kernel->bytes() + m_second.kernel->bytes();
    }

private:
    void multiply(const ColumnsPart &part, const float *x, float *y, std::int64_t tokens) const
    {
        const std::int64_t width = part.columns.numel();
        const at::Tensor taken = at::empty({tokens, width}, at::kFloat);
        const std::int64_t *columns = part.columns.data_ptr<std::int64_t>();
        float *to = taken.data_ptr<float>();
        forRows(tokens, width, [&](std::int64_t first, std::int64_t last) {
            for (std::int64_t row = first; row < last; ++row) {
                for (std::int64_t i = 0; i < width; ++i)
                    to[row * width + i] = x[row * m_shape.in + columns[i]];
            }
        });
        part.kernel->run(to, y, tokens);
    }

    ColumnsPart m_first;
    ColumnsPart m_second;
    LinearShape m_shape;
    LinearEnd m_end;
    std::string m_name;
};

} // namespace

std::unique_ptr<LinearKernel> makeProductKernel(std::unique_ptr<LinearKernel> left,
                                                std::unique_ptr<LinearKernel> right,
                                                std::int64_t rank)
{
    return std::make_unique<ProductKernel>(std::move(left), std::move(right), rank);
}

std::unique_ptr<LinearKernel> makeKroneckerKernel(std::unique_ptr<LinearKernel> a,
                                                  LinearShape sizeA,
                                                  std::unique_ptr<LinearKernel> b,
                                                  LinearShape sizeB, LinearEnd end)
{
    return std::make_unique<KroneckerKernel>(std::move(a), sizeA, std::move(b), sizeB,
                                             std::move(end));
}

std::unique_ptr<LinearKernel> makeColumnsKernel(ColumnsPart first, ColumnsPart second,
                                                LinearShape shape, LinearEnd end)
{
    return std::make_unique<ColumnsKernel>(std::move(first), std::move(second), shape,
                                           std::move(end));
}

} // namespace pare

#include "core/network/linearfunction.h"

#include "core/network/kernels/gemm.h"
#include "core/network/kernels/tileproduct.h"
#include "core/network/trainingcode.h"
#include "core/network/trainingthreads.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/zeros.h>
#include <algorithm>
#include <c10/core/GradMode.h>
#include <cassert>
#include <span>
#include <torch/csrc/autograd/custom_function.h>
#include <vector>

namespace pare {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

at::Tensor columnSums(const at::Tensor &x)
{
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    const int threads = threadsFor(rows, grainOf(width));
    at::Tensor sums = at::zeros({threads, width}, at::kFloat);
    const auto *from = x.data_ptr<float>();
    auto *to = sums.data_ptr<float>();
    parallelParts(threads, rows, [&](int part, std::int64_t first, std::int64_t last) {
        trainingCode().sumRows(from, width, first, last, to + part * width);
    });
    for (int part = 1; part < threads; ++part)
        trainingCode().add(to, to + part * width, width);
    return sums.select(0, 0);
}

/// Operands of products as they are.
struct Float32Operands
{
    static at::Tensor rows(const at::Tensor &x) { return x; }
    static at::Tensor weight(const at::Tensor &weight) { return weight; }
    static at::Tensor output(std::int64_t rows, std::int64_t width)
    {
        return at::empty({rows, width}, at::kFloat);
    }
    static const float *data(const at::Tensor &operand) { return operand.data_ptr<float>(); }
    using Arguments = GemmArguments;
};

std::uint16_t *halvesOf(const at::Tensor &tensor)
{
    return static_cast<std::uint16_t *>(tensor.data_ptr());
}

/// Operands rounded to bfloat16. oneDNN generates code for every number of rows, which takes longer than the
/// product itself, and splits numbers with a large prime factor badly: 29 * 32 rows take three times as long
/// as 30 * 32. So batches are filled up with rows of zeros to whole blocks, for which neither is so.
struct BFloat16Operands
{
    static std::int64_t wholeBlocks(std::int64_t rows)
    {
        constexpr std::int64_t blockRows = 64;
        return (rows + blockRows - 1) / blockRows * blockRows;
    }

    /// The rows of x, then zeros up to whole blocks.
    static at::Tensor rows(const at::Tensor &x)
    {
        at::Tensor halves = at::empty({wholeBlocks(x.size(0)), x.size(1)}, at::kBFloat16);
        std::uint16_t *to = halvesOf(halves);
        roundToBFloat16(x.data_ptr<float>(), to, x.numel());
        std::fill(to + x.numel(), to + halves.numel(), std::uint16_t{0});
        return halves;
    }

    static at::Tensor weight(const at::Tensor &weight)
    {
        at::Tensor halves = at::empty(weight.sizes(), at::kBFloat16);
        roundToBFloat16(weight.data_ptr<float>(), halvesOf(halves), weight.numel());
        return halves;
    }

    /// Memory for `rows` rows, of which whole blocks are written.
    static at::Tensor output(std::int64_t rows, std::int64_t width)
    {
        return at::empty({wholeBlocks(rows), width}, at::kFloat).narrow(0, 0, rows);
    }

    static const std::uint16_t *data(const at::Tensor &operand) { return halvesOf(operand); }
    using Arguments = BFloat16GemmArguments;
};

/// Keeps its operands for the way back.
template <class Operands>
struct LinearFunction : torch::autograd::Function<LinearFunction<Operands>>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &weight, const at::Tensor &bias)
    {
        const at::Tensor rows = Operands::rows(x);
        const at::Tensor columns = Operands::weight(weight);
        context->save_for_backward({rows, columns});
        context->saved_data["bias"] = bias.numel() > 0;
        at::Tensor y = Operands::output(x.size(0), weight.size(0));
        typename Operands::Arguments product = argumentsOf(rows, columns, y);
        product.m = rows.size(0);
        product.n = weight.size(0);
        product.k = weight.size(1);
        product.transpositionB = Transposition::Transposed;
        product.bias = bias.numel() > 0 ? bias.data_ptr<float>() : nullptr;
        gemm(product);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dy = gradients[0].contiguous();
        const at::Tensor rows = Operands::rows(dy);
        at::Tensor dx;
        at::Tensor dweight;
        at::Tensor dbias;
        if (context->needs_input_grad(0))
            dx = gradientOfInput(rows, saved[1], dy.size(0));
        if (context->needs_input_grad(1))
            dweight = gradientOfWeight(rows, saved[0]);
        if (context->saved_data["bias"].toBool())
            dbias = columnSums(dy);
        return {dx, dweight, dbias};
    }

private:
    static typename Operands::Arguments argumentsOf(const at::Tensor &a, const at::Tensor &b,
                                                    const at::Tensor &c)
    {
        typename Operands::Arguments product;
        product.a = Operands::data(a);
        product.b = Operands::data(b);
        product.c = c.data_ptr<float>();
        return product;
    }

    static at::Tensor gradientOfInput(const at::Tensor &dy, const at::Tensor &weight,
                                      std::int64_t rows)
    {
        at::Tensor dx = Operands::output(rows, weight.size(1));
        typename Operands::Arguments product = argumentsOf(dy, weight, dx);
        product.m = dy.size(0);
        product.n = weight.size(1);
        product.k = weight.size(0);
        gemm(product);
        return dx;
    }

    static at::Tensor gradientOfWeight(const at::Tensor &dy, const at::Tensor &x)
    {
        at::Tensor dweight = at::empty({dy.size(1), x.size(1)}, at::kFloat);
        typename Operands::Arguments product = argumentsOf(dy, x, dweight);
        product.m = dy.size(1);
        product.n = x.size(1);
        product.k = x.size(0);
        product.transpositionA = Transposition::Transposed;
        gemm(product);
        return dweight;
    }
};

/// One below the other; undefined where there are none.
at::Tensor joined(const std::vector<at::Tensor> &parts)
{
    if (parts.empty())
        return {};
    return parts.size() == 1 ? parts.front() : at::cat(parts);
}

/// Whether backward() will be asked for the gradients of weights and biases.
enum class Backward { Wanted, Unwanted };

/// Of products by tiles: a matrix, or several of one shape one below the other.
class Rows
{
public:
    explicit Rows(std::span<const at::Tensor> parts)
        : m_rows(parts.front().size(0))
        , m_width(parts.front().size(1))
    {
        for (const at::Tensor &part : parts)
            m_parts.push_back(part.data_ptr<float>());
    }
    explicit Rows(const at::Tensor &matrix)
        : Rows(std::span(&matrix, 1))
    {}

    at::Tensor packed(TileSide side, DepthPlace depth) const
    {
        const TileSource source{m_parts, m_rows, m_width, m_width, depth};
        at::Tensor tiles = at::empty({packedTiles(source.outer(), source.depths())}, at::kBFloat16);
        packTiles(side, source, halvesOf(tiles));
        return tiles;
    }

private:
    std::vector<const float *> m_parts;
    std::int64_t m_rows;
    std::int64_t m_width;
};

at::Tensor tileProduct(const at::Tensor &left, const at::Tensor &right, std::int64_t depth,
                       const std::vector<std::int64_t> &shape, const at::Tensor &bias = {})
{
    at::Tensor c = at::empty(shape, at::kFloat);
    TileProduct product;
    product.left = halvesOf(left);
    product.right = halvesOf(right);
    product.c = c.data_ptr<float>();
    product.m = shape[0];
    product.n = product.strideC = shape[1];
    product.k = depth;
    product.bias = bias.defined() ? bias.data_ptr<float>() : nullptr;
    multiplyTiles(product);
    return c;
}

// Functions of autograd take a fixed number of tensors, none of them undefined: a place without a
// layer holds an empty tensor.
constexpr std::size_t mostLayers = 3;

/// Keeps x as the right side of the product that is the gradient of the weights.
struct TileLinearFunction : torch::autograd::Function<TileLinearFunction>
{
    static at::Tensor forward(AutogradContext *context, Backward backward, const at::Tensor &x,
                              const at::Tensor &weight0, const at::Tensor &weight1,
                              const at::Tensor &weight2, const at::Tensor &bias0,
                              const at::Tensor &bias1, const at::Tensor &bias2)
    {
        const auto given = [](std::initializer_list<at::Tensor> tensors) {
            std::vector<at::Tensor> result(tensors);
            std::erase_if(result, [](const at::Tensor &tensor) { return tensor.numel() == 0; });
            return result;
        };
        const std::vector<at::Tensor> weights = given({weight0, weight1, weight2});
        const std::vector<at::Tensor> biases = given({bias0, bias1, bias2});
        std::vector<at::Tensor> saved = weights;
        if (backward == Backward::Wanted)
            saved.push_back(Rows(x).packed(TileSide::Right, DepthPlace::AcrossRows));
        context->save_for_backward(saved);
        context->saved_data["biases"] = static_cast<std::int64_t>(biases.size());
        context->saved_data["wanted"] = backward == Backward::Wanted;
        const auto layers = static_cast<std::int64_t>(weights.size());
        return tileProduct(Rows(x).packed(TileSide::Left, DepthPlace::AlongRows),
                           Rows(weights).packed(TileSide::Right, DepthPlace::AlongRows), x.size(1),
                           {x.size(0), layers * weights.front().size(0)}, joined(biases));
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const bool isWanted = context->saved_data["wanted"].toBool();
        const std::span<const at::Tensor> weights(saved.data(), saved.size() - (isWanted ? 1 : 0));
        const at::Tensor dy = gradients[0].contiguous();
        const std::int64_t tokens = dy.size(0), width = weights.front().size(1);
        variable_list result(2 + 2 * mostLayers); // of backward, x, weights, biases
        if (context->needs_input_grad(0))
            result[1] = tileProduct(Rows(dy).packed(TileSide::Left, DepthPlace::AlongRows),
                                    Rows(weights).packed(TileSide::Right, DepthPlace::AcrossRows),
                                    dy.size(1), {tokens, width});
        if (!isWanted)
            return result;
        const at::Tensor dweights =
            tileProduct(Rows(dy).packed(TileSide::Left, DepthPlace::AcrossRows), saved.back(),
                        tokens, {dy.size(1), width});
        const bool hasBiases = context->saved_data["biases"].toInt() > 0;
        const at::Tensor sums = hasBiases ? columnSums(dy) : at::Tensor();
        const std::int64_t out = weights.front().size(0);
        for (std::size_t i = 0; i < weights.size(); ++i) {
            const std::int64_t first = static_cast<std::int64_t>(i) * out;
            result[2 + i] = dweights.narrow(0, first, out);
            if (hasBiases)
                result[2 + mostLayers + i] = sums.narrow(0, first, out);
        }
        return result;
    }
};

bool wantsGradient(const at::Tensor &tensor)
{
    return tensor.defined() && tensor.requires_grad();
}

} // namespace

at::Tensor trainedLinears(const at::Tensor &x, const std::vector<at::Tensor> &weights,
                          const std::vector<at::Tensor> &biases, TrainingPrecision precision)
{
    assert(weights.size() <= mostLayers);
    const at::Tensor none = at::empty({0}, at::kFloat);
    if (precision == TrainingPrecision::BFloat16 && trainsWithTiles()) {
        const bool wanted =
            c10::GradMode::is_enabled() && (std::ranges::any_of(weights, wantsGradient) ||
                                            std::ranges::any_of(biases, wantsGradient));
        const auto given = [&none](const std::vector<at::Tensor> &tensors, std::size_t i) {
            return i < tensors.size() && tensors[i].defined() ? tensors[i] : none;
        };
        return TileLinearFunction::apply(wanted ? Backward::Wanted : Backward::Unwanted, x,
                                         weights[0], given(weights, 1), given(weights, 2),
                                         given(biases, 0), given(biases, 1), given(biases, 2));
    }
    const bool hasBiases = !biases.empty() && biases.front().defined();
    const at::Tensor bias = hasBiases ? joined(biases) : none;
    if (precision == TrainingPrecision::BFloat16)
        return LinearFunction<BFloat16Operands>::apply(x, joined(weights), bias);
    return LinearFunction<Float32Operands>::apply(x, joined(weights), bias);
}

at::Tensor trainedLinear(const at::Tensor &x, const at::Tensor &weight, const at::Tensor &bias,
                         TrainingPrecision precision)
{
    return trainedLinears(x, {weight}, {bias}, precision);
}

} // namespace pare

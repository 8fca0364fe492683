#include "core/network/trainableoperations.h"

#include "core/network/trainingthreads.h"

#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/scalar_tensor.h>
#include <ATen/ops/zeros.h>
#include <ATen/ops/zeros_like.h>
#include <bit>
#include <cmath>
#include <torch/csrc/autograd/custom_function.h>

namespace pare {

namespace {

using torch::autograd::AutogradContext;
using torch::autograd::variable_list;

void saveDropout(AutogradContext *context, const Dropout &dropout)
{
    context->saved_data["key"] = std::bit_cast<std::int64_t>(dropout.key);
    context->saved_data["probability"] = static_cast<double>(dropout.probability);
}

Dropout savedDropout(AutogradContext *context)
{
    return {std::bit_cast<std::uint64_t>(context->saved_data["key"].toInt()),
            static_cast<float>(context->saved_data["probability"].toDouble())};
}

/// One head of one sequence of the batch.
struct HeadTask
{
    std::int64_t token = 0;
    std::int64_t length = 0;
    std::int64_t head = 0;
    std::int64_t probability = 0; ///< offset of its probabilities
    std::int64_t row = 0;         ///< number of its first row among all rows of probabilities
};

/// The task with the number `index`; groups are few, so they are simply walked through.
HeadTask headTask(const std::vector<PackedBatch::Group> &groups, std::int64_t heads,
                  std::int64_t index)
{
    HeadTask task;
    for (const PackedBatch::Group &group : groups) {
        const std::int64_t count = group.sequences * heads;
        if (index < count) {
            task.token = group.firstToken + index / heads * group.length;
            task.length = group.length;
            task.head = index % heads;
            task.probability += index * group.length * group.length;
            task.row += index * group.length;
            break;
        }
        index -= count;
        task.probability += count * group.length * group.length;
        task.row += count * group.length;
    }
    return task;
}

struct AttentionSize
{
    std::int64_t tasks = 0;
    std::int64_t probabilities = 0;
    std::int64_t longest = 0;
};

AttentionSize sizeOf(const std::vector<PackedBatch::Group> &groups, std::int64_t heads)
{
    AttentionSize size;
    for (const PackedBatch::Group &group : groups) {
        size.tasks += group.sequences * heads;
        size.probabilities += group.sequences * heads * group.length * group.length;
        size.longest = std::max(size.longest, group.length);
    }
    return size;
}

/// Calls work(head, task) for every head of every sequence, each thread with scratch of its own.
/// Tasks are dealt out in small pieces because those of long sequences take longer.
template <class Work>
void eachHead(const at::Tensor &queryKeyValue, const at::Tensor &probabilities,
              const std::vector<PackedBatch::Group> &groups, const AttentionShape &shape,
              const Dropout &dropout, const Work &work)
{
    const AttentionSize size = sizeOf(groups, shape.heads);
    const TrainingCode &code = trainingCode();
    const int threads = threadsFor(size.tasks, 4);
    const std::int64_t each =
        (code.trainedHeadScratch(size.longest, shape.headWidth) + 15) / 16 * 16;
    const at::Tensor scratch = at::empty({threads * each}, at::kFloat);
    const auto *rows = queryKeyValue.data_ptr<float>();
    auto *weights = probabilities.data_ptr<float>();
    auto *memory = scratch.data_ptr<float>();
    const std::int64_t width = shape.heads * shape.headWidth;
    constexpr std::int64_t piece = 16;
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (std::int64_t first = 0; first < size.tasks; first += piece) {
        for (std::int64_t index = first; index < std::min(first + piece, size.tasks); ++index) {
            const HeadTask task = headTask(groups, shape.heads, index);
            TrainedHead head;
            head.q = rows + task.token * 3 * width + task.head * shape.headWidth;
            head.k = head.q + width;
            head.v = head.k + width;
            head.stride = 3 * width;
            head.contextStride = width;
            head.length = task.length;
            head.headWidth = shape.headWidth;
            head.scale = 1.0F / std::sqrt(static_cast<float>(shape.headWidth));
            head.causal = shape.causal;
            head.probabilities = weights + task.probability;
            head.dropout = dropout;
            head.firstRow = task.row;
            head.scratch = memory + omp_get_thread_num() * each;
            work(head, task);
        }
    }
}

struct AttentionFunction : torch::autograd::Function<AttentionFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &queryKeyValue,
                              const std::vector<PackedBatch::Group> &groups,
                              const AttentionShape &shape, const Dropout &dropout)
    {
        const std::int64_t width = shape.heads * shape.headWidth;
        const at::Tensor probabilities =
            at::empty({sizeOf(groups, shape.heads).probabilities}, at::kFloat);
        at::Tensor y = at::empty({queryKeyValue.size(0), width}, at::kFloat);
        auto *to = y.data_ptr<float>();
        eachHead(queryKeyValue, probabilities, groups, shape, dropout,
                 [&](const TrainedHead &head, const HeadTask &task) {
                     trainingCode().attendForward(head, to + task.token * width +
                                                            task.head * shape.headWidth);
                 });
        context->save_for_backward({queryKeyValue, probabilities});
        std::vector<std::int64_t> flat{shape.heads, shape.headWidth, shape.causal};
        for (const PackedBatch::Group &group : groups)
            flat.insert(flat.end(), {group.firstToken, group.sequences, group.length});
        context->saved_data["shape"] = flat;
        saveDropout(context, dropout);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dy = gradients[0].contiguous();
        const std::vector<std::int64_t> flat = context->saved_data["shape"].toIntVector();
        const AttentionShape shape{flat[0], flat[1], flat[2] != 0};
        std::vector<PackedBatch::Group> groups;
        for (std::size_t i = 3; i < flat.size(); i += 3)
            groups.push_back({flat[i], flat[i + 1], flat[i + 2]});
        const std::int64_t width = shape.heads * shape.headWidth;
        at::Tensor dx = at::empty_like(saved[0]);
        const auto *from = dy.data_ptr<float>();
        auto *to = dx.data_ptr<float>();
        eachHead(saved[0], saved[1], groups, shape, savedDropout(context),
                 [&](const TrainedHead &head, const HeadTask &task) {
                     float *dq = to + task.token * 3 * width + task.head * shape.headWidth;
                     trainingCode().attendBackward(
                         head, from + task.token * width + task.head * shape.headWidth, dq,
                         dq + width, dq + 2 * width);
                 });
        return {dx, {}, {}, {}};
    }
};

struct NormFunction : torch::autograd::Function<NormFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x,
                              const at::Tensor &residual, const at::Tensor &gamma,
                              const at::Tensor &beta, double epsilon, const Dropout &dropout)
    {
        const std::int64_t rows = x.size(0);
        at::Tensor y = at::empty_like(x);
        const at::Tensor normalized = at::empty_like(x);
        const at::Tensor factors = at::empty({rows}, at::kFloat);
        TrainedNorm norm;
        norm.x = x.data_ptr<float>();
        norm.residual = residual.numel() > 0 ? residual.data_ptr<float>() : nullptr;
        norm.gamma = gamma.data_ptr<float>();
        norm.beta = beta.data_ptr<float>();
        norm.y = y.data_ptr<float>();
        norm.normalized = normalized.data_ptr<float>();
        norm.factors = factors.data_ptr<float>();
        norm.width = x.size(1);
        norm.epsilon = epsilon;
        norm.dropout = dropout;
        parallelParts(threadsFor(rows, grainOf(norm.width)), rows,
                      [&](int, std::int64_t first, std::int64_t last) {
                          trainingCode().normForward(norm, first, last);
                      });
        context->save_for_backward({normalized, factors, gamma});
        context->saved_data["residual"] = residual.numel() > 0;
        saveDropout(context, dropout);
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const variable_list saved = context->get_saved_variables();
        const at::Tensor dy = gradients[0].contiguous();
        const std::int64_t rows = dy.size(0);
        const std::int64_t width = dy.size(1);
        const int threads = threadsFor(rows, grainOf(width));
        at::Tensor dx = at::empty_like(dy);
        at::Tensor dresidual =
            context->saved_data["residual"].toBool() ? at::empty_like(dy) : at::Tensor();
        at::Tensor sums = at::zeros({threads, 2 * width}, at::kFloat);
        auto *sum = sums.data_ptr<float>();
        TrainedNormGradient norm;
        norm.dy = dy.data_ptr<float>();
        norm.normalized = saved[0].data_ptr<float>();
        norm.factors = saved[1].data_ptr<float>();
        norm.gamma = saved[2].data_ptr<float>();
        norm.dx = dx.data_ptr<float>();
        norm.dresidual = dresidual.defined() ? dresidual.data_ptr<float>() : nullptr;
        norm.width = width;
        norm.dropout = savedDropout(context);
        parallelParts(threads, rows, [&](int part, std::int64_t first, std::int64_t last) {
            TrainedNormGradient mine = norm;
            mine.dgamma = sum + part * 2 * width;
            mine.dbeta = mine.dgamma + width;
            trainingCode().normBackward(mine, first, last);
        });
        for (int part = 1; part < threads; ++part)
            trainingCode().add(sum, sum + part * 2 * width, 2 * width);
        const at::Tensor total = sums.select(0, 0);
        return {dx, dresidual, total.narrow(0, 0, width), total.narrow(0, width, width), {}, {}};
    }
};

at::Tensor dropped(const at::Tensor &x, const Dropout &dropout)
{
    at::Tensor y = at::empty_like(x);
    const std::int64_t rows = x.size(0);
    const std::int64_t width = x.size(1);
    const auto *from = x.data_ptr<float>();
    auto *to = y.data_ptr<float>();
    parallelParts(threadsFor(rows, grainOf(width)), rows,
                  [&](int, std::int64_t first, std::int64_t last) {
                      trainingCode().dropRows(dropout, from, to, width, first, last);
                  });
    return y;
}

struct DropoutFunction : torch::autograd::Function<DropoutFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x, const Dropout &dropout)
    {
        saveDropout(context, dropout);
        return dropped(x, dropout);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        return {dropped(gradients[0].contiguous(), savedDropout(context)), {}};
    }
};

struct GeluFunction : torch::autograd::Function<GeluFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &x)
    {
        context->save_for_backward({x});
        at::Tensor y = at::empty_like(x);
        const auto *from = x.data_ptr<float>();
        auto *to = y.data_ptr<float>();
        parallelParts(threadsFor(x.numel(), grainOf(1)), x.numel(),
                      [&](int, std::int64_t first, std::int64_t last) {
                          trainingCode().gelu(from + first, to + first, last - first);
                      });
        return y;
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const at::Tensor x = context->get_saved_variables()[0];
        const at::Tensor dy = gradients[0].contiguous();
        at::Tensor dx = at::empty_like(x);
        const auto *from = x.data_ptr<float>();
        const auto *gradient = dy.data_ptr<float>();
        auto *to = dx.data_ptr<float>();
        parallelParts(threadsFor(x.numel(), grainOf(1)), x.numel(),
                      [&](int, std::int64_t first, std::int64_t last) {
                          trainingCode().geluBackward(from + first, gradient + first, to + first,
                                                      last - first);
                      });
        return {dx};
    }
};

struct RowsFunction : torch::autograd::Function<RowsFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &table,
                              const std::vector<std::int64_t> &ids)
    {
        const std::int64_t width = table.size(1);
        at::Tensor y = at::empty({static_cast<std::int64_t>(ids.size()), width}, at::kFloat);
        const auto *from = table.data_ptr<float>();
        auto *to = y.data_ptr<float>();
        for (std::size_t i = 0; i < ids.size(); ++i)
            std::copy_n(from + ids[i] * width, width, to + static_cast<std::int64_t>(i) * width);
        context->saved_data["ids"] = ids;
        context->saved_data["rows"] = table.size(0);
        return y;
    }

    /// Each thread adds up the rows of its own part of the table, so that none is written twice at
    /// a time.
    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        const std::vector<std::int64_t> ids = context->saved_data["ids"].toIntVector();
        const at::Tensor dy = gradients[0].contiguous();
        const std::int64_t rows = context->saved_data["rows"].toInt();
        const std::int64_t width = dy.size(1);
        at::Tensor dtable = at::zeros({rows, width}, at::kFloat);
        const auto *from = dy.data_ptr<float>();
        auto *to = dtable.data_ptr<float>();
        const int threads = threadsFor(static_cast<std::int64_t>(ids.size()), grainOf(width));
        parallelParts(threads, rows, [&](int, std::int64_t first, std::int64_t last) {
            for (std::size_t i = 0; i < ids.size(); ++i) {
                if (ids[i] >= first && ids[i] < last)
                    trainingCode().add(to + ids[i] * width,
                                       from + static_cast<std::int64_t>(i) * width, width);
            }
        });
        return {dtable, {}};
    }
};

struct CrossEntropyFunction : torch::autograd::Function<CrossEntropyFunction>
{
    static at::Tensor forward(AutogradContext *context, const at::Tensor &logits,
                              const std::vector<std::int64_t> &targets)
    {
        const std::int64_t rows = logits.size(0);
        const std::int64_t classes = logits.size(1);
        auto *values = logits.data_ptr<float>();
        std::vector<float> losses(targets.size());
        parallelParts(threadsFor(rows, grainOf(classes)), rows,
                      [&](int, std::int64_t first, std::int64_t last) {
                          for (std::int64_t row = first; row < last; ++row)
                              losses[row] = trainingCode().crossEntropy(
                                  values + row * classes, classes, targets[row],
                                  1.0F / static_cast<float>(rows));
                      });
        double total = 0;
        for (const float loss : losses)
            total += loss;
        // Not through save_for_backward, which would object to the logits having been written to.
        context->saved_data["gradient"] = logits.detach();
        return at::scalar_tensor(total / static_cast<double>(rows), at::kFloat);
    }

    static variable_list backward(AutogradContext *context, variable_list gradients)
    {
        at::Tensor gradient = context->saved_data["gradient"].toTensor();
        const float factor = gradients[0].item<float>();
        return {factor == 1.0F ? gradient : gradient.mul(factor), at::Tensor()};
    }
};

} // namespace

at::Tensor trainedAttention(const at::Tensor &queryKeyValue,
                            const std::vector<PackedBatch::Group> &groups,
                            const AttentionShape &shape, const Dropout &dropout)
{
    return AttentionFunction::apply(queryKeyValue, groups, shape, dropout);
}

at::Tensor trainedNorm(const at::Tensor &x, const at::Tensor &residual, const at::Tensor &gamma,
                       const at::Tensor &beta, double epsilon, const Dropout &dropout)
{
    // Functions of autograd take no undefined tensors.
    const at::Tensor added = residual.defined() ? residual : at::empty({0}, at::kFloat);
    return NormFunction::apply(x, added, gamma, beta, epsilon, dropout);
}

at::Tensor trainedDropout(const at::Tensor &x, const Dropout &dropout)
{
    return dropout.probability > 0 ? DropoutFunction::apply(x, dropout) : x;
}

at::Tensor trainedGelu(const at::Tensor &x)
{
    return GeluFunction::apply(x);
}

at::Tensor trainedRows(const at::Tensor &table, std::span<const std::int64_t> ids)
{
    return RowsFunction::apply(table, std::vector<std::int64_t>(ids.begin(), ids.end()));
}

at::Tensor trainedCrossEntropy(const at::Tensor &logits, std::span<const std::int64_t> targets)
{
    return CrossEntropyFunction::apply(logits,
                                       std::vector<std::int64_t>(targets.begin(), targets.end()));
}

} // namespace pare

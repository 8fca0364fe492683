#include "core/experiment/torchscriptanswers.h"

#include "core/base/error.h"
#include "core/experiment/mappedarchive.h"
#include "core/experiment/messages.h"
#include "core/network/computing.h"

#include <ATen/core/grad_mode.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/runtime/graph_executor.h>

#include <algorithm>
#include <numeric>

namespace pare {

namespace {

/// Examples of like length together, the shorter ones of a batch padded as others pad.
std::vector<std::vector<std::size_t>> batchesOf(const EncodedData &data, std::int64_t batchTokens)
{
    std::vector<std::size_t> order(data.sequences.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const auto length = [&](std::size_t i) { return data.sequences[i].ids.size(); };
    std::ranges::stable_sort(order, {}, length);
    std::vector<std::vector<std::size_t>> batches;
    for (const std::size_t i : order) {
        const bool fits =
            !batches.empty() &&
            static_cast<std::int64_t>((batches.back().size() + 1) * length(i)) <= batchTokens;
        if (!fits)
            batches.emplace_back();
        batches.back().push_back(i);
    }
    return batches;
}

template <class Part>
at::Tensor rows(const EncodedData &data, const std::vector<std::size_t> &batch, const Part &part)
{
    const std::size_t longest = data.sequences[batch.back()].ids.size();
    at::Tensor result = at::zeros(
        {static_cast<std::int64_t>(batch.size()), static_cast<std::int64_t>(longest)}, at::kLong);
    auto *to = result.data_ptr<std::int64_t>();
    for (const std::size_t i : batch) {
        for (std::size_t token = 0; token < data.sequences[i].ids.size(); ++token)
            to[token] = part(data.sequences[i], token);
        to += longest;
    }
    return result;
}

} // namespace

at::Tensor paddedAnswers(const EncodedData &data, std::int64_t batchTokens,
                         const std::function<at::Tensor(const PaddedBatch &)> &forward,
                         Progress &progress)
{
    const at::NoGradGuard noGradients;
    std::vector<at::Tensor> answers;
    std::vector<std::int64_t> places(data.sequences.size());
    std::int64_t done = 0;
    for (const std::vector<std::size_t> &batch : batchesOf(data, batchTokens)) {
        progress.check();
        const at::Tensor own = forward(
            {rows(data, batch, [](const Sequence &one, std::size_t i) { return one.ids[i]; }),
             rows(data, batch, [](const Sequence &, std::size_t) { return std::int64_t(1); }),
             rows(data, batch, [](const Sequence &one, std::size_t i) { return one.types[i]; })});
        answers.push_back(own.dim() == 3 ? own.select(1, 0).clone() : own);
        giveMemoryBack(); // each operation widens its weights anew
        for (const std::size_t i : batch)
            places[i] = done++;
        progress.step({{}, done, static_cast<std::int64_t>(places.size()), {}});
    }
    return at::cat(answers).index_select(0, at::tensor(places, at::kLong)).to(at::kFloat);
}

at::Tensor torchScriptAnswers(const std::filesystem::path &file, const EncodedData &data,
                              std::int64_t batchTokens, Progress &progress)
{
    const at::NoGradGuard noGradients;
    // What is profiled to be made faster holds all that it computed until its end: every weight widened.
    const torch::jit::GraphOptimizerEnabledGuard asItStands(false);
    try {
        const MappedArchive archive(file);
        torch::jit::Module module = archive.load();
        module.eval();
        const ReleasingPages releasing(archive);
        return paddedAnswers(
            data, batchTokens,
            [&module](const PaddedBatch &batch) {
                return module.forward({batch.ids, batch.seen, batch.types}).toTensor();
            },
            progress);
    } catch (const c10::Error &error) {
        throw Error(ErrorKind::InvalidFile, messages::exportScript, file,
                    error.what_without_backtrace());
    }
}

} // namespace pare

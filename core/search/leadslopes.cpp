#include "core/search/leadslopes.h"

#include "core/network/interrupted.h"
#include "core/network/trainablenetwork.h"
#include "core/network/trainableoperations.h"
#include "core/tensors/torcherrors.h"

#include <ATen/ops/zeros_like.h>
#include <c10/core/GradMode.h>

#include <cassert>

namespace pare {

namespace {

/// What the sum of all leads is by the logits.
at::Tensor towardsLeaders(const at::Tensor &logits, const std::vector<AnswerLead> &leads)
{
    assert(static_cast<std::size_t>(logits.size(0)) == leads.size());
    at::Tensor slope = at::zeros_like(logits);
    float *row = slope.data_ptr<float>();
    for (const AnswerLead &lead : leads) {
        row[lead.leader] += 1;
        row[lead.other] -= 1;
        row += logits.size(1);
    }
    return slope;
}

} // namespace

std::vector<at::Tensor> leadSlopes(const NetworkSpecification &specification,
                                   const ModelWeights &weights, const PackedBatch &batch,
                                   const std::vector<AnswerLead> &leads, Progress &progress)
{
    return translatingTorchErrors([&] {
        const c10::AutoGradMode gradients(true); // those who ask do without
        TrainableNetwork network(specification, weights, 0);
        network.freeze();
        ForwardOptions options;
        options.border = interruptedBy(progress);
        return cancellable([&] {
            TrainablePass pass(network, batch, options);
            std::vector<at::Tensor> states{pass.embedded().detach().requires_grad_(true)};
            for (int block = 0; block < specification.stacks.at(0).blocks; ++block) {
                states.push_back(pass.block(block, states.back()).hidden);
                states.back().retain_grad();
            }
            const at::Tensor logits = pass.classLogits(trainedRows(states.back(), batch.starts));
            logits.backward(towardsLeaders(logits.detach(), leads));
            std::vector<at::Tensor> slopes;
            for (const at::Tensor &state : states)
                slopes.push_back(state.grad());
            return slopes;
        });
    });
}

} // namespace pare

// What trainablenetwork.cpp and trainablepass.cpp know of a trainable network; for them alone.
#pragma once

#include "core/model/layer.h"
#include "core/network/trainablenetwork.h"

#include <map>
#include <memory>
#include <string>

namespace pare {

/// A layer as it is used: its own weight, or that of the layer that owns it.
struct UsedLayer
{
    std::shared_ptr<TrainableWeight> weight;
    at::Tensor bias;
    at::ScalarType biasType = at::kFloat; ///< in which it is stored
    std::string owner; ///< empty: owns its weight
    bool transposed = false;
    bool ownBias = false;
};

struct TrainableNetwork::State
{
    NetworkSpecification specification;
    std::map<std::string, UsedLayer> layers;
    std::vector<std::string> order;
    std::vector<NamedParameter> parameters;

    void take(const Layer &layer, const ModelWeights &weights, const TrainableOptions &options);
    void draw(const Layer &layer, std::uint64_t seed);
    void takeTokenRows(const ModelWeights &weights, const TrainableOptions &options);
    void drawTokenRows(const Layer &layer, std::uint64_t seed);
    void resolve(const Layer &layer);
    void listParameters();

    /// Each weight once.
    template <class Work>
    void forEachWeight(const Work &work) const
    {
        for (const std::string &name : order) {
            const UsedLayer &used = layers.at(name);
            if (used.owner.empty())
                work(*used.weight);
        }
    }
};

} // namespace pare

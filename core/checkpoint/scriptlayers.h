// The layers of a model as expressions of TorchScript over its parameters. Any one thread.
//
// Every parameter has the canonical name of the layer that owns it, with "_" for ".", and what it is:
// "_weight", "_bias", of products "_left" and "_right". Layers that share weights name the same one.
#pragma once

#include "core/checkpoint/scratchtensors.h"
#include "core/model/specification.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <map>
#include <string>

namespace pare {

struct ModelDescription;
struct Layer;

class ScriptLayers
{
public:
    /// `values`: Float32, or Float16, from which they are widened whenever they are used. What is
    /// not in `weights` just as it is written goes to `scratch`, so that it takes no memory.
    /// Description and weights outlive it. Throws InvalidSetting for another type.
    ScriptLayers(const ModelDescription &description, const ModelWeights &weights, DType values,
                 ScratchTensors scratch);

    // `x` and `ids` are names of variables. All throw InvalidFile for layers that are missing or
    // misshapen, Unsupported for values that cannot be written.

    /// x Wᵀ + b. A product is two matrices after each other; inputs are rounded where the codec says.
    std::string linear(const std::string &layer, const std::string &x);
    /// Rows of a table.
    std::string rows(const std::string &layer, const std::string &ids);
    /// The first `count` rows, as an expression as well.
    std::string firstRows(const std::string &layer, const std::string &count);
    std::string norm(const std::string &layer, const std::string &x, double epsilon);

    /// Rows of a product's left matrix alone, and x times its right one: what lies between them is
    /// the caller's. Assertion: the layer's weight is a product.
    std::string leftRows(const std::string &layer, const std::string &ids);
    std::string timesRight(const std::string &layer, const std::string &x);

    bool isProduct(const std::string &layer) const;
    const std::map<std::string, at::Tensor> &parameters() const { return m_parameters; }

private:
    const Layer &find(const std::string &name) const;
    std::string parameter(const std::string &owner, const std::string &part,
                          const at::Tensor &values);
    std::string bias(const Layer &layer);
    std::string multiplied(const std::string &owner, const std::string &part, const Factor &factor,
                           const std::string &x, const std::string &bias);
    std::string columns(const std::string &owner, const Columns &columns, const std::string &x,
                        const std::string &bias);

    const ModelDescription &m_description;
    const ModelWeights &m_weights;
    DType m_values;
    ScratchTensors m_scratch;
    std::map<std::string, at::Tensor> m_parameters;
};

} // namespace pare

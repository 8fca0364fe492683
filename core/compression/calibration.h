// What the inputs of linear layers look like on calibration data.
//
// The data walks through the model block by block, so that the hidden states at one border and the
// statistics of one block are all that is held. One thread at a time.
#pragma once

#include "core/base/progress.h"
#include "core/model/specification.h"
#include "core/network/packedbatch.h"
#include "core/weights/weight.h"

#include <ATen/core/Tensor.h>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace pare {

struct CalibrationData
{
    std::vector<Sequence> sequences;
    std::vector<std::int64_t> labels; ///< of the sequences, for gradients
    std::string hash;                 ///< of what the sequences were made from and how

    bool empty() const { return sequences.empty(); }
};

enum class InputDetail {
    Norms,   ///< per input
    Moments, ///< the second moment as well
};

/// Of the rows X [rows, in] that a layer sees; sums in float64.
class InputStatistics
{
public:
    InputStatistics(std::int64_t width, InputDetail detail);

    /// `inputs` float32 [rows, in].
    void add(const at::Tensor &inputs);

    InputDetail detail() const { return m_detail; }
    std::int64_t rows() const { return m_rows; }
    at::Tensor norms() const;                               ///< float64 [in]: √Σx²
    at::Tensor meanMagnitudes() const;                      ///< float32 [in]: mean |x|
    const at::Tensor &largest() const { return m_largest; } ///< float32 [in]: max |x|
    const at::Tensor &secondMoment() const
    {
        return m_moment;
    } ///< float64 [in, in]: XᵀX; undefined
      ///< where only norms were asked for

    /// All of it by name, for keeping.
    std::map<std::string, at::Tensor> tensors() const;
    /// The same again; nothing where these are not tensors() in that detail.
    static std::optional<InputStatistics>
    fromTensors(const std::map<std::string, at::Tensor> &tensors, InputDetail detail);

private:
    InputDetail m_detail;
    std::int64_t m_rows = 0;
    at::Tensor m_squares;
    at::Tensor m_magnitudes;
    at::Tensor m_largest;
    at::Tensor m_moment;
};

/// Where a layer takes its inputs from: query, key and value of a block see the same.
std::string inputPlace(const std::string &layer);

/// By canonical name; layers that take the same inputs share them.
using LayerInputs = std::map<std::string, std::shared_ptr<InputStatistics>>;

/// The hidden states of the calibration data at one border of blocks.
class CalibrationWalk
{
public:
    /// At the border before the first block; `weights` hold the embedding to be used.
    CalibrationWalk(const NetworkSpecification &specification, const ModelWeights &weights,
                    const CalibrationData &data);

    int block() const { return m_block; } ///< the next one

    /// What the linear layers of the next block see, with that block as `weights` have it. Added to
    /// `inputs` under their owners' names in `weights`; a layer not in `wanted` is left out.
    void observe(const ModelWeights &weights, const std::map<std::string, InputDetail> &wanted,
                 LayerInputs &inputs, Progress &progress) const;
    /// The same of pooler and classifier, once all blocks are behind.
    void observeHead(const ModelWeights &weights, const std::map<std::string, InputDetail> &wanted,
                     LayerInputs &inputs, Progress &progress) const;
    /// Through the next block as `weights` have it.
    void advance(const ModelWeights &weights, Progress &progress);

private:
    NetworkSpecification m_specification;
    std::vector<PackedBatch> m_batches;
    std::vector<at::Tensor> m_hidden; ///< float32 [tokens, width] of each batch
    int m_block = 0;
};

} // namespace pare

// Which heads, units, blocks and tokens a model can do without, judged by its weights and by data.
#pragma once

#include "core/compression/compressedmodel.h"
#include "core/compression/structure/importance.h"

#include <optional>
#include <vector>

namespace pare {

/// What the steps of one recipe compare. Everything is measured on the whole model and at most once.
/// Keeps references; belongs to one compression.
class StructureChoice
{
public:
    StructureChoice(const OpenedModel &model, const CompressionContext &context,
                    Progress &progress);

    StructureScores scores() const;

private:
    std::vector<double> ofHeads(const Step &step, int block) const;
    std::vector<double> ofNeurons(const Step &step, int block) const;
    std::vector<double> ofBlocks(const Step &step) const;
    const CalibrationData &calibration(const Step &step) const;
    const StructureImportance &importance(const Step &step) const;

    const OpenedModel &m_model;
    const CompressionContext &m_context;
    Progress &m_progress;
    mutable std::optional<StructureImportance> m_importance;
    mutable std::vector<at::Tensor> m_activations;
    mutable std::vector<double> m_blocks;
};

} // namespace pare

// Gives the techniques of one recipe what they want to know of their layers' inputs, block by block
// as the compression goes.
//
// inputs=sequential: what reaches a block through the blocks before it as they are by then,
// compressed, as the authors of GPTQ and SparseGPT do. inputs=original: what reaches it in the
// model before any form, mask or codec changed. A weight that several blocks use sees what reaches
// all of them, in the original model. What the layers of one block see of the original is kept in a
// store, where there is one. Belongs to one compression.
#pragma once

#include "core/compression/keptstatistics.h"
#include "core/compression/plan.h"

#include <optional>

namespace pare {

class LayerInputSource
{
public:
    /// `start`: the weights with sharing applied and nothing else. Throws InvalidSetting where a
    /// step needs data and there is none.
    LayerInputSource(const RecipePlan &plan, const CalibrationWork &work,
                     const ModelWeights &start, Progress &progress);

    /// Before the layers of the block that `layer` stands in are compressed; `now` are the weights
    /// as they are by then.
    void enter(const std::string &layer, const ModelWeights &now, Progress &progress);

    /// For the step that sets a part of the layer; null where that step needs none.
    std::shared_ptr<const InputStatistics> of(const std::string &layer, const Step &step) const;

private:
    using Wanted = std::map<std::string, InputDetail>;

    /// One way through the model.
    struct Way
    {
        std::map<int, Wanted> wanted; ///< by block; the head's under the number of blocks
        std::optional<CalibrationWalk> walk;
        LayerInputs inputs;
    };

    int blockOf(const std::string &layer) const;
    void want(const PlannedLayer &layer, const Step &step, bool isShared, bool isProduct);
    void lookAtShared(Progress &progress);
    Wanted recall(const Wanted &wanted);
    void keep(const Wanted &wanted);
    void enterOriginal(int block, Progress &progress);
    void enterSequential(int block, const ModelWeights &weights, Progress &progress);
    void look(Way &way, const Wanted &wanted, const ModelWeights &weights, Progress &progress);

    CalibrationWork m_work;
    const ModelWeights &m_start;
    KeptStatistics m_kept;
    Way m_original;
    Way m_sequential;
    Wanted m_wantedOfShared;
    LayerInputs m_shared;
    int m_block = -1;
};

} // namespace pare

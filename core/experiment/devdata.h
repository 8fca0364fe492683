// Labelled examples that choose among models and neither train nor test them.
//
// Belongs to one experiment or export; keeps a reference to the checkpoint.
#pragma once

#include "core/compression/compressedmodel.h"
#include "core/evaluation/encodeddata.h"
#include "core/experiment/experiment.h"
#include "core/text/dataset.h"

#include <string>

namespace pare {

struct Checkpoint;

class DevData
{
public:
    /// Reads the file that the options name. Throws Error and Cancelled.
    DevData(const Checkpoint &checkpoint, const ExperimentOptions &options, Progress &progress);

    std::string hash() const { return m_dataset.hash(); }

    /// Accuracy and mean cross-entropy on all of it. Throws Error and Cancelled.
    DevScore score(const CompressedModel &model, Progress &progress) const;

private:
    const Checkpoint &m_checkpoint;
    ExperimentOptions m_options;
    Dataset m_dataset;
    EncodedData m_data;
};

} // namespace pare

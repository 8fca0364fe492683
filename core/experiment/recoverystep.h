// The training of a recipe: labelled examples in, trained weights in the form of the compressed ones
// out.
//
// Belongs to one experiment; keeps a reference to the checkpoint.
#pragma once

#include "core/compression/compressedmodel.h"
#include "core/experiment/experiment.h"
#include "core/text/dataset.h"
#include "core/training/recovery.h"

#include <optional>
#include <string>

namespace pare {

struct Checkpoint;

class RecoveryStep
{
public:
    /// Reads the training data, and dev data where some are named. Throws Error.
    RecoveryStep(const Checkpoint &checkpoint, const ExperimentOptions &options);

    /// For run ids: the data it learns from and is judged by.
    std::string identity() const;
    std::string hash() const { return m_train.hash(); }
    std::string devHash() const { return m_dev ? m_dev->hash() : std::string(); }

    /// Trains `made` by its recipe. Where it stands is kept in the user's cache folder under `name`
    /// (the run's id) until it is finished, and taken up again from there. Throws Error and
    /// Cancelled.
    Recovered run(const CompressedModel &made, const std::string &name,
                  Progress &progress) const;

private:
    TrainingSet setOf(const Dataset &dataset, const std::string &origin,
                      const std::vector<int> &tokens, Progress &progress) const;

    Recovered taughtByOriginal(const CompressedModel &made, const TrainingData &data,
                               const RecoveryInputs &inputs, Progress &progress) const;

    const Checkpoint &m_checkpoint;
    ExperimentOptions m_options;
    Dataset m_train;
    std::optional<Dataset> m_dev;
};

/// The settings of a checked "recover".
TrainingOptions trainingOptions(const Step &training, const ExperimentOptions &options);

} // namespace pare

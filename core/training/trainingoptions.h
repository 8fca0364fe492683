// How a network is trained: plain values, with defaults that depend on what is learnt and from
// where.
#pragma once

#include "core/model/specification.h"
#include "core/model/trainingrecord.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/training/masking.h"
#include "core/training/sentencepairs.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace pare {

enum class Objective {
    Task,         ///< classification: cross-entropy of the label
    MaskedLm,     ///< predicting masked tokens (Devlin et al. 2019)
    SentencePair, ///< whether sentences follow each other (likewise, and Lan et al. 2020)
    Pretraining,  ///< both
};

/// The objective that "mlm+sop" names, and of pairs which. Throws InvalidSetting.
struct NamedObjective
{
    Objective objective = Objective::Task;
    PairObjective pair = PairObjective::NextSentence;
};
NamedObjective parsedObjective(std::string_view text);

enum class TrainingStart {
    Scratch,    ///< random weights
    Checkpoint, ///< trained ones
};

struct TrainingOptions
{
    Objective objective = Objective::Task;
    PairObjective pair = PairObjective::NextSentence; ///< of SentencePair and Pretraining
    MaskingUnit masking = MaskingUnit::Token;         ///< of MaskedLm and Pretraining
    double epochs = 0;                                ///< 0: the default; may be a fraction
    double learningRate = 0;                          ///< highest, after warm-up; 0: the default
    std::int64_t batchTokens = 0;                     ///< 0: the default
    double warmupShare = 0.06;       ///< of all steps, linear from 0; then linear to 0 at the end
    double weightDecay = 0.01;       ///< decoupled; none for biases and norms
    double clip = 1;                 ///< largest global norm of the gradient; 0: not clipped
    double maskedShare = 0.15;       ///< of the tokens, for MaskedLm
    double scoreLearningRate = 0.01; ///< of masks that are learnt
    int patience = 0; ///< stop after so many epochs without a better evaluation; 0: never
    std::uint64_t seed = 0;
    /// Of the products of linear layers; nothing: the faster one of this machine, as measured once.
    std::optional<TrainingPrecision> precision;
    int threads = 0; ///< 0: all cores this process may use
    double saveEveryMinutes =
        5; ///< the state to resume from, beside the end of each epoch; 0: every step
    /// Told what has happened so far after each point and each evaluation; may be empty. On the
    /// thread that trains.
    std::function<void(const TrainingRecord &)> told = {};
};

/// With the defaults filled in. The task: 4 epochs, batches of 1,024 tokens, learning rate
/// 5e-5 * 768 / width from a checkpoint (BERT's own for its width; narrow ones want more); 10
/// epochs, 1e-3 * sqrt(128 / width) from scratch. Masked LM: 10 epochs, batches of 4,096 tokens,
/// 1e-3 * sqrt(128 / width) from either. Throws InvalidSetting.
TrainingOptions withDefaults(TrainingOptions options, const NetworkSpecification &network,
                             TrainingStart start);

/// "auto" (nothing), "float32" or "bfloat16"; others are an assertion.
std::optional<TrainingPrecision> parsedPrecision(std::string_view text);

/// The name of its objective: "mlm+sop".
std::string nameOf(const TrainingOptions &options);

/// All of them that a result follows from, threads aside, for fingerprints.
std::string identityOf(const TrainingOptions &options);

} // namespace pare

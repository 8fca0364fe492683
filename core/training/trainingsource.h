// Opens what a training begins with: model or configuration, vocabulary, data.
#pragma once

#include "core/base/progress.h"
#include "core/checkpoint/checkpoint.h"
#include "core/text/corpus.h"
#include "core/text/wordpiecetokenizer.h"
#include "core/training/train.h"
#include "core/training/trainingset.h"

#include <string>

namespace pare {

struct TrainingSource
{
    NetworkSpecification specification; ///< with the head and the labels that are trained
    ModelWeights weights;               ///< of the layers there are
    ModelWeights otherHeads;
    TrainingStart start = TrainingStart::Scratch;
    WordPieceTokenizer tokenizer;
    std::filesystem::path
        tokenizerFolder; ///< where its files are; empty: a new one, not yet written
    TrainingData data;
    std::int64_t truncated = 0;
    std::string hash; ///< of model, vocabulary and data
};

/// Whole lines as sequences, cut to the model's length; lines without words teach nothing. Throws
/// InvalidFile, naming `origin`, where none has any.
TrainingSet textSet(const Corpus &corpus, const WordPieceTokenizer &tokenizer,
                    const std::string &origin, Progress &progress);

/// Throws Unsupported for a vocabulary without [MASK].
MaskingOptions maskingFor(const WordPieceTokenizer &tokenizer, const TrainingOptions &options);

/// Opens and checks all, creates the output folder and tokenises the data. Throws Error and
/// Cancelled.
TrainingSource openTrainingSource(const TrainRequest &request, Progress &progress);

} // namespace pare

// From texts to what a network reads.
//
// A free function without state; any thread.
#pragma once

#include "core/base/progress.h"
#include "core/evaluation/encodeddata.h"

#include <string>
#include <vector>

namespace pare {

class Dataset;
class WordPieceTokenizer;

struct EncodeOptions
{
    std::vector<std::string> labels; ///< the model's, by class index
    std::string origin;              ///< where the data came from, for messages
};

/// Tokenises every example, cut to the tokenizer's maxLength, and finds its label by name.
/// Throws InvalidFile naming data, row (the first below the header is 1), label and the labels the
/// model knows; also for data without examples or labels. Throws Cancelled.
EncodedData encoded(const Dataset &dataset, const WordPieceTokenizer &tokenizer,
                    const EncodeOptions &options, Progress &progress);

/// Throws what encoded() would throw of these examples, before any of them is tokenised.
void checkLabels(const Dataset &dataset, const EncodeOptions &options);

} // namespace pare

// Training from files to files: what `pare train` calls. Runs on the calling thread.
#pragma once

#include "core/base/progress.h"
#include "core/training/trainingreport.h"

#include <filesystem>
#include <functional>
#include <string>

namespace pare {

enum class TrainingMode {
    Fresh,  ///< from the beginning; refused where an unfinished training is in the output folder
    Resume, ///< from the state in the output folder, if there is one
};

struct TrainRequest
{
    std::filesystem::path model;  ///< folder to start from; or
    std::filesystem::path config; ///< config.json of a new model
    std::string
        vocabulary; ///< of a new model: vocab.txt, or "size=N" to train one; empty: beside `config`
    std::string data; ///< labelled examples: a file, or "wordnet:train"
    std::string
        corpus;      ///< text for masked LM: a file, or "wordnet:train"; empty: the texts of `data`
    std::string dev; ///< measured after each epoch, the best model kept; empty: the last is kept
    std::filesystem::path output; ///< folder of the trained model; created
    TrainingOptions options;
    TrainingMode mode = TrainingMode::Fresh;
    std::function<void(const Message &)> warn; ///< told what is odd but no error; may be empty
};

/// Trains and writes a model folder in Hugging Face layout (config.json, model.safetensors,
/// vocab.txt, tokenizer_config.json). Heads that are not trained are carried along. Labels are the
/// model's own where it names them and they hold those of the data, else those of the data, sorted
/// bytewise.
///
/// The state to resume from is in the output folder until the training is finished; resuming gives
/// the same model as never having stopped, with the same threads and kernels. Throws Error;
/// Cancelled, after the state was saved.
TrainingReport train(const TrainRequest &request, Progress &progress);

} // namespace pare

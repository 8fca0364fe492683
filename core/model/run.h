// One finished experiment, never edited.
#pragma once

#include "core/model/recipe.h"
#include "core/model/technique.h"
#include "core/model/trainingrecord.h"

#include <cstdint>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// A measured value with its 95 % interval and the number of examples behind it.
struct Interval
{
    double value = 0;
    double low = 0;
    double high = 0;
    std::int64_t n = 0;

    bool operator==(const Interval &) const = default;
};

nlohmann::ordered_json toJson(const Interval &interval);
/// Throws what the library throws. What was no number is none again.
Interval intervalFromJson(const nlohmann::ordered_json &json);

/// Milliseconds for one example at a time, warm: the median, and the 5th and 95th percentile.
struct Latency
{
    double median = 0;
    double low = 0;
    double high = 0;

    bool operator==(const Latency &) const = default;
};

/// What was measured of one model.
struct Measurement
{
    std::int64_t bytes = 0; ///< of the `model.safetensors` that export writes
    std::int64_t parameters = 0;
    std::map<std::string, Interval> metrics; ///< "accuracy"
    Latency latencyMs;
    double examplesPerSecond = 0;
    /// Of one forward pass, the mean over the examples of the data; nothing in runs of before they
    /// were counted.
    std::optional<std::int64_t> multiplyAdds = {};
    /// Adds up to `bytes`: "values", "scales", "masks", "codebooks", "rest", "header" (names,
    /// shapes and packing at the beginning of the file); empty in runs of before they were counted.
    std::map<std::string, std::int64_t> bytesByPart = {};

    bool operator==(const Measurement &) const = default;
};

/// What became of one layer.
struct LayerRecord
{
    std::string name;
    std::vector<std::string> steps; ///< those that touched it, as text
    std::string sharedWith;         ///< whose weight it uses; empty: its own
    std::int64_t bytes = 0;
    std::map<std::string, std::int64_t>
        bytesByPart; ///< "values", "scales", "masks", "codebooks", "rest"
    std::string kernel;
    double weightError = 0; ///< ‖W−Ŵ‖/‖W‖ (Frobenius)
    /// Technique and settings of each of `steps`, without their selections.
    std::vector<Step> settings = {};
    /// ‖XŴᵀ−XWᵀ‖/‖XWᵀ‖ (Frobenius), X what the layer is given in the original model on the
    /// calibration data; nothing where there is none or the layer does not multiply.
    std::optional<double> outputError = {};
    std::string storage = {}; ///< "4 bits, groups of 64"; empty: plain numbers
    double bitsPerWeight = 0; ///< stored for each number of its factors; 0: not known

    bool operator==(const LayerRecord &) const = default;
};

/// How a student learnt what it knows from the model of its run, its teacher.
struct Distillation
{
    Step method;                  ///< checked: "kd alpha=0.5 temperature=2"
    std::string studentPath = {}; ///< what it began as; empty: the teacher after the recipe's steps
    std::string layerMap = {};    ///< "0:1,1:3"; empty: the method has none
    std::string corpusPath = {};  ///< running text it was taught on; empty: none but the task's
    std::string corpusHash = {};
    /// Of its training, where they were not left to the program, as the command line calls them:
    /// "epochs", "learning-rate".
    std::map<std::string, std::string> options = {};

    bool operator==(const Distillation &) const = default;
};

/// What was said of a run before it was measured; accuracy with its 90 % band, n: of how many measured runs the
/// band was made.
struct RunPrediction
{
    Interval accuracy;
    double milliseconds = 0; ///< of one answer

    bool operator==(const RunPrediction &) const = default;
};

struct Run
{
    std::string
        id; ///< from recipe, model, data, seed and threads: the same experiment has the same id
    std::string modelPath;
    std::string modelHash;
    std::string dataPath;
    std::string dataHash;
    std::string task; ///< "classification"
    std::int64_t examples = 0;
    std::int64_t truncated = 0;  ///< examples that were longer than the model reads
    std::string calibrationPath; ///< empty: nothing looked at any
    std::string calibrationHash; ///< of the file
    int calibrationExamples = 0; ///< so many of them, chosen by seed
    std::string devPath = {};    ///< empty: nothing was chosen by what it scores there
    std::string devHash = {};    ///< of the file
    std::optional<TrainingRecord> training = {}; ///< how the weights were trained, if they were
    std::string trainPath = {};                  ///< on what
    std::string trainHash = {};                  ///< of the file
    /// Of a student, which only its kept weights bring back; nothing for all others.
    std::optional<Distillation> distillation = {};
    std::optional<RunPrediction> prediction = {}; ///< nothing: parts of it were never asked
    std::uint64_t seed = 0;
    int threads = 0;
    std::map<std::string, std::string>
        versions;                   ///< "pare", "libtorch", "format", "kernels", "machine"
    Recipe recipe;                  ///< checked: defaults filled, selections explicit
    std::vector<std::string> notes; ///< what the program did that the recipe does not say
    std::string primaryMetric;
    Measurement measured;
    Interval labelLoyalty;
    Interval probabilityLoyalty; ///< 1 − Jensen–Shannon distance, base 2, so 0…1
    std::int64_t batchTokens = 0;
    std::vector<std::string> kernels; ///< those that ran, as they call themselves
    Measurement baseline;             ///< the same model without steps, measured in the same run
    std::vector<LayerRecord> layers;
    std::string weightHash; ///< of the weights that were measured
    std::string time;       ///< when it was finished, UTC, ISO 8601

    bool operator==(const Run &) const = default;
};

/// The steps of its recipe, its training among them, and the method it was distilled by.
std::vector<Step> allSteps(const Run &run);
/// Those of its steps that are known, in their order.
std::vector<Family> familiesOf(const Run &run);
/// Whether nothing was done to the model.
bool isOriginal(const Run &run);
/// As of a recipe: "half of the layers + kd".
std::string shortName(const Run &run);

/// How many examples the compressed model answers with another class than the original; of
/// labelLoyalty.n.
std::int64_t answersChanged(const Run &run);

/// The document `pare run --json` prints; keys are only ever added.
nlohmann::ordered_json toJson(const Run &run);
/// Throws InvalidFile.
Run runFromJson(const nlohmann::ordered_json &document);

/// What a run follows from beside its recipe.
struct RunOrigin
{
    std::string modelHash;
    std::string dataHash;
    std::uint64_t seed = 0;
    int threads = 0;
    std::string calibration; ///< hash and number of examples; empty: none is needed
    std::string dev = {};    ///< hash of the data that chooses; empty: none does
    std::string train = {};  ///< of what it is trained with; empty: it is not
    std::string taught = {}; ///< all that a student's weights follow from; empty: it is none
};

/// The id of an experiment (12 hexadecimal digits).
std::string runId(const Recipe &checkedRecipe, const RunOrigin &origin);

} // namespace pare

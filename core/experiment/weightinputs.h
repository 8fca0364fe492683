// What weights follow from beside model and recipe: calibration and dev data, texts, the tokenizer.
//
// Belongs to one experiment or export; keeps a reference to the checkpoint.
#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/compression/compress.h"
#include "core/compression/statisticsstore.h"
#include "core/evaluation/encodeddata.h"
#include "core/experiment/devdata.h"
#include "core/experiment/experiment.h"
#include "core/text/dataset.h"

#include <map>
#include <optional>

namespace pare {

class WordPieceTokenizer;

/// The checkpoint's, of which only the tokens of those ids are left; none named: all are.
WordPieceTokenizer tokenizerOf(const Checkpoint &checkpoint, const std::vector<int> &tokens = {});

/// Labelled examples as the model reads them. Throws Unsupported where the answers are no classes.
EncodedData encodedExamples(const Checkpoint &checkpoint, const Dataset &dataset,
                            const std::string &origin, const std::vector<int> &tokens,
                            Progress &progress);

/// Throws what encodedExamples() would throw of these examples, before any is read as the model does; of a
/// model without a classifier nothing, since others may teach it these labels.
void checkExamples(const Checkpoint &checkpoint, const Dataset &dataset, const std::string &origin);

/// Files that steps of the recipe read beside calibration data.
std::vector<std::string> textsOf(const Recipe &recipe);

/// What is known of data without having encoded them.
struct DataHashes
{
    std::string calibration;
    std::int64_t calibrationExamples = 0;
    std::map<std::string, std::string> texts; ///< of all textsOf(recipe)
};
/// For run ids: what of it a checked recipe looks at; empty: nothing.
std::string identityOf(const Recipe &recipe, const DataHashes &hashes);

class WeightInputs
{
public:
    /// Reads the calibration and dev data that `options` name, if any. Throws Error and Cancelled.
    WeightInputs(const Checkpoint &checkpoint, const ExperimentOptions &options,
                 Progress &progress);

    /// Valid as long as this is and `progress` and `decompositions` (may be null) are.
    CompressionContext context(DecompositionCache *decompositions, Progress &progress) const;

    /// For run ids: what of it the recipe looks at; empty: nothing.
    std::string identity(const Recipe &recipe) const;

    /// The same of the data that chooses.
    std::string devIdentity(const Recipe &recipe) const;

    const CalibrationData &calibration() const { return m_calibration; }
    const std::string &calibrationHash() const { return m_calibration.hash; }
    int calibrationExamples() const { return static_cast<int>(m_calibration.sequences.size()); }

private:
    CalibrationData calibrated(const std::vector<int> &tokens, Progress &progress) const;

    const Checkpoint &m_checkpoint;
    std::string m_source;
    std::optional<Dataset> m_dataset;
    std::vector<std::size_t> m_chosen; ///< its examples, in the order in which they are looked at
    CalibrationData m_calibration;
    std::optional<StatisticsStore> m_statistics = StatisticsStore::ofUser();
    std::optional<DevData> m_dev;
};

} // namespace pare

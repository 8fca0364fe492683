// What steps do to the outputs of a real model's layers, on calibration data: for the test that
// compares techniques with each other, and for the benchmark that does the same on other models.
#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/compression/layerrecords.h"
#include "core/compression/outputerrors.h"
#include "core/text/datasource.h"
#include "core/text/usedtokens.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace pare::test {

/// Evenly spaced texts of a source, as the model reads them.
inline CalibrationData calibrationTexts(const Checkpoint &checkpoint, const std::string &source,
                                        std::size_t count)
{
    const EmbeddingSpecification &embedding = checkpoint.specification.embedding;
    const WordPieceTokenizer tokenizer =
        WordPieceTokenizer::open(checkpoint.folder, embedding.vocabulary, embedding.positions);
    const Corpus corpus = openCorpus(source);
    CalibrationData data;
    data.hash = corpus.hash;
    for (std::size_t i = 0; i < std::min(count, corpus.lines.size()); ++i) {
        const Encoding encoding = tokenizer.encode(corpus.lines[i * corpus.lines.size() / count]);
        data.sequences.push_back({{encoding.ids.begin(), encoding.ids.end()},
                                  {encoding.types.begin(), encoding.types.end()}});
    }
    return data;
}

struct LayerErrors
{
    std::map<std::string, double> outputs; ///< of layers that multiply
    std::map<std::string, double> weights; ///< of all that a step touched
};

class MeasuredLayers
{
public:
    MeasuredLayers(Checkpoint checkpoint, CalibrationData data)
        : m_checkpoint(std::move(checkpoint))
        , m_data(std::move(data))
    {}

    LayerErrors errors(const std::string &step) const
    {
        const OpenedModel opened{m_checkpoint.specification, m_checkpoint.description,
                                 m_checkpoint.weights};
        CompressionContext context;
        context.specification = &m_checkpoint.specification;
        context.calibration = &m_data;
        const RecipePlan planned = plan({{parsedStep(step)}}, m_checkpoint.description);
        const CompressedModel made =
            compressedModel(opened, planned, silentProgress(), context);
        LayerErrors errors;
        for (const LayerRecord &record :
             withOutputErrors(layerRecords(opened, made, silentProgress()), {opened, m_data}, made,
                              silentProgress())) {
            if (record.steps.empty())
                continue;
            errors.weights[record.name] = record.weightError;
            if (record.outputError)
                errors.outputs[record.name] = *record.outputError;
        }
        return errors;
    }

private:
    Checkpoint m_checkpoint;
    CalibrationData m_data;
};

inline double median(const std::map<std::string, double> &errors)
{
    std::vector<double> values;
    for (const auto &[layer, error] : errors)
        values.push_back(error);
    std::ranges::sort(values);
    const std::size_t middle = values.size() / 2;
    return values.size() % 2 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

enum class Everywhere { OnEveryLayer, InTheMedian };

/// Two steps of the same bytes, of which the first looks at more than the second.
struct Rivals
{
    const char *better;
    const char *worse;
    Everywhere where;
};

inline constexpr std::array rivals{
    Rivals{"quantize.gptq bits=4 inputs=original", "quantize.affine bits=4",
           Everywhere::OnEveryLayer},
    Rivals{"quantize.gptq bits=3 group=32 inputs=original", "quantize.affine bits=3 group=32",
           Everywhere::OnEveryLayer},
    Rivals{"prune.sparsegpt inputs=original", "prune.wanda inputs=original",
           Everywhere::OnEveryLayer},
    Rivals{"prune.sparsegpt pattern=2:4 inputs=original",
           "prune.wanda pattern=2:4 inputs=original", Everywhere::OnEveryLayer},
    Rivals{"factorize.svd-llm keep=0.5 inputs=original",
           "factorize.asvd keep=0.5 inputs=original", Everywhere::OnEveryLayer},
    Rivals{"factorize.svd-llm keep=0.5 inputs=original", "factorize.svd keep=0.5",
           Everywhere::OnEveryLayer},
    Rivals{"prune.wanda scope=row inputs=original", "prune.magnitude scope=row",
           Everywhere::InTheMedian},
    Rivals{"factorize.asvd keep=0.5 inputs=original", "factorize.svd keep=0.5",
           Everywhere::InTheMedian},
};

/// Layers on which `worse` is not worse.
inline std::vector<std::string> exceptions(const LayerErrors &better, const LayerErrors &worse)
{
    std::vector<std::string> layers;
    for (const auto &[layer, error] : worse.outputs) {
        if (better.outputs.at(layer) >= error)
            layers.push_back(layer);
    }
    return layers;
}

} // namespace pare::test

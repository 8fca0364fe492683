#include "core/search/changedanswers.h"

#include "core/base/error.h"
#include "core/search/messages.h"
#include "core/text/datasource.h"
#include "core/text/wordmeasures.h"

namespace pare {

namespace {

std::vector<Slice> slicesOf(const AnsweredData &answered, const std::optional<Dataset> &texts,
                            Progress &progress)
{
    std::vector<Slice> slices = labelSlices(answered);
    if (!texts)
        return slices;
    const WordMeasures measures = wordMeasures(*texts, rareWordsBelow, progress);
    for (const auto &parts : {thirds(SliceKind::Words, measures.words),
                              thirds(SliceKind::RareWords, measures.rareShare)})
        slices.insert(slices.end(), parts.begin(), parts.end());
    return slices;
}

} // namespace

Dataset answeredTexts(const Run &run, const AnsweredData &answered)
{
    Dataset data = openDataset(run.dataPath);
    if (data.hash() != answered.hash || data.size() != answered.gold.size())
        throw Error(ErrorKind::InvalidFile, messages::answersDataChanged, run.dataPath, run.id);
    return data;
}

ChangedAnswers changedAnswers(const Run &run, const RunAnswers &answers, Progress &progress,
                              const SliceOptions &options)
{
    ChangedAnswers changed;
    try {
        changed.texts = answeredTexts(run, answers.data);
    } catch (const Error &error) { // the rest of the story is still to be told
        changed.withoutTexts = message(messages::answersWithoutTexts, error.what());
    }
    changed.flips = flips(answers);
    changed.slices =
        sliceReports(answers, slicesOf(answers.data, changed.texts, progress), options);
    return changed;
}

std::vector<AnswerBlame> blamesOf(const Run &run, std::span<const std::size_t> examples,
                                  Progress &progress)
{
    if (run.distillation)
        throw Error(ErrorKind::InvalidSetting, messages::blameTraining);
    Experiment experiment(optionsOf(run), progress);
    if (experiment.modelHash() != run.modelHash)
        throw Error(ErrorKind::InvalidFile, messages::blameModelChanged, run.modelPath, run.id);
    return blamedLayers(experiment, run.recipe, examples, progress);
}

} // namespace pare

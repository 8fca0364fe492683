#include "app/document/forecaster.h"

#include "core/base/error.h"
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/network/computing.h"
#include "core/search/recipeparts.h"
#include "core/search/whatif.h"

namespace pare {

namespace {

bool sameExperiment(const ExperimentOptions &one, const ExperimentOptions &other)
{
    return one.model == other.model && one.data == other.data && one.seed == other.seed &&
           one.threads == other.threads && one.calibration == other.calibration &&
           one.calibrationExamples == other.calibrationExamples;
}

/// The same text for all layers.
std::string optionOf(Step step)
{
    step.layers.clear();
    return step.text();
}

/// As many threads as measuring takes: what sweeps have asked is found by them. The lane's own one
/// afterwards, for others that look.
struct MeasuringThreads
{
    explicit MeasuringThreads(int threads) { startComputing(threads); }
    ~MeasuringThreads() { startComputing(1); }
    MeasuringThreads(const MeasuringThreads &) = delete;
    MeasuringThreads &operator=(const MeasuringThreads &) = delete;
};

} // namespace

Forecaster::Forecaster() = default;
Forecaster::~Forecaster() = default;

void Forecaster::open(const ForecastRequest &request, Progress &progress)
{
    const bool same = m_experiment && sameExperiment(request.options, m_opened.options);
    if (same && request.asked == m_opened.asked && request.runs == m_opened.runs)
        return;
    m_whatIf.reset();
    if (!same) {
        m_experiment.reset();
        m_experiment = std::make_unique<Experiment>(request.options, progress);
    }
    // Until it is known anew, nothing counts as opened: whatever stops it, the next one tries again.
    m_opened.options = request.options;
    m_opened.runs.reset();
    m_nothingAsked = false;
    try {
        m_whatIf = std::make_unique<WhatIf>(*m_experiment, *request.runs);
    } catch (const Error &error) {
        if (error.kind() != ErrorKind::InvalidSetting)
            throw;
        m_nothingAsked = true;
    }
    m_opened = request;
}

Forecast Forecaster::of(const ForecastRequest &request, const Recipe &recipe, Progress &progress)
{
    Forecast forecast;
    const MeasuringThreads threads(request.options.threads);
    try {
        open(request, progress);
        if (m_nothingAsked)
            return forecast;
        const WhatIfAnswer answer = m_whatIf->of(recipe);
        if (answer.unmeasured.size() == recipe.steps.size() && !recipe.steps.empty() &&
            answer.prediction.rows == 0)
            return forecast; // a band about nothing says nothing
        forecast.state = Forecast::State::Known;
        forecast.accuracy = answer.prediction.accuracy;
        forecast.changed = answer.prediction.changed;
        forecast.milliseconds = answer.prediction.milliseconds;
        forecast.rows = answer.prediction.rows;
        forecast.unmeasured = static_cast<int>(answer.unmeasured.size());
    } catch (const Error &error) {
        forecast.reason = error.message();
    }
    return forecast;
}

std::vector<LayerSensitivity> Forecaster::sensitivities(const ForecastRequest &request,
                                                        Progress &progress)
{
    const MeasuringThreads threads(request.options.threads);
    open(request, progress);
    std::vector<LayerSensitivity> known;
    if (m_nothingAsked)
        return known;
    auto responses = KnownResponses::find(*m_experiment, {});
    if (!responses)
        return known;
    const ModelDescription &model = m_experiment->checkpoint().description;
    for (const Recipe &recipe : sweepRecipesPerLayer({}, usualLayerOptions(), model)) {
        progress.check();
        const Response &response = responses->table().responses[responses->numberOf(recipe)];
        if (!response.changes.empty())
            known.push_back(sensitivityOf(responses->table(), response));
    }
    return known;
}

std::vector<std::optional<double>> Forecaster::milliseconds(const ForecastRequest &request,
                                                            const std::vector<Recipe> &recipes,
                                                            Progress &progress)
{
    const MeasuringThreads threads(request.options.threads);
    open(request, progress);
    std::vector<std::optional<double>> times(recipes.size());
    auto responses = KnownResponses::find(*m_experiment, {});
    for (std::size_t i = 0; responses && i < recipes.size(); ++i) {
        progress.check();
        try {
            const std::vector<Recipe> parts =
                partsOf(recipes[i], m_experiment->checkpoint().description);
            if (parts.size() != 1)
                continue;
            const std::size_t number = responses->numberOf(parts.front());
            const Response &response = responses->table().responses[number];
            if (!response.changes.empty())
                times[i] = response.milliseconds;
        } catch (const Error &) {
            // What this model and data do not allow was never asked.
        }
    }
    return times;
}

LayerSensitivity sensitivityOf(const ResponseTable &table, const Response &response)
{
    const ProbeEstimate estimate = table.estimateOf(response);
    return {response.place,       optionOf(response.option()), response.option(),
            response.bytes,       estimate.accuracy,           estimate.changed,
            response.milliseconds};
}

} // namespace pare

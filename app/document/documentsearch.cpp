// What if: forecasts of the recipe as it stands, what single layers lose, recipes for a budget.
#include "core/checkpoint/checkpoint.h"
#include "core/experiment/sweep.h"
#include "core/project/project.h"
#include "core/search/budget.h"
#include "core/search/layersweep.h"
#include "core/search/leastbytes.h"

#include "app/document/document.h"
#include "app/document/documentworker.h"
#include "app/document/forecaster.h"
#include "app/document/messages.h"

#include <fmt/format.h>

#include <QMetaObject>
#include <QPointer>
#include <algorithm>
#include <chrono>
#include <set>

namespace pare {

namespace {

constexpr std::chrono::milliseconds betweenUpdates{250};
constexpr int frontSize = 25;

/// Of the usual recipes, those for these layers; none named: for all.
std::vector<Recipe> usualRecipesFor(const std::vector<std::string> &layers,
                                    const ModelDescription &model)
{
    std::vector<Recipe> recipes = sweepRecipesPerLayer({}, usualLayerOptions(), model);
    if (!layers.empty())
        std::erase_if(recipes, [&](const Recipe &recipe) {
            return std::ranges::find(layers, recipe.steps.back().layers) == layers.end();
        });
    return recipes;
}

/// Those of them that this model takes.
std::vector<Recipe> usualRecipes(const Experiment &experiment,
                                 const std::vector<std::string> &layers)
{
    std::vector<Recipe> recipes = usualRecipesFor(layers, experiment.checkpoint().description);
    std::erase_if(recipes, [&](const Recipe &recipe) {
        try {
            experiment.check(recipe);
            return false;
        } catch (const Error &) {
            return true;
        }
    });
    return recipes;
}

/// Gathers what changes and hands it on a few times a second.
class Announcer
{
public:
    using Receiver = std::function<void(std::vector<LayerSensitivity>)>;

    explicit Announcer(Receiver receiver)
        : m_receiver(std::move(receiver))
    {}

    void changed(const ResponseTable &table, std::size_t response)
    {
        if (std::ranges::find(m_changed, response) == m_changed.end())
            m_changed.push_back(response);
        if (std::chrono::steady_clock::now() - m_last >= betweenUpdates)
            flush(table);
    }
    void flush(const ResponseTable &table)
    {
        std::vector<LayerSensitivity> found;
        for (const std::size_t response : m_changed)
            found.push_back(sensitivityOf(table, table.responses[response]));
        m_changed.clear();
        m_last = std::chrono::steady_clock::now();
        if (!found.empty())
            m_receiver(std::move(found));
    }

private:
    Receiver m_receiver;
    std::vector<std::size_t> m_changed;
    std::chrono::steady_clock::time_point m_last;
};

/// Options are compared on as many rows as all of them were asked.
SweepOptions budgetSweep()
{
    SweepOptions options;
    options.tolerance = 0;
    return options;
}

/// Asks `recipes` what was not asked before; `receiver` is told on this thread.
ResponseTable askedTable(Experiment &experiment, const std::vector<Recipe> &recipes,
                         Announcer::Receiver receiver, Progress &progress)
{
    const SweepOptions options = budgetSweep();
    LayerSweep sweep(experiment, {}, recipes, options, progress);
    Announcer announcer(std::move(receiver));
    for (std::size_t i = 0; i < sweep.table().responses.size(); ++i) {
        if (!sweep.table().responses[i].changes.empty())
            announcer.changed(sweep.table(), i);
    }
    sweep.run(progress,
              [&](const SweepState &state) { announcer.changed(state.table, state.changed); });
    announcer.flush(sweep.table());
    ResponseTable table = sweep.table();
    addKnownJoints(experiment, table, options);
    return table;
}

Message searching(const BudgetTarget &target)
{
    switch (target.kind) {
    case BudgetKind::Accuracy:
        return message(messages::documentSearchingAccuracy,
                       fmt::format("{:g}", 100 * target.limit));
    case BudgetKind::Milliseconds:
        return message(messages::documentSearchingTime, fmt::format("{:g}", target.limit));
    case BudgetKind::Bytes:
        break;
    }
    return message(messages::documentSearchingBytes, fmt::format("{:.2f}", target.limit / 1e6));
}

BudgetProposal proposalOf(const ResponseTable &table, const BudgetChoice &choice)
{
    BudgetProposal proposal;
    proposal.recipe = recipeOf(table, choice.responses);
    proposal.bytes = choice.bytes;
    proposal.accuracy = choice.prediction.accuracy;
    proposal.changed = choice.prediction.changed;
    proposal.milliseconds = choice.milliseconds;
    proposal.options = choice.certificate.options;
    proposal.value = choice.certificate.value;
    proposal.bound = choice.certificate.bound;
    proposal.gap = choice.certificate.gap;
    const double share = choice.certificate.value > 0
                             ? choice.prediction.changed.value / choice.certificate.value
                             : 0;
    for (const ChoiceReason &reason : choice.reasons)
        proposal.reasons.push_back({reason.layer, reason.chosen, reason.nextBest, reason.bytes,
                                    share * std::max(reason.value, 0.0)});
    return proposal;
}

} // namespace

bool Document::canAsk()
{
    if (m_modelState != ModelState::Open)
        Q_EMIT failed(message(messages::documentNoModel));
    else if (m_choices.dataPath.empty())
        Q_EMIT failed(message(messages::documentNoData));
    else
        return true;
    return false;
}

ForecastRequest Document::forecastRequest()
{
    ForecastRequest request;
    request.options = experimentOptions({});
    request.options.calibration = m_choices.calibrationPath;
    request.options.calibrationExamples = m_choices.calibrationExamples;
    request.runs = m_runsForForecast;
    request.asked = m_asked;
    return request;
}

/// Newest wins: what a slider passed over is not answered any more.
void Document::updateForecast()
{
    const std::uint64_t number = ++m_forecastRequest;
    if (m_forecastJob)
        m_jobs->cancel(*m_forecastJob);
    m_forecastJob.reset();
    const bool wanted = m_checkpoint && m_checkpoint->hasWeights() && !m_plan.error &&
                        !m_identity.model.empty() && !m_identity.data.empty() &&
                        !m_plan.recipe.training && !currentRun();
    if (!wanted) {
        m_forecast = {};
        Q_EMIT forecastChanged();
        return;
    }
    const std::string recipe = m_plan.recipe.text();
    if (m_forecastRecipe != recipe && m_forecast.state == Forecast::State::Known)
        m_forecast.state = Forecast::State::Working;
    m_forecastRecipe = recipe;
    const auto result = std::make_shared<Forecast>();
    m_forecastJob = startLook(
        [result, forecaster = m_forecaster, request = forecastRequest(), recipe = m_plan.recipe](
            Progress &progress) { *result = forecaster->of(request, recipe, progress); },
        [this, number, result](const JobOutcome &outcome) {
            if (number != m_forecastRequest)
                return;
            m_forecastJob.reset();
            if (outcome.result != JobResult::Finished)
                return;
            m_forecast = *result;
            Q_EMIT forecastChanged();
        });
}

/// What a sweep has asked by now is taken into account before it ends, too. A forecast that is being
/// made is not stopped for it, or there would never be one where they take long.
void Document::followAsking()
{
    if (m_forecastJob) {
        m_askedTimer.start();
        return;
    }
    ++m_asked;
    updateForecast();
}

void Document::sweepEnded()
{
    m_askedTimer.stop();
    ++m_asked;
    updateForecast();
}

void Document::lookUpSensitivities()
{
    m_sensitivities.clear();
    Q_EMIT sensitivitiesChanged();
    if (!m_checkpoint || !m_checkpoint->hasWeights() || m_identity.data.empty())
        return;
    const auto result = std::make_shared<std::vector<LayerSensitivity>>();
    startLook([result, forecaster = m_forecaster, request = forecastRequest()](
                  Progress &progress) { *result = forecaster->sensitivities(request, progress); },
              [this, result, model = m_identity.model, data = m_identity.data](const JobOutcome &) {
                  if (model == m_identity.model && data == m_identity.data)
                      keepSensitivities(*result);
              });
}

void Document::keepSensitivities(const std::vector<LayerSensitivity> &found)
{
    for (const LayerSensitivity &one : found) {
        const auto same = std::ranges::find_if(m_sensitivities, [&](const LayerSensitivity &other) {
            return other.layer == one.layer && other.step == one.step;
        });
        if (same == m_sensitivities.end())
            m_sensitivities.push_back(one);
        else if (one.accuracy.n >= same->accuracy.n)
            *same = one;
    }
    Q_EMIT sensitivitiesChanged();
}

double Document::originalAccuracy() const
{
    for (const Run &run : m_runs) {
        const auto accuracy = run.baseline.metrics.find(run.primaryMetric);
        if (run.modelHash == m_identity.model && run.dataHash == m_identity.data &&
            accuracy != run.baseline.metrics.end())
            return accuracy->second.value;
    }
    double best = 0;
    for (const LayerSensitivity &one : m_sensitivities)
        best = std::max(best, one.accuracy.value);
    return best;
}

/// Told on the job's thread; hands it on to this one.
std::function<void(std::vector<LayerSensitivity>)> Document::sensitivityReceiver()
{
    return [self = QPointer<Document>(this)](std::vector<LayerSensitivity> found) {
        QMetaObject::invokeMethod(
            self,
            [self, found = std::move(found)] {
                self->keepSensitivities(found);
                if (!self->m_askedTimer.isActive())
                    self->m_askedTimer.start();
            },
            Qt::QueuedConnection);
    };
}

void Document::sweepLayers(const std::vector<std::string> &layers)
{
    if (!canAsk())
        return;
    std::set<std::string> asked;
    for (const Recipe &recipe : usualRecipesFor(layers, m_description))
        asked.insert(recipe.steps.back().layers);
    if (asked.empty()) {
        Q_EMIT failed(message(messages::documentNothingAsked));
        return;
    }
    Work work;
    work.title = layers.empty()      ? message(messages::documentAsking)
                 : asked.size() == 1 ? message(messages::documentAskingOne, *asked.begin())
                                     : message(messages::documentAskingSome, asked.size());
    work.command = QStringLiteral("sweep");
    for (const std::string &layer : layers)
        work.command += ' ' + QString::fromStdString(layer);
    const Announcer::Receiver receiver = sensitivityReceiver();
    work.run = [worker = m_worker, options = experimentOptions({}), receiver,
                layers](Progress &progress) {
        Experiment &experiment = worker->opened(options, {}, progress);
        askedTable(experiment, usualRecipes(experiment, layers), receiver, progress);
    };
    work.ended = [this](const JobOutcome &) { sweepEnded(); };
    startWork(std::move(work));
}

void Document::findBudget(const QString &target, const std::vector<std::string> &locked)
{
    if (!canAsk())
        return;
    BudgetTarget wanted;
    BudgetProposal proposal;
    proposal.target = target.toStdString();
    try {
        wanted = parsedTarget(proposal.target);
    } catch (const Error &error) {
        proposal.error = error.message();
        Q_EMIT budgetFound(proposal);
        return;
    }
    const auto result = std::make_shared<BudgetProposal>(proposal);
    Work work;
    work.title = searching(wanted);
    work.command = QStringLiteral("search ") + target;
    const Announcer::Receiver receiver = sensitivityReceiver();
    work.run = [worker = m_worker, options = experimentOptions({}), receiver, result, wanted,
                locked, runs = m_runs](Progress &progress) {
        Experiment &experiment = worker->opened(options, {}, progress);
        const ModelDescription &model = experiment.checkpoint().description;
        const std::vector<Recipe> recipes = usualRecipes(experiment, {});
        try {
            refuseUnreachable(wanted, recipes, locked, model);
        } catch (const Error &error) {
            result->error = error.message();
            return;
        }
        const ResponseTable table = askedTable(experiment, recipes, receiver, progress);
        const Predictor predictor(table, measuredRecipes(table, model, runs));
        try {
            const std::string asked = result->target;
            const BudgetSearch search(table, predictor, locked);
            *result = proposalOf(table, search.best(wanted, progress));
            result->target = asked;
            for (const BudgetChoice &choice : search.front(frontSize, progress))
                result->front.push_back(proposalOf(table, choice));
        } catch (const Error &error) {
            result->error = error.message();
        }
    };
    work.ended = [this, result](const JobOutcome &) {
        sweepEnded();
        if (result->error || !result->reasons.empty())
            Q_EMIT budgetFound(*result);
    };
    startWork(std::move(work));
}

} // namespace pare

#include "core/training/trainer.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/network/interrupted.h"
#include "core/network/trainableoperations.h"
#include "core/tensors/torcherrors.h"
#include "core/training/batchorder.h"
#include "core/training/messages.h"

#include <ATen/ops/argmax.h>
#include <algorithm>
#include <c10/core/GradMode.h>
#include <chrono>
#include <cmath>
#include <numeric>

namespace pare {

namespace {

double secondsNow()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

struct Question
{
    at::Tensor logits;
    std::vector<std::int64_t> targets;
};

/// The answers of a network to one batch, and what they should be.
class Asker
{
public:
    Asker(const TrainableNetwork &network, const TrainingData &data, const TrainingSet &set)
        : m_network(network)
        , m_data(data)
        , m_set(set)
    {}

    /// No targets where nothing can be asked for.
    Question ask(const std::vector<std::size_t> &chosen, std::uint64_t seed, std::int64_t step,
                 const ForwardOptions &options) const
    {
        PackedBatch batch = packed(m_set.sequences, chosen);
        Question question;
        if (m_data.objective == Objective::MaskedLm) {
            MaskedBatch asked = masked(std::move(batch), m_data.masking, seed, step);
            if (!asked.rows.empty())
                question.logits = m_network.vocabularyLogits(asked.batch, asked.rows, options);
            question.targets = std::move(asked.targets);
        } else {
            question.logits = m_network.logits(batch, options);
            for (const std::size_t index : batch.order)
                question.targets.push_back(m_set.labels[index]);
        }
        return question;
    }

private:
    const TrainableNetwork &m_network;
    const TrainingData &m_data;
    const TrainingSet &m_set;
};

std::int64_t tokensOf(const TrainingSet &set, const std::vector<std::size_t> &batch)
{
    std::int64_t tokens = 0;
    for (const std::size_t index : batch)
        tokens += static_cast<std::int64_t>(set.sequences[index].ids.size());
    return tokens;
}

constexpr std::int64_t pointsPerTraining = 400;

} // namespace

Trainer::Trainer(TrainableNetwork &network, const TrainingData &data,
                 const TrainingOptions &options)
    : m_network(network)
    , m_data(data)
    , m_options(options)
    , m_optimizer(network.parameters(), {.weightDecay = options.weightDecay, .clip = options.clip})
{
    m_report.options = options;
    for (const NamedParameter &parameter : network.parameters())
        m_report.parameters += parameter.tensor.numel();
}

void Trainer::resume(const TrainerPosition &position, TrainingReport report)
{
    m_position = position;
    report.options = m_report.options;
    report.parameters = m_report.parameters;
    m_report = std::move(report);
}

void Trainer::run(Progress &progress, const TrainerEvents &events)
{
    while (static_cast<double>(m_position.epoch) < m_options.epochs) {
        const double share =
            std::min(1.0, m_options.epochs - static_cast<double>(m_position.epoch));
        runEpoch(progress, events, share);
        evaluate(progress,
                 events); // cancelled here, it is made up for: no batch of this epoch is left then
        ++m_position.epoch;
        m_position.batch = 0;
        if (events.epoch)
            events.epoch();
    }
}

void Trainer::runEpoch(Progress &progress, const TrainerEvents &events, double share)
{
    const auto batches = epochBatches(m_data.train.sequences,
                                      {m_options.batchTokens, m_options.seed, m_position.epoch});
    const auto wanted =
        static_cast<std::int64_t>(std::ceil(share * static_cast<double>(batches.size())));
    m_epochBatches = static_cast<std::int64_t>(batches.size());
    while (m_position.batch < wanted) {
        progress.check();
        const double begin = secondsNow();
        const std::vector<std::size_t> &batch = batches[m_position.batch];
        const double done =
            static_cast<double>(m_position.epoch) +
            static_cast<double>(m_position.batch + 1) / static_cast<double>(batches.size());
        m_learningRate =
            m_options.learningRate *
            scheduleFactor(std::min(1.0, done / m_options.epochs), m_options.warmupShare);
        const double loss = learn(batch, progress);
        if (!std::isfinite(loss))
            throw Error(ErrorKind::InvalidSetting, messages::trainingDiverged, m_report.steps,
                        formatReal(m_options.learningRate));
        ++m_position.batch;
        ++m_report.steps;
        m_report.tokens += tokensOf(m_data.train, batch);
        m_report.seconds += secondsNow() - begin;
        record(loss, batches.size());
        reportTo(progress);
        if (events.step)
            events.step();
    }
}

double Trainer::learn(const std::vector<std::size_t> &batch, Progress &progress)
{
    return translatingTorchErrors([&] {
        try {
            ForwardOptions options;
            options.dropout = DropoutStep{m_options.seed, m_report.steps};
            options.border = interruptedBy(progress);
            m_network.clearGradients();
            const Question question = Asker(m_network, m_data, m_data.train)
                                          .ask(batch, m_options.seed, m_report.steps, options);
            if (question.targets.empty())
                return 0.0;
            const at::Tensor loss = trainedCrossEntropy(question.logits, question.targets);
            loss.backward();
            const double norm = m_optimizer.step(m_learningRate);
            m_network.clearGradients();
            return std::isfinite(norm) ? loss.item<double>() : norm;
        } catch (const Interrupted &) {
            m_network.clearGradients();
            throw Cancelled();
        }
    });
}

void Trainer::record(double loss, std::size_t batches)
{
    m_position.lossSum += loss;
    ++m_position.lossCount;
    const double total = m_options.epochs * static_cast<double>(batches);
    const auto each =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(total) / pointsPerTraining);
    if (m_report.steps % each != 0)
        return;
    const double epoch = static_cast<double>(m_position.epoch) +
                         static_cast<double>(m_position.batch) / static_cast<double>(batches);
    m_report.points.push_back({m_report.steps, epoch,
                               m_position.lossSum / static_cast<double>(m_position.lossCount),
                               m_learningRate});
    m_position.lossSum = 0;
    m_position.lossCount = 0;
}

void Trainer::reportTo(Progress &progress) const
{
    const auto decimals = [](double value, int digits) {
        return fmt::format("{:.{}f}", value, digits);
    };
    const auto total = static_cast<std::int64_t>(
        std::ceil(m_options.epochs * static_cast<double>(m_epochBatches)));
    const double loss = m_position.lossCount > 0
                            ? m_position.lossSum / static_cast<double>(m_position.lossCount)
                            : m_report.points.back().loss;
    const std::string epoch = fmt::to_string(m_position.epoch + 1);
    const std::string epochs = formatReal(m_options.epochs);
    const std::string speed = decimals(m_report.tokensPerSecond(), 0);
    ProgressReport report;
    report.what = message(m_data.objective == Objective::Task ? messages::trainingTask
                                                              : messages::trainingMaskedLm);
    report.done = m_position.epoch * m_epochBatches + m_position.batch;
    report.total = total;
    if (m_report.evaluations.empty())
        report.figure = message(messages::trainingFigure, epoch, epochs, decimals(loss, 4), speed);
    else
        report.figure =
            message(messages::trainingFigureDev, epoch, epochs, decimals(loss, 4), speed,
                    decimals(100 * m_report.evaluations.back().accuracy, 2) + " %");
    progress.report(report);
}

void Trainer::evaluate(Progress &progress, const TrainerEvents &events)
{
    if (m_data.dev.empty())
        return;
    TrainingEvaluation evaluation =
        evaluated(m_network, m_data, m_data.dev, m_options.batchTokens, progress);
    evaluation.step = m_report.steps;
    evaluation.epoch = std::min(static_cast<double>(m_position.epoch + 1), m_options.epochs);
    const bool byLoss = m_data.objective == Objective::MaskedLm;
    evaluation.best =
        std::ranges::none_of(m_report.evaluations, [&](const TrainingEvaluation &other) {
            return byLoss ? other.loss <= evaluation.loss : other.accuracy >= evaluation.accuracy;
        });
    m_report.evaluations.push_back(evaluation);
    if (evaluation.best && events.improved)
        events.improved();
}

TrainingEvaluation evaluated(const TrainableNetwork &network, const TrainingData &data,
                             const TrainingSet &set, std::int64_t batchTokens, Progress &progress)
{
    const c10::NoGradGuard noGradients;
    std::vector<std::size_t> all(set.sequences.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const auto batches = batchesByLength(set.sequences, std::move(all), batchTokens);
    const Asker asker(network, data, set);
    TrainingEvaluation result;
    double right = 0;
    for (std::size_t i = 0; i < batches.size(); ++i) {
        progress.step({message(messages::trainingEvaluating), static_cast<std::int64_t>(i),
                       static_cast<std::int64_t>(batches.size())});
        const Question question = asker.ask(batches[i], 0, static_cast<std::int64_t>(i), {});
        if (question.targets.empty())
            continue;
        const at::Tensor answers = at::argmax(question.logits, 1);
        const auto *answer = answers.data_ptr<std::int64_t>();
        for (std::size_t row = 0; row < question.targets.size(); ++row)
            right += answer[row] == question.targets[row] ? 1 : 0;
        const auto count = static_cast<std::int64_t>(question.targets.size());
        result.loss += trainedCrossEntropy(question.logits, question.targets).item<double>() *
                       static_cast<double>(count);
        result.n += count;
    }
    if (result.n > 0) {
        result.loss /= static_cast<double>(result.n);
        result.accuracy = right / static_cast<double>(result.n);
    }
    return result;
}

} // namespace pare

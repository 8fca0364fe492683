#include "core/training/trainer.h"

#include "core/base/error.h"
#include "core/base/numbers.h"
#include "core/network/interrupted.h"
#include "core/tensors/torcherrors.h"
#include "core/training/batchorder.h"
#include "core/training/messages.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace pare {

namespace {

double secondsNow()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

std::int64_t tokensOf(const std::vector<Sequence> &sequences, const std::vector<std::size_t> &batch)
{
    std::int64_t tokens = 0;
    for (const std::size_t index : batch)
        tokens += static_cast<std::int64_t>(sequences[index].ids.size());
    return tokens;
}

constexpr std::int64_t pointsPerTraining = 400;

} // namespace

Trainer::Trainer(Lesson &lesson, const TrainingOptions &options)
    : m_lesson(lesson)
    , m_options(options)
    , m_optimizer(lesson.parameters(), {.weightDecay = options.weightDecay,
                                        .clip = options.clip,
                                        .scoreRate = options.scoreLearningRate})
{
    m_report.options = options;
    for (const NamedParameter &parameter : m_optimizer.parameters())
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
    while (static_cast<double>(m_position.epoch) < m_options.epochs && !m_position.stopped) {
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
    const std::vector<Sequence> &sequences = m_lesson.sequences(m_position.epoch);
    const auto batches =
        epochBatches(sequences, {m_options.batchTokens, m_options.seed, m_position.epoch});
    const auto wanted =
        static_cast<std::int64_t>(std::ceil(share * static_cast<double>(batches.size())));
    m_epochBatches = static_cast<std::int64_t>(batches.size());
    if (m_report.steps == 0)
        m_report.schedules = m_lesson.schedules(wholeSteps());
    while (m_position.batch < wanted) {
        progress.check();
        const double begin = secondsNow();
        const std::vector<std::size_t> &batch = batches[m_position.batch];
        const double done =
            static_cast<double>(m_position.epoch) +
            static_cast<double>(m_position.batch + 1) / static_cast<double>(batches.size());
        const double whole = std::min(1.0, done / m_options.epochs);
        m_learningRate = m_options.learningRate * scheduleFactor(whole, m_options.warmupShare);
        const std::optional<Learnt> learnt = learn(batch, whole, progress);
        if (learnt && !(std::isfinite(learnt->loss) && std::isfinite(learnt->gradientNorm)))
            throw Error(ErrorKind::InvalidSetting, messages::trainingDiverged, m_report.steps,
                        formatReal(m_options.learningRate));
        ++m_position.batch;
        ++m_report.steps;
        m_report.tokens += tokensOf(sequences, batch);
        m_report.seconds += secondsNow() - begin;
        record(learnt, batches.size());
        reportTo(progress);
        if (events.step)
            events.step();
    }
}

std::int64_t Trainer::wholeSteps() const
{
    return static_cast<std::int64_t>(
        std::ceil(m_options.epochs * static_cast<double>(m_epochBatches)));
}

void Trainer::clearGradients()
{
    for (const NamedParameter &parameter : m_optimizer.parameters())
        parameter.tensor.mutable_grad() = at::Tensor();
}

std::optional<Trainer::Learnt> Trainer::learn(const std::vector<std::size_t> &batch, double share,
                                              Progress &progress)
{
    return translatingTorchErrors([&]() -> std::optional<Learnt> {
        try {
            LessonStep step{m_options.seed, m_report.steps, wholeSteps(), share, {}};
            step.forward.dropout = DropoutStep{m_options.seed, m_report.steps};
            step.forward.border = interruptedBy(progress);
            step.forward.precision = m_options.precision.value_or(TrainingPrecision::Float32);
            clearGradients();
            const at::Tensor loss = m_lesson.loss(batch, step);
            if (!loss.defined())
                return {};
            loss.backward();
            const Learnt learnt{
                loss.item<double>(),
                m_optimizer.step(m_learningRate, m_learningRate / m_options.learningRate,
                                 m_lesson.rateFactors(step))};
            clearGradients();
            return learnt;
        } catch (const Interrupted &) {
            clearGradients();
            throw Cancelled();
        }
    });
}

void Trainer::record(const std::optional<Learnt> &learnt, std::size_t batches)
{
    if (learnt) {
        m_position.lossSum += learnt->loss;
        m_position.normSum += learnt->gradientNorm;
        ++m_position.lossCount;
    }
    const double total = m_options.epochs * static_cast<double>(batches);
    const auto each =
        std::max<std::int64_t>(1, static_cast<std::int64_t>(total) / pointsPerTraining);
    if (m_report.steps % each != 0 || m_position.lossCount == 0)
        return;
    const double epoch = static_cast<double>(m_position.epoch) +
                         static_cast<double>(m_position.batch) / static_cast<double>(batches);
    const auto count = static_cast<double>(m_position.lossCount);
    m_report.points.push_back({m_report.steps, epoch, m_position.lossSum / count, m_learningRate,
                               m_position.normSum / count});
    m_position.lossSum = 0;
    m_position.normSum = 0;
    m_position.lossCount = 0;
    if (m_options.told)
        m_options.told(m_report);
}

void Trainer::reportTo(Progress &progress) const
{
    const auto decimals = [](double value, int digits) {
        return fmt::format("{:.{}f}", value, digits);
    };
    const std::int64_t total = wholeSteps();
    std::string loss = "–"; // nothing was learnt yet
    if (m_position.lossCount > 0)
        loss = decimals(m_position.lossSum / static_cast<double>(m_position.lossCount), 4);
    else if (!m_report.points.empty())
        loss = decimals(m_report.points.back().loss, 4);
    const std::string epoch = fmt::to_string(m_position.epoch + 1);
    const std::string epochs = formatReal(m_options.epochs);
    const std::string speed = decimals(m_report.tokensPerSecond(), 0);
    ProgressReport report;
    report.what = m_lesson.title();
    report.done = m_position.epoch * m_epochBatches + m_position.batch;
    report.total = total;
    report.secondsLeft = m_report.seconds /
                         static_cast<double>(std::max<std::int64_t>(m_report.steps, 1)) *
                         static_cast<double>(total - report.done);
    if (m_report.evaluations.empty())
        report.figure = message(messages::trainingFigure, epoch, epochs, loss, speed);
    else
        report.figure =
            message(messages::trainingFigureDev, epoch, epochs, loss, speed,
                    decimals(100 * m_report.evaluations.back().accuracy, 2) + " %");
    progress.report(report);
}

void Trainer::evaluate(Progress &progress, const TrainerEvents &events)
{
    m_lesson.reached(std::min(1.0, static_cast<double>(m_position.epoch + 1) / m_options.epochs));
    std::optional<TrainingEvaluation> found =
        cancellable([&] { return m_lesson.evaluated(progress); });
    if (!found)
        return;
    TrainingEvaluation evaluation = *found;
    evaluation.step = m_report.steps;
    evaluation.epoch = std::min(static_cast<double>(m_position.epoch + 1), m_options.epochs);
    evaluation.whole = m_lesson.isWhole();
    std::vector<TrainingEvaluation> &all = m_report.evaluations;
    evaluation.best =
        evaluation.whole && std::ranges::none_of(all, [&](const TrainingEvaluation &other) {
            return other.whole && !evaluation.isBetterThan(other);
        });
    all.push_back(evaluation);
    if (evaluation.best && events.improved)
        events.improved();
    const auto best = std::ranges::find_if(all.rbegin(), all.rend(), &TrainingEvaluation::best);
    m_position.stopped = m_options.patience > 0 && best != all.rend() &&
                         std::distance(all.rbegin(), best) >= m_options.patience;
    if (m_options.told)
        m_options.told(m_report);
}

} // namespace pare

// Prints how many tokens per second training reaches in float32 and in bfloat16, and where a step's
// time goes: random BERT classifiers of 12 layers, 768 wide, and 6 layers, 384 wide, batches of 32
// sentences of about 27 tokens, dropout 0.1 and AdamW.
//   benchmark_training [--threads N] [--model 12x768|6x384] [--precision float32|bfloat16]
//                      [--rounds N] [--ids FILE]
// FILE: a sentence a line, its token ids separated by spaces, in the order in which they are to be
// trained. The last line is JSON: tokens per second by model and precision.
#include "core/base/random.h"
#include "core/network/computing.h"
#include "core/network/kernels/gemm.h"
#include "core/network/linearfunction.h"
#include "core/network/normaldraw.h"
#include "core/network/trainableoperations.h"
#include "core/training/adamw.h"

#include <ATen/ops/full.h>
#include <ATen/ops/tanh.h>
#include <ATen/ops/zeros.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <string_view>

namespace {

using namespace pare;
using Clock = std::chrono::steady_clock;

constexpr std::int64_t vocabulary = 30522;
constexpr std::size_t sentencesOfBatch = 32;
constexpr std::int64_t headWidth = 64;
constexpr double learningRate = 2e-5;

struct Options
{
    int threads = 0;
    std::size_t rounds = 12;
    std::string model;
    std::string precision;
    std::string ids;
};

struct Size
{
    int blocks = 0;
    std::int64_t width = 0;

    std::string name() const { return fmt::format("{}x{}", blocks, width); }
    std::int64_t heads() const { return width / headWidth; }
};

double secondsSince(Clock::time_point start)
{
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double medianOf(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

/// A post-norm encoder with a classifier, of the functions that training is made of.
class Model
{
public:
    explicit Model(const Size &size)
        : m_size(size)
    {
        const std::int64_t width = size.width;
        matrix("token", {vocabulary, width});
        matrix("position", {512, width});
        matrix("type", {2, width});
        norm("embedding.norm");
        for (int block = 0; block < size.blocks; ++block) {
            const std::string prefix = fmt::format("{}.", block);
            for (const char *part : {"query", "key", "value", "output"})
                linear(prefix + part, width, width);
            norm(prefix + "attention.norm");
            linear(prefix + "up", 4 * width, width);
            linear(prefix + "down", width, 4 * width);
            norm(prefix + "ffn.norm");
        }
        linear("pooler", width, width);
        linear("classifier", 2, width);
    }

    at::Tensor loss(const PackedBatch &batch, TrainingPrecision precision, std::uint64_t step) const
    {
        std::uint64_t key = step << 16;
        const auto dropout = [&] { return Dropout{++key, 0.1F}; };
        const auto multiplied = [&](const std::string &name, const at::Tensor &x) {
            return trainedLinear(x, at(name + ".weight"), at(name + ".bias"), precision);
        };
        const auto normed = [&](const std::string &name, const at::Tensor &x,
                                const at::Tensor &residual, const Dropout &dropped) {
            return trainedNorm(x, residual, at(name + ".weight"), at(name + ".bias"), 1e-12,
                               dropped);
        };
        at::Tensor x = trainedRows(at("token"), batch.ids);
        x = x.add(trainedRows(at("position"), batch.positions));
        x = x.add(trainedRows(at("type"), batch.types));
        x = trainedDropout(normed("embedding.norm", x, {}, {}), dropout());
        for (int block = 0; block < m_size.blocks; ++block) {
            const std::string prefix = fmt::format("{}.", block);
            const at::Tensor joined = trainedLinears(x, parts(prefix, ".weight"),
                                                     parts(prefix, ".bias"), precision);
            const at::Tensor context = trainedAttention(
                joined, batch.groups, {m_size.heads(), headWidth, false}, dropout());
            const at::Tensor attended =
                normed(prefix + "attention.norm", multiplied(prefix + "output", context), x,
                       dropout());
            const at::Tensor inner = trainedGelu(multiplied(prefix + "up", attended));
            x = normed(prefix + "ffn.norm", multiplied(prefix + "down", inner), attended,
                       dropout());
        }
        const at::Tensor pooled =
            at::tanh(multiplied("pooler", trainedRows(x, batch.starts)));
        const at::Tensor logits = multiplied("classifier", trainedDropout(pooled, dropout()));
        std::vector<std::int64_t> targets;
        for (const std::size_t index : batch.order)
            targets.push_back(static_cast<std::int64_t>(index % 2));
        return trainedCrossEntropy(logits, targets);
    }

    const std::vector<NamedParameter> &parameters() const { return m_parameters; }

private:
    const at::Tensor &at(const std::string &name) const { return m_byName.at(name); }

    std::vector<at::Tensor> parts(const std::string &prefix, const std::string &kind) const
    {
        return {at(prefix + "query" + kind), at(prefix + "key" + kind), at(prefix + "value" + kind)};
    }

    void add(const std::string &name, ParameterKind kind, at::Tensor tensor)
    {
        tensor.requires_grad_(true);
        m_byName.emplace(name, tensor);
        m_parameters.push_back({name, kind, tensor});
    }

    void matrix(const std::string &name, const std::vector<std::int64_t> &shape)
    {
        add(name, ParameterKind::Matrix, normalDraw(shape, 0.02, 1, name));
    }

    void linear(const std::string &name, std::int64_t out, std::int64_t in)
    {
        matrix(name + ".weight", {out, in});
        add(name + ".bias", ParameterKind::Vector, at::zeros({out}, at::kFloat));
    }

    void norm(const std::string &name)
    {
        add(name + ".weight", ParameterKind::Vector, at::full({m_size.width}, 1, at::kFloat));
        add(name + ".bias", ParameterKind::Vector, at::zeros({m_size.width}, at::kFloat));
    }

    Size m_size;
    std::map<std::string, at::Tensor> m_byName;
    std::vector<NamedParameter> m_parameters;
};

std::vector<Sequence> randomSentences(std::size_t count)
{
    Random random(3);
    std::vector<Sequence> sentences(count);
    for (Sequence &sentence : sentences) {
        sentence.ids.resize(15 + random.below(25)); // 15 … 39, 27 on average
        for (std::int64_t &id : sentence.ids)
            id = static_cast<std::int64_t>(random.below(vocabulary));
    }
    return sentences;
}

std::vector<Sequence> readSentences(const std::string &path)
{
    std::vector<Sequence> sentences;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        std::istringstream words(line);
        Sequence sentence;
        for (std::int64_t id = 0; words >> id;)
            sentence.ids.push_back(std::clamp<std::int64_t>(id, 0, vocabulary - 1));
        if (!sentence.ids.empty())
            sentences.push_back(std::move(sentence));
    }
    return sentences;
}

std::vector<PackedBatch> batchesOf(std::vector<Sequence> sentences)
{
    std::vector<PackedBatch> batches;
    for (std::size_t first = 0; first < sentences.size(); first += sentencesOfBatch) {
        const std::size_t last = std::min(first + sentencesOfBatch, sentences.size());
        const std::span<Sequence> some(sentences.begin() + static_cast<std::ptrdiff_t>(first),
                                       sentences.begin() + static_cast<std::ptrdiff_t>(last));
        for (Sequence &sentence : some)
            sentence.types.resize(sentence.ids.size());
        batches.push_back(packed(some));
    }
    return batches;
}

/// A model that is trained on; each has parameters, moments and measurements of its own.
struct Training
{
    Training(const Size &size, TrainingPrecision given)
        : precision(given)
        , model(size)
        , optimizer(model.parameters(), {})
    {}

    void step(const PackedBatch &batch)
    {
        const auto start = Clock::now();
        const at::Tensor loss = model.loss(batch, precision, static_cast<std::uint64_t>(++steps));
        const double forwardSeconds = secondsSince(start);
        loss.backward();
        const double backwardSeconds = secondsSince(start) - forwardSeconds;
        optimizer.step(learningRate);
        for (const NamedParameter &parameter : model.parameters())
            parameter.tensor.mutable_grad() = at::Tensor();
        const double all = secondsSince(start);
        forward.push_back(forwardSeconds);
        backward.push_back(backwardSeconds);
        update.push_back(all - forwardSeconds - backwardSeconds);
        rates.push_back(static_cast<double>(batch.tokens()) / all);
    }

    void forget()
    {
        for (std::vector<double> *values : {&forward, &backward, &update, &rates})
            values->clear();
    }

    TrainingPrecision precision;
    Model model;
    AdamW optimizer;
    int steps = 0;
    std::vector<double> forward;
    std::vector<double> backward;
    std::vector<double> update;
    std::vector<double> rates;
};

std::string measured(const Size &size, const std::vector<TrainingPrecision> &precisions,
                     const std::vector<PackedBatch> &batches, std::size_t rounds)
{
    std::vector<Training> trainings;
    trainings.reserve(precisions.size());
    for (const TrainingPrecision precision : precisions)
        trainings.emplace_back(size, precision);
    // Every shape once, so that what libraries make for it is made.
    for (Training &training : trainings) {
        for (const PackedBatch &batch : batches)
            training.step(batch);
        training.forget();
    }
    for (std::size_t round = 0; round < rounds; ++round) {
        for (Training &training : trainings)
            training.step(batches[round % batches.size()]);
    }
    std::string json;
    for (const Training &training : trainings) {
        std::vector<double> ratios;
        for (std::size_t round = 0; round < rounds; ++round)
            ratios.push_back(training.rates[round] / trainings[0].rates[round]);
        const auto [least, most] = std::ranges::minmax(training.rates);
        fmt::print("{:<6} {:<8} {:7.0f} tokens/s (median; {:.0f} … {:.0f}), {:.2f} x; forward {:.0f} "
                   "ms, backward {:.0f} ms, AdamW {:.0f} ms\n",
                   size.name(), trainingPrecisionName(training.precision), medianOf(training.rates),
                   least, most, medianOf(ratios), 1e3 * medianOf(training.forward),
                   1e3 * medianOf(training.backward), 1e3 * medianOf(training.update));
        json += fmt::format("{}\"{}\": {:.1f}", json.empty() ? "" : ", ",
                            trainingPrecisionName(training.precision), medianOf(training.rates));
    }
    return fmt::format("\"{}\": {{{}}}", size.name(), json);
}

/// Every option has a value; nothing where one is unknown or has none.
std::optional<Options> parsed(int argc, char **argv)
{
    Options options;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view name = argv[i];
        if (i + 1 == argc)
            return std::nullopt;
        if (name == "--threads")
            options.threads = std::atoi(argv[i + 1]);
        else if (name == "--rounds")
            options.rounds = static_cast<std::size_t>(std::max(1, std::atoi(argv[i + 1])));
        else if (name == "--model")
            options.model = argv[i + 1];
        else if (name == "--precision")
            options.precision = argv[i + 1];
        else if (name == "--ids")
            options.ids = argv[i + 1];
        else
            return std::nullopt;
    }
    return options;
}

} // namespace

int main(int argc, char **argv)
{
    const std::optional<Options> given = parsed(argc, argv);
    if (!given) {
        fmt::print(stderr, "benchmark_training [--threads N] [--model 12x768|6x384] [--precision "
                           "float32|bfloat16] [--rounds N] [--ids FILE]\n");
        return 2;
    }
    const Options &options = *given;
    startComputing(options.threads);
    const std::vector<PackedBatch> batches =
        batchesOf(options.ids.empty() ? randomSentences(4 * sentencesOfBatch)
                                      : readSentences(options.ids));
    if (batches.empty()) {
        fmt::print(stderr, "{}: no sentences\n", options.ids);
        return 1;
    }
    std::vector<TrainingPrecision> precisions;
    for (const TrainingPrecision precision :
         {TrainingPrecision::Float32, TrainingPrecision::BFloat16}) {
        const bool wanted =
            options.precision.empty() || options.precision == trainingPrecisionName(precision);
        if (wanted && (precision == TrainingPrecision::Float32 || multipliesBFloat16()))
            precisions.push_back(precision);
    }
    fmt::print("{}; kernels: {}\n", kernelMachine(), kernelChoiceText(kernelChoice()));
    std::string json;
    for (const Size &size : {Size{12, 768}, Size{6, 384}}) {
        if (options.model.empty() || options.model == size.name())
            json += (json.empty() ? "" : ", ") +
                    measured(size, precisions, batches, options.rounds);
    }
    fmt::print("{{{}}}\n", json);
    return 0;
}

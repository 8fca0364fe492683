#include "core/experiment/exportcheck.h"

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/checkpoint/densemodel.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/checkpoint/ggufreader.h"
#include "core/evaluation/blockwise.h"
#include "core/evaluation/statistics.h"
#include "core/experiment/messages.h"
#include "core/experiment/plainforward.h"
#include "core/experiment/titledprogress.h"
#include "core/experiment/torchscriptanswers.h"
#include "core/experiment/weightcheck.h"
#include "core/experiment/weightinputs.h"
#include "core/model/architecture.h"
#include "core/network/computing.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/torcherrors.h"
#include "core/text/datasource.h"

#include <ATen/core/Tensor.h>
#include <ATen/ops/tensor.h>
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <tuple>

namespace pare {

namespace {

/// What two computations of the same numbers may differ in, as a share of the largest logit: other
/// kernels add up in another order.
constexpr double otherOrder = 1e-4;

at::Tensor roundedTo(const at::Tensor &values, DType dtype)
{
    return values.defined() ? values.to(scalarTypeOf(dtype)).to(at::kFloat) : values;
}

/// Halves stay halves until they are multiplied, which takes half the room; products of bfloat16 would not
/// be those of float32.
Factor heldAs(const at::Tensor &values, DType dtype)
{
    return Factor::dense(dtype == DType::Float16 ? values.to(at::kHalf) : values.to(at::kFloat));
}

enum class Products { Multiplied, Kept };

/// How the numbers of a file are rounded.
struct Rounding
{
    std::function<DType(const std::string &layer)> weights;
    DType biases;
    Products products = Products::Multiplied;
};

/// The weights a file holds: the source's, unpacked and rounded.
WeightSource unpacked(const ExportSource &source, Rounding rounding)
{
    return [&source, rounding = std::move(rounding)](const LayerFilter &isWanted) {
        source.checkpoint->releasePages();
        ModelWeights weights;
        for (const Layer &layer : describe(source.specification).layers) {
            if (!isWanted(layer.name))
                continue;
            const DType dtype = rounding.weights(layer.name);
            const auto *product = std::get_if<Product>(&source.weights.resolved(layer.name).weight);
            Weight weight;
            if (product && rounding.products == Products::Kept) // each factor for itself
                weight = Product{heldAs(roundedTo(denseValues(product->left), dtype), dtype),
                                 heldAs(roundedTo(denseValues(product->right), dtype), dtype)};
            else
                weight = heldAs(denseWeight(source.weights, layer.name, dtype), dtype);
            weights.layers[layer.name] = {
                std::move(weight), roundedTo(biasOf(source.weights, layer.name), rounding.biases)};
            source.checkpoint->releasePages();
            giveMemoryBack();
        }
        return weights;
    };
}

double largestDifference(const at::Tensor &one, const at::Tensor &other)
{
    return one.sub(other).abs().max().item().toDouble();
}

void compareWithMeasured(const at::Tensor &measured, const at::Tensor &found, Parity &parity)
{
    parity.examples = measured.size(0);
    parity.largestDifference = largestDifference(measured, found);
    if (parity.compared == Compared::Logits)
        parity.changedAnswers = measured.argmax(1).ne(found.argmax(1)).sum().item().toLong();
}

/// `allowed`: as a share of the largest logit.
void judge(const at::Tensor &expected, const at::Tensor &found, double allowed, Parity &parity)
{
    if (expected.sizes() != found.sizes()) {
        parity.failure =
            message(messages::exportLogitsShape, fmt::format("{}", fmt::join(found.sizes(), ", ")),
                    fmt::format("{}", fmt::join(expected.sizes(), ", ")))
                .text();
        return;
    }
    parity.tolerance = allowed * expected.abs().max().item().toDouble();
    const double difference = largestDifference(expected, found);
    if (!(difference <= parity.tolerance))
        parity.failure =
            message(parity.compared == Compared::Logits ? messages::exportLogitsDiffer
                                                        : messages::exportHiddenDiffer,
                    fmt::format("{:.3g}", difference), fmt::format("{:.3g}", parity.tolerance))
                .text();
}

/// Without data, sequences of random tokens, of many lengths: whether a file computes the same shows on
/// any.
EncodedData randomExamples(const NetworkSpecification &specification)
{
    constexpr int count = 16;
    Random random(1);
    const auto below = [&](int bound) {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(bound)));
    };
    EncodedData data;
    for (int i = 0; i < count; ++i) {
        Sequence &sequence = data.sequences.emplace_back();
        const std::int64_t length = 1 + below(std::min(32, specification.embedding.positions));
        const std::int64_t first = 1 + below(static_cast<int>(length)); // of the first of two texts
        for (std::int64_t token = 0; token < length; ++token) {
            sequence.ids.push_back(below(specification.embedding.vocabulary));
            sequence.types.push_back(token < first || specification.embedding.tokenTypes < 2 ? 0
                                                                                             : 1);
        }
    }
    return data;
}

/// What a GGUF file alone says of its model, where that is not what it was written from.
std::string keyThatDiffers(const NetworkSpecification &source, const NetworkSpecification &own,
                           const std::filesystem::path &file)
{
    const StackSpecification expected = normalized(source.stacks.front());
    const StackSpecification found = own.stacks.front();
    const std::tuple<const char *, int, int> keys[]{
        {"bert.block_count", found.blocks, expected.blocks},
        {"bert.embedding_length", found.block.width, expected.block.width},
        {"bert.feed_forward_length", found.block.feedForwardWidth, expected.block.feedForwardWidth},
        {"bert.attention.head_count", found.block.heads, expected.block.heads},
        {"bert.context_length", own.embedding.positions, source.embedding.positions},
        {"tokenizer.ggml.token_type_count", own.embedding.tokenTypes, source.embedding.tokenTypes},
        {"tokenizer.ggml.tokens", own.embedding.vocabulary, source.embedding.vocabulary},
    };
    for (const auto &[key, is, shouldBe] : keys) {
        if (is != shouldBe)
            return message(messages::exportGgufKey, file.filename(), key, is, shouldBe).text();
    }
    if (source.head == HeadKind::Classification && own.labels != source.labels)
        return message(messages::exportGgufKey, file.filename(), "bert.classifier.output_labels",
                       fmt::format("{}", fmt::join(own.labels, ", ")),
                       fmt::format("{}", fmt::join(source.labels, ", ")))
            .text();
    return {};
}

/// An exported file, opened by those who know its format alone.
class ExportComparison
{
public:
    ExportComparison(const ExportSource &source, const ExportTarget &target, Parity &parity,
                     Progress &progress)
        : m_source(source)
        , m_target(target)
        , m_file(target.folder / weightFileOf(target.format))
        , m_parity(parity)
        , m_progress(progress)
    {
        if (source.specification.head == HeadKind::None)
            parity.compared = Compared::HiddenStates;
    }

    void compareWeights()
    {
        switch (m_target.format) {
        case ExportFormat::Packed:
            take(comparePacked(m_source, m_target, m_progress));
            open();
            if (m_parity.passed() && hashOfOpened() != m_source.record.weightHash)
                m_parity.failure = message(messages::exportPackingDiffers).text();
            return;
        case ExportFormat::Dense:
            take(compareDense(m_source, m_target, m_progress));
            open();
            return;
        case ExportFormat::TorchScript:
            open();
            if (m_parity.passed())
                take(compareScript(m_source, m_target, m_read, m_progress));
            m_read = {}; // it answers by itself
            return;
        case ExportFormat::Gguf:
            take(compareGguf(m_source, m_target, m_progress));
            if (m_parity.passed())
                openGguf();
            return;
        }
    }

    /// Two questions: does the file compute what its numbers say, and how far is that from what was
    /// measured, where the format had to round or to leave the rounding of inputs out?
    at::Tensor compareAnswers(const EncodedData &data)
    {
        const at::Tensor measured = answers(
            m_source.specification,
            [this](const LayerFilter &) {
                m_source.checkpoint->releasePages();
                return m_source.weights;
            },
            data);
        m_source.checkpoint->releasePages();
        const at::Tensor found = answersOfFile(data);
        const bool rounds = m_target.format == ExportFormat::TorchScript &&
                            std::ranges::any_of(m_source.weights.layers, [](const auto &layer) {
                                return roundsInputs(layer.second.weight);
                            });
        const bool isPacked = m_target.format == ExportFormat::Packed;
        // A rounded input that lies between two codes goes either way: what the file does is held against
        // the same operations in the same order.
        const at::Tensor expected =
            isPacked ? measured
            : rounds
                ? plainAnswers(m_source, m_target.dtype, data, m_target.batchTokens, m_progress)
                : answers(m_source.specification, unpacked(m_source, rounding()), data);
        judge(expected, found, isPacked ? 0 : otherOrder, m_parity);
        if (expected.sizes() == found.sizes())
            compareWithMeasured(measured, found, m_parity);
        return found;
    }

private:
    void take(WeightsFound found)
    {
        m_parity.tensors = found.layers;
        m_parity.failure = std::move(found.failure);
    }

    /// As Pare opens it, which is how it answers.
    void open()
    {
        if (!m_parity.passed())
            return;
        m_read = openCheckpoint(m_target.folder);
        if (configJson(m_read.specification) != configJson(m_source.specification))
            m_parity.failure = message(messages::exportConfigDiffers).text();
    }

    /// The identity that runs know weights by: of how they are packed, not of the values alone.
    std::string hashOfOpened() const
    {
        return hashOf(m_read.specification, m_read.weights, m_progress,
                      [&] { m_read.releasePages(); });
    }

    /// By what it says itself, not by the config.json beside it, which others do not read.
    void openGguf()
    {
        m_gguf = std::make_shared<const GgufReader>(m_file);
        GgufModel model = readGgufModel(m_gguf);
        m_parity.failure = keyThatDiffers(m_source.specification, model.specification, m_file);
        m_read.specification = std::move(model.specification);
        m_read.weights = std::move(model.weights);
        m_read.gguf = m_gguf;
    }

    /// One block in memory at a time.
    at::Tensor answers(const NetworkSpecification &specification, const WeightSource &weights,
                       const EncodedData &data)
    {
        BlockwiseOptions options;
        options.batchTokens = m_target.batchTokens;
        return logitsByBlock(specification, weights, data, options, m_progress);
    }

    at::Tensor answersOfFile(const EncodedData &data)
    {
        if (m_target.format == ExportFormat::TorchScript)
            return torchScriptAnswers(m_file, data, m_target.batchTokens, m_progress);
        return answers(
            m_read.specification,
            [this](const LayerFilter &) {
                m_read.releasePages();
                return m_read.weights;
            },
            data);
    }

    Rounding rounding() const
    {
        if (m_target.format == ExportFormat::Gguf)
            return {[types = ggufTypesOf(m_source, m_target)](const std::string &layer) {
                        const auto found = types.find(layer);
                        return found == types.end() ? DType::Float32 : found->second;
                    },
                    DType::Float32};
        return {[dtype = m_target.dtype](const std::string &) { return dtype; }, m_target.dtype,
                m_target.format == ExportFormat::TorchScript ? Products::Kept
                                                             : Products::Multiplied};
    }

    const ExportSource &m_source;
    const ExportTarget &m_target;
    std::filesystem::path m_file;
    Parity &m_parity;
    Progress &m_progress;
    Checkpoint m_read;
    std::shared_ptr<const GgufReader> m_gguf;
};

bool answersWithLabels(HeadKind head)
{
    return head == HeadKind::Classification || head == HeadKind::SentencePair;
}

Interval accuracyOf(const at::Tensor &answers, const std::vector<std::int64_t> &labels)
{
    const at::Tensor right = answers.argmax(1).eq(at::tensor(labels, at::kLong)).sum();
    return wilsonInterval(right.item().toLong(), answers.size(0));
}

} // namespace

EncodedData heldOutExamples(const ExportSource &source, const ExportTarget &target,
                            Progress &progress)
{
    return target.verify.empty() ? EncodedData()
                                 : encodedExamples(*source.checkpoint, openDataset(target.verify),
                                                   target.verify, source.tokens, progress);
}

Parity exportParity(const ExportSource &source, const ExportTarget &target,
                    const EncodedData &examples, Progress &progress)
{
    TitledProgress comparing(progress, message(messages::exportComparing));
    Parity parity;
    if (examples.size() > 0) // its name alone says nothing of a disk
        parity.data = std::filesystem::path(target.verify).filename().string();
    try {
        translatingTorchErrors([&] {
            ExportComparison comparison(source, target, parity, comparing);
            comparison.compareWeights();
            if (!parity.passed())
                return;
            const bool isAsked = examples.size() > 0;
            const at::Tensor answers = comparison.compareAnswers(
                isAsked ? examples : randomExamples(source.specification));
            if (isAsked && parity.passed() && answersWithLabels(source.specification.head))
                parity.accuracy = accuracyOf(answers, examples.labels);
        });
    } catch (const Error &error) {
        parity.failure = error.what();
    } catch (const nlohmann::json::exception &error) {
        parity.failure = message(messages::exportPackingJson, reasonOf(error)).text();
    }
    return parity;
}

} // namespace pare

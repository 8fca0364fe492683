// TorchScript files: opened by LibTorch alone, they answer what Network does.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/torchscript.h"
#include "core/network/kernels/kernelchoice.h"
#include "core/network/network.h"

#include <ATen/ATen.h>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/import.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

constexpr double tolerance = 1e-4;

Codec affine(int bits, std::int64_t group, int activationBits = 0)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = bits;
    codec.granularity = group > 0 ? Granularity::Group : Granularity::Channel;
    codec.group = group;
    codec.activationBits = activationBits;
    return codec;
}

std::vector<Sequence> someSequences(const NetworkSpecification &network)
{
    Random random(5);
    std::vector<Sequence> all(9);
    const auto below = [&random](int count) {
        return static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(count)));
    };
    for (Sequence &sequence : all) {
        const std::int64_t length = 1 + below(std::min(15, network.embedding.positions));
        for (std::int64_t i = 0; i < length; ++i) {
            sequence.ids.push_back(below(network.embedding.vocabulary));
            sequence.types.push_back(below(network.embedding.tokenTypes));
        }
    }
    return all;
}

/// The arguments of forward(): padded with whatever, which the mask hides.
struct Padded
{
    at::Tensor ids, mask, types;
};

Padded paddedBatch(std::span<const Sequence> sequences)
{
    std::size_t longest = 0;
    for (const Sequence &sequence : sequences)
        longest = std::max(longest, sequence.ids.size());
    const auto n = static_cast<std::int64_t>(sequences.size());
    const auto length = static_cast<std::int64_t>(longest);
    Padded batch{at::ones({n, length}, at::kLong), at::zeros({n, length}, at::kLong),
                 at::zeros({n, length}, at::kLong)};
    for (std::int64_t i = 0; i < n; ++i) {
        const Sequence &sequence = sequences[static_cast<std::size_t>(i)];
        const auto own = static_cast<std::int64_t>(sequence.ids.size());
        batch.ids[i].narrow(0, 0, own).copy_(at::tensor(sequence.ids));
        batch.types[i].narrow(0, 0, own).copy_(at::tensor(sequence.types));
        batch.mask[i].narrow(0, 0, own).fill_(1);
    }
    return batch;
}

/// What Network answers, in the order of the sequences; of a masked-LM head token after token.
at::Tensor expectedAnswers(const NetworkSpecification &network, const ModelWeights &weights,
                           std::span<const Sequence> sequences)
{
    const Network own(network, weights);
    std::vector<at::Tensor> answers;
    for (const Sequence &sequence : sequences) {
        const PackedBatch batch = packed(std::span(&sequence, 1));
        std::vector<std::int64_t> all(sequence.ids.size());
        std::iota(all.begin(), all.end(), 0);
        answers.push_back(hasMaskedLm(network.head)
                              ? own.vocabularyLogits(own.hiddenStates(batch), all)
                              : own.logits(batch));
    }
    return at::cat(answers);
}

at::Tensor foundAnswers(const std::filesystem::path &file, HeadKind head, const Padded &batch)
{
    torch::jit::Module module = torch::jit::load(file.string());
    module.eval();
    const at::Tensor answers = module.forward({batch.ids, batch.mask, batch.types}).toTensor();
    if (!hasMaskedLm(head))
        return answers;
    return answers.index({batch.mask.to(at::kBool)}); // of tokens that are there
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

} // namespace

class TestTorchScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// Where processors have products of few bits, Network rounds inputs; not everywhere alike.
    void initTestCase()
    {
        KernelChoice choice;
        choice.bfloat16 = choice.int8 = LowPrecision::Float32;
        setKernelChoice(choice);
    }

    void randomModels_data()
    {
        QTest::addColumn<int>("head");
        QTest::addColumn<int>("activation");
        for (const HeadKind head :
             {HeadKind::Classification, HeadKind::SentencePair, HeadKind::MaskedLm}) {
            for (const Activation activation :
                 {Activation::Gelu, Activation::GeluTanh, Activation::Relu, Activation::Silu,
                  Activation::Tanh})
                QTest::addRow("head %d, %s", static_cast<int>(head), nameOf(activation).data())
                    << static_cast<int>(head) << static_cast<int>(activation);
        }
    }
    void randomModels()
    {
        QFETCH(int, head);
        QFETCH(int, activation);
        NetworkSpecification network =
            test::randomSpecification({.head = static_cast<HeadKind>(head)});
        network.stacks[0].block.activation = static_cast<Activation>(activation);
        compare(network, test::randomWeights(network, 3));
    }

    void causalBlocks()
    {
        NetworkSpecification network = test::randomSpecification({});
        network.stacks[0].block.causal = true;
        compare(network, test::randomWeights(network, 3));
    }

    void golden_data()
    {
        QTest::addColumn<QString>("folder");
        const QDir folder(PARE_TEST_DATA "/golden");
        for (const QString &name : folder.entryList({"bert-*"}, QDir::Dirs))
            QTest::newRow(qPrintable(name)) << folder.filePath(name);
        QTest::newRow("demo") << PARE_RESOURCES "/demo";
    }
    void golden()
    {
        QFETCH(QString, folder);
        const Checkpoint checkpoint = openCheckpoint(folder.toStdString());
        compare(checkpoint.specification, checkpoint.weights);
    }

    void headsAndNeuronsThatAreGone()
    {
        NetworkSpecification network = test::randomSpecification({.width = 24, .heads = 3});
        network.stacks[0].shapes = {{{}, 24}, {{1}, 10}, {{0, 2}, 1}};
        compare(network, test::randomWeights(network, 3));
    }

    void tokenRowsThatSeeEachOther()
    {
        NetworkSpecification network = test::randomSpecification({});
        network.embedding.attentionWidth = 6;
        network.embedding.attentionHeads = 3;
        ModelWeights weights = test::randomWeights(network, 3);
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(path("safe.pt"), network, weights));
        weights.layers.at("embedding.token").weight =
            Product{Factor::dense(at::randn({40, 6})), Factor::dense(at::randn({6, 16}))};
        compare(network, weights);
    }

    void everyForm_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : {"4 bits", "2 planes", "float16", "pruned", "input scale",
                                 "product", "product in 8 bits", "kronecker", "columns", "shared"})
            QTest::newRow(form) << form;
    }
    void everyForm()
    {
        QFETCH(QString, form);
        const NetworkSpecification network = test::randomSpecification({.feedForward = 32});
        ModelWeights weights = test::randomWeights(network, 3);
        for (const char *layer :
             {"embedding.token", "encoder.0.attention.query", "encoder.0.attention.output",
              "encoder.1.ffn.up", "encoder.2.ffn.down", "pooler", "classifier"}) {
            LayerWeights &own = weights.layers.at(layer);
            own.weight = formed(form, denseValues(own.weight));
        }
        if (form == "shared") {
            weights.layers.at("encoder.1.ffn.up") = {Shared{"encoder.0.ffn.up"}, {}};
            weights.layers.at("encoder.2.attention.query") = {Shared{"encoder.0.attention.query"},
                                                              {}};
        }
        compare(network, weights);
    }

    void roundedInputs_data()
    {
        QTest::addColumn<QString>("form");
        for (const char *form : {"rounded", "rounded and scaled", "columns, rounded"})
            QTest::newRow(form) << form;
    }
    /// Of the pooler alone, against the same in float64.
    void roundedInputs()
    {
        QFETCH(QString, form);
        const NetworkSpecification network = test::randomSpecification({});
        ModelWeights weights = test::randomWeights(network, 3);
        LayerWeights &pooler = weights.layers.at("pooler");
        pooler.weight = formed(form, denseValues(pooler.weight));
        writeTorchScript(path("rounded.pt"), network, weights);
        const std::vector<Sequence> sequences = someSequences(network);
        const at::Tensor found =
            foundAnswers(path("rounded.pt"), network.head, paddedBatch(sequences));
        const Network own(network, weights);
        const LayerWeights &classifier = weights.layers.at("classifier");
        std::vector<at::Tensor> expected;
        for (const Sequence &sequence : sequences) {
            const at::Tensor first =
                own.hiddenStates(packed(std::span(&sequence, 1))).narrow(0, 0, 1);
            const at::Tensor pooled = (roundedProduct(pooler.weight, first) + pooler.bias).tanh();
            expected.push_back(pooled.matmul(denseValues(classifier.weight).to(at::kDouble).t()) +
                               classifier.bias);
        }
        QVERIFY(difference(found, at::cat(expected)) < tolerance);
        QVERIFY(difference(found, expectedAnswers(network, weights, sequences)) > 5 * tolerance);
    }

    void roundedKroneckerIsRefused()
    {
        const NetworkSpecification network = test::randomSpecification({});
        ModelWeights weights = test::randomWeights(network, 3);
        const Factor four = Factor::encoded(at::randn({4, 4}), affine(8, 0, 8));
        weights.layers.at("pooler").weight = Kronecker{four, four};
        try {
            writeTorchScript(path("refused.pt"), network, weights);
            QFAIL("it was not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
            QVERIFY2(QString::fromUtf8(error.what()).contains("pooler"), error.what());
        }
        QVERIFY(!std::filesystem::exists(path("refused.pt")));
    }

    /// A tied decoder and its table are one parameter, as a product as well.
    void tiedWeightsAreThereOnce()
    {
        const NetworkSpecification network =
            test::randomSpecification({.head = HeadKind::MaskedLm});
        ModelWeights weights = test::randomWeights(network, 3);
        compare(network, weights);
        const auto count = [&] {
            torch::jit::Module module = torch::jit::load(path("model.pt").string());
            std::int64_t total = 0;
            for (const at::Tensor &parameter : module.parameters())
                total += parameter.numel();
            return total;
        };
        QCOMPARE(count(), described(network, weights).parameters);
        for (const char *part : {"query", "key", "value", "output"})
            weights.layers.at(std::string("encoder.2.attention.") +
                              part) = {Shared{std::string("encoder.0.attention.") + part}, {}};
        weights.layers.at("embedding.token").weight =
            Product{Factor::dense(at::randn({40, 4})), Factor::dense(at::randn({4, 16}))};
        compare(network, weights);
        QCOMPARE(count(), described(network, weights).parameters);
    }

    void slicesDoNotBringTheirStorage()
    {
        const NetworkSpecification network = test::randomSpecification({});
        ModelWeights weights = test::randomWeights(network, 3);
        writeTorchScript(path("alone.pt"), network, weights);
        weights.layers.at("pooler").weight =
            Factor::dense(at::randn({1 << 14, 16}).narrow(0, 16, 16));
        writeTorchScript(path("slice.pt"), network, weights);
        QVERIFY(std::filesystem::file_size(path("slice.pt")) <
                std::filesystem::file_size(path("alone.pt")) + 1000);
    }

    void halfPrecision()
    {
        const Checkpoint checkpoint = openCheckpoint(PARE_RESOURCES "/demo");
        const std::vector<Sequence> sequences = someSequences(checkpoint.specification);
        writeTorchScript(path("whole.pt"), checkpoint.specification, checkpoint.weights);
        writeTorchScript(path("half.pt"), checkpoint.specification, checkpoint.weights,
                         {.values = DType::Float16});
        const Padded batch = paddedBatch(sequences);
        const HeadKind head = checkpoint.specification.head;
        const double found = difference(foundAnswers(path("whole.pt"), head, batch),
                                        foundAnswers(path("half.pt"), head, batch));
        QVERIFY2(found > 0 && found < 0.05, qPrintable(QString::number(found)));
        QVERIFY(std::filesystem::file_size(path("half.pt")) <
                std::filesystem::file_size(path("whole.pt")) * 0.55);
        ModelWeights large = checkpoint.weights;
        large.layers.at("pooler").weight = Factor::dense(at::full({128, 128}, 70000.0f));
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(path("half.pt"), checkpoint.specification,
                                                         large, {.values = DType::Float16}));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 writeTorchScript(path("half.pt"), checkpoint.specification,
                                                  checkpoint.weights, {.values = DType::BFloat16}));
    }

    void howItIsCalled()
    {
        const NetworkSpecification network = test::randomSpecification({});
        writeTorchScript(path("called.pt"), network, test::randomWeights(network, 3));
        torch::jit::ExtraFilesMap extra{{"labels.json", ""}};
        torch::jit::Module module = torch::jit::load(path("called.pt").string(), {}, extra);
        QCOMPARE(extra.at("labels.json"), std::string(R"(["bird","fish","tree"])"));
        const Padded batch = paddedBatch(someSequences(network));
        const at::Tensor untyped = module.forward({batch.ids, batch.mask}).toTensor();
        QCOMPARE(untyped.sizes().vec(), (std::vector<std::int64_t>{9, 3}));
        QVERIFY(at::equal(
            untyped,
            module.forward({batch.ids, batch.mask, at::zeros_like(batch.ids)}).toTensor()));
        QVERIFY(difference(untyped,
                           module.forward({batch.ids, batch.mask, batch.types}).toTensor()) > 1e-3);
        // Narrow numbers and a mask of truth values say the same.
        QVERIFY(at::equal(
            untyped,
            module.forward({batch.ids.to(at::kInt), batch.mask.to(at::kBool)}).toTensor()));
        QVERIFY_THROWS_EXCEPTION(std::exception, module.forward({at::zeros({1, 25}, at::kLong),
                                                                 at::ones({1, 25}, at::kLong)}));
    }

    void modelsWithoutOneAnswer_data()
    {
        QTest::addColumn<int>("head");
        QTest::newRow("none") << static_cast<int>(HeadKind::None);
        QTest::newRow("two") << static_cast<int>(HeadKind::Pretraining);
    }
    void modelsWithoutOneAnswer()
    {
        QFETCH(int, head);
        const NetworkSpecification network =
            test::randomSpecification({.head = static_cast<HeadKind>(head)});
        try {
            writeTorchScript(path("refused.pt"), network, test::randomWeights(network, 3));
            QFAIL("it was not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
            QVERIFY2(QString::fromUtf8(error.what()).contains("refused.pt"), error.what());
        }
    }

    void whatCannotBeWritten()
    {
        const NetworkSpecification network = test::randomSpecification({});
        ModelWeights weights = test::randomWeights(network, 3);
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(path("none") / "x.pt", network, weights));
        if (std::filesystem::exists("/dev/full")) {
            const std::filesystem::path full = path("full");
            std::filesystem::create_directories(full);
            // The temporary file is named after ours and this process.
            std::filesystem::create_symlink(
                "/dev/full",
                full / ("x.pt.part" + std::to_string(QCoreApplication::applicationPid())));
            QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(full / "x.pt", network, weights));
            QVERIFY(!std::filesystem::exists(full / "x.pt"));
        }
        weights.layers.at("pooler").weight = Factor::dense(at::zeros({16, 15}));
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(path("x.pt"), network, weights));
        weights.layers.erase("pooler");
        QVERIFY_THROWS_EXCEPTION(Error, writeTorchScript(path("x.pt"), network, weights));
    }

private:
    /// x Wᵀ in float64, of inputs that were rounded to 127 steps of each row's largest.
    static at::Tensor roundedProduct(const Weight &weight, const at::Tensor &x)
    {
        if (const auto *columns = std::get_if<Columns>(&weight)) {
            const at::Tensor chosen = x.index_select(1, columns->indices.to(at::kLong));
            return chosen.to(at::kDouble).matmul(columns->chosen.values().to(at::kDouble).t()) +
                   roundedProduct(columns->rest, x.index_select(1, otherColumns(*columns)));
        }
        const auto &factor = std::get<Factor>(weight);
        at::Tensor scaled = x.to(at::kDouble);
        if (factor.inputScale().defined())
            scaled = scaled * factor.inputScale();
        const at::Tensor step = scaled.abs().amax(1, true) / 127;
        return ((scaled / step).round() * step).matmul(factor.values().to(at::kDouble).t());
    }

    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    void compare(const NetworkSpecification &network, const ModelWeights &weights)
    {
        writeTorchScript(path("model.pt"), network, weights);
        const std::vector<Sequence> sequences = someSequences(network);
        const at::Tensor expected = expectedAnswers(network, weights, sequences);
        const at::Tensor found =
            foundAnswers(path("model.pt"), network.head, paddedBatch(sequences));
        QCOMPARE(found.sizes().vec(), expected.sizes().vec());
        QVERIFY(expected.abs().max().item<double>() > 0.01);
        const double largest = difference(found, expected);
        QVERIFY2(largest < tolerance, qPrintable(QString::number(largest)));
    }

    static Weight formed(const QString &form, const at::Tensor &values)
    {
        const std::int64_t rows = values.size(0), columns = values.size(1);
        if (form == "2 planes") {
            Codec codec;
            codec.kind = CodecKind::Binary;
            codec.planes = 2;
            return Factor::encodedPlanes(nearestPlanes(values, codec, {}), codec);
        }
        if (form == "float16")
            return Factor::dense(values.to(at::kHalf));
        if (form == "pruned")
            return Factor::encoded(values, affine(4, 8), values.abs() > 0.2);
        if (form == "input scale")
            return Factor::encoded(values, affine(8, 0)).withInputScale(at::rand({columns}) + 0.5);
        if (form == "product" || form == "product in 8 bits") {
            const at::Tensor left = at::randn({rows, 4}).mul(0.3),
                             right = at::randn({4, columns}).mul(0.3);
            if (form == "product")
                return Product{Factor::dense(left), Factor::dense(right)};
            return Product{Factor::encoded(left, affine(8, 0)),
                           Factor::encoded(right, affine(8, 0))};
        }
        if (form == "kronecker")
            return Kronecker{Factor::dense(at::randn({rows, columns / 4}).mul(0.5)),
                             Factor::dense(at::randn({1, 4}).mul(0.5))};
        if (form.contains("columns")) {
            const int bits = form.contains("rounded") ? 8 : 0;
            return Columns{
                at::tensor({1, 2, 11}, at::kInt),
                Factor::dense(values.narrow(1, 0, 3).contiguous()),
                Factor::encoded(values.narrow(1, 3, columns - 3).contiguous(), affine(8, 0, bits))};
        }
        if (form.contains("rounded")) {
            const Factor factor = Factor::encoded(values, affine(8, 0, 8));
            return form.contains("scaled") ? factor.withInputScale(at::rand({columns}) + 0.5)
                                           : factor;
        }
        return Factor::encoded(values, affine(4, 8));
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTorchScript)
#include "tst_torchscript.moc"

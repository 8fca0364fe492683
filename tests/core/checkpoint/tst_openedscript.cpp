// TorchScript files opened as models: the values and the bytes that were written, and files that are
// broken or of others.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/scriptfactor.h"
#include "core/checkpoint/scriptpickle.h"
#include "core/checkpoint/torchscript.h"

#include <ATen/ATen.h>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>
#include <torch/csrc/jit/api/module.h>
#include <torch/csrc/jit/serialization/export.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

Codec affine(int bits, std::int64_t group, bool isSymmetric = true, int activationBits = 0)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = bits;
    codec.granularity = group > 0 ? Granularity::Group : Granularity::Channel;
    codec.group = group;
    codec.symmetric = isSymmetric;
    codec.activationBits = activationBits;
    return codec;
}

Codec coded(CodecKind kind)
{
    Codec codec;
    codec.kind = kind;
    return codec;
}

Factor encodedFactor(const at::Tensor &values, const Codec &codec, bool isMasked)
{
    const at::Tensor mask = isMasked ? values.abs().gt(0.2) : at::Tensor();
    if (codec.kind != CodecKind::Codebook)
        return Factor::encoded(values, codec, mask);
    const at::Tensor book = at::linspace(-1, 1, codec.codebookSize).repeat({values.size(0), 1});
    return Factor::encodedWithCodebook(values, codec, book, mask);
}

ModelWeights encodedModel(const NetworkSpecification &network, const Codec &codec, bool isMasked)
{
    ModelWeights weights = test::randomWeights(network, 3);
    for (const Layer &layer : describe(network).layers) {
        Weight &weight = weights.layers.at(layer.name).weight;
        if (layer.block >= 0 && layer.isMatrix())
            weight = encodedFactor(denseValues(weight), codec, isMasked);
    }
    return weights;
}

} // namespace

class TestOpenedScript : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::filesystem::create_directories(path("model"));
        writeFile(path("model/vocab.txt"), test::randomModelVocabulary());
        writeFile(path("model/tokenizer_config.json"), "{}");
    }

    void codesComeBack_data()
    {
        QTest::addColumn<QString>("json");
        QTest::addColumn<bool>("masked");
        const auto row = [](const char *name, const Codec &codec, bool masked = false) {
            QTest::newRow(name) << QString::fromStdString(toJson(codec).dump()) << masked;
        };
        row("float32", coded(CodecKind::Float32));
        row("float32, pruned", coded(CodecKind::Float32), true);
        row("float16", coded(CodecKind::Float16));
        row("bfloat16", coded(CodecKind::BFloat16));
        row("8 bits", affine(8, 0));
        row("8 bits and inputs", affine(8, 0, true, 8));
        row("4 bits in groups", affine(4, 8));
        row("4 bits with zero points", affine(4, 8, false));
        row("3 bits, pruned", affine(3, 8), true);
        row("2 bits with zero points", affine(2, 0, false));
        row("codebook", coded(CodecKind::Codebook));
        row("codebook, pruned", coded(CodecKind::Codebook), true);
        row("ternary", coded(CodecKind::Ternary));
        row("binary", coded(CodecKind::Binary));
    }
    void codesComeBack()
    {
        QFETCH(QString, json);
        QFETCH(bool, masked);
        const Codec codec = codecFromJson(nlohmann::ordered_json::parse(json.toStdString()), "row");
        const NetworkSpecification network = test::randomSpecification({});
        const ModelWeights weights = encodedModel(network, codec, masked);
        written(network, weights);
        const Checkpoint opened = openCheckpoint(path("model"));
        compareValues(network, weights, opened);
        QCOMPARE(opened.description.bytes, exportedBytes(network, weights));
        QCOMPARE(opened.alreadyCompressed().has_value(), !codec.isDense() || masked);
        const Weight &query = opened.weights.layers.at("encoder.1.attention.query").weight;
        QVERIFY(std::get<Factor>(query).codec() == codec);
        QCOMPARE(std::get<Factor>(query).isMasked(), masked);
        QCOMPARE(opened.specification.labels, network.labels);
        QVERIFY(opened.warnings.empty());
    }

    void formsComeBack()
    {
        const NetworkSpecification network =
            test::randomSpecification({.head = HeadKind::MaskedLm});
        ModelWeights weights = test::randomWeights(network, 3);
        const auto weight = [&](const std::string &layer) -> Weight & {
            return weights.layers.at(layer).weight;
        };
        weight("encoder.0.ffn.up") = Product{encodedFactor(at::randn({24, 4}), affine(8, 0), false),
                                             Factor::dense(at::randn({4, 16}))};
        weight("encoder.1.ffn.up") = Shared{"encoder.0.ffn.up"};
        weights.layers.at("encoder.1.ffn.up").bias = at::Tensor();
        weight("encoder.2.ffn.up") =
            Kronecker{Factor::dense(at::randn({6, 4})), Factor::dense(at::randn({4, 4}))};
        const Codec rounding = affine(8, 0, true, 8);
        weight("encoder.0.ffn.down") =
            Columns{at::tensor({1, 5, 7}, at::kInt), Factor::dense(at::randn({16, 3})),
                    Factor::encoded(at::randn({16, 21}), rounding)};
        weight("encoder.1.ffn.down") =
            Factor::encoded(at::randn({16, 24}), rounding).withInputScale(at::rand({24}).add(0.5));
        written(network, weights);
        const Checkpoint opened = openCheckpoint(path("model/model.pt"));
        compareValues(network, weights, opened);
        const auto found = [&](const std::string &layer) -> const Weight & {
            return opened.weights.layers.at(layer).weight;
        };
        QVERIFY(std::holds_alternative<Product>(found("encoder.0.ffn.up")));
        QCOMPARE(opened.weights.ownerOf("encoder.1.ffn.up"), std::string("encoder.0.ffn.up"));
        QVERIFY(std::holds_alternative<Columns>(found("encoder.0.ffn.down")));
        QVERIFY(roundsInputs(found("encoder.0.ffn.down")));
        QVERIFY(roundsInputs(found("encoder.1.ffn.down")));
        QVERIFY(std::get<Factor>(found("encoder.1.ffn.down")).inputScale().defined());
        QCOMPARE(opened.weights.ownerOf("mlm.decoder"), std::string("embedding.token"));
    }

    /// Values that were rounded to half precision are no multiples of anything.
    void roundedFilesAreDense()
    {
        const NetworkSpecification network = test::randomSpecification({});
        written(network, encodedModel(network, affine(8, 0, true, 8), false), DType::Float16);
        const Checkpoint opened = openCheckpoint(path("model"));
        const Weight &query = opened.weights.layers.at("encoder.1.attention.query").weight;
        QCOMPARE(std::get<Factor>(query).codec().kind, CodecKind::Float16);
        QCOMPARE(opened.warnings.size(), std::size_t(1));
        QVERIFY(QByteArray(opened.warnings[0].text().c_str()).contains("18 layers"));
    }

    void whatNoCodesStandFor()
    {
        const at::Tensor values = at::rand({4, 16}).sub(0.5);
        for (const Codec &codec : {affine(4, 8), affine(8, 0, false), coded(CodecKind::Ternary)}) {
            const Factor factor = scriptFactor(values, codec, Zeros::Kept);
            QVERIFY(factor.codec().isDense());
            QVERIFY(at::equal(factor.values(), values));
        }
    }

    void anotherConfig()
    {
        NetworkSpecification other = test::randomSpecification({});
        written(other, test::randomWeights(other, 3));
        other.stacks[0].block.feedForwardWidth = 96;
        writeFile(path("model/config.json"), configJson(other).dump());
        QVERIFY2(refusal().contains("encoder_0_ffn_up_weight"), refusal().constData());
        other = test::randomSpecification({.blocks = 4});
        writeFile(path("model/config.json"), configJson(other).dump());
        QVERIFY2(refusal().contains("encoder_3_attention_query_weight"), refusal().constData());
    }

    void filesOfOthers()
    {
        const NetworkSpecification network = test::randomSpecification({});
        written(network, test::randomWeights(network, 3));
        torch::jit::Module module("__torch__.Model");
        module.register_parameter("weight", at::ones({3}), false);
        module.define(
            "def forward(self, x: Tensor) -> Tensor:\n    return torch.mul(x, self.weight)\n");
        torch::jit::ExportModule(module, path("model/model.pt").string());
        QVERIFY2(refusal().contains("did not write"), refusal().constData());
        writeFile(path("model/model.pt"), std::string("\x80\x02}q\x00.", 6));
        QVERIFY2(refusal().contains("no zip archive"), refusal().constData());
    }

    void cutShortAnywhere()
    {
        const std::string whole = smallModel();
        for (std::size_t length = 0; length < whole.size(); length += 97)
            QVERIFY2(fails(whole.substr(0, length)), qPrintable(QString::number(length)));
    }

    /// Opened or refused, never worse.
    void anyByteWrong()
    {
        const std::string whole = smallModel();
        const std::size_t names = whole.find("data.pkl");
        Random random(9);
        for (int i = 0; i < 1500; ++i) {
            std::string broken = whole;
            const std::size_t place = i % 3 == 0 ? random.below(whole.size())
                                                 : names + random.below(whole.size() - names);
            broken[place] = static_cast<char>(random.below(256));
            fails(broken);
        }
    }

    /// Past the checksum.
    void anyByteOfNamesWrong()
    {
        const NetworkSpecification network = test::randomSpecification({});
        written(network, test::randomWeights(network, 3));
        const std::string whole = readFile(path("model/model.pt"));
        const std::string pickle = pickleOf(whole);
        QVERIFY(
            pickledTensors(std::as_bytes(std::span(pickle)), "whole").contains("pooler_weight"));
        Random random(4);
        for (int i = 0; i < 4000; ++i) {
            std::string broken =
                pickle.substr(0, i % 5 == 0 ? random.below(pickle.size()) : pickle.npos);
            for (std::uint64_t k = 0; !broken.empty() && k <= random.below(3); ++k)
                broken[random.below(broken.size())] = static_cast<char>(random.below(256));
            try {
                pickledTensors(std::as_bytes(std::span(broken)), "broken");
            } catch (const Error &error) {
                QVERIFY(QByteArray(error.what()).contains("broken"));
            }
        }
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    /// A folder as export leaves it.
    void written(const NetworkSpecification &network, const ModelWeights &weights,
                 DType values = DType::Float32) const
    {
        writeTorchScript(path("model/model.pt"), network, weights, {values, {}});
        writeFile(path("model/config.json"), configJson(network).dump());
    }

    std::string smallModel() const
    {
        const NetworkSpecification network = test::randomSpecification({.blocks = 1});
        written(network, encodedModel(network, affine(4, 8), false));
        return readFile(path("model/model.pt"));
    }

    /// The record "data.pkl", which ends with what stops the machine.
    static std::string pickleOf(const std::string &archive)
    {
        const std::size_t begin = archive.find("\x80\x02"
                                               "c__torch__");
        const std::size_t last = archive.find("pooler_weight", begin);
        return archive.substr(begin, archive.find("ub.", last) + 3 - begin);
    }

    static void compareValues(const NetworkSpecification &network, const ModelWeights &weights,
                              const Checkpoint &opened)
    {
        for (const Layer &layer : describe(network).layers) {
            const LayerWeights &own = opened.weights.resolved(layer.name);
            const LayerWeights &wanted = weights.resolved(layer.name);
            QVERIFY2(at::equal(denseValues(own.weight), denseValues(wanted.weight)),
                     layer.name.c_str());
            if (wanted.bias.defined())
                QVERIFY2(at::equal(own.bias, wanted.bias), layer.name.c_str());
        }
    }

    QByteArray refusal() const
    {
        try {
            openCheckpoint(path("model"));
            return "it was opened";
        } catch (const Error &error) {
            return error.what();
        }
    }

    bool fails(const std::string &content) const
    {
        std::ofstream(path("model/model.pt"), std::ios::binary) << content; // unsynced: fast
        try {
            openCheckpoint(path("model"));
            return false;
        } catch (const Error &) {
            return true;
        }
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestOpenedScript)
#include "tst_openedscript.moc"

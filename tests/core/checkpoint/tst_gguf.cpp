// GGUF files: the bytes of blocks, what becomes of each kind of weight, whole models written and read
// back, and files that are broken.
#include "tests/support/randommodel.h"
#include "tests/support/tinymodel.h"

#include "core/base/error.h"
#include "core/checkpoint/ggufblocks.h"
#include "core/checkpoint/gguffile.h"
#include "core/checkpoint/ggufmodel.h"
#include "core/network/network.h"

#include <ATen/ATen.h>
#include <cstring>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

constexpr std::int64_t rows = 24;
constexpr std::int64_t columns = 96;

std::span<const std::byte> asBytes(const at::Tensor &bytes)
{
    return {reinterpret_cast<const std::byte *>(bytes.data_ptr()), bytes.nbytes()};
}

std::span<const std::byte> asBytes(const std::string &text)
{
    return std::as_bytes(std::span(text));
}

/// A random matrix, one row of it zero.
at::Tensor someValues()
{
    at::manual_seed(5);
    at::Tensor values = at::randn({rows, columns}).mul(0.1);
    values[3].zero_();
    return values;
}

Codec affine(int bits, std::int64_t group, bool symmetric = true)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = bits;
    codec.granularity = group > 0 ? Granularity::Group : Granularity::Channel;
    codec.group = group;
    codec.symmetric = symmetric;
    return codec;
}

Codec ofKind(CodecKind kind)
{
    Codec codec;
    codec.kind = kind;
    return codec;
}

/// Of width 32, so that rows can be quantized.
NetworkSpecification wideSpecification(HeadKind head = HeadKind::Classification)
{
    return test::randomSpecification({.width = 32, .feedForward = 64, .head = head});
}

std::vector<Sequence> someSequences()
{
    Random random(5);
    std::vector<Sequence> all(9);
    for (Sequence &sequence : all) {
        for (std::uint64_t i = 0; i < 1 + random.below(15); ++i) {
            sequence.ids.push_back(static_cast<std::int64_t>(random.below(40)));
            sequence.types.push_back(static_cast<std::int64_t>(random.below(2)));
        }
    }
    return all;
}

at::Tensor logitsOf(const NetworkSpecification &network, const ModelWeights &weights)
{
    return Network(network, weights).logits(packed(someSequences()));
}

double difference(const at::Tensor &a, const at::Tensor &b)
{
    return (a - b).abs().max().item<double>();
}

const GgufRemark *remarkOn(const std::vector<GgufRemark> &remarks, const std::string &layer)
{
    const auto found = std::ranges::find(remarks, layer, &GgufRemark::layer);
    return found == remarks.end() ? nullptr : &*found;
}

/// The error of reading `text` as a GGUF file; nothing where it can be read.
std::optional<Error> readingError(const std::string &text)
{
    try {
        parsedGgufHeader(asBytes(text), "broken.gguf");
        return std::nullopt;
    } catch (const Error &error) {
        return error;
    }
}

template <class Number>
void overwrite(std::string &text, std::size_t position, Number number)
{
    std::memcpy(text.data() + position, &number, sizeof(number));
}

} // namespace

class TestGguf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::filesystem::create_directories(path("tokenizer"));
        writeFile(path("tokenizer") / "vocab.txt", test::randomModelVocabulary());
    }

    void blocksAreReadAsOthersReadThem()
    {
        const auto json =
            nlohmann::json::parse(readFile(PARE_TEST_DATA "/golden/gguf-blocks.json"));
        QCOMPARE(json.at("cases").size(), ggufTypes().size());
        for (const auto &item : json.at("cases")) {
            const QByteArray bytes =
                QByteArray::fromHex(item.at("bytes").get<std::string>().c_str());
            const auto expected = item.at("values").get<std::vector<float>>();
            const std::string name = item.at("type").get<std::string>();
            const std::int64_t count = static_cast<std::int64_t>(expected.size());
            const GgufType type = ggufTypeFromName(name).value();
            QCOMPARE(ggufBytes(type, 1, count), bytes.size());
            const at::Tensor found = valuesOf(asBytes(bytes.toStdString()), type, {1, count});
            QVERIFY2(at::equal(found.view({-1}), at::tensor(expected)), name.c_str());
        }
    }

    void codesThatAreHeldExactly_data()
    {
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("bits");
        QTest::addColumn<int>("group");
        QTest::addColumn<bool>("symmetric");
        const int affine = static_cast<int>(CodecKind::Affine);
        QTest::newRow("8 bits, 32") << "Q8_0" << affine << 8 << 32 << true;
        QTest::newRow("8 bits, 64, last group shorter") << "Q8_0" << affine << 8 << 64 << true;
        QTest::newRow("8 bits, channel") << "Q8_0" << affine << 8 << 0 << true;
        QTest::newRow("6 bits, 32") << "Q8_0" << affine << 6 << 32 << true;
        QTest::newRow("5 bits, 32") << "Q5_0" << affine << 5 << 32 << true;
        QTest::newRow("4 bits, 32") << "Q4_0" << affine << 4 << 32 << true;
        QTest::newRow("4 bits, channel") << "Q4_0" << affine << 4 << 0 << true;
        QTest::newRow("3 bits, 32") << "Q4_0" << affine << 3 << 32 << true;
        QTest::newRow("2 bits, 96") << "Q4_0" << affine << 2 << 96 << true;
        QTest::newRow("3 bits, zero points") << "Q4_0" << affine << 3 << 32 << false;
        QTest::newRow("4 bits, zero points") << "" << affine << 4 << 32 << false;
        QTest::newRow("5 bits, zero points") << "" << affine << 5 << 32 << false;
        QTest::newRow("7 bits, zero points") << "Q8_0" << affine << 7 << 32 << false;
        QTest::newRow("ternary") << "Q4_0" << static_cast<int>(CodecKind::Ternary) << 8 << 0
                                 << true;
        QTest::newRow("binary") << "Q4_0" << static_cast<int>(CodecKind::Binary) << 8 << 0 << true;
    }
    void codesThatAreHeldExactly()
    {
        QFETCH(QString, type);
        QFETCH(int, kind);
        QFETCH(int, bits);
        QFETCH(int, group);
        QFETCH(bool, symmetric);
        Codec codec = affine(bits, group, symmetric);
        codec.kind = static_cast<CodecKind>(kind);
        for (const bool isMasked : {false, true}) {
            const at::Tensor values = someValues();
            const at::Tensor mask = isMasked ? values.abs() > 0.05 : at::Tensor();
            const Factor factor = Factor::encoded(values, codec, mask);
            const std::optional<GgufGrid> grid = gridOf(factor);
            QVERIFY(grid);
            const auto smallest = std::ranges::find_if(ggufTypes(), [&](const auto &traits) {
                return traits.isQuantized() && holds(traits.type, *grid);
            });
            QVERIFY(smallest != ggufTypes().end());
            if (!type.isEmpty())
                QCOMPARE(std::string(smallest->name), type.toStdString());
            // Every type that is said to hold it does.
            for (const GgufTypeTraits &traits : ggufTypes()) {
                if (!traits.isQuantized() || !holds(traits.type, *grid))
                    continue;
                const at::Tensor bytes = blocksOf(*grid, traits.type);
                QCOMPARE(static_cast<std::int64_t>(bytes.nbytes()),
                         ggufBytes(traits.type, rows, columns));
                const at::Tensor read = valuesOf(asBytes(bytes), traits.type, {rows, columns});
                QVERIFY2(at::equal(read, factor.values()), traits.name.data());
            }
        }
    }

    void zeroPointsThatFitALeastValue()
    {
        // Scales that are powers of two leave room for the zero point in half precision.
        const at::Tensor scales = at::full({rows * columns / 32}, 0.0625, at::kHalf);
        const at::Tensor zeros = at::full({rows * columns / 32}, 2, at::kByte);
        const Factor factor = Factor::encodedWithScales(someValues().abs().mul(4),
                                                        affine(4, 32, false), {scales, zeros});
        const std::optional<GgufGrid> grid = gridOf(factor);
        QVERIFY(!holds(GgufType::Q4_0, *grid));
        QVERIFY(holds(GgufType::Q4_1, *grid));
        QVERIFY(at::equal(
            valuesOf(asBytes(blocksOf(*grid, GgufType::Q4_1)), GgufType::Q4_1, {rows, columns}),
            factor.values()));
    }

    void whatIsNoGrid()
    {
        const at::Tensor values = someValues();
        QVERIFY(!gridOf(Factor::dense(values)));
        QVERIFY(!gridOf(Factor::encoded(values, affine(4, 16))));
        QVERIFY(!gridOf(Factor::encoded(values.narrow(1, 0, 40), affine(4, 0))));
        QVERIFY(
            !gridOf(Factor::encoded(values, affine(8, 32)).withInputScale(at::ones({columns}))));
        const Factor wide = Factor::encoded(values + 0.2, affine(8, 32, false));
        for (const GgufTypeTraits &traits : ggufTypes())
            QVERIFY(!traits.isQuantized() || !holds(traits.type, *gridOf(wide)));
    }

    void nearestBlocks_data()
    {
        QTest::addColumn<double>("ceiling"); // ‖W − Ŵ‖/‖W‖ of normal weights, blocks of 32
        QTest::newRow("Q8_0") << 0.008;
        QTest::newRow("Q5_1") << 0.045;
        QTest::newRow("Q5_0") << 0.05;
        QTest::newRow("Q4_1") << 0.09;
        QTest::newRow("Q4_0") << 0.1;
        QTest::newRow("F16") << 0.0004;
        QTest::newRow("BF16") << 0.0025;
        QTest::newRow("F32") << 0.0;
    }
    void nearestBlocks()
    {
        QFETCH(double, ceiling);
        const GgufType type = ggufTypeFromName(QTest::currentDataTag()).value();
        const at::Tensor values = someValues();
        const at::Tensor bytes = blocksOf(values, type);
        const at::Tensor read = valuesOf(asBytes(bytes), type, {rows, columns});
        const double error = relativeError(values, read);
        QVERIFY2(error <= ceiling, qPrintable(QString::number(error)));
        QVERIFY(error >= ceiling / 3);
        QVERIFY(at::equal(read[3], at::zeros({columns})));
        // What was rounded once is rounded to itself.
        if (type != GgufType::Q4_1 && type != GgufType::Q5_1)
            QVERIFY(at::equal(blocksOf(read, type), bytes));
    }

    /// A matrix of several threads' work gives what its parts give.
    void blocksInParallel_data()
    {
        QTest::addColumn<bool>("exact");
        for (const GgufTypeTraits &traits : ggufTypes()) {
            QTest::addRow("%s, nearest", traits.name.data()) << false;
            if (traits.type == GgufType::Q4_0 || traits.type == GgufType::Q8_0)
                QTest::addRow("%s, exact", traits.name.data()) << true;
        }
    }
    void blocksInParallel()
    {
        QFETCH(bool, exact);
        const QString tag = QTest::currentDataTag();
        const GgufType type = ggufTypeFromName(tag.section(',', 0, 0).toStdString()).value();
        at::manual_seed(6);
        const std::int64_t part = 64;
        const at::Tensor values = at::randn({4096, 128});
        const auto blocks = [&](const at::Tensor &some) {
            return exact ? blocksOf(*gridOf(Factor::encoded(some, affine(4, 32))), type)
                         : blocksOf(some, type);
        };
        std::vector<at::Tensor> parts;
        for (std::int64_t row = 0; row < values.size(0); row += part)
            parts.push_back(blocks(values.narrow(0, row, part)));
        const at::Tensor expected = at::cat(parts);
        for (int i = 0; i < 5; ++i) {
            const at::Tensor bytes = blocks(values);
            QVERIFY(at::equal(bytes, expected));
            const at::Tensor read = valuesOf(asBytes(bytes), type, {4096, 128});
            const auto size = static_cast<std::size_t>(parts[0].nbytes());
            for (std::int64_t k = 0; k < 64; ++k)
                QVERIFY(at::equal(
                    read.narrow(0, k * part, part),
                    valuesOf(asBytes(bytes).subspan(static_cast<std::size_t>(k) * size, size), type,
                             {part, 128})));
        }
    }

    void valuesBeyondHalfPrecision()
    {
        at::Tensor values = someValues();
        values[1][1] = 70000;
        QVERIFY_THROWS_EXCEPTION(Error, blocksOf(values, GgufType::F16));
        QVERIFY_THROWS_EXCEPTION(Error, blocksOf(values, GgufType::Q8_0));
        QVERIFY(at::equal(
            valuesOf(asBytes(blocksOf(values, GgufType::F32)), GgufType::F32, {rows, columns}),
            values));
    }

    void plainModelIsTheSame_data()
    {
        QTest::addColumn<int>("head");
        QTest::newRow("classifier") << static_cast<int>(HeadKind::Classification);
        QTest::newRow("pair") << static_cast<int>(HeadKind::SentencePair);
    }
    void plainModelIsTheSame()
    {
        QFETCH(int, head);
        const NetworkSpecification network = wideSpecification(static_cast<HeadKind>(head));
        const ModelWeights weights = test::randomWeights(network, 3);
        const std::filesystem::path file = path("plain.gguf");
        const GgufPlan plan = plannedGguf(file, network, weights, path("tokenizer"));
        const std::vector<GgufRemark> remarks =
            writeGguf(file, network, weights, path("tokenizer"));
        QCOMPARE(remarks.size(), network.head == HeadKind::SentencePair ? 1u : 0u);
        QCOMPARE(plan.fileSize(), std::filesystem::file_size(file));
        const auto reader = std::make_shared<const GgufReader>(file);
        QCOMPARE(reader->header().tensors, plan.header.tensors);
        for (const GgufTensor &tensor : reader->header().tensors)
            QCOMPARE(tensor.type, GgufType::F32);
        const GgufModel model = readGgufModel(reader);
        QCOMPARE(model.specification.labels.size(),
                 network.head == HeadKind::SentencePair ? 2u : 3u);
        QVERIFY(model.specification.stacks == network.stacks ||
                model.specification.block().normEpsilon != network.block().normEpsilon);
        QVERIFY(difference(logitsOf(model.specification, model.weights),
                           logitsOf(network, weights)) < 1e-6);
    }

    void keysAreThoseOfTheLayout()
    {
        const NetworkSpecification network = wideSpecification();
        writeGguf(path("keys.gguf"), network, test::randomWeights(network, 3), path("tokenizer"),
                  {.type = GgufType::Q8_0, .name = "ours"});
        const GgufReader reader(path("keys.gguf"));
        QCOMPARE(reader.text("general.architecture"), std::string("bert"));
        QCOMPARE(reader.text("general.name"), std::string("ours"));
        QCOMPARE(reader.integer("general.file_type"), 7);
        QCOMPARE(reader.integer("bert.block_count"), 3);
        QCOMPARE(reader.integer("bert.context_length"), 24);
        QCOMPARE(reader.integer("bert.embedding_length"), 32);
        QCOMPARE(reader.integer("bert.feed_forward_length"), 64);
        QCOMPARE(reader.integer("bert.attention.head_count"), 2);
        QCOMPARE(reader.integer("bert.pooling_type"), 4);
        QCOMPARE(reader.real("bert.attention.layer_norm_epsilon"), static_cast<double>(1e-12f));
        QCOMPARE(reader.texts("bert.classifier.output_labels"), network.labels);
        QCOMPARE(reader.text("tokenizer.ggml.model"), std::string("bert"));
        QCOMPARE(reader.integer("tokenizer.ggml.token_type_count"), 2);
        QCOMPARE(reader.integer("tokenizer.ggml.unknown_token_id"), 1);
        QCOMPARE(reader.integer("tokenizer.ggml.cls_token_id"), 2);
        QCOMPARE(reader.integer("tokenizer.ggml.seperator_token_id"), 3);
        QCOMPARE(reader.integer("tokenizer.ggml.mask_token_id"), 4);
        QCOMPARE(reader.integer("tokenizer.ggml.padding_token_id"), 0);
        const std::vector<std::string> &tokens = reader.texts("tokenizer.ggml.tokens");
        QCOMPARE(tokens.size(), std::size_t(40));
        QCOMPARE(tokens[2], std::string("[CLS]"));
        QCOMPARE(tokens[5], std::string("\u2581"
                                        "a"));
        QCOMPARE(tokens[31], std::string("a")); // ##a
        QCOMPARE(tokens[39],
                 std::string("[PAD39]")); // the table has a row more than there are tokens
        QVERIFY_THROWS_EXCEPTION(Error, reader.integer("general.name"));
        QVERIFY_THROWS_EXCEPTION(Error, reader.text("general.nothing"));
        // As many as the converter of llama.cpp writes for such a model.
        QCOMPARE(reader.header().tensors.size(), std::size_t(5 + 3 * 16 + 4));
        QCOMPARE(reader.find("blk.2.ffn_up.weight")->shape, (std::vector<std::int64_t>{64, 32}));
    }

    void prunedVocabulary()
    {
        NetworkSpecification network = wideSpecification();
        network.embedding.vocabulary = 7;
        const ModelWeights weights = test::randomWeights(network, 3);
        writeGguf(path("fewer.gguf"), network, weights,
                  {path("tokenizer"), {0, 1, 2, 3, 4, 7, 33}});
        const GgufReader reader(path("fewer.gguf"));
        const std::vector<std::string> expected{"[PAD]",
                                                "[UNK]",
                                                "[CLS]",
                                                "[SEP]",
                                                "[MASK]",
                                                "\u2581"
                                                "c",
                                                "\u2581"
                                                "small"};
        QCOMPARE(reader.texts("tokenizer.ggml.tokens"), expected);
        QVERIFY_THROWS_EXCEPTION(
            Error, writeGguf(path("no.gguf"), network, weights, {path("tokenizer"), {0, 99}}));
        QVERIFY_THROWS_EXCEPTION(Error, writeGguf(path("no.gguf"), network, weights, path("none")));
        QVERIFY(!std::filesystem::exists(path("no.gguf")));
    }

    /// Every form a weight can have: values that stay, and values that are said to change.
    void compressedModel()
    {
        const NetworkSpecification network = wideSpecification();
        const ModelWeights weights = compressedWeights(network);
        const std::filesystem::path file = path("compressed.gguf");
        const std::vector<GgufRemark> remarks =
            writeGguf(file, network, weights, path("tokenizer"));
        const auto reader = std::make_shared<const GgufReader>(file);
        const std::map<std::string, GgufType> expected{
            {"token_embd", GgufType::F16},        {"blk.0.attn_q", GgufType::Q8_0},
            {"blk.0.attn_k", GgufType::Q4_0},     {"blk.0.attn_v", GgufType::F16},
            {"blk.0.attn_output", GgufType::F32}, {"blk.0.ffn_up", GgufType::F16},
            {"blk.0.ffn_down", GgufType::BF16},   {"blk.1.attn_q", GgufType::Q8_0},
            {"blk.1.attn_k", GgufType::F16},      {"blk.1.attn_v", GgufType::F16},
            {"blk.1.ffn_up", GgufType::Q4_0},     {"position_embd", GgufType::F32},
        };
        for (const auto &[name, type] : expected)
            QVERIFY2(reader->find(name + ".weight")->type == type, name.c_str());
        const GgufModel model = readGgufModel(reader);
        for (const Layer &layer : describe(network).layers) {
            const at::Tensor written = denseValues(model.weights.layers.at(layer.name).weight);
            const at::Tensor before = denseValues(weights.resolved(layer.name).weight);
            const GgufRemark *remark = remarkOn(remarks, layer.name);
            const double error = relativeError(before, written);
            QVERIFY2(std::abs(error - (remark ? remark->error : 0)) < 1e-12, layer.name.c_str());
            QVERIFY(error < 1e-3);
        }
        // Bytes as before need no remark; factors written dense do.
        QVERIFY(!remarkOn(remarks, "encoder.0.attention.query"));
        QVERIFY(remarkOn(remarks, "encoder.0.attention.key")->error == 0);
        const GgufRemark *product = remarkOn(remarks, "encoder.0.attention.value");
        QCOMPARE(product->bytesAfter, 32 * 32 * 2);
        QCOMPARE(product->bytesBefore, 2 * 32 * 4 * 4);
        QVERIFY(QString::fromStdString(product->was).contains("rank"));
        QVERIFY(QString::fromStdString(product->message.text()).contains("2048"));
        QVERIFY(QString::fromStdString(remarkOn(remarks, "encoder.1.attention.query")->was)
                    .contains("encoder.0.attention.query"));
        QVERIFY(difference(logitsOf(model.specification, model.weights),
                           logitsOf(network, weights)) < 0.02);
    }

    void chosenType_data()
    {
        QTest::addColumn<double>("tolerance"); // of logits
        QTest::newRow("F32") << 1e-5;
        QTest::newRow("F16") << 0.02;
        QTest::newRow("Q8_0") << 0.2;
        QTest::newRow("Q5_1") << 1.5;
        QTest::newRow("Q4_0") << 3.0;
    }
    void chosenType()
    {
        QFETCH(double, tolerance);
        const GgufType type = ggufTypeFromName(QTest::currentDataTag()).value();
        const NetworkSpecification network = wideSpecification();
        const ModelWeights weights = test::randomWeights(network, 3);
        writeGguf(path("chosen.gguf"), network, weights, path("tokenizer"), {.type = type});
        const auto reader = std::make_shared<const GgufReader>(path("chosen.gguf"));
        for (const GgufTensor &tensor : reader->header().tensors) {
            const bool isFloat = tensor.shape.size() == 1 || tensor.name.starts_with("position") ||
                                 tensor.name.starts_with("token_types");
            QVERIFY2(tensor.type == (isFloat ? GgufType::F32 : type), tensor.name.c_str());
        }
        const GgufModel model = readGgufModel(reader);
        const double found =
            difference(logitsOf(model.specification, model.weights), logitsOf(network, weights));
        QVERIFY2(found < tolerance, qPrintable(QString::number(found)));
    }

    void narrowRowsAreNotQuantized()
    {
        const NetworkSpecification network = test::randomSpecification({}); // 16 and 24 wide
        ModelWeights weights = test::randomWeights(network, 3);
        LayerWeights &up = weights.layers.at("encoder.0.ffn.up");
        up.weight = Factor::encoded(denseValues(up.weight), affine(4, 0));
        const std::vector<GgufRemark> remarks =
            writeGguf(path("narrow.gguf"), network, weights, path("tokenizer"));
        QCOMPARE(remarks.size(), std::size_t(1));
        QCOMPARE(remarks[0].became.value(), GgufType::F16);
        const auto all = writeGguf(path("narrow.gguf"), network, weights, path("tokenizer"),
                                   {.type = GgufType::Q4_0});
        const GgufReader reader(path("narrow.gguf"));
        for (const GgufTensor &tensor : reader.header().tensors)
            QVERIFY(tensor.type == GgufType::F16 || tensor.type == GgufType::F32);
        QVERIFY(all.size() > 20);
    }

    void capitalsAreRemarked()
    {
        std::filesystem::create_directories(path("cased"));
        writeFile(path("cased") / "vocab.txt", test::randomModelVocabulary());
        writeFile(path("cased") / "tokenizer_config.json", R"({"do_lower_case": false})");
        const NetworkSpecification network = wideSpecification();
        const GgufPlan plan = plannedGguf(path("cased.gguf"), network,
                                          test::randomWeights(network, 3), path("cased"));
        QCOMPARE(plan.remarks.size(), std::size_t(1));
        QVERIFY(QString::fromStdString(plan.remarks[0].message.text()).contains("lower case"));
    }

    void withoutAHead()
    {
        const NetworkSpecification network = wideSpecification(HeadKind::None);
        const ModelWeights weights = test::randomWeights(network, 3);
        const std::vector<GgufRemark> remarks =
            writeGguf(path("bare.gguf"), network, weights, path("tokenizer"));
        QVERIFY(!remarkOn(remarks, "pooler")->became);
        const GgufModel model =
            readGgufModel(std::make_shared<const GgufReader>(path("bare.gguf")));
        QCOMPARE(model.specification.head, HeadKind::None);
        const PackedBatch batch = packed(someSequences());
        QVERIFY(difference(Network(model.specification, model.weights).hiddenStates(batch),
                           Network(network, weights).hiddenStates(batch)) < 1e-6);
    }

    void whatTheLayoutCannotSay_data()
    {
        QTest::addColumn<QString>("named");
        QTest::newRow("heads") << "encoder.1";
        QTest::newRow("feed-forward") << "encoder.2";
        QTest::newRow("activation") << "relu";
        QTest::newRow("masked-LM") << "vocabulary";
        QTest::newRow("pretraining") << "vocabulary";
        QTest::newRow("token rows") << "embedding.attention";
        QTest::newRow("narrow embedding") << "8 wide";
    }
    void whatTheLayoutCannotSay()
    {
        QFETCH(QString, named);
        const std::string what = QTest::currentDataTag();
        NetworkSpecification network = wideSpecification();
        StackSpecification &stack = network.stacks[0];
        if (what == "heads")
            stack.shapes = {{{}, 64}, {{1}, 64}, {{}, 64}};
        else if (what == "feed-forward")
            stack.shapes = {{{}, 64}, {{}, 64}, {{}, 40}};
        else if (what == "activation")
            stack.block.activation = Activation::Relu;
        else if (what == "masked-LM")
            network.head = HeadKind::MaskedLm;
        else if (what == "pretraining")
            network.head = HeadKind::Pretraining;
        else if (what == "token rows")
            network.embedding.attentionWidth = network.embedding.attentionHeads = 4;
        else
            network.embedding.width = 8;
        try {
            plannedGguf(path("refused.gguf"), network, test::randomWeights(network, 3),
                        path("tokenizer"));
            QFAIL("it was not refused");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::Unsupported);
            QVERIFY2(QString::fromUtf8(error.what()).contains(named), error.what());
            QVERIFY2(QString::fromUtf8(error.what()).contains("refused.gguf"), error.what());
        }
    }

    /// All blocks alike, but narrower than the model began: no reason to refuse.
    void uniformFeedForward()
    {
        NetworkSpecification network = wideSpecification();
        network.stacks[0].shapes = {{{}, 40}, {{}, 40}, {{}, 40}};
        const ModelWeights weights = test::randomWeights(network, 3);
        writeGguf(path("uniform.gguf"), network, weights, path("tokenizer"));
        const GgufModel model =
            readGgufModel(std::make_shared<const GgufReader>(path("uniform.gguf")));
        QCOMPARE(model.specification.block().feedForwardWidth, 40);
        QVERIFY(difference(logitsOf(model.specification, model.weights),
                           logitsOf(network, weights)) < 1e-6);
    }

    void ownersMayLetGo()
    {
        const NetworkSpecification network = wideSpecification();
        std::map<std::string, int> calls;
        GgufOptions options;
        options.taken = [&calls](const std::string &layer) { ++calls[layer]; };
        writeGguf(path("taken.gguf"), network, test::randomWeights(network, 3), path("tokenizer"),
                  options);
        for (const Layer &layer : describe(network).layers)
            QCOMPARE(calls[layer.name], 2); // looked at, then written
    }

    void weightsThatDoNotFit()
    {
        const NetworkSpecification network = wideSpecification();
        ModelWeights weights = test::randomWeights(network, 3);
        weights.layers.at("pooler").weight = Factor::dense(at::zeros({32, 31}));
        QVERIFY_THROWS_EXCEPTION(Error, plannedGguf("x.gguf", network, weights, path("tokenizer")));
        weights.layers.erase("pooler");
        QVERIFY_THROWS_EXCEPTION(Error, plannedGguf("x.gguf", network, weights, path("tokenizer")));
    }

    void demo()
    {
        const Checkpoint checkpoint = openCheckpoint(PARE_RESOURCES "/demo");
        const std::vector<Sequence> sequences{{{2, 120, 3000, 45, 3}, {0, 0, 0, 0, 0}},
                                              {{2, 7999, 3}, {0, 0, 0}}};
        const PackedBatch batch = packed(sequences);
        const at::Tensor expected =
            Network(checkpoint.specification, checkpoint.weights).logits(batch);
        for (const auto &[type, tolerance] : {std::pair{std::optional<GgufType>(), 2e-3},
                                              {GgufType::F32, 1e-5},
                                              {GgufType::Q8_0, 0.2}}) {
            const auto remarks = writeGguf(path("demo.gguf"), checkpoint.specification,
                                           checkpoint.weights, checkpoint.folder, {.type = type});
            const GgufModel model =
                readGgufModel(std::make_shared<const GgufReader>(path("demo.gguf")));
            const double found =
                difference(Network(model.specification, model.weights).logits(batch), expected);
            QVERIFY2(found < tolerance,
                     qPrintable(QString("%1 with %2")
                                    .arg(found)
                                    .arg(type ? traitsOf(*type).name.data() : "auto")));
            QCOMPARE(model.specification.labels, checkpoint.specification.labels);
        }
    }

    void truncatedFiles()
    {
        const std::string whole = smallFile();
        QVERIFY(!readingError(whole));
        const GgufHeader header = parsedGgufHeader(asBytes(whole), "whole");
        // The padding behind the last tensor is nobody's.
        const GgufTensor &last = header.tensors.back();
        const std::size_t needed = header.dataBegin + last.offset + last.bytes();
        for (std::size_t length = 0; length < needed; ++length) {
            const auto error = readingError(whole.substr(0, length));
            QVERIFY2(error, qPrintable(QString::number(length)));
            QCOMPARE(error->kind(), ErrorKind::InvalidFile);
        }
        QVERIFY(!readingError(whole.substr(0, needed)));
    }

    void anyByteWrong()
    {
        const std::string whole = smallFile();
        const std::uint64_t length = parsedGgufHeader(asBytes(whole), "whole").dataBegin;
        int refused = 0;
        for (std::size_t i = 0; i < length; ++i) {
            for (const int flip : {0x01, 0x80, 0xff}) {
                std::string broken = whole;
                broken[i] = static_cast<char>(broken[i] ^ flip);
                refused += readingError(broken) ? 1 : 0;
            }
        }
        QVERIFY(refused > static_cast<int>(length) / 2);
    }

    void brokenHeaders_data()
    {
        QTest::addColumn<int>("position");
        QTest::addColumn<qulonglong>("value");
        QTest::addColumn<int>("bytes");
        QTest::newRow("magic") << 0 << qulonglong(0x46554746) << 4;
        QTest::newRow("version 1") << 4 << qulonglong(1) << 4;
        QTest::newRow("version of the other byte order") << 4 << qulonglong(3) << 1;
        QTest::newRow("tensors beyond the file") << 8 << qulonglong(1000) << 8;
        QTest::newRow("tensors beyond memory") << 8 << ~qulonglong(0) << 8;
        QTest::newRow("keys beyond the file") << 16 << qulonglong(1) << 8;
        QTest::newRow("keys beyond memory") << 16 << (qulonglong(1) << 62) << 8;
        QTest::newRow("length of the first key") << 24 << ~qulonglong(0) << 8;
    }
    void brokenHeaders()
    {
        QFETCH(int, position);
        QFETCH(qulonglong, value);
        QFETCH(int, bytes);
        std::string broken = smallFile();
        if (bytes == 1)
            overwrite(broken, 4, std::uint32_t{0x03000000});
        else if (bytes == 4)
            overwrite(broken, static_cast<std::size_t>(position),
                      static_cast<std::uint32_t>(value));
        else
            overwrite(broken, static_cast<std::size_t>(position),
                      static_cast<std::uint64_t>(value));
        const auto error = readingError(broken);
        QVERIFY(error);
        QVERIFY2(std::string(error->what()).starts_with("broken.gguf"), error->what());
    }

    void brokenTensors_data()
    {
        QTest::addColumn<int>("distance"); // of the field from the end of the tensor's name
        QTest::addColumn<qulonglong>("value");
        QTest::newRow("no dimensions") << 0 << qulonglong(0);
        QTest::newRow("five dimensions") << 0 << qulonglong(5);
        QTest::newRow("no columns") << 4 << qulonglong(0);
        QTest::newRow("many columns") << 4 << (qulonglong(1) << 40);
        QTest::newRow("rows of 33") << 4 << qulonglong(33);
        QTest::newRow("negative rows") << 12 << ~qulonglong(0);
        QTest::newRow("rows that overflow") << 12 << (qulonglong(1) << 59);
        QTest::newRow("another type") << 20 << qulonglong(10);
        QTest::newRow("no such type") << 20 << qulonglong(0xffffffff);
        QTest::newRow("offset outside") << 24 << qulonglong(1 << 20);
        QTest::newRow("offset that overflows") << 24 << ~qulonglong(31);
        QTest::newRow("offset not aligned") << 24 << qulonglong(8);
        QTest::newRow("offset inside another") << 24 << qulonglong(32);
    }
    void brokenTensors()
    {
        QFETCH(int, distance);
        QFETCH(qulonglong, value);
        std::string broken = smallFile();
        const std::size_t field = broken.find("second") + 6 + static_cast<std::size_t>(distance);
        if (distance == 0 || distance == 20)
            overwrite(broken, field, static_cast<std::uint32_t>(value));
        else
            overwrite(broken, field, static_cast<std::uint64_t>(value));
        const auto error = readingError(broken);
        QVERIFY(error);
        QVERIFY2(QString::fromUtf8(error->what()).contains("second"), error->what());
    }

    void namesTwice()
    {
        GgufHeader tensors;
        tensors.tensors = {{"one", GgufType::F32, {4}, 0}, {"one", GgufType::F32, {4}, 0}};
        QVERIFY(readingError(ggufHeaderText(tensors) + std::string(64, '\0')));
        GgufHeader keys;
        keys.metadata = {{"one", true}, {"one", false}};
        QVERIFY(readingError(ggufHeaderText(keys)));
    }

    void alignmentOfOthers()
    {
        GgufHeader header;
        header.metadata = {{"general.alignment", std::int64_t{64}}};
        header.tensors = {{"one", GgufType::F32, {4}, 0}};
        std::string text = ggufHeaderText(header);
        text.resize((text.size() + 63) / 64 * 64 + 16, '\0');
        QVERIFY(!readingError(text));
        for (const std::int64_t wrong : {0, 48, 1 << 20}) {
            header.metadata = {{"general.alignment", wrong}};
            QVERIFY(readingError(ggufHeaderText(header) + std::string(4096, '\0')));
        }
    }

    void modelsThatLackSomething()
    {
        const NetworkSpecification network = wideSpecification();
        writeGguf(path("whole.gguf"), network, test::randomWeights(network, 3), path("tokenizer"));
        const std::string whole = readFile(path("whole.gguf"));
        for (const std::string name :
             {"general.architecture", "bert.block_count", "blk.1.ffn_up.bias",
              "tokenizer.ggml.tokens", "token_embd.weight"}) {
            std::string lacking = whole;
            lacking[lacking.find(name)] = '!';
            writeFile(path("lacking.gguf"), lacking);
            try {
                readGgufModel(std::make_shared<const GgufReader>(path("lacking.gguf")));
                QFAIL("it was read");
            } catch (const Error &error) {
                QCOMPARE(error.kind(), ErrorKind::InvalidFile);
                QVERIFY2(QString::fromUtf8(error.what()).contains(name.c_str()), error.what());
            }
        }
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    /// Two tensors and a key of each kind.
    static std::string smallFile()
    {
        GgufHeader header;
        header.metadata = {
            {"flag", true},
            {"number", std::int64_t{7}},
            {"real", 0.5},
            {"text", std::string("some text")},
            {"texts", std::vector<std::string>{"a", "bc"}},
            {"numbers", std::vector<std::int64_t>{1, -2, 3}},
            {"reals", std::vector<double>{0.25, -1}},
        };
        header.tensors = {{"first", GgufType::F32, {3, 5}, 0},
                          {"second", GgufType::Q8_0, {2, 32}, 0}};
        std::string text = ggufHeaderText(header);
        text.resize(text.size() + 64 + 96, '\1');
        return text;
    }

    /// A layer of each form in the first two blocks.
    static ModelWeights compressedWeights(const NetworkSpecification &network)
    {
        ModelWeights weights = test::randomWeights(network, 3);
        const auto change = [&](const std::string &layer, const auto &make) {
            LayerWeights &own = weights.layers.at(layer);
            own.weight = make(denseValues(own.weight));
        };
        const auto encode = [&](const std::string &layer, const Codec &codec, double pruned = 0) {
            change(layer, [&](const at::Tensor &values) {
                return Factor::encoded(values, codec,
                                       pruned > 0 ? values.abs() > pruned : at::Tensor());
            });
        };
        encode("embedding.token", ofKind(CodecKind::Float16));
        encode("encoder.0.attention.query", affine(8, 32));
        encode("encoder.0.attention.key", affine(3, 32)); // in 4 bits
        change("encoder.0.attention.value", [](const at::Tensor &values) {
            return Product{Factor::dense(values.narrow(1, 0, 4).contiguous()),
                           Factor::dense(values.narrow(0, 0, 4).contiguous())};
        });
        encode("encoder.0.attention.output", ofKind(CodecKind::Float32), 0.2);
        change("encoder.0.ffn.up", [](const at::Tensor &values) {
            return Factor::encoded(values, affine(8, 32)).withInputScale(at::rand({32}) + 0.5);
        });
        encode("encoder.0.ffn.down", ofKind(CodecKind::BFloat16));
        weights.layers.at("encoder.1.attention.query") = {Shared{"encoder.0.attention.query"}, {}};
        change("encoder.1.attention.key", [](const at::Tensor &values) {
            return Kronecker{Factor::dense(values.narrow(0, 0, 8).narrow(1, 0, 4).contiguous()),
                             Factor::dense(values.narrow(0, 8, 4).narrow(1, 4, 8).contiguous())};
        });
        change("encoder.1.attention.value", [](const at::Tensor &values) {
            return Columns{at::tensor({2, 5, 30}, at::kInt),
                           Factor::dense(values.narrow(1, 0, 3).contiguous()),
                           Factor::encoded(values.narrow(1, 3, 29).contiguous(), affine(8, 0))};
        });
        encode("encoder.1.ffn.up", ofKind(CodecKind::Ternary), 0.3);
        return weights;
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestGguf)
#include "tst_gguf.moc"

// GGUF files opened as models: the values and the bytes they have there, with and without a
// config.json, and files that are broken.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/checkpoint/ggufblocks.h"
#include "core/checkpoint/gguffactor.h"
#include "core/checkpoint/gguffile.h"

#include <ATen/ATen.h>
#include <c10/util/Half.h>
#include <cstring>
#include <fstream>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;

namespace {

NetworkSpecification someSpecification(HeadKind head = HeadKind::Classification)
{
    return test::randomSpecification({.width = 32, .feedForward = 64, .head = head});
}

ModelWeights quantized(const NetworkSpecification &network, int bits, bool isSymmetric)
{
    Codec codec;
    codec.kind = CodecKind::Affine;
    codec.bits = bits;
    codec.granularity = Granularity::Group;
    codec.group = ggufBlock;
    codec.symmetric = isSymmetric;
    ModelWeights weights = test::randomWeights(network, 3);
    for (const Layer &layer : describe(network).layers) {
        Weight &weight = weights.layers.at(layer.name).weight;
        if (layer.block >= 0 && layer.isMatrix())
            weight = Factor::encoded(denseValues(weight), codec);
    }
    return weights;
}

/// A file of one matrix [4, 32] in blocks somebody else wrote.
std::string foreignFile(GgufType type, float scale, float least, bool hasLeast)
{
    GgufHeader header;
    header.tensors = {{"one", type, {4, 32}, 0}};
    std::string text = ggufHeaderText(header);
    const auto put = [&text](c10::Half value) {
        text.append(reinterpret_cast<const char *>(&value.x), sizeof(value.x));
    };
    const auto bytes = static_cast<std::size_t>(ggufBytes(type, 1, 32));
    for (int block = 0; block < 4; ++block) {
        const std::size_t begin = text.size();
        put(block == 2 ? 0.0f : scale);
        if (hasLeast)
            put(least);
        for (int i = 0; text.size() < begin + bytes; ++i) // all codes, the lowest among them
            text += static_cast<char>(i * 37 + block * 128);
    }
    return text;
}

} // namespace

class TestOpenedGguf : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        std::filesystem::create_directories(path("model"));
        writeFile(path("model/vocab.txt"), test::randomModelVocabulary());
        writeFile(path("model/tokenizer_config.json"), "{}");
    }

    void sameModel_data()
    {
        QTest::addColumn<int>("bits");
        QTest::addColumn<bool>("symmetric");
        QTest::newRow("plain") << 0 << true;
        QTest::newRow("8 bits") << 8 << true;
        QTest::newRow("5 bits") << 5 << true;
        QTest::newRow("4 bits") << 4 << true;
        QTest::newRow("4 bits, zero points") << 4 << false;
    }
    void sameModel()
    {
        QFETCH(int, bits);
        QFETCH(bool, symmetric);
        const NetworkSpecification network = someSpecification();
        const ModelWeights weights =
            bits > 0 ? quantized(network, bits, symmetric) : test::randomWeights(network, 3);
        written(network, weights);
        const Checkpoint opened = openCheckpoint(path("model"));
        QCOMPARE(opened.alreadyCompressed().has_value(), bits > 0);
        QVERIFY(opened.description.weightsKnown);
        QCOMPARE(opened.specification.labels, network.labels);
        for (const Layer &layer : describe(network).layers) {
            const LayerWeights &own = opened.weights.layers.at(layer.name);
            QVERIFY2(at::equal(denseValues(own.weight),
                               denseValues(weights.layers.at(layer.name).weight)),
                     layer.name.c_str());
            if (layer.bias)
                QVERIFY(at::equal(own.bias, weights.layers.at(layer.name).bias));
            if (bits > 0 && layer.block >= 0 && layer.isMatrix())
                QVERIFY(!std::get<Factor>(own.weight).codec().isDense());
        }
        if (symmetric && bits != 5) // as large as before it was written; 5 bits have a type as well
            QCOMPARE(opened.description.bytes, exportedBytes(network, weights));
    }

    void aloneOrBesideAConfig()
    {
        const NetworkSpecification network = someSpecification(HeadKind::SentencePair);
        written(network, test::randomWeights(network, 3));
        const Checkpoint beside = openCheckpoint(path("model/model.gguf"));
        QCOMPARE(beside.specification.head, HeadKind::SentencePair);
        std::filesystem::create_directories(path("alone"));
        writeFile(path("alone/some.gguf"), readFile(path("model/model.gguf")));
        const Checkpoint alone = openCheckpoint(path("alone/some.gguf"));
        QCOMPARE(alone.specification.head, HeadKind::Classification); // it cannot say more
        QCOMPARE(alone.specification.labels.size(), std::size_t(2));
        QVERIFY(alone.hasWeights());
        QVERIFY_EXCEPTION_THROWN(openCheckpoint(path("alone")), Error);
    }

    void anotherConfig()
    {
        const NetworkSpecification network = someSpecification();
        written(network, test::randomWeights(network, 3));
        NetworkSpecification other = network;
        other.stacks[0].block.feedForwardWidth = 96;
        writeFile(path("model/config.json"), configJson(other).dump());
        try {
            openCheckpoint(path("model"));
            QFAIL("it was opened");
        } catch (const Error &error) {
            QVERIFY2(QByteArray(error.what()).contains("ffn_up"), error.what());
        }
    }

    void foreignBlocks_data()
    {
        QTest::addColumn<int>("type");
        QTest::addColumn<float>("scale");
        QTest::addColumn<float>("least");
        QTest::addColumn<bool>("codes");
        QTest::newRow("Q8_0") << int(GgufType::Q8_0) << 0.5f << 0.0f << true;
        QTest::newRow("Q4_0") << int(GgufType::Q4_0) << 0.25f << 0.0f << true;
        QTest::newRow("Q4_0, scale below 0") << int(GgufType::Q4_0) << -0.25f << 0.0f << true;
        QTest::newRow("Q5_0, scale below 0") << int(GgufType::Q5_0) << -0.25f << 0.0f << true;
        QTest::newRow("Q4_1") << int(GgufType::Q4_1) << 0.5f << -3.5f << true;
        QTest::newRow("Q4_1, between codes") << int(GgufType::Q4_1) << 0.5f << -3.3f << false;
        QTest::newRow("Q5_1, above 0") << int(GgufType::Q5_1) << 0.5f << 2.0f << false;
    }
    void foreignBlocks()
    {
        QFETCH(int, type);
        QFETCH(float, scale);
        QFETCH(float, least);
        QFETCH(bool, codes);
        const auto kind = static_cast<GgufType>(type);
        const bool hasLeast = kind == GgufType::Q4_1 || kind == GgufType::Q5_1;
        writeFile(path("foreign.gguf"), foreignFile(kind, scale, least, hasLeast));
        const auto reader = std::make_shared<const GgufReader>(path("foreign.gguf"));
        const GgufTensor &tensor = *reader->find("one");
        const Factor factor = ggufFactor(reader, tensor);
        QVERIFY(at::equal(factor.values(), reader->values(tensor)));
        if (!hasLeast) // the one with a scale of 0 has a least value all the same
            QCOMPARE(!factor.codec().isDense(), codes);
        if (!codes)
            QVERIFY(factor.codec().isDense());
    }

    void cutShortAnywhere()
    {
        const std::string whole = smallModel();
        for (std::size_t length = 0; length + ggufAlignment < whole.size(); length += 61)
            QVERIFY2(fails(whole.substr(0, length)), qPrintable(QString::number(length)));
    }

    /// Opened or refused, never worse.
    void anyByteWrong()
    {
        const std::string whole = smallModel();
        Random random(9);
        for (int i = 0; i < 800; ++i) {
            std::string broken = whole;
            const std::size_t place = random.below(i % 3 == 0 ? whole.size() : 2600);
            broken[place] = static_cast<char>(random.below(256));
            fails(broken);
        }
    }

private:
    std::filesystem::path path(const char *name) const
    {
        return m_folder.filePath(name).toStdString();
    }

    /// A folder as export leaves it.
    void written(const NetworkSpecification &network, const ModelWeights &weights) const
    {
        writeGguf(path("model/model.gguf"), network, weights, path("model"));
        writeFile(path("model/config.json"), configJson(network).dump());
    }

    std::string smallModel() const
    {
        const NetworkSpecification network = someSpecification();
        written(network, quantized(network, 4, true));
        return readFile(path("model/model.gguf"));
    }

    bool fails(const std::string &content) const
    {
        std::filesystem::create_directories(path("broken"));
        std::ofstream(path("broken/model.gguf"), std::ios::binary) << content; // unsynced: fast
        try {
            openCheckpoint(path("broken/model.gguf"));
            return false;
        } catch (const Error &) {
            return true;
        }
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestOpenedGguf)
#include "tst_openedgguf.moc"

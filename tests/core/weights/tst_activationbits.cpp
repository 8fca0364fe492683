// The codec whose layers run on 8-bit inputs, and the codes that its kernels take.
#include "core/base/error.h"
#include "core/weights/factor.h"
#include "core/weights/plannedfactor.h"

#include <QTest>

#include <ATen/Context.h>
#include <ATen/Functions.h>
#include <nlohmann/json.hpp>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

Codec eightBits(Granularity granularity, int activationBits = 8)
{
    Codec codec{CodecKind::Affine, 8, granularity};
    codec.activationBits = activationBits;
    return codec;
}

at::Tensor randomMatrix(std::int64_t rows, std::int64_t columns)
{
    at::manual_seed(5);
    return at::randn({rows, columns});
}

} // namespace

Q_DECLARE_METATYPE(pare::Codec)

class ActivationBitsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyWhereCodesCanBeMultiplied_data();
    void onlyWhereCodesCanBeMultiplied();
    void textIsReadBack();
    void otherTextIsRefused_data();
    void otherTextIsRefused();
    void takesNoBytes();
    void survivesPacking();
    void codesStandForTheValues_data();
    void codesStandForTheValues();
    void denseValuesKeepTheirType();
};

void ActivationBitsTest::onlyWhereCodesCanBeMultiplied_data()
{
    QTest::addColumn<Codec>("codec");
    QTest::addColumn<bool>("allowed");
    const auto row = [](const char *name, bool allowed, auto change) {
        Codec codec = eightBits(Granularity::Channel);
        change(codec);
        QTest::newRow(name) << codec << allowed;
    };
    row("channel", true, [](Codec &) {});
    row("tensor", true, [](Codec &codec) { codec.granularity = Granularity::Tensor; });
    row("not at all", true, [](Codec &codec) { codec.activationBits = 0; });
    row("4-bit activations", false, [](Codec &codec) { codec.activationBits = 4; });
    row("-8-bit activations", false, [](Codec &codec) { codec.activationBits = -8; });
    row("4-bit weights", false, [](Codec &codec) { codec.bits = 4; });
    row("asymmetric", false, [](Codec &codec) { codec.symmetric = false; });
    row("bfloat16", false, [](Codec &codec) { codec.kind = CodecKind::BFloat16; });
    row("ternary", false, [](Codec &codec) { codec.kind = CodecKind::Ternary; });
    row("groups", false, [](Codec &codec) {
        codec.granularity = Granularity::Group;
        codec.group = 8;
    });
}

void ActivationBitsTest::onlyWhereCodesCanBeMultiplied()
{
    QFETCH(Codec, codec);
    QFETCH(bool, allowed);
    if (allowed) {
        checkCodec(codec);
        QVERIFY(Factor::encoded(randomMatrix(3, 8), codec).codec() == codec);
        return;
    }
    QVERIFY_EXCEPTION_THROWN(checkCodec(codec), Error);
    QVERIFY_EXCEPTION_THROWN(Factor::encoded(randomMatrix(3, 8), codec), Error);
}

void ActivationBitsTest::textIsReadBack()
{
    for (const Granularity granularity : {Granularity::Channel, Granularity::Tensor}) {
        const Codec codec = eightBits(granularity);
        QCOMPARE(toJson(codec).at("activationBits").get<int>(), 8);
        QVERIFY(codecFromJson(toJson(codec), "test") == codec);
        const Codec plain = eightBits(granularity, 0);
        QVERIFY(!toJson(plain).contains("activationBits"));
        QVERIFY(codecFromJson(toJson(plain), "test") == plain);
        QVERIFY(!(plain == codec));
    }
    QCOMPARE(describe(eightBits(Granularity::Channel)),
             std::string("8 bits, per channel, 8-bit activations"));
}

void ActivationBitsTest::otherTextIsRefused_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("value");
    for (const char *value : {"0", "4", "16", "8.5", "\"8\"", "true", "null", "[8]"})
        QTest::newRow(value) << QByteArray("activationBits") << QByteArray(value);
    QTest::newRow("dense") << QByteArray("kind") << QByteArray("\"bfloat16\"");
    QTest::newRow("4-bit weights") << QByteArray("bits") << QByteArray("4");
    QTest::newRow("asymmetric") << QByteArray("symmetric") << QByteArray("false");
}

void ActivationBitsTest::otherTextIsRefused()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, value);
    Json json = toJson(eightBits(Granularity::Channel));
    json[key.toStdString()] = Json::parse(value.toStdString());
    try {
        codecFromJson(json, "some.safetensors");
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidFile);
        const std::string text = error.message().text();
        QVERIFY(text.starts_with("some.safetensors"));
        QVERIFY(text.find("activationBits") != std::string::npos);
    }
}

void ActivationBitsTest::takesNoBytes()
{
    for (const Granularity granularity : {Granularity::Channel, Granularity::Tensor}) {
        const at::Tensor values = randomMatrix(5, 12);
        const Factor with = Factor::encoded(values, eightBits(granularity));
        const Factor without = Factor::encoded(values, eightBits(granularity, 0));
        QVERIFY(with.bytesByPart() == without.bytesByPart());
        QVERIFY(with.bytesByPart() == plannedBytes(with.shape(), with.codec()));
        QVERIFY(at::equal(with.values(), without.values()));
    }
}

void ActivationBitsTest::survivesPacking()
{
    const Factor factor = Factor::encoded(randomMatrix(5, 12), eightBits(Granularity::Channel));
    std::map<std::string, StoredTensor> tensors;
    for (StoredTensor &tensor : factor.packed("layer"))
        tensors[tensor.name] = tensor;
    const Factor again = Factor::unpacked(factor.description(), "layer", tensors, "test");
    QVERIFY(again.codec() == factor.codec());
    QVERIFY(at::equal(again.integerValues().codes, factor.integerValues().codes));
}

void ActivationBitsTest::codesStandForTheValues_data()
{
    QTest::addColumn<bool>("wholeTensor");
    QTest::addColumn<double>("kept");
    for (const bool whole : {false, true}) {
        for (const double kept : {1.0, 0.9, 0.05})
            QTest::addRow("%s, %g kept", whole ? "tensor" : "channel", kept) << whole << kept;
    }
}

void ActivationBitsTest::codesStandForTheValues()
{
    QFETCH(bool, wholeTensor);
    QFETCH(double, kept);
    const at::Tensor values = randomMatrix(7, 33);
    values.select(0, 2).zero_();
    const at::Tensor mask = kept < 1 ? at::rand({7, 33}).lt(kept) : at::Tensor();
    const Factor made = Factor::encoded(
        values, eightBits(wholeTensor ? Granularity::Tensor : Granularity::Channel), mask);
    // Read back, what is pruned has no code of its own.
    std::map<std::string, StoredTensor> tensors;
    for (StoredTensor &tensor : made.packed("layer"))
        tensors[tensor.name] = tensor;
    const Factor read = Factor::unpacked(made.description(), "layer", tensors, "test");
    for (const Factor &factor : {made, read}) {
        const IntegerValues found = factor.integerValues();
        QVERIFY(found.codes.scalar_type() == at::kChar && found.scales.scalar_type() == at::kFloat);
        QVERIFY(found.codes.sizes() == at::IntArrayRef({7, 33}) && found.codes.is_contiguous());
        QVERIFY(found.scales.sizes() == at::IntArrayRef({7}) && found.scales.is_contiguous());
        const at::Tensor expected = factor.values();
        for (std::int64_t row = 0; row < 7; ++row) {
            const float scale = found.scales[row].item<float>();
            for (std::int64_t i = 0; i < 33; ++i) {
                const int code = found.codes[row][i].item<int>();
                QVERIFY(code >= -127 && code <= 127);
                QCOMPARE(scale * static_cast<float>(code), expected[row][i].item<float>());
                if (mask.defined() && !mask[row][i].item<bool>())
                    QCOMPARE(code, 0);
            }
        }
    }
}

void ActivationBitsTest::denseValuesKeepTheirType()
{
    const at::Tensor values = randomMatrix(4, 6);
    const Factor factor = Factor::encoded(values, {CodecKind::BFloat16});
    QVERIFY(factor.denseValues().scalar_type() == at::kBFloat16);
    QVERIFY(at::equal(factor.denseValues(), values.to(at::kBFloat16)));
}

QTEST_GUILESS_MAIN(ActivationBitsTest)
#include "tst_activationbits.moc"

// Binary codes of two planes: what ternary weights are split into, to the formulas of its paper, and
// how the two are stored.
#include "core/weights/factor.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/weights/plannedfactor.h"

#include <ATen/ATen.h>
#include <nlohmann/json.hpp>

#include <QTest>

using namespace pare;

Q_DECLARE_METATYPE(pare::Codec)

namespace {

Codec codecOf(CodecKind kind, Granularity granularity, std::int64_t group = 0)
{
    Codec codec;
    codec.kind = kind;
    codec.granularity = granularity;
    codec.group = group;
    codec.planes = kind == CodecKind::Binary ? 2 : 1;
    return codec;
}

at::Tensor noise(at::IntArrayRef shape, std::uint64_t seed, double scale = 0.05)
{
    Random draw(seed);
    at::Tensor values = at::empty(shape, at::kFloat);
    for (std::int64_t i = 0; i < values.numel(); ++i)
        values.data_ptr<float>()[i] = static_cast<float>(scale * (2 * draw.uniform() + 2 * draw.uniform() - 2));
    return values;
}

at::Tensor someMask(at::IntArrayRef shape)
{
    return noise(shape, 77, 1).gt(-0.4);
}

/// What makes splitting hard.
at::Tensor matrixOf(const QString &kind)
{
    at::Tensor values = noise({24, 40}, 5);
    if (kind == "zeros among them")
        values.masked_fill_(noise({24, 40}, 6, 1).gt(0.3), 0);
    if (kind == "rows of zeros")
        values.slice(0, 0, 24, 3).zero_();
    if (kind == "all positive")
        values = values.abs();
    if (kind == "all negative")
        values = values.abs().neg();
    if (kind == "one magnitude")
        values = values.sign().mul(0.25);
    if (kind == "one large among small ones of one sign") {
        values = values.abs().mul(0.01).add(0.02);
        values.select(1, 3).fill_(-0.6);
    }
    return values;
}

std::map<std::string, StoredTensor> byName(const std::vector<StoredTensor> &tensors)
{
    std::map<std::string, StoredTensor> result;
    for (const StoredTensor &tensor : tensors)
        result[tensor.name] = tensor;
    return result;
}

std::int64_t total(const std::map<std::string, std::int64_t> &parts)
{
    std::int64_t sum = 0;
    for (const auto &[name, bytes] : parts)
        sum += bytes;
    return sum;
}

Factor splitFactor(const at::Tensor &latent, const Factor &ternary)
{
    Codec codec = ternary.codec();
    codec.kind = CodecKind::Binary;
    codec.planes = 2;
    return Factor::encodedPlanes(splitTernary(latent, ternary), codec, ternary.mask());
}

} // namespace

class PlanesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void splitsExactly_data();
    void splitsExactly();
    void followsThePaper();
    void balancesWhatLeans();
    void isStoredToTheByte_data();
    void isStoredToTheByte();
    void oldFilesOpen();
    void isNearestOfOneMatrix();
    void brokenPackingsAreRefused_data();
    void brokenPackingsAreRefused();
    void onlyBinaryHasPlanes();
};

void PlanesTest::splitsExactly_data()
{
    QTest::addColumn<QString>("kind");
    QTest::addColumn<Codec>("codec");
    QTest::addColumn<bool>("masked");
    const std::vector<std::pair<const char *, Codec>> codecs{
        {"tensor", codecOf(CodecKind::Ternary, Granularity::Tensor)},
        {"channel", codecOf(CodecKind::Ternary, Granularity::Channel)},
        {"groups of 7", codecOf(CodecKind::Ternary, Granularity::Group, 7)}};
    for (const char *kind :
         {"random", "zeros among them", "rows of zeros", "all positive", "all negative",
          "one magnitude", "one large among small ones of one sign"}) {
        for (const auto &[name, codec] : codecs) {
            for (const bool masked : {false, true})
                QTest::addRow("%s, %s%s", kind, name, masked ? ", masked" : "")
                    << QString(kind) << codec << masked;
        }
    }
}

/// Planes add up to the latents, and what is stored of them to what was stored before.
void PlanesTest::splitsExactly()
{
    QFETCH(QString, kind);
    QFETCH(Codec, codec);
    QFETCH(bool, masked);
    const at::Tensor latent = matrixOf(kind);
    const Factor ternary =
        Factor::encoded(latent, codec, masked ? someMask({24, 40}) : at::Tensor());
    const Planes planes = splitTernary(latent, ternary);
    const double largest = planes.first.abs().max().item<double>();
    QVERIFY(at::allclose(planes.first.add(planes.second), latent, 0, 1e-7 * (1 + largest)));
    const Factor split = splitFactor(latent, ternary);
    QVERIFY(at::equal(split.values(), ternary.values()));
    QVERIFY(at::equal(split.planes().first.add(split.planes().second), split.values()));
    QCOMPARE(split.isMasked(), masked);
    QVERIFY(!masked || at::equal(split.mask(), ternary.mask()));
}

/// The closed forms of a and b, in double.
void PlanesTest::followsThePaper()
{
    const at::Tensor latent = noise({1, 60}, 9, 1);
    const Factor ternary =
        Factor::encoded(latent, codecOf(CodecKind::Ternary, Granularity::Tensor));
    const Planes planes = splitTernary(latent, ternary);
    double large = 0, positive = 0, negative = 0;
    int larges = 0;
    for (int i = 0; i < 60; ++i) {
        const double w = latent[0][i].item<float>();
        const bool zero = ternary.codes()[0][i].item<std::uint8_t>() == 1;
        large += zero ? 0 : std::abs(w);
        larges += zero ? 0 : 1;
        positive += zero && w > 0 ? w : 0;
        negative += zero && w < 0 ? -w : 0;
    }
    const double a = (large + negative - positive) / (2 * large);
    const double b =
        (60.0 / larges * large - large - positive - negative) / (2 * (60.0 - larges));
    for (int i = 0; i < 60; ++i) {
        const double w = latent[0][i].item<float>();
        const bool zero = ternary.codes()[0][i].item<std::uint8_t>() == 1;
        const double first = !zero ? a * w : w > 0 ? b + w : b;
        // Its scale is the half precision's, b with it.
        QVERIFY(std::abs(planes.first[0][i].item<double>() - first) < 2e-3);
        QVERIFY(std::abs(planes.second[0][i].item<double>() - (w - first)) < 2e-3);
    }
}

/// A share outside 0…1 would turn signs.
void PlanesTest::balancesWhatLeans()
{
    const at::Tensor latent = matrixOf("one large among small ones of one sign");
    const Factor ternary =
        Factor::encoded(latent, codecOf(CodecKind::Ternary, Granularity::Channel));
    QVERIFY(ternary.values().eq(0).sum().item<int>() > 24 * 30);
    const at::Tensor small = latent.mul(ternary.values().eq(0)).sum(1);
    const at::Tensor large = latent.abs().mul(ternary.values().ne(0)).sum(1);
    QVERIFY(small.gt(large).all().item<bool>());
    const Planes planes = splitTernary(latent, ternary);
    const at::Tensor kept = ternary.values().ne(0);
    QVERIFY(at::equal(planes.first.sign().masked_select(kept), latent.sign().masked_select(kept)));
    QVERIFY(at::equal(planes.second.sign().masked_select(kept), latent.sign().masked_select(kept)));
}

void PlanesTest::isStoredToTheByte_data()
{
    QTest::addColumn<Codec>("codec");
    QTest::addColumn<double>("keep");
    for (const double keep : {1.0, 0.6, 0.02, 0.0}) {
        QTest::addRow("tensor, %g kept", keep)
            << codecOf(CodecKind::Binary, Granularity::Tensor) << keep;
        QTest::addRow("channel, %g kept", keep)
            << codecOf(CodecKind::Binary, Granularity::Channel) << keep;
        QTest::addRow("groups, %g kept", keep)
            << codecOf(CodecKind::Binary, Granularity::Group, 7) << keep;
    }
}

void PlanesTest::isStoredToTheByte()
{
    QFETCH(Codec, codec);
    QFETCH(double, keep);
    constexpr std::int64_t rows = 13, columns = 37;
    at::Tensor mask = at::zeros({rows * columns}, at::kBool);
    const auto kept = static_cast<std::int64_t>(keep * rows * columns);
    mask.slice(0, 0, kept).fill_(true);
    mask = mask.reshape({rows, columns});
    const Factor factor = Factor::encodedPlanes(
        {noise({rows, columns}, 1), noise({rows, columns}, 2, 0.01)}, codec, mask);
    const std::vector<StoredTensor> packed = factor.packed("w");
    std::int64_t bytes = 0;
    for (const StoredTensor &tensor : packed)
        bytes += static_cast<std::int64_t>(tensor.data.nbytes());
    QCOMPARE(total(factor.bytesByPart()), bytes);
    const std::vector<std::int64_t> shape{rows, columns};
    QCOMPARE(total(plannedBytes(shape, codec, kept)), bytes);
    const PlannedFactor planned{shape, codec, kept};
    const std::vector<StoredTensor> foretold = planned.tensors("w");
    QCOMPARE(foretold.size(), packed.size());
    for (std::size_t i = 0; i < packed.size(); ++i) {
        QCOMPARE(foretold[i].name, packed[i].name);
        QVERIFY(foretold[i].shape == packed[i].shape);
    }
    QVERIFY(planned.description() == factor.description());
    const Factor again = Factor::unpacked(factor.description(), "w", byName(packed), "test");
    QVERIFY(again.codec() == codec);
    QVERIFY(at::equal(again.values(), factor.values()));
    QVERIFY(at::equal(again.planes().second, factor.planes().second));
    if (keep == 1.0) {
        const std::int64_t slots = codec.granularity == Granularity::Tensor    ? 1
                                   : codec.granularity == Granularity::Channel ? rows
                                                                               : rows * 6;
        QCOMPARE(bytes, (2 * rows * columns + 7) / 8 + 2 * 2 * slots);
    }
}

/// One plane says nothing of it, as before.
void PlanesTest::oldFilesOpen()
{
    Codec codec = codecOf(CodecKind::Binary, Granularity::Channel);
    QCOMPARE(toJson(codec).at("planes").get<int>(), 2);
    QVERIFY(codecFromJson(toJson(codec), "test") == codec);
    QCOMPARE(describe(codec), std::string("2 x 1 bit, per channel"));
    QCOMPARE(codeBits(codec), 2);
    codec.planes = 1;
    QVERIFY(!toJson(codec).contains("planes"));
    QVERIFY(codecFromJson(toJson(codec), "test") == codec);
    QCOMPARE(describe(codec), std::string("binary, per channel"));
    QCOMPARE(codeBits(codec), 1);
}

/// What lies on four levels stays; anything else is nearer than with one plane.
void PlanesTest::isNearestOfOneMatrix()
{
    for (const Codec &codec : {codecOf(CodecKind::Binary, Granularity::Tensor),
                               codecOf(CodecKind::Binary, Granularity::Channel),
                               codecOf(CodecKind::Binary, Granularity::Group, 7)}) {
        const at::Tensor mask = someMask({24, 40});
        const Factor trained =
            Factor::encodedPlanes({noise({24, 40}, 1), noise({24, 40}, 2, 0.01)}, codec, mask);
        // Of a group that has one of the levels only, it is rounded to half precision.
        const at::Tensor again = Factor::encoded(trained.values(), codec, mask).values();
        QVERIFY(codec.granularity == Granularity::Group ? at::allclose(again, trained.values(), 5e-4)
                                                        : at::equal(again, trained.values()));
        const at::Tensor latent = matrixOf("rows of zeros");
        Codec ternary = codec;
        ternary.kind = CodecKind::Ternary;
        ternary.planes = 1;
        const Factor three = Factor::encoded(latent, ternary);
        QVERIFY(at::equal(Factor::encoded(three.values(), codec).values(), three.values()));
        const auto errorWith = [&](int planes) {
            Codec binary = codec;
            binary.planes = planes;
            return latent.sub(Factor::encoded(latent, binary).values()).norm().item<double>();
        };
        QVERIFY(errorWith(2) < 0.7 * errorWith(1));
    }
}

void PlanesTest::brokenPackingsAreRefused_data()
{
    QTest::addColumn<QByteArray>("kind");
    QTest::addColumn<QByteArray>("planes");
    for (const char *planes : {"0", "3", "-1", "1.5", "\"2\"", "null", "[2]"})
        QTest::newRow(planes) << QByteArray("binary") << QByteArray(planes);
    QTest::newRow("ternary") << QByteArray("ternary") << QByteArray("2");
    QTest::newRow("scales of one plane") << QByteArray("") << QByteArray("");
}

void PlanesTest::brokenPackingsAreRefused()
{
    QFETCH(QByteArray, kind);
    QFETCH(QByteArray, planes);
    const Codec codec = codecOf(CodecKind::Binary, Granularity::Channel);
    const Factor factor = Factor::encodedPlanes({noise({4, 8}, 1), noise({4, 8}, 2)}, codec);
    auto description = factor.description();
    std::map<std::string, StoredTensor> tensors = byName(factor.packed("w"));
    if (kind.isEmpty()) {
        StoredTensor &scales = tensors.at("w.scales");
        scales.data = scales.data.slice(0, 0, 4).contiguous();
        scales.shape = {4};
    } else {
        description["codec"]["kind"] = kind.toStdString();
        description["codec"]["planes"] = nlohmann::ordered_json::parse(planes.toStdString());
    }
    try {
        Factor::unpacked(description, "w", tensors, "test");
        QFAIL("opened");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidFile);
    }
}

void PlanesTest::onlyBinaryHasPlanes()
{
    for (const CodecKind kind : {CodecKind::Float32, CodecKind::Affine, CodecKind::Codebook,
                                 CodecKind::Ternary}) {
        Codec codec = codecOf(kind, Granularity::Channel);
        codec.planes = 2;
        QVERIFY_EXCEPTION_THROWN(checkCodec(codec), Error);
    }
    Codec binary = codecOf(CodecKind::Binary, Granularity::Channel);
    checkCodec(binary);
    binary.planes = 3;
    QVERIFY_EXCEPTION_THROWN(checkCodec(binary), Error);
}

QTEST_APPLESS_MAIN(PlanesTest)
#include "tst_planes.moc"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/tensor.h"
#include "core/weights/bitpacking.h"
#include "core/weights/factor.h"
#include "core/weights/masks.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

at::Tensor matrix(std::int64_t rows, std::int64_t columns,
                  const std::function<float(std::int64_t, std::int64_t)> &value)
{
    at::Tensor tensor = at::empty({rows, columns}, at::kFloat);
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j)
            tensor.data_ptr<float>()[i * columns + j] = value(i, j);
    return tensor;
}

/// Roughly normal values, always the same.
at::Tensor noise(std::int64_t rows, std::int64_t columns, std::uint64_t seed = 1,
                 float scale = 0.05f)
{
    Random random(seed);
    return matrix(rows, columns, [&](auto, auto) {
        double sum = -6;
        for (int i = 0; i < 12; ++i)
            sum += random.uniform();
        return static_cast<float>(sum) * scale;
    });
}

at::Tensor randomMask(std::int64_t rows, std::int64_t columns, double kept, std::uint64_t seed = 3)
{
    Random random(seed);
    at::Tensor mask = at::empty({rows, columns}, at::kBool);
    for (std::int64_t i = 0; i < mask.numel(); ++i)
        mask.data_ptr<bool>()[i] = random.uniform() < kept;
    return mask;
}

/// The grid values of a codec that is not dense.
at::Tensor someCodebook(std::int64_t slots, int size)
{
    return matrix(slots, size, [size](auto slot, auto i) {
        return 0.1f * (static_cast<float>((i * 7) % size) / static_cast<float>(size) - 0.5f) +
               0.001f * static_cast<float>(slot % 5);
    });
}

std::int64_t slotsOf(const at::Tensor &values, const Codec &codec)
{
    switch (codec.granularity) {
    case Granularity::Tensor:
        return 1;
    case Granularity::Channel:
        return values.size(0);
    case Granularity::Group:
        return values.size(0) * ((values.size(1) + codec.group - 1) / codec.group);
    }
    return 0;
}

Factor encode(const at::Tensor &values, const Codec &codec, const at::Tensor &mask = {})
{
    if (codec.kind == CodecKind::Codebook)
        return Factor::encodedWithCodebook(
            values, codec, someCodebook(slotsOf(values, codec), codec.codebookSize), mask);
    return Factor::encoded(values, codec, mask);
}

bool sameBits(const at::Tensor &a, const at::Tensor &b)
{
    return a.scalar_type() == b.scalar_type() && a.sizes() == b.sizes() &&
           (a.numel() == 0 ||
            std::memcmp(a.contiguous().data_ptr(), b.contiguous().data_ptr(), a.nbytes()) == 0);
}

std::map<std::string, StoredTensor> byName(const std::vector<StoredTensor> &tensors)
{
    std::map<std::string, StoredTensor> map;
    for (const StoredTensor &tensor : tensors)
        map[tensor.name] = tensor;
    return map;
}

std::int64_t total(const std::map<std::string, std::int64_t> &parts)
{
    std::int64_t sum = 0;
    for (const auto &[part, bytes] : parts)
        sum += bytes;
    return sum;
}

std::int64_t total(const std::vector<StoredTensor> &tensors)
{
    std::int64_t sum = 0;
    for (const StoredTensor &tensor : tensors)
        sum += static_cast<std::int64_t>(tensor.data.nbytes());
    return sum;
}

/// Half precision, normal range to the nearest; below it upwards. Written out, unlike the
/// product's.
double halfScale(double scale)
{
    const double smallest = std::ldexp(1.0, -24);
    if (scale < std::ldexp(1.0, -14))
        return std::ceil(scale / smallest) * smallest;
    int exponent = 0;
    std::frexp(scale, &exponent);
    const double step = std::ldexp(1.0, exponent - 11);
    return std::nearbyint(scale / step) * step;
}

/// Section 7.0 of the definitions, one group at a time.
void referenceAffine(std::vector<float *> group, int bits, bool symmetric)
{
    double low = 0;
    double high = 0;
    for (const float *x : group) {
        low = std::min<double>(low, *x);
        high = std::max<double>(high, *x);
    }
    const int levels = symmetric ? (1 << (bits - 1)) - 1 : (1 << bits) - 1;
    const double exact = static_cast<float>(symmetric ? std::max(-low, high) : high - low) /
                         static_cast<float>(levels);
    const double scale = halfScale(exact);
    if (scale == 0) {
        for (float *x : group)
            *x = 0;
        return;
    }
    const double zero = symmetric ? 0 : std::nearbyint(-low / scale);
    for (float *x : group) {
        double q = std::nearbyint(static_cast<float>(*x) / static_cast<float>(scale)) + zero;
        q = symmetric ? std::clamp<double>(q, -levels, levels) : std::clamp<double>(q, 0, levels);
        *x = static_cast<float>(scale * (q - zero));
    }
}

at::Tensor referenceAffine(const at::Tensor &values, const Codec &codec)
{
    at::Tensor result = values.clone();
    const std::int64_t rows = values.size(0);
    const std::int64_t columns = values.size(1);
    std::map<std::pair<std::int64_t, std::int64_t>, std::vector<float *>> groups;
    for (std::int64_t i = 0; i < rows; ++i)
        for (std::int64_t j = 0; j < columns; ++j) {
            std::pair<std::int64_t, std::int64_t> key{i, 0};
            if (codec.granularity == Granularity::Tensor)
                key = {0, 0};
            else if (codec.granularity == Granularity::Group)
                key = {i, j / codec.group};
            groups[key].push_back(result.data_ptr<float>() + i * columns + j);
        }
    for (const auto &[key, group] : groups)
        referenceAffine(group, codec.bits, codec.symmetric);
    return result;
}

Codec affine(int bits, Granularity granularity = Granularity::Channel, std::int64_t group = 0,
             bool symmetric = true)
{
    return {CodecKind::Affine, bits, granularity, group, symmetric};
}

std::vector<Codec> someCodecs()
{
    std::vector<Codec> codecs{{CodecKind::Float32}, {CodecKind::Float16}, {CodecKind::BFloat16}};
    for (int bits = 2; bits <= 8; ++bits) {
        codecs.push_back(affine(bits, Granularity::Channel));
        codecs.push_back(affine(bits, Granularity::Group, 5, false));
    }
    codecs.push_back(affine(4, Granularity::Tensor));
    codecs.push_back(affine(8, Granularity::Tensor, 0, false));
    codecs.push_back(affine(3, Granularity::Group, 1000));
    for (const Granularity granularity :
         {Granularity::Tensor, Granularity::Channel, Granularity::Group}) {
        codecs.push_back({CodecKind::Ternary, 8, granularity, 7});
        codecs.push_back({CodecKind::Binary, 8, granularity, 7});
        codecs.push_back({CodecKind::Binary, 8, granularity, 7, true, 16, 0, 2});
        codecs.push_back({CodecKind::Codebook, 8, granularity, 7, true, 16});
    }
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Channel, 0, true, 5});
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Tensor, 0, true, 256});
    codecs.push_back({CodecKind::Codebook, 8, Granularity::Tensor, 0, true, 2});
    for (Codec &codec : codecs)
        if (codec.granularity != Granularity::Group)
            codec.group = 0;
    return codecs;
}

} // namespace

Q_DECLARE_METATYPE(pare::Codec)

class FactorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packsBits();
    void matchesTheReference_data();
    void matchesTheReference();
    void roundTrips_data();
    void roundTrips();
    void survivesExtremes();
    void keepsZerosExact();
    void smallestScalesDoNotClip();
    void ternaryAndBinaryFollowTheirPapers();
    void codebookTakesTheNearest();
    void choosesTheSmallestMask_data();
    void choosesTheSmallestMask();
    void densePacksUnderItsOwnName();
    void scalesInputs();
    void doesNotDependOnThreads();
    void refusesWhatItCannotHold();
    void refusesBrokenPackings_data();
    void refusesBrokenPackings();
    void survivesMutations();
    void bytesEqualTheFile();
    void codecsSpeak();
};

void FactorTest::packsBits()
{
    for (int bits = 1; bits <= 8; ++bits) {
        for (const std::size_t count : {0u, 1u, 7u, 8u, 9u, 63u, 100u}) {
            Random random(5, static_cast<std::uint64_t>(bits) * 1000 + count);
            std::vector<std::uint8_t> codes(count);
            for (auto &code : codes)
                code = static_cast<std::uint8_t>(random.below(1u << bits));
            std::vector<std::uint8_t> bytes(
                static_cast<std::size_t>(packedBytes(std::int64_t(count), bits)));
            packBits(codes, bits, bytes);
            std::vector<std::uint8_t> expected(bytes.size());
            for (std::size_t i = 0; i < count * static_cast<std::size_t>(bits); ++i)
                if (codes[i / bits] >> (i % bits) & 1)
                    expected[i / 8] |= static_cast<std::uint8_t>(1 << (i % 8));
            QVERIFY(bytes == expected);
            std::vector<std::uint8_t> again(count);
            unpackBits(bytes, bits, again);
            QVERIFY(again == codes);
            std::vector<std::uint8_t> written(bytes.size());
            BitWriter writer(written);
            for (const auto code : codes)
                writer.put(code, bits);
            writer.finish();
            QVERIFY(written == bytes);
        }
    }
    std::vector<std::uint8_t> bytes(12);
    BitWriter writer(bytes);
    writer.put(0xdeadbeef, 32);
    writer.put(0, 0);
    writer.put(1, 1);
    writer.put(0x1ffff, 17);
    writer.finish();
    BitReader reader(bytes);
    QCOMPARE(reader.get(32), 0xdeadbeefu);
    QCOMPARE(reader.get(0), 0u);
    QCOMPARE(reader.get(1), 1u);
    QCOMPARE(reader.get(17), 0x1ffffu);
}

void FactorTest::matchesTheReference_data()
{
    QTest::addColumn<int>("bits");
    QTest::addColumn<int>("granularity");
    QTest::addColumn<int>("group");
    QTest::addColumn<bool>("symmetric");
    for (int bits = 2; bits <= 8; ++bits)
        for (const bool symmetric : {true, false})
            for (const auto &[granularity, group] :
                 std::vector<std::pair<Granularity, int>>{{Granularity::Tensor, 0},
                                                          {Granularity::Channel, 0},
                                                          {Granularity::Group, 1},
                                                          {Granularity::Group, 13},
                                                          {Granularity::Group, 32},
                                                          {Granularity::Group, 500}})
                QTest::addRow("%d bits, granularity %d, group %d, %s", bits, int(granularity),
                              group, symmetric ? "symmetric" : "asymmetric")
                    << bits << int(granularity) << group << symmetric;
}

void FactorTest::matchesTheReference()
{
    QFETCH(int, bits);
    QFETCH(int, granularity);
    QFETCH(int, group);
    QFETCH(bool, symmetric);
    const Codec codec = affine(bits, Granularity(granularity), group, symmetric);
    const std::vector<at::Tensor> cases{
        noise(1, 1),
        noise(1, 77),
        noise(33, 1),
        noise(19, 101),
        noise(8, 64).add(0.2),
        noise(17, 40, 2, 1e-6f),
        noise(9, 65, 4, 300.0f),
        noise(5, 20).abs().neg(),
        at::zeros({3, 30}),
        at::ones({4, 31}),
        noise(40, 40).mul(at::tensor({1e-8f})),
    };
    for (const at::Tensor &values : cases)
        QVERIFY(sameBits(Factor::encoded(values, codec).values() + 0.0,
                         referenceAffine(values, codec) + 0.0));
}

void FactorTest::roundTrips_data()
{
    QTest::addColumn<Codec>("codec");
    for (const Codec &codec : someCodecs())
        QTest::newRow((describe(codec) + toJson(codec).dump()).c_str()) << codec;
}

void FactorTest::roundTrips()
{
    QFETCH(Codec, codec);
    const std::vector<std::pair<std::int64_t, std::int64_t>> shapes{{1, 1}, {1, 9},   {7, 1},
                                                                    {8, 8}, {13, 37}, {40, 300}};
    for (const auto &[rows, columns] : shapes) {
        at::Tensor values = noise(rows, columns, 11);
        if (rows > 4)
            values.data_ptr<float>()[columns * 2] = 0;
        for (const double kept : {1.0, 0.97, 0.5, 0.04, 0.0}) {
            const at::Tensor mask = kept < 1 ? randomMask(rows, columns, kept) : at::Tensor();
            const Factor factor = encode(values, codec, mask);
            const at::Tensor before = factor.values();
            QVERIFY(before.scalar_type() == at::kFloat);
            QVERIFY(before.sizes() == values.sizes());
            if (mask.defined())
                QVERIFY(before.masked_select(mask.logical_not()).eq(0).all().item<bool>());

            const std::vector<StoredTensor> packed = factor.packed("layer.weight");
            const auto planned = plannedBytes(factor.shape(), codec, factor.keptCount());
            QVERIFY(planned == factor.bytesByPart());
            QCOMPARE(total(planned), total(packed));
            for (const StoredTensor &tensor : packed) {
                QVERIFY(tensor.data.is_contiguous());
                QVERIFY(dtypeOf(tensor.data.scalar_type()) == tensor.dtype);
                QVERIFY(tensor.data.sizes() == at::IntArrayRef(tensor.shape));
            }

            const Json description = Json::parse(factor.description().dump());
            const Factor again =
                Factor::unpacked(description, "layer.weight", byName(packed), "test");
            QVERIFY(again.codec() == codec);
            QCOMPARE(again.keptCount(), factor.keptCount());
            QVERIFY(again.isMasked() == factor.isMasked());
            QVERIFY(again.maskEncoding() == factor.maskEncoding());
            QVERIFY(sameBits(again.values(), before));
            QVERIFY(again.description() == factor.description());
            QVERIFY(again.bytesByPart() == factor.bytesByPart());
            const std::vector<StoredTensor> repacked = again.packed("layer.weight");
            QCOMPARE(repacked.size(), packed.size());
            for (std::size_t i = 0; i < packed.size(); ++i) {
                QCOMPARE(repacked[i].name, packed[i].name);
                QVERIFY(sameBits(repacked[i].data, packed[i].data));
            }
        }
    }
}

void FactorTest::survivesExtremes()
{
    const auto check = [](const at::Tensor &values, double largest) {
        for (const Codec &codec : someCodecs()) {
            if (codec.kind == CodecKind::Codebook || codec.isDense())
                continue;
            const at::Tensor decoded = Factor::encoded(values, codec).values();
            QVERIFY(decoded.isfinite().all().item<bool>());
            QVERIFY(decoded.abs().max().item<double>() <= largest);
        }
    };
    check(at::zeros({4, 20}), 0);
    check(at::full({4, 20}, 1e-45f), 6e-8 * 1.001);
    check(at::full({4, 20}, 1e-9f), 6e-8 * 1.001);
    check(at::full({4, 20}, -60000.0f), 60030);
    // One row of huge values beside a row of tiny ones and a row of zeros.
    at::Tensor mixed = noise(3, 50);
    mixed.select(0, 0).mul_(1e5);
    mixed.select(0, 1).mul_(1e-7);
    mixed.select(0, 2).zero_();
    const at::Tensor decoded = Factor::encoded(mixed, affine(8)).values();
    QVERIFY(decoded.select(0, 2).eq(0).all().item<bool>());
    QVERIFY((decoded - mixed).select(0, 1).abs().max().item<double>() <= 3e-8 * 1.01);
    QVERIFY((decoded - mixed).select(0, 0).norm().item<double>() <
            0.01 * mixed.select(0, 0).norm().item<double>());
}

void FactorTest::keepsZerosExact()
{
    at::Tensor values = noise(12, 40).add(0.3);
    const at::Tensor zeros = randomMask(12, 40, 0.3);
    values.masked_fill_(zeros, 0);
    for (const Codec &codec : someCodecs()) {
        if (codec.kind == CodecKind::Codebook || codec.kind == CodecKind::Binary)
            continue;
        QVERIFY(
            Factor::encoded(values, codec).values().masked_select(zeros).eq(0).all().item<bool>());
    }
}

void FactorTest::smallestScalesDoNotClip()
{
    // 1.4 of the smallest half would round down to 1 and clip every weight to 71 % of itself.
    const float unit = std::ldexp(1.0f, -24);
    const at::Tensor values = at::full({1, 4}, 127 * 1.4f * unit);
    const at::Tensor decoded = Factor::encoded(values, affine(8)).values();
    QVERIFY((decoded - values).abs().max().item<float>() <= unit * 1.001f);
}

void FactorTest::ternaryAndBinaryFollowTheirPapers()
{
    const std::vector<float> row{0.1f, -0.2f, 0.3f, -0.4f,
                                 0.5f, 0.0f,  1.5f, -1.0f}; // mean of magnitudes 0.5
    const at::Tensor values =
        matrix(1, 8, [&](auto, auto j) { return row[static_cast<std::size_t>(j)]; });
    const Codec ternary{CodecKind::Ternary, 8, Granularity::Tensor};
    const at::Tensor three = Factor::encoded(values, ternary).values();
    const float kept = static_cast<float>(c10::Half((0.4f + 0.5f + 1.5f + 1.0f) / 4)); // above 0.35
    const std::vector<float> expected{0, 0, 0, -kept, kept, 0, kept, -kept};
    for (int j = 0; j < 8; ++j)
        QCOMPARE(three.data_ptr<float>()[j], expected[static_cast<std::size_t>(j)]);
    const Codec binary{CodecKind::Binary, 8, Granularity::Tensor};
    const at::Tensor two = Factor::encoded(values, binary).values();
    for (int j = 0; j < 8; ++j)
        QCOMPARE(two.data_ptr<float>()[j], row[static_cast<std::size_t>(j)] < 0 ? -0.5f : 0.5f);

    // Pruned weights have no part in the means.
    at::Tensor mask = at::ones({1, 8}, at::kBool);
    mask.data_ptr<bool>()[5] = false;
    const at::Tensor masked = Factor::encoded(values, binary, mask).values();
    QCOMPARE(masked.data_ptr<float>()[0], static_cast<float>(c10::Half(4.0f / 7)));
    QCOMPARE(masked.data_ptr<float>()[5], 0.0f);
}

void FactorTest::codebookTakesTheNearest()
{
    const at::Tensor values = noise(6, 50);
    for (const Granularity granularity :
         {Granularity::Tensor, Granularity::Channel, Granularity::Group}) {
        const Codec codec{CodecKind::Codebook,
                          8,
                          granularity,
                          granularity == Granularity::Group ? 16 : 0,
                          true,
                          6};
        const at::Tensor codebook = someCodebook(slotsOf(values, codec), 6);
        const at::Tensor decoded = Factor::encodedWithCodebook(values, codec, codebook).values();
        for (std::int64_t i = 0; i < 6; ++i)
            for (std::int64_t j = 0; j < 50; ++j) {
                const std::int64_t slot = granularity == Granularity::Tensor    ? 0
                                          : granularity == Granularity::Channel ? i
                                                                                : i * 4 + j / 16;
                const float x = values.data_ptr<float>()[i * 50 + j];
                float best = INFINITY;
                for (int k = 0; k < 6; ++k)
                    best = std::min(best,
                                    std::fabs(x - static_cast<float>(c10::Half(
                                                      codebook.data_ptr<float>()[slot * 6 + k]))));
                QVERIFY(std::fabs(std::fabs(x - decoded.data_ptr<float>()[i * 50 + j]) - best) <
                        1e-8f);
            }
    }
}

void FactorTest::choosesTheSmallestMask_data()
{
    QTest::addColumn<Codec>("codec");
    QTest::addColumn<double>("kept");
    QTest::addColumn<int>("encoding");
    const auto row = [](const char *name, const Codec &codec, double kept, MaskEncoding encoding) {
        QTest::newRow(name) << codec << kept << int(encoding);
    };
    row("float32, few pruned", {CodecKind::Float32}, 0.99, MaskEncoding::Dense);
    row("float32, half", {CodecKind::Float32}, 0.5, MaskEncoding::Bitmap);
    row("float32, few kept", {CodecKind::Float32}, 0.01, MaskEncoding::Indices);
    row("8 bits, few pruned", affine(8), 0.9, MaskEncoding::Dense);
    row("8 bits, half", affine(8), 0.5, MaskEncoding::Bitmap);
    row("2 bits, half: equal", affine(2), 0.5, MaskEncoding::Dense);
    row("2 bits, a third", affine(2), 0.3, MaskEncoding::Bitmap);
    row("binary has no zero", {CodecKind::Binary}, 0.99, MaskEncoding::Bitmap);
    row("nothing kept", affine(4), 0, MaskEncoding::Indices);
}

void FactorTest::choosesTheSmallestMask()
{
    QFETCH(Codec, codec);
    QFETCH(double, kept);
    QFETCH(int, encoding);
    const std::int64_t rows = 64;
    const std::int64_t columns = 256;
    // Exactly that share, so that ties are ties.
    at::Tensor mask = at::zeros({rows, columns}, at::kBool);
    const auto count = static_cast<std::int64_t>(std::lround(kept * rows * columns));
    for (std::int64_t i = 0; i < count; ++i)
        mask.data_ptr<bool>()[(i * 7919) % (rows * columns)] = true;
    const Factor factor = encode(noise(rows, columns), codec, mask);
    QCOMPARE(factor.keptCount(), count);
    QCOMPARE(int(factor.maskEncoding()), encoding);
    const std::int64_t bits = codeBits(codec);
    const std::int64_t dense = rows * columns * bits / 8;
    const std::int64_t bitmap = rows * columns / 8 + (count * bits + 7) / 8;
    const std::int64_t indices =
        rows * 2 + count + (count * bits + 7) / 8; // 256 needs two bytes, columns 8 bits
    const auto parts = factor.bytesByPart();
    const std::int64_t stored = total(parts) - (parts.contains("scales") ? parts.at("scales") : 0);
    const bool hasZero = codec.kind != CodecKind::Binary;
    QCOMPARE(stored, std::min({hasZero ? dense : INT64_MAX, bitmap, indices}));
}

void FactorTest::densePacksUnderItsOwnName()
{
    for (const c10::ScalarType type : {at::kFloat, at::kHalf, at::kBFloat16}) {
        const at::Tensor values = noise(3, 4).to(type);
        const Factor factor = Factor::dense(values);
        QVERIFY(factor.codec() == denseCodec(dtypeOf(type)));
        const auto packed = factor.packed("a.weight");
        QCOMPARE(packed.size(), std::size_t(1));
        QCOMPARE(packed[0].name, std::string("a.weight"));
        QVERIFY(packed[0].data.data_ptr() == values.data_ptr());
        QVERIFY(packed[0].dtype == dtypeOf(type));
        QVERIFY(sameBits(factor.values(), values.to(at::kFloat)));
        QCOMPARE(total(factor.bytesByPart()), std::int64_t(12 * values.element_size()));
    }
    QVERIFY(Factor::dense(noise(2, 2).to(at::kDouble)).codec().kind == CodecKind::Float32);
    const Factor vector = Factor::dense(noise(1, 5).flatten());
    QVERIFY((vector.shape() == std::vector<std::int64_t>{5}));
    QVERIFY(Factor::unpacked(vector.description(), "n", byName(vector.packed("n")), "t").shape() ==
            vector.shape());
    QVERIFY(!Factor().defined());
    // A mask that prunes nothing is none.
    const Factor all = Factor::encoded(noise(2, 3), affine(4), at::ones({2, 3}, at::kBool));
    QVERIFY(!all.isMasked());
    QVERIFY(all.maskEncoding() == MaskEncoding::None);
    // An NaN that is pruned does no harm.
    at::Tensor values = noise(2, 8);
    values.data_ptr<float>()[3] = NAN;
    at::Tensor mask = at::ones({2, 8}, at::kBool);
    mask.data_ptr<bool>()[3] = false;
    for (const Codec &codec : someCodecs())
        QVERIFY(encode(values, codec, mask).values().isfinite().all().item<bool>());
}

void FactorTest::scalesInputs()
{
    const at::Tensor values = noise(6, 10);
    const at::Tensor scale = noise(1, 10, 9, 1.0f).flatten();
    for (const Codec &codec : {Codec{CodecKind::Float32}, affine(4)}) {
        const Factor plain = Factor::encoded(values, codec);
        const Factor factor = plain.withInputScale(scale);
        QVERIFY(sameBits(factor.values(), plain.values()));
        QVERIFY(at::equal(factor.effectiveValues(),
                          plain.values() * scale.to(at::kHalf).to(at::kFloat)));
        QCOMPARE(total(factor.bytesByPart()), total(plain.bytesByPart()) + 20);
        QCOMPARE(total(factor.packed("w")), total(factor.bytesByPart()));
        const Factor again =
            Factor::unpacked(factor.description(), "w", byName(factor.packed("w")), "t");
        QVERIFY(sameBits(again.effectiveValues(), factor.effectiveValues()));
    }
    QVERIFY_EXCEPTION_THROWN(Factor::dense(values).withInputScale(at::ones({6})), Error);
    QVERIFY_EXCEPTION_THROWN(Factor::dense(values).withInputScale(at::full({10}, 1e6)), Error);
}

void FactorTest::doesNotDependOnThreads()
{
    const at::Tensor values = noise(400, 333);
    const at::Tensor mask = randomMask(400, 333, 0.6);
    const int before = at::get_num_threads();
    for (const Codec &codec :
         {Codec{CodecKind::Float16}, affine(3), affine(4, Granularity::Tensor, 0, false),
          Codec{CodecKind::Ternary, 8, Granularity::Tensor}, Codec{CodecKind::Binary},
          Codec{CodecKind::Binary, 8, Granularity::Tensor, 0, true, 16, 0, 2},
          Codec{CodecKind::Codebook}}) {
        at::set_num_threads(1);
        const auto one = encode(values, codec, mask).packed("w");
        at::set_num_threads(2);
        const auto two = encode(values, codec, mask).packed("w");
        for (std::size_t i = 0; i < one.size(); ++i)
            QVERIFY(sameBits(one[i].data, two[i].data));
    }
    at::set_num_threads(before);
}

void FactorTest::refusesWhatItCannotHold()
{
    const auto kindOf = [](const std::function<void()> &work) {
        try {
            work();
        } catch (const Error &error) {
            return int(error.kind());
        }
        return -1;
    };
    for (const float bad : {NAN, INFINITY, -INFINITY}) {
        at::Tensor values = noise(9, 9);
        values.data_ptr<float>()[80] = bad;
        for (const Codec &codec : someCodecs())
            QCOMPARE(kindOf([&] { encode(values, codec); }), int(ErrorKind::Unsupported));
    }
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::full({2, 2}, 1e38), affine(8));
             }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::full({2, 2}, 70000.0), {CodecKind::Binary});
             }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::full({2, 2}, 1e5), {CodecKind::Float16});
             }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] { Factor::encoded(at::ones({4}), affine(8)); }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::ones({2, 2}), {CodecKind::Codebook});
             }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] {
                 Factor::dense(at::ones({2, 2}, at::kInt));
             }),
             int(ErrorKind::Unsupported));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::ones({2, 2}), affine(1));
             }),
             int(ErrorKind::InvalidSetting));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::ones({2, 2}), affine(9));
             }),
             int(ErrorKind::InvalidSetting));
    QCOMPARE(kindOf([] {
                 Factor::encoded(at::ones({2, 2}), affine(4, Granularity::Group, 0));
             }),
             int(ErrorKind::InvalidSetting));
    QCOMPARE(
        kindOf([] {
            Factor::encodedWithCodebook(at::ones({2, 2}), {CodecKind::Codebook}, at::ones({1, 16}));
        }),
        int(ErrorKind::InvalidSetting));
}

void FactorTest::refusesBrokenPackings_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *change, const char *message) {
        QTest::newRow(change) << change << message;
    };
    row("no shape", "nothing");
    row("shape of text", "one or two sizes from 0");
    row("negative shape", "one or two sizes from 0");
    row("three sizes", "one or two sizes from 0");
    row("huge shape", "one or two sizes from 0");
    row("vector", "two sizes");
    row("other shape", "expected uint8 of the shape");
    row("no codec", "an object");
    row("unknown codec", "one of float32, float16, bfloat16, affine, codebook, ternary, binary");
    row("nine bits", "from 2 to 8");
    row("bits as text", "from 2 to 8");
    row("no group", "\"group\"");
    row("unknown mask", "dense, bitmap or indices");
    row("mask as number", "a text");
    row("codes missing", "tensor w.codes is missing");
    row("codes cut", "expected uint8 of the shape");
    row("codes of another type", "found int8");
    row("code out of range", "holds the code 0, expected 1 to 15");
    row("unused bits", "unused bits");
    row("scales missing", "w.scales is missing");
    row("scale infinite", "finite number from 0");
    row("scale not a number", "finite number from 0");
    row("scale negative", "finite number from 0");
    row("zeros missing", "w.zeros is missing");
    row("bitmap missing", "w.mask is missing");
    row("bitmap tail", "unused bits");
    row("bitmap keeps more", "expected uint8 of the shape");
    row("count too large", "keeps 200 weights of 37");
    row("columns descend", "expected ascending columns below 37");
    row("column out of range", "expected ascending columns below 37");
    row("very sparse", "more than can be unpacked");
    row("kept is wrong", "weights are kept");
    row("codebook not finite", "not finite");
    row("codebook code", "expected 0 to 4");
    row("ternary code", "holds the code 3, expected 0 to 2");
    row("input scale missing", "w.inputScale is missing");
    row("input scale not finite", "not finite");
}

void FactorTest::refusesBrokenPackings()
{
    QFETCH(QString, change);
    QFETCH(QString, message);
    const std::int64_t rows = 13;
    const std::int64_t columns = 37;
    const at::Tensor values = noise(rows, columns);
    const auto is = [&change](const char *name) { return change == QLatin1String(name); };
    const auto starts = [&change](const char *name) {
        return change.startsWith(QLatin1String(name));
    };

    Codec codec = affine(4, Granularity::Group, 8, !starts("zeros"));
    if (starts("codebook"))
        codec = {CodecKind::Codebook, 8, Granularity::Channel, 0, true, 5};
    if (starts("ternary"))
        codec = {CodecKind::Ternary};
    at::Tensor mask;
    if (starts("bitmap"))
        mask = randomMask(rows, columns, 0.5);
    if (starts("count") || starts("column") || starts("very"))
        mask = randomMask(rows, columns, 0.05);
    if (starts("kept"))
        mask = randomMask(rows, columns, 0.95);
    Factor factor = encode(values, codec, mask);
    if (starts("input"))
        factor = factor.withInputScale(at::ones({columns}));
    Json description = factor.description();
    std::map<std::string, StoredTensor> tensors;
    for (StoredTensor tensor : factor.packed("w")) {
        tensor.data = tensor.data.clone();
        tensors[tensor.name] = tensor;
    }
    const auto bytes = [&tensors](const char *name) {
        return tensors.at(name).data.data_ptr<std::uint8_t>();
    };
    const auto halves = [&tensors](const char *name) {
        return tensors.at(name).data.data_ptr<c10::Half>();
    };
    const auto replace = [&tensors](const char *name, const at::Tensor &data) {
        tensors[name] = {name, dtypeOf(data.scalar_type()), data.sizes().vec(), data};
    };

    if (is("no shape"))
        description.erase("shape");
    else if (is("shape of text"))
        description["shape"] = {"13", 37};
    else if (is("negative shape"))
        description["shape"] = {-13, -37};
    else if (is("three sizes"))
        description["shape"] = {13, 37, 1};
    else if (is("huge shape"))
        description["shape"] = {2000000000, 2000000000};
    else if (is("vector"))
        description["shape"] = {13 * 37};
    else if (is("other shape"))
        description["shape"] = {13, 39};
    else if (is("no codec"))
        description.erase("codec");
    else if (is("unknown codec"))
        description["codec"]["kind"] = "float31";
    else if (is("nine bits"))
        description["codec"]["bits"] = 9;
    else if (is("bits as text"))
        description["codec"]["bits"] = "4";
    else if (is("no group"))
        description["codec"].erase("group");
    else if (is("unknown mask"))
        description["mask"] = "none";
    else if (is("mask as number"))
        description["mask"] = 1;
    else if (is("codes missing"))
        tensors.erase("w.codes");
    else if (is("codes cut"))
        replace("w.codes", at::zeros({100}, at::kByte));
    else if (is("codes of another type"))
        replace("w.codes", at::zeros(tensors.at("w.codes").shape, at::kChar));
    else if (is("code out of range"))
        bytes("w.codes")[20] &= 0xf0;
    else if (is("unused bits"))
        bytes("w.codes")[tensors.at("w.codes").data.numel() - 1] |= 0x80;
    else if (is("scales missing"))
        tensors.erase("w.scales");
    else if (is("scale infinite"))
        halves("w.scales")[3] = c10::Half(INFINITY);
    else if (is("scale not a number"))
        halves("w.scales")[3] = c10::Half(NAN);
    else if (is("scale negative"))
        halves("w.scales")[3] = c10::Half(-1.0f);
    else if (is("zeros missing"))
        tensors.erase("w.zeros");
    else if (is("bitmap missing"))
        tensors.erase("w.mask");
    else if (is("bitmap tail"))
        bytes("w.mask")[tensors.at("w.mask").data.numel() - 1] |= 0x80;
    else if (is("bitmap keeps more"))
        tensors.at("w.mask").data.narrow(0, 0, 30).fill_(255);
    else if (is("count too large"))
        bytes("w.counts")[4] = 200;
    else if (is("columns descend"))
        tensors.at("w.columns").data.zero_();
    else if (is("column out of range"))
        tensors.at("w.columns").data.fill_(0xff);
    else if (is("very sparse")) {
        description["shape"] = {1, 2000000000};
        replace("w.counts", at::zeros({4}, at::kByte));
        replace("w.columns", at::zeros({0}, at::kByte));
    } else if (is("kept is wrong"))
        description["kept"] = 5;
    else if (is("codebook not finite"))
        halves("w.codebook")[3] = c10::Half(NAN);
    else if (is("codebook code"))
        bytes("w.codes")[20] |= 0x3f;
    else if (is("ternary code"))
        bytes("w.codes")[20] |= 0x0c;
    else if (is("input scale missing"))
        tensors.erase("w.inputScale");
    else if (is("input scale not finite"))
        halves("w.inputScale")[3] = c10::Half(INFINITY);
    else
        QFAIL("a change without code");

    try {
        Factor::unpacked(description, "w", tensors, "m.safetensors: layer x");
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidFile);
        const QString text = QString::fromUtf8(error.what());
        QVERIFY2(text.contains(message), error.what());
        QVERIFY(text.startsWith("m.safetensors: layer x"));
        QVERIFY(!text.contains(u'\n'));
    }
}

void FactorTest::survivesMutations()
{
    int read = 0;
    int refused = 0;
    const std::vector<Codec> codecs = someCodecs();
    for (std::uint64_t round = 0; round < 3000; ++round) {
        Random random(21, round);
        const Codec &codec = codecs[random.below(codecs.size())];
        const at::Tensor mask =
            random.below(4) == 0 ? at::Tensor() : randomMask(9, 21, random.uniform(), round);
        const Factor factor = encode(noise(9, 21), codec, mask);
        std::string text = factor.description().dump();
        std::map<std::string, StoredTensor> tensors;
        for (StoredTensor tensor : factor.packed("w")) {
            tensor.data = tensor.data.clone();
            if (tensor.data.numel() > 0 && random.below(2) == 0)
                static_cast<std::uint8_t *>(
                    tensor.data.data_ptr())[random.below(tensor.data.nbytes())] ^=
                    static_cast<std::uint8_t>(1u << random.below(8));
            tensors[tensor.name] = tensor;
        }
        if (random.below(2) == 0)
            text[random.below(text.size())] = "0123456789-.\"{}[],:eatrup"[random.below(25)];
        const Json description = Json::parse(text, nullptr, false);
        if (description.is_discarded())
            continue;
        try {
            const Factor again = Factor::unpacked(description, "w", tensors, "t");
            again.values();
            QCOMPARE(total(again.packed("w")), total(again.bytesByPart()));
            ++read;
        } catch (const Error &) {
            ++refused;
        }
    }
    QVERIFY(read > 100);
    QVERIFY(refused > 100);
}

void FactorTest::bytesEqualTheFile()
{
    QTemporaryDir folder;
    const auto path = std::filesystem::path(folder.path().toStdString()) / "w.safetensors";
    std::map<std::string, at::Tensor> tensors;
    std::int64_t bytes = 0;
    int number = 0;
    for (const Codec &codec : someCodecs())
        for (const double kept : {1.0, 0.9, 0.3, 0.02}) {
            const Factor factor = encode(noise(31, 77), codec, randomMask(31, 77, kept));
            bytes += total(plannedBytes(factor.shape(), codec, factor.keptCount()));
            for (const StoredTensor &tensor : factor.packed(std::to_string(number)))
                tensors[tensor.name] = tensor.data;
            ++number;
        }
    writeSafetensors(path, tensors);
    std::int64_t data = 0;
    const SafetensorsFile file(path);
    for (const SafetensorsEntry &entry : file.tensors())
        data += std::int64_t(entry.bytes());
    QCOMPARE(data, bytes);
}

void FactorTest::codecsSpeak()
{
    QCOMPARE(describe(affine(4, Granularity::Group, 64)), std::string("4 bits, groups of 64"));
    QCOMPARE(describe(affine(8, Granularity::Channel, 0, false)),
             std::string("8 bits, per channel, asymmetric"));
    QCOMPARE(describe(Codec{CodecKind::Float16}), std::string("float16"));
    QCOMPARE(describe(Codec{CodecKind::Codebook, 8, Granularity::Tensor}),
             std::string("codebook of 16, per tensor"));
    QVERIFY(denseCodec(DType::BFloat16).kind == CodecKind::BFloat16);
    QVERIFY_EXCEPTION_THROWN(denseCodec(DType::Int8), Error);
    for (const Codec &codec : someCodecs()) {
        const Codec again = codecFromJson(Json::parse(toJson(codec).dump()), "test");
        QVERIFY(toJson(again) == toJson(codec));
        QVERIFY(again == codec);
    }
}

QTEST_GUILESS_MAIN(FactorTest)
#include "tst_factor.moc"

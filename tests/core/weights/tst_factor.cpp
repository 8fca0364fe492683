#include "core/base/error.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/tensor.h"
#include "core/weights/bitpacking.h"
#include "core/weights/factor.h"
#include "core/weights/masks.h"
#include "tests/support/factors.h"

#include <ATen/ATen.h>
#include <cmath>
#include <nlohmann/json.hpp>

#include <QTest>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

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

} // namespace

Q_DECLARE_METATYPE(pare::Codec)

class FactorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void packsBits();
    void matchesTheReference_data();
    void matchesTheReference();
    void survivesExtremes();
    void keepsZerosExact();
    void smallestScalesDoNotClip();
    void ternaryAndBinaryFollowTheirPapers();
    void codebookTakesTheNearest();
    void refusesWhatItCannotHold();
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

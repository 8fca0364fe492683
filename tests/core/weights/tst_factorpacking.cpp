#include "core/base/error.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/scalartype.h"
#include "core/tensors/tensor.h"
#include "core/weights/factor.h"
#include "core/weights/masks.h"
#include "tests/support/factors.h"

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <cmath>
#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QTest>

using namespace pare;
using Json = nlohmann::ordered_json;

Q_DECLARE_METATYPE(pare::Codec)

class FactorPackingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrips_data();
    void roundTrips();
    void choosesTheSmallestMask_data();
    void choosesTheSmallestMask();
    void densePacksUnderItsOwnName();
    void scalesInputs();
    void doesNotDependOnThreads();
    void refusesBrokenPackings_data();
    void refusesBrokenPackings();
    void survivesMutations();
    void bytesEqualTheFile();
};

void FactorPackingTest::roundTrips_data()
{
    QTest::addColumn<Codec>("codec");
    for (const Codec &codec : someCodecs())
        QTest::newRow((describe(codec) + toJson(codec).dump()).c_str()) << codec;
}

void FactorPackingTest::roundTrips()
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

void FactorPackingTest::choosesTheSmallestMask_data()
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

void FactorPackingTest::choosesTheSmallestMask()
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

void FactorPackingTest::densePacksUnderItsOwnName()
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

void FactorPackingTest::scalesInputs()
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

void FactorPackingTest::doesNotDependOnThreads()
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

void FactorPackingTest::refusesBrokenPackings_data()
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

void FactorPackingTest::refusesBrokenPackings()
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

void FactorPackingTest::survivesMutations()
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

void FactorPackingTest::bytesEqualTheFile()
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

QTEST_GUILESS_MAIN(FactorPackingTest)
#include "tst_factorpacking.moc"

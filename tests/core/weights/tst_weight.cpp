#include "core/base/error.h"
#include "core/base/random.h"
#include "core/weights/weight.h"

#include <ATen/ATen.h>
#include <cmath>
#include <nlohmann/json.hpp>

#include <QTest>

using namespace pare;
using Json = nlohmann::ordered_json;

namespace {

const Codec fourBits{CodecKind::Affine, 4, Granularity::Group, 8};

std::map<std::string, StoredTensor> byName(const std::vector<StoredTensor> &tensors)
{
    std::map<std::string, StoredTensor> map;
    for (const StoredTensor &tensor : tensors)
        map[tensor.name] = tensor;
    return map;
}

at::Tensor int32(std::vector<int> values)
{
    return at::tensor(values, at::kInt);
}

/// name, weight, shape, multiply-adds, what people read
struct Case
{
    const char *name;
    Weight weight;
    std::vector<std::int64_t> shape;
    std::int64_t multiplyAdds;
    std::string text;
};

std::vector<Case> cases()
{
    const at::Tensor w = at::randn({12, 20});
    at::Tensor half = at::zeros({12, 20}, at::kBool);
    half.narrow(1, 0, 10).fill_(true);
    const Factor plain = Factor::dense(w);
    const Factor packed = Factor::encoded(w, fourBits);
    const Product product{Factor::encoded(at::randn({12, 3}), fourBits),
                          Factor::encoded(at::randn({3, 20}), fourBits)};
    const Product mixed{Factor::dense(at::randn({12, 3})),
                        Factor::encoded(at::randn({3, 20}), fourBits)};
    const Kronecker kronecker{Factor::dense(at::randn({3, 4})), Factor::dense(at::randn({4, 5}))};
    const Columns columns{int32({0, 7, 19}), Factor::dense(at::randn({12, 3}).to(at::kHalf)),
                          Factor::encoded(at::randn({12, 17}), fourBits)};
    return {
        {"plain", plain, {12, 20}, 240, ""},
        {"packed", packed, {12, 20}, 240, "4 bits, groups of 8"},
        {"pruned", Factor::encoded(w, {CodecKind::Float32}, half), {12, 20}, 240, "50 % zeros"},
        {"pruned and packed",
         Factor::encoded(w, fourBits, half),
         {12, 20},
         240,
         "4 bits, groups of 8, 50 % zeros"},
        {"product", product, {12, 20}, 96, "rank 3, 4 bits, groups of 8"},
        {"mixed product", mixed, {12, 20}, 96, "rank 3, float32 and 4 bits, groups of 8"},
        {"kronecker",
         kronecker,
         {12, 20},
         std::min(4 * 5 * 4 + 3 * 4 * 4, 3 * 4 * 5 + 3 * 5 * 4),
         "3 x 4 ⊗ 4 x 5"},
        {"columns",
         columns,
         {12, 20},
         240,
         "3 of 20 columns apart, float16 and 4 bits, groups of 8"},
        {"norm", Factor::dense(at::ones({20})), {20}, 20, ""},
    };
}

} // namespace

class WeightTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void roundTrips();
    void multipliesOut();
    void sharedWeightsHaveNothingOfTheirOwn();
    void refusesBrokenDescriptions_data();
    void refusesBrokenDescriptions();
    void measuresErrors();
    void followsSharing();
};

void WeightTest::roundTrips()
{
    for (const Case &row : cases()) {
        QVERIFY2(shapeOf(row.weight) == row.shape, row.name);
        QVERIFY2(multiplyAdds(row.weight) == row.multiplyAdds, row.name);
        QCOMPARE(describe(row.weight), row.text);
        const at::Tensor dense = denseValues(row.weight);
        QVERIFY2(dense.sizes() == at::IntArrayRef(row.shape) && dense.scalar_type() == at::kFloat,
                 row.name);

        const std::vector<StoredTensor> tensors = packed(row.weight, "w");
        std::int64_t bytes = 0;
        for (const StoredTensor &tensor : tensors) {
            QVERIFY(tensor.name == "w" || tensor.name.starts_with("w."));
            bytes += static_cast<std::int64_t>(tensor.data.nbytes());
        }
        for (const auto &[part, count] : bytesByPart(row.weight)) {
            QVERIFY(count > 0);
            bytes -= count;
        }
        QVERIFY2(bytes == 0, row.name);
        const Json description = Json::parse(descriptionOf(row.weight).dump());
        const Weight again = unpackedWeight(description, "w", byName(tensors), "test");
        QVERIFY2(again.index() == row.weight.index(), row.name);
        QVERIFY2(at::equal(denseValues(again), dense), row.name);
        QVERIFY2(descriptionOf(again) == description, row.name);
        QCOMPARE(parameterCount(again), parameterCount(row.weight));
    }
}

void WeightTest::multipliesOut()
{
    const at::Tensor u = at::randn({6, 2});
    const at::Tensor v = at::randn({2, 9});
    const at::Tensor scale = at::arange(1, 10).to(at::kFloat);
    const Weight product = Product{Factor::dense(u), Factor::dense(v).withInputScale(scale)};
    QVERIFY(at::allclose(denseValues(product), at::matmul(u, v * scale)));
    QCOMPARE(parameterCount(product), std::int64_t(30));

    const at::Tensor chosen = at::randn({6, 2});
    const at::Tensor rest = at::randn({6, 3});
    const Weight columns = Columns{int32({1, 4}), Factor::dense(chosen), Factor::dense(rest)};
    const at::Tensor expected = at::cat({rest.narrow(1, 0, 1), chosen.narrow(1, 0, 1),
                                         rest.narrow(1, 1, 2), chosen.narrow(1, 1, 1)},
                                        1);
    QVERIFY(at::equal(denseValues(columns), expected));

    const Weight kronecker = Kronecker{Factor::dense(u), Factor::dense(v)};
    QVERIFY(at::equal(denseValues(kronecker), at::kron(u, v)));
}

void WeightTest::sharedWeightsHaveNothingOfTheirOwn()
{
    const Weight shared = Shared{"encoder.0.ffn.up", true};
    QVERIFY(packed(shared, "w").empty());
    QVERIFY(bytesByPart(shared).empty());
    QCOMPARE(parameterCount(shared), std::int64_t(0));
    QCOMPARE(describe(shared), std::string("shared with encoder.0.ffn.up"));
    const Weight again = unpackedWeight(Json::parse(descriptionOf(shared).dump()), "w", {}, "test");
    QCOMPARE(std::get<Shared>(again).layer, std::string("encoder.0.ffn.up"));
    QVERIFY(std::get<Shared>(again).transposed);
}

void WeightTest::refusesBrokenDescriptions_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("message");
    const char *factor = R"({"shape":[12,3],"codec":{"kind":"float32"}})";
    const char *other = R"({"shape":[4,20],"codec":{"kind":"float32"}})";
    const auto row = [](const char *name, const QString &text, const char *message) {
        QTest::newRow(name) << text << message;
    };
    row("number", "1", "no object");
    row("list", "[]", "no object");
    row("empty", "{}", "\"shape\"");
    row("unknown form", R"({"form":"sum"})", "there is no form of weight \"sum\"");
    row("form as number", R"({"form":1})", "a text");
    row("no left", R"({"form":"product"})", "\"left\"");
    row("left as list", R"({"form":"product","left":[]})", "an object");
    row("no tensor",
        QString(R"({"form":"product","left":%1,"right":%1})")
            .arg(factor)
            .replace("[12,3]", "[12,4]"),
        "tensor w.left: expected float32");
    row("ranks differ", QString(R"({"form":"product","left":%1,"right":%2})").arg(factor, other),
        "[12, 3] and [4, 20] do not make a matrix");
    row("no layer", R"({"form":"shared"})", "\"layer\"");
    row("columns descend", QString(R"({"form":"columns","chosen":%1,"rest":%1})").arg(factor),
        "ascending columns below 6, found 0");
}

void WeightTest::refusesBrokenDescriptions()
{
    QFETCH(QString, text);
    QFETCH(QString, message);
    const auto stored = [](const char *name, const at::Tensor &data, DType type = DType::Float32) {
        return std::pair<const std::string, StoredTensor>{name,
                                                          {name, type, data.sizes().vec(), data}};
    };
    const std::map<std::string, StoredTensor> tensors{
        stored("w.left", at::zeros({12, 3})), stored("w.right", at::zeros({4, 20})),
        stored("w.chosen", at::zeros({12, 3})), stored("w.rest", at::zeros({12, 3})),
        stored("w.indices", int32({2, 0, 3}), DType::Int32)};
    try {
        unpackedWeight(Json::parse(text.toStdString()), "w", tensors, "m.safetensors: layer x");
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidFile);
        QVERIFY2(QString::fromUtf8(error.what()).contains(message), error.what());
        QVERIFY(QString::fromUtf8(error.what()).startsWith("m.safetensors: layer x"));
    }
}

void WeightTest::measuresErrors()
{
    const at::Tensor w = at::ones({300, 400});
    QCOMPARE(relativeError(w, w), 0.0);
    QCOMPARE(relativeError(w, w * 2), 1.0);
    QVERIFY(std::fabs(relativeError(w, w * 0.9) - 0.1) < 1e-7);
    QCOMPARE(relativeError(at::zeros({3, 3}), at::zeros({3, 3})), 0.0);
    QVERIFY(std::isinf(relativeError(at::zeros({3, 3}), at::ones({3, 3}))));
    // In float32 a million additions of 1e-8 to 1 would be lost.
    at::Tensor long_ = at::ones({1, 1'000'001}).mul(1e-4);
    long_.narrow(1, 0, 1).fill_(1);
    QVERIFY(std::fabs(relativeError(long_, at::zeros({1, 1'000'001})) - 1) < 1e-12);
    QVERIFY(std::fabs(relativeError(long_, long_.narrow(1, 0, 1'000'001) * 1.5) - 0.5) < 1e-7);
}

void WeightTest::followsSharing()
{
    ModelWeights weights;
    weights.layers["a"] = {Factor::dense(at::ones({2, 2})), {}};
    weights.layers["b"] = {Shared{"a"}, {}};
    weights.layers["c"] = {Shared{"b"}, {}};
    weights.layers["x"] = {Shared{"y"}, {}};
    weights.layers["y"] = {Shared{"x"}, {}};
    weights.layers["lost"] = {Shared{"gone"}, {}};
    QCOMPARE(weights.ownerOf("a"), std::string("a"));
    QCOMPARE(weights.ownerOf("c"), std::string("a"));
    QVERIFY(&weights.resolved("c") == &weights.layers.at("a"));
    QVERIFY_EXCEPTION_THROWN(weights.ownerOf("x"), Error);
    QVERIFY_EXCEPTION_THROWN(weights.ownerOf("lost"), Error);
    QVERIFY_EXCEPTION_THROWN(weights.resolved("nothing"), Error);
}

QTEST_GUILESS_MAIN(WeightTest)
#include "tst_weight.moc"

// What recipes make of layers where only weights or data tell: ranks by energy or error, Kronecker
// products, 8 bits with and without outliers, blocks. Against slow references on the inputs as a
// network passes them.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/compression/compress.h"
#include "core/compression/factorize/svd.h"
#include "core/network/network.h"

#include <ATen/ops/kron.h>
#include <QtTest>

using namespace pare;

namespace {

const std::string up = "encoder.1.ffn.up";
const std::string down = "encoder.2.ffn.down";

CalibrationData someData(int count)
{
    CalibrationData data;
    for (int i = 0; i < count; ++i) {
        Sequence sequence;
        for (int k = 0; k < 3 + i % 5; ++k)
            sequence.ids.push_back(5 + (i * 7 + k * 11) % 30);
        sequence.types.assign(sequence.ids.size(), 0);
        data.sequences.push_back(std::move(sequence));
        data.labels.push_back(i % 2);
    }
    return data;
}

struct Result
{
    NetworkSpecification specification = test::randomSpecification({});
    ModelWeights original = test::randomWeights(specification, 5);
    CalibrationData data = someData(12);
    RecipePlan plan;
    ModelWeights weights;

    at::Tensor before(const std::string &layer) const
    {
        return denseValues(original.resolved(layer).weight);
    }
    at::Tensor after(const std::string &layer) const
    {
        return denseValues(weights.resolved(layer).weight);
    }
    double error(const std::string &layer) const
    {
        return relativeError(before(layer), after(layer));
    }
    const Weight &weight(const std::string &layer) const { return weights.layers.at(layer).weight; }
};

/// With `start` in the place of the random weights.
Result compressedBy(const std::vector<std::string> &steps, const ModelWeights *start = nullptr)
{
    Result result;
    Recipe recipe;
    for (const std::string &step : steps)
        recipe.steps.push_back(parsedStep(step));
    if (start)
        result.original = *start;
    result.plan = plan(recipe, describe(result.specification));
    result.weights = compressed(result.original, result.plan, silentProgress(),
                                {nullptr, &result.specification, &result.data});
    return result;
}

/// max |x| of every input of a layer in the original model.
std::vector<double> largestInputs(const Result &result, const std::string &name)
{
    std::vector<double> largest;
    const Network network(result.specification, result.original);
    for (const Sequence &sequence : result.data.sequences) {
        const PackedBatch batch = packed(std::span(&sequence, 1));
        at::Tensor hidden = network.embeddings(batch);
        for (int block = 0; block < result.specification.stacks[0].blocks; ++block)
            hidden = network.block(
                block, hidden, batch,
                [&](std::span<const std::string> layers, const at::Tensor &x) {
                    if (std::ranges::find(layers, name) == layers.end())
                        return;
                    largest.resize(static_cast<std::size_t>(x.size(1)));
                    for (std::int64_t row = 0; row < x.size(0); ++row)
                        for (std::size_t i = 0; i < largest.size(); ++i)
                            largest[i] = std::max<double>(
                                largest[i],
                                std::abs(x[row][static_cast<std::int64_t>(i)].item<float>()));
                });
    }
    return largest;
}

double half(double value)
{
    return static_cast<float>(c10::Half(static_cast<float>(value)));
}

/// Rounds each row to 8 bits, symmetric, with one scale in half precision.
at::Tensor rounded(const at::Tensor &values)
{
    at::Tensor result = values.clone();
    for (std::int64_t row = 0; row < values.size(0); ++row) {
        double largest = 0;
        for (std::int64_t i = 0; i < values.size(1); ++i)
            largest = std::max<double>(largest, std::abs(values[row][i].item<float>()));
        const double scale = half(largest / 127);
        for (std::int64_t i = 0; i < values.size(1) && scale > 0; ++i)
            result[row][i] =
                scale *
                std::clamp(std::nearbyint(values[row][i].item<float>() / scale), -127.0, 127.0);
    }
    return result;
}

double distance(const at::Tensor &a, const at::Tensor &b)
{
    return a.sub(b).abs().max().item<double>();
}

} // namespace

class TestLayerParts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ranksByBound_data();
    void ranksByBound();
    void layersThatSaveNothingStayWhole();
    void kroneckerIsTheNearest();
    void kroneckerFactorsAreCompressed();
    void blocksGoTogether_data();
    void blocksGoTogether();
    void smoothQuantAgainstItsDefinition_data();
    void smoothQuantAgainstItsDefinition();
    void outliersAgainstTheirDefinition_data();
    void outliersAgainstTheirDefinition();
    void outliersAndMasks();
    void chosenAnewOnceMore_data();
    void chosenAnewOnceMore();
    void embeddingsRoundRowByRow_data();
    void embeddingsRoundRowByRow();
    void storedFormsAreRefusedInWords_data();
    void storedFormsAreRefusedInWords();
};

void TestLayerParts::ranksByBound_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<double>("allowed");
    QTest::newRow("error") << "factorize.svd error=0.6" << 0.6;
    QTest::newRow("energy") << "factorize.svd energy=0.64" << 0.6;
    QTest::newRow("nearly nothing") << "factorize.svd energy=0.01" << std::sqrt(0.99);
    QTest::newRow("one for nothing") << "factorize.svd error=1" << 1.0;
}

/// The least rank that keeps the bound: it holds, and with one singular value less it would not.
void TestLayerParts::ranksByBound()
{
    QFETCH(QString, step);
    QFETCH(double, allowed);
    const Result result = compressedBy({step.toStdString()});
    int products = 0;
    for (const auto &[name, layer] : result.weights.layers) {
        const auto *product = std::get_if<Product>(&layer.weight);
        if (!product)
            continue;
        ++products;
        const std::int64_t rank = product->left.shape()[1];
        QVERIFY2(result.error(name) <= allowed + 1e-6, name.c_str());
        if (rank > 1) {
            const Result less =
                compressedBy({"factorize.svd rank=" + std::to_string(rank - 1) + " @ " + name});
            QVERIFY2(less.error(name) > allowed, name.c_str());
        }
    }
    QVERIFY(products > 0);
}

/// A rank at break-even or above it would cost bytes: never a larger file, and it is told.
void TestLayerParts::layersThatSaveNothingStayWhole()
{
    for (const char *step :
         {"factorize.svd error=0.001", "factorize.svd-llm energy=1", "factorize.asvd error=0"}) {
        const Result result = compressedBy({step, "quantize.half"});
        const Result plain = compressedBy({"quantize.half"});
        for (const auto &[name, layer] : result.weights.layers) {
            QVERIFY(std::holds_alternative<Factor>(layer.weight));
            QVERIFY(bytesByPart(layer.weight) == bytesByPart(plain.weight(name)));
        }
        const auto notes = notesOn(result.plan, result.weights);
        QCOMPARE(notes.size(), std::size_t{1});
        const QString note = QString::fromStdString(notes[0].text());
        QVERIFY2(note.contains(QString(step).section(' ', 0, 0)) &&
                     note.contains("leaves 18 of its layers whole") &&
                     note.contains("encoder.0.attention.query"),
                 qPrintable(note));
    }
    const Result low = compressedBy({"factorize.svd energy=0.3"});
    QVERIFY(notesOn(low.plan, low.weights).empty());
}

/// No change of one factor alone makes the product nearer: least squares on either side, in double.
void TestLayerParts::kroneckerIsTheNearest()
{
    const Result result = compressedBy({"factorize.kronecker block=4x2 @ " + up});
    const auto &product = std::get<Kronecker>(result.weight(up));
    QVERIFY(product.b.shape() == (std::vector<std::int64_t>{4, 2}));
    const at::Tensor w = result.before(up).to(at::kDouble);
    const at::Tensor a = product.a.values().to(at::kDouble);
    const at::Tensor b = product.b.values().to(at::kDouble);
    for (std::int64_t i = 0; i < a.size(0); ++i) {
        for (std::int64_t j = 0; j < a.size(1); ++j) {
            const at::Tensor block = w.narrow(0, i * 4, 4).narrow(1, j * 2, 2);
            const double best = block.mul(b).sum().item<double>() / b.square().sum().item<double>();
            QVERIFY(std::abs(a[i][j].item<double>() - best) < 1e-5);
        }
    }
    QVERIFY(result.error(up) < 1);
    QVERIFY(distance(result.after(up), at::kron(a, b)) < 1e-6);
}

void TestLayerParts::kroneckerFactorsAreCompressed()
{
    const Result result =
        compressedBy({"factorize.kronecker block=4x2 @ " + up, "prune.magnitude @ " + up,
                      "quantize.affine bits=4 @ " + up});
    const auto &product = std::get<Kronecker>(result.weight(up));
    for (const Factor *factor : {&product.a, &product.b}) {
        QCOMPARE(factor->codec().bits, 4);
        QCOMPARE(factor->keptCount(), factor->count() / 2);
    }
    QVERIFY(multiplyAdds(result.weight(up)) < multiplyAdds(result.original.layers.at(up).weight));
}

void TestLayerParts::blocksGoTogether_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<int>("kept"); // of the 12 x 8 blocks of 2 x 2
    QTest::newRow("magnitude") << "prune.magnitude block=2x2" << 48;
    QTest::newRow("in each row of blocks")
        << "prune.magnitude block=2x2 scope=row sparsity=0.3" << 12 * 6;
    QTest::newRow("wanda") << "prune.wanda block=2x2 sparsity=0.25" << 12 * 6;
    QTest::newRow("sparsegpt") << "prune.sparsegpt block=2x2" << 48;
}

void TestLayerParts::blocksGoTogether()
{
    QFETCH(QString, step);
    QFETCH(int, kept);
    const Result result = compressedBy({step.toStdString() + " @ " + up});
    const auto &factor = std::get<Factor>(result.weight(up));
    QCOMPARE(factor.keptCount(), std::int64_t{4} * kept);
    const at::Tensor counts =
        factor.mask().to(at::kLong).reshape({12, 2, 8, 2}).sum(std::vector<std::int64_t>{1, 3});
    QVERIFY(counts.eq(0).logical_or(counts.eq(4)).all().item<bool>());
}

void TestLayerParts::smoothQuantAgainstItsDefinition_data()
{
    QTest::addColumn<double>("alpha");
    for (const double alpha : {0.0, 0.5, 0.8, 1.0})
        QTest::addRow("alpha %g", alpha) << alpha;
}

void TestLayerParts::smoothQuantAgainstItsDefinition()
{
    QFETCH(double, alpha);
    const Result result = compressedBy(
        {fmt::format("quantize.smoothquant inputs=original alpha={} @ {},{}", alpha, up, down)});
    for (const std::string &name : {up, down}) {
        const auto &factor = std::get<Factor>(result.weight(name));
        const std::vector<double> inputs = largestInputs(result, name);
        at::Tensor stretched = result.before(name).clone();
        for (std::int64_t j = 0; j < stretched.size(1); ++j) {
            double weights = 0;
            for (std::int64_t i = 0; i < stretched.size(0); ++i)
                weights = std::max<double>(weights, std::abs(stretched[i][j].item<float>()));
            const double s =
                std::pow(inputs[static_cast<std::size_t>(j)], alpha) / std::pow(weights, 1 - alpha);
            const double stored = factor.inputScale()[j].to(at::kDouble).item<double>();
            QVERIFY(std::abs(stored * s - 1) < 1e-3); // half precision
            stretched.select(1, j).div_(stored);
        }
        QVERIFY(distance(factor.values(), rounded(stretched)) < 1e-6);
        QCOMPARE(factor.codec().activationBits, 8);
        // With all of their range, what is hard to round of the inputs is hard to round of weights.
        QVERIFY2(result.error(name) < (alpha < 1 ? 0.02 : 0.1),
                 qPrintable(QString::number(result.error(name))));
    }
}

void TestLayerParts::outliersAgainstTheirDefinition_data()
{
    QTest::addColumn<double>("threshold");
    QTest::newRow("some") << -1.0;
    QTest::newRow("none") << 1000.0;
    QTest::newRow("all") << 0.0;
}

void TestLayerParts::outliersAgainstTheirDefinition()
{
    QFETCH(double, threshold);
    const Result empty = compressedBy({});
    const std::vector<double> inputs = largestInputs(empty, up);
    if (threshold < 0) { // a quarter of them
        std::vector<double> order = inputs;
        std::ranges::sort(order);
        threshold = (order[11] + order[12]) / 2;
    }
    const Result result = compressedBy(
        {fmt::format("quantize.llm-int8 inputs=original threshold={} @ {}", threshold, up)});
    std::vector<std::int64_t> large, small;
    for (std::size_t i = 0; i < inputs.size(); ++i)
        (inputs[i] >= threshold ? large : small).push_back(static_cast<std::int64_t>(i));
    at::Tensor expected = result.before(up).clone();
    const at::Tensor apart = at::tensor(large, at::kLong), others = at::tensor(small, at::kLong);
    if (!small.empty())
        expected.index_copy_(1, others, rounded(expected.index_select(1, others)));
    if (!large.empty())
        expected.index_copy_(1, apart,
                             expected.index_select(1, apart).to(at::kHalf).to(at::kFloat));
    QVERIFY(distance(result.after(up), expected) < 1e-6);
    const auto *columns = std::get_if<Columns>(&result.weight(up));
    QCOMPARE(columns != nullptr, !large.empty() && !small.empty());
    if (!columns)
        return;
    QVERIFY(at::equal(columns->indices.to(at::kLong), apart));
    QVERIFY(columns->chosen.codec().kind == CodecKind::Float16);
    QCOMPARE(columns->rest.codec().activationBits, 8);
}

void TestLayerParts::outliersAndMasks()
{
    // Pruned first, by any technique, then split: the zeros stay zeros, in both kinds of columns.
    for (const char *mask : {"prune.magnitude sparsity=0.6", "prune.wanda pattern=2:4",
                             "prune.magnitude sparsity=0.5 scope=global"}) {
        const Result plain = compressedBy({mask});
        const Result split = compressedBy({"quantize.llm-int8 threshold=1.2", mask});
        int columns = 0;
        for (const auto &[name, layer] : split.weights.layers) {
            if (!name.starts_with("encoder.") || shapeOf(layer.weight).size() != 2)
                continue;
            columns += std::holds_alternative<Columns>(layer.weight);
            QCOMPARE(parameterCount(layer.weight), parameterCount(plain.weight(name)));
            if (QString(mask).startsWith("prune.magnitude")) {
                const at::Tensor zero = plain.after(name).eq(0);
                QVERIFY(split.after(name).masked_select(zero).eq(0).all().item<bool>());
            }
        }
        QVERIFY(columns > 0);
    }
}

void TestLayerParts::chosenAnewOnceMore_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    for (const char *before :
         {"quantize.awq", "quantize.smoothquant", "quantize.llm-int8 threshold=1.2",
          "quantize.llm-int8 threshold=1.2;prune.magnitude sparsity=0.1"}) {
        for (const char *after :
             {"quantize.awq", "quantize.smoothquant", "quantize.llm-int8 threshold=1.1",
              "quantize.gptq", "prune.wanda sparsity=0.1", "prune.sparsegpt sparsity=0.1",
              "quantize.half", "factorize.svd energy=1", "prune.magnitude sparsity=0.1 scope=row"})
            QTest::addRow("%s then %s", before, after) << before << after;
    }
}

/// A model that was compressed before is compressed again: what stood beside its codes is not lost.
void TestLayerParts::chosenAnewOnceMore()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    std::vector<std::string> steps;
    for (const QString &step : before.split(';'))
        steps.push_back(step.toStdString());
    const Result first = compressedBy(steps);
    const Result second = compressedBy({after.toStdString()}, &first.weights);
    const double ceiling = after.startsWith("prune") ? 0.15 : 0.02;
    for (const std::string &name : {up, down})
        QVERIFY2(second.error(name) < ceiling, qPrintable(QString::number(second.error(name))));
    // Zeros of a mask that is there stay zeros, unless the form is new.
    if (before.contains("prune") && !after.startsWith("factorize") && !after.startsWith("prune"))
        QVERIFY(parameterCount(second.weight(up)) <= parameterCount(first.weight(up)));
}

void TestLayerParts::embeddingsRoundRowByRow_data()
{
    QTest::addColumn<QString>("step");
    QTest::addColumn<double>("ceiling");
    QTest::newRow("affine") << "quantize.affine bits=8 granularity=channel" << 0.02;
    QTest::newRow("clipped") << "quantize.affine bits=8 granularity=channel clip=mse" << 0.02;
    QTest::newRow("codebook") << "quantize.codebook k=16 granularity=channel" << 0.02;
    QTest::newRow("ternary") << "quantize.ternary granularity=channel" << 0.7;
    QTest::newRow("binary") << "quantize.binary granularity=channel" << 0.75;
    QTest::newRow("bfloat16") << "quantize.bfloat16" << 0.004;
}

/// A token's row has a scale of its own: rows a thousand times smaller lose no more than others.
void TestLayerParts::embeddingsRoundRowByRow()
{
    QFETCH(QString, step);
    QFETCH(double, ceiling);
    ModelWeights start = Result().original;
    at::Tensor table = denseValues(start.layers.at("embedding.token").weight).clone();
    for (std::int64_t row = 0; row < table.size(0); row += 2)
        table.select(0, row).mul_(0.001);
    start.layers.at("embedding.token").weight = Factor::dense(table);
    const Result result = compressedBy({step.toStdString() + " @ embedding.token"}, &start);
    for (std::int64_t row = 0; row < table.size(0); ++row) {
        const double error =
            relativeError(table.select(0, row), result.after("embedding.token").select(0, row));
        QVERIFY2(error < ceiling, qPrintable(QString("row %1: %2").arg(row).arg(error)));
    }
}

void TestLayerParts::storedFormsAreRefusedInWords_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("says");
    QTest::newRow("blocks of a stored product")
        << "factorize.svd rank=5"
        << "prune.magnitude block=2x2"
        << "blocks of 2x2 do not fit a whole number of times into shape [5, ";
    QTest::newRow("blocks of a stored product, one threshold")
        << "factorize.svd rank=5"
        << "prune.magnitude block=2x2 scope=global"
        << "blocks of 2x2 do not fit a whole number of times into shape [5, ";
    QTest::newRow("inputs of a stored Kronecker product") << "factorize.kronecker block=4x2"
                                                          << "prune.wanda"
                                                          << "is not known";
    QTest::newRow("largest inputs of a stored product") << "factorize.svd rank=5"
                                                        << "quantize.smoothquant"
                                                        << "is not known";
    QTest::newRow("columns of a stored product") << "factorize.svd rank=5"
                                                 << "quantize.llm-int8"
                                                 << "is not known";
}

void TestLayerParts::storedFormsAreRefusedInWords()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(QString, says);
    const Result first = compressedBy({before.toStdString()});
    try {
        compressedBy({after.toStdString()}, &first.weights);
        QFAIL("not refused");
    } catch (const Error &error) {
        QVERIFY2(QString(error.what()).contains(says), error.what());
    }
}

QTEST_GUILESS_MAIN(TestLayerParts)
#include "tst_layerparts.moc"

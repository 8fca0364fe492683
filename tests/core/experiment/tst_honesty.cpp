// The check that what is counted is what a file holds, and that it can fail: claims that flatter a
// model are told from honest ones by the file's own header, read here without our reader.
#include "tests/support/randommodel.h"

#include "core/base/error.h"
#include "core/experiment/experiment.h"
#include "core/experiment/exporting.h"
#include "core/experiment/planneddescription.h"

#include <cstring>
#include <filesystem>

#include <QTemporaryDir>
#include <QTest>
#include <nlohmann/json.hpp>

using namespace pare;
namespace fs = std::filesystem;

namespace {

struct FileContent
{
    std::map<std::string, std::int64_t> tensors; ///< bytes by name
    std::map<std::string, std::int64_t> counts;  ///< elements by name
    std::int64_t header = 0;
    std::int64_t size = 0;
};

FileContent contentOf(const fs::path &file)
{
    const std::string text = readFile(file);
    std::uint64_t length = 0;
    std::memcpy(&length, text.data(), sizeof length);
    FileContent content;
    content.header = 8 + static_cast<std::int64_t>(length);
    content.size = static_cast<std::int64_t>(text.size());
    const auto header = nlohmann::json::parse(text.substr(8, length));
    for (const auto &[name, tensor] : header.items()) {
        if (name == "__metadata__")
            continue;
        const auto &offsets = tensor.at("data_offsets");
        content.tensors[name] = offsets[1].get<std::int64_t>() - offsets[0].get<std::int64_t>();
        std::int64_t count = 1;
        for (const auto &side : tensor.at("shape"))
            count *= side.get<std::int64_t>();
        content.counts[name] = count;
    }
    return content;
}

/// Whether the tensor called `name` is the layer's.
bool belongsTo(const std::string &name, const Layer &layer)
{
    return std::ranges::any_of(layer.tensors, [&](const auto &tensor) {
        return name == tensor.name || name.starts_with(tensor.name + ".");
    });
}

/// What is said of a model that the file does not bear out, and what a step did for nothing;
/// `original` is the model before.
QStringList complaints(const ModelDescription &claims, const ModelDescription &original,
                       const fs::path &file)
{
    const FileContent content = contentOf(file);
    QStringList found;
    std::int64_t all = content.header;
    for (std::size_t i = 0; i < claims.layers.size(); ++i) {
        const Layer &layer = claims.layers[i];
        std::int64_t held = 0;
        for (const auto &[name, bytes] : content.tensors)
            held += belongsTo(name, layer) ? bytes : 0;
        if (held != layer.bytes)
            found << QString("%1 claims %2, the file holds %3")
                         .arg(QString::fromStdString(layer.name))
                         .arg(layer.bytes)
                         .arg(held);
        if (layer.storage != original.layers[i].storage && held >= original.layers[i].bytes)
            found << QString::fromStdString(layer.name) + " saves nothing";
        all += layer.bytes;
    }
    if (all != content.size || claims.bytes != content.size)
        found << QString("the model claims %1 in %2, the file has %3")
                     .arg(all)
                     .arg(claims.bytes)
                     .arg(content.size);
    return found;
}

const char *const up = "encoder.1.ffn.up"; // [24, 16]

} // namespace

class TestHonesty : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = m_scratch.filePath("model").toStdString();
        test::RandomModel shape;
        shape.head = HeadKind::MaskedLm; // its decoder is tied to the token embedding
        test::writeRandomModel(m_folder, shape);
        m_checkpoint = openCheckpoint(m_folder);
    }

    void honestClaimsStand_data()
    {
        QTest::addColumn<QString>("recipe");
        for (const char *recipe :
             {"", "prune.magnitude sparsity=0.5", "quantize.affine bits=4",
              "factorize.svd rank=4; quantize.affine bits=8", "factorize.kronecker keep=0.2",
              "share.layers", "quantize.half @ embedding.token", "prune.magnitude block=2x2",
              "factorize.svd energy=0.5", "prune.magnitude scope=global; quantize.ternary"})
            QTest::addRow("%s", *recipe ? recipe : "original") << recipe;
    }
    void honestClaimsStand()
    {
        QFETCH(QString, recipe);
        const auto [claims, file] = exported(recipe);
        const QStringList found = complaints(claims, m_checkpoint.description, file);
        QVERIFY2(found.isEmpty(), qPrintable(found.join("\n")));
    }

    /// Two zeros in a hundred cost more to point at than they save.
    void aMaskThatSavesNothing()
    {
        const auto [claims, file] = exported(QString("prune.magnitude sparsity=0.02 @ %1").arg(up));
        QVERIFY(layerOf(claims).storage.find("zeros") != std::string::npos);
        QVERIFY(layerOf(claims).parameters < layerOf(m_checkpoint.description).parameters);
        QCOMPARE(complaints(claims, m_checkpoint.description, file),
                 QStringList{QString(up) + " saves nothing"});
        // As if what is zero took no room.
        ModelDescription fake = claims;
        layerOf(fake).bytes = layerOf(fake).parameters * 4;
        QVERIFY(!complaints(fake, m_checkpoint.description, file)
                     .filter(QString(up) + " claims")
                     .isEmpty());
    }

    /// [24, 16] breaks even at rank 9.6: no plan has more, and weights that do are seen through.
    void aRankAboveBreakEven()
    {
        for (const char *rank : {"10", "16"}) {
            const Recipe recipe{
                {parsedStep(std::string("factorize.svd rank=") + rank + " @ " + up)}};
            QVERIFY_EXCEPTION_THROWN(plan(recipe, m_checkpoint.description), Error);
        }
        ModelWeights weights = m_checkpoint.weights;
        weights.layers.at(up).weight =
            Product{Factor::dense(at::randn({24, 10})), Factor::dense(at::randn({10, 16}))};
        const fs::path folder = m_scratch.filePath("above").toStdString();
        writeModel(folder, m_checkpoint.specification, weights, {m_folder});
        const ModelDescription claims = described(m_checkpoint.specification, weights);
        QCOMPARE(complaints(claims, m_checkpoint.description, folder / "model.safetensors"),
                 QStringList{QString(up) + " saves nothing"});
        ModelDescription fake = claims;
        layerOf(fake).bytes -= 4 * 24 * 10; // as if one factor were free
        fake.bytes -= 4 * 24 * 10;
        QVERIFY(complaints(fake, m_checkpoint.description, folder / "model.safetensors").size() >=
                2);
    }

    void fourBitsStoredInEight()
    {
        const auto [claims, file] = exported(QString("quantize.affine bits=8 @ %1").arg(up));
        QVERIFY(complaints(claims, m_checkpoint.description, file).isEmpty());
        ModelDescription fake = claims;
        layerOf(fake).bytes -= 24 * 16 / 2;
        fake.bytes -= 24 * 16 / 2;
        QVERIFY(!complaints(fake, m_checkpoint.description, file)
                     .filter(QString(up) + " claims")
                     .isEmpty());
        // Sixteen values in eight bits are eight bits a weight.
        ModelWeights weights = m_checkpoint.weights;
        const at::Tensor coarse =
            denseValues(weights.layers.at(up).weight).mul(7).round().clamp(-7, 7);
        weights.layers.at(up).weight =
            Factor::encoded(coarse, {CodecKind::Affine, 8, Granularity::Channel});
        QCOMPARE(layerOf(described(m_checkpoint.specification, weights)).bytes,
                 layerOf(claims).bytes);
        // A file that says four and holds eight does not open.
        std::string text = readFile(file);
        const std::string eight = "\\\"bits\\\":8";
        const std::size_t at = text.find(eight);
        QVERIFY(at != std::string::npos);
        text[at + eight.size() - 1] = '4';
        writeFile(file, text);
        try {
            openCheckpoint(file.parent_path());
            QFAIL("opened");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
        }
    }

    void aTiedTensorCountedTwice()
    {
        const auto [claims, file] = exported("");
        const Layer &tied =
            *std::ranges::find(claims.layers, std::string("embedding.token"), &Layer::sharedWith);
        QCOMPARE(tied.role, LayerRole::Head);
        std::int64_t parameters = 0;
        for (const auto &[name, count] : contentOf(file).counts)
            parameters += count;
        QCOMPARE(claims.parameters, parameters);
        ModelDescription fake = claims;
        for (Layer &layer : fake.layers) {
            if (layer.name == tied.name)
                layer.bytes += claims.find("embedding.token")->bytes;
        }
        const QStringList found = complaints(fake, m_checkpoint.description, file);
        QCOMPARE(found.size(), 2);
        QVERIFY(found[0].startsWith(QString::fromStdString(tied.name) + " claims"));
        // Blocks that share are tied as well.
        const auto [shared, sharedFile] = exported("share.layers");
        fake = shared;
        layerOf(fake).bytes += layerOf(m_checkpoint.description).bytes;
        QVERIFY(complaints(shared, m_checkpoint.description, sharedFile).isEmpty());
        QCOMPARE(complaints(fake, m_checkpoint.description, sharedFile).size(), 2);
    }

private:
    /// What planning says, and the file that export writes.
    std::pair<ModelDescription, fs::path> exported(const QString &text)
    {
        Recipe recipe;
        for (const QString &step : text.split("; ", Qt::SkipEmptyParts))
            recipe.steps.push_back(parsedStep(step.toStdString()));
        const fs::path folder =
            m_scratch.filePath(QString("export%1").arg(m_exports++)).toStdString();
        ExperimentOptions options;
        options.model = m_folder;
        exportModel(options, recipe, {folder}, silentProgress());
        return {plannedDescription(m_checkpoint, recipe).model, folder / "model.safetensors"};
    }
    static const Layer &layerOf(const ModelDescription &model) { return *model.find(up); }
    static Layer &layerOf(ModelDescription &model)
    {
        return *std::ranges::find(model.layers, up, &Layer::name);
    }

    QTemporaryDir m_scratch;
    fs::path m_folder;
    Checkpoint m_checkpoint;
    int m_exports = 0;
};

QTEST_GUILESS_MAIN(TestHonesty)
#include "tst_honesty.moc"

// What is exported, in every format: read again it answers as what was written, and faults that
// somebody planted are found.
#include "core/base/error.h"
#include "core/base/folderlock.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/experiment/exportcheck.h"
#include "core/experiment/exporting.h"
#include "core/experiment/modelcard.h"
#include "core/tensors/safetensorsfile.h"
#include "core/tensors/safetensorswriter.h"
#include "core/tensors/tensor.h"
#include "tests/support/randomstep.h"
#include "tests/support/tinymodel.h"

#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <nlohmann/json.hpp>

using namespace pare;
namespace fs = std::filesystem;

namespace {

Recipe recipeOf(const QString &text)
{
    Recipe recipe;
    for (const QString &step : text.split(";", Qt::SkipEmptyParts))
        recipe.steps.push_back(parsedStep(step.toStdString()));
    return checked(recipe);
}

using Tensors = std::map<std::string, at::Tensor>;

/// The file with its tensors changed, everything else as it was.
void rewrite(const fs::path &path, const std::function<void(Tensors &)> &change)
{
    Tensors tensors;
    SafetensorsMetadata metadata;
    {
        const auto file = std::make_shared<const SafetensorsFile>(path);
        metadata = file->metadata();
        for (const SafetensorsEntry &entry : file->tensors())
            tensors[entry.name] = toTensor(file, entry).clone();
    }
    change(tensors);
    writeSafetensors(path, tensors, metadata);
}

Parity parityOf(const ExportSource &source, const ExportTarget &target)
{
    return exportParity(source, target, heldOutExamples(source, target, silentProgress()),
                        silentProgress());
}

/// Cancelled as soon as a file is there.
class StoppedOnce final : public Progress
{
public:
    explicit StoppedOnce(fs::path file)
        : m_file(std::move(file))
    {}
    void report(const ProgressReport &) override {}
    bool cancelled() const override { return fs::exists(m_file); }

private:
    fs::path m_file;
};

const std::string query = "bert.encoder.layer.1.attention.self.query.weight";

} // namespace

class TestExporting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_model = test::makeTinyModel(m_scratch.path().toStdString(), 60);
        m_options.model = m_model.folder;
        m_options.calibration = m_model.data;
        m_options.calibrationExamples = 12;
        m_options.threads = 1;
    }

    void recipes_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::newRow("original") << QString();
        QTest::newRow("shared") << "share.layers";
        QTest::newRow("embedding") << "factorize.embedding rank=8; quantize.affine bits=8";
        Random random(11);
        for (int i = 0; i < 50; ++i) {
            QString recipe;
            for (std::uint64_t k = 0; k <= random.below(3); ++k)
                recipe += QString::fromStdString(test::randomStep(random)) + ";";
            QTest::addRow("random %d: %s", i, qPrintable(recipe)) << recipe;
        }
    }
    void recipes()
    {
        QFETCH(QString, recipe);
        std::optional<ExportSource> source;
        try {
            source = exportSource(m_options, recipeOf(recipe), {}, silentProgress());
        } catch (const Error &error) {
            QVERIFY2(QByteArray(QTest::currentDataTag()).startsWith("random"), error.what());
            return;
        }
        for (const ExportFormat format : {ExportFormat::Packed, ExportFormat::Dense,
                                          ExportFormat::TorchScript, ExportFormat::Gguf}) {
            for (const DType dtype : {DType::Float32, DType::Float16}) {
                if (format == ExportFormat::Packed && dtype == DType::Float16)
                    continue;
                const ExportTarget target{nextFolder(), format, dtype, m_model.data};
                try {
                    const Exported exported = exportModel(*source, target, silentProgress());
                    const Parity &parity = *exported.record.parity;
                    QVERIFY2(parity.passed(), parity.failure.c_str());
                    QCOMPARE(parity.examples, std::int64_t(60));
                    if (format == ExportFormat::Packed)
                        QCOMPARE(parity.largestDifference, 0.0);
                    if (format == ExportFormat::Dense && dtype == DType::Float32 &&
                        exported.record.remarks.empty())
                        QCOMPARE(parity.changedAnswers, std::int64_t(0));
                    QCOMPARE(exported.record.bytes,
                             std::int64_t(fs::file_size(target.folder / weightFileOf(format))));
                } catch (const Error &error) {
                    QVERIFY2(error.kind() == ErrorKind::Unsupported &&
                                 format != ExportFormat::Packed,
                             error.what());
                    QVERIFY(QByteArray(error.what())
                                .contains(format == ExportFormat::Dense  ? "format dense: "
                                          : format == ExportFormat::Gguf ? "GGUF"
                                                                         : "TorchScript"));
                }
            }
        }
    }

    void faults_data()
    {
        QTest::addColumn<QString>("recipe");
        QTest::addColumn<int>("format");
        QTest::addColumn<int>("fault");
        QTest::addColumn<QString>("found");
        const int packed = int(ExportFormat::Packed);
        const int dense = int(ExportFormat::Dense);
        QTest::newRow("wrong scale") << "quantize.affine bits=4" << packed << 0 << "the weight";
        QTest::newRow("transposed") << "" << packed << 1 << "encoder.1.attention.query: the weight";
        QTest::newRow("transposed, dense")
            << "quantize.affine" << dense << 1 << "encoder.1.attention.query: the weight";
        QTest::newRow("skipped layer") << "" << dense << 2 << "encoder.1.attention.query";
        QTest::newRow("skipped layer, packed") << "" << packed << 2 << "encoder.1.attention.query";
        QTest::newRow("missing") << "" << packed << 3 << "query";
        QTest::newRow("bias") << "" << dense << 4 << "encoder.1.attention.query: the bias";
        QTest::newRow("lost tie") << "share.layers" << packed << 5 << "shared its weight";
        QTest::newRow("other activation") << "" << dense << 6 << "config.json";
        QTest::newRow("gguf, other codes")
            << "quantize.affine bits=8 group=32" << int(ExportFormat::Gguf) << 8 << "the weight";
        QTest::newRow("gguf, cut short") << "" << int(ExportFormat::Gguf) << 7 << "model.gguf";
        QTest::newRow("torchscript, wrong scale")
            << "" << int(ExportFormat::TorchScript) << 9 << "logits";
        QTest::newRow("torchscript, cut short")
            << "" << int(ExportFormat::TorchScript) << 7 << "model.pt";
        QTest::newRow("cut short") << "" << dense << 7 << "model.safetensors";
    }
    void faults()
    {
        QFETCH(QString, recipe);
        QFETCH(int, format);
        QFETCH(int, fault);
        QFETCH(QString, found);
        const ExportSource source = exportSource(m_options, recipeOf(recipe), {}, silentProgress());
        const ExportTarget target{nextFolder(), ExportFormat(format), DType::Float32, m_model.data};
        exportModel(source, target, silentProgress());
        plant(fault, source, target);
        const Parity parity = parityOf(source, target);
        QVERIFY(!parity.passed());
        QVERIFY2(QString::fromStdString(parity.failure).contains(found), parity.failure.c_str());
    }

    void aLogitThatMovedIsFound()
    {
        // The same fault seen through the answers alone.
        const ExportSource source = exportSource(m_options, {}, {}, silentProgress());
        ExportSource other = source;
        other.weights.layers["classifier"].bias =
            source.weights.layers.at("classifier").bias + 0.01f;
        other.record.weightHash.clear();
        const ExportTarget target{nextFolder(), ExportFormat::Dense, DType::Float32, m_model.data};
        exportModel(other, target, silentProgress());
        QVERIFY(!parityOf(source, target).passed());
    }

    void whatIsWrittenBesideIt()
    {
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, m_model.data};
        const Exported exported =
            exportModel(m_options, recipeOf("share.layers mode=ffn;quantize.affine bits=4"), target,
                        silentProgress());
        const ExportRecord record =
            exportRecordFromJson(parsedJson(readFile(target.folder / "pare.json")));
        QVERIFY(record.recipe == exported.record.recipe);
        QCOMPARE(record.weightHash, exported.record.weightHash);
        QVERIFY(record.parity == exported.record.parity);
        QCOMPARE(record.model, std::string("model"));
        QCOMPARE(record.packing.at("encoder.1.ffn.up"), std::string("= encoder.0.ffn.up"));
        QVERIFY(record.packing.at("encoder.0.ffn.up").starts_with("4 bits"));
        const std::string card = readFile(target.folder / "README.md");
        for (const char *text : {"not measured", "quantize.affine bits=4", "cold, mild, hot",
                                 "60 examples", "0 are answered in another way"})
            QVERIFY2(card.find(text) != card.npos, card.c_str());
        QVERIFY(card.find(m_scratch.path().toStdString()) == card.npos);
    }

    void whatWasTaughtIsSaid()
    {
        ExportSource source =
            exportSource(m_options, recipeOf("prune.layers count=1"), {}, silentProgress());
        Run run;
        run.recipe = source.record.recipe;
        run.trainPath = "/home/somebody/train.tsv";
        run.distillation = Distillation{parsedStep("kd alpha=0.3"), {}, "0:1"};
        source.record.run = run;
        const std::string card = modelCard(source.record, {});
        for (const char *text : {"+ kd", "1. `prune.layers count=1", "1. `kd alpha=0.3",
                                 "learnt from `model`, layers `0:1`, on `train.tsv`"})
            QVERIFY2(card.find(text) != card.npos, card.c_str());
        QVERIFY(card.find("somebody") == card.npos);
    }

    void halvesAreHalfAsLarge()
    {
        std::int64_t bytes[2]{};
        for (const DType dtype : {DType::Float32, DType::Float16})
            bytes[dtype == DType::Float16] =
                exportModel(m_options, {}, {nextFolder(), ExportFormat::Gguf, dtype, {}},
                            silentProgress())
                    .record.bytes;
        QVERIFY(bytes[1] < bytes[0]);
    }

    void foldersOfOthersStayAsTheyAre_data()
    {
        QTest::addColumn<QString>("file");
        QTest::newRow("notes") << "README.md";
        QTest::newRow("another model") << "config.json";
        QTest::newRow("something else") << "thesis.tex";
    }
    void foldersOfOthersStayAsTheyAre()
    {
        QFETCH(QString, file);
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        fs::create_directories(target.folder);
        writeFile(target.folder / file.toStdString(), "mine");
        QVERIFY_EXCEPTION_THROWN(exportModel(m_options, {}, target, silentProgress()), Error);
        QCOMPARE(readFile(target.folder / file.toStdString()), std::string("mine"));
        QCOMPARE(std::distance(fs::directory_iterator(target.folder), {}), std::ptrdiff_t(1));
    }

    void earlierExportsAreReplaced()
    {
        const fs::path folder = nextFolder();
        exportModel(m_options, recipeOf("quantize.binary"),
                    {folder, ExportFormat::Packed, DType::Float32, {}}, silentProgress());
        writeFile(folder / "notes.txt", "mine");
        exportModel(m_options, {}, {folder, ExportFormat::Gguf, DType::Float32, {}},
                    silentProgress());
        QVERIFY(!fs::exists(folder / "model.safetensors"));
        QVERIFY(fs::exists(folder / "model.gguf"));
        QVERIFY(readFile(folder / "README.md").find("Nothing: this is the model as it was") !=
                std::string::npos);
        QCOMPARE(readFile(folder / "notes.txt"), std::string("mine"));
        // One that was stopped has no pare.json and no config.json yet.
        fs::remove(folder / "notes.txt");
        for (const char *file : {"pare.json", "config.json", "README.md"})
            fs::remove(folder / file);
        exportModel(m_options, {}, {folder, ExportFormat::Packed, DType::Float32, {}},
                    silentProgress());
        QVERIFY(fs::exists(folder / "model.safetensors"));
    }

    void refusedFormatsLeaveWhatIsThere_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::newRow("gguf") << ExportFormat::Gguf;
        QTest::newRow("dense") << ExportFormat::Dense;
    }
    void refusedFormatsLeaveWhatIsThere()
    {
        QFETCH(ExportFormat, format);
        const fs::path folder = nextFolder();
        exportModel(m_options, {}, {folder, ExportFormat::Packed, DType::Float32, {}},
                    silentProgress());
        const std::string before = readFile(folder / "model.safetensors");
        const auto files = std::distance(fs::directory_iterator(folder), {});
        const Recipe uneven = recipeOf("prune.heads count=1 @ block=0");
        QVERIFY_EXCEPTION_THROWN(
            exportModel(m_options, uneven, {folder, format, DType::Float32, {}}, silentProgress()),
            Error);
        QCOMPARE(readFile(folder / "model.safetensors"), before);
        QCOMPARE(std::distance(fs::directory_iterator(folder), {}), files);
        const fs::path none = nextFolder();
        QVERIFY_EXCEPTION_THROWN(
            exportModel(m_options, uneven, {none, format, DType::Float32, {}}, silentProgress()),
            Error);
        QVERIFY(!fs::exists(none));
    }

    void exportsOfExportsTellTheirHistory()
    {
        ExperimentOptions options = m_options;
        const std::string first = options.model.filename().string();
        fs::path folder = nextFolder();
        exportModel(options, recipeOf("quantize.affine bits=4"),
                    {folder, ExportFormat::Packed, DType::Float32, {}}, silentProgress());
        options.model = folder;
        folder = nextFolder();
        exportModel(options, {}, {folder, ExportFormat::Packed, DType::Float32, {}},
                    silentProgress());
        const Checkpoint again = openCheckpoint(folder);
        QCOMPARE(again.record.value().history.size(), std::size_t(1));
        QCOMPARE(again.record->history.front().model, first);
        QVERIFY(again.alreadyCompressed()->text().find("(4 bits, made from " + first + ")") !=
                std::string::npos);
        const std::string card = readFile(folder / "README.md");
        QVERIFY(card.find("1. Before, to `" + first + "`: `quantize.affine bits=4") !=
                std::string::npos);
        QVERIFY(card.find("Nothing") == std::string::npos);
        options.model = folder;
        folder = nextFolder();
        exportModel(options, recipeOf("quantize.half @ embedding.token"),
                    {folder, ExportFormat::Dense, DType::Float32, {}}, silentProgress());
        const Checkpoint last = openCheckpoint(folder);
        QCOMPARE(last.record.value().history, again.record->history);
        QVERIFY(last.alreadyCompressed()->text().find("(4 bits, then ") !=
                std::string::npos);
    }

    void stoppedOnesAreReplaced()
    {
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        StoppedOnce progress(target.folder / "config.json"); // a model, not compared yet
        QVERIFY_EXCEPTION_THROWN(exportModel(m_options, {}, target, progress), Cancelled);
        QVERIFY(!fs::exists(target.folder / "pare.json"));
        for (const char *part : {"config.json.part12", "pare.json.part7", "model.pt.part1"})
            writeFile(target.folder / part, "half of it"); // as a process leaves it that was killed
        QVERIFY(exportModel(m_options, {}, target, silentProgress()).record.parity->passed());
        for (const fs::directory_entry &entry : fs::directory_iterator(target.folder))
            QVERIFY2(entry.path().string().find(".part") == std::string::npos &&
                         entry.path().extension() != ".unfinished",
                     entry.path().c_str());
    }

    void foldersBelongToOneWriter()
    {
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        {
            const FolderLock other(target.folder);
            QVERIFY_EXCEPTION_THROWN(exportModel(m_options, {}, target, silentProgress()), Error);
            QVERIFY(fs::is_empty(target.folder));
        }
        QVERIFY(exportModel(m_options, {}, target, silentProgress()).record.parity->passed());
    }

    void failuresAreMarked()
    {
        ExportSource source = exportSource(m_options, {}, {}, silentProgress());
        source.record.weightHash = "of other weights";
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        QVERIFY_EXCEPTION_THROWN(exportModel(source, target, silentProgress()), Error);
        const ExportRecord record =
            exportRecordFromJson(parsedJson(readFile(target.folder / "pare.json")));
        QVERIFY(!record.parity->passed());
        QVERIFY(readFile(target.folder / "README.md").find("Do not use") != std::string::npos);
    }

private:
    fs::path nextFolder()
    {
        return m_scratch.filePath(QString("out%1").arg(m_folders++)).toStdString();
    }

    static void plant(int fault, const ExportSource &source, const ExportTarget &target)
    {
        const fs::path file = target.folder / weightFileOf(target.format);
        if (fault == 5) { // each block a weight of its own, with the same values
            ExportSource copied = source;
            for (auto &[name, layer] : copied.weights.layers)
                layer = source.weights.resolved(name);
            writeModel(target.folder, copied.specification, copied.weights,
                       source.checkpoint->folder);
            return;
        }
        if (fault == 6) {
            std::string config = readFile(target.folder / "config.json");
            config.replace(config.find("\"gelu\""), 6, "\"relu\"");
            writeFile(target.folder / "config.json", config);
            return;
        }
        if (fault == 7) {
            fs::resize_file(file, fs::file_size(file) - 100);
            return;
        }
        if (fault == 8) { // somewhere among the codes of the blocks
            std::string content = readFile(file);
            for (std::size_t i = content.size() * 7 / 10; i < content.size() * 7 / 10 + 64; ++i)
                content[i] = static_cast<char>(content[i] ^ 0x21);
            writeFile(file, content);
            return;
        }
        if (fault == 9) {
            ExportSource scaled = source;
            Weight &up = scaled.weights.layers.at("encoder.2.ffn.up").weight;
            up = Factor::dense(denseValues(up).mul(1.01));
            exportModel(scaled, target, silentProgress());
            return;
        }
        rewrite(file, [&](Tensors &tensors) {
            if (fault == 0) {
                for (auto &[name, tensor] : tensors) {
                    if (name.find("scales") != name.npos)
                        tensor.mul_(1.5);
                }
            } else if (fault == 1) {
                tensors.at(query) = tensors.at(query).t().contiguous();
            } else if (fault == 2) {
                tensors.at(query) =
                    tensors.at("bert.encoder.layer.0.attention.self.query.weight").clone();
            } else if (fault == 3) {
                tensors.erase(query);
            } else if (fault == 4) {
                tensors.at("bert.encoder.layer.1.attention.self.query.bias").fill_(1);
            }
        });
    }

    QTemporaryDir m_scratch;
    test::TinyModel m_model;
    ExperimentOptions m_options;
    int m_folders = 0;
};

QTEST_GUILESS_MAIN(TestExporting)
#include "tst_exporting.moc"

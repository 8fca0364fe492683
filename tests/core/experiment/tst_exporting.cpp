// What is exported, in every format: read again it answers as what was written, and the folder says
// what it is. Faults that somebody planted: tst_exportfaults.
#include "core/base/error.h"
#include "core/base/folderlock.h"
#include "core/base/json.h"
#include "core/base/random.h"
#include "core/checkpoint/exportedfiles.h"
#include "core/experiment/exportcheck.h"
#include "core/experiment/exporting.h"
#include "core/experiment/modelcard.h"
#include "tests/support/randomstep.h"
#include "tests/support/tinymodel.h"

#include <QCryptographicHash>
#include <QFile>
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
                    Tally &tally = m_tallies[{format, dtype}];
                    ++tally.written;
                    tally.answers += parity.examples;
                    tally.changed += parity.changedAnswers;
                    tally.largest = std::max(tally.largest, parity.largestDifference);
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

    /// What stands above, in figures: of all recipes together.
    void figuresOfTheRecipes()
    {
        for (const auto &[kind, tally] : m_tallies)
            qInfo("%s %s: %d recipes, %lld of %lld answers changed, logits differ by at most %.2g",
                  std::string(nameOf(kind.first)).c_str(), std::string(nameOf(kind.second)).c_str(),
                  tally.written, static_cast<long long>(tally.changed),
                  static_cast<long long>(tally.answers), tally.largest);
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
        for (const char *text :
             {"quantize.affine bits=4", "cold, mild, hot", "60 examples of `examples.tsv`",
              "0 are answered in another way", "| accuracy (95 %) |", "seed 0"})
            QVERIFY2(card.find(text) != card.npos, card.c_str());
        QVERIFY(card.find(m_scratch.path().toStdString()) == card.npos);
    }

    void filesAreNamedWithTheirContents()
    {
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        const ExportRecord record = exportModel(m_options, {}, target, silentProgress()).record;
        QCOMPARE(record.files.size(), std::size_t(3)); // weights, configuration, vocabulary
        QFile file(QString::fromStdString((target.folder / "vocab.txt").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray words = file.readAll();
        QCOMPARE(record.files.at("vocab.txt").bytes, std::int64_t(words.size()));
        QCOMPARE(record.files.at("vocab.txt").sha256,
                 QCryptographicHash::hash(words, QCryptographicHash::Sha256).toHex().toStdString());
        const auto reread = exportRecordFromJson(parsedJson(readFile(target.folder / "pare.json")));
        QVERIFY(reread.files == record.files);
        QVERIFY(openCheckpoint(target.folder).warnings.empty());
        writeFile(target.folder / "vocab.txt", "X" + words.mid(1).toStdString());
        QVERIFY(changedFiles(target.folder, record, FileCheck::Lengths).empty());
        QCOMPARE(changedFiles(target.folder, record, FileCheck::Contents).size(), std::size_t(1));
        writeFile(target.folder / "vocab.txt", words.toStdString() + "more\n");
        const std::vector<Message> warnings = openCheckpoint(target.folder).warnings;
        QCOMPARE(warnings.size(), std::size_t(1));
        QVERIFY(warnings[0].text().find("vocab.txt: has ") != std::string::npos);
    }

    void packingIsToldOfEveryFormat_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<DType>("dtype");
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("norm");
        QTest::newRow("packed") << ExportFormat::Packed << DType::Float32 << "8 bits, groups of 32"
                                << "float32";
        QTest::newRow("dense") << ExportFormat::Dense << DType::Float16 << "float16"
                               << "float16";
        QTest::newRow("torchscript") << ExportFormat::TorchScript << DType::Float32 << "float32"
                                     << "float32";
        QTest::newRow("gguf") << ExportFormat::Gguf << DType::Float32 << "Q8_0"
                              << "F32";
    }
    void packingIsToldOfEveryFormat()
    {
        QFETCH(ExportFormat, format);
        QFETCH(DType, dtype);
        QFETCH(QString, query);
        QFETCH(QString, norm);
        const ExportTarget target{nextFolder(), format, dtype, {}};
        const auto packing =
            exportModel(m_options, recipeOf("quantize.affine bits=8 granularity=group group=32"),
                        target, silentProgress())
                .record.packing;
        QCOMPARE(QString::fromStdString(packing.at("encoder.1.attention.query")), query);
        QCOMPARE(QString::fromStdString(packing.at("encoder.1.attention.norm")), norm);
        QCOMPARE(packing.size(), m_layers);
    }

    void withoutDataRandomTokensAreAnswered_data()
    {
        QTest::addColumn<ExportFormat>("format");
        QTest::addColumn<HeadKind>("head");
        for (const ExportFormat format : {ExportFormat::Packed, ExportFormat::Dense,
                                          ExportFormat::TorchScript, ExportFormat::Gguf}) {
            for (const HeadKind head : {HeadKind::Classification, HeadKind::SentencePair,
                                        HeadKind::MaskedLm, HeadKind::None})
                QTest::addRow("%s, head %d", std::string(nameOf(format)).c_str(), int(head))
                    << format << head;
        }
    }
    void withoutDataRandomTokensAreAnswered()
    {
        QFETCH(ExportFormat, format);
        QFETCH(HeadKind, head);
        ExperimentOptions options = m_options;
        options.model = modelWith(head);
        const bool isPacked = format == ExportFormat::Packed;
        const ExportTarget target{
            nextFolder(), format, isPacked ? DType::Float32 : DType::Float16, {}};
        try {
            exportModel(options, recipeOf("factorize.svd rank=8 @ role=query"), target,
                        silentProgress());
        } catch (const Error &error) {
            QVERIFY2(error.kind() == ErrorKind::Unsupported, error.what());
            QVERIFY(format == ExportFormat::Gguf          ? head == HeadKind::MaskedLm
                    : format == ExportFormat::TorchScript ? head == HeadKind::None
                                                          : false);
            return;
        }
        const Parity parity =
            exportRecordFromJson(parsedJson(readFile(target.folder / "pare.json"))).parity.value();
        QCOMPARE(parity.examples, std::int64_t(16));
        QVERIFY(parity.data.empty());
        QVERIFY(!parity.accuracy);
        QVERIFY(parity.tensors > 0);
        QCOMPARE(parity.largestDifference == 0, isPacked);
        const bool isHidden = head == HeadKind::None;
        QCOMPARE(parity.compared == Compared::HiddenStates, isHidden);
        const std::string card = readFile(target.folder / "README.md");
        QVERIFY(card.find("16 made-up sequences of random tokens") != card.npos);
        QCOMPARE(card.find("That is no accuracy") != card.npos, !isHidden);
        QCOMPARE(card.find("hidden states differ") != card.npos, isHidden);
    }

    void namesOfRecipesAreSaid()
    {
        Recipe recipe = recipeOf("quantize.affine bits=4");
        recipe.name = "small and good";
        const ExportTarget target{nextFolder(), ExportFormat::Packed, DType::Float32, {}};
        exportModel(m_options, recipe, target, silentProgress());
        const auto record = parsedJson(readFile(target.folder / "pare.json"));
        QCOMPARE(record["recipe"]["name"].get<std::string>(), recipe.name);
        QVERIFY(readFile(target.folder / "README.md").find("The recipe `small and good`:") !=
                std::string::npos);
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
        for (const char *text : {"+ KD", "1. `prune.layers count=1", "1. `kd alpha=0.3",
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
        QVERIFY(last.alreadyCompressed()->text().find("(4 bits, then ") != std::string::npos);
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
    struct Tally
    {
        int written = 0;
        std::int64_t answers = 0;
        std::int64_t changed = 0;
        double largest = 0;
    };

    /// The tiny model's words under another head.
    fs::path modelWith(HeadKind head)
    {
        if (head == HeadKind::Classification)
            return m_model.folder;
        const fs::path folder = nextFolder();
        NetworkSpecification specification = test::tinyBert();
        specification.head = head;
        Random random(3);
        ModelWeights weights;
        for (const Layer &layer : describe(specification).layers) {
            Weight weight = Factor::dense(test::randomTensor(layer.shape, random));
            if (!layer.sharedWith.empty())
                weight = Shared{layer.sharedWith};
            weights.layers[layer.name] = {
                weight, layer.bias ? test::randomTensor({layer.shape[0]}, random) : at::Tensor()};
        }
        writeModel(folder, specification, weights, m_model.folder);
        return folder;
    }

    fs::path nextFolder()
    {
        return m_scratch.filePath(QString("out%1").arg(m_folders++)).toStdString();
    }

    QTemporaryDir m_scratch;
    test::TinyModel m_model;
    ExperimentOptions m_options;
    std::size_t m_layers = describe(test::tinyBert()).layers.size();
    int m_folders = 0;
    std::map<std::pair<ExportFormat, DType>, Tally> m_tallies;
};

QTEST_GUILESS_MAIN(TestExporting)
#include "tst_exporting.moc"

// Every kind of broken file a person can hand in: one line that says what is wrong, exit code 1, no
// crash, no hang, no memory to speak of.
#include "tests/support/randommodel.h"

#include "tests/app/cli/program.h"

#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>
#include <clocale>

using namespace pare;

namespace {

constexpr long allowedKilobytes = 16 * 1024;

enum class Part { Config, Weights, Vocabulary, TokenizerConfig, Data, Recipe, Project };

const char *fileNames[] = {"model/config.json", "model/model.safetensors",
                           "model/vocab.txt",   "model/tokenizer_config.json",
                           "data.tsv",          "recipe.json",
                           "broken.pare"};

QByteArray safetensors(const QByteArray &header, int dataBytes, std::uint64_t length = 0)
{
    if (length == 0)
        length = static_cast<std::uint64_t>(header.size());
    return QByteArray(reinterpret_cast<const char *>(&length), 8) + header +
           QByteArray(dataBytes, '\0');
}

void write(const QString &path, const QByteArray &content)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    file.write(content);
}

void copyFolder(const QString &from, const QString &to)
{
    QDir().mkpath(to);
    for (const QFileInfo &file : QDir(from).entryInfoList(QDir::Files))
        QVERIFY(QFile::copy(file.filePath(), to + "/" + file.fileName()));
}

QByteArrayList errorLines(const test::Finished &finished)
{
    QByteArrayList lines;
    for (const QByteArray &line : finished.errors.split('\n')) {
        if (line.startsWith("pare: ") && !line.startsWith("pare: note: ") &&
            !line.startsWith("pare: warning: "))
            lines << line;
    }
    return lines;
}

} // namespace

Q_DECLARE_METATYPE(Part)

class TestBrokenInputs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (qEnvironmentVariableIsSet("PARE_EXPECT_GERMAN")) {
            QVERIFY2(std::setlocale(LC_NUMERIC, ""), "the German locale is not there");
            QCOMPARE(*std::localeconv()->decimal_point, ',');
            std::setlocale(LC_NUMERIC, "C");
        }
        test::writeRandomModel(m_folder.filePath("good/model").toStdString());
        write(m_folder.filePath("good/data.tsv"),
              QByteArray::fromStdString(test::randomModelData(30)));
        write(m_folder.filePath("good/recipe.json"),
              R"({"steps": [{"technique": "quantize.affine"}]})");
        const test::Finished good = run(m_folder.filePath("good"), Part::Recipe);
        QVERIFY2(good.code == 0, good.errors.constData());
        m_usualKilobytes = good.peakKilobytes;
    }

    void isToldInOneLine_data()
    {
        QTest::addColumn<Part>("part");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, Part part, const QByteArray &content,
                            const char *says) {
            QTest::newRow(name) << part << content << QString(says);
        };
        const QByteArray big = QByteArray::number(qulonglong(1) << 62);
        row("weights: empty", Part::Weights, "", "at least 8 bytes");
        row("weights: seven bytes", Part::Weights, "1234567", "at least 8 bytes");
        row("weights: header longer than the file", Part::Weights, safetensors("{}", 0, 1000),
            "1000");
        row("weights: header of 2^62 bytes", Part::Weights,
            safetensors("{}", 0, std::uint64_t(1) << 62), "header");
        row("weights: not JSON", Part::Weights, safetensors("{\"a\":}", 0), "JSON");
        row("weights: a list", Part::Weights, safetensors("[1, 2]", 0), "begin with");
        row("weights: nested a million deep", Part::Weights,
            safetensors("{\"a\":" + QByteArray(1'000'000, '['), 0), "model.safetensors");
        row("weights: not UTF-8", Part::Weights, safetensors("{\"\xff\": 1}", 0), "UTF-8");
        row("weights: unknown dtype", Part::Weights,
            safetensors(R"({"a":{"dtype":"X9","shape":[1],"data_offsets":[0,4]}})", 4), "X9");
        row("weights: negative shape", Part::Weights,
            safetensors(R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4),
            "tensor a");
        row("weights: shape of 2^62", Part::Weights,
            safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[" + big + "," + big +
                            "],\"data_offsets\":[0,4]}}",
                        4),
            "tensor a");
        row("weights: past the end", Part::Weights,
            safetensors(R"({"a":{"dtype":"F32","shape":[768,3072],"data_offsets":[0,9437184]}})",
                        4096),
            "4096");
        row("weights: overlap", Part::Weights,
            safetensors(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                4),
            "expected 4");
        row("weights: hole", Part::Weights,
            safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8),
            "expected 0");
        row("weights: unused tail", Part::Weights,
            safetensors(R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 12), "12");
        row("weights: same name twice", Part::Weights,
            safetensors(
                R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})",
                8),
            "twice");
        row("weights: no tensor of ours", Part::Weights, safetensors("{}", 0), "missing");
        row("weights: another program's packing", Part::Weights,
            safetensors(R"({"__metadata__":{"pare":"{\"format\":99,\"layers\":{}}"}})", 0),
            "format 99");
        row("weights: broken packing", Part::Weights,
            safetensors(R"({"__metadata__":{"pare":"{"}})", 0), "pare");
        row("weights: packings in a list", Part::Weights,
            safetensors(R"({"__metadata__":{"pare":"{\"format\":1,\"layers\":[1]}"}})", 0),
            "expected an object");
        row("config: empty", Part::Config, "", "config.json");
        row("config: cut short", Part::Config, "{\"model_type\": \"ber", "config.json");
        row("config: a list", Part::Config, "[]", "object");
        row("config: no model_type", Part::Config, "{}", "model_type");
        row("config: another architecture", Part::Config, R"({"model_type": "llama"})", "llama");
        row("config: more groups than blocks", Part::Config,
            R"({"model_type":"albert","hidden_size":16,"num_attention_heads":2,"intermediate_size":24,"num_hidden_layers":3,"vocab_size":40,"embedding_size":8,"num_hidden_groups":4})",
            "num_hidden_groups");
        row("config: width 0", Part::Config, R"({"model_type": "bert", "hidden_size": 0})",
            "hidden_size");
        row("config: a billion layers", Part::Config,
            R"({"model_type":"bert","hidden_size":16,"num_attention_heads":2,"intermediate_size":24,"num_hidden_layers":1000000000,"vocab_size":40})",
            "num_hidden_layers");
        row("config: other shapes than the weights", Part::Config,
            R"({"model_type":"bert","hidden_size":32,"num_attention_heads":2,"intermediate_size":24,"num_hidden_layers":3,"vocab_size":40})",
            "expected the shape");
        row("config: nested a million deep", Part::Config, "{\"a\":" + QByteArray(1'000'000, '['),
            "config.json");
        row("config: every head removed", Part::Config,
            R"({"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 3,
                "num_attention_heads": 2, "intermediate_size": 24, "vocab_size": 40,
                "pruned_heads": {"1": [0, 1]}})",
            "must stay");
        row("config: heads removed that the weights have", Part::Config,
            R"({"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 3,
                "num_attention_heads": 2, "intermediate_size": 24, "vocab_size": 40,
                "max_position_embeddings": 24, "pruned_heads": {"1": [0]}})",
            "[8, 16]");
        row("config: a width for two of three blocks", Part::Config,
            R"({"model_type": "bert", "hidden_size": 16, "num_hidden_layers": 3,
                "num_attention_heads": 2, "intermediate_size": 24, "vocab_size": 40,
                "pare": {"intermediate_sizes": [24, 24]}})",
            "list of 3");
        row("config: relative positions", Part::Config,
            R"({"model_type":"bert","hidden_size":16,"num_attention_heads":2,"intermediate_size":24,"num_hidden_layers":3,"vocab_size":40,"position_embedding_type":"relative_key"})",
            "relative_key");
        row("vocabulary: empty", Part::Vocabulary, "", "vocab.txt");
        row("vocabulary: a token twice", Part::Vocabulary, "[PAD]\n[UNK]\n[CLS]\n[SEP]\na\na\n",
            "a");
        row("vocabulary: no [CLS]", Part::Vocabulary, "[PAD]\n[UNK]\n[SEP]\na\n", "[CLS]");
        row("vocabulary: not UTF-8", Part::Vocabulary, "[PAD]\n[UNK]\n[CLS]\n[SEP]\n\xff\n", "5");
        row(
            "vocabulary: larger than vocab_size", Part::Vocabulary,
            "[PAD]\n[UNK]\n[CLS]\n[SEP]\n" +
                [] {
                    QByteArray text;
                    for (int i = 0; i < 60; ++i)
                        text += "token" + QByteArray::number(i) + "\n";
                    return text;
                }(),
            "40");
        row("tokenizer: not JSON", Part::TokenizerConfig, "{", "tokenizer_config.json");
        row("tokenizer: wrong type", Part::TokenizerConfig, R"({"do_lower_case": "yes"})",
            "do_lower_case");
        row("data: empty", Part::Data, "", "data.tsv");
        row("data: header only", Part::Data, "text\tlabel\n", "data.tsv");
        row("data: no text column", Part::Data, "sentence\tlabel\nsmall\tbird\n", "text");
        row("data: no label column", Part::Data, "text\tcolour\nsmall\tred\n", "label");
        row("data: too few columns", Part::Data, "text\tlabel\nsmall\tbird\nbig\n", "line 3");
        row("data: too many columns", Part::Data, "text\tlabel\nsmall\tbird\tx\n", "line 2");
        row("data: not UTF-8", Part::Data, "text\tlabel\nsmall\tbird\n\xc3\x28\tfish\n", "line 3");
        row("data: empty label", Part::Data, "text\tlabel\nsmall\t\n", "line 2");
        row("data: unknown label", Part::Data, "text\tlabel\nsmall\tbird\nbig\tstone\n", "stone");
        row("data: scores", Part::Data, "text\tscore\nsmall\t0.5\n", "scores");
        row("data: NUL bytes", Part::Data, QByteArray(4096, '\0'), "data.tsv");
        row("recipe: empty", Part::Recipe, "", "recipe.json");
        row("recipe: not JSON", Part::Recipe, "{steps: []}", "JSON");
        row("recipe: no steps", Part::Recipe, "{}", "steps");
        row("recipe: unknown technique", Part::Recipe,
            R"({"steps": [{"technique": "quantize.magic"}]})", "quantize.magic");
        row("recipe: bits out of range", Part::Recipe,
            R"({"steps": [{"technique": "quantize.affine", "settings": {"bits": 99}}]})", "99");
        row("recipe: selects nothing", Part::Recipe,
            R"({"steps": [{"technique": "quantize.affine", "layers": "block=77"}]})", "block=77");
        row("recipe: rank that saves nothing", Part::Recipe,
            R"({"steps": [{"technique": "factorize.svd", "settings": {"rank": 15}}]})",
            "saves nothing");
        row("recipe: nested a million deep", Part::Recipe,
            "{\"steps\":" + QByteArray(1'000'000, '['), "recipe.json");
        row("project: empty", Part::Project, "", "broken.pare");
        row("project: text", Part::Project, "this is no project\n", "broken.pare");
        row("project: only SQLite's first bytes", Part::Project,
            QByteArray("SQLite format 3\0", 16), "broken.pare");
        row("project: zeros", Part::Project, QByteArray(20'000, '\0'), "broken.pare");
    }
    void isToldInOneLine()
    {
        QFETCH(Part, part);
        QFETCH(QByteArray, content);
        QFETCH(QString, says);
        const QTemporaryDir scratch;
        copyFolder(m_folder.filePath("good/model"), scratch.filePath("model"));
        copyFolder(m_folder.filePath("good"), scratch.path());
        const QString file = scratch.filePath(fileNames[static_cast<int>(part)]);
        write(file, content);
        const test::Finished finished = run(scratch.path(), part);
        QVERIFY(finished.inTime);
        QVERIFY2(finished.code == 1, QByteArray::number(finished.code) + ": " + finished.errors);
        QVERIFY2(finished.output.isEmpty(), finished.output);
        const QByteArrayList lines = errorLines(finished);
        QVERIFY2(lines.size() == 1, finished.errors);
        QVERIFY2(lines[0].contains(says.toUtf8()), lines[0]);
        QVERIFY2(!lines[0].contains("Exception raised from"), lines[0]); // no library's backtrace
        const long allowed =
            m_usualKilobytes + allowedKilobytes + static_cast<long>(2 * content.size() / 1024);
        QVERIFY2(finished.peakKilobytes <= allowed,
                 QByteArray::number(qlonglong(finished.peakKilobytes - m_usualKilobytes)));
    }

    void missingFilesAreTold_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("model") << QStringList{"inspect", "nowhere"};
        QTest::newRow("data") << QStringList{"run", "model", "--data", "nowhere.tsv"};
        QTest::newRow("recipe") << QStringList{"run",      "model",    "--data",
                                               "data.tsv", "--recipe", "nowhere.json"};
        QTest::newRow("project") << QStringList{"runs", "nowhere.pare"};
        QTest::newRow("run of a project")
            << QStringList{"export", "nowhere.pare#1", "--output", "out"};
        QTest::newRow("corpus") << QStringList{"train",       "--init",   "model",
                                               "--objective", "mlm",      "--corpus",
                                               "nowhere.txt", "--output", "out"};
        QTest::newRow("part of WordNet") << QStringList{"run", "model", "--data", "wordnet:middle"};
        QTest::newRow("a folder as data") << QStringList{"run", "model", "--data", "model"};
        QTest::newRow("a FIFO as recipe")
            << QStringList{"run", "model", "--data", "data.tsv", "--recipe", "/dev/zero"};
    }
    void missingFilesAreTold()
    {
        QFETCH(QStringList, arguments);
        const test::Finished finished = test::runProgram(arguments, m_folder.filePath("good"));
        QVERIFY(finished.inTime);
        QVERIFY2(finished.code == 1, finished.errors);
        QVERIFY2(errorLines(finished).size() == 1, finished.errors);
        QVERIFY(!QFileInfo::exists(m_folder.filePath("good/out")) ||
                !QFileInfo::exists(m_folder.filePath("good/out/config.json")));
    }

private:
    /// The command that reads the part.
    static test::Finished run(const QString &folder, Part part)
    {
        switch (part) {
        case Part::Config:
        case Part::Weights:
            return test::runProgram({"inspect", "model", "--json"}, folder);
        case Part::Vocabulary:
        case Part::TokenizerConfig:
            return test::runProgram({"tokenize", "model", "small big"}, folder);
        case Part::Data:
        case Part::Recipe:
            return test::runProgram({"run", "model", "--data", "data.tsv", "--recipe",
                                     "recipe.json", "--json", "--threads", "1"},
                                    folder);
        case Part::Project:
            break;
        }
        return test::runProgram({"runs", "broken.pare"}, folder);
    }

    QTemporaryDir m_folder;
    long m_usualKilobytes = 0;
};

QTEST_GUILESS_MAIN(TestBrokenInputs)
#include "tst_brokeninputs.moc"

#include "tests/core/evaluation/tinynetwork.h"

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/evaluation/encode.h"
#include "core/evaluation/predictions.h"
#include "core/text/dataset.h"
#include "core/text/wordpiecetokenizer.h"

#include <QTemporaryDir>
#include <QTest>

#include <charconv>
#include <clocale>
#include <sstream>

using namespace pare;

namespace {

const std::vector<std::string> labels{"noun.animal", "noun.plant"};

std::vector<std::string> split(const std::string &text, char separator)
{
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, separator);)
        parts.push_back(part);
    return parts;
}

template <class Work>
std::string errorOf(const Work &work)
{
    try {
        work();
    } catch (const Error &error) {
        return error.what();
    }
    return "no error";
}

} // namespace

class TestEncode : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        writeFile(path("vocab.txt"), "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\nfern\ncat\n##s\n");
        writeFile(path("tokenizer_config.json"), R"({"model_max_length": 6})");
    }

    void texts()
    {
        writeFile(path("data.tsv"),
                  "label\ttext\nnoun.animal\ta cat\nnoun.plant\tferns a a a a\nnoun.animal\tdog\n");
        const EncodedData data = encode("data.tsv");
        QCOMPARE(data.size(), std::int64_t(3));
        QCOMPARE(data.labels, (std::vector<std::int64_t>{0, 1, 0}));
        QCOMPARE(data.labelNames, labels);
        QCOMPARE(data.truncated, std::int64_t(1));
        QCOMPARE(data.sequences[0].ids, (std::vector<std::int64_t>{2, 5, 7, 3}));
        QCOMPARE(data.sequences[0].types, (std::vector<std::int64_t>{0, 0, 0, 0}));
        QCOMPARE(data.sequences[1].ids, (std::vector<std::int64_t>{2, 6, 8, 5, 5, 3}));
        QCOMPARE(data.sequences[2].ids, (std::vector<std::int64_t>{2, 1, 3}));
    }

    void pairs()
    {
        writeFile(path("data.tsv"), "text_a\ttext_b\tlabel\ncat\tfern\tnoun.plant\n");
        const EncodedData data = encode("data.tsv");
        QCOMPARE(data.sequences[0].ids, (std::vector<std::int64_t>{2, 7, 3, 6, 3}));
        QCOMPARE(data.sequences[0].types, (std::vector<std::int64_t>{0, 0, 0, 1, 1}));
    }

    void labelsFollowTheModel()
    {
        writeFile(path("data.tsv"), "text\tlabel\na\tnoun.plant\n");
        const Dataset dataset = Dataset::read(path("data.tsv"));
        const auto tokenizer = WordPieceTokenizer::open(folder());
        const EncodedData data = encoded(
            dataset, tokenizer, {{"noun.plant", "noun.animal"}, "data.tsv"}, silentProgress());
        QCOMPARE(data.labels.front(), std::int64_t(0));
    }

    void refusals_data()
    {
        QTest::addColumn<std::string>("content");
        QTest::addColumn<std::string>("message");
        QTest::newRow("unknown label")
            << std::string("text\tlabel\na\tnoun.plant\ncat\tnoun.Animal\n")
            << std::string("data.tsv: line 3: the model does not know the label \"noun.Animal\"; "
                           "expected one of: noun.animal, noun.plant");
        QTest::newRow("scores") << std::string("text\tscore\na\t1.5\n")
                                << std::string(
                                       "data.tsv: needs a column \"label\" to be measured against");
    }

    void refusals()
    {
        QFETCH(std::string, content);
        QFETCH(std::string, message);
        writeFile(path("data.tsv"), content);
        QCOMPARE(errorOf([&] { encode("data.tsv"); }), message);
    }

    void noExamples()
    {
        const auto tokenizer = WordPieceTokenizer::open(folder());
        QCOMPARE(errorOf([&] {
                     encoded(Dataset(), tokenizer, {labels, "data.tsv"}, silentProgress());
                 }),
                 std::string("data.tsv: holds no examples"));
    }

    void manyLabelsAreCutShort()
    {
        writeFile(path("data.tsv"), "text\tlabel\na\tz\n");
        std::vector<std::string> many;
        for (int i = 0; i < 150; ++i)
            many.push_back(fmt::format("class{}", i));
        const Dataset dataset = Dataset::read(path("data.tsv"));
        const auto tokenizer = WordPieceTokenizer::open(folder());
        const std::string message = errorOf([&] {
            encoded(dataset, tokenizer, {many, "data.tsv"}, silentProgress());
        });
        QVERIFY(message.ends_with("class18, class19, …"));
    }

    void predictions_data()
    {
        QTest::addColumn<QByteArray>("locale");
        QTest::newRow("C") << QByteArray("C");
        QTest::newRow("German") << QByteArray("de_DE.UTF-8");
    }

    void predictions()
    {
        QFETCH(QByteArray, locale);
        const std::string before = std::setlocale(LC_ALL, nullptr);
        std::setlocale(
            LC_ALL, locale.constData()); // where it is not installed, this is the first row again
        EncodedData data = tinyData(3, [](std::size_t i) { return static_cast<std::int64_t>(i); });
        const at::Tensor logits = at::empty({3, 3}, at::kFloat);
        const std::vector<float> values{0.1f,        1.0f / 3, -2e-9f, 16777217.0f, 1e30f,
                                        -1234.5678f, 0,        -0.0f,  3.14159274f};
        std::copy(values.begin(), values.end(), logits.data_ptr<float>());
        writePredictions(path("out.tsv"), data, logits, at::zeros({3, 3}, at::kFloat));
        std::setlocale(LC_ALL, before.c_str());

        const auto lines = split(readFile(path("out.tsv")), '\n');
        QCOMPARE(lines.size(), std::size_t(4));
        QCOMPARE(lines[0], std::string("example\tlabel\tpredicted\tbaseline\tlogits"));
        QCOMPARE(lines[1],
                 std::string("0\tcold\tmild\tcold\t0.100000001,0.333333343,-1.99999994e-09"));
        std::vector<float> read;
        for (std::size_t i = 1; i < lines.size(); ++i) {
            const auto fields = split(lines[i], '\t');
            QCOMPARE(fields.size(), std::size_t(5));
            for (const std::string &number : split(fields[4], ',')) {
                float value = 0;
                std::from_chars(number.data(), number.data() + number.size(), value);
                read.push_back(value);
            }
        }
        QCOMPARE(read, values);
    }

    void predictionsNeedPlainLabels()
    {
        EncodedData data = tinyData(1, [](std::size_t) { return 0; });
        data.labelNames[2] = "a\tb";
        const at::Tensor logits = at::zeros({1, 3}, at::kFloat);
        QVERIFY_EXCEPTION_THROWN(writePredictions(path("out.tsv"), data, logits, logits), Error);
        QVERIFY(!std::filesystem::exists(path("out.tsv")));
    }

    void predictionsNowhere()
    {
        const EncodedData data = tinyData(1, [](std::size_t) { return 0; });
        const at::Tensor logits = at::zeros({1, 3}, at::kFloat);
        QVERIFY_EXCEPTION_THROWN(
            writePredictions(path("no/such/folder/out.tsv"), data, logits, logits), Error);
    }

private:
    std::filesystem::path folder() const { return m_folder->path().toStdString(); }
    std::filesystem::path path(const char *name) const { return folder() / name; }

    EncodedData encode(const char *name) const
    {
        return encoded(Dataset::read(path(name)), WordPieceTokenizer::open(folder()),
                       {labels, name}, silentProgress());
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestEncode)
#include "tst_encode.moc"

// What a teacher says of the texts: the same from memory, from a file and worked out each time; in the
// student's order; and made again where the file is broken.
#include "tests/core/training/toytask.h"

#include "core/base/files.h"
#include "core/training/distill/teacherstates.h"

#include <ATen/ops/allclose.h>

#include <QTemporaryDir>
#include <QtTest>

using namespace pare;
namespace fs = std::filesystem;

namespace {

void compareAnswers(const TeacherAnswers &a, const TeacherAnswers &b, double tolerance)
{
    const auto close = [&](const at::Tensor &one, const at::Tensor &other) {
        return one.defined() && other.defined() && one.sizes() == other.sizes() &&
               at::allclose(one, other, tolerance, tolerance);
    };
    QVERIFY(close(a.logits, b.logits));
    QCOMPARE(a.firsts.size(), b.firsts.size());
    for (std::size_t i = 0; i < a.firsts.size(); ++i)
        QVERIFY(close(a.firsts[i], b.firsts[i]));
    QCOMPARE(a.trace.blocks.size(), b.trace.blocks.size());
    for (std::size_t i = 0; i < a.trace.blocks.size(); ++i) {
        QVERIFY(close(a.trace.blocks[i].hidden, b.trace.blocks[i].hidden));
        QVERIFY(close(a.trace.blocks[i].queryKeyValue, b.trace.blocks[i].queryKeyValue));
    }
    if (!a.trace.blocks.empty())
        QVERIFY(close(a.trace.embedding, b.trace.embedding));
}

} // namespace

class TeacherStatesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void keptAnswersAreEqual_data();
    void keptAnswersAreEqual();
    void answersKeepTheStudentsOrder_data();
    void answersKeepTheStudentsOrder();
    void brokenCacheIsMadeAgain();

private:
    NetworkSpecification m_teacher;
    ModelWeights m_weights; ///< drawn, not taught
    std::vector<Sequence> m_text;
};

void TeacherStatesTest::initTestCase()
{
    m_teacher = test::toySpecification({.blocks = 4});
    m_weights = TrainableNetwork(m_teacher, {}, 1).weights();
    m_text = test::toySet(160, 3).sequences;
}

void TeacherStatesTest::keptAnswersAreEqual_data()
{
    QTest::addColumn<int>("wants");
    QTest::newRow("logits") << static_cast<int>(TeacherWants::Logits);
    QTest::newRow("first tokens") << static_cast<int>(TeacherWants::Firsts);
    QTest::newRow("everything") << static_cast<int>(TeacherWants::Trace);
}

/// In a file, in memory, worked out each time; of batches other than those they were made in.
void TeacherStatesTest::keptAnswersAreEqual()
{
    QFETCH(int, wants);
    const QTemporaryDir folder;
    TrainableNetwork teacher(m_teacher, m_weights, 1);
    teacher.freeze();
    TeacherStatesOptions options{.wants = static_cast<TeacherWants>(wants), .batchTokens = 90};
    const auto prepared = [&](const TeacherStatesOptions &chosen) {
        TeacherStates states(teacher, m_text, chosen);
        states.prepare(silentProgress());
        return states;
    };
    const TeacherStates inMemory = prepared(options);
    options.folder = fs::path(folder.path().toStdString()) / "teachers";
    options.identity = "toy";
    const TeacherStates inFile = prepared(options);
    QVERIFY(fs::exists(options.folder / "toy.safetensors"));
    const TeacherStates readAgain = prepared(options);
    options.limit = 1000;
    const TeacherStates notKept = prepared(options);
    QVERIFY(inMemory.areKept() && inFile.areKept() && !notKept.areKept());
    const std::vector<std::size_t> chosen{17, 3, 150, 42, 8, 99, 0};
    const PackedBatch batch = packed(m_text, chosen);
    const TeacherAnswers answers = inMemory.answers(batch, {});
    QCOMPARE(answers.logits.size(0), 7);
    QCOMPARE(answers.firsts.empty(), options.wants == TeacherWants::Logits);
    QCOMPARE(answers.trace.blocks.empty(), options.wants != TeacherWants::Trace);
    compareAnswers(inFile.answers(batch, {}), answers, 0);
    compareAnswers(readAgain.answers(batch, {}), answers, 0);
    TeacherAnswers worked = notKept.answers(batch, {});
    if (answers.firsts.empty())
        worked.firsts.clear();
    if (answers.trace.blocks.empty())
        worked.trace = {};
    compareAnswers(worked, answers, 1e-5);
}

/// Of a student that reads the same texts by other tokens, and so sorts them otherwise.
void TeacherStatesTest::answersKeepTheStudentsOrder_data()
{
    QTest::addColumn<quint64>("limit");
    QTest::newRow("kept") << quint64{512u << 20};
    QTest::newRow("worked out each time") << quint64{0};
}

void TeacherStatesTest::answersKeepTheStudentsOrder()
{
    QFETCH(quint64, limit);
    TrainableNetwork teacher(m_teacher, m_weights, 1);
    teacher.freeze();
    const std::vector<Sequence> texts{m_text[0], m_text[1], m_text[2]};
    std::vector<Sequence> others = texts; // one token more in each than in the next
    for (std::size_t i = 0; i < others.size(); ++i) {
        others[i].ids.resize(4 - i, texts[i].ids.front());
        others[i].types.resize(4 - i, 0);
    }
    TeacherStates states(teacher, texts, {.wants = TeacherWants::Firsts, .limit = limit});
    states.prepare(silentProgress());
    const PackedBatch batch = packed(others);
    QVERIFY(batch.order == (std::vector<std::size_t>{2, 1, 0}));
    const TeacherAnswers answers = states.answers(batch, {});
    for (std::size_t i = 0; i < texts.size(); ++i) {
        const std::vector<std::size_t> one{i};
        TeacherStates alone(teacher, texts, {.wants = TeacherWants::Firsts, .limit = 0});
        const TeacherAnswers expected = alone.answers(packed(texts, one), {});
        const auto row = static_cast<std::int64_t>(2 - i);
        QVERIFY(answers.logits[row].allclose(expected.logits[0], 1e-4, 1e-5));
        QVERIFY(answers.firsts[1][row].allclose(expected.firsts[1][0], 1e-4, 1e-5));
    }
}

void TeacherStatesTest::brokenCacheIsMadeAgain()
{
    const QTemporaryDir folder;
    TrainableNetwork teacher(m_teacher, m_weights, 1);
    teacher.freeze();
    const TeacherStatesOptions options{
        .wants = TeacherWants::Firsts, .folder = folder.path().toStdString(), .identity = "toy"};
    const fs::path file = options.folder / "toy.safetensors";
    const PackedBatch batch = packed(m_text);
    TeacherStates states(teacher, m_text, options);
    states.prepare(silentProgress());
    const TeacherAnswers answers = states.answers(batch, {});
    const std::string whole = readFile(file);
    for (const std::string &broken :
         {std::string(), whole.substr(0, whole.size() / 2), std::string(1000, 'x')}) {
        fs::remove(file); // the states above go on with the file as it was
        writeFile(file, broken);
        TeacherStates again(teacher, m_text, options);
        again.prepare(silentProgress());
        compareAnswers(again.answers(batch, {}), answers, 0);
        QVERIFY(readFile(file) == whole);
    }
    // Fewer texts under the same name are other answers.
    const std::span<const Sequence> fewer(m_text.data(), 20);
    TeacherStates other(teacher, fewer, options);
    other.prepare(silentProgress());
    QCOMPARE(other.answers(packed(fewer), {}).logits.size(0), 20);
}

QTEST_GUILESS_MAIN(TeacherStatesTest)
#include "tst_teacherstates.moc"

// What a project keeps of answers, and what it makes of damaged ones.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/project/database.h"
#include "core/project/project.h"
#include "tests/core/project/examples.h"

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Statement.h>

#include <cmath>
#include <optional>

using namespace pare;
namespace fs = std::filesystem;

namespace {

ModelAnswers answersOf(std::uint64_t seed, std::size_t examples)
{
    Random random(seed);
    ModelAnswers answers;
    for (std::size_t i = 0; i < examples; ++i) {
        answers.predicted.push_back(static_cast<std::int32_t>(random.below(3)));
        for (int label = 0; label < 3; ++label)
            answers.logits.push_back(static_cast<float>(random.uniform() * 20 - 10));
    }
    return answers;
}

RunAnswers example(std::uint64_t seed = 1, std::size_t examples = 50)
{
    RunAnswers answers;
    answers.data = {"ff00", {"tier", "Öl", "a\"b"}, {}};
    for (std::size_t i = 0; i < examples; ++i)
        answers.data.gold.push_back(static_cast<std::int32_t>(i % 3));
    answers.run = answersOf(seed, examples);
    answers.original = answersOf(99, examples);
    return answers;
}

} // namespace

class TestAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        m_path = fs::path(m_folder->path().toStdString()) / "p.pare";
    }

    void theyComeBack()
    {
        RunAnswers given = example();
        given.run.logits[0] = 1e6f; // stays finite
        {
            Project project = Project::create(m_path);
            QVERIFY(project.appendRun(examples::run("a"), given));
            QVERIFY(project.appendRun(examples::run("b")));
        }
        const Project project = Project::open(m_path, Access::ReadOnly);
        const auto found = project.answersOf("a");
        QVERIFY(found);
        QVERIFY(found->data == given.data);
        QVERIFY(found->run.predicted == given.run.predicted);
        QVERIFY(found->original.predicted == given.original.predicted);
        QCOMPARE(found->run.logits.size(), given.run.logits.size());
        QCOMPARE(found->run.logits[0], 65504.0f);
        for (std::size_t i = 1; i < given.run.logits.size(); ++i) {
            const float expected = given.run.logits[i];
            QVERIFY(std::abs(found->run.logits[i] - expected) <= std::abs(expected) / 2048);
        }
        QVERIFY(!project.answersOf("b"));
        QVERIFY(!project.answersOf("c"));
    }

    void whatIsCommonIsStoredOnce()
    {
        Project project = Project::create(m_path);
        for (std::uint64_t i = 0; i < 5; ++i)
            project.appendRun(examples::run("run" + std::to_string(i)), example(i));
        QCOMPARE(count("answers"), 5);
        QCOMPARE(count("answered_data"), 1);
        QCOMPARE(count("original_answers"), 1);
        // The same model computed in another way answers a little otherwise: both are true.
        RunAnswers other = example(7);
        other.original.logits[3] += 1;
        project.appendRun(examples::run("other"), other);
        QCOMPARE(count("original_answers"), 2);
        QVERIFY(project.answersOf("other")->original != project.answersOf("run0")->original);
        // Another model may number the classes otherwise.
        RunAnswers renamed = example(8);
        std::swap(renamed.data.labelNames[0], renamed.data.labelNames[1]);
        project.appendRun(examples::run("renamed"), renamed);
        QCOMPARE(count("answered_data"), 2);
        QVERIFY(project.answersOf("renamed")->data == renamed.data);
    }

    void aRunThatIsThereKeepsItsAnswers()
    {
        Project project = Project::create(m_path);
        project.appendRun(examples::run("a"), example(1));
        QVERIFY(!project.appendRun(examples::run("a"), example(2)));
        QVERIFY(project.answersOf("a")->run.predicted == example(1).run.predicted);
    }

    void allOrNothing()
    {
        Project project = Project::create(m_path);
        {
            SQLite::Database database = connected(m_path, Connection::ReadWrite);
            database.exec("DROP TABLE answers");
        }
        QVERIFY_EXCEPTION_THROWN(project.appendRun(examples::run("a"), example()), Error);
        QVERIFY(!project.hasRun("a"));
        QCOMPARE(count("original_answers"), 0);
    }

    void tooLongOnesAreLeftOut()
    {
        Project project = Project::create(m_path);
        QVERIFY(project.appendRun(examples::run("a"), example(1, 4'000'000)));
        QVERIFY(project.hasRun("a"));
        QVERIFY(!project.answersOf("a"));
    }

    /// A run of an earlier version has no answers, and is compared no more; it stays.
    void earlierVersionsAreBroughtUpToDate()
    {
        {
            Project project = Project::create(m_path, currentSchema().first(2));
            SQLite::Database database = connected(m_path, Connection::ReadOnly);
            QCOMPARE(schemaVersion(database), std::int64_t(2));
            QVERIFY(project.appendRun(examples::run("old")));
        }
        Project project = Project::open(m_path, Access::ReadWrite);
        QVERIFY(project.hasRun("old"));
        QVERIFY(!project.answersOf("old"));
        QVERIFY(project.appendRun(examples::run("new"), example()));
        QVERIFY(project.answersOf("new"));
    }

    void damagedOnesAreRefused_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const QString &sql, const QString &says) {
            QTest::newRow(name) << sql << says;
        };
        row("half a class", "UPDATE answers SET predicted = x'0000'", "half a class");
        row("fewer answers", "UPDATE answers SET predicted = x'00000000'",
            "1 answers to 50 examples");
        row("unknown class",
            "UPDATE answered_data SET gold = x'03000000'", "class 3 of 3");
        row("negative class", "UPDATE answered_data SET gold = x'ffffffff'",
            "class 4294967295 of 3");
        row("no examples", "UPDATE answered_data SET gold = x''", "no examples");
        row("short logits", "UPDATE original_answers SET logits = x'00'", "300 expected");
        row("long logits", "UPDATE answers SET logits = zeroblob(302)", "300 expected");
        row("infinite", "UPDATE answers SET logits = CAST(x'007c' || zeroblob(298) AS BLOB)",
            "no number");
        row("labels", "UPDATE answered_data SET labels = '[1,2]'", "damaged");
        row("no labels", "UPDATE answered_data SET labels = '[]'", "class 0 of 0");
        row("text", "UPDATE answered_data SET labels = 'x'", "damaged");
    }

    void damagedOnesAreRefused()
    {
        QFETCH(QString, sql);
        QFETCH(QString, says);
        Project::create(m_path).appendRun(examples::run("a"), example());
        connected(m_path, Connection::ReadWrite).exec(sql.toStdString());
        const Project project = Project::open(m_path, Access::ReadOnly);
        QVERIFY(project.findRun("a"));
        try {
            project.answersOf("a");
            QFAIL("was accepted");
        } catch (const Error &error) {
            QCOMPARE(error.kind(), ErrorKind::InvalidFile);
            const QString text = error.what();
            QVERIFY2(text.contains(says), qPrintable(text));
            QVERIFY2(text.startsWith(QString::fromStdString(m_path.string())), qPrintable(text));
        }
    }

private:
    int count(const std::string &table) const
    {
        SQLite::Database database = connected(m_path, Connection::ReadOnly);
        return database.execAndGet("SELECT count(*) FROM " + table).getInt();
    }

    std::optional<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestAnswers)
#include "tst_answers.moc"

#include "core/base/error.h"
#include "core/project/database.h"
#include "core/project/project.h"
#include "core/project/runpoints.h"
#include "tests/core/project/examples.h"

#include <QTemporaryDir>
#include <QTest>

#include <SQLiteCpp/Statement.h>

#include <cmath>
#include <fstream>
#include <limits>
#include <optional>

#include <sys/stat.h>

using namespace pare;
namespace fs = std::filesystem;

namespace {

template <class Function>
std::optional<Error> errorOf(Function &&function)
{
    try {
        function();
    } catch (const Error &error) {
        return error;
    }
    return std::nullopt;
}

int bitsOf(const Choices &choices)
{
    return choices.steps.empty() ? 0 : std::stoi(choices.steps.front().step.settings.at("bits"));
}

} // namespace

class TestProject : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        m_path = fs::path(m_folder->path().toStdString()) / "Äpfel 서울.pare";
    }

    void aNewProjectIsEmptyAndComplete()
    {
        const Project project = Project::create(m_path);
        QCOMPARE(project.path(), m_path);
        QCOMPARE(project.access(), Access::ReadWrite);
        QVERIFY(project.currentChoices() == Choices{});
        QVERIFY(!project.canUndo());
        QVERIFY(!project.canRedo());
        QVERIFY(project.runs().empty());
        QVERIFY(project.runNotes().empty());
        QStringList entries = QDir(m_folder->path()).entryList(QDir::Files);
        QCOMPARE(entries,
                 (QStringList{"Äpfel 서울.pare", "Äpfel 서울.pare.lock"})); // nothing temporary
    }

    void theFileSaysWhatItIs()
    {
        Project::create(m_path);
        std::ifstream file(m_path, std::ios::binary);
        std::string header(100, '\0');
        file.read(header.data(), 100);
        QCOMPARE(header.substr(0, 15), std::string("SQLite format 3"));
        QCOMPARE(header.substr(68, 4), std::string("PARE"));
        QCOMPARE(int(header[18]), 1); // rollback journal, not WAL
        QCOMPARE(int(header[63]), static_cast<int>(currentSchema().size())); // user_version
    }

    void everyTableAndColumnIsCommented()
    {
        Project::create(m_path);
        SQLite::Database database = connected(m_path, Connection::ReadOnly);
        SQLite::Statement tables(database,
                                 "SELECT name, sql FROM sqlite_schema WHERE type = 'table'");
        int count = 0;
        while (tables.executeStep()) {
            ++count;
            const QString sql = QString::fromStdString(tables.getColumn(1).getString());
            QVERIFY2(sql.endsWith(") STRICT"), qPrintable(sql));
            QVERIFY2(sql.contains("(\n    -- "), qPrintable(sql));
            for (const QString &line : sql.split('\n')) {
                const bool column = line.startsWith("    ") && !line.trimmed().startsWith("--");
                const bool plain =
                    line.contains(" id INTEGER PRIMARY KEY") || line.contains(" REFERENCES runs") ||
                    line.contains("NOT NULL REFERENCES files") || line.contains("note TEXT");
                QVERIFY2(!column || plain || line.contains("-- "), qPrintable(line));
                const bool added = line.startsWith(", "); // by a later version
                QVERIFY2(!added || line.contains("/* "), qPrintable(line));
            }
        }
        QCOMPARE(count, 10);
    }

    void createRefusesWhatIsThere()
    {
        Project::create(m_path);
        const auto error = errorOf([&] { Project::create(m_path); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Io);
        QVERIFY(QString(error->what()).contains("there is such a file already"));
        const auto folder =
            errorOf([&] { Project::create(m_path.parent_path() / "none" / "x.pare"); });
        QVERIFY(folder);
        QVERIFY(QString(folder->what()).contains("the folder does not exist"));
    }

    void choicesSurvive()
    {
        Choices choices = examples::choices(4);
        choices.calibrationPath = "/data/train.tsv";
        choices.calibrationExamples = 64;
        {
            Project project = Project::create(m_path);
            QVERIFY(project.appendRevision(choices));
            QVERIFY(!project.appendRevision(choices)); // nothing changed
            QVERIFY(project.currentChoices() == choices);
        }
        const Project project = Project::open(m_path, Access::ReadWrite);
        QVERIFY(project.currentChoices() == choices);
        QCOMPARE(project.currentChoices().recipe().steps.size(), std::size_t(1));
        QVERIFY(!project.canUndo());
    }

    void undoAndRedoSurvive()
    {
        {
            Project project = Project::create(m_path);
            for (const int bits : {8, 6, 4})
                project.appendRevision(examples::choices(bits));
            QCOMPARE(bitsOf(project.undo()), 6);
            QCOMPARE(bitsOf(project.undo()), 8);
            QVERIFY(!project.canUndo());
            QVERIFY(errorOf([&] { project.undo(); }));
        }
        Project project = Project::open(m_path, Access::ReadWrite);
        QCOMPARE(bitsOf(project.currentChoices()), 8);
        QVERIFY(project.canRedo());
        QCOMPARE(bitsOf(project.redo()), 6);
        QCOMPARE(bitsOf(project.redo()), 4);
        QVERIFY(!project.canRedo());
        QCOMPARE(errorOf([&] { project.redo(); })->kind(), ErrorKind::InvalidSetting);
        QCOMPARE(bitsOf(project.currentChoices()), 4);
    }

    void modelsAreThoseOnTheWayHere()
    {
        Project project = Project::create(m_path);
        QVERIFY(project.models().empty());
        const auto choose = [&](const std::string &model) {
            Choices choices = examples::choices(4);
            choices.modelPath = model;
            project.appendRevision(choices);
        };
        for (const char *model : {"/models/a", "/models/b", "/models/a", "/models/mistaken"})
            choose(model);
        using Paths = std::vector<std::string>;
        QVERIFY(project.models() == (Paths{"/models/a", "/models/b", "/models/mistaken"}));
        project.undo();
        QVERIFY(project.models() == (Paths{"/models/a", "/models/b"}));
        choose("/models/c"); // what was undone is on no way any more
        QVERIFY(project.models() == (Paths{"/models/a", "/models/b", "/models/c"}));
    }

    void aChangeAfterUndoBranches()
    {
        {
            Project project = Project::create(m_path);
            for (const int bits : {8, 6, 4})
                project.appendRevision(examples::choices(bits));
            project.undo();
            project.undo();
            project.appendRevision(examples::choices(3));
            QVERIFY(!project.canRedo());
            project.appendRevision(examples::choices(2));
        }
        Project project = Project::open(m_path, Access::ReadWrite);
        QCOMPARE(bitsOf(project.undo()), 3);
        QCOMPARE(bitsOf(project.undo()), 8);
        QCOMPARE(bitsOf(project.redo()), 3); // the newer branch
        QCOMPARE(bitsOf(project.redo()), 2);
        SQLite::Database database = connected(m_path, Connection::ReadOnly);
        QCOMPARE(database.execAndGet("SELECT count(*) FROM revisions").getInt(),
                 5); // the old one stays
    }

    void runsSurvive()
    {
        {
            Project project = Project::create(m_path);
            QVERIFY(!project.hasRun("b0"));
            QVERIFY(project.appendRun(examples::run("b0")));
            QVERIFY(project.appendRun(examples::run("a1")));
            QVERIFY(project.hasRun("b0"));
        }
        const Project project = Project::open(m_path, Access::ReadOnly);
        const std::vector<Run> runs = project.runs();
        QCOMPARE(runs.size(), std::size_t(2));
        QVERIFY(runs[0] == examples::run("b0"));
        QVERIFY(runs[1] == examples::run("a1"));
    }

    void theFirstOfTwoEqualRunsStays()
    {
        Project project = Project::create(m_path);
        QVERIFY(project.appendRun(examples::run("b0")));
        Run again = examples::run("b0");
        again.measured.bytes = 1;
        QVERIFY(!project.appendRun(again));
        QCOMPARE(project.runs().size(), std::size_t(1));
        QVERIFY(project.findRun("b0") == examples::run("b0"));
    }

    void runsAreFoundByTheirBeginning()
    {
        Project project = Project::create(m_path);
        for (const char *id : {"abc1", "abc12", "abd", "a_d", "%"})
            project.appendRun(examples::run(id));
        const auto idOf = [&](std::string_view text) {
            const auto run = project.findRun(text);
            return run ? run->id : std::string();
        };
        QCOMPARE(idOf("abd"), std::string("abd"));
        QCOMPARE(idOf("abc1"), std::string("abc1")); // whole, though it also begins another
        QCOMPARE(idOf("abc12"), std::string("abc12"));
        QCOMPARE(idOf("a_"), std::string("a_d"));
        QCOMPARE(idOf("%"), std::string("%"));
        QCOMPARE(idOf("x"), std::string());
        QCOMPARE(idOf(""), std::string());
        const auto error = errorOf([&] { project.findRun("abc"); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::InvalidSetting);
        QVERIFY(QString(error->what()).contains("more than one"));
    }

    void whatIsNotANumberComesBack()
    {
        Project project = Project::create(m_path);
        Run run = examples::run("b0");
        run.primaryMetric = "perplexity";
        run.measured.metrics["perplexity"] = {std::numeric_limits<double>::infinity(), NAN, NAN,
                                              10};
        run.layers[0].weightError = NAN;
        QVERIFY(project.appendRun(run));
        const Run stored = project.runs().at(0);
        QVERIFY(!std::isfinite(stored.measured.metrics.at("perplexity").value));
        QVERIFY(std::isnan(stored.layers[0].weightError));
    }

    void notesAreSeparate()
    {
        const RunNote note{"größer als gedacht", {"gut", "서울"}, true};
        {
            Project project = Project::create(m_path);
            project.appendRun(examples::run("b0"));
            project.setRunNotes({{"b0", {"first", {}, false}}});
            project.setRunNotes({{"b0", note}});
            const auto error = errorOf([&] { project.setRunNotes({{"none", note}}); });
            QVERIFY(error && error->kind() == ErrorKind::InvalidSetting);
            QVERIFY(errorOf([&] { project.setRunNotes({{"b0", {"\xff", {}, false}}}); }));
            QVERIFY(errorOf([&] { project.setRunNotes({{"b0", {"", {"\xff"}, false}}}); }));
        }
        const Project project = Project::open(m_path, Access::ReadOnly);
        QCOMPARE(project.runNotes().size(), std::size_t(1));
        QVERIFY(project.runNotes().at("b0") == note);
        QVERIFY(project.runs().at(0) == examples::run("b0"));
    }

    void exportsSurvive()
    {
        KeptExport measured = examples::kept("a", "/out/model.gguf");
        KeptExport failed = examples::kept("", "/half/model.gguf"); // of weights nobody measured
        failed.record.parity->failure = "layer classifier: the weight has other values";
        {
            Project project = Project::create(m_path);
            QVERIFY(project.exports().empty());
            project.appendRun(examples::run("a"));
            KeptExport withRun = measured;
            withRun.record.run = examples::run("a"); // which is there already
            project.appendExport(withRun);
            project.appendExport(failed);
            const auto refused =
                errorOf([&] { project.appendExport(examples::kept("b", "/out/model.gguf")); });
            QVERIFY(refused && refused->kind() == ErrorKind::InvalidSetting);
        }
        const Project project = Project::open(m_path, Access::ReadOnly);
        QVERIFY(project.exports() == std::vector({measured, failed}));
        SQLite::Database database = connected(m_path, Connection::ReadOnly);
        QCOMPARE(database.execAndGet("SELECT group_concat(passed) FROM exports").getString(),
                 std::string("1,0"));
    }

    /// What was written over is there no longer.
    void onlyTheLastOfEachFileCounts()
    {
        const KeptExport first = examples::kept("a", "/out/model.gguf");
        const KeptExport other = examples::kept("a", "/half/model.gguf");
        KeptExport again = examples::kept("b", "/out/model.gguf");
        QVERIFY(lastOfEachFile({first, other, again}) == std::vector({other, again}));
        const Run run = examples::run("a");
        QVERIFY(holds(first, run) && !holds(again, run));
        again.run.clear(); // the same weights, before they were measured
        QVERIFY(holds(again, run));
        again.record.weightHash = "ef01";
        QVERIFY(!holds(again, run));
    }

    void pinsAndColoursAreKeptAndUndone()
    {
        RunNote pinned;
        pinned.pinned = true;
        RunNote coloured = pinned;
        coloured.colour = "#0072b2";
        {
            Project project = Project::create(m_path);
            project.appendRun(examples::run("b0"));
            QVERIFY(project.setRunNotes({{"b0", pinned}}));
            QVERIFY(project.setRunNotes({{"b0", coloured}}));
        }
        Project project = Project::open(m_path, Access::ReadWrite);
        QVERIFY(project.runNotes().at("b0") == coloured);
        project.undo();
        QVERIFY(project.runNotes().at("b0") == pinned);
        project.undo();
        QVERIFY(project.runNotes().empty());
        project.redo();
        project.redo();
        QVERIFY(project.runNotes().at("b0") == coloured);
    }

    void pointsAreReadWhileTheProjectIsClosed()
    {
        QVERIFY(errorOf([&] { runPoints(m_path); }));
        Project project = Project::create(m_path);
        QVERIFY(runPoints(m_path).empty());
        Run first = examples::run("b0");
        Run second = examples::run("b1");
        Run unknown = examples::run("b2");
        unknown.measured.metrics.clear();
        project.appendRun(first);
        project.appendRun(second);
        project.appendRun(unknown);
        const auto pointOf = [](const Run &run) {
            return RunPoint{static_cast<double>(run.measured.bytes),
                            run.measured.metrics.at(run.primaryMetric).value};
        };
        QCOMPARE(runPoints(m_path), (std::vector<RunPoint>{pointOf(second), pointOf(first)}));
        project.setRunNotes({{"b1", {"", {}, true}}});
        QCOMPARE(runPoints(m_path), std::vector<RunPoint>{pointOf(first)});
        Run other = examples::run("b3");
        other.dataPath += ".other";
        project.appendRun(other);
        QCOMPARE(runPoints(m_path), std::vector<RunPoint>{pointOf(other)});
    }

    void whatIsSaidOfRunsIsUndone()
    {
        const RunNote said{"small", {"paper"}, false};
        const RunNote deleted{"small", {"paper"}, true};
        {
            Project project = Project::create(m_path);
            project.appendRun(examples::run("b0"));
            project.appendRun(examples::run("b1"));
            project.appendRevision(examples::choices(4));
            QVERIFY(project.setRunNotes({{"b0", said}}));
            QVERIFY(!project.setRunNotes({{"b0", said}})); // said already
            QVERIFY(project.setRunNotes({{"b0", deleted}, {"b1", {"", {}, true}}}));
        }
        Project project = Project::open(m_path, Access::ReadWrite); // undo goes on
        QCOMPARE(project.notesToUndo().size(), std::size_t(2));
        QVERIFY((project.notesToUndo().at("b0") == NoteChange{said, deleted}));
        QVERIFY(project.undo() == examples::choices(4)); // choices stay
        QVERIFY((project.runNotes() == RunNotes{{"b0", said}}));
        QVERIFY(project.notesToRedo().at("b1").after.deleted);
        project.undo();
        QVERIFY(project.runNotes().empty());
        QVERIFY(project.notesToUndo().empty()); // the choice of a recipe comes next
        project.redo();
        project.redo();
        QVERIFY(project.runNotes().at("b0") == deleted);
        QVERIFY(project.runNotes().at("b1").deleted);
        QVERIFY(!project.canRedo());
        project.undo();
        project.appendRevision(examples::choices(8)); // what was undone is not reached any more
        QVERIFY(project.notesToRedo().empty());
        QVERIFY((project.runNotes() == RunNotes{{"b0", said}}));
    }

    void firstNoteOfAProjectIsUndone()
    {
        Project project = Project::create(m_path);
        project.appendRun(examples::run("b0"));
        project.setRunNotes({{"b0", {"first", {}, false}}});
        QVERIFY(project.canUndo());
        project.undo();
        QVERIFY(project.runNotes().empty());
        QVERIFY(!project.canUndo());
    }

    void aNoteOfNoRunChangesNothing()
    {
        Project project = Project::create(m_path);
        project.appendRun(examples::run("b0"));
        QVERIFY(errorOf([&] {
            project.setRunNotes({{"b0", {"kept?", {}, false}}, {"none", {"x", {}, false}}});
        }));
        QVERIFY(project.runNotes().empty());
        QVERIFY(!project.canUndo());
    }

    void whatIsNotUtf8IsRefused()
    {
        Project project = Project::create(m_path);
        Run run = examples::run("b0");
        run.dataPath = "/data/\xff.tsv";
        auto error = errorOf([&] { project.appendRun(run); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidSetting);
        QVERIFY(!project.hasRun("b0"));
        Choices choices = examples::choices(4);
        choices.dataPath = "/data/\xff.tsv";
        error = errorOf([&] { project.appendRevision(choices); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidSetting);
        choices = examples::choices(4);
        choices.steps[0].step.layers = "\xff";
        error = errorOf([&] { project.appendRevision(choices); });
        QVERIFY(error && error->kind() == ErrorKind::InvalidSetting);
        QVERIFY(project.currentChoices() == Choices{});
    }

    void aRunWithoutAnIdIsRefused()
    {
        Project project = Project::create(m_path);
        QVERIFY(errorOf([&] { project.appendRun(examples::run("")); }));
        QVERIFY(project.runs().empty());
    }

    void readOnlyChangesNothing()
    {
        {
            Project project = Project::create(m_path);
            project.appendRun(examples::run("b0"));
            project.appendRevision(examples::choices(8));
            project.appendRevision(examples::choices(4));
        }
        Project project = Project::open(m_path, Access::ReadOnly);
        QVERIFY(project.canUndo());
        const auto changes = std::vector<std::function<void()>>{
            [&] { project.appendRun(examples::run("c")); },
            [&] { project.appendRevision(examples::choices(2)); }, [&] { project.undo(); },
            [&] {
                project.setRunNotes({{"b0", {}}});
            },
            [&] {
                project.setFileIdentity("/x", {1, "h"});
            }};
        for (const auto &change : changes) {
            const auto error = errorOf(change);
            QVERIFY(error && error->kind() == ErrorKind::Io);
            QVERIFY(QString(error->what()).contains("read-only"));
        }
        QCOMPARE(project.runs().size(), std::size_t(1));
    }

    void oneWriterManyReaders()
    {
        Project writer = Project::create(m_path);
        const Project reader = Project::open(m_path, Access::ReadOnly);
        const auto error = errorOf([&] { Project::open(m_path, Access::ReadWrite); });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::Busy);
        QVERIFY(QString(error->what()).contains("close it there"));
        fs::create_symlink(m_path, m_path.parent_path() / "link.pare");
        QVERIFY(
            errorOf([&] { Project::open(m_path.parent_path() / "link.pare", Access::ReadWrite); }));

        writer.appendRun(examples::run("b0"));
        QCOMPARE(reader.runs().size(), std::size_t(1)); // a reader sees what was stored meanwhile
        const Project second = Project::open(m_path, Access::ReadOnly);
        QCOMPARE(second.runs().size(), std::size_t(1));

        {
            const Project gone = std::move(writer);
        }
        const Project next = Project::open(m_path, Access::ReadWrite);
        QCOMPARE(next.access(), Access::ReadWrite);
    }

    void aCopyIsAProjectOfItsOwn()
    {
        Project project = Project::create(m_path);
        project.appendRevision(examples::choices(4));
        project.appendRun(examples::run("b0"));
        const fs::path path = m_path.parent_path() / "copy.pare";
        std::ofstream(path) << "what was there";
        project.copyTo(path);
        Project copy = Project::open(path, Access::ReadWrite);
        QVERIFY(copy.currentChoices() == examples::choices(4));
        QVERIFY(copy.appendRun(examples::run("c1")));
        QCOMPARE(project.runs().size(), std::size_t(1));
        QCOMPARE(errorOf([&] { project.copyTo(path); })->kind(), ErrorKind::Busy);
        QCOMPARE(errorOf([&] { project.copyTo(m_path); })->kind(), ErrorKind::Busy);
        QCOMPARE(errorOf([&] { project.copyTo(m_path.parent_path() / "none" / "x"); })->kind(),
                 ErrorKind::Io);
        QCOMPARE(copy.runs().size(), std::size_t(2));
    }

    void installedDataIsNoPath()
    {
        {
            Project project = Project::create(m_path);
            Choices choices = examples::choices(4);
            choices.dataPath = "wordnet:test";
            project.appendRevision(choices);
            QVERIFY(!project.appendRevision(choices));
            Run run = examples::run("b0");
            run.dataPath = "wordnet:test";
            project.appendRun(run);
            run.id = "b1";
            run.dataPath.clear();
            project.appendRun(run);
        }
        const Project project = Project::open(m_path, Access::ReadOnly);
        QCOMPARE(project.currentChoices().dataPath, std::string("wordnet:test"));
        QCOMPARE(project.runs().at(0).dataPath, std::string("wordnet:test"));
        QCOMPARE(project.runs().at(1).dataPath, std::string());
    }

    void pathsFollowTheProject()
    {
        const fs::path home = m_path.parent_path() / "home";
        fs::create_directories(home / "model");
        std::ofstream(home / "test.tsv") << "text\tlabel\n";
        std::ofstream(m_path.parent_path() / "outside.tsv") << "text\tlabel\n";
        {
            Project project = Project::create(home / "p.pare");
            Choices choices = examples::choices(4);
            choices.modelPath = (home / "model/").string();
            choices.dataPath = (home / "model/../test.tsv").string();
            choices.calibrationPath = (m_path.parent_path() / "outside.tsv").string();
            project.appendRevision(choices);
            QVERIFY(!project.appendRevision(choices));
            Run run = examples::run("b0");
            run.modelPath = choices.modelPath;
            run.dataPath = choices.dataPath;
            project.appendRun(run);
            project.setFileIdentity(choices.dataPath, {11, "beef"});
        }
        {
            SQLite::Database database = connected(home / "p.pare", Connection::ReadOnly);
            QCOMPARE(
                database.execAndGet("SELECT group_concat(relative, ' ') FROM files").getString(),
                std::string("model test.tsv ../outside.tsv"));
        }
        const fs::path moved = m_path.parent_path() / "away" / "home";
        fs::create_directories(moved.parent_path());
        fs::rename(home, moved);
        const Project project = Project::open(moved / "p.pare", Access::ReadOnly);
        const Choices choices = project.currentChoices();
        QCOMPARE(choices.modelPath, (moved / "model").string());
        QCOMPARE(choices.dataPath, (moved / "test.tsv").string());
        QCOMPARE(choices.calibrationPath,
                 (m_path.parent_path() / "outside.tsv").string()); // did not move
        QCOMPARE(project.runs().at(0).dataPath, (moved / "test.tsv").string());
        QVERIFY(project.fileIdentity((moved / "test.tsv").string()) == (FileIdentity{11, "beef"}));
        QVERIFY(!project.fileIdentity((moved / "model").string()));
        QVERIFY(!project.fileIdentity("/nowhere"));
    }

private:
    std::optional<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestProject)
#include "tst_project.moc"

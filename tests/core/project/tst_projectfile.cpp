// Files that are broken, locked, older, newer, or no project at all.
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/project/database.h"
#include "core/project/project.h"
#include "tests/core/project/examples.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/base/random.h"

#include <SQLiteCpp/Statement.h>

#include <array>
#include <fstream>
#include <functional>
#include <optional>

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

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

constexpr int storedRuns = 12;

/// A copy of one that was made once: each run that is stored waits for the disk.
void makeProject(const fs::path &path)
{
    static const std::string content = [] {
        const QTemporaryDir folder;
        const fs::path original = fs::path(folder.path().toStdString()) / "original.pare";
        Project project = Project::create(original);
        project.appendRevision(examples::choices(4));
        for (int i = 0; i < storedRuns; ++i)
            project.appendRun(examples::run("run" + std::to_string(i)));
        return readFile(original);
    }();
    writeFile(path, content);
}

void execute(const fs::path &path, const std::string &sql)
{
    SQLite::Database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec(sql);
}

long peakKilobytes()
{
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

/// Others' rights for a while, where the tests run as root.
class Unprivileged
{
public:
    Unprivileged()
        : m_user(::geteuid())
    {
        if (m_user == 0 && ::seteuid(65534) != 0)
            qFatal("cannot give up root's rights");
    }
    ~Unprivileged()
    {
        if (m_user == 0 && ::seteuid(0) != 0)
            qFatal("cannot take root's rights back");
    }

private:
    uid_t m_user;
};

constexpr const char *stepWithColumn = "ALTER TABLE runs ADD COLUMN colour TEXT";
constexpr const char *stepThatFails =
    "CREATE TABLE half (id INTEGER) STRICT; INSERT INTO nowhere VALUES (1)";

/// What a later Pare would know: every step of today and these.
std::vector<const char *> schemaWith(std::initializer_list<const char *> steps)
{
    std::vector<const char *> schema(currentSchema().begin(), currentSchema().end());
    schema.insert(schema.end(), steps);
    return schema;
}

/// NAME.pare.backup-VERSION of a project of today's version.
fs::path backupOf(const fs::path &path)
{
    return path.string() + ".backup-" + std::to_string(currentSchema().size());
}

/// As the first Pare wrote it.
constexpr const char *firstVersionContent = R"sql(
INSERT INTO files (id, relative, absolute) VALUES
    (1, NULL, '/models/demo'), (2, NULL, 'wordnet:test'), (3, NULL, 'wordnet:train');
INSERT INTO revisions
    (id, parent, time, model, data, calibration, recipe, switched_off, seed, threads)
    VALUES (1, NULL, '2025-06-01T12:00:00Z', 1, 2, 3,
            '{"steps":[{"technique":"prune.wanda","settings":{"sparsity":0.5}}]}', '[0]', 7, 2);
UPDATE state SET revision = 1;
)sql";

using Breaker = std::function<void(const fs::path &)>;

} // namespace

Q_DECLARE_METATYPE(Breaker)

class TestProjectFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        QVERIFY(m_folder->isValid());
        m_path = fs::path(m_folder->path().toStdString()) / "p.pare";
    }

    void brokenFiles_data()
    {
        QTest::addColumn<Breaker>("make");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, Breaker make, ErrorKind kind, const QString &says) {
            QTest::newRow(name) << std::move(make) << kind << says;
        };
        const std::string version = std::to_string(currentSchema().size());
        const auto truncated = [](double share) {
            return [share](const fs::path &path) {
                makeProject(path);
                const auto size = static_cast<double>(fs::file_size(path));
                fs::resize_file(path, static_cast<std::uintmax_t>(size * share));
            };
        };
        const auto changed = [](const char *sql) {
            return [sql](const fs::path &path) {
                makeProject(path);
                execute(path, sql);
            };
        };
        row(
            "missing", [](const fs::path &) {}, ErrorKind::Io, "no such project");
        row(
            "folder", [](const fs::path &path) { fs::create_directory(path); },
            ErrorKind::InvalidFile, "folder");
        row(
            "pipe", [](const fs::path &path) { ::mkfifo(path.c_str(), 0644); },
            ErrorKind::InvalidFile, "device");
        row(
            "dangling link", [](const fs::path &path) { fs::create_symlink("nowhere", path); },
            ErrorKind::Io, "no such project");
        row(
            "empty", [](const fs::path &path) { writeFile(path, ""); }, ErrorKind::InvalidFile,
            "an empty file");
        row(
            "text", [](const fs::path &path) { writeFile(path, std::string(5000, 'x')); },
            ErrorKind::InvalidFile, "a file of another kind");
        row(
            "short text", [](const fs::path &path) { writeFile(path, "hello\n"); },
            ErrorKind::InvalidFile, "a file of another kind");
        row(
            "other database", [](const fs::path &path) { execute(path, "CREATE TABLE t (a)"); },
            ErrorKind::InvalidFile, "another program's database");
        row("newer", changed("PRAGMA user_version = 7"), ErrorKind::Unsupported,
            "has version 7, this Pare reads versions up to " + QString::fromStdString(version));
        row("much newer", changed("PRAGMA user_version = 2147483647"), ErrorKind::Unsupported,
            "2147483647");
        row("negative version", changed("PRAGMA user_version = -1"), ErrorKind::InvalidFile,
            "damaged");
        row("no version", changed("PRAGMA user_version = 0"), ErrorKind::InvalidFile, "damaged");
        row(
            "id alone",
            [version](const fs::path &path) {
                execute(path,
                        "PRAGMA application_id = 0x50415245; PRAGMA user_version = " + version);
            },
            ErrorKind::InvalidFile, "damaged");
        row("header alone", truncated(0.0005), ErrorKind::InvalidFile, "expected a Pare project");
        row("truncated early", truncated(0.3), ErrorKind::InvalidFile, "damaged");
        row("truncated late", truncated(0.97), ErrorKind::InvalidFile, "damaged");
        row("table missing", changed("DROP TABLE run_notes"), ErrorKind::InvalidFile, "damaged");
        row("state missing", changed("DELETE FROM state"), ErrorKind::InvalidFile, "damaged");
        row("endless view",
            changed("DROP TABLE run_notes; CREATE VIEW run_notes AS WITH RECURSIVE r(x) AS "
                    "(SELECT 1 UNION ALL SELECT x FROM r) SELECT x FROM r"),
            ErrorKind::InvalidFile, "views or triggers");
        row("trigger", changed("CREATE TRIGGER t AFTER INSERT ON runs BEGIN DELETE FROM runs; END"),
            ErrorKind::InvalidFile, "views or triggers");
        for (const std::uint64_t seed : {1, 2, 3, 4}) {
            row(
                qPrintable(QString("pages of noise %1").arg(seed)),
                [seed](const fs::path &path) {
                    makeProject(path);
                    std::string bytes = readFile(path);
                    Random random(seed);
                    for (std::size_t i = 4096; i < bytes.size(); ++i)
                        bytes[i] = static_cast<char>(random.below(256));
                    writeFile(path, bytes);
                },
                ErrorKind::InvalidFile, "damaged");
        }
        row(
            "noise",
            [](const fs::path &path) {
                std::string bytes(50'000, '\0');
                Random random(9);
                for (char &byte : bytes)
                    byte = static_cast<char>(random.below(256));
                writeFile(path, bytes);
            },
            ErrorKind::InvalidFile, "a file of another kind");
    }

    void brokenFiles()
    {
        QFETCH(Breaker, make);
        QFETCH(ErrorKind, kind);
        QFETCH(QString, says);
        make(m_path);
        fs::remove(m_path.string() + ".lock");
        for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
            const auto error = errorOf([&] { Project::open(m_path, access); });
            QVERIFY(error);
            const QString text = QString::fromStdString(error->message().text());
            QVERIFY2(text.contains(says), qPrintable(text));
            QVERIFY2(text.startsWith(QString::fromStdString(m_path.string())), qPrintable(text));
            QVERIFY2(!text.contains('\n'), qPrintable(text));
            QCOMPARE(error->kind(), kind);
        }
        if (!says.contains("damaged")) // what is no project gets no lock file beside it
            QVERIFY(!fs::exists(m_path.string() + ".lock") || says.contains("views"));
    }

    void flippedBytesNeverDoWorseThanAnError()
    {
        makeProject(m_path);
        const std::string sound = readFile(m_path);
        Random random(7);
        int noticed = 0;
        for (int i = 0; i < 300; ++i) {
            std::string bytes = sound;
            for (int flips = 0; flips < 8; ++flips)
                bytes[random.below(bytes.size())] = static_cast<char>(random.below(256));
            fs::remove(m_path); // writing over it would wait for the disk
            std::ofstream(m_path, std::ios::binary) << bytes;
            const auto error = errorOf([&] {
                const Project project = Project::open(m_path, Access::ReadOnly);
                project.runs();
                project.currentChoices();
                project.runNotes();
            });
            noticed += error ? 1 : 0;
        }
        QVERIFY(noticed > 50);
    }

    void whatAKilledCreationLeftIsReplaced()
    {
        writeFile(m_path.string() + ".part", "half a file");
        writeFile(m_path.string() + ".part-journal", "half a journal");
        Project::create(m_path);
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files),
                 (QStringList{"p.pare", "p.pare.lock"}));
    }

    void damagedContent_data()
    {
        QTest::addColumn<QString>("sql");
        QTest::newRow("run no JSON") << "UPDATE runs SET document = '{'";
        QTest::newRow("run empty") << "UPDATE runs SET document = '{}'";
        QTest::newRow("run wrong types")
            << "UPDATE runs SET document = replace(document, '4000', '\"many\"')";
        QTest::newRow("deep")
            << "UPDATE runs SET document = replace(hex(zeroblob(10000)), '0', '[')";
        QTest::newRow("recipe") << "UPDATE revisions SET recipe = '{\"steps\": 3}'";
        QTest::newRow("switch beyond") << "UPDATE revisions SET switched_off = '[17]'";
        QTest::newRow("switch negative") << "UPDATE revisions SET switched_off = '[-1]'";
        QTest::newRow("switch of text") << "UPDATE revisions SET switched_off = '[\"a\"]'";
        QTest::newRow("tags") << "INSERT INTO run_notes VALUES ('run0', '', '{}{', 0, 0, '')";
        QTest::newRow("tags of numbers")
            << "INSERT INTO run_notes VALUES ('run0', '', '[1]', 0, 0, '')";
        QTest::newRow("change of notes")
            << "INSERT INTO note_changes VALUES (1, 'run0', '{\"note\": 3}', '{}')";
        QTest::newRow("export") << "INSERT INTO exports VALUES (1, 'run0', '', '/out/model.gguf', "
                                   "1, '{\"schema\": 2}')";
        QTest::newRow("export no JSON")
            << "INSERT INTO exports VALUES (1, NULL, '', '/out/model.gguf', 1, '{')";
        QTest::newRow("a run of 20 MB")
            << "UPDATE runs SET document = hex(zeroblob(10000000)) WHERE id = 'run3'";
    }

    void damagedContent()
    {
        QFETCH(QString, sql);
        makeProject(m_path);
        execute(m_path, sql.toStdString());
        const long before = peakKilobytes();
        const auto error = errorOf([&] {
            const Project project = Project::open(m_path, Access::ReadOnly);
            project.runs();
            project.currentChoices();
            project.runNotes();
            project.exports();
            project.notesToUndo();
        });
        QVERIFY(error);
        QCOMPARE(error->kind(), ErrorKind::InvalidFile);
        QVERIFY2(QString(error->what()).startsWith(QString::fromStdString(m_path.string())),
                 error->what());
        const long limit = 16'000 + 2 * static_cast<long>(fs::file_size(m_path) / 1000);
        QVERIFY2(peakKilobytes() - before < limit,
                 qPrintable(QString::number(peakKilobytes() - before)));
    }

    void noPermission()
    {
        makeProject(m_path);
        fs::permissions(m_path.parent_path(), fs::perms(0755));
        fs::permissions(m_path, fs::perms(0000));
        {
            const Unprivileged unprivileged;
            for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
                const auto error = errorOf([&] { Project::open(m_path, access); });
                QVERIFY(error && error->kind() == ErrorKind::Io);
                QVERIFY2(QString(error->what()).contains("Permission denied"), error->what());
            }
        }
        fs::permissions(m_path, fs::perms(0444));
        fs::permissions(m_path.parent_path(), fs::perms(0555));
        {
            const Unprivileged unprivileged;
            QCOMPARE(Project::open(m_path, Access::ReadOnly).runs().size(),
                     std::size_t(storedRuns));
            auto error = errorOf([&] { Project::open(m_path, Access::ReadWrite); });
            QVERIFY(error && error->kind() == ErrorKind::Io);
            QVERIFY2(QString(error->what()).contains("Permission denied"), error->what());
            error = errorOf([&] { Project::create(m_path.parent_path() / "new.pare"); });
            QVERIFY(error && error->kind() == ErrorKind::Io);
            QVERIFY2(QString(error->what()).contains("Permission denied"), error->what());
        }
        fs::permissions(m_path.parent_path(), fs::perms(0755));
    }

    void anOlderFileIsMigrated()
    {
        makeProject(m_path);
        const auto newer = schemaWith({stepWithColumn});
        const std::size_t version = currentSchema().size();

        {
            const Project read = Project::open(m_path, Access::ReadOnly, newer);
            QCOMPARE(read.runs().size(), std::size_t(storedRuns));
            QVERIFY(read.currentChoices() == examples::choices(4));
        }
        QVERIFY(!fs::exists(backupOf(m_path)));
        {
            SQLite::Database untouched = connected(m_path, Connection::ReadOnly);
            QCOMPARE(schemaVersion(untouched), std::int64_t(version));
        }

        {
            Project project = Project::open(m_path, Access::ReadWrite, newer);
            QCOMPARE(project.runs().size(), std::size_t(storedRuns));
            QVERIFY(project.currentChoices() == examples::choices(4));
            QVERIFY(project.appendRun(examples::run("after")));
        }
        SQLite::Database migrated = connected(m_path, Connection::ReadOnly);
        QCOMPARE(schemaVersion(migrated), std::int64_t(newer.size()));
        QCOMPARE(migrated.execAndGet("SELECT count(colour IS NULL) FROM runs").getInt(),
                 storedRuns + 1);

        const Project old =
            Project::open(backupOf(m_path), Access::ReadOnly); // as it was, by the older Pare
        QCOMPARE(old.runs().size(), std::size_t(storedRuns));
        QVERIFY(old.currentChoices() == examples::choices(4));

        const auto refused = errorOf([&] { Project::open(m_path, Access::ReadWrite); });
        QVERIFY(refused);
        QVERIFY2(QString(refused->what())
                     .contains(QString("has version %1, this Pare reads versions up to %2")
                                   .arg(version + 1)
                                   .arg(version)),
                 refused->what());
        QVERIFY(!errorOf([&] { Project::open(m_path, Access::ReadOnly, newer); }));
    }

    /// The first version knew no number of calibration examples: it always took 128.
    void aFileOfTheFirstVersionIsMigrated()
    {
        {
            SQLite::Database database = connected(m_path, Connection::Create);
            database.exec("PRAGMA application_id = " + std::to_string(projectApplicationId));
            applySchema(database, currentSchema().first(1));
            database.exec(firstVersionContent);
        }
        const Choices expected = [] {
            Choices choices;
            choices.modelPath = "/models/demo";
            choices.dataPath = "wordnet:test";
            choices.calibrationPath = "wordnet:train";
            choices.calibrationExamples = 128;
            choices.steps.push_back({parsedStep("prune.wanda sparsity=0.5"), false});
            choices.seed = 7;
            choices.threads = 2;
            return choices;
        }();
        Project project = Project::open(m_path, Access::ReadWrite);
        QVERIFY(project.currentChoices() == expected);
        Choices fewer = expected;
        fewer.calibrationExamples = 32;
        QVERIFY(project.appendRevision(fewer));
        QVERIFY(project.currentChoices() == fewer);
        QVERIFY(project.undo() == expected);
        QVERIFY(fs::exists(m_path.string() + ".backup-1"));
    }

    /// The third version knew notes, but no undo of them.
    void aFileOfTheThirdVersionIsMigrated()
    {
        {
            SQLite::Database database = connected(m_path, Connection::Create);
            database.exec("PRAGMA application_id = " + std::to_string(projectApplicationId));
            applySchema(database, currentSchema().first(3));
            database.exec(firstVersionContent);
            database.exec(
                "INSERT INTO runs (id, time, model, data, bytes, metric, document) VALUES "
                "('a', '', 1, 2, 1, 'accuracy', '{}'); "
                "INSERT INTO run_notes VALUES ('a', 'kept', '[\"old\"]', 0)");
        }
        Project project = Project::open(m_path, Access::ReadWrite);
        const RunNotes before{{"a", {"kept", {"old"}, false}}};
        QVERIFY(project.runNotes() == before);
        QVERIFY(!project.canUndo());
        QVERIFY(project.setRunNotes({{"a", {"kept", {"old"}, true}}}));
        QVERIFY(project.notesToUndo().at("a").after.deleted);
        project.undo();
        QVERIFY(project.runNotes() == before);
        QVERIFY(fs::exists(m_path.string() + ".backup-3"));
    }

    /// The fifth version forgot what it had exported.
    void aFileOfTheFifthVersionIsMigrated()
    {
        {
            SQLite::Database database = connected(m_path, Connection::Create);
            database.exec("PRAGMA application_id = " + std::to_string(projectApplicationId));
            applySchema(database, currentSchema().first(5));
            database.exec(firstVersionContent);
        }
        const Choices choices = Project::open(m_path, Access::ReadOnly).currentChoices();
        QVERIFY(Project::open(m_path, Access::ReadOnly).exports().empty()); // in memory alone
        QVERIFY(!fs::exists(m_path.string() + ".backup-5"));
        Project project = Project::open(m_path, Access::ReadWrite);
        QVERIFY(project.appendRun(examples::run("a")));
        const KeptExport kept = examples::kept("a", "/out/model.gguf");
        project.appendExport(kept);
        QVERIFY(project.exports() == std::vector{kept});
        QVERIFY(project.currentChoices() == choices);
        SQLite::Database backup = connected(m_path.string() + ".backup-5", Connection::ReadOnly);
        QCOMPARE(schemaVersion(backup), std::int64_t(5));
        QVERIFY(!backup.tableExists("exports"));
    }

    void aBackupIsNeverOverwritten()
    {
        makeProject(m_path);
        writeFile(backupOf(m_path), "mine");
        Project::open(m_path, Access::ReadWrite, schemaWith({stepWithColumn}));
        QCOMPARE(readFile(backupOf(m_path)), std::string("mine"));
        QCOMPARE(Project::open(backupOf(m_path).string() + "-2", Access::ReadOnly).runs().size(),
                 std::size_t(storedRuns));
    }

    void aStepThatFailsChangesNothing()
    {
        makeProject(m_path);
        const auto newer = schemaWith({stepWithColumn, stepThatFails});
        QVERIFY(errorOf([&] { Project::open(m_path, Access::ReadWrite, newer); }));
        {
            SQLite::Database database = connected(m_path, Connection::ReadOnly);
            QCOMPARE(schemaVersion(database),
                     std::int64_t(newer.size() - 1)); // the step before it holds
            QVERIFY(!database.tableExists("half"));
        }
        QCOMPARE(
            Project::open(m_path, Access::ReadWrite, schemaWith({stepWithColumn})).runs().size(),
            std::size_t(storedRuns));
    }

    void aSchemaThatFailsLeavesNoFile()
    {
        const std::array broken{stepThatFails};
        QVERIFY(errorOf([&] { Project::create(m_path, broken); }));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{"p.pare.lock"});
    }

    void aNewFileRunsTheSameSteps()
    {
        const auto newer = schemaWith({stepWithColumn});
        const fs::path fresh = m_path.parent_path() / "fresh.pare";
        Project::create(fresh, newer);
        Project::create(m_path);
        Project::open(m_path, Access::ReadWrite, newer);
        const auto schema = [](const fs::path &path) {
            return connected(path, Connection::ReadOnly)
                .execAndGet("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_schema "
                            "ORDER BY name)")
                .getString();
        };
        QCOMPARE(schema(m_path), schema(fresh));
    }

private:
    std::optional<QTemporaryDir> m_folder;
    fs::path m_path;
};

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_projectfile.moc"

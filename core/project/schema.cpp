#include "core/project/schema.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>

#include <array>
#include <string>

namespace pare {

namespace {

// Comments stand inside the statements, because SQLite keeps those in the file.
constexpr const char *step1 = R"sql(
CREATE TABLE files (
    -- A model or a data set that choices and runs refer to. Its content stays where it is.
    id INTEGER PRIMARY KEY,
    relative TEXT,          -- path from the project's folder; NULL where there is no way
    absolute TEXT NOT NULL, -- where it was when it was last referred to
    size INTEGER,           -- bytes; NULL: not known yet
    hash TEXT               -- identity of the content; NULL: not known yet
) STRICT;

CREATE TABLE revisions (
    -- Every state of a person's choices, only ever added to. Undo and redo walk along the parents.
    id INTEGER PRIMARY KEY,
    parent INTEGER REFERENCES revisions (id), -- what it was changed from; NULL: the first
    time TEXT NOT NULL,                       -- UTC, ISO 8601
    model INTEGER REFERENCES files (id),       -- NULL: none chosen
    data INTEGER REFERENCES files (id),        -- as above
    calibration INTEGER REFERENCES files (id), -- as above
    recipe TEXT NOT NULL,      -- JSON as in a recipe file, with the steps that are switched off
    switched_off TEXT NOT NULL, -- JSON array: places of those steps, from 0
    seed INTEGER NOT NULL,     -- its 64 bits, read as a signed number
    threads INTEGER NOT NULL   -- 0: as many as the machine has cores
) STRICT;

CREATE INDEX revisions_by_parent ON revisions (parent);

CREATE TABLE state (
    -- One row: where the project stands.
    id INTEGER PRIMARY KEY CHECK (id = 1),
    revision INTEGER REFERENCES revisions (id) -- the current one; NULL: nothing was chosen yet
) STRICT;

INSERT INTO state (id, revision) VALUES (1, NULL);

CREATE TABLE runs (
    -- Finished experiments, never changed.
    number INTEGER PRIMARY KEY, -- in the order of arrival
    id TEXT NOT NULL UNIQUE,    -- the same experiment has the same
    time TEXT NOT NULL,         -- when it was finished, UTC, ISO 8601
    model INTEGER NOT NULL REFERENCES files (id),
    data INTEGER NOT NULL REFERENCES files (id),
    bytes INTEGER NOT NULL,     -- of the exported weights
    metric TEXT NOT NULL,       -- the primary one, such as accuracy
    value REAL,                 -- of that metric; NULL: not a number
    document TEXT NOT NULL      -- JSON: the whole run, as the command line prints it
) STRICT;

CREATE INDEX runs_by_bytes ON runs (bytes, value);

CREATE TABLE run_notes (
    -- What people say about runs; this may change, runs may not.
    run TEXT PRIMARY KEY REFERENCES runs (id),
    note TEXT NOT NULL,
    tags TEXT NOT NULL,        -- JSON array of texts
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)) -- 1: hidden, can be shown again
) STRICT;
)sql";

constexpr const char *step2 = R"sql(
ALTER TABLE revisions ADD COLUMN
    calibration_examples INTEGER NOT NULL DEFAULT 128 /* so many of the calibration data */;
)sql";

constexpr const char *step3 = R"sql(
CREATE TABLE answered_data (
    -- What belongs to data that models answered: correct classes and their names, and nothing else
    -- of its content.
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,   -- of the data's content
    labels TEXT NOT NULL, -- JSON array: the classes' names by index, as the model names them
    gold BLOB NOT NULL    -- correct class index of each example, in order; int32, little-endian
) STRICT;

CREATE UNIQUE INDEX answered_data_by_hash ON answered_data (hash, labels);

CREATE TABLE original_answers (
    -- What an uncompressed model answered. Once for a model and data, unless it was computed in
    -- another way since, with other threads or kernels, and came out differently.
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,                                -- hash of the model
    data INTEGER NOT NULL REFERENCES answered_data (id), -- what it answered to
    predicted BLOB NOT NULL, -- class index of each example; int32, little-endian
    logits BLOB NOT NULL     -- examples times classes, row by row; float16, little-endian
) STRICT;

CREATE INDEX original_answers_by_model ON original_answers (model, data);

CREATE TABLE answers (
    -- What the compressed model of a run answered. Runs of earlier versions have none.
    run TEXT PRIMARY KEY REFERENCES runs (id),
    data INTEGER NOT NULL REFERENCES answered_data (id),        -- what it answered to
    original INTEGER NOT NULL REFERENCES original_answers (id), -- measured beside it
    predicted BLOB NOT NULL, -- as in original_answers
    logits BLOB NOT NULL     -- as in original_answers
) STRICT;
)sql";

constexpr const char *step4 = R"sql(
CREATE TABLE note_changes (
    -- What a revision said anew of runs, so that undo and redo can say the other again. Its choices
    -- are those of its parent.
    revision INTEGER NOT NULL REFERENCES revisions (id), -- in which it was said
    run TEXT NOT NULL REFERENCES runs (id),              -- of which it was said
    before TEXT NOT NULL, -- JSON: note, tags, deleted, as in run_notes
    after TEXT NOT NULL,  -- as above
    PRIMARY KEY (revision, run) -- one word about a run at a time
) STRICT;
)sql";

constexpr const char *step5 = R"sql(
ALTER TABLE run_notes ADD COLUMN
    pinned INTEGER NOT NULL DEFAULT 0 CHECK (pinned IN (0, 1)) /* 1: always named on the chart */;
ALTER TABLE run_notes ADD COLUMN
    colour TEXT NOT NULL DEFAULT '' /* of its point, as #0072b2; empty: that of its family */;
)sql";

constexpr const char *step6 = R"sql(
CREATE TABLE exports (
    -- Files that weights were written to, and what was found when each was read again. Only ever added
    -- to; the file itself may be gone, or another by now.
    number INTEGER PRIMARY KEY,    -- in the order of arrival
    run TEXT REFERENCES runs (id), -- whose weights it holds; NULL: they were not measured
    time TEXT NOT NULL,            -- when it was read again, UTC, ISO 8601
    file TEXT NOT NULL,            -- where it was written
    passed INTEGER NOT NULL CHECK (passed IN (0, 1)), -- 0: it is not what was written
    document TEXT NOT NULL         -- JSON: pare.json as it stands beside the file, without the run
) STRICT;
)sql";

constexpr std::array steps{step1, step2, step3, step4, step5, step6};

} // namespace

Schema currentSchema()
{
    return steps;
}

std::int64_t applicationId(SQLite::Database &database)
{
    return database.execAndGet("PRAGMA application_id").getInt64();
}

std::int64_t schemaVersion(SQLite::Database &database)
{
    return database.execAndGet("PRAGMA user_version").getInt64();
}

void applySchema(SQLite::Database &database, Schema schema)
{
    for (auto version = schemaVersion(database); version < std::ssize(schema); ++version) {
        SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
        database.exec(schema[static_cast<std::size_t>(version)]);
        database.exec("PRAGMA user_version = " + std::to_string(version + 1));
        transaction.commit();
    }
}

} // namespace pare

-- The first schema. Times are Unix seconds (UTC), money is thousandths of a CNY,
-- credits are whole numbers, JSON columns hold text that their writer alone reads.

CREATE TABLE people (
    id              INTEGER PRIMARY KEY,          -- Telegram's numeric user id
    username        TEXT,
    first_name      TEXT NOT NULL,
    client_language TEXT,                         -- what the person's client says
    language        TEXT,                         -- what the person chose, if they did
    consented_at    REAL,                         -- when they agreed to how photos are used
    blocked_at      REAL,                         -- since when the bot cannot write to them
    created_at      REAL NOT NULL,
    seen_at         REAL NOT NULL
) STRICT;

-- Every update that Telegram handed over. The payload is emptied once it is handled.
CREATE TABLE inbox (
    update_id   INTEGER PRIMARY KEY,
    queue       INTEGER NOT NULL,                 -- whose turn it is: the person, else the chat, else 0
    album       TEXT,                             -- chat and media group, for items that belong together
    payload     TEXT,
    state       TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'set_aside')),
    attempts    INTEGER NOT NULL DEFAULT 0,
    reason      TEXT,                             -- why it was set aside
    received_at REAL NOT NULL,
    due_at      REAL NOT NULL,
    done_at     REAL,
    CHECK ((state = 'set_aside') = (reason IS NOT NULL))
) STRICT;
CREATE INDEX inbox_waiting ON inbox (queue, update_id) WHERE state = 'waiting';
CREATE INDEX inbox_albums ON inbox (album, update_id) WHERE album IS NOT NULL AND state = 'waiting';
CREATE INDEX inbox_set_aside ON inbox (update_id) WHERE state = 'set_aside';
CREATE INDEX inbox_done ON inbox (done_at) WHERE state = 'done';

-- Where each person is in their dialogue, per chat and topic (0 where there are none).
CREATE TABLE sessions (
    chat_id    INTEGER NOT NULL,
    topic_id   INTEGER NOT NULL,
    person_id  INTEGER NOT NULL,
    state      TEXT NOT NULL CHECK (json_valid(state)),
    updated_at REAL NOT NULL,
    PRIMARY KEY (chat_id, topic_id, person_id)
) STRICT, WITHOUT ROWID;

-- What is to be said. Rows of one chat leave in the order of their ids.
CREATE TABLE outbox (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    chat_id    INTEGER NOT NULL,
    payload    TEXT NOT NULL CHECK (json_valid(payload)),
    edits      TEXT,                              -- the anchor this row edits; a newer edit replaces it
    urgent     INTEGER NOT NULL DEFAULT 0,        -- 1: may overtake its chat (answers to a pressed button)
    job_id     INTEGER REFERENCES jobs (id),      -- set on the row that delivers a job's picture
    state      TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'parked', 'sent', 'failed')),
    attempts   INTEGER NOT NULL DEFAULT 0,
    reason     TEXT,
    due_at     REAL NOT NULL,
    created_at REAL NOT NULL,
    done_at    REAL
) STRICT;
CREATE INDEX outbox_waiting ON outbox (chat_id, id) WHERE state = 'waiting';
CREATE INDEX outbox_due ON outbox (due_at, id) WHERE state = 'waiting';
CREATE INDEX outbox_parked ON outbox (chat_id) WHERE state = 'parked';
CREATE INDEX outbox_finished ON outbox (done_at) WHERE state IN ('sent', 'failed');
CREATE UNIQUE INDEX outbox_one_edit ON outbox (edits) WHERE edits IS NOT NULL AND state = 'waiting';
CREATE UNIQUE INDEX outbox_one_delivery ON outbox (job_id) WHERE job_id IS NOT NULL;

-- Names for messages that are edited later, bound when they are sent.
CREATE TABLE anchors (
    name       TEXT PRIMARY KEY,
    chat_id    INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    picture    TEXT,                              -- the key of the picture it shows; NULL: a text message
    created_at REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Bytes that wait to be sent, and originals kept for a while.
CREATE TABLE pictures (
    id         TEXT PRIMARY KEY,                  -- random
    bytes      BLOB NOT NULL,
    media_type TEXT NOT NULL,                     -- image/jpeg, image/png, …
    width      INTEGER NOT NULL CHECK (width > 0),   -- px
    height     INTEGER NOT NULL CHECK (height > 0),  -- px
    created_at REAL NOT NULL
) STRICT;

CREATE TABLE jobs (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    order_key    TEXT NOT NULL UNIQUE,            -- one order per confirm card: a double tap makes no second job
    person_id    INTEGER NOT NULL,
    chat_id      INTEGER NOT NULL,
    topic_id     INTEGER NOT NULL,
    language     TEXT NOT NULL,
    anchor       TEXT NOT NULL,                   -- the message that shows this job's progress
    ordered      TEXT NOT NULL CHECK (json_valid(ordered)),
    model        TEXT NOT NULL,
    account      TEXT NOT NULL,                   -- whose key and whose query budget
    state        TEXT NOT NULL DEFAULT 'queued' CHECK (state IN (
        'queued', 'preparing', 'submitting', 'running', 'collecting', 'delivering',
        'done', 'failed', 'cancelled')),
    credits      INTEGER NOT NULL CHECK (credits >= 0),
    cost         INTEGER NOT NULL CHECK (cost >= 0),
    inputs       TEXT CHECK (inputs IS NULL OR json_valid(inputs)),  -- the published photos
    task_id      TEXT,
    stage        TEXT,                            -- what the service last said: pending, running
    result_urls  TEXT CHECK (result_urls IS NULL OR json_valid(result_urls)),
    picture_id   TEXT,                            -- the collected picture, while its bytes are kept
    file_id      TEXT,                            -- Telegram's, once delivered
    document_id  TEXT,                            -- Telegram's, once the original was asked for
    cause        TEXT,                            -- why it failed, from the closed list of causes
    cancel_asked INTEGER NOT NULL DEFAULT 0,
    attempts     INTEGER NOT NULL DEFAULT 0,      -- submits so far that may be paid
    retries      INTEGER NOT NULL DEFAULT 0,      -- failed tries of the present state
    republished  INTEGER NOT NULL DEFAULT 0,      -- the photos were published again, which is done once
    listed       INTEGER NOT NULL DEFAULT 1,      -- its service lists tasks: a lost submit is looked for there
    shown        TEXT,                            -- the milestone its progress message shows
    queries      INTEGER NOT NULL DEFAULT 0,
    queried_at   REAL,
    due_at       REAL NOT NULL,
    created_at   REAL NOT NULL,
    intended_at  REAL,                            -- when the submit that may be in flight was begun
    submitted_at REAL,
    ended_at     REAL,                            -- when the service was seen to have finished
    closed_at    REAL,
    CHECK ((state = 'failed') = (cause IS NOT NULL)),
    CHECK (state <> 'running' OR task_id IS NOT NULL),
    CHECK ((state IN ('done', 'failed', 'cancelled')) = (closed_at IS NOT NULL))
) STRICT;
-- At most one submit in flight per model, where the service lists its tasks: that is what
-- makes an orphan in the list recognisable. Where there is no list there is nothing to find.
CREATE UNIQUE INDEX jobs_one_submit ON jobs (model) WHERE state = 'submitting' AND listed;
CREATE UNIQUE INDEX jobs_task ON jobs (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX jobs_open ON jobs (state, model, created_at)
    WHERE state NOT IN ('done', 'failed', 'cancelled');
CREATE INDEX jobs_of_person ON jobs (person_id, id);
CREATE INDEX jobs_submits ON jobs (model, intended_at) WHERE intended_at IS NOT NULL;
CREATE INDEX jobs_published ON jobs (id) WHERE inputs IS NOT NULL;
CREATE INDEX jobs_untold ON jobs (id) WHERE shown IS NULL AND state IN ('queued', 'preparing');
CREATE INDEX jobs_pictures ON jobs (picture_id) WHERE picture_id IS NOT NULL;

-- Open jobs, read through their index: SQLite only uses it where its condition is repeated.
CREATE VIEW open_jobs AS SELECT * FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled');

-- The one order of the queue, used to pick the next and to tell people their place: first
-- whoever has the least in progress, then the chat that has, then the longest wait. A person's
-- second waiting job counts as if the first were in progress already.
CREATE VIEW places AS
WITH busy AS (
    SELECT person_id, chat_id FROM open_jobs
    WHERE state IN ('preparing', 'submitting', 'running', 'collecting')),
of_person AS (SELECT person_id, count(*) AS n FROM busy GROUP BY person_id),
of_chat AS (SELECT chat_id, count(*) AS n FROM busy GROUP BY chat_id),
turns AS (
    SELECT id, model, shown, due_at, created_at,
        coalesce(of_person.n, 0) + row_number() OVER (
            PARTITION BY model, open_jobs.person_id ORDER BY created_at, id) AS person_turn,
        coalesce(of_chat.n, 0) + row_number() OVER (
            PARTITION BY model, open_jobs.chat_id ORDER BY created_at, id) AS chat_turn
    FROM open_jobs LEFT JOIN of_person USING (person_id) LEFT JOIN of_chat USING (chat_id)
    WHERE state = 'queued')
SELECT id, model, shown, due_at, row_number() OVER (
    PARTITION BY model ORDER BY person_turn, chat_turn, created_at, id) AS place
FROM turns;

-- Tasks a job had before its present one: known, so none of them is taken for an orphan.
CREATE TABLE past_tasks (
    task_id TEXT PRIMARY KEY,
    job_id  INTEGER NOT NULL REFERENCES jobs (id),
    at      REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- Append-only. Every balance is the sum of its rows.
CREATE TABLE ledger (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    account TEXT NOT NULL,                        -- 'person:ID' or 'group:ID'
    kind    TEXT NOT NULL CHECK (kind IN ('allowance', 'grant', 'hold', 'commit', 'refund')),
    day     TEXT NOT NULL,                        -- the local date whose allowance `daily` belongs to
    daily   INTEGER NOT NULL,                     -- credits of that day's allowance
    extra   INTEGER NOT NULL,                     -- credits that do not expire
    cost    INTEGER NOT NULL DEFAULT 0,           -- money held (+) or given back (-)
    job_id  INTEGER REFERENCES jobs (id),
    at      REAL NOT NULL,
    reason  TEXT,
    CHECK ((job_id IS NOT NULL) = (kind IN ('hold', 'commit', 'refund'))),
    CHECK (kind <> 'hold' OR (daily <= 0 AND extra <= 0)),
    CHECK (kind NOT IN ('commit', 'refund') OR (daily >= 0 AND extra >= 0))
) STRICT;
CREATE UNIQUE INDEX ledger_one_allowance ON ledger (account, day) WHERE kind = 'allowance';
CREATE UNIQUE INDEX ledger_one_hold ON ledger (job_id) WHERE kind = 'hold';
CREATE UNIQUE INDEX ledger_one_end ON ledger (job_id) WHERE kind IN ('commit', 'refund');
CREATE INDEX ledger_account ON ledger (account, day);
CREATE INDEX ledger_day ON ledger (day) WHERE cost <> 0;
CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
    BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- Models or accounts that are held back: until a time, or (NULL) until somebody lifts it.
CREATE TABLE pauses (
    scope  TEXT PRIMARY KEY,                      -- 'model:NAME' or 'account:NAME'
    reason TEXT NOT NULL,                         -- a cause from the closed list
    until  REAL,
    count  INTEGER NOT NULL DEFAULT 1,
    since  REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- What the operators were told, so that each cause is told at most once an hour.
CREATE TABLE alerts (
    cause   TEXT PRIMARY KEY,
    told_at REAL NOT NULL,
    untold  INTEGER NOT NULL DEFAULT 0            -- how often it happened since then
) STRICT, WITHOUT ROWID;

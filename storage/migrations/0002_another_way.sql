-- Orders find another way when their model cannot draw them: a job can be moved to a new job
-- of another model, or wait for its person to say whether a dearer one may draw it. States are
-- checked by the table, so it is built anew.

DROP VIEW places;
DROP VIEW open_jobs;

CREATE TABLE jobs_new (
    id             INTEGER PRIMARY KEY AUTOINCREMENT,
    order_key      TEXT NOT NULL UNIQUE,          -- one order per confirm card: a double tap makes no second job
    person_id      INTEGER NOT NULL,
    chat_id        INTEGER NOT NULL,
    topic_id       INTEGER NOT NULL,
    language       TEXT NOT NULL,
    anchor         TEXT NOT NULL,                 -- the message that shows this job's progress
    ordered        TEXT NOT NULL CHECK (json_valid(ordered)),
    model          TEXT NOT NULL,
    account        TEXT NOT NULL,                 -- whose key and whose query budget
    state          TEXT NOT NULL DEFAULT 'queued' CHECK (state IN (
        'queued', 'offered', 'preparing', 'submitting', 'running', 'collecting', 'delivering',
        'done', 'failed', 'cancelled', 'moved')),
    credits        INTEGER NOT NULL CHECK (credits >= 0),
    cost           INTEGER NOT NULL CHECK (cost >= 0),
    wished         TEXT CHECK (wished IS NULL OR json_valid(wished)),  -- the order as it was placed, if this is another way
    wished_credits INTEGER,                       -- what it cost then
    tried          TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tried)),  -- models that failed at this order
    moved_to       INTEGER REFERENCES jobs (id),  -- the job that goes on in place of this one
    offer          TEXT,                          -- the dearer model its person is asked about
    offer_credits  INTEGER,                       -- and its price
    offers         INTEGER NOT NULL DEFAULT 0,    -- how often they were asked: a question's number
    inputs         TEXT CHECK (inputs IS NULL OR json_valid(inputs)),  -- the published photos
    task_id        TEXT,
    stage          TEXT,                          -- what the service last said: pending, running
    result_urls    TEXT CHECK (result_urls IS NULL OR json_valid(result_urls)),
    picture_id     TEXT,                          -- the collected picture, while its bytes are kept
    file_id        TEXT,                          -- Telegram's, once delivered
    document_id    TEXT,                          -- Telegram's, once the original was asked for
    cause          TEXT,                          -- why it failed, from the closed list of causes
    cancel_asked   INTEGER NOT NULL DEFAULT 0,
    attempts       INTEGER NOT NULL DEFAULT 0,    -- submits so far that may be paid
    retries        INTEGER NOT NULL DEFAULT 0,    -- failed tries of the present state
    republished    INTEGER NOT NULL DEFAULT 0,    -- the photos were published again, which is done once
    listed         INTEGER NOT NULL DEFAULT 1,    -- its service lists tasks: a lost submit is looked for there
    shown          TEXT,                          -- the milestone its progress message shows
    queries        INTEGER NOT NULL DEFAULT 0,
    queried_at     REAL,
    due_at         REAL NOT NULL,
    created_at     REAL NOT NULL,                 -- when the order was placed: a moved job keeps its turn
    intended_at    REAL,                          -- when the submit that may be in flight was begun
    submitted_at   REAL,
    ended_at       REAL,                          -- when the service was seen to have finished
    closed_at      REAL,
    CHECK ((state = 'failed') = (cause IS NOT NULL)),
    CHECK ((state = 'moved') = (moved_to IS NOT NULL)),
    CHECK (state <> 'offered' OR (offer IS NOT NULL AND offer_credits IS NOT NULL)),
    CHECK ((wished IS NULL) = (wished_credits IS NULL)),
    CHECK (state <> 'running' OR task_id IS NOT NULL),
    CHECK ((state IN ('done', 'failed', 'cancelled', 'moved')) = (closed_at IS NOT NULL))
) STRICT;

INSERT INTO jobs_new (
    id, order_key, person_id, chat_id, topic_id, language, anchor, ordered, model, account, state,
    credits, cost, inputs, task_id, stage, result_urls, picture_id, file_id, document_id, cause,
    cancel_asked, attempts, retries, republished, shown, queries, queried_at, due_at, created_at,
    intended_at, submitted_at, ended_at, closed_at)
SELECT
    id, order_key, person_id, chat_id, topic_id, language, anchor, ordered, model, account, state,
    credits, cost, inputs, task_id, stage, result_urls, picture_id, file_id, document_id, cause,
    cancel_asked, attempts, retries, republished, shown, queries, queried_at, due_at, created_at,
    intended_at, submitted_at, ended_at, closed_at
FROM jobs;

-- Ids are never given twice, not even those of rows that are gone.
DELETE FROM sqlite_sequence WHERE name = 'jobs_new';
INSERT INTO sqlite_sequence (name, seq) SELECT 'jobs_new', seq FROM sqlite_sequence WHERE name = 'jobs';
DROP TABLE jobs;
ALTER TABLE jobs_new RENAME TO jobs;

-- At most one submit in flight per model, where the service lists its tasks: that is what
-- makes an orphan in the list recognisable. Where there is no list there is nothing to find.
CREATE UNIQUE INDEX jobs_one_submit ON jobs (model) WHERE state = 'submitting' AND listed;
CREATE UNIQUE INDEX jobs_task ON jobs (task_id) WHERE task_id IS NOT NULL;
CREATE INDEX jobs_open ON jobs (state, model, created_at)
    WHERE state NOT IN ('done', 'failed', 'cancelled', 'moved');
CREATE INDEX jobs_of_person ON jobs (person_id, id);
CREATE INDEX jobs_submits ON jobs (model, intended_at) WHERE intended_at IS NOT NULL;
CREATE INDEX jobs_published ON jobs (id) WHERE inputs IS NOT NULL;
CREATE INDEX jobs_untold ON jobs (id) WHERE shown IS NULL AND state IN ('queued', 'preparing');
CREATE INDEX jobs_pictures ON jobs (picture_id) WHERE picture_id IS NOT NULL;

-- Open jobs, read through their index: SQLite only uses it where its condition is repeated.
CREATE VIEW open_jobs AS
SELECT * FROM jobs WHERE state NOT IN ('done', 'failed', 'cancelled', 'moved');

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

-- What operators need: who is banned, who had which username, what was changed by whom, and
-- the questions they still have to answer.

-- Append-only: every change an operator made.
CREATE TABLE audit (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    operator_id INTEGER NOT NULL,
    action      TEXT NOT NULL,                    -- the command, without the slash
    person_id   INTEGER,                          -- whom it was about,
    chat_id     INTEGER,                          -- or which group,
    job_id      INTEGER,                          -- or which job,
    subject     TEXT,                             -- or which model
    before      TEXT NOT NULL,
    after       TEXT NOT NULL,
    reason      TEXT,
    at          REAL NOT NULL
) STRICT;
CREATE INDEX audit_person ON audit (person_id, id) WHERE person_id IS NOT NULL;
CREATE INDEX audit_operator ON audit (operator_id, id);
CREATE UNIQUE INDEX audit_one_refund ON audit (job_id) WHERE action = 'refund';
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END;

CREATE TABLE bans (
    person_id INTEGER PRIMARY KEY,
    reason    TEXT,
    since     REAL NOT NULL,
    told_at   REAL                                -- when they last read that they are banned
) STRICT;

-- Usernames as they were seen, in small letters: they change, and pass from one to another.
CREATE TABLE handles (
    handle    TEXT NOT NULL,
    person_id INTEGER NOT NULL,
    since     REAL NOT NULL,
    PRIMARY KEY (handle, person_id)
) STRICT, WITHOUT ROWID;
INSERT INTO handles (handle, person_id, since)
    SELECT lower(username), id, seen_at FROM people WHERE username IS NOT NULL;
CREATE TRIGGER handles_of_new AFTER INSERT ON people WHEN NEW.username IS NOT NULL
    BEGIN
        INSERT INTO handles VALUES (lower(NEW.username), NEW.id, NEW.seen_at)
            ON CONFLICT DO NOTHING;
    END;
CREATE TRIGGER handles_changed AFTER UPDATE OF username ON people
    WHEN NEW.username IS NOT NULL AND NEW.username IS NOT OLD.username
    BEGIN
        INSERT INTO handles VALUES (lower(NEW.username), NEW.id, NEW.seen_at)
            ON CONFLICT DO NOTHING;
    END;

-- Questions put to an operator: each answer is a command to be carried out.
CREATE TABLE questions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    operator_id INTEGER NOT NULL,
    answers     TEXT NOT NULL CHECK (json_valid(answers)),
    asked_at    REAL NOT NULL,
    until       REAL NOT NULL,
    answered_at REAL
) STRICT;

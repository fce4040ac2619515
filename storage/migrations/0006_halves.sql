-- The stage before a try-on that keeps the person's own other half: what became of it, how
-- often its helper was asked (each call is paid), and when last, for the helper's pace.
CREATE TABLE halves (
    job_id   INTEGER PRIMARY KEY REFERENCES jobs (id),
    helper   TEXT NOT NULL,                       -- the model that is asked
    outcome  TEXT CHECK (outcome IN ('found', 'missing', 'skipped')),  -- NULL: still to be done
    tries    INTEGER NOT NULL DEFAULT 0,
    asked_at REAL,
    due_at   REAL NOT NULL
) STRICT;
CREATE INDEX halves_open ON halves (due_at, job_id) WHERE outcome IS NULL;
CREATE INDEX halves_pace ON halves (helper, asked_at) WHERE asked_at IS NOT NULL;

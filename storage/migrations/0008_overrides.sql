-- Settings that an operator changed while the bot ran; they win over the environment.
CREATE TABLE overrides (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    since REAL NOT NULL
) STRICT, WITHOUT ROWID;

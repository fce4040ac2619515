-- What chats were told already, so that each thing is told once.
CREATE TABLE notices (
    chat_id INTEGER NOT NULL,
    notice  TEXT NOT NULL,
    told_at REAL NOT NULL,
    PRIMARY KEY (chat_id, notice)
) STRICT, WITHOUT ROWID;

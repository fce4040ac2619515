-- Groups, what their administrators chose, and allowances that operators set one by one.

CREATE TABLE groups (
    id            INTEGER PRIMARY KEY,            -- the chat id it was met under: names its ledger account, never changes
    chat_id       INTEGER NOT NULL UNIQUE,        -- the chat id it has now: migrating to a supergroup gives another
    title         TEXT NOT NULL,
    introduced_at REAL,                           -- when the bot told it how it is used
    gone_since    REAL,                           -- since when the bot is no longer in it
    enabled       INTEGER NOT NULL DEFAULT 1,
    try_on        INTEGER NOT NULL DEFAULT 1,
    restyle       INTEGER NOT NULL DEFAULT 1,
    payer         TEXT NOT NULL DEFAULT 'pool' CHECK (payer IN ('pool', 'members')),
    member_limit  INTEGER CHECK (member_limit > 0),  -- credits per member and day; NULL: no limit
    results       TEXT NOT NULL DEFAULT 'here' CHECK (results IN ('here', 'private')),
    language      TEXT,                           -- NULL: each member's own
    created_at    REAL NOT NULL
) STRICT;

-- The chat ids groups had before, so that what still names one is understood.
CREATE TABLE former_group_ids (
    chat_id  INTEGER PRIMARY KEY,
    group_id INTEGER NOT NULL REFERENCES groups (id)
) STRICT;

-- Daily allowances that differ from the house's.
CREATE TABLE allowances (
    account TEXT PRIMARY KEY,                     -- as in the ledger
    credits INTEGER NOT NULL CHECK (credits >= 0),   -- per day
    set_at  REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- In which group an order was placed (it counts there, whoever pays), and where its picture
-- goes if not to the chat of the order: to its person's private chat.
ALTER TABLE jobs ADD COLUMN group_id INTEGER REFERENCES groups (id);
ALTER TABLE jobs ADD COLUMN results_to INTEGER;

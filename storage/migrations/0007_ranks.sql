-- In groups, of which Telegram takes few messages, some things come before others.
ALTER TABLE outbox ADD COLUMN rank INTEGER NOT NULL DEFAULT 1 CHECK (rank IN (0, 1, 2));
CREATE INDEX outbox_ranks ON outbox (chat_id, rank, id) WHERE state = 'waiting';

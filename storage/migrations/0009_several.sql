-- Several pictures of one order, each a job of its own. Where a service takes several outfits or
-- pictures in one submit, one job leads and the others follow it: they wait, whatever else is
-- due, until it has a task, of which each then has a part.
ALTER TABLE jobs ADD COLUMN follows INTEGER REFERENCES jobs (id);
ALTER TABLE jobs ADD COLUMN outfit INTEGER;       -- which of the order's outfits, from 0
ALTER TABLE jobs ADD COLUMN sample INTEGER;       -- which picture of that outfit, from 0
CREATE INDEX jobs_followers ON jobs (follows) WHERE follows IS NOT NULL;

-- As before, but those who follow have no place of their own, and whatever is submitted
-- together counts as one.
DROP VIEW places;
CREATE VIEW places AS
WITH busy AS (
    SELECT DISTINCT person_id, chat_id, ifnull(follows, id) FROM open_jobs
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
    WHERE state = 'queued' AND follows IS NULL)
SELECT id, model, shown, due_at, row_number() OVER (
    PARTITION BY model ORDER BY person_turn, chat_turn, created_at, id) AS place
FROM turns;

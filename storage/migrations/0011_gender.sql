-- Who is on somebody's pictures, as they said last: one service has to be told.
ALTER TABLE people ADD COLUMN gender TEXT CHECK (gender IN ('woman', 'man'));

-- What was said of the occurrences of an alert that nobody was told of yet.
ALTER TABLE alerts ADD COLUMN details TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(details));

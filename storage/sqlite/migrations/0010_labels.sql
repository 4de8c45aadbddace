-- What the customer calls a channel, '' for nothing.
ALTER TABLE channels ADD COLUMN label TEXT NOT NULL DEFAULT '';

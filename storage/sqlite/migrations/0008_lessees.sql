-- Which process has leased a message, so that its messages go at once when it has
-- died. '' where nobody has, or where it is not known: then the lease ends by time.
ALTER TABLE messages ADD COLUMN leased_by TEXT NOT NULL DEFAULT '';

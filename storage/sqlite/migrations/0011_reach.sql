-- How far messages to each account arrive, over all of its channels: for lists of
-- accounts, which would have to read all channels and attempts without it.
--
-- Rows are written in the transaction of what changes them; what grows stale with time
-- is found by seen_at.
CREATE TABLE reaches (
  customer_id TEXT    NOT NULL PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
  rank        INTEGER NOT NULL, -- 0 a channel fails, 1 none reaches, 2 one waits for its code, 3 none of these
  seen_at     INTEGER NOT NULL, -- when a person last saw a message to a channel that reaches; 0 for never
  ways        TEXT    NOT NULL  -- JSON: by which types, and which fail
) STRICT, WITHOUT ROWID;

CREATE INDEX reaches_by_rank ON reaches (rank, seen_at, customer_id);

-- How many accounts there are of each rank.
CREATE TABLE reach_counts (
  rank   INTEGER NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT;

INSERT INTO reach_counts VALUES (0, 0), (1, 0), (2, 0), (3, 0);

CREATE TRIGGER customers_added AFTER INSERT ON customers BEGIN
  INSERT INTO reaches VALUES (NEW.id, 1, 0, '{}');
END;

CREATE TRIGGER reaches_added AFTER INSERT ON reaches BEGIN
  UPDATE reach_counts SET number = number + 1 WHERE rank = NEW.rank;
END;

CREATE TRIGGER reaches_deleted AFTER DELETE ON reaches BEGIN
  UPDATE reach_counts SET number = number - 1 WHERE rank = OLD.rank;
END;

CREATE TRIGGER reaches_changed AFTER UPDATE OF rank ON reaches WHEN NEW.rank <> OLD.rank BEGIN
  UPDATE reach_counts SET number = number - 1 WHERE rank = OLD.rank;
  UPDATE reach_counts SET number = number + 1 WHERE rank = NEW.rank;
END;

-- With this step, the rows of the accounts that are there are made (see reach.go).

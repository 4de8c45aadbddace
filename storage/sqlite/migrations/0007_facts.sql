-- What the database knows about itself, and two more things that are counted.

-- key_check:   tells the key for codes that belongs to this database from others.
-- signing_key: what signing secrets are derived from, sealed with the key for
--              codes; without it, they are derived from that key itself.
CREATE TABLE facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Sends, and two kinds of requests: whether an address is taken, and for a new
-- signing secret.
CREATE TABLE counted (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT    NOT NULL CHECK (purpose IN ('code', 'test', 'asking', 'secret')),
  sent_at     INTEGER NOT NULL,
  id          TEXT    NOT NULL,
  target      TEXT    NOT NULL,
  PRIMARY KEY (customer_id, purpose, sent_at, id)
) STRICT, WITHOUT ROWID;

INSERT INTO counted SELECT * FROM sends;
DROP TABLE sends;
ALTER TABLE counted RENAME TO sends;

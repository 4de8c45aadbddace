-- What a server needs: who may come in, and what was answered before.

-- A token is kept as the SHA-256 of its text, never as the text.
CREATE TABLE tokens (
  id          TEXT    NOT NULL PRIMARY KEY,
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  hash        BLOB    NOT NULL,
  scope       TEXT    NOT NULL CHECK (scope IN ('self', 'operator')),
  name        TEXT    NOT NULL,
  created_at  INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL -- 0: never
) STRICT, WITHOUT ROWID;

CREATE INDEX tokens_of_customer ON tokens (customer_id);

-- The answers to commands that carried a key, for those who ask again.
CREATE TABLE answers (
  sequence    INTEGER NOT NULL PRIMARY KEY, -- the order of writing, in which they go
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  command     TEXT    NOT NULL, -- the key that the command carried
  fingerprint TEXT    NOT NULL, -- of what was asked for
  answer      TEXT    NOT NULL, -- JSON; '' while the command is being carried out
  refusal     TEXT    NOT NULL, -- JSON; '' when there was none
  written_at  INTEGER NOT NULL,
  UNIQUE (customer_id, command)
) STRICT;

-- The answers to commands with a key that made an account. Before there is
-- one, the key can belong to nobody but the token that it came with; the
-- answer goes with the account, like everything that tells of it.
CREATE TABLE creations (
  sequence    INTEGER NOT NULL PRIMARY KEY, -- the order of writing, in which they go
  token_id    TEXT    NOT NULL, -- '' without a token; it may have gone by now
  command     TEXT    NOT NULL, -- the key that the command carried
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE, -- who was made
  fingerprint TEXT    NOT NULL, -- of what was asked for
  answer      TEXT    NOT NULL, -- JSON
  written_at  INTEGER NOT NULL,
  UNIQUE (token_id, command)
) STRICT;

CREATE INDEX creations_of_customer ON creations (customer_id);

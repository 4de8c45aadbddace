-- What becomes of messages: every attempt, the sealed text of what waits, and
-- what proves that a channel reaches somebody.

ALTER TABLE messages ADD COLUMN sealed   BLOB    NOT NULL DEFAULT x''; -- subject, body, code and word, while queued
ALTER TABLE messages ADD COLUMN word     TEXT    NOT NULL DEFAULT '';  -- of a test that is held here
ALTER TABLE messages ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN due_at   INTEGER NOT NULL DEFAULT 0;   -- when a queued one is tried next

-- By where the message went, so that a channel's are together; they stay when
-- the message is deleted.
CREATE TABLE attempts (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  type        TEXT    NOT NULL,
  recipient   TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  message_id  TEXT    NOT NULL,
  kind        TEXT    NOT NULL,
  began_at    INTEGER NOT NULL,
  outcome     TEXT    NOT NULL CHECK (outcome IN ('sent', 'held', 'delayed', 'failed')),
  provider    TEXT    NOT NULL,
  status      TEXT    NOT NULL,
  micros      INTEGER NOT NULL,
  PRIMARY KEY (customer_id, type, recipient, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attempts_of_message ON attempts (customer_id, message_id, id);

ALTER TABLE channels ADD COLUMN seen_at    INTEGER NOT NULL DEFAULT 0;   -- when a person gave back a code or a word
ALTER TABLE channels ADD COLUMN word_id    TEXT    NOT NULL DEFAULT '';  -- the message of the test whose word is open
ALTER TABLE channels ADD COLUMN word_mac   BLOB    NOT NULL DEFAULT x''; -- never the word itself
ALTER TABLE channels ADD COLUMN word_at    INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN word_tries INTEGER NOT NULL DEFAULT 0;
ALTER TABLE channels ADD COLUMN salts      TEXT    NOT NULL DEFAULT '';  -- JSON; with the key, they make the signing secrets

UPDATE channels SET seen_at = verified_at; -- whoever typed the code had seen it
UPDATE channels SET salts = '{"now":"' || lower(hex(randomblob(16))) || '"}' WHERE type = 'webhook';

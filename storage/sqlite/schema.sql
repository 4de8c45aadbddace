-- What the migrations make of an empty file. Written by the tests with PINGHOME_UPDATE=1.
CREATE TABLE schema_migrations
		(version INTEGER PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT;
CREATE TABLE organizations (
  id            TEXT    NOT NULL PRIMARY KEY,
  name          TEXT    NOT NULL,
  plan          TEXT    NOT NULL CHECK (plan IN ('developer', 'team', 'business')),
  trial_ends_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE teams (
  id              TEXT NOT NULL PRIMARY KEY,
  organization_id TEXT NOT NULL REFERENCES organizations (id),
  name            TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX teams_of_organization ON teams (organization_id);
CREATE TABLE customers (
  id            TEXT    NOT NULL PRIMARY KEY,
  team_id       TEXT    NOT NULL REFERENCES teams (id),
  email         TEXT    NOT NULL,
  email_fold    TEXT    NOT NULL UNIQUE, -- the email without regard to case
  pending_email TEXT    NOT NULL,        -- the username that waits for its code
  name          TEXT    NOT NULL,
  surname       TEXT    NOT NULL,
  role          TEXT    NOT NULL CHECK (role IN ('root', 'manager', 'user')),
  search        TEXT    NOT NULL,        -- name, surname, email and organization in lower case
  revision      INTEGER NOT NULL,        -- grows with every change to anything below
  created_at    INTEGER NOT NULL
, newest_entry INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE INDEX customers_by_age ON customers (created_at, id);
CREATE INDEX customers_by_name ON customers (search, id);
CREATE INDEX customers_of_team ON customers (team_id);
CREATE TABLE channels (
  customer_id   TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  priority      INTEGER NOT NULL CHECK (priority >= 1),
  type          TEXT    NOT NULL CHECK (type IN ('email', 'sms', 'push-notification', 'webhook')),
  value         TEXT    NOT NULL,
  active_value  TEXT    NOT NULL, -- the last proven value, which messages go to
  enabled       INTEGER NOT NULL,
  created_at    INTEGER NOT NULL,
  updated_at    INTEGER NOT NULL,
  verified_at   INTEGER NOT NULL, -- of active_value
  test_at       INTEGER NOT NULL, -- of the last test; 0 before the first
  test_ok       INTEGER NOT NULL,
  test_provider TEXT    NOT NULL,
  test_status   TEXT    NOT NULL,
  test_detail   TEXT    NOT NULL,
  test_micros   INTEGER NOT NULL,
  test_disabled INTEGER NOT NULL, seen_at    INTEGER NOT NULL DEFAULT 0, word_id    TEXT    NOT NULL DEFAULT '', word_mac   BLOB    NOT NULL DEFAULT x'', word_at    INTEGER NOT NULL DEFAULT 0, word_tries INTEGER NOT NULL DEFAULT 0, salts      TEXT    NOT NULL DEFAULT '', test_held INTEGER NOT NULL DEFAULT 0, label TEXT NOT NULL DEFAULT '', test_unknown INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, priority),
  UNIQUE (customer_id, type, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE codes (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT    NOT NULL CHECK (purpose IN ('channel', 'username')),
  target      TEXT    NOT NULL, -- the type, a colon and the exact value
  id          TEXT    NOT NULL,
  mac         BLOB    NOT NULL, -- never the code itself
  tries       INTEGER NOT NULL,
  sent_at     INTEGER NOT NULL,
  expires_at  INTEGER NOT NULL,
  PRIMARY KEY (customer_id, purpose, target)
) STRICT, WITHOUT ROWID;
CREATE TABLE code_failures (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  target      TEXT    NOT NULL,
  id          TEXT    NOT NULL,
  failed_at   INTEGER NOT NULL,
  PRIMARY KEY (customer_id, target, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE messages (
  customer_id     TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id              TEXT    NOT NULL,
  written_at      INTEGER NOT NULL,
  type            TEXT    NOT NULL,
  recipient       TEXT    NOT NULL,
  kind            TEXT    NOT NULL CHECK (kind IN ('verification', 'username', 'notice', 'test')),
  subject         TEXT    NOT NULL,
  body            TEXT    NOT NULL,
  code            TEXT    NOT NULL,
  code_expires_at INTEGER NOT NULL,
  state           TEXT    NOT NULL CHECK (state IN ('queued', 'held', 'sent', 'failed')),
  leased_until    INTEGER NOT NULL, -- whoever hands a queued message over owns it until then
  provider        TEXT    NOT NULL,
  detail          TEXT    NOT NULL,
  is_read         INTEGER NOT NULL, sealed   BLOB    NOT NULL DEFAULT x'', word     TEXT    NOT NULL DEFAULT '', attempts INTEGER NOT NULL DEFAULT 0, due_at   INTEGER NOT NULL DEFAULT 0, leased_by TEXT NOT NULL DEFAULT '', is_unknown INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_by_reading ON messages (customer_id, is_read);
CREATE INDEX messages_queued ON messages (leased_until) WHERE state = 'queued';
CREATE TABLE feedback (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id          TEXT    NOT NULL,
  sent_at     INTEGER NOT NULL,
  text        TEXT    NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX feedback_by_time ON feedback (customer_id, sent_at);
CREATE TABLE tombstones (
  id_hash    TEXT    NOT NULL PRIMARY KEY,
  reason     TEXT    NOT NULL,
  deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
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
CREATE TABLE "journal" (
  sequence    INTEGER NOT NULL PRIMARY KEY,
  customer_id TEXT    NOT NULL, -- no reference, whose check on deletion would need the index
  previous    INTEGER NOT NULL, -- the customer's row before this one; 0 for the first
  id          TEXT    NOT NULL,
  written_at  INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  detail      TEXT    NOT NULL
, before TEXT NOT NULL DEFAULT '', after TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', undoes TEXT NOT NULL DEFAULT '') STRICT;
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
  micros      INTEGER NOT NULL, exactly TEXT NOT NULL DEFAULT '' CHECK (exactly IN ('', 'unknown', 'blocked')), stopped INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, type, recipient, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attempts_of_message ON attempts (customer_id, message_id, id);
CREATE TABLE facts (
  name  TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE "sends" (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT    NOT NULL CHECK (purpose IN ('code', 'test', 'asking', 'secret')),
  sent_at     INTEGER NOT NULL,
  id          TEXT    NOT NULL,
  target      TEXT    NOT NULL,
  PRIMARY KEY (customer_id, purpose, sent_at, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE target_sends (
  target  BLOB    NOT NULL,
  sent_at INTEGER NOT NULL,
  id      TEXT    NOT NULL,
  PRIMARY KEY (target, sent_at, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX target_sends_by_age ON target_sends (sent_at);
CREATE TABLE reaches (
  customer_id TEXT    NOT NULL PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
  rank        INTEGER NOT NULL, -- 0 a channel fails, 1 none reaches, 2 one waits for its code, 3 none of these
  seen_at     INTEGER NOT NULL, -- when a person last saw a message to a channel that reaches; 0 for never
  ways        TEXT    NOT NULL  -- JSON: by which types, and which fail
) STRICT, WITHOUT ROWID;
CREATE INDEX reaches_by_rank ON reaches (rank, seen_at, customer_id);
CREATE TABLE reach_counts (
  rank   INTEGER NOT NULL PRIMARY KEY,
  number INTEGER NOT NULL
) STRICT;
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
CREATE INDEX customers_by_other_email ON customers (email_fold) WHERE instr(search, email_fold) = 0;
INSERT INTO reach_counts VALUES (0, 0);
INSERT INTO reach_counts VALUES (1, 0);
INSERT INTO reach_counts VALUES (2, 0);
INSERT INTO reach_counts VALUES (3, 0);

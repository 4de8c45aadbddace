-- The accounts and everything that belongs to them.
--
-- Ids are UUIDs as text. Instants are unix milliseconds; 0 and '' mean "none".
-- Ids of messages, feedback, journal and the counters are UUIDv7, so that
-- (customer_id, id) is also the order of time and needs no second index.
-- Deleting a customer takes everything with it by cascade.

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
) STRICT, WITHOUT ROWID;

CREATE INDEX customers_by_age ON customers (created_at, id);
CREATE INDEX customers_by_name ON customers (search, id);
CREATE INDEX customers_of_team ON customers (team_id);

-- A channel is verified when its value is the one in force.
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
  test_disabled INTEGER NOT NULL,
  PRIMARY KEY (customer_id, priority),
  UNIQUE (customer_id, type, value)
) STRICT, WITHOUT ROWID;

-- At most one live code for each customer, purpose and target.
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

-- What was sent, for the limits; kept for a day, also when the channel goes.
CREATE TABLE sends (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT    NOT NULL CHECK (purpose IN ('code', 'test')),
  sent_at     INTEGER NOT NULL,
  id          TEXT    NOT NULL,
  target      TEXT    NOT NULL,
  PRIMARY KEY (customer_id, purpose, sent_at, id)
) STRICT, WITHOUT ROWID;

-- Wrong codes in a row, for the lock; a right one clears the target.
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
  is_read         INTEGER NOT NULL,
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

CREATE TABLE journal (
  customer_id TEXT    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id          TEXT    NOT NULL,
  written_at  INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  detail      TEXT    NOT NULL,
  PRIMARY KEY (customer_id, id)
) STRICT, WITHOUT ROWID;

-- What is left of a deleted account: that there was one, and why it went.
CREATE TABLE tombstones (
  id_hash    TEXT    NOT NULL PRIMARY KEY,
  reason     TEXT    NOT NULL,
  deleted_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- The tables of the first version that runs on PostgreSQL: those that the migrations of the file
-- make together. Texts are compared by their bytes, as there. The tables of a customer begin with the
-- customer's id, and so do their keys, by which all of them can be divided over several databases.
CREATE TABLE organizations (
  id            TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  name          TEXT COLLATE "C"    NOT NULL,
  plan          TEXT COLLATE "C"    NOT NULL CHECK (plan IN ('developer', 'team', 'business')),
  trial_ends_at BIGINT NOT NULL
);
CREATE TABLE teams (
  id              TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  organization_id TEXT COLLATE "C" NOT NULL REFERENCES organizations (id),
  name            TEXT COLLATE "C" NOT NULL
);
CREATE INDEX teams_of_organization ON teams (organization_id);
CREATE TABLE customers (
  id            TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  team_id       TEXT COLLATE "C"    NOT NULL REFERENCES teams (id),
  email         TEXT COLLATE "C"    NOT NULL,
  email_fold    TEXT COLLATE "C"    NOT NULL UNIQUE, -- the email without regard to case
  pending_email TEXT COLLATE "C"    NOT NULL,        -- the username that waits for its code
  name          TEXT COLLATE "C"    NOT NULL,
  surname       TEXT COLLATE "C"    NOT NULL,
  role          TEXT COLLATE "C"    NOT NULL CHECK (role IN ('root', 'manager', 'user')),
  search        TEXT COLLATE "C"    NOT NULL,        -- name, surname, email and organization in lower case
  revision      BIGINT NOT NULL,        -- grows with every change to anything below
  created_at    BIGINT NOT NULL,
  newest_entry BIGINT NOT NULL DEFAULT 0);
CREATE INDEX customers_by_age ON customers (created_at, id);
CREATE INDEX customers_by_name ON customers (search, id);
CREATE INDEX customers_of_team ON customers (team_id);
CREATE TABLE channels (
  customer_id   TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  priority      BIGINT NOT NULL CHECK (priority >= 1),
  type          TEXT COLLATE "C"    NOT NULL CHECK (type IN ('email', 'sms', 'push-notification', 'webhook')),
  value         TEXT COLLATE "C"    NOT NULL,
  active_value  TEXT COLLATE "C"    NOT NULL, -- the last proven value, which messages go to
  enabled       BIGINT NOT NULL,
  created_at    BIGINT NOT NULL,
  updated_at    BIGINT NOT NULL,
  verified_at   BIGINT NOT NULL, -- of active_value
  test_at       BIGINT NOT NULL, -- of the last test; 0 before the first
  test_ok       BIGINT NOT NULL,
  test_provider TEXT COLLATE "C"    NOT NULL,
  test_status   TEXT COLLATE "C"    NOT NULL,
  test_detail   TEXT COLLATE "C"    NOT NULL,
  test_micros   BIGINT NOT NULL,
  test_disabled BIGINT NOT NULL,
  seen_at BIGINT NOT NULL DEFAULT 0,
  word_id TEXT COLLATE "C"    NOT NULL DEFAULT '',
  word_mac BYTEA    NOT NULL DEFAULT '',
  word_at BIGINT NOT NULL DEFAULT 0,
  word_tries BIGINT NOT NULL DEFAULT 0,
  salts TEXT COLLATE "C"    NOT NULL DEFAULT '',
  test_held BIGINT NOT NULL DEFAULT 0,
  label TEXT COLLATE "C" NOT NULL DEFAULT '',
  test_unknown BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, priority),
  UNIQUE (customer_id, type, value)
);
CREATE TABLE codes (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT COLLATE "C"    NOT NULL CHECK (purpose IN ('channel', 'username')),
  target      TEXT COLLATE "C"    NOT NULL, -- the type, a colon and the exact value
  id          TEXT COLLATE "C"    NOT NULL,
  mac         BYTEA    NOT NULL, -- never the code itself
  tries       BIGINT NOT NULL,
  sent_at     BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL,
  PRIMARY KEY (customer_id, purpose, target)
);
CREATE TABLE code_failures (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  target      TEXT COLLATE "C"    NOT NULL,
  id          TEXT COLLATE "C"    NOT NULL,
  failed_at   BIGINT NOT NULL,
  PRIMARY KEY (customer_id, target, id)
);
CREATE TABLE messages (
  customer_id     TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id              TEXT COLLATE "C"    NOT NULL,
  written_at      BIGINT NOT NULL,
  type            TEXT COLLATE "C"    NOT NULL,
  recipient       TEXT COLLATE "C"    NOT NULL,
  kind            TEXT COLLATE "C"    NOT NULL CHECK (kind IN ('verification', 'username', 'notice', 'test')),
  subject         TEXT COLLATE "C"    NOT NULL,
  body            TEXT COLLATE "C"    NOT NULL,
  code            TEXT COLLATE "C"    NOT NULL,
  code_expires_at BIGINT NOT NULL,
  state           TEXT COLLATE "C"    NOT NULL CHECK (state IN ('queued', 'held', 'sent', 'failed')),
  leased_until    BIGINT NOT NULL, -- whoever hands a queued message over owns it until then
  provider        TEXT COLLATE "C"    NOT NULL,
  detail          TEXT COLLATE "C"    NOT NULL,
  is_read         BIGINT NOT NULL,
  sealed BYTEA    NOT NULL DEFAULT '',
  word TEXT COLLATE "C"    NOT NULL DEFAULT '',
  attempts BIGINT NOT NULL DEFAULT 0,
  due_at BIGINT NOT NULL DEFAULT 0,
  leased_by TEXT COLLATE "C" NOT NULL DEFAULT '',
  is_unknown BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX messages_by_reading ON messages (customer_id, is_read);
CREATE INDEX messages_queued ON messages (leased_until) WHERE state = 'queued';
CREATE TABLE feedback (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  id          TEXT COLLATE "C"    NOT NULL,
  sent_at     BIGINT NOT NULL,
  text        TEXT COLLATE "C"    NOT NULL,
  PRIMARY KEY (customer_id, id)
);
CREATE INDEX feedback_by_time ON feedback (customer_id, sent_at);
CREATE TABLE tombstones (
  id_hash    TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  reason     TEXT COLLATE "C"    NOT NULL,
  deleted_at BIGINT NOT NULL
);
CREATE TABLE tokens (
  id          TEXT COLLATE "C"    NOT NULL PRIMARY KEY,
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  hash        BYTEA    NOT NULL,
  scope       TEXT COLLATE "C"    NOT NULL CHECK (scope IN ('self', 'operator')),
  name        TEXT COLLATE "C"    NOT NULL,
  created_at  BIGINT NOT NULL,
  expires_at  BIGINT NOT NULL -- 0: never
);
CREATE INDEX tokens_of_customer ON tokens (customer_id);
CREATE TABLE answers (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  sequence    BIGINT  GENERATED ALWAYS AS IDENTITY, -- the order of writing, in which they go
  command     TEXT COLLATE "C"    NOT NULL, -- the key that the command carried
  fingerprint TEXT COLLATE "C"    NOT NULL, -- of what was asked for
  answer      TEXT COLLATE "C"    NOT NULL, -- JSON; '' while the command is being carried out
  refusal     TEXT COLLATE "C"    NOT NULL, -- JSON; '' when there was none
  written_at  BIGINT NOT NULL,
  PRIMARY KEY (customer_id, command)
);
CREATE INDEX answers_by_sequence ON answers (sequence);
CREATE TABLE creations (
  sequence    BIGINT  GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order of writing, in which they go
  token_id    TEXT COLLATE "C"    NOT NULL, -- '' without a token; it may have gone by now
  command     TEXT COLLATE "C"    NOT NULL, -- the key that the command carried
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE, -- who was made
  fingerprint TEXT COLLATE "C"    NOT NULL, -- of what was asked for
  answer      TEXT COLLATE "C"    NOT NULL, -- JSON
  written_at  BIGINT NOT NULL,
  UNIQUE (token_id, command)
);
CREATE INDEX creations_of_customer ON creations (customer_id);
CREATE TABLE journal (
  customer_id TEXT COLLATE "C"    NOT NULL, -- no reference: its rows are deleted before the customer
  sequence    BIGINT  GENERATED ALWAYS AS IDENTITY,
  previous    BIGINT NOT NULL, -- the customer's row before this one; 0 for the first
  id          TEXT COLLATE "C"    NOT NULL,
  written_at  BIGINT NOT NULL,
  actor       TEXT COLLATE "C"    NOT NULL,
  action      TEXT COLLATE "C"    NOT NULL,
  detail      TEXT COLLATE "C"    NOT NULL,
  before TEXT COLLATE "C" NOT NULL DEFAULT '',
  after TEXT COLLATE "C" NOT NULL DEFAULT '',
  address TEXT COLLATE "C" NOT NULL DEFAULT '',
  undoes TEXT COLLATE "C" NOT NULL DEFAULT '',
  xid BIGINT NOT NULL DEFAULT pg_current_xact_id()::TEXT::BIGINT, -- the transaction: rows are seen in another order than that of their numbers
  PRIMARY KEY (customer_id, sequence)
);
CREATE INDEX journal_by_sequence ON journal (sequence);
CREATE INDEX journal_by_xid ON journal (xid);
CREATE TABLE attempts (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  type        TEXT COLLATE "C"    NOT NULL,
  recipient   TEXT COLLATE "C"    NOT NULL,
  id          TEXT COLLATE "C"    NOT NULL,
  message_id  TEXT COLLATE "C"    NOT NULL,
  kind        TEXT COLLATE "C"    NOT NULL,
  began_at    BIGINT NOT NULL,
  outcome     TEXT COLLATE "C"    NOT NULL CHECK (outcome IN ('sent', 'held', 'delayed', 'failed')),
  provider    TEXT COLLATE "C"    NOT NULL,
  status      TEXT COLLATE "C"    NOT NULL,
  micros      BIGINT NOT NULL,
  exactly TEXT COLLATE "C" NOT NULL DEFAULT '' CHECK (exactly IN ('', 'unknown', 'blocked')),
  stopped BIGINT NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id, type, recipient, id)
);
CREATE INDEX attempts_of_message ON attempts (customer_id, message_id, id);
CREATE TABLE facts (
  name  TEXT COLLATE "C" NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);
CREATE TABLE sends (
  customer_id TEXT COLLATE "C"    NOT NULL REFERENCES customers (id) ON DELETE CASCADE,
  purpose     TEXT COLLATE "C"    NOT NULL CHECK (purpose IN ('code', 'test', 'asking', 'secret')),
  sent_at     BIGINT NOT NULL,
  id          TEXT COLLATE "C"    NOT NULL,
  target      TEXT COLLATE "C"    NOT NULL,
  PRIMARY KEY (customer_id, purpose, sent_at, id)
);
CREATE TABLE target_sends (
  target  BYTEA    NOT NULL,
  sent_at BIGINT NOT NULL,
  id      TEXT COLLATE "C"    NOT NULL,
  PRIMARY KEY (target, sent_at, id)
);
CREATE INDEX target_sends_by_age ON target_sends (sent_at);
CREATE TABLE reaches (
  customer_id TEXT COLLATE "C"    NOT NULL PRIMARY KEY REFERENCES customers (id) ON DELETE CASCADE,
  rank        BIGINT NOT NULL, -- 0 a channel fails, 1 none reaches, 2 one waits for its code, 3 none of these
  seen_at     BIGINT NOT NULL, -- when a person last saw a message to a channel that reaches; 0 for never
  ways        TEXT COLLATE "C"    NOT NULL  -- JSON: by which types, and which fail
);
CREATE INDEX reaches_by_rank ON reaches (rank, seen_at, customer_id);
CREATE TABLE reach_counts ( -- a count in 64 parts, of some accounts each, so that few changes wait for one another
  rank   BIGINT NOT NULL,
  part   BIGINT NOT NULL,
  number BIGINT NOT NULL,
  PRIMARY KEY (rank, part)
);
CREATE FUNCTION instr(whole TEXT, part TEXT) RETURNS INTEGER LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT strpos(whole, part)';
CREATE FUNCTION json_each(list TEXT) RETURNS TABLE (value TEXT) LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT json_array_elements_text(list::json)';
CREATE INDEX customers_by_other_email ON customers (email_fold) WHERE instr(search, email_fold) = 0;
INSERT INTO reach_counts SELECT rank, part, 0 FROM generate_series(0, 3) AS rank, generate_series(0, 63) AS part;
CREATE FUNCTION add_reach() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO reaches VALUES (NEW.id, 1, 0, '{}');
  RETURN NULL;
END $$;
CREATE TRIGGER customers_added AFTER INSERT ON customers FOR EACH ROW EXECUTE FUNCTION add_reach();
-- The counts are changed in the order of their ranks, so that no two changes wait for each other.
CREATE FUNCTION count_reach() RETURNS TRIGGER LANGUAGE plpgsql AS $$ BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM add_to_reach_count(NEW.rank, NEW.customer_id, 1);
  ELSIF TG_OP = 'DELETE' THEN
    PERFORM add_to_reach_count(OLD.rank, OLD.customer_id, -1);
  ELSIF OLD.rank < NEW.rank THEN
    PERFORM add_to_reach_count(OLD.rank, NEW.customer_id, -1);
    PERFORM add_to_reach_count(NEW.rank, NEW.customer_id, 1);
  ELSIF OLD.rank > NEW.rank THEN
    PERFORM add_to_reach_count(NEW.rank, NEW.customer_id, 1);
    PERFORM add_to_reach_count(OLD.rank, NEW.customer_id, -1);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION add_to_reach_count(of BIGINT, customer TEXT, by BIGINT) RETURNS VOID LANGUAGE sql AS
  'UPDATE reach_counts SET number = number + by WHERE rank = of AND part = hashtext(customer) & 63';
CREATE TRIGGER reaches_counted AFTER INSERT OR UPDATE OF rank OR DELETE ON reaches FOR EACH ROW EXECUTE FUNCTION count_reach();

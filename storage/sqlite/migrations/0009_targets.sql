-- Codes by the address that they were sent to, over all customers, for a limit. The
-- address is a keyed hash, and no customer is named, so that it can stay for a day when
-- the account is deleted.
CREATE TABLE target_sends (
  target  BLOB    NOT NULL,
  sent_at INTEGER NOT NULL,
  id      TEXT    NOT NULL,
  PRIMARY KEY (target, sent_at, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX target_sends_by_age ON target_sends (sent_at);

-- With this step, email_fold and the targets of sends and code_failures are brought
-- into the form of backend.FoldEmail and backend.CanonicalValue (see canonical.go).

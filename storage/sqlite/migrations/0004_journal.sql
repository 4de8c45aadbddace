-- The journal in the order of writing.
--
-- Clustered by customer, every row went into a page of its own, a third of
-- all that a batch of changes wrote. Now rows go to the end, and each names
-- the customer's row before it: from the newest, which the customer names,
-- a customer's rows are walked without an index.
CREATE TABLE entries (
  sequence    INTEGER NOT NULL PRIMARY KEY,
  customer_id TEXT    NOT NULL, -- no reference, whose check on deletion would need the index
  previous    INTEGER NOT NULL, -- the customer's row before this one; 0 for the first
  id          TEXT    NOT NULL,
  written_at  INTEGER NOT NULL,
  actor       TEXT    NOT NULL,
  action      TEXT    NOT NULL,
  detail      TEXT    NOT NULL
) STRICT;

INSERT INTO entries (sequence, customer_id, previous, id, written_at, actor, action, detail)
SELECT n, customer_id, COALESCE(LAG(n) OVER (PARTITION BY customer_id ORDER BY n), 0), id, written_at, actor, action, detail
FROM (SELECT ROW_NUMBER() OVER (ORDER BY id, customer_id) AS n, * FROM journal);

ALTER TABLE customers ADD COLUMN newest_entry INTEGER NOT NULL DEFAULT 0; -- of the journal; 0 for none

UPDATE customers SET newest_entry = newest.n
FROM (SELECT customer_id, MAX(sequence) AS n FROM entries GROUP BY customer_id) AS newest
WHERE newest.customer_id = customers.id;

DROP TABLE journal;
ALTER TABLE entries RENAME TO journal;

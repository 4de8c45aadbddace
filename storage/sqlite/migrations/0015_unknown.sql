-- What came of a message is not always known: the answer to it may be lost. And what is
-- refused on our side says nothing about the address.

-- Of an attempt whose outcome is 'delayed', that is to say that it tells nothing of the
-- address: 'unknown' when the message may have been taken, 'blocked' when the cause is on our
-- side and no other attempt follows.
ALTER TABLE attempts ADD COLUMN exactly TEXT NOT NULL DEFAULT '' CHECK (exactly IN ('', 'unknown', 'blocked'));

-- Of a message whose state is 'failed': that it may have been taken.
ALTER TABLE messages ADD COLUMN is_unknown INTEGER NOT NULL DEFAULT 0;

-- Of the last test of a channel: that it may have been taken.
ALTER TABLE channels ADD COLUMN test_unknown INTEGER NOT NULL DEFAULT 0;

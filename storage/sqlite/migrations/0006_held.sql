-- Whether the last test of a channel is held in the inbox. Until now this was
-- told by the name of its provider.
ALTER TABLE channels ADD COLUMN test_held INTEGER NOT NULL DEFAULT 0;

UPDATE channels SET test_held = 1 WHERE test_ok = 1 AND test_provider = 'inbox';

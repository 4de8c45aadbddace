-- Whether an attempt was refused because the person has asked for no more messages (the
-- answer STOP to an SMS). A channel shows that until a later message is accepted.
ALTER TABLE attempts ADD COLUMN stopped INTEGER NOT NULL DEFAULT 0;

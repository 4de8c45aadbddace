package storage

// What a change of the key for codes has to go through.

const (
	selectSealed = `SELECT ` + queuedColumns + ` FROM messages WHERE state = 'queued' AND sealed <> $1`

	updateSealed = `UPDATE messages SET sealed = $1 WHERE customer_id = $2 AND id = $3`

	expireCodes = `UPDATE codes SET expires_at = $1 WHERE expires_at > $1`

	closeTests = `UPDATE channels SET word_id = '', word_mac = $1, word_at = 0 WHERE word_id <> ''`
)

// SealedMessages lists the queued messages with a sealed text, of all customers.
func (t *Tx) SealedMessages() ([]QueuedMessage, error) {
	var list []QueuedMessage
	err := t.rows(selectSealed, []any{noBytes}, func(scan func(...any) error) error {
		q, err := scanQueued(scan)
		list = append(list, q)
		return err
	})
	return list, err
}

// ReplaceSealed writes another sealed text of a message.
func (t *Tx) ReplaceSealed(q QueuedMessage) error {
	_, err := t.exec(updateSealed, blob(q.Sealed), q.Customer, q.Message.ID)
	return err
}

// ExpireCodes ends the codes of all customers at t.Now.
func (t *Tx) ExpireCodes() error {
	_, err := t.exec(expireCodes, millis(t.Now))
	return err
}

// CloseTests closes the open tests of all customers: their words cannot be entered
// any more.
func (t *Tx) CloseTests() error {
	_, err := t.exec(closeTests, noBytes)
	return err
}

package storage

const insertTombstone = `INSERT INTO tombstones (id_hash, reason, deleted_at) VALUES ($1, $2, $3)`

// AddTombstone keeps the hash of a deleted account's id, the reason and the time.
func (t *Tx) AddTombstone(hash, reason string) error {
	_, err := t.exec(insertTombstone, hash, reason, millis(t.Now))
	return err
}

const selectTombstone = `SELECT COUNT(*) FROM tombstones WHERE id_hash = $1`

// Buried reports whether the account with this hash was deleted.
func (t *Tx) Buried(hash string) (bool, error) {
	var n int
	err := t.row(selectTombstone, []any{hash}, &n)
	return n > 0, err
}

package storage

const insertTombstone = `INSERT INTO tombstones (id_hash, reason, deleted_at) VALUES ($1, $2, $3)`

// AddTombstone records that an account was deleted: the hash of its id, the reason
// and t.Now.
func (t *Tx) AddTombstone(hash, reason string) error {
	_, err := t.exec(insertTombstone, hash, reason, millis(t.Now))
	return err
}

const selectTombstone = `SELECT COUNT(*) FROM tombstones WHERE id_hash = $1`

// HasTombstone reports whether an account whose id has this hash was deleted.
func (t *Tx) HasTombstone(hash string) (bool, error) {
	var n int
	err := t.row(selectTombstone, []any{hash}, &n)
	return n > 0, err
}

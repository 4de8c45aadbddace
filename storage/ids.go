package storage

import (
	"encoding/binary"
	"time"

	"github.com/google/uuid"
)

// behindAll is greater than every id: those begin with a digit of 16.
const behindAll = "g"

// NewID returns an id that is greater than those before it: a UUID of version 7, which begins with the
// time in milliseconds. Attempts and messages are ordered by their ids, so the time is that of the clock
// that all processes of the store agree on.
func (t *Tx) NewID() string {
	id := uuid.Must(uuid.NewV7())
	if t.hooks.Ahead == nil {
		return id.String()
	}
	ms := t.hooks.Ahead().Round(time.Millisecond).Milliseconds()
	for i := range 6 {
		ms += int64(id[i]) << (8 * (5 - i))
	}
	var text [8]byte
	binary.BigEndian.PutUint64(text[:], uint64(ms)) //nolint:gosec // milliseconds since 1970
	copy(id[:6], text[2:])
	return id.String()
}

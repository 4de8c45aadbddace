package postgres

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// asked is when a change was asked for, where an observer wants to know.
func (s *Store) asked(o transaction) (at time.Time) {
	if s.options.Observer != nil && o.options == writes {
		at = time.Now()
	}
	return at
}

// observeTurn tells the observer how long a change has waited for its connection and its lock.
func (s *session) observeTurn() {
	if o := s.store.options.Observer; o != nil && !s.asked.IsZero() && s.fatal == nil {
		o.Waited(time.Since(s.asked))
	}
}

// observedCommit is commit, of which the observer is told.
func (s *session) observedCommit() error {
	o := s.store.options.Observer
	if o == nil {
		return s.commit()
	}
	begun := time.Now()
	err := s.commit()
	o.Committed(1, time.Since(begun), err)
	return err
}

// Connections are those of the pool.
func (s *Store) Connections() storage.Connections {
	stat := s.pool.Stat()
	return storage.Connections{InUse: int(stat.AcquiredConns()), Idle: int(stat.IdleConns()), Max: int(stat.MaxConns())}
}

const selectSize = `SELECT pg_database_size(current_database())`

// Size is that of the database, in bytes.
func (s *Store) Size(ctx context.Context) (size int64, err error) {
	if err = s.pool.QueryRow(ctx, selectSize).Scan(&size); err != nil {
		err = s.translate(ctx, err)
	}
	return size, err
}

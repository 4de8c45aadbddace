package postgres

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// silence is after how long without an answer the database is asked whether it is there, and answerTime
// is how long it may take to say so.
const (
	silence    = time.Second
	answerTime = 250 * time.Millisecond
)

// hear notes that the database has answered, which an error of its own is, too.
func (s *Store) hear(err error) {
	var answer *pgconn.PgError
	if err == nil || errors.Is(err, sql.ErrNoRows) || errors.As(err, &answer) {
		s.heard.Store(time.Now().UnixNano())
	}
}

// isSilent reports whether the database is away, and does not only keep waiting what others hold up.
func (s *Store) isSilent() bool {
	if time.Now().UnixNano()-s.heard.Load() < int64(silence) {
		return false
	}
	ctx, cancel := context.WithTimeout(context.Background(), answerTime)
	defer cancel()
	err := s.pool.Ping(ctx)
	s.hear(err)
	return err != nil
}

package postgres

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// selectPrimary tells of a server whether it can write, which timeline it is on, and its time. A
// standby that is promoted begins a new timeline.
const selectPrimary = `
SELECT current_setting('transaction_read_only'),
  CASE WHEN pg_is_in_recovery() THEN '0' ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
  extract(epoch FROM clock_timestamp())::TEXT`

var (
	errReadOnlyServer = errors.New("it is a standby, or read only")
	errOldPrimary     = errors.New("it was a primary, and another one took its place")
)

// checkPrimary refuses a connection to a server that can only be read, or that was the primary before
// the one that was seen: it would show what was there then, and keep no change. The next host of the
// address is tried. It notes how far the clock of the server is ahead.
func (s *Store) checkPrimary(ctx context.Context, c *pgconn.PgConn) error {
	asked := time.Now()
	result := c.ExecParams(ctx, selectPrimary, nil, nil, nil, nil).Read()
	if result.Err != nil {
		return result.Err
	}
	if len(result.Rows) != 1 || len(result.Rows[0]) != 3 {
		return fmt.Errorf("%d rows", len(result.Rows))
	}
	isReadOnly, timelineText, seconds := string(result.Rows[0][0]) == "on", string(result.Rows[0][1]), string(result.Rows[0][2])
	timeline, err := strconv.ParseInt(timelineText, 16, 64)
	if err != nil {
		return err
	}
	if !s.options.takesStandby {
		if isReadOnly {
			return errReadOnlyServer
		}
		if !s.isNewest(timeline) {
			return errOldPrimary
		}
	}
	return s.noteClock(asked, seconds)
}

// isNewest notes a timeline, and reports whether no later one was seen.
func (s *Store) isNewest(timeline int64) bool {
	for {
		seen := s.timeline.Load()
		if timeline < seen {
			return false
		}
		if s.timeline.CompareAndSwap(seen, timeline) {
			return true
		}
	}
}

// noteClock notes by how much the clock of the database is ahead, from its answer to what was asked at
// an instant. The answer is taken to be made in the middle of the time that it took.
func (s *Store) noteClock(asked time.Time, seconds string) error {
	at, err := strconv.ParseFloat(seconds, 64)
	if err != nil {
		return err
	}
	middle := asked.Add(time.Since(asked) / 2)
	s.ahead.Store(int64(time.UnixMicro(int64(at * 1e6)).Sub(middle)))
	return nil
}

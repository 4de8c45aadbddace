package postgres

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// selectPrimary tells of a server whether it can write, which timeline it is on, its time, and the setting
// by which a commit would be acknowledged that is not durable, or nothing. A standby that is promoted begins a new
// timeline, and has settings of its own. Below "warning" the server does not say that a commit has not waited
// for the standby.
const selectPrimary = `
SELECT current_setting('transaction_read_only'),
  CASE WHEN pg_is_in_recovery() THEN '0' ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,
  extract(epoch FROM clock_timestamp())::TEXT,
  CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'synchronous_commit'
    WHEN current_setting('client_min_messages') IN ('error', 'fatal', 'panic') THEN 'client_min_messages' ELSE '' END`

var (
	errReadOnlyServer = errors.New("it is a standby, or read only")
	errOldPrimary     = errors.New("it was a primary, and another one took its place")
)

// notDurableError names a setting under which changes can be lost that were acknowledged.
type notDurableError struct{ setting string }

func (e *notDurableError) Error() string { return "the setting " + e.setting + " lets changes be lost" }

func (e *notDurableError) sentence() string {
	right := "on"
	if e.setting == "client_min_messages" {
		right = "notice"
	}
	return fmt.Sprintf("The setting %s of the database could let changes be lost that were acknowledged, so none is made; set it to %s for the database and the user.", e.setting, right)
}

// checkPrimary refuses a connection to a server that can only be read, or that was the primary before
// the one that was seen: it would show what was there then, and keep no change. The next host of the
// address is tried. It notes how far the clock of the server is ahead.
func (s *Store) checkPrimary(ctx context.Context, c *pgconn.PgConn) error {
	asked := time.Now()
	result := c.ExecParams(ctx, selectPrimary, nil, nil, nil, nil).Read()
	s.hear(result.Err)
	if result.Err != nil {
		return result.Err
	}
	if len(result.Rows) != 1 || len(result.Rows[0]) != 4 {
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
		c.CustomData()[timelineKey] = timeline
	}
	if setting := string(result.Rows[0][3]); setting != "" && !s.options.ReadOnly {
		return &notDurableError{setting}
	}
	return s.noteClock(asked, seconds)
}

// timelineKey is the key of a connection's timeline.
const timelineKey = "timeline"

// isUsable reports whether a connection of the pool may be used again: not one to a primary whose place
// another one has taken since.
// Others are asked beside that, which a server that only reads would not find out by an error.
func (s *Store) isUsable(_ context.Context, c *pgx.Conn) (bool, error) {
	s.probeAgain()
	timeline, isKnown := c.PgConn().CustomData()[timelineKey].(int64)
	return !isKnown || timeline >= s.timeline.Load(), nil
}

// probeTimeout is how long a host may take to say which timeline it is on.
const probeTimeout = time.Second

// probe asks every host of the address which timeline it is on: one that comes first in it may be a
// primary whose place another one has taken. Hosts that do not answer say nothing.
func (s *Store) probe(ctx context.Context) {
	s.probed.Store(time.Now().UnixNano())
	s.askHosts(ctx, func(ctx context.Context, one *pgconn.Config) {
		if c, err := pgconn.ConnectConfig(ctx, one); err == nil {
			_ = c.Close(ctx)
		}
	})
}

// askHosts calls ask for every host of an address with several, beside one another, and waits for all. A
// host that may be asked with TLS and without it comes twice.
func (s *Store) askHosts(ctx context.Context, ask func(context.Context, *pgconn.Config)) {
	all := s.pool.Config().ConnConfig
	if !s.hasSeveralHosts {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	var asking sync.WaitGroup
	start := func(host string, port uint16, encrypted *tls.Config) {
		one := all.Config.Copy()
		one.Host, one.Port, one.TLSConfig, one.Fallbacks = host, port, encrypted, nil
		asking.Go(func() { ask(ctx, one) })
	}
	start(all.Host, all.Port, all.TLSConfig)
	for _, f := range all.Fallbacks {
		start(f.Host, f.Port, f.TLSConfig)
	}
	asking.Wait()
}

// probeAgain probes beside the other work, once a second at most: what failed may have been at a primary
// whose place another one has taken, and that still answers.
func (s *Store) probeAgain() {
	if s.options.takesStandby || !s.hasSeveralHosts {
		return
	}
	now, last := time.Now().UnixNano(), s.probed.Load()
	if now-last < int64(probeTimeout) || !s.probed.CompareAndSwap(last, now) {
		return
	}
	go s.probe(context.Background())
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

package postgres

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"

	"github.com/jackc/pgx/v5/pgconn"
)

// primary is a server that takes changes.
type primary struct {
	host     Host
	timeline int64
	started  string // when, which tells two servers apart, and not two names of one
}

// selectStart is what tells a server from others, since two do not start in one microsecond.
const selectStart = `SELECT extract(epoch FROM pg_postmaster_start_time())::TEXT`

// primaries asks all hosts, and returns the servers that take changes, each once: the one to which connections
// go comes first. silent are those that cannot be asked. Both are nil for an address with one host.
func (s *Store) primaries(ctx context.Context) (hosts, silent []Host) {
	var found []primary
	answered := map[Host]bool{}
	var guard sync.Mutex
	s.askHosts(ctx, func(ctx context.Context, one *pgconn.Config) {
		p, err := askPrimary(ctx, one)
		guard.Lock()
		defer guard.Unlock()
		host := hostOf(one.Host, one.Port)
		answered[host] = answered[host] || err == nil || errors.Is(err, errReadOnlyServer)
		if err == nil {
			found = append(found, p)
		}
	})
	order := hostsOf(s.pool.Config())
	slices.SortFunc(found, func(a, b primary) int {
		return cmp.Or(cmp.Compare(b.timeline, a.timeline), cmp.Compare(slices.Index(order, a.host), slices.Index(order, b.host)))
	})
	seen := map[string]bool{}
	for _, p := range found {
		if !seen[p.started] {
			hosts = append(hosts, p.host)
		}
		seen[p.started] = true
	}
	if len(answered) > 0 {
		silent = slices.DeleteFunc(order, func(h Host) bool { return answered[h] })
	}
	return hosts, silent
}

// askPrimary looks at one host, also at a primary whose place another one has taken.
func askPrimary(ctx context.Context, one *pgconn.Config) (primary, error) {
	one.ValidateConnect = nil
	c, err := pgconn.ConnectConfig(ctx, one)
	if err != nil {
		return primary{}, err
	}
	defer c.Close(ctx)
	is := c.ExecParams(ctx, selectPrimary, nil, nil, nil, nil).Read()
	started := c.ExecParams(ctx, selectStart, nil, nil, nil, nil).Read()
	switch {
	case is.Err != nil, started.Err != nil:
		return primary{}, errors.Join(is.Err, started.Err)
	case string(is.Rows[0][0]) == "on":
		return primary{}, errReadOnlyServer
	}
	timeline, err := strconv.ParseInt(string(is.Rows[0][1]), 16, 64)
	return primary{hostOf(one.Host, one.Port), timeline, string(started.Rows[0][0])}, err
}

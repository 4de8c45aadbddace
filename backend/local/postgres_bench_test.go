//go:build unix

package local

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// The cost of the rules on PostgreSQL, a primary and its synchronous standby, against the same
// statements by bare pgx: one after the other, as its users write them.
//
//	go test -run '^$' -bench PostgreSQL -benchtime 2000x ./backend/local

const (
	lockedAccounts  = `SELECT 1 FROM customers WHERE id = $1 FOR UPDATE`
	barePoolSize    = 16
	manyBenchViews  = 100
	manyBenchPeople = 1000
)

// barePool is what the rules are measured against.
type barePool struct {
	*pgxpool.Pool
	locks bool // the account, first
}

// row reads the columns of the profile into variables.
func (p barePool) row(ctx context.Context, q interface {
	QueryRow(context.Context, string, ...any) pgx.Row
}, id string) error {
	var text [10]string
	var number [10]int64
	return q.QueryRow(ctx, bareProfile, time.Now().Add(-day).UnixMilli(), id).Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &number[0], &number[1],
		&text[5], &text[6], &text[7], &text[8], &text[9], &text[0], &number[2], &number[3], &number[4], &number[5], &number[6],
		&number[7], &number[8])
}

// rename executes the statements of UpdateName.
func (p barePool) rename(ctx context.Context, id, name string) error {
	return pgx.BeginFunc(ctx, p, func(tx pgx.Tx) error { return p.renameIn(ctx, tx, id, name) })
}

// renameIn is rename in a transaction.
func (p barePool) renameIn(ctx context.Context, tx pgx.Tx, id, name string) error {
	if p.locks {
		if _, err := tx.Exec(ctx, lockedAccounts, id); err != nil {
			return err
		}
	}
	if err := p.row(ctx, tx, id); err != nil {
		return err
	}
	var sequence int64
	err := tx.QueryRow(ctx, bareJournal+" RETURNING sequence", newID(), time.Now().UnixMilli(), "console", "name.changed", "name", id).Scan(&sequence)
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, bareUpdate, name, "Smith", strings.ToLower(name+" Smith "+id+"@example.org Acme"), sequence, id)
	return err
}

// seedPair starts a pair with accounts, and opens the views of some of them.
func seedPair(b *testing.B) (bare barePool, views []backend.Backend, ids []string) {
	b.Helper()
	url, ids := seedURL(b)
	pool, err := pgxpool.New(b.Context(), url+fmt.Sprint("&pool_max_conns=", barePoolSize))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(pool.Close)
	return barePool{pool, true}, viewsOn(b, url, ids), ids
}

// viewsOn opens the views of accounts as a server of its own does.
func viewsOn(b *testing.B, url string, ids []string) (views []backend.Backend) {
	b.Helper()
	accounts := New(serverOn(b, url), Options{Key: testKey})
	for _, id := range ids {
		views = append(views, accounts.View(id))
	}
	return views
}

// serverOn opens a database as a server of its own does.
func serverOn(b *testing.B, url string) storage.Store {
	b.Helper()
	db, err := postgres.Open(b.Context(), url, postgres.Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	return db
}

// seedURL starts a pair with accounts, and returns the ids of some of them.
func seedURL(b *testing.B) (url string, ids []string) {
	b.Helper()
	url = pgtest.StartPair(b).URL()
	ids = someIDs(manyBenchPeople)
	if err := postgres.Create(b.Context(), url, postgres.Options{}, seedAll(ids)); err != nil {
		b.Fatal(err)
	}
	return url, ids[:manyBenchViews]
}

// eachOf calls fn n times, with callers at once, for one account after the other.
func eachOf(b *testing.B, callers, n int, fn func(i int) error) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for i := next.Add(1); i <= int64(n); i = next.Add(1) {
				if err := fn(int(i) % manyBenchViews); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

func BenchmarkProfileOnPostgreSQL(b *testing.B) {
	bare, views, ids := seedPair(b)
	for _, callers := range []int{1, 8, 64} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			ctx := context.Background()
			takeTurns(b, func(n int) {
				eachOf(b, callers, n, func(i int) error {
					_, err := views[i].Profile(ctx)
					return err
				})
			}, func(n int) {
				eachOf(b, callers, n, func(i int) error { return bare.row(ctx, bare, ids[i]) })
			})
		})
	}
}

func BenchmarkChangeOnPostgreSQL(b *testing.B) {
	bare, views, ids := seedPair(b)
	for _, locks := range []bool{true, false} {
		for _, callers := range []int{1, 8, 64} {
			b.Run(fmt.Sprintf("callers=%d/bare-locks=%t", callers, locks), func(b *testing.B) {
				ctx, bare := context.Background(), barePool{bare.Pool, locks}
				var value atomic.Int64
				takeTurns(b, func(n int) {
					eachOf(b, callers, n, func(i int) error {
						name := fmt.Sprint("John ", value.Add(1))
						_, err := views[i].UpdateName(ctx, backend.NameChange{Name: &name})
						return err
					})
				}, func(n int) {
					eachOf(b, callers, n, func(i int) error { return bare.rename(ctx, ids[i], fmt.Sprint("Jane ", value.Add(1))) })
				})
			})
		}
	}
}

// BenchmarkServersOnPostgreSQL: several servers on one database, with 64 callers in all.
func BenchmarkServersOnPostgreSQL(b *testing.B) {
	url, ids := seedURL(b)
	for _, servers := range []int{1, 2, 4} {
		var views [][]backend.Backend
		for range servers {
			views = append(views, viewsOn(b, url, ids))
		}
		ctx := context.Background()
		var value atomic.Int64
		for what, do := range map[string]func(view backend.Backend) error{
			"profile": func(view backend.Backend) error {
				_, err := view.Profile(ctx)
				return err
			},
			"change": func(view backend.Backend) error {
				name := fmt.Sprint("John ", value.Add(1))
				_, err := view.UpdateName(ctx, backend.NameChange{Name: &name})
				return err
			},
		} {
			b.Run(fmt.Sprintf("servers=%d/%s", servers, what), func(b *testing.B) {
				b.ResetTimer()
				begun := time.Now()
				eachOf(b, 64, b.N, func(i int) error { return do(views[i%servers][i]) })
				b.ReportMetric(float64(b.N)/time.Since(begun).Seconds(), "/s")
			})
		}
	}
}

// BenchmarkOutboxOnPostgreSQL: messages with a code, from the change that writes them to the recorded
// attempt, by several servers on one database, with 64 callers in all. It shows on which side of the
// servers the limit is; the file beside it is "accepting/callers=64" of BenchmarkOutbox.
func BenchmarkOutboxOnPostgreSQL(b *testing.B) {
	url, ids := seedURL(b)
	var stores []storage.Store
	for range 4 {
		stores = append(stores, serverOn(b, url))
	}
	o := outboxOn(b, stores[0], ids, acceptingSender{}, "http://127.0.0.1/")
	for _, servers := range []int{1, 2, 4} {
		b.Run(fmt.Sprint("servers=", servers), func(b *testing.B) {
			begun := time.Now()
			o.ours(b, stores[:servers], 64, b.N)
			b.ReportMetric(float64(b.N)/time.Since(begun).Seconds(), "messages/s")
		})
	}
}

// BenchmarkSharedCommitOnPostgreSQL: what a commit that the changes of 64 callers share would be worth, in
// bare pgx: one transaction for each on 16 connections, against 64 in a row in one transaction, each within a
// savepoint, since one that is refused must not undo the others. The closures of the rules need the answer to
// each statement before they send the next one, so that these are not put into one round trip.
func BenchmarkSharedCommitOnPostgreSQL(b *testing.B) {
	bare, _, ids := seedPair(b)
	ctx := context.Background()
	var value atomic.Int64
	takeTurns(b, func(n int) { // "ours" is the shared commit
		for done := 0; done < n; done += 64 {
			err := pgx.BeginFunc(ctx, bare, func(tx pgx.Tx) error {
				for i := range min(64, n-done) {
					err := pgx.BeginFunc(ctx, tx, func(tx pgx.Tx) error { // a savepoint
						return bare.renameIn(ctx, tx, ids[(done+i)%len(ids)], fmt.Sprint("Jane ", value.Add(1)))
					})
					if err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				b.Error(err)
				return
			}
		}
	}, func(n int) {
		eachOf(b, 64, n, func(i int) error { return bare.rename(ctx, ids[i], fmt.Sprint("Jane ", value.Add(1))) })
	})
}

package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// bareFile is what Change is measured against: a file with the same settings, and
// plain database/sql with all statements prepared.
type bareFile struct {
	pool                  *sql.DB
	conn                  *sql.Conn
	begin, update, commit *sql.Stmt
}

func openBare(b *testing.B, path string) *bareFile {
	pool, err := sql.Open("sqlite3", uri(path, writing.query))
	must(b, err)
	pool.SetMaxOpenConns(1)
	conn, err := pool.Conn(b.Context())
	must(b, err)
	b.Cleanup(func() { conn.Close(); pool.Close() })
	prepare := func(query string) *sql.Stmt {
		s, err := conn.PrepareContext(b.Context(), query)
		must(b, err)
		return s
	}
	return &bareFile{pool, conn, prepare("BEGIN IMMEDIATE"), prepare(updateNote), prepare("COMMIT")}
}

// updateNote needs a new value each time: SQLite skips an update that changes
// nothing, and its commit costs nothing.
const updateNote = "UPDATE notes SET n = $1 WHERE id = $2"

func (f *bareFile) change(b testing.TB, n int64) {
	for _, step := range []func() (sql.Result, error){
		func() (sql.Result, error) { return f.begin.Exec() },
		func() (sql.Result, error) { return f.update.Exec(n, 1+n%100) },
		func() (sql.Result, error) { return f.commit.Exec() },
	} {
		if _, err := step(); err != nil {
			b.Fatal(err)
		}
	}
}

func hundredNotes(b *testing.B) string {
	path := b.TempDir() + "/notes.db"
	must(b, Create(b.Context(), path, noteOptions(), func(tx *storage.Tx) error {
		for i := range 100 {
			if err := add(fmt.Sprint("note ", i))(tx); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

// BenchmarkChange compares Change with bare SQL from one caller. They take turns in
// one run, since the speed of the disk varies. "x" is the ratio of the rates.
func BenchmarkChange(b *testing.B) {
	for _, callers := range []int{1, 8, 64} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			bare := openBare(b, hundredNotes(b))
			d := open(b, hundredNotes(b), noteOptions())
			var value atomic.Int64
			change := func() error {
				n := value.Add(1)
				return d.Change(context.Background(), storage.NoAccount, func(tx *storage.Tx) error {
					_, err := execute(tx, updateNote, n, 1+n%100)
					return err
				})
			}
			compareInTurns(b,
				func(n int) {
					for range n {
						bare.change(b, value.Add(1))
					}
				},
				func(n int) { runConcurrently(b, callers, n, change) })
		})
	}
}

// runConcurrently makes n calls, shared among the callers.
func runConcurrently(b testing.TB, callers, n int, call func() error) {
	var left atomic.Int64
	left.Store(int64(n))
	var all sync.WaitGroup
	for range callers {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := call(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
}

// compareInTurns does b.N of each in turns of at most 500, and reports both rates
// and their ratio.
func compareInTurns(b *testing.B, bare, ours func(n int)) {
	bare(50)
	ours(50)
	var bareTime, ourTime time.Duration
	b.ResetTimer()
	for left := b.N; left > 0; left -= 500 {
		n := min(left, 500)
		t0 := time.Now()
		bare(n)
		t1 := time.Now()
		ours(n)
		bareTime, ourTime = bareTime+t1.Sub(t0), ourTime+time.Since(t1)
	}
	b.ReportMetric(float64(b.N)/bareTime.Seconds(), "bare/s")
	b.ReportMetric(float64(b.N)/ourTime.Seconds(), "ours/s")
	b.ReportMetric(bareTime.Seconds()/ourTime.Seconds(), "x")
}

// BenchmarkRead compares one query in a Read with the same query, prepared,
// over database/sql's own pool.
func BenchmarkRead(b *testing.B) {
	const query = "SELECT text FROM notes WHERE id = $1"
	for _, callers := range []int{1, 8} {
		b.Run(fmt.Sprint("callers=", callers), func(b *testing.B) {
			path := hundredNotes(b)
			d := open(b, path, noteOptions())
			pool, err := sql.Open("sqlite3", uri(path, reading.query))
			must(b, err)
			defer pool.Close()
			stmt, err := pool.PrepareContext(b.Context(), query)
			must(b, err)
			var id atomic.Int64
			bare := func() error {
				var text string
				return stmt.QueryRowContext(b.Context(), 1+id.Add(1)%100).Scan(&text)
			}
			ours := func() error {
				return d.Read(b.Context(), func(tx *storage.Tx) error {
					var text string
					return row(tx, query, []any{1 + id.Add(1)%100}, &text)
				})
			}
			compareInTurns(b,
				func(n int) { runConcurrently(b, callers, n, bare) },
				func(n int) { runConcurrently(b, callers, n, ours) })
		})
	}
}

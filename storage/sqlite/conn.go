package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	_ "github.com/mattn/go-sqlite3" // the driver "sqlite3"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// settings is how a connection is opened. The driver silently ignores a key that
// it does not know, so the important ones are read back afterwards.
type settings struct {
	query   string   // of the driver's URI
	inForce []pragma // what verify reads back
}

type pragma struct{ name, want string }

var (
	// busy_timeout is 0: SQLite's own waits grow, which starves whole processes, so
	// begin retries BEGIN IMMEDIATE instead. With three processes of four callers
	// the longest wait is 60 to 150 ms; with a busy_timeout of 100 ms it was 390 to
	// 1,030 ms at the same throughput.
	//
	// synchronous is FULL (2): with the driver's default, NORMAL, acknowledged
	// changes are lost in a power failure.
	//
	// wal_autocheckpoint is SQLite's default: a commit moves the write-ahead log
	// into the file at 1,000 pages (4 MB). 4,000 pages gain nothing with 64 callers,
	// and cost a tenth of the rate with 16 while the log still grows.
	writing = settings{
		query: "mode=rw&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on&_busy_timeout=0&_txlock=immediate&_secure_delete=on",
		inForce: []pragma{{"journal_mode", "wal"}, {"synchronous", "2"}, {"foreign_keys", "1"},
			{"busy_timeout", "0"}, {"secure_delete", "1"}, {"wal_autocheckpoint", "1000"}},
	}
	// building is for a file that is not published yet: it is synced once, as a whole.
	building = settings{
		query:   strings.Replace(writing.query, "_synchronous=FULL", "_synchronous=OFF", 1),
		inForce: []pragma{{"journal_mode", "wal"}, {"synchronous", "0"}, {"foreign_keys", "1"}},
	}
	// copying reads a snapshot into another file, which query_only does not allow.
	copying = settings{query: "mode=ro&_busy_timeout=5000&_txlock=deferred", inForce: []pragma{{"busy_timeout", "5000"}}}
	// exclusive finds out whether others have a file open. In this mode SQLite
	// holds its locks on the file itself.
	exclusive = settings{query: "mode=rw&_busy_timeout=0&_locking_mode=EXCLUSIVE", inForce: []pragma{{"locking_mode", "exclusive"}}}
	reading   = settings{
		query:   "mode=ro&_query_only=1&_busy_timeout=5000&_txlock=deferred",
		inForce: []pragma{{"query_only", "1"}, {"busy_timeout", "5000"}},
	}
)

// conn is one connection with its prepared statements, used by one goroutine at a
// time. It has a database/sql pool of its own, of size one, so that no other query
// can be given this connection.
type conn struct {
	path   string
	pool   *sql.DB
	pinned *sql.Conn
	stmts  map[string]*sql.Stmt
}

func dial(ctx context.Context, path string, s settings) (*conn, error) {
	pool, err := sql.Open("sqlite3", uri(path, s.query))
	if err != nil {
		return nil, translate(path, err)
	}
	pool.SetMaxOpenConns(1)
	one, err := pool.Conn(ctx)
	if err != nil {
		pool.Close()
		return nil, translate(path, err)
	}
	c := &conn{path: path, pool: pool, pinned: one, stmts: map[string]*sql.Stmt{}}
	if err := c.verify(s); err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// uri returns the name of a file as SQLite reads it. Only the three characters
// that end or escape the path of a URI need escaping.
func uri(path, query string) string {
	p := filepath.ToSlash(path)
	if !strings.HasPrefix(p, "/") {
		p = "/" + p // a drive letter
	}
	return "file://" + strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(p) + "?" + query
}

// verify refuses a connection on which a setting is not in force.
func (c *conn) verify(s settings) error {
	for _, p := range s.inForce {
		var got string
		if err := c.scan("PRAGMA "+p.name, nil, &got); err != nil {
			return err
		}
		if got != p.want {
			return &backend.Error{Code: backend.CodeUnavailable,
				Message: fmt.Sprintf("%s cannot be used safely here: the disk or the database library refuses a setting that keeps data safe.", c.path),
				Err:     fmt.Errorf("pragma %s is %s, not %s", p.name, got, p.want)}
		}
	}
	return nil
}

// prepare returns the statement for a query, prepared at its first use and kept
// until the connection closes. There are few different queries: they are
// constants, or vary only in the length of a list.
//
// Statements run without the caller's context: with one, the driver starts a
// goroutine for each statement, and an interrupt could end a commit that other
// changes are part of. Tx checks the context between statements and rows instead.
func (c *conn) prepare(query string) (*sql.Stmt, error) {
	if s, ok := c.stmts[query]; ok {
		return s, nil
	}
	if err := storage.CheckPlaceholders(query); err != nil {
		return nil, err
	}
	s, err := c.pinned.PrepareContext(context.Background(), query)
	if err != nil {
		return nil, translate(c.path, err)
	}
	c.stmts[query] = s
	return s, nil
}

// run executes a statement without arguments.
func (c *conn) run(query string) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	_, err = s.Exec()
	return translate(c.path, err)
}

// scan reads the first row of a query; sql.ErrNoRows when there is none.
func (c *conn) scan(query string, args []any, dest ...any) error {
	s, err := c.prepare(query)
	if err != nil {
		return err
	}
	return translate(c.path, s.QueryRow(args...).Scan(dest...))
}

// tx returns a transaction that the caller has begun; without one, each statement is its own.
func (c *conn) tx(ctx context.Context, now time.Time) *storage.Tx {
	return storage.NewTx(ctx, &session{ctx: ctx, conn: c}, now, storage.Hooks{})
}

func (c *conn) close() error {
	for _, s := range c.stmts {
		s.Close()
	}
	c.pinned.Close()
	return translate(c.path, c.pool.Close())
}

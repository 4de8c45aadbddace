//go:build unix

package cli

import (
	"io"
	"net"
	"net/url"
	"sync"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// TestTheConsoleWhileItsDatabaseIsAway says so, changes nothing, and goes on by itself.
func TestTheConsoleWhileItsDatabaseIsAway(t *testing.T) {
	h, way := home{t, t.TempDir()}, newWay(t, pgtest.Empty(t))
	h.run("account", "create", "--db", way.db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	w := inWindowAt(t, h.dir, "pinghome", "--db", way.db)
	w.see("Ada Byron")
	way.close()
	w.see("✗ offline")
	w.press("e")
	w.see("changes are off")
	w.press("!")
	w.see("The database cannot be reached; changes are off.")
	w.press("\x1b")
	w.see("the database cannot be reached")
	way.open()
	w.see("The database is back.")
	w.press("q")
	w.wantExit(0)
}

// TestTheConsoleWhileTheDatabaseOfItsServerIsAway says that it is the database, and not the server.
func TestTheConsoleWhileTheDatabaseOfItsServerIsAway(t *testing.T) {
	h, way := home{t, t.TempDir()}, newWay(t, pgtest.Empty(t))
	h.run("account", "create", "--db", way.db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	h.writeFile("token", h.run("token", "create", "--db", way.db, "--account", "ada@byron.example"))
	address, _ := h.serve("--db", way.db, "--listen", "127.0.0.1:0")
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token")
	w.see("Ada Byron")
	way.close()
	w.see("✗ offline")
	w.see("the database cannot be reached")
	way.open()
	w.see("The database is back.")
	w.press("q")
	w.wantExit(0)
}

// TestTheConsoleWhileItsDatabaseRefusesIt tells once what is to be corrected, and goes on when that is done.
func TestTheConsoleWhileItsDatabaseRefusesIt(t *testing.T) {
	h, db := home{t, t.TempDir()}, pgtest.Empty(t)
	h.run("account", "create", "--db", db, "--name", "Ada", "--surname", "Byron", "--email", "ada@byron.example")
	w := inWindowAt(t, h.dir, "pinghome", "--db", db)
	w.see("Ada Byron")
	pgtest.Close(t, db)
	w.see("✗ offline")
	w.see("takes no connections")
	pgtest.Reopen(t, db)
	w.see("The database is back.")
	w.press("q")
	w.wantExit(0)
}

// way is a way to a database over TCP, which can be closed.
type way struct {
	t        *testing.T
	db       string // the address by this way
	to       string // the server's socket
	address  string
	mu       sync.Mutex
	listener net.Listener
	ends     []net.Conn
	isClosed bool
}

func newWay(t *testing.T, db string) *way {
	u, err := url.Parse(db)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	w := &way{t: t, to: query.Get("host") + "/.s.PGSQL.5432", address: "127.0.0.1:0"}
	w.open()
	t.Cleanup(w.close)
	query.Del("host")
	u.Host, u.RawQuery = w.address, query.Encode()
	w.db = u.String()
	return w
}

func (w *way) open() {
	l, err := net.Listen("tcp", w.address)
	if err != nil {
		w.t.Fatal(err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.listener, w.address, w.isClosed = l, l.Addr().String(), false
	go func() {
		for {
			near, err := l.Accept()
			if err != nil {
				return
			}
			w.join(near)
		}
	}()
}

// join passes on what comes on a connection, until one of its ends is closed.
func (w *way) join(near net.Conn) {
	far, err := net.Dial("unix", w.to)
	if err != nil {
		near.Close()
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.isClosed { // since it was accepted
		near.Close()
		far.Close()
		return
	}
	w.ends = append(w.ends, near, far)
	pass := func(from, to net.Conn) {
		_, _ = io.Copy(to, from)
		from.Close()
		to.Close()
	}
	go pass(near, far)
	go pass(far, near)
}

func (w *way) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.isClosed = true
	w.listener.Close()
	for _, end := range w.ends {
		end.Close()
	}
	w.ends = nil
}

//go:build unix

// Package pgtest starts a PostgreSQL server for the tests of a package, in a temporary folder and on a
// socket there. Without PostgreSQL the tests that need it say that they are skipped.
package pgtest

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// server is the one of this process.
var server struct {
	starting, once sync.Once
	folder         string
	pool           *sql.DB
	missing        error // why there is none
	unmade         error // why a database could not be made
	made           atomic.Int64
	mu             sync.Mutex
	used           []string // databases that tests have used
}

// Main runs the tests of a package, and then stops the server, if one was started.
func Main(m *testing.M) (code int) {
	defer stop()
	return m.Run()
}

// Empty returns the address of an empty database of the server. It is dropped when the test ends.
func Empty(t testing.TB) string {
	t.Helper()
	start(t)
	name := fmt.Sprintf("test_%d", server.made.Add(1))
	if _, err := server.pool.Exec("CREATE DATABASE " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := server.pool.Exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return url(name)
}

// Made returns the address of a database that create has made: at the first call, and then as a copy, or as
// one that another test has used, with the rows that it had when it was made. That takes a tenth of the time.
func Made(t testing.TB, create func(url string) error) string {
	t.Helper()
	start(t)
	server.once.Do(func() {
		if _, server.unmade = server.pool.Exec("CREATE DATABASE made"); server.unmade == nil {
			server.unmade = cmp.Or(create(url("made")), execute("made", keepRows))
		}
	})
	if server.unmade != nil {
		t.Fatal(server.unmade)
	}
	name, err := takeUsed()
	if name == "" && err == nil {
		name = fmt.Sprintf("test_%d", server.made.Add(1))
		_, err = server.pool.Exec("CREATE DATABASE " + name + " TEMPLATE made")
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		server.mu.Lock()
		defer server.mu.Unlock()
		server.used = append(server.used, name)
	})
	return url(name)
}

// takeUsed returns a database that a test has used, with the rows that it had when it was made; "" for none.
func takeUsed() (name string, err error) {
	server.mu.Lock()
	defer server.mu.Unlock()
	if len(server.used) == 0 {
		return "", nil
	}
	name, server.used = server.used[0], server.used[1:]
	if _, err = server.pool.Exec("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name); err != nil {
		return "", err
	}
	return name, execute(name, restoreRows)
}

const (
	// keepRows keeps the rows of the tables in a schema of their own.
	keepRows = `DO $$ DECLARE t TEXT; BEGIN
	CREATE SCHEMA made_rows;
	FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
		EXECUTE format('CREATE TABLE made_rows.%I AS TABLE public.%I', t, t);
	END LOOP;
END $$`
	// restoreRows brings them back, and deletes all others. Triggers and references have no part in it.
	restoreRows = `DO $$ DECLARE t TEXT; BEGIN
	SET LOCAL session_replication_role = replica;
	FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'made_rows' LOOP
		EXECUTE format('DELETE FROM public.%I', t);
		EXECUTE format('INSERT INTO public.%I OVERRIDING SYSTEM VALUE SELECT * FROM made_rows.%I', t, t);
	END LOOP;
END $$`
)

// execute runs a statement in a database of the server.
func execute(database, statement string) error {
	db, err := sql.Open("pgx", url(database))
	if err != nil {
		return err
	}
	defer db.Close()
	_, err = db.Exec(statement)
	return err
}

// Close lets a database of the server take no connections, and ends those that there are; Reopen lets it
// take them again.
func Close(t testing.TB, address string) { alter(t, address, "false") }

// Reopen is the opposite of Close.
func Reopen(t testing.TB, address string) { alter(t, address, "true") }

func alter(t testing.TB, address, allow string) {
	t.Helper()
	name := address[strings.LastIndex(address, "/test_")+1 : strings.Index(address, "?")]
	for _, statement := range []string{"ALTER DATABASE " + name + " ALLOW_CONNECTIONS " + allow,
		"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'"} {
		if _, err := server.pool.Exec(statement); err != nil {
			t.Fatal(err)
		}
	}
}

// start starts the server at the first call, or skips the test.
func start(t testing.TB) {
	t.Helper()
	server.starting.Do(func() { server.missing = startServer() })
	skipWithout(t, server.missing)
}

// skipWithout skips a test without PostgreSQL. It fails where PINGHOME_PEERS says that it is there.
func skipWithout(t testing.TB, missing error) {
	t.Helper()
	if missing != nil && os.Getenv("PINGHOME_PEERS") == "required" {
		t.Fatal(missing)
	} else if missing != nil {
		t.Skipf("SKIPPED: THERE IS NO POSTGRESQL HERE (%v)", missing)
	}
}

// url is the address of a database of the server.
func url(database string) string {
	return "postgres://pinghome@/" + database + "?sslmode=disable&host=" + server.folder
}

// binaries returns the folder of PostgreSQL's programs: the newest of Debian's, or the one of a
// program in the path.
func binaries() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if path, err := exec.LookPath("postgres"); err == nil && len(found) == 0 {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", err
		}
		found = append(found, path)
	}
	if len(found) == 0 {
		return "", errors.New("install it: apt-get install postgresql")
	}
	return filepath.Dir(slices.Max(found)), nil
}

// startServer makes a database cluster and starts its server. Data is not synced: it goes with the tests.
func startServer() error {
	bin, err := binaries()
	if err != nil {
		return err
	}
	if server.folder, err = os.MkdirTemp("/tmp", "pg"); err != nil { // a socket's path has at most 107 bytes
		return err
	}
	credential, err := ownUser(server.folder)
	if err != nil {
		return err
	}
	data := filepath.Join(server.folder, "data")
	for _, args := range [][]string{
		{"initdb", "-D", data, "-U", "pinghome", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"},
		{"pg_ctl", "-D", data, "-l", filepath.Join(server.folder, "log"), "-w", "start", "-o",
			"-c listen_addresses='' -c unix_socket_directories=" + server.folder + " -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0 -c autovacuum=off -c jit=off -c max_connections=200"},
	} {
		if err := run(credential, bin, args...); err != nil {
			return err
		}
	}
	server.pool, err = sql.Open("pgx", url("postgres"))
	return err
}

// ownUser returns the user under whom PostgreSQL runs, which refuses to run as root; nil for this one.
func ownUser(folder string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(u.Uid, 10, 32)
	gid, gidErr := strconv.ParseUint(u.Gid, 10, 32)
	if err := cmp.Or(err, gidErr, os.Chown(folder, int(uid), int(gid))); err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
}

func run(credential *syscall.Credential, bin string, args ...string) error {
	c := exec.Command(filepath.Join(bin, args[0]), args[1:]...)
	c.Dir = server.folder
	return runAs(credential, c)
}

func runAs(credential *syscall.Credential, c *exec.Cmd) error {
	c.SysProcAttr = &syscall.SysProcAttr{Credential: credential}
	c.WaitDelay = time.Second // the server keeps what it was started with
	if out, err := c.CombinedOutput(); err != nil && !errors.Is(err, exec.ErrWaitDelay) {
		return fmt.Errorf("%s: %w: %s", filepath.Base(c.Path), err, out)
	}
	return nil
}

// stop stops the server and removes its data.
func stop() {
	if server.folder == "" {
		return
	}
	if bin, err := binaries(); err == nil && server.missing == nil {
		credential, err := ownUser(server.folder)
		if err == nil {
			err = run(credential, bin, "pg_ctl", "-D", filepath.Join(server.folder, "data"), "-m", "immediate", "-w", "stop")
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	_ = os.RemoveAll(server.folder)
}

//go:build unix

package pgtest

import (
	"bytes"
	"cmp"
	"database/sql"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// Pair is a primary and its synchronous standby. Each has its data and its socket in a folder.
type Pair struct {
	bin        string
	credential *syscall.Credential
	folders    [2]string
}

// StartPair starts a pair until the test ends, or skips the test.
func StartPair(t testing.TB) *Pair {
	t.Helper()
	bin, err := binaries()
	skipWithout(t, err)
	p := &Pair{bin: bin}
	for i := range p.folders {
		if p.folders[i], err = os.MkdirTemp("/tmp", "pg"); err == nil { //nolint:usetesting // a socket's path has at most 107 bytes
			p.credential, err = ownUser(p.folders[i])
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Cleanup(func() {
		for i, folder := range p.folders {
			_ = p.stop(i, "immediate") // it may be dead
			_ = os.RemoveAll(folder)
		}
	})
	if err := p.start(); err != nil {
		t.Fatal(err)
	}
	return p
}

// URL is the address of both, of which the one that can write is taken.
func (p *Pair) URL() string {
	return fmt.Sprintf("postgres://pinghome@/postgres?sslmode=disable&host=%s,%s&target_session_attrs=read-write", p.folders[0], p.folders[1])
}

// URLOf is the address of one of the two.
func (p *Pair) URLOf(i int) string {
	return "postgres://pinghome@/postgres?sslmode=disable&host=" + p.folders[i]
}

func (p *Pair) data(i int) string { return filepath.Join(p.folders[i], "data") }

func (p *Pair) run(i int, args ...string) error {
	c := exec.Command(filepath.Join(p.bin, args[0]), args[1:]...)
	c.Dir = p.folders[i]
	return runAs(p.credential, c)
}

func (p *Pair) stop(i int, mode string) error {
	return p.run(i, "pg_ctl", "-D", p.data(i), "-m", mode, "-w", "stop")
}

// Serve starts one of the two, as its data says.
func (p *Pair) Serve(i int) error {
	return p.run(i, "pg_ctl", "-D", p.data(i), "-l", filepath.Join(p.folders[i], "log"), "-w", "start", "-o",
		"-c listen_addresses='' -c unix_socket_directories="+p.folders[i]+" -c wal_log_hints=on")
}

// start makes the primary, copies it to the standby, and waits until commits wait for that.
func (p *Pair) start() error {
	err := cmp.Or(p.run(0, "initdb", "-D", p.data(0), "-U", "pinghome", "--auth=trust", "-E", "UTF8", "--locale=C", "--no-sync"),
		p.Serve(0))
	if err != nil {
		return err
	}
	err = p.run(1, "pg_basebackup", "-d", "host="+p.folders[0]+" user=pinghome dbname=postgres application_name=standby", "-D", p.data(1), "-R", "-X", "stream",
		"-C", "-S", "standby", "-c", "fast", "--no-sync")
	if err := cmp.Or(err, p.Serve(1)); err != nil {
		return err
	}
	if err := p.Exec(0, "ALTER SYSTEM SET synchronous_standby_names = 'standby'", "SELECT pg_reload_conf()"); err != nil {
		return err
	}
	return p.Exec(0, `DO $$ BEGIN
	WHILE NOT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync') LOOP
		PERFORM pg_sleep(0.02), pg_stat_clear_snapshot();
	END LOOP;
END $$`)
}

// Stop stops one of the two, which can be started again.
func (p *Pair) Stop(i int) error { return p.stop(i, "fast") }

// BreakWait waits until a commit on the primary waits for the standby, and breaks that off.
func (p *Pair) BreakWait() error {
	return p.Exec(0, `DO $$ BEGIN
	WHILE (SELECT COUNT(pg_cancel_backend(pid)) FROM pg_stat_activity WHERE wait_event = 'SyncRep') = 0 LOOP
		PERFORM pg_sleep(0.02), pg_stat_clear_snapshot();
	END LOOP;
END $$`)
}

// Exec runs statements on one of the two.
func (p *Pair) Exec(i int, statements ...string) error {
	db, err := sql.Open("pgx", p.URLOf(i))
	if err != nil {
		return err
	}
	defer db.Close()
	for _, statement := range statements {
		if _, err := db.Exec(statement); err != nil {
			return fmt.Errorf("%s: %w", statement, err)
		}
	}
	return nil
}

// Kill kills the primary, with all that it has begun, as the loss of its machine does.
func (p *Pair) Kill() error {
	text, err := os.ReadFile(filepath.Join(p.data(0), "postmaster.pid"))
	if err != nil {
		return err
	}
	id, _, _ := strings.Cut(string(text), "\n")
	postmaster, err := strconv.Atoi(id)
	if err != nil {
		return err
	}
	children, err := exec.Command("ps", "-o", "pid=", "--ppid", id).Output()
	if err != nil {
		return err
	}
	if err := syscall.Kill(postmaster, syscall.SIGKILL); err != nil {
		return err
	}
	for child := range bytes.FieldsSeq(children) { // they would go on to the end of what they do
		if number, err := strconv.Atoi(string(child)); err == nil {
			_ = syscall.Kill(number, syscall.SIGKILL)
		}
	}
	// Its number is taken as long as its parent has not asked how it ended, and another start would take
	// it for alive.
	for _, lock := range []string{filepath.Join(p.data(0), "postmaster.pid"), filepath.Join(p.folders[0], ".s.PGSQL.5432.lock")} {
		if err := os.Remove(lock); err != nil {
			return err
		}
	}
	return nil
}

// Promote makes the standby the primary.
func (p *Pair) Promote() error {
	return p.run(1, "pg_ctl", "-D", p.data(1), "-w", "promote")
}

package sqlite

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/storage"
)

// TestMain lets the test binary be one of the other processes that these tests
// start: STORAGE_TEST_ROLE says which.
func TestMain(m *testing.M) {
	if role := os.Getenv("STORAGE_TEST_ROLE"); role != "" {
		if err := roles[role](os.Getenv("STORAGE_TEST_FILE"), os.Getenv("STORAGE_TEST_NAME")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var roles = map[string]func(path, name string) error{"write and end": writeAndEnd, "write until killed": writeUntilKilled, "make unfinished files": makeUnfinished}

// roleCommand is the command of a process with a role that uses the file at path.
func roleCommand(t *testing.T, role, path, name string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORAGE_TEST_ROLE="+role, "STORAGE_TEST_FILE="+path, "STORAGE_TEST_NAME="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

// 3 processes of 4 goroutines make 40 changes each.
const processes, workers, changesEach = 3, 4, 40

// writeAndEnd makes a process's share of the changes; name tells its notes from those
// of the others.
func writeAndEnd(path, name string) error {
	o := noteOptions()
	o.Wait = 30 * time.Second
	d, err := Open(context.Background(), path, o)
	if err != nil {
		return err
	}
	errs := make(chan error, workers)
	for w := range workers {
		go func() {
			for i := range changesEach {
				if err := d.Change(context.Background(), storage.NoAccount, add(fmt.Sprint(name, w, "/", i))); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	var all error
	for range workers {
		all = errors.Join(all, <-errs)
	}
	return errors.Join(all, d.Close())
}

func TestProcessesWriteConcurrently(t *testing.T) {
	path := newFile(t)
	var all sync.WaitGroup
	for i := range processes {
		all.Go(func() {
			if err := roleCommand(t, "write and end", path, string(rune('a'+i))).Run(); err != nil {
				t.Errorf("a process failed: %v", err)
			}
		})
	}
	all.Wait()
	d := open(t, path, noteOptions())
	must(t, d.Check(t.Context()))
	if got := len(notes(t, d)); got != processes*workers*changesEach {
		t.Errorf("%d of %d changes are stored", got, processes*workers*changesEach)
	}
}

// writeUntilKilled makes changes for ever, and prints the note of each one after
// Change has returned.
func writeUntilKilled(path, _ string) error {
	d, err := Open(context.Background(), path, noteOptions())
	if err != nil {
		return err
	}
	var n atomic.Int64
	for range workers {
		go func() {
			for {
				text := fmt.Sprint("note ", n.Add(1))
				if d.Change(context.Background(), storage.NoAccount, add(text)) == nil {
					fmt.Println(text)
				}
			}
		}()
	}
	select {}
}

func TestKilledWriterLosesNoAcknowledgedChange(t *testing.T) {
	path := newFile(t)
	cmd := roleCommand(t, "write until killed", path, "")
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewReader(out)
	acknowledged := map[string]bool{}
	for len(acknowledged) < 300 {
		line, err := lines.ReadString('\n')
		must(t, err)
		acknowledged[strings.TrimSpace(line)] = true
	}
	must(t, cmd.Process.Kill()) // SIGKILL, while changes are being made
	rest, _ := io.ReadAll(lines)
	for line := range strings.Lines(string(rest)) {
		if text, whole := strings.CutSuffix(line, "\n"); whole {
			acknowledged[text] = true
		}
	}
	_ = cmd.Wait()

	d := open(t, path, noteOptions())
	must(t, d.Check(t.Context()))
	for _, text := range notes(t, d) {
		delete(acknowledged, text)
	}
	if len(acknowledged) > 0 {
		t.Errorf("%d acknowledged changes are lost: %v", len(acknowledged), acknowledged)
	}
}

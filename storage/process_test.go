package storage

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
)

// These tests need other processes: this test binary again, told by its
// environment what to be.
func TestMain(m *testing.M) {
	if part := os.Getenv("STORAGE_TEST_PART"); part != "" {
		if err := parts[part](os.Getenv("STORAGE_TEST_FILE"), os.Getenv("STORAGE_TEST_NAME")); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

var parts = map[string]func(path, name string) error{"contend": contend, "write": writeForEver}

func process(t *testing.T, part, path, name string) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORAGE_TEST_PART="+part, "STORAGE_TEST_FILE="+path, "STORAGE_TEST_NAME="+name)
	cmd.Stderr = os.Stderr
	return cmd
}

const contenders, workers, changesEach = 3, 4, 40

// contend is one of several processes that write to one file at once.
func contend(path, name string) error {
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
				if err := d.Change(context.Background(), add(fmt.Sprint(name, w, "/", i))); err != nil {
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

func TestManyProcessesWriteAtOnce(t *testing.T) {
	path := newFile(t)
	var all sync.WaitGroup
	for i := range contenders {
		all.Go(func() {
			if err := process(t, "contend", path, string(rune('a'+i))).Run(); err != nil {
				t.Errorf("a process failed: %v", err)
			}
		})
	}
	all.Wait()
	d := open(t, path, noteOptions())
	must(t, d.Check(t.Context()))
	if got := len(notes(t, d)); got != contenders*workers*changesEach {
		t.Errorf("%d of %d changes are there", got, contenders*workers*changesEach)
	}
}

// writeForEver acknowledges each change on standard output once it is made.
func writeForEver(path, _ string) error {
	d, err := Open(context.Background(), path, noteOptions())
	if err != nil {
		return err
	}
	var n atomic.Int64
	for range workers {
		go func() {
			for {
				text := fmt.Sprint("note ", n.Add(1))
				if d.Change(context.Background(), add(text)) == nil {
					fmt.Println(text)
				}
			}
		}()
	}
	select {}
}

func TestAKilledWriterLosesNothingItAcknowledged(t *testing.T) {
	path := newFile(t)
	cmd := process(t, "write", path, "")
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	lines := bufio.NewReader(out)
	told := map[string]bool{}
	for len(told) < 300 {
		line, err := lines.ReadString('\n')
		must(t, err)
		told[strings.TrimSpace(line)] = true
	}
	must(t, cmd.Process.Kill()) // SIGKILL, in the middle of something
	rest, _ := io.ReadAll(lines)
	for line := range strings.Lines(string(rest)) {
		if text, whole := strings.CutSuffix(line, "\n"); whole {
			told[text] = true
		}
	}
	_ = cmd.Wait()

	d := open(t, path, noteOptions())
	must(t, d.Check(t.Context()))
	for _, text := range notes(t, d) {
		delete(told, text)
	}
	if len(told) > 0 {
		t.Errorf("%d acknowledged changes are lost: %v", len(told), told)
	}
}

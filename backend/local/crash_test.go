//go:build unix

package local

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// A process that is killed between a change and the sending of its message must lose
// nothing. This test binary is started again as the process that is killed, and then
// as the one that delivers the remaining messages.
func TestMain(m *testing.M) {
	if text := os.Getenv("LOCAL_TEST_CRASH_RUN"); text != "" {
		var run crashRun
		err := json.Unmarshal([]byte(text), &run)
		if err == nil {
			err = run.main()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(pgtest.Main(m))
}

// receiver is a webhook receiver that keeps the id and code of each message by path.
type receiver struct {
	mu       sync.Mutex
	messages map[string][]string
}

func (r *receiver) ServeHTTP(_ http.ResponseWriter, request *http.Request) {
	var event struct{ ID, Code string }
	err := json.NewDecoder(request.Body).Decode(&event)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.messages[request.URL.Path] = append(r.messages[request.URL.Path], fmt.Sprint(event.ID, " ", event.Code, err))
}

// at returns the different messages to a path, and how many requests there were.
func (r *receiver) at(path string) (distinct []string, times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	distinct = slices.Clone(r.messages[path])
	times = len(distinct)
	slices.Sort(distinct)
	return slices.Compact(distinct), times
}

// TestKilledProcessLosesNoMessage: every message that a process had committed when it
// was killed arrives at least once, and every time with the same id and code.
func TestKilledProcessLosesNoMessage(t *testing.T) {
	count := crashRuns
	if testing.Short() {
		count = 12
	}
	hooks := &receiver{messages: map[string][]string{}}
	server := httptest.NewServer(hooks)
	defer server.Close()
	var all sync.WaitGroup
	var mu sync.Mutex
	var messages, twice int
	for lane := range lanes {
		file := crashFile(t, lane, count)
		all.Go(func() {
			for number := lane; number < count; number += lanes {
				run := crashRun{Number: number, KillAt: []string{"before", "after", "any"}[number%3], Worker: number/3%2 == 1,
					File: file, To: server.URL, ClockAhead: time.Duration(number) * timeApart}
				m, d := run.check(t, hooks)
				mu.Lock()
				messages, twice = messages+m, twice+d
				mu.Unlock()
			}
		})
	}
	all.Wait()
	t.Logf("%d processes killed, %d messages committed, %d of them sent twice", count, messages, twice)
	if messages < count/2 || twice == 0 {
		t.Errorf("%d messages, %d of them sent twice: too few for a test of crashes", messages, twice)
	}
}

// crashFile creates the file of a lane, with the customers of its runs.
func crashFile(t *testing.T, lane, count int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	err := sqlite.Create(t.Context(), path, sqlite.Options{}, func(tx *storage.Tx) error {
		for number := lane; number < count; number += lanes {
			for n := range changesPerRun {
				if err := seedOne(tx, crashRun{Number: number}.customer(n)); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// check is one run: a process that is killed, and one that delivers. It returns how many
// messages there were, and how many of them were sent more than once.
func (run crashRun) check(t *testing.T, hooks *receiver) (messages, twice int) {
	acknowledged := run.untilKilled(t)
	run.Role = "deliver" // at once, although the leases of the killed process last
	out, err := run.process().Output()
	if err != nil {
		t.Errorf("run %d: the second process: %v", run.Number, err)
		return
	}
	for line := range strings.Lines(string(out)) {
		var l finalMessage
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("run %d: %q: %v", run.Number, line, err)
			return
		}
		acknowledged = slices.DeleteFunc(acknowledged, func(path string) bool { return path == l.Path })
		came, times := hooks.at(l.Path)
		if l.State != backend.StateSent || len(came) != 1 || !strings.HasPrefix(came[0], l.ID+" ") {
			t.Errorf("run %d (%s, %v): %+v arrived as %v", run.Number, run.KillAt, run.Worker, l, came)
		}
		messages++
		if times > 1 {
			twice++
		}
	}
	if len(acknowledged) > 0 {
		t.Errorf("run %d: acknowledged, but not in the file: %v", run.Number, acknowledged)
	}
	return messages, twice
}

// untilKilled runs the first process until it is killed, and returns the paths whose
// changes it had acknowledged.
func (run crashRun) untilKilled(t *testing.T) (acknowledged []string) {
	run.Role = "accept"
	cmd := run.process()
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Error(err)
		return nil
	}
	lines := bufio.NewReader(out)
	if line, err := lines.ReadString('\n'); err != nil || line != "ready\n" {
		t.Errorf("run %d: the first process wrote %q, %v", run.Number, line, err)
	}
	if run.KillAt == "any" {
		time.AfterFunc(rand.N(25*time.Millisecond), func() { _ = cmd.Process.Kill() })
	}
	rest, _ := io.ReadAll(lines)
	_ = cmd.Wait()
	if state := cmd.ProcessState.Sys().(syscall.WaitStatus); state.Signal() != syscall.SIGKILL {
		t.Errorf("run %d: the first process ended without being killed: %v", run.Number, cmd.ProcessState)
	}
	for line := range strings.Lines(string(rest)) {
		if path, isWhole := strings.CutSuffix(line, "\n"); isWhole {
			acknowledged = append(acknowledged, path)
		}
	}
	return acknowledged
}

func (run crashRun) process() *exec.Cmd {
	text, err := json.Marshal(run)
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "LOCAL_TEST_CRASH_RUN="+string(text), "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	return cmd
}

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
)

// A process that dies between a change and the hand-over of its message must
// lose nothing: this test binary again is the process that is killed, and then
// the one that delivers what the first left behind.
func TestMain(m *testing.M) {
	if text := os.Getenv("LOCAL_TEST_TRIAL"); text != "" {
		var tr crashRun
		err := json.Unmarshal([]byte(text), &tr)
		if err == nil {
			err = tr.run()
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// received is what has arrived: the ids and the codes under each path.
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

// at are the messages that came to a path, and how often they came.
func (r *receiver) at(path string) (distinct []string, times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	distinct = slices.Clone(r.messages[path])
	times = len(distinct)
	slices.Sort(distinct)
	return slices.Compact(distinct), times
}

// TestAKilledProcessLosesNoMessage: what a process had committed when it was
// killed arrives, at least once, and every time as the same message.
func TestAKilledProcessLosesNoMessage(t *testing.T) {
	count := crashRuns
	if testing.Short() {
		count = 12
	}
	receiver := &receiver{messages: map[string][]string{}}
	server := httptest.NewServer(receiver)
	defer server.Close()
	var all sync.WaitGroup
	var mu sync.Mutex
	var messages, twice int
	for lane := range lanes {
		file := crashFile(t, lane, count)
		all.Go(func() {
			for number := lane; number < count; number += lanes {
				tr := crashRun{Number: number, KillAt: []string{"before", "after", "any"}[number%3], Worker: number/3%2 == 1,
					File: file, To: server.URL, ClockAhead: time.Duration(number) * timeApart}
				m, d := tr.check(t, receiver)
				mu.Lock()
				messages, twice = messages+m, twice+d
				mu.Unlock()
			}
		})
	}
	all.Wait()
	t.Logf("%d processes killed, %d messages committed, %d of them came twice", count, messages, twice)
	if messages < count/2 || twice == 0 {
		t.Errorf("%d messages and %d that came twice are too few to have tried anything", messages, twice)
	}
}

// crashFile is the file of a lane, with the customers of its trials.
func crashFile(t *testing.T, lane, count int) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	err := storage.Create(t.Context(), path, storage.Options{}, func(tx *storage.Tx) error {
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

// killed is one trial. It returns how many messages there were, and how many
// of them came more than once.
func (tr crashRun) check(t *testing.T, receiver *receiver) (messages, twice int) {
	acknowledged := tr.untilKilled(t)
	tr.Role, tr.ClockAhead = "deliver", tr.ClockAhead+leaseDuration+time.Second
	out, err := tr.process().Output()
	if err != nil {
		t.Errorf("trial %d: the second process: %v", tr.Number, err)
		return
	}
	for line := range strings.Lines(string(out)) {
		var l finalMessage
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("trial %d: %q: %v", tr.Number, line, err)
			return
		}
		acknowledged = slices.DeleteFunc(acknowledged, func(path string) bool { return path == l.Path })
		came, times := receiver.at(l.Path)
		if l.State != backend.StateSent || len(came) != 1 || !strings.HasPrefix(came[0], l.ID+" ") {
			t.Errorf("trial %d (%s, %v): %+v came as %v", tr.Number, tr.KillAt, tr.Worker, l, came)
		}
		messages++
		if times > 1 {
			twice++
		}
	}
	if len(acknowledged) > 0 {
		t.Errorf("trial %d: these were acknowledged, and are gone: %v", tr.Number, acknowledged)
	}
	return messages, twice
}

// untilKilled runs the first process to its violent end, and returns what it
// had acknowledged.
func (tr crashRun) untilKilled(t *testing.T) (acknowledged []string) {
	tr.Role = "accept"
	cmd := tr.process()
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
		t.Errorf("trial %d: the first process said %q, %v", tr.Number, line, err)
	}
	if tr.KillAt == "any" {
		time.AfterFunc(rand.N(25*time.Millisecond), func() { _ = cmd.Process.Kill() })
	}
	rest, _ := io.ReadAll(lines)
	_ = cmd.Wait()
	if state := cmd.ProcessState.Sys().(syscall.WaitStatus); state.Signal() != syscall.SIGKILL {
		t.Errorf("trial %d: the first process was not killed, but ended: %v", tr.Number, cmd.ProcessState)
	}
	for line := range strings.Lines(string(rest)) {
		if path, isWhole := strings.CutSuffix(line, "\n"); isWhole {
			acknowledged = append(acknowledged, path)
		}
	}
	return acknowledged
}

func (tr crashRun) process() *exec.Cmd {
	text, err := json.Marshal(tr)
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "LOCAL_TEST_TRIAL="+string(text), "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	return cmd
}

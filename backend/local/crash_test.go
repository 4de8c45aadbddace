//go:build unix

package local

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// A process that dies between a change and the hand-over of its message must
// lose nothing: this test binary again is the process that is killed, and then
// the one that delivers what the first left behind.
func TestMain(m *testing.M) {
	if text := os.Getenv("LOCAL_TEST_TRIAL"); text != "" {
		var tr trial
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

// trial is what a process is told to do.
type trial struct {
	Number  int
	Part    string // "accept", or afterwards "deliver"
	Dies    string // "before", "after": at the hand-over, by itself; "any": when it is killed
	Worker  bool   // it has a worker, as the console and the server have
	File    string
	To      string        // the receiver
	Forward time.Duration // of its clock
}

const (
	trials      = 100
	lanes       = 4           // trials at once, each on a file of its own
	acceptsEach = 6           // changes in one trial, each of another customer: codes are limited
	apart       = time.Minute // from one trial to the next on the clock: longer than a lease
)

func (tr trial) customer(n int) string { return fmt.Sprintf("customer-%d-%d", tr.Number, n) }
func (tr trial) path(n int) string     { return fmt.Sprintf("/%d/%d", tr.Number, n) }

func (tr trial) run() error {
	ctx := context.Background()
	db, err := storage.Open(ctx, tr.File, storage.Options{Now: func() time.Time { return time.Now().Add(tr.Forward) }})
	if err != nil {
		return err
	}
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		return err
	}
	if tr.Part == "accept" {
		return tr.accept(ctx, New(db, Options{Key: testKey, Sender: mortal{router, tr.Dies}}))
	}
	return errors.Join(tr.deliver(ctx, New(db, Options{Key: testKey, Sender: router})), db.Close())
}

// mortal is a sender with which the process dies.
type mortal struct {
	*delivery.Router
	dies string
}

func (m mortal) Send(ctx context.Context, message delivery.Message) (delivery.Receipt, error) {
	if m.dies == "before" {
		die()
	}
	receipt, err := m.Router.Send(ctx, message)
	if m.dies == "after" {
		die()
	}
	return receipt, err
}

func die() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// accept makes changes with messages, and says which were acknowledged.
func (tr trial) accept(ctx context.Context, accounts *Accounts) error {
	if tr.Worker {
		go accounts.Deliver(ctx, nil)
	}
	fmt.Println("ready")
	for n := range acceptsEach {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		if _, err := view.CreateChannel(ctx, backend.TypeWebhook, tr.To+tr.path(n)); err != nil {
			return err
		}
		fmt.Println(tr.path(n))
	}
	select {} // until it is killed
}

// left is a message as the second process finds it in the end.
type left struct {
	ID, Path string
	State    backend.MessageState
	Attempts int
}

// deliver hands over what is due, and tells of every message.
func (tr trial) deliver(ctx context.Context, accounts *Accounts) error {
	if err := accounts.HandOver(ctx); err != nil {
		return err
	}
	for n := range acceptsEach {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		box, err := view.Messages(ctx, batch)
		if err != nil {
			return err
		}
		for _, m := range box.Messages {
			to, err := url.Parse(m.To)
			if err != nil {
				return err
			}
			if err := json.NewEncoder(os.Stdout).Encode(left{m.ID, to.Path, m.State, m.Attempts}); err != nil {
				return err
			}
		}
	}
	return nil
}

// received is what has arrived: the ids and the codes under each path.
type received struct {
	mu   sync.Mutex
	came map[string][]string
}

func (r *received) ServeHTTP(_ http.ResponseWriter, request *http.Request) {
	var event struct{ ID, Code string }
	err := json.NewDecoder(request.Body).Decode(&event)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.came[request.URL.Path] = append(r.came[request.URL.Path], fmt.Sprint(event.ID, " ", event.Code, err))
}

// at are the messages that came to a path, and how often they came.
func (r *received) at(path string) (distinct []string, times int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	distinct = slices.Clone(r.came[path])
	times = len(distinct)
	slices.Sort(distinct)
	return slices.Compact(distinct), times
}

// TestAKilledProcessLosesNoMessage: what a process had committed when it was
// killed arrives, at least once, and every time as the same message.
func TestAKilledProcessLosesNoMessage(t *testing.T) {
	count := trials
	if testing.Short() {
		count = 12
	}
	receiver := &received{came: map[string][]string{}}
	server := httptest.NewServer(receiver)
	defer server.Close()
	var all sync.WaitGroup
	var mu sync.Mutex
	var messages, twice int
	for lane := range lanes {
		file := crashFile(t, lane, count)
		all.Go(func() {
			for number := lane; number < count; number += lanes {
				tr := trial{Number: number, Dies: []string{"before", "after", "any"}[number%3], Worker: number/3%2 == 1,
					File: file, To: server.URL, Forward: time.Duration(number) * apart}
				m, d := tr.killed(t, receiver)
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
			for n := range acceptsEach {
				if err := seedOne(tx, trial{Number: number}.customer(n)); err != nil {
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
func (tr trial) killed(t *testing.T, receiver *received) (messages, twice int) {
	acknowledged := tr.untilKilled(t)
	tr.Part, tr.Forward = "deliver", tr.Forward+lease+time.Second
	out, err := tr.process().Output()
	if err != nil {
		t.Errorf("trial %d: the second process: %v", tr.Number, err)
		return
	}
	for line := range strings.Lines(string(out)) {
		var l left
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Errorf("trial %d: %q: %v", tr.Number, line, err)
			return
		}
		acknowledged = slices.DeleteFunc(acknowledged, func(path string) bool { return path == l.Path })
		came, times := receiver.at(l.Path)
		if l.State != backend.StateSent || len(came) != 1 || !strings.HasPrefix(came[0], l.ID+" ") {
			t.Errorf("trial %d (%s, %v): %+v came as %v", tr.Number, tr.Dies, tr.Worker, l, came)
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
func (tr trial) untilKilled(t *testing.T) (acknowledged []string) {
	tr.Part = "accept"
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
	if tr.Dies == "any" {
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

func (tr trial) process() *exec.Cmd {
	text, err := json.Marshal(tr)
	if err != nil {
		panic(err)
	}
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "LOCAL_TEST_TRIAL="+string(text), "GORACE=atexit_sleep_ms=0")
	cmd.Stderr = os.Stderr
	return cmd
}

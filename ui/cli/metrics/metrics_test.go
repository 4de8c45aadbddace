package metrics

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/storage"
)

// fakeStore is a database that a test makes go away.
type fakeStore struct {
	reads atomic.Int32
	away  error
	hangs chan struct{} // closed to let reads return; nil where they do
}

func (s *fakeStore) Read(context.Context, func(*storage.Tx) error) error {
	s.reads.Add(1)
	if s.hangs != nil {
		<-s.hangs
	}
	return s.away
}

func (s *fakeStore) Size(context.Context) (int64, error) { return 4096, nil }

func (s *fakeStore) Connections() storage.Connections {
	return storage.Connections{InUse: 1, Idle: 2, Max: 4}
}

// watching are metrics that ask a store.
func watching(s *fakeStore) *Metrics {
	m := New("v1.2.3")
	m.Watch(Sources{Store: s, Ready: func() error { return nil }, Places: func() (int, int) { return 3, 96 }, Connections: func() (int, int) { return 5, 0 }})
	return m
}

// ask returns status and body of an answer.
func ask(m *Metrics, method, path string) (status int, body string, header http.Header) {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(method, path, nil))
	return w.Code, w.Body.String(), w.Header()
}

func TestWhatIsAnsweredWhere(t *testing.T) {
	m := watching(&fakeStore{})
	for _, c := range []struct {
		method, path string
		status       int
		has          string
	}{
		{"GET", "/metrics", 200, `pinghome_build_info{goversion="go`},
		{"GET", "/metrics?x=1", 200, "pinghome_database_up 1"},
		{"HEAD", "/metrics", 200, ""},
		{"POST", "/metrics", 405, "Use GET."},
		{"DELETE", "/metrics", 405, "Use GET."},
		{"GET", "/", 404, "There is nothing here but /metrics."},
		{"GET", "/metrics/", 404, "nothing here"},
		{"GET", "/v1/customer", 404, "nothing here"},
		{"GET", "/debug/pprof/", 404, "nothing here"},
	} {
		status, body, header := ask(m, c.method, c.path)
		if status != c.status || !strings.Contains(body, c.has) || header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s %s: answered %d %.200s", c.method, c.path, status, body)
		}
		if allow := header.Get("Allow"); (allow == "GET, HEAD") != (status == 405) {
			t.Errorf("%s %s allows %q", c.method, c.path, allow)
		}
	}
}

// TestTheNewestBackup is told where backups are made, also that there is none.
func TestTheNewestBackup(t *testing.T) {
	for made, want := range map[time.Time]string{{}: " 0\n", time.Unix(1_700_000_000, 0): " 1.7e+09\n"} {
		m := New("v1.2.3")
		m.Watch(Sources{Store: &fakeStore{}, Ready: func() error { return nil }, Backup: func() time.Time { return made },
			Places: func() (int, int) { return 0, 96 }, Connections: func() (int, int) { return 0, 0 }})
		if _, body, _ := ask(m, "GET", Path); !strings.Contains(body, "\npinghome_backup_newest_timestamp_seconds"+want) {
			t.Errorf("of %v it does not say %s", made, want)
		}
	}
	if _, body, _ := ask(watching(&fakeStore{}), "GET", Path); strings.Contains(body, "pinghome_backup") {
		t.Error("it tells of backups where none are made")
	}
}

// TestManyScrapesReadTheDatabaseOnce.
func TestManyScrapesReadTheDatabaseOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &fakeStore{}
		m := watching(s)
		for range 10 {
			ask(m, "GET", Path)
		}
		if n := s.reads.Load(); n != 1 {
			t.Errorf("it was read %d times", n)
		}
		time.Sleep(keepTime)
		ask(m, "GET", Path)
		if n := s.reads.Load(); n != 2 {
			t.Errorf("after a second it was read %d times in all", n)
		}
	})
}

// TestEachOperationHasItsSeriesFromTheStart, so that the first error is a rise.
func TestEachOperationHasItsSeriesFromTheStart(t *testing.T) {
	_, body, _ := ask(watching(&fakeStore{}), "GET", Path)
	for _, operation := range append(httpapi.Operations(), httpapi.OtherOperation) {
		for _, line := range []string{`requests_total{code="200",operation="`, `requests_total{code="500",operation="`, `requests_total{code="503",operation="`, `request_duration_seconds_count{operation="`} {
			if !strings.Contains(body, "\npinghome_http_"+line+operation+"\"} 0\n") {
				t.Errorf("it does not say %s%s", line, operation)
			}
		}
	}
}

// TestADatabaseThatIsAway leaves out what is not known, and the rest is answered.
func TestADatabaseThatIsAway(t *testing.T) {
	_, body, _ := ask(watching(&fakeStore{away: errors.New("secret place")}), "GET", Path)
	wantAway(t, body)
	if strings.Contains(body, "secret") {
		t.Error("the error is told")
	}
}

func wantAway(t *testing.T, body string) {
	t.Helper()
	for _, line := range []string{"pinghome_database_up 0\n", "pinghome_ready 0\n", "pinghome_delivery_workers_busy 3\n", `pinghome_database_connections{state="in_use"} 1` + "\n"} {
		if !strings.Contains(body, line) {
			t.Errorf("it does not say %s", line)
		}
	}
	for _, name := range []string{"pinghome_outbox_messages{", "pinghome_database_size_bytes ", "pinghome_locked_accounts "} {
		if strings.Contains(body, "\n"+name) {
			t.Errorf("it says %s", name)
		}
	}
}

// TestADatabaseThatHangs: a scrape is answered all the same, and no further read is begun.
func TestADatabaseThatHangs(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &fakeStore{hangs: make(chan struct{})}
		m := watching(s)
		for range 3 {
			begun := time.Now()
			_, body, _ := ask(m, "GET", Path)
			wantAway(t, body)
			if took := time.Since(begun); took > waitTime {
				t.Errorf("it took %v", took)
			}
		}
		if n := s.reads.Load(); n != 1 {
			t.Errorf("%d reads were begun", n)
		}
		close(s.hangs)
		synctest.Wait()
		if _, body, _ := ask(m, "GET", Path); !strings.Contains(body, "pinghome_database_up 1\n") {
			t.Error("it does not say that the database is back")
		}
	})
}

func TestWhatIsCounted(t *testing.T) {
	m := watching(&fakeStore{})
	m.RequestBegan()
	m.RequestBegan()
	m.RequestEnded("listChannels", 200, 30*time.Millisecond)
	m.Refused(httpapi.LimitToken)
	m.Committed(7, time.Millisecond, nil)
	m.Committed(1, time.Second, backend.Errorf(backend.CodeUnknownOutcome, "lost"))
	m.Committed(1, time.Second, errors.New("full"))
	m.Waited(time.Minute)
	m.TriedAgain()
	m.CodeSent(backend.TypeSMS)
	m.CodeEntered("")
	m.CodeEntered(backend.CodeWrong)
	m.CodesLocked()
	m.Attempted(backend.TypePush, backend.OutcomeBlocked, 0)
	m.Attempted(backend.TypeEmail, backend.OutcomeSent, time.Second)
	_, body, _ := ask(m, "GET", Path)
	for _, line := range []string{
		`pinghome_http_requests_in_flight 1`, `pinghome_http_requests_total{code="200",operation="listChannels"} 1`,
		`pinghome_http_request_duration_seconds_bucket{operation="listChannels",le="0.05"} 1`, `pinghome_http_requests_refused_total{limit="token"} 1`,
		`pinghome_http_requests_refused_total{limit="room"} 0`, `pinghome_database_commits_total{outcome="done"} 1`,
		`pinghome_database_commits_total{outcome="unknown"} 1`, `pinghome_database_commits_total{outcome="failed"} 1`,
		`pinghome_database_commit_changes_sum 9`, `pinghome_database_wait_seconds_bucket{le="20"} 0`, `pinghome_database_wait_seconds_count 1`,
		`pinghome_database_transactions_tried_again_total 1`, `pinghome_codes_sent_total{type="sms"} 1`, `pinghome_codes_entered_total{outcome="right"} 1`,
		`pinghome_codes_entered_total{outcome="wrong"} 1`, `pinghome_code_lockouts_total 1`,
		`pinghome_delivery_attempts_total{outcome="blocked",type="push-notification"} 1`, `pinghome_delivery_attempt_duration_seconds_count{type="email"} 1`,
	} {
		if !strings.Contains(body, "\n"+line+"\n") {
			t.Errorf("it does not say %s", line)
		}
	}
	if !strings.Contains(body, `pinghome_delivery_attempt_duration_seconds_count{type="push-notification"} 0`) {
		t.Error("an attempt of which no provider was asked has a time")
	}
}

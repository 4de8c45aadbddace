//go:build unix

package cli

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
)

func TestAConsoleWaitsForAServerThatStartsLater(t *testing.T) {
	t.Parallel() // it waits most of the time
	h := home{t, t.TempDir()}
	h.writeFile("token", h.createAccount())
	address, server := h.serve("--listen", "127.0.0.1:0") // which finds a free port
	server.Process.Kill()
	server.Wait()
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token")
	w.see("No answer from the server")
	w.see(address)
	w.see("Tried since")
	h.serve("--listen", strings.TrimPrefix(address, "http://"))
	w.see("Ada Byron")
	w.see("The server answers")
	w.press("q")
	w.wantExit(0)
	w.wantRestored()
}

func TestAConsoleThatWaitsForItsServerCanBeQuit(t *testing.T) {
	for name, key := range map[string]string{"q": "q", "ctrl+c": "\x03"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := home{t, t.TempDir()}
			h.writeFile("token", "ph_x")
			w := inWindowAt(t, h.dir, "pinghome", "--server", "http://127.0.0.1:1", "--token-file", "token")
			w.see("No answer from the server")
			w.press(key)
			w.wantExit(0)
			w.wantRestored()
		})
	}
}

func TestAConsoleWaitsForAServerThatAnswers429AtTheStart(t *testing.T) {
	t.Parallel() // it waits most of the time
	h := home{t, t.TempDir()}
	h.writeFile("token", h.createAccount())
	address, _ := h.serve("--listen", "127.0.0.1:0")
	inner, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	var isOpen atomic.Bool
	pass := httputil.NewSingleHostReverseProxy(inner)
	busy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if isOpen.Load() {
			pass.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Retry-After", "1")
		http.Error(w, "slow down", http.StatusTooManyRequests)
	}))
	defer busy.Close()
	w := inWindowAt(t, h.dir, "pinghome", "--server", busy.URL, "--token-file", "token")
	w.see("No answer from the server")
	w.see("slow down")
	isOpen.Store(true)
	w.see("Ada Byron")
	w.press("q")
	w.wantExit(0)
}

// TestAConsoleConnectsToAServerThatTakesItsTime: the first try is not given up, nor made twice.
func TestAConsoleConnectsToAServerThatTakesItsTime(t *testing.T) {
	t.Parallel() // it waits most of the time
	h := home{t, t.TempDir()}
	h.writeFile("token", h.createAccount())
	address, _ := h.serve("--listen", "127.0.0.1:0")
	inner, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	answers, pass := make(chan struct{}), httputil.NewSingleHostReverseProxy(inner)
	var held atomic.Int32
	slow := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-answers:
		default:
			held.Add(1)
			<-answers
		}
		pass.ServeHTTP(w, r)
	}))
	defer slow.Close()
	w := inWindowAt(t, h.dir, "pinghome", "--server", slow.URL, "--token-file", "token")
	w.see("Waiting for its first answer")
	asked := held.Load()
	close(answers)
	w.see("Ada Byron")
	w.press("q")
	w.wantExit(0)
	if asked == 0 || held.Load() != asked {
		t.Errorf("%d requests waited, and then %d", asked, held.Load())
	}
}

func TestNoRequestIsSentBeforeRetryAfterIsOver(t *testing.T) {
	now, asked := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), 0
	open := respectRetryAfter(func() time.Time { return now }, func(context.Context) (ui.Opened, error) {
		asked++
		return ui.Opened{}, &backend.Error{Code: backend.CodeRateLimited, Message: "slow down", RetryAfter: 30 * time.Second}
	})
	for _, c := range []struct {
		after, left time.Duration
		asked       int
	}{{0, 30 * time.Second, 1}, {10 * time.Second, 20 * time.Second, 1}, {20 * time.Second, 30 * time.Second, 2}} {
		now = now.Add(c.after)
		_, err := open(t.Context())
		var e *backend.Error
		if !errors.As(err, &e) || e.RetryAfter != c.left || asked != c.asked {
			t.Errorf("asked %d times: %+v; want %+v", asked, err, c)
		}
	}
}

func TestATokenThatTheServerRefusesEndsTheCommand(t *testing.T) {
	h := home{t, t.TempDir()}
	h.createAccount()
	h.writeFile("token", "ph_x")
	address, _ := h.serve("--listen", "127.0.0.1:0")
	w := inWindowAt(t, h.dir, "pinghome", "--server", address, "--token-file", "token")
	w.see("This token is not valid")
	w.wantExit(4)
}

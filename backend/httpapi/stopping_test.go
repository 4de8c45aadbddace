package httpapi_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// TestAServerThatStops says so first, ends what has begun, and begins nothing.
func TestAServerThatStops(t *testing.T) {
	var begun, release chan struct{} // made by the visit, since its clock has to know of them
	f := fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		close(begun)
		<-release
		return backend.Profile{Revision: 1}, nil
	}}}
	log := &lines{}
	run(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Drain: 3 * time.Second, Log: log.logger()}, func(r *running) {
		begun, release = make(chan struct{}), make(chan struct{})
		_, other := r.call("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.answers(other, 200)
		_, from := r.call(get)
		<-begun
		r.stop()
		synctest.Wait()
		_, other = r.call("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
		if a := r.answers(other, 503); a.Header.Get("Retry-After") != "1" {
			r.Errorf("the answer has %v", a.Header)
		}
		_, other = r.call("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.answers(other, 200)

		time.AfterFunc(7*time.Second, func() { close(release) })
		start := time.Now()
		r.answers(from, 200)
		if err := <-r.done; err != nil || time.Since(start) < 7*time.Second {
			r.Errorf("ended after %v: %v", time.Since(start), err)
		}
		select {
		case r.wire.calls <- nil:
			r.Error("a connection was taken after the end")
		case <-r.wire.closed:
		}
		r.done <- nil
	})
	if strings.Contains(log.String(), "ERROR") {
		t.Errorf("a stop that was asked for is logged as %s", log)
	}
}

// TestAStopIsNotKeptByWhoSendsNothingMore: half a body has two seconds left,
// and a request that takes for ever has eight.
func TestAStopIsNotKeptByWhoSendsNothingMore(t *testing.T) {
	forEver := fakes{view: backendtest.Stub{ProfileFunc: func(ctx context.Context) (backend.Profile, error) {
		time.Sleep(time.Minute)
		return backend.Profile{Revision: 1}, nil
	}}}
	for name, c := range map[string]struct {
		send string
		f    fakes
		took time.Duration
		err  error
	}{
		"half a body":            {halfABody, still(), 3 * time.Second, nil},
		"a request for ever":     {get, forEver, 8 * time.Second, context.DeadlineExceeded},
		"a refusal, half a body": {strings.Replace(halfABody, "Bearer", "Basic", 1), still(), 2 * time.Second, nil},
	} {
		run(t, httpapi.ServerOptions{Accounts: c.f, Tokens: c.f, Drain: time.Second}, func(r *running) {
			_, from := r.call(c.send)
			go io.Copy(io.Discard, from)
			synctest.Wait()
			begun := time.Now()
			r.stop()
			if err := <-r.done; !errors.Is(err, c.err) || time.Since(begun).Truncate(time.Second) != c.took {
				r.Errorf("%s: ended after %v with %v", name, time.Since(begun), err)
			}
			r.done <- nil
			time.Sleep(time.Minute) // until what was left behind is over
		})
	}
}

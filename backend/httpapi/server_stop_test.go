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

// TestStop: a server that stops is not ready, finishes the requests that have
// begun, and accepts no connection.
func TestStop(t *testing.T) {
	var begun, release chan struct{} // made inside the bubble of synctest, which has to know of them
	f := fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		close(begun)
		<-release
		return backend.Profile{Revision: 1}, nil
	}}}
	log := &logBuffer{}
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Drain: 3 * time.Second, Log: log.logger()}, func(r *pipeServer) {
		begun, release = make(chan struct{}), make(chan struct{})
		_, other := r.connect("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.wantStatus(other, 200)
		_, from := r.connect(getProfile)
		<-begun
		r.stop()
		synctest.Wait()
		_, other = r.connect("GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
		if a := r.wantStatus(other, 503); a.Header.Get("Retry-After") != "1" {
			r.Errorf("the answer has %v", a.Header)
		}
		_, other = r.connect("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
		r.wantStatus(other, 200)

		time.AfterFunc(7*time.Second, func() { close(release) })
		start := time.Now()
		r.wantStatus(from, 200)
		if err := <-r.done; err != nil || time.Since(start) < 7*time.Second {
			r.Errorf("ended after %v: %v", time.Since(start), err)
		}
		select {
		case r.listener.conns <- nil:
			r.Error("a connection was taken after the end")
		case <-r.listener.closed:
		}
		r.done <- nil
	})
	if strings.Contains(log.String(), "ERROR") {
		t.Errorf("a stop that was asked for is logged as %s", log)
	}
}

// TestStopTimeouts: a body that does not arrive has two seconds left, and a
// request that does not end has eight.
func TestStopTimeouts(t *testing.T) {
	endless := fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		time.Sleep(time.Minute)
		return backend.Profile{Revision: 1}, nil
	}}}
	for name, c := range map[string]struct {
		send string
		f    fakes
		took time.Duration
		err  error
	}{
		"half a body":            {partialBody, fakesWithProfile(), 3 * time.Second, nil},
		"an endless request":     {getProfile, endless, 8 * time.Second, context.DeadlineExceeded},
		"a refusal, half a body": {strings.Replace(partialBody, "Bearer", "Basic", 1), fakesWithProfile(), 2 * time.Second, nil},
	} {
		servePipes(t, httpapi.ServerOptions{Accounts: c.f, Tokens: c.f, Drain: time.Second}, func(r *pipeServer) {
			_, from := r.connect(c.send)
			go io.Copy(io.Discard, from)
			synctest.Wait()
			begun := time.Now()
			r.stop()
			if err := <-r.done; !errors.Is(err, c.err) || time.Since(begun).Truncate(time.Second) != c.took {
				r.Errorf("%s: ended after %v with %v", name, time.Since(begun), err)
			}
			r.done <- nil
			time.Sleep(time.Minute) // until the handler that was left behind returns
		})
	}
}

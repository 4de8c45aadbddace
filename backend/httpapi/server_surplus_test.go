package httpapi_test

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// TestSlowBodiesAreBounded: a token whose bodies do not arrive keeps 16
// connections, and the others are told so after a quarter of a second.
func TestSlowBodiesAreBounded(t *testing.T) {
	f := fakesWithProfile()
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f}, func(r *pipeServer) {
		begun := time.Now()
		var from []*bufio.Reader
		for range 20 {
			_, reader := r.connect(partialBody)
			from = append(from, reader)
		}
		refused := 0
		for _, reader := range from {
			a, err := http.ReadResponse(reader, nil)
			if err != nil {
				r.Fatal(err)
			}
			if a.StatusCode == http.StatusTooManyRequests {
				if refused++; a.Header.Get("Retry-After") == "" || !a.Close {
					r.Errorf("refused with %v", a.Header)
				}
			} else if a.StatusCode != 400 || time.Since(begun) != 15*time.Second {
				r.Errorf("answered %d after %v", a.StatusCode, time.Since(begun))
			}
		}
		if refused != 4 {
			r.Errorf("%d were refused", refused)
		}
		mine, reader := r.connect(partialBody) // there is room again
		time.Sleep(time.Second)
		go io.WriteString(mine, strings.Repeat(" ", 98)+"}")
		r.wantStatus(reader, 422)
		go io.WriteString(mine, getProfile)
		r.wantStatus(reader, 200)
	})
}

// slowProfile reads a profile once the channel is closed.
func slowProfile(release *chan struct{}) fakes {
	return fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) {
		<-*release
		return backend.Profile{Revision: 1}, nil
	}}}
}

// queue opens a connection that may have to wait, and sends a text once it is read.
func (r *pipeServer) queue(send string) *bufio.Reader {
	mine, theirs := net.Pipe()
	r.listener.conns <- theirs
	go io.WriteString(mine, send)
	r.Cleanup(func() { mine.Close() })
	return bufio.NewReader(mine)
}

// TestSurplusIsToldToComeBack: with room for two, a connection that waits for too long
// is told to come back.
func TestSurplusIsToldToComeBack(t *testing.T) {
	var release chan struct{}
	f := slowProfile(&release)
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 2}, func(r *pipeServer) {
		release = make(chan struct{})
		var from []*bufio.Reader
		for range 4 {
			from = append(from, r.queue(getProfile))
			time.Sleep(time.Second)
		}
		time.AfterFunc(10*time.Second, func() { close(release) })
		begun := time.Now()
		for _, c := range []struct {
			at, status int
			after      time.Duration
		}{{2, 503, 3 * time.Second}, {3, 503, 4 * time.Second}, {0, 200, 10 * time.Second}, {1, 200, 10 * time.Second}} {
			a := r.wantStatus(from[c.at], c.status)
			if took := time.Since(begun); took != c.after {
				r.Errorf("%d was answered after %v", c.at, took)
			}
			if c.status == 503 && (a.Header.Get("Retry-After") != "1" || !a.Close) {
				r.Errorf("%d was answered with %v", c.at, a.Header)
			}
		}
	})
}

// TestSurplusWaits: with room for two, a further connection is served when one of them
// has had its turn.
func TestSurplusWaits(t *testing.T) {
	var release chan struct{}
	f := slowProfile(&release)
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Connections: 2}, func(r *pipeServer) {
		release = make(chan struct{})
		var from []*bufio.Reader
		for range 3 {
			from = append(from, r.queue(getProfile))
		}
		time.Sleep(2 * time.Second)
		close(release)
		go io.Copy(io.Discard, from[1])
		go io.Copy(io.Discard, from[0])
		begun := time.Now()
		r.wantStatus(from[2], 200) // one of the others has had its turn, and closes
		if took := time.Since(begun); took != 0 {
			r.Errorf("it went on waiting for %v", took)
		}
	})
}

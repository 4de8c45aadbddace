package httpapi_test

import (
	"bufio"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/account-settings/pinghome/backend/httpapi"
)

// fewFiles is a limit of files with which three connections are served and one more
// is accepted.
const fewFiles = 32

// TestQuietConnectionsKeepNoOneOut: as many quiet connections as can be open, and as many
// again that cannot be accepted, are closed in time for one that has a request.
func TestQuietConnectionsKeepNoOneOut(t *testing.T) {
	f := fakesWithProfile()
	for name, send := range map[string]string{"after an answer": getProfile, "without a request": "", "with half a header": "GET /v1/customer HTTP/1.1\r\nHost:"} {
		t.Run(name, func(t *testing.T) {
			servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Descriptors: fewFiles}, func(r *pipeServer) {
				begun := time.Now()
				for range 8 {
					from := r.queue(send)
					if send == getProfile {
						r.wantStatus(from, 200)
					}
				}
				r.wantStatus(r.queue(getProfile), 200)
				if took := time.Since(begun); took > 2*time.Second {
					r.Errorf("it took %v", took)
				}
			})
		})
	}
}

// queueSeveral opens connections that send the same request, and waits until all are busy.
func (r *pipeServer) queueSeveral(n int, request string) (from []*bufio.Reader) {
	for range n {
		from = append(from, r.queue(request))
	}
	synctest.Wait()
	return from
}

// TestQuietConnectionsBehindBusyOnes: those that are told to come back and say nothing
// leave room, too, though none waits then.
func TestQuietConnectionsBehindBusyOnes(t *testing.T) {
	var release chan struct{}
	f := slowProfile(&release)
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Descriptors: fewFiles}, func(r *pipeServer) {
		release = make(chan struct{})
		busy := r.queueSeveral(3, getProfile)
		for range 3 {
			r.queue("")
		}
		begun := time.Now()
		a := r.wantStatus(r.queue(getProfile), http.StatusServiceUnavailable)
		if took := time.Since(begun); a.Header.Get("Retry-After") != "1" || took > 5*time.Second {
			r.Errorf("answered after %v with %v", took, a.Header)
		}
		close(release)
		for _, from := range busy { // what had begun was not cut off
			r.wantStatus(from, 200)
			go io.Copy(io.Discard, from)
		}
	})
}

// TestMoreBusyConnectionsThanFiles: while all that can be served are busy, further ones
// are told so one after the other, also those that could not be accepted at first.
func TestMoreBusyConnectionsThanFiles(t *testing.T) {
	var release chan struct{}
	f := slowProfile(&release)
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Descriptors: fewFiles}, func(r *pipeServer) {
		release = make(chan struct{})
		busy := r.queueSeveral(3, getProfile)
		for range 5 {
			begun := time.Now()
			r.wantStatus(r.queue(getProfile), http.StatusServiceUnavailable)
			if took := time.Since(begun); took > 2*time.Second {
				r.Errorf("told to come back after %v", took)
			}
		}
		close(release)
		for _, from := range busy {
			r.wantStatus(from, 200)
		}
	})
}

// TestSlowBodiesLeaveRoomWhereFilesAreFew: a token whose bodies do not arrive is told so,
// and others are served.
func TestSlowBodiesLeaveRoomWhereFilesAreFew(t *testing.T) {
	f := fakesWithProfile()
	servePipes(t, httpapi.ServerOptions{Accounts: f, Tokens: f, Descriptors: 64}, func(r *pipeServer) {
		for range 60 {
			go io.Copy(io.Discard, r.queue(partialBody)) // a pipe has no buffer for the answer
		}
		begun := time.Now()
		r.wantStatus(r.queue(getProfile), 200)
		if took := time.Since(begun); took > 3*time.Second {
			r.Errorf("it took %v", took)
		}
	})
}

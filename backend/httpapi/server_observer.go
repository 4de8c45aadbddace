package httpapi

import (
	"net/http"
	"time"
)

// Observer is told of requests, for those who watch a server. Its methods return at once, and are safe
// for use by many goroutines.
type Observer interface {
	RequestBegan()
	// RequestEnded is called once for each RequestBegan. operation is that of the OpenAPI document,
	// such as listChannels, or OtherOperation.
	RequestEnded(operation string, status int, took time.Duration)
	// Refused is called when a limit refuses a request, before that ends.
	Refused(Limit)
}

// OtherOperation is what is asked for at a path that has nothing, or by a method that it does not have.
const OtherOperation = "other"

// Limit is what refuses requests.
type Limit string

// The limits of a server.
const (
	LimitToken    Limit = "token"    // TokenRate
	LimitAddress  Limit = "address"  // AddressRate
	LimitChanges  Limit = "changes"  // ChangesPerDay
	LimitRoom     Limit = "room"     // Connections: it waited for too long
	LimitStopping Limit = "stopping" // the server ends
)

// Limits are all of them.
var Limits = []Limit{LimitToken, LimitAddress, LimitChanges, LimitRoom, LimitStopping}

// Operations are the names of all operations, without OtherOperation.
func Operations() (names []string) {
	for _, o := range operations {
		names = append(names, string(o.id))
	}
	return names
}

// observe tells the observer that a request has begun; the function that it returns that it has ended.
func (h *handler) observe(w *recorder) (ended func()) {
	if h.Observer == nil {
		return func() {}
	}
	begun := time.Now()
	h.Observer.RequestBegan()
	return func() {
		operation, status := w.outcome()
		h.Observer.RequestEnded(operation, status, time.Since(begun))
	}
}

// outcome is what was asked for, and how that was answered.
func (w *recorder) outcome() (operation string, status int) {
	operation, status = OtherOperation, w.status
	if w.operation != nil {
		operation = string(w.operation.id)
	}
	if status == 0 { // the answer was given up
		status = http.StatusInternalServerError
	}
	return operation, status
}

// observeRefusal tells the observer that a limit has refused a request, where err is not nil, and returns err.
func (h *handler) observeRefusal(by Limit, err error) error {
	if err != nil && h.Observer != nil {
		h.Observer.Refused(by)
	}
	return err
}

// noteOperation records what is asked for.
func noteOperation(w http.ResponseWriter, o *operation) {
	if rec, isRecorder := w.(*recorder); isRecorder {
		rec.operation = o
	}
}

// Connections are how many connections are served now, and how many wait for that.
func (s *Server) Connections() (served, waiting int) {
	l := s.limited.Load()
	if l == nil {
		return 0, 0
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.open), l.waiting.Len()
}

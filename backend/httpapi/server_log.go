package httpapi

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/netip"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// recorder notes what the log tells of an answer.
type recorder struct {
	http.ResponseWriter
	handler       *handler
	connection    *connection // nil without a listener of ours
	caller        netip.Addr  // the zero Addr for none
	traceparent   string      // "" for none
	status        int
	bytes         int64
	token         string     // its id
	operation     *operation // nil for none that there is
	err           error      // of a refusal
	isBodyPending bool       // more of the request's body may be on its way
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		if w.handler.mustClose(w.connection) {
			w.Header().Set("Connection", "close")
		}
		if w.isBodyPending {
			w.abandonBody()
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// abandonBody lets the answer go out while the body is still arriving: net/http
// would read all of it first, to keep the connection. The body is read for
// lateBody more, so that a caller that sends before it reads is not cut off; for less
// where hardly any more connections can be accepted.
func (w *recorder) abandonBody() {
	w.Header().Set("Connection", "close")
	limit := lateBody
	if w.connection != nil {
		limit = min(limit, w.handler.connections.quietLimit())
	}
	_ = http.NewResponseController(w.ResponseWriter).SetReadDeadline(time.Now().Add(limit)) // a writer without a connection has no deadline
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap gives http.ResponseController access to the connection.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// callerOf is the address of the caller, the zero Addr for none.
func callerOf(w http.ResponseWriter) netip.Addr {
	if rec, ok := w.(*recorder); ok {
		return rec.caller
	}
	return netip.Addr{}
}

// noteToken records the id of the token for the log.
func noteToken(w http.ResponseWriter, id string) {
	if rec, ok := w.(*recorder); ok {
		rec.token = id
	}
}

// noteBodyRead records that no more of the body is to come.
func noteBodyRead(w http.ResponseWriter) {
	if rec, ok := w.(*recorder); ok {
		rec.isBodyPending = false
	}
}

// requestID is the caller's id if that is safe in a log, so that one request
// can be followed through several programs; otherwise a new id.
func requestID(r *http.Request) string {
	const longest = 64
	id := r.Header.Get(headerRequestID)
	if id == "" || len(id) > longest {
		return uuid.NewString()
	}
	for _, c := range []byte(id) {
		isSafe := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.'
		if !isSafe {
			return uuid.NewString()
		}
	}
	return id
}

// finish ends every request: a panic becomes an answer, and the log gets its
// line. The line has the pattern of the path and not the path, the id of the
// token and not the token, and nothing that was sent but the address of the caller.
func (h *handler) finish(w *recorder, r *http.Request, begun time.Time) {
	if fault := recover(); fault != nil {
		if err, isError := fault.(error); isError && errors.Is(err, http.ErrAbortHandler) {
			panic(fault)
		}
		id := w.Header().Get(headerRequestID)
		h.Log.Error("panic", "request_id", id, "fault", withoutValues(fmt.Sprint(fault)), "stack", string(debug.Stack()))
		if w.status == 0 {
			writeProblem(w, nil)
		}
	}
	level := slog.LevelInfo
	attributes := append(make([]slog.Attr, 0, 11),
		slog.String("request_id", w.Header().Get(headerRequestID)), slog.String("method", knownMethod(r.Method)), slog.String("route", r.Pattern),
		slog.Int("status", w.status), slog.Float64("ms", float64(time.Since(begun).Microseconds())/1000), slog.Int64("bytes", w.bytes),
		slog.String("token", w.token))
	if w.caller.IsValid() {
		attributes = append(attributes, slog.String("client", w.caller.String()))
	}
	if w.traceparent != "" {
		attributes = append(attributes, slog.String("trace", traceOf(w.traceparent)))
	}
	if isFault(w.status) && w.err != nil && !errors.Is(w.err, errStopping) && r.Context().Err() == nil { // a caller that disconnected is no fault
		level, attributes = slog.LevelError, append(attributes, slog.String("code", string(backend.ErrorCode(w.err))))
		if text := causes(w.err); text != "" {
			attributes = append(attributes, slog.String("error", text))
		}
	}
	h.Log.LogAttrs(context.Background(), level, "request", attributes...)
}

// isFault reports whether a status is logged as an error.
func isFault(status int) bool { return status >= http.StatusInternalServerError }

// OtherMethod stands for a method that is not usual.
const OtherMethod = "other"

// knownMethod keeps the text of an unknown method out of the log.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	}
	return OtherMethod
}

// causes is an error's text with the errors that it wraps, which no answer
// shows. It is "" for a refused delivery: providers repeat addresses in their
// answers, which the attempts of the message have.
func causes(err error) string {
	if backend.ErrorCode(err) == backend.CodeDeliveryFailed {
		return ""
	}
	text := err.Error()
	type wrapper interface{ Unwrap() error }
	for {
		outer, isWrapper := err.(wrapper)
		if !isWrapper || outer.Unwrap() == nil {
			return withoutValues(text)
		}
		err = outer.Unwrap()
		text += ": " + err.Error()
	}
}

// quoted matches the values that Go's libraries repeat in their errors: strconv
// and time what they could not parse, database/sql what a column had in it.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\ ]|\\.)*'|` + "`[^`]*`")

func withoutValues(text string) string { return quoted.ReplaceAllString(text, `"…"`) }

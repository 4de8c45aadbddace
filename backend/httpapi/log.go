package httpapi

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// recorder notes what the access log tells of an answer.
type recorder struct {
	http.ResponseWriter
	status int
	bytes  int64
	token  string
	err    error // what was refused, and why
	isOwed bool  // there may be more of the body to come
}

func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status = status
		if w.isOwed {
			w.dismiss()
		}
	}
	w.ResponseWriter.WriteHeader(status)
}

// dismiss lets the answer go out before the rest of the body has come:
// net/http would wait for it to keep the connection. The rest has a moment,
// so that the caller is not cut off while it still sends and reads nothing.
func (w *recorder) dismiss() {
	w.Header().Set("Connection", "close")
	_ = http.NewResponseController(w.ResponseWriter).SetReadDeadline(time.Now().Add(lateBody)) // a writer without a connection has none
}

func (w *recorder) Write(b []byte) (int, error) {
	if w.status == 0 {
		w.WriteHeader(http.StatusOK)
	}
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap is how http.ResponseController finds what else the connection can do.
func (w *recorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// noteToken tells the log which token it was, by its id.
func noteToken(w http.ResponseWriter, id string) {
	if rec, ok := w.(*recorder); ok {
		rec.token = id
	}
}

// noteBody tells the answer that no more of the body is waited for.
func noteBody(w http.ResponseWriter) {
	if rec, ok := w.(*recorder); ok {
		rec.isOwed = false
	}
}

// requestID takes over the caller's id when it is one that is safe in a log,
// so that one request can be followed through several programs.
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
// token and not its secret, and nothing that was sent.
func (h *handler) finish(w *recorder, r *http.Request, begun time.Time) {
	if fault := recover(); fault != nil {
		if fault == http.ErrAbortHandler {
			panic(fault)
		}
		id := w.Header().Get(headerRequestID)
		h.Log.Error("panic", "request_id", id, "fault", withoutValues(fmt.Sprint(fault)), "stack", string(debug.Stack()))
		if w.status == 0 {
			writeProblem(w, nil)
		}
	}
	level := slog.LevelInfo
	attributes := [9]slog.Attr{
		slog.String("request_id", w.Header().Get(headerRequestID)), slog.String("method", knownMethod(r.Method)), slog.String("route", r.Pattern),
		slog.Int("status", w.status), slog.Float64("ms", float64(time.Since(begun).Microseconds())/1000), slog.Int64("bytes", w.bytes),
		slog.String("token", w.token),
	}
	n := 7
	if isFault(w.status) && w.err != nil && w.err != errStopping && r.Context().Err() == nil { // a caller who has gone is nobody's fault
		level, attributes[n] = slog.LevelError, slog.String("code", string(backend.ErrorCode(w.err)))
		n++
		if text := causes(w.err); text != "" {
			attributes[n] = slog.String("error", text)
			n++
		}
	}
	h.Log.LogAttrs(context.Background(), level, "request", attributes[:n]...)
}

// knownMethod keeps words of a stranger's out of the log.
func knownMethod(method string) string {
	switch method {
	case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS":
		return method
	}
	return "other"
}

// causes says an error with what is behind it, which no answer shows. A
// refused delivery has none: its words are the provider's, who repeats
// addresses, and the attempts of the message keep them.
func causes(err error) string {
	if backend.ErrorCode(err) == backend.CodeDelivery {
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

// quoted is how Go's libraries repeat a value in an error: strconv and time
// what they could not read, database/sql what a column had in it.
var quoted = regexp.MustCompile(`"(?:[^"\\]|\\.)*"|'(?:[^'\\ ]|\\.)*'|` + "`[^`]*`")

func withoutValues(text string) string { return quoted.ReplaceAllString(text, `"…"`) }

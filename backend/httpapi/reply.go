package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"hash/fnv"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// reply is what a handler has to say. Its zero status means 200.
type reply struct {
	status   int
	message  string
	data     any
	warning  string
	revision int64 // of the account as the data shows it; 0 for none
}

// buffers hold answers while they are written. A large one is not kept.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

const largestKept = 64 << 10

// encode runs use on v as JSON.
func encode(v any, use func(body []byte)) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false) // this is no HTML, and addresses have & in them
	err := e.Encode(v)
	if err == nil {
		use(b.Bytes())
	}
	if b.Cap() <= largestKept {
		buffers.Put(b)
	}
	return err
}

// writeReply answers with a success, or with 304 when a reader has it already.
func writeReply(w http.ResponseWriter, r *http.Request, p reply) error {
	if p.status == 0 {
		p.status = http.StatusOK
	}
	return encode(answer[any]{Message: p.message, Data: p.data, Warning: p.warning}, func(body []byte) {
		header := w.Header()
		if p.revision > 0 {
			tag := entityTag(p.revision, body)
			header.Set("ETag", tag)
			if isRead(r.Method) && matchesAny(r.Header.Values("If-None-Match"), tag) {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		writeBody(w, p.status, "application/json", body)
	})
}

func writeBody(w http.ResponseWriter, status int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	w.Write(body)
}

// entityTag names what was read: the revision, which If-Match goes by, and a
// hash of the answer, since a limit or a lock also changes as time passes.
func entityTag(revision int64, body []byte) string {
	h := fnv.New64a()
	h.Write(body)
	tag := make([]byte, 0, 40)
	tag = append(tag, '"')
	tag = strconv.AppendInt(tag, revision, 10)
	tag = append(tag, '-')
	tag = strconv.AppendUint(tag, h.Sum64(), 36)
	return string(append(tag, '"'))
}

// writeProblem answers with a refusal.
func writeProblem(w http.ResponseWriter, err error) {
	var e *backend.Error
	if !errors.As(err, &e) {
		e = &backend.Error{Code: backend.CodeInternal, Err: err}
	}
	m := meaningOf(e.Code)
	p := problem{Type: "urn:pinghome:problem:" + string(e.Code), Title: m.title, Status: m.status, Detail: m.sentence(e),
		Code: string(e.Code), Errors: e.Fields, RequestID: w.Header().Get(headerRequestID), Missing: e.Missing}
	p.Message = p.Detail
	if e.Code == backend.CodeWrong || e.Code == backend.CodeWordWrong {
		p.AttemptsLeft = &e.AttemptsLeft
	}
	if p.RetryAfter = seconds(e.RetryAfter); p.RetryAfter == 0 {
		p.RetryAfter = defaultWaits[e.Code]
	}
	if p.RetryAfter > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(p.RetryAfter))
	}
	if header := w.Header(); m.status == http.StatusUnauthorized && header.Get("WWW-Authenticate") == "" {
		header.Set("WWW-Authenticate", challengeInvalid) // the token was fine until its account went
	}
	// A problem is made of strings and numbers; it cannot fail to be JSON.
	_ = encode(p, func(body []byte) { writeBody(w, m.status, "application/problem+json", body) })
}

// seconds rounds a wait up, so that whoever waits that long is not early.
func seconds(d time.Duration) int { return int((d + time.Second - 1) / time.Second) }

package httpapi

import (
	"bytes"
	"encoding/json"
	"hash/fnv"
	"net/http"
	"strconv"
	"sync"
)

// answer is the body of every success.
type answer struct {
	Message string `json:"message"` // a sentence for a person
	Data    any    `json:"data"`
	// Warning is a code for a success with a catch.
	Warning string `json:"warning,omitempty"`
	// Page is where the rows of a list that is read in pages stand.
	Page any `json:"page,omitempty"`
}

// writeReply answers with a success, or with 304 when the caller has the
// current answer already.
func writeReply(w http.ResponseWriter, r *http.Request, p reply) error {
	if p.status == 0 {
		p.status = http.StatusOK
	}
	return encode(answer{Message: p.message, Data: p.data, Warning: p.warning, Page: p.page}, func(body []byte) {
		header := w.Header()
		if p.next != "" {
			header.Set("Link", "<"+p.next+`>; rel="next"`)
		}
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

// entityTag is the ETag of an answer: the revision, which If-Match is compared
// with, and a hash of the body, since limits and locks also change with time.
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

// buffers hold answers while they are written.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// largestKept is the largest buffer that is used again.
const largestKept = 64 << 10

// encode writes v as JSON, and calls use with it.
func encode(v any, use func(body []byte)) error {
	b := buffers.Get().(*bytes.Buffer)
	b.Reset()
	e := json.NewEncoder(b)
	e.SetEscapeHTML(false) // this is no HTML, and URLs have & in them
	err := e.Encode(v)
	if err == nil {
		use(b.Bytes())
	}
	if b.Cap() <= largestKept {
		buffers.Put(b)
	}
	return err
}

func writeBody(w http.ResponseWriter, status int, contentType string, body []byte) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a caller that is gone cannot be told
}

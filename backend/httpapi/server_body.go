package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// maxBody is the largest body that is accepted.
const maxBody = 64 << 10

// lateBody bounds reading the rest of a body that does not matter any more: the
// request has been answered already, or the server is stopping.
const lateBody = 2 * time.Second

// receive reads the body of a request with this token. While the server is
// stopping it waits no longer than lateBody for it. Errors: body_too_large,
// bad_json (it did not arrive), unsupported_media_type, rate_limited (it is slow,
// and so are too many others).
func (h *handler) receive(w http.ResponseWriter, r *http.Request, token string) ([]byte, error) {
	if r.ContentLength == 0 {
		return nil, nil
	}
	connection, hurried := http.NewResponseController(w), make(chan struct{})
	cancel := context.AfterFunc(h.closing, func() {
		defer close(hurried)
		_ = connection.SetReadDeadline(time.Now().Add(lateBody))
	})
	watch := h.slow.watch(token, connection)
	body, err := readBody(w, r)
	isRefused, isHurried := watch.end(), !cancel()
	switch {
	case isRefused && err != nil:
		err = errSlowBody
	case err == nil && (isRefused || isHurried):
		if isHurried {
			<-hurried
		}
		_ = connection.SetReadDeadline(time.Time{}) // net/http goes on reading, to notice a caller that disconnects
	}
	return body, err
}

func readBody(w http.ResponseWriter, r *http.Request) ([]byte, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	if r.ContentLength > maxBody { // refused without reading it
		return nil, errTooLarge()
	}
	var b bytes.Buffer
	if r.ContentLength > 0 {
		b.Grow(int(r.ContentLength) + bytes.MinRead)
	}
	if _, err := b.ReadFrom(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
		if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
			return nil, errTooLarge()
		}
		noteBodyRead(w) // reading on would not help
		w.Header().Set("Connection", "close")
		return nil, &backend.Error{Code: codeBadJSON, Message: "The body did not arrive whole, so nothing was changed. Send it again.", Err: err}
	}
	noteBodyRead(w)
	if b.Len() == 0 {
		return nil, nil
	}
	return b.Bytes(), checkContentType(r.Header)
}

func errTooLarge() error {
	return backend.Errorf(codeBodyTooBig, "The body is larger than %d KiB. Send less.", maxBody>>10)
}

// checkContentType accepts application/json, every +json, and no type at all;
// in UTF-8, as JSON between programs always is (RFC 8259, 8.1).
func checkContentType(header http.Header) error {
	if coding := header.Get("Content-Encoding"); coding != "" && !strings.EqualFold(coding, "identity") {
		return backend.Errorf(codeBadType, "The body is compressed (%.40q). Send it as it is.", coding)
	}
	declared := header.Get("Content-Type")
	if declared == "" {
		return nil
	}
	kind, parameters, err := mime.ParseMediaType(declared)
	isJSON := kind == "application/json" || strings.HasSuffix(kind, "+json")
	charset := strings.ToLower(parameters["charset"])
	if err != nil || !isJSON || charset != "" && charset != "utf-8" && charset != "utf8" && charset != "us-ascii" {
		return backend.Errorf(codeBadType, "The body is declared as %.60q. Send JSON, as application/json.", declared)
	}
	return nil
}

// decodeBody reads a body strictly: one JSON text in UTF-8, nothing behind it,
// and no key twice in any object, since two readers could then see two
// different requests (RFC 8259, 4). It returns the members as they were sent.
// Errors: bad_json; invalid when it is no object, with an example of the
// expected one.
func decodeBody(text []byte, expected *body) (map[string]json.RawMessage, error) {
	if bytes.HasPrefix(text, []byte(backend.ByteOrderMark)) {
		return nil, backend.Errorf(codeBadJSON, "The body begins with a byte order mark. Send the JSON without it.")
	}
	if !utf8.Valid(text) {
		return nil, backend.Errorf(codeBadJSON, "The body is not UTF-8 text.")
	}
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, backend.Errorf(codeBadJSON, "The body is empty. Send a JSON object.")
	}
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		return nil, errBadJSON(err)
	}
	if err := checkKeysOnce(text); err != nil {
		return nil, err
	}
	if bytes.TrimSpace(text)[0] != '{' {
		return nil, &backend.Error{Code: backend.CodeInvalid, Message: "The body is JSON, but not an object.",
			Fields: map[string][]string{"body": {"Send an object" + suchAs(expected.example())}}}
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(text, &members); err != nil {
		return nil, errBadJSON(err)
	}
	return members, nil
}

func errBadJSON(err error) error {
	if syntax, ok := errors.AsType[*json.SyntaxError](err); ok {
		return backend.Errorf(codeBadJSON, "The body is not JSON: %v, at byte %d.", syntax, syntax.Offset)
	}
	return backend.Errorf(codeBadJSON, "The body is not JSON.")
}

// checkKeysOnce refuses a key that comes twice in one object, however it is
// escaped. The text is known to be JSON.
func checkKeysOnce(text []byte) error {
	type level struct {
		keys  map[string]bool // nil in an array
		atKey bool
	}
	var stack []level
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber() // JSON has larger numbers than float64
	for {
		token, err := d.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return errBadJSON(err)
		}
		if key, isText := token.(string); isText && len(stack) > 0 && stack[len(stack)-1].atKey {
			top := &stack[len(stack)-1]
			if top.keys[key] {
				return backend.Errorf(codeBadJSON, "The key %.40q comes twice in the body. Send it once.", key)
			}
			top.keys[key], top.atKey = true, false
			continue
		}
		switch token {
		case json.Delim('{'):
			stack = append(stack, level{keys: map[string]bool{}, atKey: true})
			continue
		case json.Delim('['):
			stack = append(stack, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:len(stack)-1]
		}
		if len(stack) > 0 && stack[len(stack)-1].keys != nil {
			stack[len(stack)-1].atKey = true // a value has ended
		}
	}
}

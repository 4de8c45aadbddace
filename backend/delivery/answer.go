package delivery

import (
	"bytes"
	"encoding/json"
	"net/url"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// members are what a provider's answer tells, by name. Names are compared without
// regard to case, "_" and "-": servers that imitate a provider write error_code,
// errorCode or ErrorCode. nil for an answer that is no object.
type members map[string]json.RawMessage

// bom may stand before an answer.
var bom = []byte(backend.ByteOrderMark)

// members reads a JSON object, or the fields of a form where the header says that it is
// one.
func (p response) members() members {
	body := bytes.TrimSpace(bytes.TrimPrefix(bytes.TrimSpace(p.body), bom))
	if m := membersOf(body); m != nil {
		return m
	}
	kind, _, _ := strings.Cut(p.header.Get("Content-Type"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "application/x-www-form-urlencoded") {
		return nil
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil
	}
	m := members{}
	for name := range form {
		if text, err := json.Marshal(form.Get(name)); err == nil {
			m[backend.PlainName(name)] = text
		}
	}
	return m
}

// membersOf reads a JSON object; nil for anything else.
func membersOf(raw []byte) members {
	var read map[string]json.RawMessage
	if json.Unmarshal(raw, &read) != nil || read == nil {
		return nil
	}
	m := members{}
	for name, value := range read {
		if has := m[backend.PlainName(name)]; has == nil || textOf(has) == "" { // an empty one does not hide another spelling
			m[backend.PlainName(name)] = value
		}
	}
	return m
}

// text is the first of the members that is a text or a number with something in it; ""
// for none. Texts that stand for nothing are nothing, too.
func (m members) text(names ...string) string {
	for _, name := range names {
		if text := textOf(m[backend.PlainName(name)]); text != "" {
			return text
		}
	}
	return ""
}

// textOf is a JSON text or number as text, a number in the digits in which it was sent;
// "" for others. Half of a surrogate pair and bytes that are not UTF-8 become U+FFFD.
func textOf(raw json.RawMessage) string {
	var text string
	if json.Unmarshal(raw, &text) == nil {
		text = strings.TrimSpace(text)
		if slices.Contains([]string{"null", "none", "nil", "undefined"}, strings.ToLower(text)) {
			return ""
		}
		return text
	}
	var number json.Number
	if json.Unmarshal(raw, &number) == nil {
		return number.String()
	}
	return ""
}

// id is an id that the provider gave a message: the first of the members that is a text
// with something to see in it, or a whole number from 1. "" for none.
func (m members) id(names ...string) string {
	for _, name := range names {
		if id := m.text(name); sanitize(id) != "" && strings.Trim(id, "0") != "" && !isFraction(m[backend.PlainName(name)]) {
			return id
		}
	}
	return ""
}

// isFraction reports whether a JSON value is a number that is no count: -1, 1.5, 1e400.
func isFraction(raw json.RawMessage) bool {
	raw = bytes.TrimSpace(raw)
	return !bytes.HasPrefix(raw, []byte(`"`)) && len(bytes.Trim(raw, "0123456789")) > 0
}

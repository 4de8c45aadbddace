package httpapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
)

// form reads values out of a body, each with the type that the contract says
// and no other, and gathers everything that is wrong so that it can be told
// at once.
//
// The same rules for values hold in the backend. They are asked here as well
// because a wrong value comes before a wrong state, and two wrong values
// together.
type form struct {
	fields
	backend.Faults
	schema string // of the body, for examples
}

var (
	errNoText   = errors.New("Send a text in quotes")
	errNoNumber = errors.New("Send a whole number without quotes, such as 1.")
	errNoBool   = errors.New("Send true or false without quotes.")
	errMissing  = errors.New("This is missing.")
)

// has reports whether a field was sent at all, be it null.
func (f *form) has(name string) bool { return f.fields[name] != nil }

// text reads a text that has to be there. What clean makes of it is the
// backend's to say; here only its complaint counts.
func (f *form) text(name string, clean func(string) (string, error)) string {
	if !f.has(name) {
		f.Add(name, errMissing)
		return ""
	}
	s, err := textOf(f.fields[name])
	if err == nil && clean != nil {
		_, err = clean(norm.NFC.String(s))
	}
	f.Add(name, f.withExample(name, err))
	return s
}

// optionalText reads a text that may be left out; null does not leave it out.
func (f *form) optionalText(name string, clean func(string) (string, error)) *string {
	if !f.has(name) {
		return nil
	}
	s := f.text(name, clean)
	return &s
}

// priority reads the handle of a channel.
func (f *form) priority() int {
	const name = "priority"
	if !f.has(name) {
		f.Add(name, errMissing)
		return 0
	}
	n, err := strconv.Atoi(string(f.fields[name]))
	if err != nil || f.fields[name][0] == '"' {
		f.Add(name, errNoNumber)
		return 0
	}
	_, err = backend.CleanPriority(n)
	f.Add(name, err)
	return n
}

// truth reads true or false.
func (f *form) truth(name string) bool {
	raw := string(f.fields[name])
	switch {
	case !f.has(name):
		f.Add(name, errMissing)
	case raw != "true" && raw != "false":
		f.Add(name, errNoBool)
	}
	return raw == "true"
}

// texts reads a list of texts that may be left out.
func (f *form) texts(name string) []string {
	if !f.has(name) {
		return nil
	}
	var raws []json.RawMessage
	noList := errors.New("Send a list of texts" + suchAs(f.schema, name))
	if err := json.Unmarshal(f.fields[name], &raws); err != nil || raws == nil {
		f.Add(name, noList)
		return nil
	}
	list := make([]string, 0, len(raws))
	for _, raw := range raws {
		s, err := textOf(raw)
		if err != nil {
			if err == errNoText {
				err = noList
			}
			f.Add(name, err)
			return nil
		}
		list = append(list, s)
	}
	return list
}

// withExample ends the sentence of a wrong type with what fits the field.
func (f *form) withExample(name string, err error) error {
	if err == errNoText {
		return errors.New(err.Error() + suchAs(f.schema, name))
	}
	return err
}

// textOf reads a JSON string. Half of a surrogate pair is no character, and
// encoding/json would put U+FFFD in its place without a word.
func textOf(raw json.RawMessage) (string, error) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", errNoText
	}
	if strings.ContainsRune(s, '\uFFFD') && !bytes.ContainsRune(raw, '\uFFFD') && !bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`)) {
		return "", errors.New(`A \u in this text is half of a character. Send the other half, too.`)
	}
	return s, nil
}

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
}

var (
	errNoText   = errors.New("Send a text in quotes")
	errNoNumber = errors.New("Send a whole number without quotes, such as 1.")
	errNoBool   = errors.New("Send true or false without quotes.")
	errMissing  = errors.New("This is missing.")
)

// has reports whether a field was sent at all, be it null.
func (f *form) has(name string) bool { return f.fields[name] != nil }

// text reads a text that has to be there.
func (f *form) text(of field[string]) string {
	if !f.has(of.name) {
		f.Add(of.name, errMissing)
		return ""
	}
	s, err := textOf(f.fields[of.name])
	switch {
	case err == errNoText:
		err = errors.New(err.Error() + of.suchAs())
	case err == nil && of.check != nil:
		_, err = of.check(norm.NFC.String(s))
	}
	f.Add(of.name, err)
	return s
}

// optionalText reads a text that may be left out; null does not leave it out.
func (f *form) optionalText(of field[string]) *string {
	if !f.has(of.name) {
		return nil
	}
	s := f.text(of)
	return &s
}

// number reads a whole number that has to be there.
func (f *form) number(of field[int]) int {
	if !f.has(of.name) {
		f.Add(of.name, errMissing)
		return 0
	}
	n, err := strconv.Atoi(string(f.fields[of.name]))
	if err != nil {
		f.Add(of.name, errNoNumber)
		return 0
	}
	if of.check != nil {
		_, err = of.check(n)
	}
	f.Add(of.name, err)
	return n
}

// truth reads true or false.
func (f *form) truth(of field[bool]) bool {
	raw := string(f.fields[of.name])
	switch {
	case !f.has(of.name):
		f.Add(of.name, errMissing)
	case raw != "true" && raw != "false":
		f.Add(of.name, errNoBool)
	}
	return raw == "true"
}

// texts reads a list of texts that may be left out.
func (f *form) texts(of field[[]string]) []string {
	if !f.has(of.name) {
		return nil
	}
	var raws []json.RawMessage
	noList := errors.New("Send a list of texts" + of.suchAs())
	if err := json.Unmarshal(f.fields[of.name], &raws); err != nil || raws == nil {
		f.Add(of.name, noList)
		return nil
	}
	list := make([]string, 0, len(raws))
	for _, raw := range raws {
		s, err := textOf(raw)
		if err != nil {
			if err == errNoText {
				err = noList
			}
			f.Add(of.name, err)
			return nil
		}
		list = append(list, s)
	}
	return list
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

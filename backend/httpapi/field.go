package httpapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"github.com/account-settings/pinghome/backend"
)

// Every field of a request's body is declared once, beside the handlers of its
// noun. The server reads and checks bodies with these declarations, the OpenAPI
// document describes them, refusals quote their examples, and the client fills
// its bodies with them.

// field is a member of a request's body. Its value is a T: a string, an int, a
// bool or a []string.
type field[T any] struct {
	name string
	// schema is the field's JSON schema in the OpenAPI document, with an example.
	schema string
	// check returns an error for a value of the right type that is wrong all the
	// same. nil accepts every value: then only the backend can tell.
	check func(T) (T, error)
}

// withCheck is the field with another check, for one that depends on the rest
// of the body.
func (f field[T]) withCheck(check func(T) (T, error)) field[T] {
	f.check = check
	return f
}

// is gives the field a value in a body that the client sends.
func (f field[T]) is(value T) entry { return entry{f.name, value} }

func (f field[T]) described() (name, schema string) { return f.name, f.schema }

// suchAs ends a sentence with the field's example.
func (f field[T]) suchAs() string { return suchAs(exampleIn(f.schema)) }

// entry is a field and its value in a body that the client sends.
type entry struct {
	name  string
	value any
}

// anyField is a field[T] of any T.
type anyField interface {
	described() (name, schema string)
}

// body is the JSON object that an operation takes. nil is no body.
type body struct {
	name               string // of its schema in the OpenAPI document
	required, optional []anyField
	more               string // further members of its schema
}

// fields are all of them, with their schemas.
func (b *body) fields() (names, schemas []string) {
	if b != nil {
		for _, f := range slices.Concat(b.required, b.optional) {
			name, schema := f.described()
			names, schemas = append(names, name), append(schemas, schema)
		}
	}
	return names, schemas
}

// schema is the body's JSON schema.
func (b *body) schema() string {
	names, schemas := b.fields()
	for i, name := range names {
		names[i] = `"` + name + `"`
		schemas[i] = names[i] + ": " + schemas[i]
	}
	members := []string{`"type": "object"`, `"properties": {` + strings.Join(schemas, ", ") + `}`}
	if len(b.required) > 0 {
		members = append(members, `"required": [`+strings.Join(names[:len(b.required)], ", ")+`]`)
	}
	if b.more != "" {
		members = append(members, b.more)
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// fill is a body with these entries, as JSON. Error: internal (the body has no
// such field).
func (b *body) fill(entries []entry) ([]byte, error) {
	names, _ := b.fields()
	values := map[string]any{}
	for _, e := range entries {
		if !slices.Contains(names, e.name) {
			return nil, backend.Errorf(backend.CodeInternal, "The operation takes no field %q.", e.name)
		}
		values[e.name] = e.value
	}
	return json.Marshal(values)
}

// example is the whole body with the examples of its fields; nil for no body.
func (b *body) example() json.RawMessage {
	names, schemas := b.fields()
	if len(names) == 0 {
		return nil
	}
	fields := map[string]json.RawMessage{}
	for i, name := range names {
		fields[name] = exampleIn(schemas[i])
	}
	example, err := json.Marshal(fields)
	if err != nil {
		panic(err) // schemas are literals, and a test reads them all
	}
	return example
}

// exampleIn is the first example of a field's schema, nil for none.
func exampleIn(schema string) json.RawMessage {
	var s struct{ Examples []json.RawMessage }
	if err := json.Unmarshal([]byte(schema), &s); err != nil {
		panic(err) // schemas are literals, and a test reads them all
	}
	if len(s.Examples) == 0 {
		return nil
	}
	return s.Examples[0]
}

// suchAs ends a sentence with an example, spaced as people write JSON; nil is
// none.
func suchAs(example json.RawMessage) string {
	if example == nil {
		return "."
	}
	return ", such as " + strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(string(example)) + "."
}

// form reads the fields of a body that was sent, each with its type and no
// other, and collects everything that is wrong so that one refusal tells all.
//
// The backend checks values as well. They are checked here because a wrong
// value is refused before a wrong state, and two wrong values together.
type form struct {
	sent map[string]json.RawMessage // the members of the body; nil without one
	backend.FieldErrors
}

var (
	errNoText   = errors.New("Send a text in quotes")
	errNoNumber = errors.New("Send a whole number without quotes, such as 1.")
	errNoBool   = errors.New("Send true or false without quotes.")
	errMissing  = errors.New("This is missing.")
)

// has reports whether a field was sent, even as null.
func (f *form) has(name string) bool { return f.sent[name] != nil }

// text reads a text that is required. The check gets it in Unicode NFC; the
// text is returned as it was sent.
func (f *form) text(of field[string]) string {
	if !f.has(of.name) {
		f.Add(of.name, errMissing)
		return ""
	}
	s, err := parseText(f.sent[of.name])
	switch {
	case errors.Is(err, errNoText):
		err = errors.New(err.Error() + of.suchAs())
	case err == nil && of.check != nil:
		_, err = of.check(norm.NFC.String(s))
	}
	f.Add(of.name, err)
	return s
}

// optionalText reads a text that may be left out: nil. It must not be null.
func (f *form) optionalText(of field[string]) *string {
	if !f.has(of.name) {
		return nil
	}
	s := f.text(of)
	return &s
}

// number reads a whole number that is required.
func (f *form) number(of field[int]) int {
	if !f.has(of.name) {
		f.Add(of.name, errMissing)
		return 0
	}
	n, err := strconv.Atoi(string(f.sent[of.name]))
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

// numbers reads a list of whole numbers from 1 on, with one at least. It is required.
func (f *form) numbers(of field[[]int]) (list []int) {
	if !f.has(of.name) {
		f.Add(of.name, errMissing)
		return nil
	}
	var raws []json.RawMessage
	err := json.Unmarshal(f.sent[of.name], &raws)
	for _, raw := range raws {
		n, fault := strconv.Atoi(string(raw))
		if fault == nil {
			_, fault = backend.CleanPriority(n)
		}
		err = cmp.Or(err, fault)
		list = append(list, n)
	}
	if err != nil || len(list) == 0 {
		f.Add(of.name, errors.New("Send a list of whole numbers from 1 on"+of.suchAs()))
		return nil
	}
	return list
}

// truth reads true or false, which is required.
func (f *form) truth(of field[bool]) bool {
	raw := string(f.sent[of.name])
	switch {
	case !f.has(of.name):
		f.Add(of.name, errMissing)
	case raw != "true" && raw != "false":
		f.Add(of.name, errNoBool)
	}
	return raw == "true"
}

// texts reads a list of texts that may be left out: nil.
func (f *form) texts(of field[[]string]) []string {
	if !f.has(of.name) {
		return nil
	}
	var raws []json.RawMessage
	errNoList := errors.New("Send a list of texts" + of.suchAs())
	if err := json.Unmarshal(f.sent[of.name], &raws); err != nil || raws == nil {
		f.Add(of.name, errNoList)
		return nil
	}
	list := make([]string, 0, len(raws))
	for _, raw := range raws {
		s, err := parseText(raw)
		if err != nil {
			if errors.Is(err, errNoText) {
				err = errNoList
			}
			f.Add(of.name, err)
			return nil
		}
		list = append(list, s)
	}
	return list
}

// parseText reads a JSON string. Half of a surrogate pair is refused, since
// encoding/json would silently replace it with U+FFFD.
func parseText(raw json.RawMessage) (string, error) {
	var s string
	if len(raw) == 0 || raw[0] != '"' || json.Unmarshal(raw, &s) != nil {
		return "", errNoText
	}
	if strings.ContainsRune(s, '\uFFFD') && !bytes.ContainsRune(raw, '\uFFFD') && !bytes.Contains(bytes.ToLower(raw), []byte(`\ufffd`)) {
		return "", errors.New(`A \u in this text is half of a character. Send the other half, too.`)
	}
	return s, nil
}

// notBlank is a check that accepts every text with something in it.
func notBlank(text string) (string, error) {
	if strings.TrimSpace(text) == "" {
		return text, errMissing
	}
	return text, nil
}

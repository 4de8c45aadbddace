package httpapi

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
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
	members := []string{`"type": "object"`, `"required": [` + strings.Join(names[:len(b.required)], ", ") + `]`, `"properties": {` + strings.Join(schemas, ", ") + `}`}
	if b.more != "" {
		members = append(members, b.more)
	}
	return "{" + strings.Join(members, ", ") + "}"
}

// fill is a body with these entries, as JSON. Error: the body has no such field.
func (b *body) fill(entries []entry) ([]byte, error) {
	names, _ := b.fields()
	values := map[string]any{}
	for _, e := range entries {
		if !slices.Contains(names, e.name) {
			return nil, fmt.Errorf("the operation takes no %q", e.name)
		}
		values[e.name] = e.value
	}
	return json.Marshal(values)
}

// suchAs ends a sentence with an example of the whole body.
func (b *body) suchAs() string {
	names, schemas := b.fields()
	if len(names) == 0 {
		return suchAs(nil)
	}
	fields := map[string]json.RawMessage{}
	for i, name := range names {
		fields[name] = exampleIn(schemas[i])
	}
	example, err := json.Marshal(fields)
	if err != nil {
		panic(err) // schemas are literals, and a test reads them all
	}
	return suchAs(example)
}

// exampleIn is the example of a field's schema, nil for none.
func exampleIn(schema string) json.RawMessage {
	var s struct{ Example json.RawMessage }
	if err := json.Unmarshal([]byte(schema), &s); err != nil {
		panic(err) // schemas are literals, and a test reads them all
	}
	return s.Example
}

// suchAs ends a sentence with an example, spaced as people write JSON; nil is
// none.
func suchAs(example json.RawMessage) string {
	if example == nil {
		return "."
	}
	return ", such as " + strings.NewReplacer(`":`, `": `, `,"`, `, "`).Replace(string(example)) + "."
}

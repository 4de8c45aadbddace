package command

import (
	"context"
	"encoding/json"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// apiFields are --raw-field and --field, as KEY=VALUE.
type apiFields struct{ raw, typed []string }

func (a *apiFields) bind(f *pflag.FlagSet) {
	f.StringArrayVarP(&a.raw, "raw-field", "f", nil, "`KEY=VALUE` a text in the body, or with GET in the query; may be given several times. KEY[]=VALUE is one of a list, KEY[]"+
		" alone an empty one, KEY[NAME]=VALUE in an object")
	f.StringArrayVarP(&a.typed, "field", "F", nil, "`KEY=VALUE` the same, of which true, false, null and numbers are no texts, and @FILE is what is in a file")
}

func (a *apiFields) isGiven() bool { return len(a.raw)+len(a.typed) > 0 }

// member is one KEY=VALUE.
type member struct {
	key   string
	path  []string        // the names in the key, from the outside; "" at its end for one of a list
	value json.RawMessage // nil for an empty list
}

// keyParts matches a key: a name, then names in brackets, and at its end maybe empty ones.
var keyParts = regexp.MustCompile(`^([^\[\]=]+)((?:\[[^\[\]]+\])*)(\[\])?$`)

// read reads KEY=VALUE, and its value by a function.
func (m *member) read(text string, read func(string) (json.RawMessage, error)) (err error) {
	key, value, hasValue := strings.Cut(text, "=")
	parts := keyParts.FindStringSubmatch(key)
	if parts == nil || !hasValue && parts[3] == "" {
		return exit.Usage("A field is KEY=VALUE, and not %q.", text)
	}
	m.key, m.path = key, []string{parts[1]}
	if parts[2] != "" {
		m.path = append(m.path, strings.Split(strings.Trim(parts[2], "[]"), "][")...)
	}
	if parts[3] != "" {
		m.path = append(m.path, "")
	}
	if hasValue {
		m.value, err = read(value)
	}
	return err
}

func (a *apiFields) members(ctx context.Context, v *visit) (list []member, err error) {
	asText := func(value string) (json.RawMessage, error) { return json.Marshal(value) }
	asTyped := func(value string) (json.RawMessage, error) {
		if path, isFile := strings.CutPrefix(value, "@"); isFile {
			content, err := v.all(ctx, path)
			if err != nil {
				return nil, err
			}
			return asText(content)
		}
		if isTyped(value) {
			return json.RawMessage(value), nil
		}
		return asText(value)
	}
	for i, text := range slices.Concat(a.raw, a.typed) {
		read := asText
		if i >= len(a.raw) {
			read = asTyped
		}
		var m member
		if err := m.read(text, read); err != nil {
			return nil, err
		}
		list = append(list, m)
	}
	return list, nil
}

// isTyped reports whether a text is a truth, null or a number as JSON has it.
func isTyped(text string) bool {
	var number json.Number
	return text == "true" || text == "false" || text == "null" || json.Unmarshal([]byte(text), &number) == nil && !strings.HasPrefix(text, `"`)
}

func errFieldTwice(key string) error { return exit.Usage("The field %q is given twice.", key) }

func withQuery(path string, members []member) (string, error) {
	query := url.Values{}
	for _, m := range members {
		isListed := m.path[len(m.path)-1] == ""
		switch {
		case query.Has(m.key) && !isListed:
			return "", errFieldTwice(m.key)
		case m.value == nil:
			continue
		}
		var text string
		if json.Unmarshal(m.value, &text) != nil || string(m.value) == "null" {
			text = string(m.value)
		}
		query.Add(m.key, text)
	}
	separator := "?"
	if strings.Contains(path, "?") {
		separator = "&"
	}
	return path + separator + query.Encode(), nil
}

func objectOf(members []member) ([]byte, error) {
	object := map[string]any{}
	for _, m := range members {
		if !m.putInto(object, m.path) {
			return nil, errFieldTwice(m.key)
		}
	}
	return json.Marshal(object)
}

// putInto puts the value into an object, below the names of a path. It returns false where there is another one.
func (m *member) putInto(object map[string]any, path []string) bool {
	present, isThere := object[path[0]]
	switch {
	case len(path) == 1 && isThere:
		return false
	case len(path) == 1:
		object[path[0]] = m.value
	case path[1] == "":
		list, isList := present.([]any)
		if isThere && !isList {
			return false
		}
		if list == nil {
			list = []any{}
		}
		if m.value != nil {
			list = append(list, m.value)
		}
		object[path[0]] = list
	default:
		inner, isObject := present.(map[string]any)
		if isThere && !isObject {
			return false
		}
		if inner == nil {
			inner = map[string]any{}
		}
		object[path[0]] = inner
		return m.putInto(inner, path[1:])
	}
	return true
}

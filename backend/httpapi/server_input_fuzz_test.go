package httpapi

import (
	"bytes"
	"encoding/json"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
)

// FuzzBody: an accepted body is one JSON object, read as encoding/json reads it,
// and without a key that comes twice.
func FuzzBody(f *testing.F) {
	for _, seed := range []string{`{"name": "John", "surname": "Smith"}`, `{"code": "087608", "priority": 1}`, `{"enabled": true, "priority": 1}`,
		`{"a": 1, "a": 2}`, `{"a": {"b": [{"c": null}], "b": 1}}`, `{"a": "\ud800"}`, `[]`, `null`, `{} {}`, ``, `{"a": 1.0, "\u0061": 2}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decodeBody(body, nil)
		if err != nil {
			if code := backend.ErrorCode(err); code != codeBadJSON && code != backend.CodeInvalid || err.Error() == "" {
				t.Fatalf("refused with %v (%s)", err, code)
			}
			return
		}
		var want map[string]json.RawMessage
		if err := json.Unmarshal(body, &want); err != nil || !reflect.DeepEqual(got, want) || !utf8.Valid(body) {
			t.Fatalf("read %q as %v, encoding/json %v, %v", body, got, want, err)
		}
		// encoding/json writes each key once, so with a key that came twice the
		// numbers of keys differ.
		var deep any
		d := json.NewDecoder(bytes.NewReader(body))
		d.UseNumber()
		if err := d.Decode(&deep); err != nil {
			t.Fatal(err)
		}
		if again, err := json.Marshal(deep); err != nil || keysIn(body) != keysIn(again) {
			t.Fatalf("accepted %q, which has a key twice", body)
		}
		checkForm(t, got)
	})
}

// keysIn counts the keys of all objects: the colons outside of strings.
func keysIn(text []byte) (n int) {
	isText, isEscaped := false, false
	for _, c := range text {
		switch {
		case isEscaped:
			isEscaped = false
		case isText && c == '\\':
			isEscaped = true
		case c == '"':
			isText = !isText
		case !isText && c == ':':
			n++
		}
	}
	return n
}

// checkForm reads every member as every type: what is accepted is what
// encoding/json reads.
func checkForm(t *testing.T, all map[string]json.RawMessage) {
	for _, raw := range all {
		var v any
		if err := json.Unmarshal(raw, &v); err != nil {
			t.Fatal(err)
		}
		text, number, truth, list := formWith(raw), formWith(raw), formWith(raw), formWith(raw)
		if s := text.text(field[string]{name: "priority", schema: "{}"}); text.Err() == nil && v != any(s) {
			t.Fatalf("%s is the text %q", raw, s)
		}
		if n := number.number(fieldPriority); number.Err() == nil && (n < 1 || v != any(float64(n))) {
			t.Fatalf("%s is the number %d", raw, n)
		}
		if b := truth.truth(field[bool]{name: "priority", schema: "{}"}); (truth.Err() == nil) != (v == any(true) || v == any(false)) || truth.Err() == nil && v != any(b) {
			t.Fatalf("%s is %v, with %v", raw, b, truth.Err())
		}
		if members, isList := v.([]any); list.texts(field[[]string]{name: "priority", schema: "{}"}) != nil && (!isList || len(members) == 0 && list.Err() != nil) {
			t.Fatalf("%s is a list, with %v", raw, list.Err())
		}
	}
}

func formWith(raw json.RawMessage) *form {
	return &form{sent: map[string]json.RawMessage{"priority": raw}}
}

// FuzzPriorities: an accepted list is a set of numbers from 1, and has every
// number that was sent.
func FuzzPriorities(f *testing.F) {
	for _, seed := range []string{"priority=3,4", "priority=3&priority=4", "priority=3&4", "priority= 3 , 4", "priority[]=3", "priority=3;4", "priority=%264",
		"priority=0", "priority=+1", "priority=-1", "priority=1.5", "3", "priority=", "priority=99999999999999999999", "priority=%zz"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := parseQuery(raw)
		if err != nil {
			return
		}
		list, err := prioritiesIn(query)
		if err != nil {
			if len(list) > 0 {
				t.Fatalf("%q: %v with %v", raw, list, err)
			}
			return
		}
		seen := map[int]bool{}
		for _, n := range list {
			if n < 1 || seen[n] {
				t.Fatalf("%q gave %v", raw, list)
			}
			seen[n] = true
		}
		for _, text := range listIn(query, "priority") {
			if n, err := strconv.Atoi(text); err != nil || !seen[n] {
				t.Fatalf("%q gave %v, without %q", raw, list, text)
			}
		}
		if again, err := prioritiesIn(url.Values{"priority": {joinCommas(list)}}); err != nil || !reflect.DeepEqual(again, list) {
			t.Fatalf("%v became %v, %v", list, again, err)
		}
	})
}

func joinCommas(list []int) string {
	var b []byte
	for _, n := range list {
		b = append(strconv.AppendInt(b, int64(n), 10), ',')
	}
	return string(b)
}

// FuzzTypes: an unknown type is never accepted, and a known one never lost.
func FuzzTypes(f *testing.F) {
	for _, seed := range []string{"include_types=sms,email&exclude_types=push-notification", "include_types=", "include_types=fax", "include_types[]=sms",
		"include_types=sms%26email", "include_types=SMS", "exclude_types=webhook&exclude_types=sms", "include_types=sms%00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := parseQuery(raw)
		if err != nil {
			return
		}
		filter := backend.ChannelFilter{Include: typesIn(query, "include_types"), Exclude: typesIn(query, "exclude_types")}
		if filter.Validate() != nil {
			return
		}
		for _, kind := range backend.ChannelTypes {
			included := len(filter.Include) == 0 || slices.Contains(filter.Include, kind)
			if filter.Keeps(kind) != (included && !slices.Contains(filter.Exclude, kind)) {
				t.Fatalf("%q: %s", raw, kind)
			}
		}
		for _, v := range query["include_types"] {
			if slices.Contains(backend.ChannelTypes, backend.ChannelType(v)) && !slices.Contains(filter.Include, backend.ChannelType(v)) {
				t.Fatalf("%q lost %q", raw, v)
			}
		}
	})
}

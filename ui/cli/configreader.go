package cli

import (
	"cmp"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2"
	"github.com/pelletier/go-toml/v2/unstable"

	"github.com/account-settings/pinghome/ui/cli/usage"
)

// checked is the type of a setting that takes some values only. The error says what is wrong
// with this one, and begins with "is".
type checked interface{ check() error }

// parseConfig returns the settings of a TOML text, and where each stands. A text that is no
// TOML has no settings: what its rows are about cannot be told.
func parseConfig(path, text string) (table map[string]any, where places, wrong *fault) {
	if err := toml.Unmarshal([]byte(text), &table); err != nil {
		at, what := tomlError(err)
		if at != "" {
			at = ": " + at
		}
		return nil, where, &fault{"", path + at, what + " Nothing in it counts."}
	}
	p := positions{path: path, text: text, places: places{map[string]string{}, map[string]string{}}}
	p.Reset([]byte(text))
	section := ""
	for p.NextExpression() {
		switch e := p.Expression(); e.Kind {
		case unstable.Table, unstable.ArrayTable:
			section = p.key(e, "")
		case unstable.KeyValue:
			p.keyValue(e, section)
		default: // comments are not parsed
		}
	}
	return table, p.places, nil
}

// places are where settings stand: their keys and sections by their names, and their values,
// where these have a place of their own.
type places struct{ keys, values map[string]string }

// tomlError says where a text is no TOML, "" where that is not known, and how.
func tomlError(err error) (where, what string) {
	var wrong *toml.DecodeError
	if !errors.As(err, &wrong) {
		return "", strings.TrimPrefix(err.Error(), "toml: ") + "."
	}
	row, column := wrong.Position()
	return fmt.Sprintf("row %d, column %d", row, column), strings.TrimPrefix(wrong.Error(), "toml: ") + "."
}

// positions finds where settings stand in a text that is TOML.
type positions struct {
	unstable.Parser
	places
	path string
	text string
	// What was counted last: the row at an offset, and where that row begins. Settings are found in
	// their order, so that nothing is counted twice.
	offset, row, rowStart int
}

// key notes the place of a key with its dots, below a section, and returns its whole name.
func (p *positions) key(e *unstable.Node, section string) string {
	name := section
	for key := e.Key(); key.Next(); {
		name = strings.TrimPrefix(name+"."+string(key.Node().Data), ".")
		if _, isKnown := p.keys[name]; !isKnown {
			p.keys[name] = p.place(key.Node().Raw)
		}
	}
	return name
}

func (p *positions) place(at unstable.Range) string {
	to := int(at.Offset)
	if to < p.offset {
		p.offset, p.row, p.rowStart = 0, 0, 0
	}
	between := p.text[p.offset:to]
	if last := strings.LastIndexByte(between, '\n'); last >= 0 {
		p.row, p.rowStart = p.row+strings.Count(between, "\n"), p.offset+last+1
	}
	p.offset = to
	return fmt.Sprintf("%s: row %d, column %d", p.path, p.row+1, to-p.rowStart+1)
}

func (p *positions) keyValue(e *unstable.Node, section string) {
	name := p.key(e, section)
	value := e.Value()
	switch value.Kind {
	case unstable.InlineTable:
	case unstable.Bool: // it has no range of its own
		p.values[name] = p.place(p.Range(value.Data))
		return
	default:
		if value.Raw.Length > 0 {
			p.values[name] = p.place(value.Raw)
		}
		return
	}
	for each := value.Children(); each.Next(); {
		p.keyValue(each.Node(), name)
	}
}

// take sets what a table of settings says.
func (c *configuration) take(table map[string]any, where places) {
	t := taker{configuration: c, from: where}
	first := len(c.faults)
	t.set("", reflect.ValueOf(&c.config).Elem(), table)
	slices.SortStableFunc(c.faults[first:], func(a, b fault) int { return cmp.Compare(rowOf(a), rowOf(b)) })
}

// rowOf is the row of a fault, 0 where it has none.
func rowOf(f fault) (row int) {
	if i := strings.LastIndex(f.where, ": row "); i >= 0 {
		_, _ = fmt.Sscanf(f.where[i:], ": row %d", &row) // 0 where there is no number
	}
	return row
}

// taker sets settings from one place.
type taker struct {
	*configuration
	from places
}

// refuse notes that a setting has a wrong value.
func (t *taker) refuse(setting, what string) {
	t.complain(setting, cmp.Or(t.from.values[setting], t.from.keys[setting], t.path), setting+" "+what+".")
}

// set sets a setting or a section. It is left as it is where the value is wrong.
func (t *taker) set(name string, into reflect.Value, value any) (isSet bool) {
	switch into.Kind() {
	case reflect.Pointer:
		next := reflect.New(into.Type().Elem())
		if !into.IsNil() {
			next.Elem().Set(into.Elem())
		}
		if isSet = t.set(name, next.Elem(), value); isSet {
			into.Set(next)
		}
		return isSet
	case reflect.Struct, reflect.Map:
		return t.setSection(name, into, value)
	}
	next := reflect.New(into.Type()).Elem()
	if !assign(next, value) {
		t.refuse(name, "takes "+expected(into.Type()))
		return false
	}
	if value, isChecked := reflect.TypeAssert[checked](next); isChecked {
		if err := value.check(); err != nil {
			t.refuse(name, err.Error())
			return false
		}
	}
	into.Set(next)
	t.origins[name] = t.from.keys[name]
	return true
}

// setSection sets what stands in a section; false where it is none.
func (t *taker) setSection(name string, into reflect.Value, value any) bool {
	table, isTable := value.(map[string]any)
	if !isTable {
		t.refuse(name, "takes "+expected(into.Type())+"; write ["+name+"] on a line and them below it")
		return false
	}
	if name != "" {
		t.origins[name] = t.from.keys[name]
	}
	if into.Kind() == reflect.Map && into.IsNil() {
		into.Set(reflect.MakeMap(into.Type()))
	}
	for key, value := range table {
		within := strings.TrimPrefix(name+"."+key, ".")
		if into.Kind() == reflect.Map {
			element := reflect.New(into.Type().Elem()).Elem()
			if was := into.MapIndex(reflect.ValueOf(key)); was.IsValid() {
				element.Set(was)
			}
			t.set(within, element, value)
			into.SetMapIndex(reflect.ValueOf(key), element)
			continue
		}
		field, isThere := fieldOf(into, key)
		if !isThere {
			t.complain(within, t.from.keys[within], fmt.Sprintf("there is no setting %q%s", within, suggestion(into.Type(), key)))
			continue
		}
		t.set(within, field, value)
	}
	return true
}

// fieldOf is the field of a section with this name.
func fieldOf(section reflect.Value, name string) (reflect.Value, bool) {
	for i := range section.NumField() {
		if section.Type().Field(i).Tag.Get("toml") == name {
			return section.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// assign sets a text, a number, true or false, or a list of texts; false where the value is
// none of these or another than the setting takes.
func assign(into reflect.Value, value any) bool {
	switch value := value.(type) {
	case string:
		if into.Kind() == reflect.String {
			into.SetString(value)
			return true
		}
	case bool:
		if into.Kind() == reflect.Bool {
			into.SetBool(value)
			return true
		}
	case int64:
		if into.Kind() == reflect.Int && !into.OverflowInt(value) {
			into.SetInt(value)
			return true
		}
	case []any:
		return into.Kind() == reflect.Slice && assignList(into, value)
	}
	return false
}

func assignList(into reflect.Value, list []any) bool {
	for _, each := range list {
		element := reflect.New(into.Type().Elem()).Elem()
		if !assign(element, each) {
			return false
		}
		into.Set(reflect.Append(into, element))
	}
	return true
}

// suggestion ends the sentence about an unknown key of a section: with the key that was
// probably meant, or with a full stop.
func suggestion(section reflect.Type, key string) string {
	var known []string
	for f := range section.Fields() {
		known = append(known, f.Tag.Get("toml"))
	}
	if meant := usage.Closest(key, known); meant != "" {
		return fmt.Sprintf(". Did you mean %q?", meant)
	}
	return "."
}

// expected says what kind of value a setting takes.
func expected(kind reflect.Type) string {
	switch kind.Kind() {
	case reflect.String:
		return "text in quotes"
	case reflect.Bool:
		return "true or false, without quotes"
	case reflect.Int:
		return "a whole number, without quotes"
	case reflect.Slice:
		return `a list of texts, such as ["first", "second"]`
	}
	return "settings of its own"
}

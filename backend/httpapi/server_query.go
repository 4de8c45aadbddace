package httpapi

import (
	"cmp"
	"errors"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// listParameters are the query's parameters that are lists, in every operation but those
// that name one channel.
var listParameters = []string{"include_types", "exclude_types", "priority", "id", paramKinds, paramFirst}

// nameOf is the name under which a caller sends a parameter of components.json.
func nameOf(parameter string) string {
	if parameter == "channel" {
		return "priority"
	}
	return parameter
}

// parameterName matches the name at the beginning of a key, before brackets and the like.
var parameterName = regexp.MustCompile(`^[\pL\pN_-]+`)

// checkNotation refuses parameters of the operation that are written in a way that would
// be dropped in silence: a filter that does not count shows, or deletes, too much. Keys
// with other names are ignored.
func (c *call) checkNotation(o *operation) {
	for key, values := range c.query {
		written := parameterName.FindString(strings.TrimSpace(key))
		for _, parameter := range o.query {
			name := nameOf(parameter)
			isList := slices.Contains(listParameters, parameter)
			switch _, isItem := indexIn(key, name); {
			case backend.PlainName(written) != backend.PlainName(name):
			case isList && !isItem:
				c.Add(name, errors.New("This is a list in a notation that is not known here. Write it as "+name+"=a,b or "+name+"=a&"+name+"=b."))
			case isList || parameter == "channel": // which says itself that there must be one
			case key != name:
				c.Add(name, errors.New("Write this as "+name+"=, without anything behind the name."))
			case len(values) > 1:
				c.Add(name, errors.New("Send this once."))
			}
		}
	}
}

// indexIn reports whether a key stands for items of a list: a, a[] or a[0]. index is the
// digits in the brackets, without zeros before them.
func indexIn(key, name string) (index string, isItem bool) {
	rest, isOf := strings.CutPrefix(key, name)
	switch {
	case !isOf:
		return "", false
	case rest == "" || rest == "[]":
		return "", true
	}
	index, hasEnd := strings.CutSuffix(rest, "]")
	index, hasStart := strings.CutPrefix(index, "[")
	if !hasEnd || !hasStart || strings.Trim(index, "0123456789") != "" {
		return "", false
	}
	return cmp.Or(strings.TrimLeft(index, "0"), "0"), true
}

// listIn reads a list without its empty values, in every way that HTTP clients
// write one: a=1,2 and a=1&a=2 (both in the public documentation), a[]=1&a[]=2 and
// a[0]=1&a[1]=2 (axios by default, and with indexes), a=1%262, and each of them with spaces.
func listIn(query url.Values, name string) []string {
	var list []string
	for _, value := range valuesIn(query, name) {
		list = append(list, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '&' || r == ' ' || r == '\t' })...)
	}
	return list
}

// valuesIn are the values that are sent for a list, as they are, in the order of their
// indexes.
func valuesIn(query url.Values, name string) []string {
	type item struct{ key, index string }
	var items []item
	for key := range query {
		if index, isItem := indexIn(key, name); isItem {
			items = append(items, item{key, index})
		}
	}
	slices.SortFunc(items, func(a, b item) int { // those without an index first; then as numbers
		return cmp.Or(cmp.Compare(len(a.index), len(b.index)), cmp.Compare(a.index, b.index), cmp.Compare(len(a.key), len(b.key)), cmp.Compare(a.key, b.key))
	})
	var list []string
	for _, i := range items {
		list = append(list, query[i.key]...)
	}
	return list
}

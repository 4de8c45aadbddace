package httpapi

import (
	"fmt"
	"net/url"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// FuzzListNotations: a list is the same in each of axios's four notations, with encoded
// brackets and without.
func FuzzListNotations(f *testing.F) {
	for _, seed := range []string{"3 4", "sms webhook", "a", "", "01 10 9 8 7 6 5 4 3 2 1", "[] [0]", "é \x00", "% %5B"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		list := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == '&' || r == ' ' || r == '\t' })
		notations := [4][]string{}
		for i, item := range list {
			item = url.QueryEscape(item)
			notations[0] = append(notations[0], "id="+item)
			notations[1] = append(notations[1], "id[]="+item)
			notations[2] = append(notations[2], fmt.Sprintf("id[%d]=%s", i, item))
			notations[3] = append(notations[3], item)
		}
		slices.Reverse(notations[2]) // their indexes say the order
		raws := []string{strings.Join(notations[0], "&"), strings.Join(notations[1], "&"), strings.Join(notations[2], "&"), "id=" + strings.Join(notations[3], ",")}
		for _, raw := range append(raws, strings.NewReplacer("id[", "id%5B", "]=", "%5D=").Replace(raws[2])) {
			query, err := parseQuery(raw)
			if err != nil {
				t.Fatalf("%q: %v", raw, err)
			}
			if got := listIn(query, "id"); !slices.Equal(got, list) {
				t.Errorf("%q is %q, not %q", raw, got, list)
			}
		}
	})
}

// FuzzQueryDropsNothing: of the parameters that an operation has, every value counts or is
// refused, however its key is written.
func FuzzQueryDropsNothing(f *testing.F) {
	for _, seed := range []string{"include_types=sms", "include_types[0]=sms&include_types[]=email", "include_types[a]=sms", "IncludeTypes=x", "exclude_types%5B%5D=x", "exclude_types.0=x",
		"priority[0]=1", "include_types[=x", "include_types[0][0]=x", "&&=;", "include_types\x00=x"} {
		f.Add(seed)
	}
	o := operationsByID[opListChannels]
	f.Fuzz(func(t *testing.T, raw string) {
		query, err := parseQuery(raw)
		if err != nil {
			return
		}
		c := &call{query: query}
		c.checkNotation(o)
		if c.Err() != nil {
			return
		}
		for key, values := range query {
			for _, name := range o.query {
				rest, isOf := strings.CutPrefix(strings.ToLower(strings.TrimSpace(key)), name)
				if !isOf || rest != "" && strings.ContainsAny(rest[:1], "abcdefghijklmnopqrstuvwxyz0123456789_-") || rest != "" && rest[0] >= 0x80 {
					continue // another name
				}
				for _, value := range values {
					for _, item := range listIn(map[string][]string{name: {value}}, name) {
						if !slices.Contains(listIn(query, name), item) {
							t.Errorf("%q lost %q", raw, item)
						}
					}
				}
			}
		}
		if again, err := parseQuery(query.Encode()); err != nil || !reflect.DeepEqual(listIn(again, "include_types"), listIn(query, "include_types")) {
			t.Errorf("%q is another list when it is written again", raw)
		}
	})
}

package httpapi

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// paramCursor is the id of the row behind which a list begins.
const paramCursor = "cursor"

// cut returns at most limit rows of a list that has one more, if there is one. next is the id of
// the last one where there are more behind it, "" otherwise.
func cut[T any](list []T, limit int, id func(T) string) (rows []T, next string) {
	if len(list) <= limit {
		return list, ""
	}
	if limit > 0 {
		next = id(list[limit-1])
	}
	return list[:limit], next
}

// behind is where the list goes on behind the row with an id, "" for none.
func (c *call) behind(id string) string { return c.nextPage(paramCursor, id) }

// nextPage is the address of the next page of a list, relative to that of the request. name is the
// parameter that says where it begins, and start its value; "" is for no next page. The others
// are as they were sent, without those that the operation does not have.
func (c *call) nextPage(name, start string) string {
	if start == "" {
		return ""
	}
	query := url.Values{name: {start}}
	for _, parameter := range c.operation.query {
		sent := nameOf(parameter)
		if slices.Contains(listParameters, parameter) {
			if list := listIn(c.query, sent); len(list) > 0 {
				query.Set(sent, strings.Join(list, ","))
			}
			continue
		}
		if value := cmp.Or(c.query.Get(sent), strings.Join(valuesIn(c.query, sent), "")); sent != name && sent != paramFrom && value != "" {
			query.Set(sent, value)
		}
	}
	return "?" + query.Encode()
}

// older is the query for at most limit rows behind one, "" for the newest. An older server would
// answer with the newest again. Errors: unsupported.
func (v *view) older(than string, limit int) (url.Values, error) {
	query := limited(limit)
	if than == "" {
		return query, nil
	}
	query.Set(paramCursor, than)
	return query, v.requires(backend.FeatureOlder)
}

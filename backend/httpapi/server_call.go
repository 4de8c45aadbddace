package httpapi

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// call is a request that is allowed, as a handler gets it: who asks, about
// which account, and with what.
type call struct {
	*handler
	form
	request     *http.Request
	operation   *operation
	caller      netip.Addr // the zero Addr for none
	traceparent string     // that is passed on; "" for none
	query       url.Values
	token       backend.Token
	account     string          // the id
	view        backend.Backend // of that account; nil for an operation about all accounts
}

// reply is what a handler answers.
type reply struct {
	status   int // 0 for 200
	message  string
	data     any
	warning  string
	next     string // where the next page of a list is; "" for nowhere
	page     any    // a *wirePage, or a *wireJournalPage, of a list that is read in pages; nil for none
	revision int64  // of the account as the data shows it; 0 for none
}

// message is the id of the message in the path.
func (c *call) message() string { return c.request.PathValue("message_id") }

// limit is the most rows that a list may have.
func (c *call) limit() (int, error) {
	n, err := limitIn(c.query)
	c.Add("limit", err)
	return n, c.Err()
}

// limitIn reads ?limit=. A number out of range is refused: a caller who asks for
// more rows than there may be would take a part of them for all.
func limitIn(query url.Values) (int, error) {
	text := query.Get("limit")
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text || n < 0 || n > maxLimit {
		return 0, fmt.Errorf("A limit is a whole number from 0 to %d; this is %.20q.", maxLimit, text)
	}
	return n, nil
}

// parseQuery refuses what net/url would drop: a request to delete 3 and 4;5
// must not delete 3. Error: a sentence.
func parseQuery(raw string) (url.Values, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, errors.New("The part of the address after the ? cannot be read. Separate values with a comma or &.")
	}
	return query, nil
}

// typesIn reads a list of channel types. The backend refuses unknown ones.
func typesIn(query url.Values, name string) []backend.ChannelType {
	var list []backend.ChannelType
	for _, text := range listIn(query, name) {
		list = append(list, backend.ChannelType(text))
	}
	return list
}

// prioritiesIn reads ?priority=, each number once. A bare number between two &
// belongs to the list: "3&4" without an encoded & arrives as a key of its own.
func prioritiesIn(query url.Values) ([]int, error) {
	texts := listIn(query, "priority")
	for key, values := range query {
		if len(texts) > 0 && key != "" && strings.Trim(key, "0123456789") == "" && strings.Join(values, "") == "" {
			texts = append(texts, key)
		}
	}
	if len(texts) == 0 {
		return nil, errors.New("Name the channels to delete, such as ?priority=3,4.")
	}
	seen := map[int]bool{}
	var list []int
	for _, text := range texts {
		n, err := parsePriority(text)
		if err != nil {
			return nil, err
		}
		if !seen[n] {
			seen[n] = true
			list = append(list, n)
		}
	}
	return list, nil
}

// priorityIn reads ?priority= where it names one channel.
func priorityIn(query url.Values) (int, error) {
	texts := valuesIn(query, "priority")
	if len(texts) != 1 {
		return 0, errors.New("Name one channel, such as ?priority=3.")
	}
	return parsePriority(texts[0])
}

func parsePriority(text string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil || strconv.Itoa(n) != text || n < 1 {
		return 0, fmt.Errorf("A priority is a whole number from 1; this is %.20q.", text)
	}
	return n, nil
}

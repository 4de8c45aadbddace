package httpapi

import (
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Lists in a query come in every way that HTTP clients write them:
// a=1,2 and a=1&a=2 (both in the public documentation), a[]=1&a[]=2 (axios by
// default), a=1%262, and each of them with spaces.

// parseQuery refuses what net/url would drop: a request to delete 3 and 4;5
// must not delete 3. Error: a sentence.
func parseQuery(raw string) (url.Values, error) {
	query, err := url.ParseQuery(raw)
	if err != nil {
		return nil, errors.New("The part of the address after the ? cannot be read. Separate values with a comma or &.")
	}
	return query, nil
}

// listOf returns the values of a list without the empty ones.
func listOf(query url.Values, name string) []string {
	var list []string
	for _, key := range []string{name, name + "[]"} {
		for _, value := range query[key] {
			list = append(list, strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == '&' || r == ' ' || r == '\t' })...)
		}
	}
	return list
}

// priorities reads ?priority=, each number once. A bare number between two &
// belongs to the list: "3&4" without an encoded & arrives as a key of its own.
func priorities(query url.Values) ([]int, error) {
	words := listOf(query, "priority")
	for key, values := range query {
		if len(words) > 0 && key != "" && strings.Trim(key, "0123456789") == "" && strings.Join(values, "") == "" {
			words = append(words, key)
		}
	}
	if len(words) == 0 {
		return nil, errors.New("Name the channels to delete, such as ?priority=3,4.")
	}
	seen := map[int]bool{}
	var list []int
	for _, word := range words {
		n, err := priorityIn(word)
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

// priorityOf reads ?priority= where it names one channel.
func priorityOf(query url.Values) (int, error) {
	words := query["priority"]
	if len(words) != 1 {
		return 0, errors.New("Name one channel, such as ?priority=3.")
	}
	return priorityIn(words[0])
}

func priorityIn(word string) (int, error) {
	n, err := strconv.Atoi(word)
	if err != nil || strconv.Itoa(n) != word || n < 1 {
		return 0, fmt.Errorf("A priority is a whole number from 1; this is %.20q.", word)
	}
	return n, nil
}

// typesOf reads a list of channel types. Which of them exist is the backend's to say.
func typesOf(query url.Values, name string) []backend.ChannelType {
	var list []backend.ChannelType
	for _, word := range listOf(query, name) {
		list = append(list, backend.ChannelType(word))
	}
	return list
}

// How many rows a list has: when nobody says, and at most.
const (
	defaultLimit = 50
	maxLimit     = 1000
)

// limitOf reads ?limit=. What it cannot have is refused, as every other value
// is: whoever asks for more than there may be would take a part for all.
func limitOf(query url.Values) (int, error) {
	word := query.Get("limit")
	if word == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(word)
	if err != nil || strconv.Itoa(n) != word || n < 0 || n > maxLimit {
		return 0, fmt.Errorf("A limit is a whole number from 0 to %d; this is %.20q.", maxLimit, word)
	}
	return n, nil
}

// limit is limitOf among everything else that can be wrong.
func (c *call) limit() (int, error) {
	n, err := limitOf(c.query)
	c.Add("limit", err)
	return n, c.Err()
}

package storage

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
)

// CheckPlaceholders refuses a query whose placeholders $1, $2, $3 … do not appear
// for the first time in that order. For PostgreSQL the digits count. SQLite takes
// $2 for a name and numbers the names as they appear, so it would silently bind
// the arguments to the wrong places. SQLite's engine calls it for each query, once: internal.
func CheckPlaceholders(query string) error {
	highest := 0
	for i := 0; i < len(query); i++ {
		if query[i] != '$' {
			continue
		}
		n := 0
		for i+1 < len(query) && query[i+1] >= '0' && query[i+1] <= '9' {
			i++
			n = n*10 + int(query[i]-'0')
		}
		switch {
		case n == highest+1:
			highest = n
		case n == 0 || n > highest:
			return &backend.Error{Code: backend.CodeInternal, Message: "The program has a fault in a query.",
				Err: fmt.Errorf("$%d comes before $%d in %q", n, highest+1, query)}
		}
	}
	return nil
}

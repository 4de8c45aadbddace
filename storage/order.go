package storage

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
)

// checkOrder refuses a query whose parameters $1, $2, $3 … do not appear for
// the first time in that order. PostgreSQL reads the digits; SQLite takes
// $name as a name, numbers names as they come, and would bind the arguments
// to the wrong places without a word.
func checkOrder(query string) error {
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

package accounts

import (
	"slices"

	"github.com/account-settings/pinghome/backend"
)

// mostRows is how many rows a part keeps; beyond, those far from the cursor are dropped, and
// read again as it comes near. It is more than any window shows.
const mostRows = 1000

// mark is a row at which a page ended. Its cursor leads on from there in both directions.
type mark struct{ id, cursor string }

// markEnd notes where a page ended that was added to the rows, of which end is now the last
// one on its side. Without a next page, or where its last account stands elsewhere, there is
// nothing to lead on.
func markEnd(page backend.AccountPage, end int, rows []backend.AccountRow) []mark {
	n := len(page.Accounts)
	if page.Next == "" || n == 0 || rows[end].ID != page.Accounts[n-1].ID {
		return nil
	}
	return []mark{{rows[end].ID, page.Next}}
}

// trimFirst drops rows from the beginning where there are too many, but none near the one
// under the cursor, and returns how many.
func (p *part) trimFirst(at int) int {
	if len(p.rows) <= mostRows {
		return 0
	}
	for i, m := range p.marks {
		first := p.indexOf(m.id)
		if first >= len(p.rows)-mostRows && first <= at-nearEnd {
			p.rows, p.marks, p.before = slices.Clone(p.rows[first:]), p.marks[i:], m.cursor
			if p.first >= 0 {
				p.first += first
			}
			return first
		}
	}
	return 0
}

// trimLast drops rows from the end where there are too many, but none near the one under
// the cursor.
func (p *part) trimLast(at int) {
	if len(p.rows) <= mostRows {
		return
	}
	for i, m := range slices.Backward(p.marks) {
		last := p.indexOf(m.id)
		if last < mostRows && last >= at+nearEnd {
			p.rows, p.marks, p.after = slices.Clone(p.rows[:last+1]), p.marks[:i+1], m.cursor
			return
		}
	}
}

package accounts

import (
	"slices"

	"github.com/account-settings/pinghome/backend"
)

// part is the part of the list that has been read.
type part struct {
	query  backend.AccountQuery // without its page
	rows   []backend.AccountRow
	at     int    // where the account stands, or would stand, around which it was read
	before string // the cursor of the rows before, in the opposite order; "" at the beginning
	after  string // the cursor of the rows behind; "" at the end
	total  int    // how many the query keeps
	isMore bool   // there are more than total
	all    int    // how many there are; 0 where that is not known
	// failing is how many of all fail; 0 where that is not known
	failing int
	marks   []mark // in the order of the rows
	first   int    // how many stand before the rows; -1 where that is not known
}

func (p *part) count(page backend.AccountPage) {
	p.total, p.isMore, p.all, p.failing = page.Total, page.IsMore, page.All, page.Failing
	switch {
	case p.before == "":
		p.first = 0
	case p.after == "" && !p.isMore:
		p.first = p.total - len(p.rows)
	}
}

// follow takes over from what was read before where the rows stand, as long as no account
// came or went.
func (p *part) follow(was *part) {
	if p.first >= 0 || was.first < 0 || p.query != was.query || p.total != was.total || p.isMore {
		return
	}
	for i, a := range p.rows {
		if at := was.indexOf(a.ID); at >= 0 {
			p.first = was.first + at - i
			return
		}
	}
}

// indexOf is where an account stands in the part, -1 when it is not there.
func (p *part) indexOf(id string) int {
	return slices.IndexFunc(p.rows, func(a backend.AccountRow) bool { return a.ID == id })
}

// append adds a page behind the rows; an account that has moved there stays where it was.
func (p *part) append(page backend.AccountPage) {
	for _, a := range page.Accounts {
		if p.indexOf(a.ID) < 0 {
			p.rows = append(p.rows, a)
		}
	}
	p.after = page.Next
	p.marks = append(p.marks, markEnd(page, len(p.rows)-1, p.rows)...)
}

// prepend adds a page of the opposite order before the rows, and returns how many.
func (p *part) prepend(page backend.AccountPage) int {
	var added []backend.AccountRow
	for _, a := range slices.Backward(page.Accounts) {
		if p.indexOf(a.ID) < 0 {
			added = append(added, a)
		}
	}
	p.rows = append(added, p.rows...)
	p.before = page.Next
	p.marks = append(markEnd(page, 0, p.rows), p.marks...)
	if p.first >= 0 {
		p.first -= len(added)
	}
	return len(added)
}

// current returns the account under the cursor; false when none is shown.
func (s *screen) current() (backend.AccountRow, bool) {
	if s.list.At >= len(s.part.rows) {
		return backend.AccountRow{}, false
	}
	return s.part.rows[s.list.At], true
}

// hasReach reports whether the backend tells how accounts are reached.
func (s *screen) hasReach() bool { return s.shell.Session.Lacks(backend.FeatureReach) == "" }

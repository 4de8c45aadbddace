package accounts

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
)

const (
	// pageSize is how many accounts are read at once: more than any window shows.
	pageSize = 100
	// nearEnd is how near to an end of what was read the cursor comes before more is read.
	nearEnd = 30
	// oldServersPage is how many accounts a server has that does not know pages.
	oldServersPage = 1000

	// How long after a reading the list is read again at the earliest, where changes are
	// told and where they are not: to find a text looks at all accounts.
	toldInterval   = time.Second
	rereadInterval = 5 * time.Second

	// The names of the requests.
	readingAccounts = "all accounts"
	readingMore     = "more accounts"
)

// place is which part of the list a request reads.
type place int

const (
	theBeginning place = iota
	theEnd
	anAccount // around it
	rowsBehind
	rowsBefore
)

// readMsg: accounts were read, or err says why not.
type readMsg struct {
	of     *screen
	where  place
	id     string              // of the account that the cursor is to be on; "" for the place
	part   part                // what was read, but for rows behind and before
	page   backend.AccountPage // those
	cursor string              // from which they were read
	err    error
}

// rereadMsg: the list is to be read again, after a change that was told soon after the last
// reading.
type rereadMsg struct{ of *screen }

// untilReread is how long the next reading has to wait, where the last one is so long ago. One
// that runs may have read before the change.
func untilReread(isTold, isRunning bool, age time.Duration) time.Duration {
	interval := rereadInterval
	if isTold {
		interval = toldInterval
	}
	if isRunning {
		return interval
	}
	return interval - age
}

// query is what the list is narrowed to, and its order.
func (s *screen) query() backend.AccountQuery {
	by, isDown := s.order()
	q := backend.AccountQuery{Match: s.kept.text, Sort: by, Descending: isDown, OnlyProblems: s.kept.problems, Limit: pageSize}
	if !s.hasReach() {
		q = backend.AccountQuery{Match: q.Match, Sort: backend.SortName, Limit: oldServersPage}
	}
	return q
}

// opposite is the order from the other end.
func opposite(q backend.AccountQuery) backend.AccountQuery {
	q.Descending = !q.Descending
	return q
}

// readAround reads again what is around the cursor, and at first around the open account.
func (s *screen) readAround() tea.Cmd {
	id := s.shell.Session.Account.ID
	if s.isRead {
		a, _ := s.current()
		id = a.ID
		if s.list.At == 0 && s.part.before == "" {
			id = "" // what comes to the beginning is seen there
		}
	}
	if id == "" || !s.hasReach() {
		return s.readPlace(theBeginning, id)
	}
	return s.readPlace(anAccount, id)
}

// readPlace reads a part of the list in the place of what was read.
func (s *screen) readPlace(where place, id string) tea.Cmd {
	accounts, q := s.kept.of, s.query()
	return s.shell.Load(readingAccounts, func(ctx context.Context) tea.Msg {
		p, err := readPart(ctx, accounts, q, where, id)
		if where == anAccount && backend.ErrorCode(err) == backend.CodeNotFound {
			p, err = readPart(ctx, accounts, q, theBeginning, "") // it was deleted
		}
		return readMsg{of: s, where: where, id: id, part: p, err: err}
	})
}

func readPart(ctx context.Context, accounts backend.Accounts, q backend.AccountQuery, where place, id string) (p part, err error) {
	p.query, p.first = q, -1
	var page backend.AccountPage
	if where == theEnd || where == anAccount {
		back := opposite(q)
		if where == anAccount {
			back.From = id
		}
		if page, err = accounts.Page(ctx, back); err != nil {
			return p, err
		}
		p.at = p.prepend(page) - 1
	}
	if where != theEnd {
		if where == anAccount {
			q.From = id
		}
		if page, err = accounts.Page(ctx, q); err != nil {
			return p, err
		}
		p.append(page)
	}
	p.at = min(max(0, p.at), max(0, len(p.rows)-1))
	p.count(page)
	return p, nil
}

// readOn reads more rows where the cursor is near an end of what was read.
func (s *screen) readOn() tea.Cmd {
	w := &s.shell.Work
	if !s.isRead || w.Busy(readingMore) || w.Busy(readingAccounts) || s.err != nil {
		return nil
	}
	switch {
	case s.part.after != "" && s.list.At >= len(s.part.rows)-nearEnd:
		return s.readMore(rowsBehind, s.part.query, s.part.after)
	case s.part.before != "" && s.list.At < nearEnd:
		return s.readMore(rowsBefore, opposite(s.part.query), s.part.before)
	}
	return nil
}

func (s *screen) readMore(where place, q backend.AccountQuery, cursor string) tea.Cmd {
	accounts := s.kept.of
	q.After = cursor
	return s.shell.Load(readingMore, func(ctx context.Context) tea.Msg {
		page, err := accounts.Page(ctx, q)
		return readMsg{of: s, where: where, page: page, cursor: cursor, err: err}
	})
}

// read takes what was read.
func (s *screen) read(msg readMsg) {
	if msg.of != s || s.isOld(msg) {
		return
	}
	s.err = msg.err
	if msg.err != nil {
		s.shell.FailRead("The accounts could not be read", msg.err)
		return
	}
	s.readAt, s.askedAt = s.shell.Now, s.shell.Now
	switch {
	case msg.where == rowsBehind:
		s.part.append(msg.page)
		s.part.count(msg.page)
		s.shift(-s.part.trimFirst(s.list.At))
	case msg.where == rowsBefore:
		s.shift(s.part.prepend(msg.page))
		s.part.count(msg.page)
		s.part.trimLast(s.list.At)
	default:
		s.take(msg)
	}
	s.kept.failing = s.part.failing
	if s.list.N = len(s.part.rows); s.list.H > 0 { // else it has not been drawn yet
		s.list.Fit(s.list.N, s.list.H)
	}
}

// isOld reports whether rows, or an error, belong to a part that has been replaced.
func (s *screen) isOld(msg readMsg) bool {
	return msg.where == rowsBehind && msg.cursor != s.part.after || msg.where == rowsBefore && msg.cursor != s.part.before
}

// shift keeps the cursor on its account where rows before it came or went.
func (s *screen) shift(rows int) {
	s.list.At += rows
	s.list.Top += rows
}

// take shows another part of the list. The cursor stays on its account, and that on its line.
func (s *screen) take(msg readMsg) {
	line := s.list.At - s.list.Top
	if !s.isRead {
		line = max(s.list.H, 9) / 3 // those before it are seen, too
	}
	msg.part.follow(&s.part)
	s.part, s.isRead = msg.part, true
	at := s.part.indexOf(msg.id)
	switch {
	case at >= 0:
		s.list.At = at
	default:
		s.list.At = s.part.at
	}
	s.list.Top = max(0, s.list.At-line)
}

package accounts

import (
	"context"
	"strconv"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	countingAccounts = "failing accounts" // names the request
	// countInterval is how long after a count the accounts are counted again at the earliest,
	// where changes are not told and the list is not in sight.
	countInterval = 15 * time.Second
	// countTimeout bounds a count: it is for a number in a tab.
	countTimeout = 2 * time.Second
	// mostFailing is the greatest number that has room in a tab.
	mostFailing = 99
)

// countedMsg: the accounts that fail were counted, or err says why not.
type countedMsg struct {
	of      *screen
	failing int
	err     error
}

// Badge counts the accounts that fail; none where the backend does not tell.
func (s *screen) Badge() []shell.Part {
	n := s.kept.failing
	if n == 0 {
		return nil
	}
	text := strconv.Itoa(min(n, mostFailing))
	if n > mostFailing {
		text += "+"
	}
	return []shell.Part{{Style: s.shell.Look.Err, Text: s.shell.Look.No + text}}
}

// countCmd counts the accounts that fail, without reading one.
func (s *screen) countCmd() tea.Cmd {
	accounts := s.kept.of
	if accounts == nil || !s.hasReach() {
		return nil
	}
	return s.shell.Load(countingAccounts, func(ctx context.Context) tea.Msg {
		ctx, cancel := context.WithTimeout(ctx, countTimeout)
		defer cancel()
		page, err := accounts.Page(ctx, backend.AccountQuery{})
		return countedMsg{s, page.Failing, err}
	})
}

// counted takes a count. One that failed is not told: what else is read says that, too.
func (s *screen) counted(msg countedMsg) {
	if msg.of == s {
		s.askedAt = s.shell.Now
		if msg.err == nil {
			s.kept.failing = msg.failing
		}
	}
}

// isInSight reports whether the list is.
func (s *screen) isInSight() bool { return s.isFront || s.isBeside }

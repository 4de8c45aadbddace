package ui

import (
	"slices"

	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// items are the rows of the accounts that were read, and of the contexts that match.
func (s *switcher) items() []shell.Item {
	list := s.shown.found.Accounts
	items, scores := make([]shell.Item, len(list)), make([]int, len(list))
	for i, a := range list {
		items[i], scores[i] = s.accountItem(a)
	}
	s.tellCount()
	if s.shown.from > 0 {
		return items
	}
	for _, it := range s.contextItems() {
		text := it.Text + " " + it.Aside
		at := len(items)
		if s.shown.text != "" {
			found := fuzzy.Find(s.shown.text, []string{text})
			if len(found) == 0 {
				continue
			}
			it.Hits = moved(found[0].MatchedIndexes, len(it.Text)+1, 1)
			if better := slices.IndexFunc(scores, func(score int) bool { return score < found[0].Score }); better >= 0 {
				at = better
			}
			scores = slices.Insert(scores, at, found[0].Score)
		} else if s.hasMore() {
			at = min(len(s.recent), at) // not behind a million accounts
		}
		items = slices.Insert(items, at, it)
	}
	return items
}

// contextItems are the rows of the contexts.
func (s *switcher) contextItems() []shell.Item {
	items := s.model.contextItems()
	for i := range items {
		it := &items[i]
		it.Aside, it.Right = it.Right, ""
		if it.Off != "" {
			it.Right = "here"
		}
	}
	return items
}

// accountItem is the row of an account, with the letters that match, and its score.
func (s *switcher) accountItem(a backend.AccountSummary) (it shell.Item, score int) {
	it = shell.Item{Text: a.FullName(), Aside: backend.ReadableEmail(a.Email), Masked: s.Shell.MaskedAccount(a.Email), Right: safe.Text(a.Organization), ID: a.ID}
	if s.shown.text != "" {
		if found := fuzzy.Find(s.shown.text, []string{a.SearchText()}); len(found) > 0 {
			score = found[0].Score
			it.Hits = moved(found[0].MatchedIndexes, len(it.Text)+1, 1) // the row has wider gaps
			it.Hits = moved(it.Hits, len(it.Text)+2+len(it.Aside)+1, 1)
		}
	}
	if a.ID == s.Shell.Session.Account.ID && !s.Shell.Session.Ended {
		here := "here " + s.Shell.Look.Dot + " "
		it.Hits = moved(it.Hits, len(it.Text)+2+len(it.Aside)+2, len(here))
		it.Right = here + it.Right
	}
	return it, score
}

// moved are places of which those from one on are further behind.
func moved(places []int, from, by int) []int {
	list := slices.Clone(places)
	for i, at := range list {
		if at >= from {
			list[i] += by
		}
	}
	return list
}

// tellCount says how many of all accounts were found.
func (s *switcher) tellCount() {
	found := s.shown.found
	if s.shown.err != nil {
		s.Empty, s.Note = s.Shell.Keys.Key(keymap.PickRun)+" tries again: the accounts could not be read.", ""
		return
	}
	s.Empty = "No account matches. Try fewer letters."
	if found.All == 0 && s.shown.text == "" {
		s.Empty = "There is no account here."
	}
	s.Note = shell.Number(found.Total)
	switch {
	case s.shown.isMore:
		s.Note += "+"
	case found.All > 0 && (s.shown.text != "" || found.IsReading):
		s.Note += " of " + shell.Number(found.All)
	}
	s.Note += " accounts"
	if found.Total == 1 && s.Note == "1 accounts" {
		s.Note = "1 account"
	}
	if found.IsReading {
		s.Note += " " + s.Shell.Look.Dot + " reading"
	}
}

// Package activity is the screen of the journal: who changed what and when, as it was and as
// it became. An entry can be taken back, and the account be seen as it was before it.
//
// In reading order:
//
//   - activity.go: the screen, what it reads, and the messages of the program it handles
//   - rows.go: which entries are shown, and the cursor
//   - actions.go: what can be done, and when
//   - view.go, table.go, page.go: what is drawn
//   - export.go: writing the entries to a file
package activity

import (
	"context"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

const (
	// pageSize is how many entries are read at once: more than any window shows.
	pageSize = 100
	// nearEnd is how near to the end of what was read the cursor comes before more is read.
	nearEnd = 30

	readingActivity = "activity"
	readingMore     = "more activity"
)

// screen is the Activity screen.
type screen struct {
	shell   *shell.Shell
	filter  shell.Filter // by the kind of an entry
	find    shell.Find   // the text to find
	columns shell.Table[backend.JournalEntry]
	read    reading
	isRead  bool
	err     error                  // of the last reading
	shown   []backend.JournalEntry // those that pass both, newest first
	undone  map[string]bool        // by id: taken back by a later entry that is read
	list    shell.List             // the cursor in shown
	isFront bool                   // no other screen is in front of this one
	actions []shell.Action
	finding []shell.Action // while the text to find is typed
}

// reading is what was read of the journal: the newest entries that a query keeps.
type reading struct {
	match   string
	kinds   []string
	entries []backend.JournalEntry
	next    string // of the last page; "" where the end is read
}

// readMsg: entries were read, or err says why not. isMore: behind those that were there.
type readMsg struct {
	reading
	isMore bool
	err    error
}

// typedMsg: the text to find may not have been typed on for a while.
type typedMsg struct {
	of   *screen
	text string
}

// result is a message of this package: something that was started on the screen has ended.
type result interface {
	applyTo(s *screen) tea.Cmd
}

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	s := &screen{shell: sh, find: shell.NewFind()}
	s.columns = s.newTable()
	s.actions, s.finding = s.newActions(), s.find.Actions(s.narrow)
	s.finding = shell.AndThen(s.finding, s.readAsNarrowed)
	return s
}

func (s *screen) Init() tea.Cmd             { return nil } // it is read when it comes to the front
func (s *screen) Title() string             { return "Activity" }
func (s *screen) Scope() keymap.Scope       { return keymap.Activity }
func (s *screen) TypingScope() keymap.Scope { return s.find.Scope() }
func (s *screen) Badge() []shell.Part       { return nil }

// Type takes a key of the text to find. The whole journal is searched once typing pauses.
func (s *screen) Type(msg tea.KeyMsg) tea.Cmd {
	s.find.Type(msg)
	s.narrow()
	return s.shell.After(shell.TypingPause, typedMsg{s, s.find.Text()})
}

func (s *screen) Actions() []shell.Action {
	if s.find.IsTyped {
		return s.finding
	}
	return s.actions
}

// Load reads the newest entries, once the screen was looked at.
func (s *screen) Load() tea.Cmd {
	if !s.isRead && !s.isFront {
		return nil
	}
	return s.readCmd(s.query(), false)
}

// query is what is to be read: all where the backend can keep no part of the journal, or where
// all of it is read already.
func (s *screen) query() reading {
	isWhole := s.isRead && s.read.next == "" && s.read.match == "" && s.read.kinds == nil
	if isWhole || s.shell.Session.Lacks(backend.FeatureUndo) != "" {
		return reading{}
	}
	return reading{match: s.find.Text(), kinds: s.keptKinds()}
}

// readAsNarrowed reads what the filter and the text keep, where that is not read yet.
func (s *screen) readAsNarrowed() tea.Cmd {
	q := s.query()
	if !s.isRead || q.match == s.read.match && slices.Equal(q.kinds, s.read.kinds) {
		return s.readMoreCmd()
	}
	return s.readCmd(q, false)
}

// readMoreCmd reads the next page when the cursor comes near the end of what was read; nil when
// it does not.
func (s *screen) readMoreCmd() tea.Cmd {
	if s.read.next == "" || s.list.At < len(s.shown)-nearEnd || s.shell.Work.Busy(readingMore) || s.shell.Work.Busy(readingActivity) {
		return nil
	}
	return s.readCmd(s.read, true)
}

func (s *screen) readCmd(q reading, isMore bool) tea.Cmd {
	view, name := s.shell.Session.View, readingActivity
	query := backend.JournalQuery{Limit: pageSize, Kinds: q.kinds, Match: q.match}
	if isMore {
		name, query.After = readingMore, q.next
	}
	if view.Lacks(backend.FeatureUndo) != "" {
		query.Limit = 1000 // all that such a server gives, since it has no pages
	}
	return s.shell.Load(name, func(ctx context.Context) tea.Msg {
		page, err := view.Journal(ctx, query)
		return readMsg{reading{q.match, q.kinds, page.Entries, page.Next}, isMore, err}
	})
}

// Update handles a message.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case readMsg:
		return s.wasRead(msg)
	case typedMsg:
		if msg.of == s && msg.text == s.find.Text() {
			return s.readAsNarrowed()
		}
	case shell.GoToMsg:
		s.isFront = msg.Screen == keymap.Activity
		s.find.IsTyped = s.find.IsTyped && s.isFront
		if s.isFront && !s.isRead {
			return s.Load()
		}
	case result:
		return msg.applyTo(s)
	}
	return nil
}

// wasRead takes over what was read. The newest page is put before what was read already, so
// that the cursor stays on its entry.
func (s *screen) wasRead(msg readMsg) tea.Cmd {
	s.err = msg.err
	if msg.err != nil {
		s.shell.FailRead("The activity could not be read", msg.err)
		return nil
	}
	isSame := s.isRead && msg.match == s.read.match && slices.Equal(msg.kinds, s.read.kinds)
	switch {
	case msg.isMore && isSame:
		s.read.entries, s.read.next = slices.Concat(s.read.entries, msg.entries), msg.next
	case msg.isMore: // of another query by now
		return nil
	case isSame:
		s.read = s.read.withNewest(msg.reading)
	default:
		s.read = msg.reading
	}
	s.isRead = true
	s.undone = takenBack(s.read.entries)
	s.narrow()
	return s.readAsNarrowed()
}

// withNewest puts the newest page before what was read, or in its place where more was added
// than a page has.
func (r reading) withNewest(page reading) reading {
	if len(page.entries) == 0 || len(r.entries) == 0 {
		return page
	}
	last := page.entries[len(page.entries)-1]
	i := slices.IndexFunc(r.entries, func(e backend.JournalEntry) bool { return e.ID == last.ID })
	if i < 0 {
		return page
	}
	r.entries = slices.Concat(page.entries, r.entries[i+1:])
	return r
}

// takenBack are the entries that later ones have taken back, by id. An undo that was taken back
// itself takes nothing back.
func takenBack(entries []backend.JournalEntry) map[string]bool {
	gone := map[string]bool{}
	for _, e := range entries {
		if e.Undoes != "" && !gone[e.ID] {
			gone[e.Undoes] = true
		}
	}
	return gone
}

// Package messages is the screen of everything that was written to the customer:
// codes, notices and tests, and what became of each.
//
// It has a table of the newest messages over the one under the cursor; enter opens
// that as a page of its own. In reading order:
//
//   - messages.go: the screen, what it reads, and the messages of the program it
//     handles
//   - rows.go, filter.go: which messages are shown, which are chosen, and the cursor
//   - actions.go: what can be done, and when
//   - changes.go, resend.go, usecode.go: mark and delete, send again, take a code or
//     a word to the dialog that waits for it
//   - view.go, table.go, cells.go, page.go, attempts.go: what is drawn
package messages

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// screen is the Messages screen. The messages that were read are in the session of
// the shell; here is which of them are shown, and how.
type screen struct {
	shell    *shell.Shell
	filter   shell.Filter // by the word of the state
	find     shell.Find   // the text to find
	columns  shell.Table[backend.Message]
	shown    []backend.Message // the messages that pass both, newest first
	err      error             // of the last reading
	list     shell.List        // the cursor in shown
	wanted   string            // the id that the cursor goes to once it is read; "" for none
	chosen   map[string]bool   // by id
	isFront  bool              // no other screen is in front of this one
	inSight  bool              // it is in front, or beside the one that is
	attempts *shell.Attempts   // of the message under the cursor
	resent   *resent           // nil unless a message was sent again and its result is not known
	actions  []shell.Action
	finding  []shell.Action // while the text to find is typed
}

// messagesReadMsg: the messages were read, or err says why not.
type messagesReadMsg struct {
	inbox backend.MessageList
	err   error
}

// result is a message of this package: something that was started on the screen has
// ended. Its type and what it changes stand in the file that started it.
type result interface {
	applyTo(s *screen) tea.Cmd
}

// maxMessages is how many messages are read. Older ones are not shown.
const maxMessages = 200

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	s := &screen{shell: sh, find: shell.NewFind(), chosen: map[string]bool{}, attempts: shell.NewAttempts(sh, "attempts of a message")}
	s.columns = s.newTable()
	s.actions, s.finding = s.newActions(), s.find.Actions(s.narrow)
	return s
}

func (s *screen) Init() tea.Cmd             { return s.Load() }
func (s *screen) Title() string             { return "Messages" }
func (s *screen) Scope() keymap.Scope       { return keymap.Messages }
func (s *screen) TypingScope() keymap.Scope { return s.find.Scope() }

// Type takes a key of the text to find.
func (s *screen) Type(msg tea.KeyMsg) tea.Cmd {
	s.find.Type(msg)
	s.narrow()
	return nil
}

func (s *screen) Actions() []shell.Action {
	if s.find.IsTyped {
		return s.finding
	}
	return s.actions
}

// Badge is how many messages have not been read, and how many wait for their next try.
func (s *screen) Badge() (parts []shell.Part) {
	sh := s.shell
	if sh.Session.Inbox == nil {
		return nil
	}
	if n := sh.Session.Inbox.Unread; n > 0 {
		style := sh.Look.Muted
		if s.isFront {
			style = sh.Look.Focus
		}
		parts = append(parts, shell.Part{Style: style, Text: fmt.Sprintf("(%d)", n)})
	}
	if n := len(sh.Session.Waiting()); n > 0 {
		parts = append(parts, shell.Part{Style: state.Waiting.Style(&sh.Look.Palette), Text: fmt.Sprintf("%s%d", state.Waiting.Sign(&sh.Look), n)})
	}
	return parts
}

// readingMessages names the request that reads the messages.
const readingMessages = "messages"

// Load reads the newest messages.
func (s *screen) Load() tea.Cmd {
	view := s.shell.Session.View
	return s.shell.Load(readingMessages, func(ctx context.Context) tea.Msg {
		inbox, err := view.Messages(ctx, maxMessages)
		return messagesReadMsg{inbox, err}
	})
}

// Update handles a message, and then reads the attempts of the message under the cursor.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.handle(msg)
	return tea.Batch(cmd, s.attempts.Update(msg), s.followCursor())
}

func (s *screen) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case messagesReadMsg:
		return s.messagesRead(msg)
	case shell.GoToMsg:
		s.isFront = msg.Screen == keymap.Messages
		s.inSight = s.isFront || msg.Beside == keymap.Messages
		s.find.IsTyped = s.find.IsTyped && s.isFront
		if s.isFront && msg.Row != "" {
			s.show(msg.Row)
		}
	case result:
		return msg.applyTo(s)
	}
	return nil
}

func (s *screen) messagesRead(msg messagesReadMsg) tea.Cmd {
	s.err = msg.err
	if msg.err != nil {
		s.shell.FailRead("The messages could not be read", msg.err)
		return nil
	}
	s.shell.Session.Inbox = &msg.inbox
	s.narrow()
	s.tellResent()
	return s.attempts.Reread()
}

// followCursor reads the attempts of the message under the cursor while it is in
// sight.
func (s *screen) followCursor() tea.Cmd {
	m, ok := s.current()
	if !ok || !s.inSight || s.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return s.attempts.Follow("", nil)
	}
	view := s.shell.Session.View
	return s.attempts.Follow(m.ID, func(ctx context.Context) ([]backend.Attempt, error) { return view.MessageAttempts(ctx, m.ID) })
}

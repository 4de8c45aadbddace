package messages

import (
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// messages is the screen of everything that was written to the customer: what
// providers took or refused, what waits, and what is held in an inbox because
// nothing is set up to carry it. What is done to them is in messagedeeds.go,
// the table and the page are drawn in messagesview.go.
type screen struct {
	shell    *shell.Shell
	shown    []backend.Message    // in the state that is looked for
	state    backend.MessageState // looked for; "" for all
	err      error
	list     shell.List
	wanted   string          // the id that gets the cursor once it is read
	chosen   map[string]bool // by id
	tried    *retry          // a message that was sent again, until it is known what came of it
	attempts *shell.Attempts
	front    bool // no other screen is in front of it
	actions  []shell.Action
}

type messagesReadMsg struct {
	box backend.Inbox
	err error
}

// shownMessages is how many messages are read; older ones stay where they are.
const shownMessages = 200

// stateOrder is the order in which a key looks for states.
var stateOrder = []backend.MessageState{"", backend.StateQueued, backend.StateHeld, backend.StateSent, backend.StateFailed}

// New returns the screen on the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	b := &screen{shell: sh, chosen: map[string]bool{}, attempts: shell.NewAttempts(sh, "attempts of a message")}
	b.actions = b.listActions()
	return b
}

func (b *screen) Init() tea.Cmd             { return b.Load() }
func (b *screen) Title() string             { return "Messages" }
func (b *screen) Scope() keymap.Scope       { return keymap.Messages }
func (b *screen) TypingScope() keymap.Scope { return "" }
func (b *screen) Type(tea.KeyMsg) tea.Cmd   { return nil }
func (b *screen) Actions() []shell.Action   { return b.actions }

func (b *screen) Badge() string {
	if b.shell.Session.Inbox == nil || b.shell.Session.Inbox.Unread == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d)", b.shell.Session.Inbox.Unread)
}

func (b *screen) Load() tea.Cmd {
	view := b.shell.Session.View
	return b.shell.Load("messages", func(ctx context.Context) tea.Msg {
		box, err := view.Messages(ctx, shownMessages)
		return messagesReadMsg{box, err}
	})
}

func (b *screen) Update(fact tea.Msg) tea.Cmd {
	cmd := b.learn(fact)
	return tea.Batch(cmd, b.attempts.Update(fact), b.follow())
}

func (b *screen) learn(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case messagesReadMsg:
		b.err = fact.err
		if fact.err != nil {
			b.shell.FailRead("The messages could not be read", fact.err)
			return nil
		}
		b.shell.Session.Inbox = &fact.box
		b.narrow()
		b.tellTried()
		return b.attempts.Reread()
	case shell.GoToMsg:
		b.front = fact.Screen == keymap.Messages
	}
	return b.done(fact)
}

// follow reads the attempts of the message under the cursor, while it is seen.
func (b *screen) follow() tea.Cmd {
	m, ok := b.current()
	if !ok || !b.front || b.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return b.attempts.Follow("", nil)
	}
	view := b.shell.Session.View
	return b.attempts.Follow(m.ID, func(ctx context.Context) ([]backend.Attempt, error) { return view.MessageAttempts(ctx, m.ID) })
}

// narrow shows what is in the state that is looked for and stays on the same
// message, since new ones arrive above it.
func (b *screen) narrow() {
	at, ok := b.current()
	b.shown = nil
	for _, m := range b.shell.Session.Inbox.Messages {
		if b.state == "" || m.State == b.state {
			b.shown = append(b.shown, m)
		}
	}
	find := func(id string) int {
		return slices.IndexFunc(b.shown, func(m backend.Message) bool { return m.ID == id })
	}
	if i := find(b.wanted); i >= 0 {
		b.list.At, b.wanted = i, ""
	} else if i := find(at.ID); ok && b.list.At > 0 && i >= 0 {
		b.list.At = i
	}
	b.list.Fit(len(b.shown), b.list.H)
	for id := range b.chosen {
		if find(id) < 0 {
			delete(b.chosen, id)
		}
	}
}

func (b *screen) showState(state backend.MessageState) {
	b.state = state
	if b.shell.Session.Inbox != nil {
		b.narrow()
	}
}

func (b *screen) current() (backend.Message, bool) {
	if b.list.At >= len(b.shown) {
		return backend.Message{}, false
	}
	return b.shown[b.list.At], true
}

// back closes layer by layer: selection, then the state that is looked for.
func (b *screen) back() {
	if len(b.chosen) > 0 {
		clear(b.chosen)
		return
	}
	b.showState("")
}

func (b *screen) choose(id string) {
	if b.chosen[id] {
		delete(b.chosen, id)
	} else {
		b.chosen[id] = true
	}
}

func (b *screen) chooseAll() {
	if len(b.chosen) == len(b.shown) {
		clear(b.chosen)
		return
	}
	for _, m := range b.shown {
		b.chosen[m.ID] = true
	}
}

func (b *screen) Status() (left, right string) {
	if n := len(b.shown); n > 0 {
		total := n
		if b.state == "" {
			total = max(n, b.shell.Session.Inbox.Total)
		}
		right = fmt.Sprintf("%d/%d", b.list.At+1, total)
	}
	if b.state != "" && b.shell.Room == shell.Compact { // there is no border to say it
		right = stateName(b.state) + " " + right
	}
	switch n := len(b.chosen); {
	case n > 0:
		return fmt.Sprintf("%d chosen", n), right
	case b.state != "":
		return fmt.Sprintf("only %s %s %s shows all", stateName(b.state), b.shell.Look.Dot, b.shell.Keys.Key(keymap.ClearStates)), right
	case b.shell.Session.Local && b.allHeld():
		return "These messages never left this machine", right
	}
	return "", right
}

// allHeld reports whether everything that was read went no further than an inbox.
func (b *screen) allHeld() bool {
	return len(b.shown) > 0 && !slices.ContainsFunc(b.shown, func(m backend.Message) bool { return m.State != backend.StateHeld })
}

// stateWord is a state as people say it.
func stateName(s backend.MessageState) string {
	if s == backend.StateQueued {
		return "waiting"
	}
	return string(s)
}

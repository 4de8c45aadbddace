// Package channels is the screen of the channels on which a customer is reached.
//
// It has a table with a row for each channel, the detail of the channel under the
// cursor, and all that can be done to one channel or to several. In reading order:
//
//   - channels.go: the screen, what it reads, and the messages it handles
//   - rows.go, sort.go: which channels are shown and in which order, which are chosen, and the cursor
//   - actions.go: what can be done, and when
//   - forms.go, label.go, cancelvalue.go, delete.go, switch.go, tests.go, testall.go, newsecret.go,
//     signingsecret.go, typefilter.go, infertype.go: one thing to do each: why it cannot be done now, its question or
//     form, its request, and what the result changes on the screen
//   - view.go, table.go, columns.go, remarks.go, detail.go, facts.go, deliveries.go, strip.go,
//     status.go, testallview.go: what is drawn
//   - cells.go, names.go: a channel in a few cells, and in a sentence
package channels

import (
	"context"
	"fmt"
	"strconv"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// screen is the Channels screen. All channels are in the session of the shell; here
// is which of them are shown, and how.
type screen struct {
	shell       *shell.Shell
	filter      backend.ChannelFilter // by type
	passing     []backend.Channel     // the channels that pass the filter
	shown       []backend.Channel     // those of passing that match the text to find
	err         error                 // of the last reading
	list        shell.List            // the cursor in shown
	wanted      int                   // the priority that the cursor goes to once it is read; 0 for none
	chosen      map[int]bool          // by priority
	find        shell.Find            // the text to find
	columns     shell.Table[backend.Channel]
	drawn       layout          // of the table, as it was drawn last
	isDetail    bool            // the detail is open as a page of its own
	page        scroll          // of that page
	isFront     bool            // no other screen is in front of this one
	inSight     bool            // it is in front, or beside the one that is
	attempts    *shell.Attempts // of the channels
	strips      strips          // for which all attempts are known
	ordering    *ordering       // an order that is not saved yet; nil for none
	batch       testBatch       // the tests that were started together
	listActions []shell.Action
	findActions []shell.Action // while the text to find is typed
}

// result is a message of this package: something that was started on the screen has
// ended. Its type and what it changes stand in the file that started it.
type result interface {
	applyTo(s *screen) tea.Cmd
}

// New returns the screen for the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	s := &screen{shell: sh, chosen: map[int]bool{}, find: shell.NewFind(), attempts: shell.NewAttempts(sh, "attempts of a channel")}
	s.columns = s.newTable()
	s.listActions, s.findActions = s.newListActions(), s.find.Actions(s.narrow)
	return s
}

func (s *screen) Init() tea.Cmd       { return s.Load() }
func (s *screen) Title() string       { return "Channels" }
func (s *screen) Scope() keymap.Scope { return keymap.Channels }

func (s *screen) TypingScope() keymap.Scope { return s.find.Scope() }

// Badge counts the channels that fail.
func (s *screen) Badge() []shell.Part {
	if n := shell.CountFailing(s.shell.Session.Channels); n > 0 {
		return []shell.Part{{Style: s.shell.Look.Err, Text: fmt.Sprintf("%s%d", s.shell.Look.No, n)}}
	}
	return nil
}

func (s *screen) Actions() []shell.Action {
	if s.find.IsTyped {
		return s.findActions
	}
	return s.listActions
}

// readingChannels names the request that reads the channels.
const readingChannels = "channels"

// Load reads all channels, and with the backend's own filter those that pass it.
func (s *screen) Load() tea.Cmd {
	view, filter := s.shell.Session.View, s.filter
	return s.shell.Load(readingChannels, func(ctx context.Context) tea.Msg {
		all, err := view.Channels(ctx, backend.ChannelFilter{})
		passing := all
		if err == nil && (filter.Include != nil || filter.Exclude != nil) {
			passing, err = view.Channels(ctx, filter)
		}
		return shell.ChannelsReadMsg{All: all, Passing: passing, Err: err}
	})
}

// Update handles a message, and then reads the attempts of the channel under the cursor.
func (s *screen) Update(msg tea.Msg) tea.Cmd {
	cmd := s.handle(msg)
	return tea.Batch(cmd, s.attempts.Update(msg), s.followCursor())
}

func (s *screen) handle(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case shell.ChannelsReadMsg:
		return s.channelsRead(msg)
	case shell.GoToMsg:
		s.isFront = msg.Screen == keymap.Channels
		s.inSight = s.isFront || msg.Beside == keymap.Channels
		s.find.IsTyped = s.find.IsTyped && s.isFront
		if priority, err := strconv.Atoi(msg.Row); err == nil && s.isFront {
			return s.show(priority)
		}
	case shell.GivenUpMsg:
		s.batch, s.ordering = testBatch{}, nil
		return s.shell.Reload()
	case result:
		return msg.applyTo(s)
	}
	return nil
}

func (s *screen) channelsRead(msg shell.ChannelsReadMsg) tea.Cmd {
	s.err = msg.Err
	if msg.Err != nil {
		s.shell.FailRead("The channels could not be read", msg.Err)
		return nil
	}
	if s.ordering != nil { // the order on the screen is newer
		return nil
	}
	s.unchooseReplaced(msg.All)
	s.shell.Session.Channels, s.passing = msg.All, msg.Passing
	s.narrow()
	return s.attempts.Reread()
}

// Type takes a key of the text to find.
func (s *screen) Type(msg tea.KeyMsg) tea.Cmd {
	s.find.Type(msg)
	s.narrow()
	return nil
}

// isRead reports whether the channels have been read at least once.
func (s *screen) isRead() bool { return s.shell.Session.Channels != nil }

// isUnreadable reports whether there is nothing to show but an error.
func (s *screen) isUnreadable() bool { return !s.isRead() && s.err != nil }

// hasNone reports whether the customer has no channel.
func (s *screen) hasNone() bool { return s.isRead() && len(s.shell.Session.Channels) == 0 }

// channelLimit is how many channels the plan allows; false where that is not known.
func channelLimit(profile *backend.Profile) (backend.Limit, bool) {
	if profile != nil {
		for _, l := range profile.Limits {
			if l.Key == backend.LimitChannels {
				return l, true
			}
		}
	}
	return backend.Limit{}, false
}

// followCursor reads the attempts of the channels whose strips are in sight; in a compact
// window, of the one whose detail is.
func (s *screen) followCursor() tea.Cmd {
	sh := s.shell
	ch, ok := s.current()
	if s.ordering != nil { // the numbers on the screen are not those of the backend yet
		return nil
	}
	if !ok || !s.inSight || sh.Session.Lacks(backend.FeatureDeliveries) != "" {
		return s.attempts.Follow("", nil)
	}
	if sh.Room >= shell.Normal {
		return tea.Batch(s.attempts.Follow("", nil), s.readStrips())
	}
	if !s.isDetail {
		return s.attempts.Follow("", nil)
	}
	return s.attempts.Follow(attemptsKey(ch), s.readAttempts(ch))
}

// readStrips reads the attempts of which nothing is known yet. It looks only where something
// has changed: it is asked after every message.
func (s *screen) readStrips() tea.Cmd {
	now := strips{inbox: s.shell.Session.Inbox, n: len(s.shown)}
	if now.n > 0 {
		now.first, now.shown = &s.shell.Session.Channels[0], &s.shown[0]
	}
	if s.strips == now || !s.attempts.CanReadAll() {
		return nil
	}
	cmd, isComplete := s.attempts.ReadAll(s.attemptRows())
	if isComplete {
		s.strips = now
	}
	return cmd
}

// strips tells one reading of channels and messages, and one list of shown channels, from
// others.
type strips struct {
	first, shown *backend.Channel
	inbox        *backend.MessageList
	n            int
}

// attemptRows are the channels that are shown, with the version of what is known of their
// messages.
func (s *screen) attemptRows() []shell.AttemptRow {
	rows := make([]shell.AttemptRow, len(s.shown))
	for i, ch := range s.shown {
		rows[i] = shell.AttemptRow{Row: attemptsKey(ch), Version: s.attemptsVersion(ch), Read: s.readAttempts(ch)}
	}
	return rows
}

// attemptsVersion is another one after each attempt that the session knows of.
func (s *screen) attemptsVersion(ch backend.Channel) string {
	known := []any{ch.InForce(), ch.Proof.AcceptedAt.UnixMilli()}
	if ch.Failure != nil {
		known = append(known, ch.Failure.At.UnixMilli())
	}
	if ch.LastTest != nil {
		known = append(known, ch.LastTest.At.UnixMilli())
	}
	if inbox := s.shell.Session.Inbox; inbox != nil {
		for _, m := range inbox.Messages {
			if m.State != backend.StateSent && m.State != backend.StateHeld && m.Type == ch.Type && m.To == ch.InForce() {
				known = append(known, m.ID, m.Attempts)
			}
		}
	}
	return fmt.Sprintln(known...)
}

func (s *screen) readAttempts(ch backend.Channel) func(context.Context) ([]backend.Attempt, error) {
	view, p := s.shell.Session.View, ch.Priority
	return func(ctx context.Context) ([]backend.Attempt, error) {
		return view.ChannelAttempts(ctx, p, shownAttempts)
	}
}

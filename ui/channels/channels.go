package channels

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// channels is the screen of how a customer is reached: a table, the detail of
// one, and everything that can be done to one or several of them. The table
// is drawn in channeltable.go, the detail in channeldetail.go; what can be done
// now, and why something cannot, is in channelkeys.go.
type screen struct {
	shell    *shell.Shell
	passing  []backend.Channel // that pass the type filter
	shown    []backend.Channel // of those, the ones that match the find text
	read     bool
	err      error
	list     shell.List
	wanted   int          // the priority that gets the cursor once it is read
	detail   bool         // the detail is a page of its own
	top      int          // the first line of that page in sight
	beyond   int          // how many of its lines do not fit
	room     int          // how many do
	chosen   map[int]bool // by priority
	round    round
	filter   backend.ChannelFilter
	find     *form.Input
	finding  bool
	attempts *shell.Attempts
	front    bool           // no other screen is in front of it
	looking  []shell.Action // while the list is looked at
	typing   []shell.Action // while a text to find is typed
}

// New returns the screen on the account that the shell has open.
func New(sh *shell.Shell) shell.Screen {
	c := &screen{shell: sh, chosen: map[int]bool{}, find: form.NewInput("", ""), attempts: shell.NewAttempts(sh, "attempts of a channel")}
	c.looking, c.typing = c.listActions(), c.findActions()
	return c
}

func (c *screen) Init() tea.Cmd       { return c.Load() }
func (c *screen) Title() string       { return "Channels" }
func (c *screen) Badge() string       { return "" }
func (c *screen) Scope() keymap.Scope { return keymap.Channels }

func (c *screen) TypingScope() keymap.Scope {
	if c.finding {
		return keymap.Find
	}
	return ""
}

func (c *screen) Actions() []shell.Action {
	if c.finding {
		return c.typing
	}
	return c.looking
}

// Load reads all channels, and through the backend's own filter those that pass it.
func (c *screen) Load() tea.Cmd {
	view, filter := c.shell.Session.View, c.filter
	return c.shell.Load("channels", func(ctx context.Context) tea.Msg {
		all, err := view.Channels(ctx, backend.ChannelFilter{})
		passing := all
		if err == nil && (filter.Include != nil || filter.Exclude != nil) {
			passing, err = view.Channels(ctx, filter)
		}
		return shell.ChannelsReadMsg{All: all, Passing: passing, Err: err}
	})
}

func (c *screen) Update(fact tea.Msg) tea.Cmd {
	cmd := c.take(fact)
	return tea.Batch(cmd, c.attempts.Update(fact), c.follow())
}

func (c *screen) take(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case shell.ChannelsReadMsg:
		c.err = fact.Err
		if fact.Err != nil {
			c.shell.FailRead("The channels could not be read", fact.Err)
			return nil
		}
		c.forget(fact.All)
		c.shell.Session.Channels, c.passing, c.read = fact.All, fact.Passing, true
		c.narrow()
		return c.attempts.Reread()
	case shell.GoToMsg:
		c.front = fact.Screen == keymap.Channels
		if !c.front {
			c.finding = false
		}
	case typesChosenMsg:
		c.filter = fact.filter
		return c.Load()
	case channelAddedMsg:
		c.added(fact.channel)
	case channelEditedMsg:
		return c.edited(fact.update)
	default:
		return c.learn(fact)
	}
	return nil
}

// back closes layer by layer: detail, selection, find text, type filter.
func (c *screen) back() tea.Cmd {
	switch {
	case c.detail:
		c.detail = false
	case len(c.chosen) > 0:
		clear(c.chosen)
	case c.find.Value() != "":
		c.find.SetValue("")
		c.narrow()
	case c.filter.Include != nil || c.filter.Exclude != nil:
		c.filter = backend.ChannelFilter{}
		return c.Load()
	}
	return nil
}

// Type takes a key of the text to find.
func (c *screen) Type(msg tea.KeyMsg) tea.Cmd {
	c.find.Update(msg)
	c.narrow()
	return nil
}

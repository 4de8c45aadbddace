package ui

import (
	"context"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
)

// channels is the screen of how a customer is reached: a table, the detail of
// one, and everything that can be done to one or several of them. The table
// is drawn in channeltable.go, the detail in channeldetail.go; what can be done
// now, and why something cannot, is in channelkeys.go.
type channels struct {
	shell    *Shell
	passing  []backend.Channel // that pass the type filter
	shown    []backend.Channel // of those, the ones that match the find text
	read     bool
	err      error
	list     list
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
	attempts *attempts
	front    bool     // no other screen is in front of it
	looking  []action // while the list is looked at
	typing   []action // while a text to find is typed
}

func newChannels(sh *Shell) *channels {
	c := &channels{shell: sh, chosen: map[int]bool{}, find: form.NewInput("", ""), attempts: newAttempts(sh, "attempts of a channel")}
	c.looking, c.typing = c.listActions(), c.findActions()
	return c
}

func (c *channels) Init() tea.Cmd       { return c.Load() }
func (c *channels) Title() string       { return "Channels" }
func (c *channels) Badge() string       { return "" }
func (c *channels) Scope() keymap.Scope { return keymap.Channels }

func (c *channels) TypingScope() keymap.Scope {
	if c.finding {
		return keymap.Find
	}
	return ""
}

func (c *channels) Actions() []action {
	if c.finding {
		return c.typing
	}
	return c.looking
}

// Load reads all channels, and through the backend's own filter those that pass it.
func (c *channels) Load() tea.Cmd {
	view, filter := c.shell.Session.View, c.filter
	return c.shell.load("channels", func(ctx context.Context) tea.Msg {
		all, err := view.Channels(ctx, backend.ChannelFilter{})
		passing := all
		if err == nil && (filter.Include != nil || filter.Exclude != nil) {
			passing, err = view.Channels(ctx, filter)
		}
		return channelsReadMsg{all, passing, err}
	})
}

func (c *channels) Update(fact tea.Msg) tea.Cmd {
	cmd := c.take(fact)
	return tea.Batch(cmd, c.attempts.update(fact), c.follow())
}

func (c *channels) take(fact tea.Msg) tea.Cmd {
	switch fact := fact.(type) {
	case channelsReadMsg:
		c.err = fact.err
		if fact.err != nil {
			c.shell.failRead("The channels could not be read", fact.err)
			return nil
		}
		c.forget(fact.all)
		c.shell.Session.Channels, c.passing, c.read = fact.all, fact.passing, true
		c.narrow()
		return c.attempts.reread()
	case goToMsg:
		c.front = fact.screen == keymap.Channels
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
func (c *channels) back() tea.Cmd {
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
func (c *channels) Type(msg tea.KeyMsg) tea.Cmd {
	c.find.Update(msg)
	c.narrow()
	return nil
}

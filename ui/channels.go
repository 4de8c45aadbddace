package ui

import (
	"context"
	"fmt"

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
	d        *desk
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
	front    bool // no other screen is in front of it
}

type channelsReadMsg struct {
	all, passing []backend.Channel
	err          error
}

func newChannels(d *desk) *channels {
	return &channels{d: d, chosen: map[int]bool{}, find: form.NewInput("", ""), attempts: newAttempts(d, "attempts of a channel")}
}

func (c *channels) Init() tea.Cmd       { return c.Load() }
func (c *channels) Title() string       { return "Channels" }
func (c *channels) Badge() string       { return "" }
func (c *channels) Scope() keymap.Scope { return keymap.Channels }
func (c *channels) Capturing() bool     { return c.finding }

// Load reads all channels, and through the backend's own filter those that pass it.
func (c *channels) Load() tea.Cmd {
	view, filter := c.d.view(), c.filter
	return c.d.load("channels", func(ctx context.Context) tea.Msg {
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
			c.d.failRead("The channels could not be read", fact.err)
			return nil
		}
		c.forget(fact.all)
		c.d.channels, c.passing, c.read = fact.all, fact.passing, true
		c.narrow()
		return c.attempts.again()
	case goToMsg:
		c.front = fact.screen == atChannels
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

func (c *channels) Do(id keymap.ID) tea.Cmd {
	cmd := c.do(id)
	return tea.Batch(cmd, c.follow())
}

func (c *channels) do(id keymap.ID) tea.Cmd {
	if c.detail && c.scroll(id) {
		return nil
	}
	if id == keymap.ExtendDown || id == keymap.ExtendUp {
		c.choose(true)
	}
	if c.list.move(id) {
		c.top = 0
		if id == keymap.ExtendDown || id == keymap.ExtendUp {
			c.choose(true)
		}
		return nil
	}
	if do, ok := channelActions[id]; ok {
		return do(c)
	}
	return nil
}

// channelActions is what each action does; where there is something to act
// on, Off has looked before.
var channelActions = map[keymap.ID]func(*channels) tea.Cmd{
	keymap.AddChannel:  func(c *channels) tea.Cmd { return c.d.openForm(addForm(c.d)) },
	keymap.EditChannel: func(c *channels) tea.Cmd { ch, _ := c.current(); return c.d.openForm(editForm(c.d, ch)) },
	keymap.VerifyChannel: func(c *channels) tea.Cmd {
		ch, _ := c.current()
		c.d.openCode(channelProof(c.d, ch), "")
		return nil
	},
	keymap.NewCode: func(c *channels) tea.Cmd {
		ch, _ := c.current()
		c.d.openCode(channelProof(c.d, ch), "")
		return c.d.top().(*codeDialog).resendCmd()
	},
	keymap.TestChannel:   (*channels).testCmd,
	keymap.TestAll:       (*channels).askTestAll,
	keymap.GiveWord:      func(c *channels) tea.Cmd { ch, _ := c.current(); c.d.openReceipt(ch, ""); return nil },
	keymap.NewSecret:     func(c *channels) tea.Cmd { ch, _ := c.current(); c.d.askSecret(ch); return nil },
	keymap.SwitchChannel: (*channels).switchCmd,
	keymap.DeleteChannel: (*channels).askDelete,
	keymap.Choose: func(c *channels) tea.Cmd {
		ch, _ := c.current()
		c.choose(!c.chosen[ch.Priority])
		c.list.move(keymap.Down)
		return nil
	},
	keymap.ChooseAll: func(c *channels) tea.Cmd { c.chooseAll(); return nil },
	keymap.FilterTypes: func(c *channels) tea.Cmd {
		c.d.open(newTypeFilter(c.d, c.filter))
		return nil
	},
	keymap.ClearTypes: func(c *channels) tea.Cmd {
		c.filter = backend.ChannelFilter{}
		return c.Load()
	},
	keymap.FindText: func(c *channels) tea.Cmd { c.finding = true; return nil },
	keymap.Open:     func(c *channels) tea.Cmd { c.detail, c.top = true, 0; return nil },
	keymap.Back:     (*channels).back,
	keymap.Copy: func(c *channels) tea.Cmd {
		ch, _ := c.current()
		return c.d.copyCmd(fmt.Sprintf("the value of channel %d", ch.Priority), ch.Value)
	},
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

// Key takes what is typed while finding.
func (c *channels) Key(msg tea.KeyMsg) tea.Cmd {
	switch id := c.d.keys.Find(msg.String(), keymap.Find); {
	case id == keymap.FindKeep && !msg.Paste:
		c.finding = false
	case id == keymap.FindClear:
		c.finding = false
		c.find.SetValue("")
	default:
		c.find.Update(msg)
	}
	c.narrow()
	return nil
}

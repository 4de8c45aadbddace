package ui

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
)

// channels is the screen of how a customer is reached: a table, the detail of
// one, and everything that can be done to one or several of them. The table
// is drawn in channeltable.go, the detail in channeldetail.go.
type channels struct {
	d       *desk
	passing []backend.Channel // that pass the type filter
	shown   []backend.Channel // of those, the ones that match the find text
	read    bool
	err     error
	list    list
	wanted  int          // the priority that gets the cursor once it is read
	detail  bool         // the detail is a page of its own
	chosen  map[int]bool // by priority
	round   round
	filter  backend.ChannelFilter
	find    *form.Input
	finding bool
}

type channelsReadMsg struct {
	all, passing []backend.Channel
	err          error
}

func newChannels(d *desk) *channels {
	return &channels{d: d, chosen: map[int]bool{}, find: form.NewInput("", "")}
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
	switch fact := fact.(type) {
	case channelsReadMsg:
		c.err = fact.err
		if fact.err != nil {
			c.d.failRead("The channels could not be read", fact.err)
			return nil
		}
		c.d.channels, c.passing, c.read = fact.all, fact.passing, true
		c.narrow()
	case goToMsg:
		if fact.screen != atChannels {
			c.finding = false
		}
	case typesChosenMsg:
		c.filter = fact.filter
		return c.Load()
	case channelAddedMsg:
		c.d.tell(good, "Added channel %d. A code is on its way.", fact.channel.Priority)
		c.wanted = fact.channel.Priority
		c.narrow()
		c.d.openCode(c.proof(fact.channel), "")
	case channelEditedMsg:
		return c.edited(fact.update)
	default:
		return c.learn(fact)
	}
	return nil
}

func (c *channels) Off(id keymap.ID) string {
	switch id {
	case keymap.EditChannel, keymap.VerifyChannel, keymap.NewCode, keymap.TestChannel, keymap.SwitchChannel, keymap.DeleteChannel,
		keymap.Copy, keymap.Open, keymap.Choose, keymap.ChooseAll:
		if len(c.shown) == 0 {
			return c.whyEmpty()
		}
	case keymap.AddChannel:
		if !c.read {
			return c.d.unread("The channels have")
		}
	}
	ch, _ := c.current()
	switch {
	case (id == keymap.VerifyChannel || id == keymap.NewCode) && ch.Verified:
		return fmt.Sprintf("Channel %d is verified: no code is needed.", ch.Priority)
	case id == keymap.TestChannel && len(c.chosen) == 0 && !ch.Verified:
		return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, then it can be tested.", ch.Priority, c.d.keys.Key(keymap.VerifyChannel))
	case id == keymap.SwitchChannel && len(c.chosen) == 0 && !ch.Verified && !ch.Enabled:
		return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, which also switches it on.", ch.Priority, c.d.keys.Key(keymap.VerifyChannel))
	}
	return ""
}

// whyEmpty says why no channel is shown, and which key mends it.
func (c *channels) whyEmpty() string {
	if len(c.d.channels) > 0 {
		return fmt.Sprintf("No channel is shown: %d are hidden. %s shows them again.", len(c.d.channels), c.d.keys.Key(keymap.Back))
	}
	return fmt.Sprintf("There is no channel yet. %s adds one.", c.d.keys.Key(keymap.AddChannel))
}

func (c *channels) Do(id keymap.ID) tea.Cmd {
	if id == keymap.ExtendDown || id == keymap.ExtendUp {
		c.choose(true)
	}
	if c.list.move(id) {
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
	keymap.AddChannel:    func(c *channels) tea.Cmd { return c.d.openForm(addForm(c.d)) },
	keymap.EditChannel:   func(c *channels) tea.Cmd { ch, _ := c.current(); return c.d.openForm(editForm(c.d, ch)) },
	keymap.VerifyChannel: func(c *channels) tea.Cmd { ch, _ := c.current(); c.d.openCode(c.proof(ch), ""); return nil },
	keymap.NewCode: func(c *channels) tea.Cmd {
		ch, _ := c.current()
		c.d.openCode(c.proof(ch), "")
		return c.d.top().(*codeDialog).resendCmd()
	},
	keymap.TestChannel:   (*channels).testCmd,
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
	keymap.Open:     func(c *channels) tea.Cmd { c.detail = c.d.class != wide; return nil },
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

func (c *channels) Footer() []keymap.ID {
	if c.finding {
		return []keymap.ID{keymap.FindKeep, keymap.FindClear}
	}
	if c.read && len(c.d.channels) == 0 {
		return []keymap.ID{keymap.AddChannel}
	}
	ids := []keymap.ID{keymap.AddChannel, keymap.EditChannel, keymap.VerifyChannel, keymap.TestChannel, keymap.SwitchChannel,
		keymap.DeleteChannel, keymap.FindText, keymap.FilterTypes, keymap.Choose, keymap.NewCode, keymap.Unmask}
	if c.detail {
		return append([]keymap.ID{keymap.Back}, ids[1:6]...)
	}
	return ids
}

func (c *channels) Status() (left, right string) {
	if len(c.shown) > 0 {
		right = fmt.Sprintf("%d/%d", c.list.at+1, len(c.shown))
	}
	var parts []string
	if c.finding {
		return "/" + c.find.View(c.d.Look, 40, true)[0], right
	}
	if n := len(c.chosen); n > 0 {
		parts = append(parts, fmt.Sprintf("%d chosen", n))
	}
	if words := filterWords(c.filter); words != "" {
		parts = append(parts, "types: "+words)
	}
	if text := c.find.Value(); text != "" {
		parts = append(parts, "find: "+text)
	}
	if hidden := len(c.d.channels) - len(c.shown); hidden > 0 && c.read {
		parts = append(parts, fmt.Sprintf("%d hidden", hidden))
	}
	return strings.Join(parts, " "+c.d.Dot+" "), right
}

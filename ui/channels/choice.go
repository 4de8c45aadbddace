package channels

import (
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// narrow finds what is shown among the channels that pass the filter, keeps
// the cursor on its channel and forgets what is chosen but not there.
func (c *screen) narrow() {
	at := c.wanted
	if ch, ok := c.current(); ok && at == 0 {
		at = ch.Priority
	}
	c.shown = c.passing
	if text := strings.TrimSpace(c.find.Value()); text != "" {
		c.shown = nil
		words := make([]string, len(c.passing))
		for i, ch := range c.passing {
			words[i] = fmt.Sprintf("%d %s %s", ch.Priority, shell.TypeName(ch.Type), ch.Value)
		}
		found := fuzzy.Find(text, words)
		slices.SortFunc(found, func(a, b fuzzy.Match) int { return a.Index - b.Index })
		for _, m := range found {
			c.shown = append(c.shown, c.passing[m.Index])
		}
	}
	c.point(at)
	for p := range c.chosen {
		if !slices.ContainsFunc(c.shown, func(ch backend.Channel) bool { return ch.Priority == p }) {
			delete(c.chosen, p)
		}
	}
	if len(c.shown) == 0 {
		c.detail = false
	}
}

// point puts the cursor on a channel, or where it would be.
func (c *screen) point(priority int) {
	for i, ch := range c.shown {
		if ch.Priority == c.wanted {
			c.wanted = 0
		}
		if ch.Priority >= priority {
			c.list.At = i
			break
		}
	}
	c.list.Fit(len(c.shown), c.list.H)
}

func (c *screen) current() (backend.Channel, bool) {
	if c.list.At < 0 || c.list.At >= len(c.shown) {
		return backend.Channel{}, false
	}
	return c.shown[c.list.At], true
}

// targets are the chosen channels, or the one under the cursor.
func (c *screen) targets() []backend.Channel {
	var out []backend.Channel
	for _, ch := range c.shown {
		if c.chosen[ch.Priority] {
			out = append(out, ch)
		}
	}
	if ch, ok := c.current(); ok && out == nil {
		out = append(out, ch)
	}
	return out
}

func (c *screen) choose(on bool) {
	ch, ok := c.current()
	if !ok {
		return
	}
	if on {
		c.chosen[ch.Priority] = true
	} else {
		delete(c.chosen, ch.Priority)
	}
}

// chooseNext chooses a channel, or no longer, and goes on to the next one.
func (c *screen) chooseNext(ch backend.Channel) tea.Cmd {
	c.choose(!c.chosen[ch.Priority])
	c.list.Move(keymap.Down)
	return nil
}

// extend moves the cursor and chooses where it was and where it is.
func (c *screen) extend(id keymap.ID) {
	c.choose(true)
	c.list.Move(id)
	c.top = 0
	c.choose(true)
}

func (c *screen) chooseAll() {
	if len(c.chosen) == len(c.shown) {
		clear(c.chosen)
		return
	}
	for _, ch := range c.shown {
		c.chosen[ch.Priority] = true
	}
}

// forget takes numbers out of what is chosen that other channels have now.
func (c *screen) forget(now []backend.Channel) {
	for _, was := range c.shell.Session.Channels {
		if slices.ContainsFunc(now, func(ch backend.Channel) bool { return ch.Priority == was.Priority && shell.IsAnother(was, ch) }) {
			delete(c.chosen, was.Priority)
		}
	}
}

// endFind leaves the text to find as it is.
func (c *screen) endFind() {
	c.finding = false
	c.narrow()
}

// clearTypes shows every type again.
func (c *screen) clearTypes() tea.Cmd {
	c.filter = backend.ChannelFilter{}
	return c.Load()
}

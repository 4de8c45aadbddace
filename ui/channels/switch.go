package channels

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// switchingChannels names the request that switches channels.
const switchingChannels = "switch channels"

type channelsSwitchedMsg struct {
	on       bool
	switched []backend.Channel // as they were before
	failed   []backend.Channel
	errs     []error           // why, one for each that failed
	left     []backend.Channel // not tried, because the last error is about all
}

// switchCmd turns the targets to the other side of the first one, so that
// several end up the same.
func (c *screen) switchCmd() tea.Cmd {
	targets := c.targets()
	on := !targets[0].Enabled
	var left []int
	var others []backend.Channel
	for _, ch := range targets {
		switch {
		case on && !ch.Verified:
			left = append(left, ch.Priority)
		case ch.Enabled != on:
			others = append(others, ch)
		}
	}
	c.tellLeft(left, "switched on")
	if others == nil {
		return nil
	}
	return c.turnCmd(others, on)
}

// turnCmd switches channels on or off, one after the other.
func (c *screen) turnCmd(shown []backend.Channel, on bool) tea.Cmd {
	view := c.shell.Session.View
	return c.shell.Change(switchingChannels, func(ctx context.Context) tea.Msg {
		m := channelsSwitchedMsg{on: on}
		for i, ch := range shown {
			err := shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) error {
				_, err := view.SetChannelEnabled(ctx, ch.Priority, on)
				return err
			})
			if err == nil {
				m.switched = append(m.switched, ch)
				continue
			}
			m.failed, m.errs = append(m.failed, ch), append(m.errs, err)
			if !isAboutOne(err) {
				m.left = shown[i+1:]
				break
			}
		}
		return m
	})
}

// isOfOne reports whether an error is about one channel: others are worth trying.
func isAboutOne(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeStale, backend.CodeNotFound, backend.CodeNotVerified:
		return true
	}
	return false
}

// switched tells what is on or off now, and what an undo would do.
func (c *screen) switched(m channelsSwitchedMsg) {
	sh := c.shell
	if len(m.switched) > 0 {
		sh.Undo = nil // what it would take back is older
	}
	if m.errs != nil {
		c.notSwitched(m)
	}
	if len(m.switched) == 0 {
		return
	}
	back := slices.DeleteFunc(slices.Clone(m.switched), func(ch backend.Channel) bool { return !m.on && !ch.Verified })
	if len(back) == len(m.switched) {
		sh.Undo = func() tea.Cmd { return c.turnCmd(back, !m.on) }
	}
	text := shell.Capitalized(channelList(priorities(m.switched))) + " is " + onOff(m.on)
	if len(m.switched) > 1 {
		text = shell.Capitalized(channelList(priorities(m.switched))) + " are " + onOff(m.on)
	}
	switch {
	case m.errs != nil: // told with what failed
	case sh.Undo == nil:
		sh.Tell(shell.Warning, "%s. One that is not verified goes on again with its code.", text)
	default:
		sh.Tell(shell.Good, "%s %s %s undo", text, sh.Look.Dot, sh.Keys.Key(keymap.Undo))
	}
}

// notSwitched tells which channels were not switched and why, beside those
// that were.
func (c *screen) notSwitched(m channelsSwitchedMsg) {
	sh, what := c.shell, "Not switched "+onOff(m.on)
	last := m.errs[len(m.errs)-1]
	if len(m.switched)+len(m.failed)+len(m.left) == 1 || backend.ErrorCode(last) == backend.CodeUnauthorized {
		sh.Fail(what, last)
		return
	}
	var words []string
	told := shell.Failure
	if shell.IsUnknown(last) { // what to do about it comes first
		told = shell.Unknown
		words = append(words, fmt.Sprintf("%s: %s %s reads again.", shell.Capitalized(channelList(priorities(m.failed[len(m.failed)-1:]))), shell.Sentence(last), sh.Keys.Key(keymap.Refresh)))
	}
	if len(m.switched) > 0 {
		words = append(words, fmt.Sprintf("Switched %s: %s.", onOff(m.on), channelList(priorities(m.switched))))
	}
	for i, ch := range m.failed {
		sh.LogError(what, m.errs[i])
		if shell.IsUnknown(m.errs[i]) {
			continue
		}
		why := shell.Refusal(m.errs[i])
		if name := channelList([]int{ch.Priority}); !strings.HasPrefix(why, shell.Capitalized(name)) {
			why = name + ": " + why
		}
		words = append(words, what+": "+why)
	}
	if len(m.left) > 0 {
		words = append(words, fmt.Sprintf("Not tried: %s.", channelList(priorities(m.left))))
	}
	if shell.IsOffline(last) {
		sh.Disconnected()
	}
	sh.Tell(told, "%s", strings.Join(words, " "))
}

func priorities(list []backend.Channel) []int {
	out := make([]int, len(list))
	for i, ch := range list {
		out[i] = ch.Priority
	}
	return out
}

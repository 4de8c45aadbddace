package ui

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
)

// switchingChannels names the request that switches channels.
const switchingChannels = "switch channels"

func testName(priority int) string { return fmt.Sprintf("test %d", priority) }

// testCmd sends a test message to every target that can have one.
func (c *channels) testCmd() tea.Cmd {
	var cmds []tea.Cmd
	var left []int
	view := c.d.view()
	for _, ch := range c.targets() {
		p := ch.Priority
		if !ch.Verified {
			left = append(left, p)
			continue
		}
		cmd := c.d.change(testName(p), func(ctx context.Context) tea.Msg {
			test, err := view.TestChannel(ctx, p)
			return channelTestedMsg{p, test, err}
		})
		if cmd != nil { // else its test still runs
			cmds = append(cmds, cmd)
		}
	}
	c.round.left += len(cmds)
	c.tellLeft(left, "tested")
	return tea.Batch(cmds...)
}

// switchCmd turns the targets to the other side of the first one, so that
// several end up the same.
func (c *channels) switchCmd() tea.Cmd {
	targets := c.targets()
	on := !targets[0].Enabled
	var left []int
	var switched []int
	for _, ch := range targets {
		p := ch.Priority
		if on && !ch.Verified {
			left = append(left, p)
			continue
		}
		if ch.Enabled != on {
			switched = append(switched, p)
		}
	}
	c.tellLeft(left, "switched on")
	if switched == nil {
		return nil
	}
	return c.turnCmd(switched, on)
}

// turnCmd switches channels on or off, one after the other.
func (c *channels) turnCmd(priorities []int, on bool) tea.Cmd {
	view := c.d.view()
	return c.d.change(switchingChannels, func(ctx context.Context) tea.Msg {
		for i, p := range priorities {
			if _, err := view.SetChannelEnabled(ctx, p, on); err != nil {
				return channelsSwitchedMsg{priorities[:i], on, err}
			}
		}
		return channelsSwitchedMsg{priorities, on, nil}
	})
}

// round is the tests that were started together, so that one sentence can
// tell what became of all of them.
type round struct {
	left   int
	passed []int
	failed []int
}

func (c *channels) tested(m channelTestedMsg) {
	d, r := c.d, &c.round
	r.left--
	if m.err != nil {
		r.failed = append(r.failed, m.priority)
	} else {
		r.passed = append(r.passed, m.priority)
	}
	switch alone := len(r.passed)+len(r.failed) == 1 && r.left <= 0; {
	case r.left > 0:
		return
	case alone && backend.ErrorCode(m.err) == backend.CodeDelivery:
		d.log("A test", m.err)
		d.tell(failure, "Channel %d: %s", m.priority, refusalWords(m.err))
	case alone && m.err != nil:
		d.fail(fmt.Sprintf("Channel %d", m.priority), m.err)
	case alone:
		d.tell(good, "%s", c.testedWords(m))
	case len(r.failed) > 0:
		d.tell(failure, "%d of %d tests failed: %s. The rows say why.", len(r.failed), len(r.failed)+len(r.passed), channelList(r.failed))
	default:
		d.tell(good, "All %d test messages were taken.%s", len(r.passed), c.wordHint(" %s takes the word that one says."))
	}
	c.round = round{}
}

// testedWords say what became of a single test, and offer what comes next: to
// say that it arrived.
func (c *channels) testedWords(m channelTestedMsg) string {
	off := ""
	if m.test.WhileDisabled {
		off = " (off)"
	}
	if m.test.Provider == inboxProvider {
		return fmt.Sprintf("Channel %d%s: test message %s.", m.priority, off, c.d.heldWords()) + c.wordHint(" Type %s when it arrived.")
	}
	return fmt.Sprintf("Channel %d%s: test message taken in %s", m.priority, off, took(m.test.Duration)) + c.wordHint(". Type %s when it arrived") +
		" " + c.d.Dot + " " + m.test.Provider
}

// wordHint is a hint at the key for the word of a test, where there are words.
func (c *channels) wordHint(hint string) string {
	if c.d.lacks(backend.FeatureDeliveries) != "" {
		return ""
	}
	return fmt.Sprintf(hint, c.d.keys.Key(keymap.GiveWord))
}

// switched tells what is on or off now, and what an undo would do.
func (c *channels) switched(m channelsSwitchedMsg) {
	d := c.d
	if m.err != nil {
		d.fail("Not all were switched", m.err)
		return
	}
	var back []int // what can be switched the other way again
	for _, ch := range d.channels {
		if slices.Contains(m.switched, ch.Priority) && (m.on || ch.Verified) {
			back = append(back, ch.Priority)
		}
	}
	text := fmt.Sprintf("%s is %s", upper(channelList(m.switched)), onOff(m.on))
	if len(m.switched) > 1 {
		text = fmt.Sprintf("%s are %s", upper(channelList(m.switched)), onOff(m.on))
	}
	if len(back) < len(m.switched) {
		d.undo = nil
		d.tell(warning, "%s. One that is not verified goes on again with its code.", text)
		return
	}
	d.undo = func() tea.Cmd { return c.turnCmd(back, !m.on) }
	d.tell(good, "%s %s %s undo", text, d.Dot, d.keys.Key(keymap.Undo))
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

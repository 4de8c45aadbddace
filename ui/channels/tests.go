package channels

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

func testName(priority int) string { return fmt.Sprintf("test %d", priority) }

// testCmd sends a test message to every target that can have one.
func (c *screen) testCmd() tea.Cmd {
	var cmds []tea.Cmd
	var left []int
	view := c.shell.Session.View
	for _, ch := range c.targets() {
		p := ch.Priority
		if !ch.Verified {
			left = append(left, p)
			continue
		}
		cmd := c.shell.Change(testName(p), func(ctx context.Context) tea.Msg {
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

// round is the tests that were started together, so that one sentence can
// tell what became of all of them.
type round struct {
	left   int
	passed []int
	failed []int
	held   []int // of those that passed: no further than an inbox
	lost   []int // nobody knows whether they were sent
}

func (c *screen) tested(m channelTestedMsg) {
	sh, r := c.shell, &c.round
	r.left--
	if shell.IsUnknown(m.err) {
		r.lost = append(r.lost, m.priority)
	} else if m.err != nil {
		r.failed = append(r.failed, m.priority)
	} else {
		r.passed = append(r.passed, m.priority)
		if m.test.Held {
			r.held = append(r.held, m.priority)
		}
	}
	switch alone := len(r.passed)+len(r.failed)+len(r.lost) == 1 && r.left <= 0; {
	case r.left > 0:
		return
	case alone && backend.ErrorCode(m.err) == backend.CodeDelivery:
		sh.LogError("A test", m.err)
		sh.Tell(shell.Failure, "Channel %d: %s", m.priority, refusalText(m.err))
	case alone && m.err != nil:
		sh.Fail(fmt.Sprintf("Channel %d", m.priority), m.err)
	case alone && len(r.held) > 0:
		sh.Tell(shell.Held, "%s", c.testedText(m))
	case alone:
		sh.Tell(shell.Good, "%s", c.testedText(m))
	case len(r.lost) > 0:
		words := fmt.Sprintf("It is not known whether the tests of these were sent: %s. %s reads again.", channelList(r.lost), sh.Keys.Key(keymap.Refresh))
		if len(r.failed) > 0 {
			words += fmt.Sprintf(" Failed: %s.", channelList(r.failed))
		}
		sh.Tell(shell.Unknown, "%s", words)
	case len(r.failed) > 0:
		sh.Tell(shell.Failure, "%d of %d tests failed: %s. The rows say why.", len(r.failed), len(r.failed)+len(r.passed), channelList(r.failed))
	case len(r.held) == len(r.passed):
		sh.Tell(shell.Held, "All %d test messages are %s.%s", len(r.passed), sh.Session.HeldText(), c.wordHint(" %s takes the word that one says."))
	default:
		sh.Tell(shell.Good, "All %d test messages were taken.%s", len(r.passed), c.wordHint(" %s takes the word that one says."))
	}
	c.round = round{}
}

// testedWords say what became of a single test, and offer what comes next: to
// say that it arrived.
func (c *screen) testedText(m channelTestedMsg) string {
	off := ""
	if m.test.WhileDisabled {
		off = " (off)"
	}
	if m.test.Held {
		return fmt.Sprintf("Channel %d%s: test message %s.", m.priority, off, c.shell.Session.HeldText()) + c.wordHint(" Type %s when it arrived.")
	}
	return fmt.Sprintf("Channel %d%s: test message taken in %s", m.priority, off, shell.Took(m.test.Duration)) + c.wordHint(". Type %s when it arrived") +
		" " + c.shell.Look.Dot + " " + m.test.Provider
}

// wordHint is a hint at the key for the word of a test, where there are words.
func (c *screen) wordHint(hint string) string {
	if c.shell.Session.Lacks(backend.FeatureDeliveries) != "" {
		return ""
	}
	return fmt.Sprintf(hint, c.shell.Keys.Key(keymap.EnterWord))
}

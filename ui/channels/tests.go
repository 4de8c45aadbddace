package channels

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// testedMsg: a test message was sent to a channel, or err says why not.
type testedMsg struct {
	priority int
	test     backend.Test
	err      error
	sent     func() // of shell.Sending
}

// testBatch is the tests that were started together. One notice tells the results of
// all of them.
type testBatch struct {
	running int
	passed  []int // the provider took the message
	held    []int // of those that passed: the message is held in the inbox
	failed  []int
	unknown []int // the answer was lost, or has not come yet: the message may have been sent

	notVerified []int // chosen, too, and left out: there is nothing to test
}

// testRequest names the request that tests a channel.
func testRequest(priority int) string { return fmt.Sprintf("test %d", priority) }

// whyNoTest says why the channel under the cursor cannot be tested, "" when it can. A test
// goes to the value in force; of several chosen channels those that have one can be tested.
func (s *screen) whyNoTest(ch backend.Channel) string {
	if len(s.chosen) == 0 && ch.ActiveValue == "" {
		return fmt.Sprintf("Channel %d was %s: %s enters its code, then it can be tested.", ch.Priority, state.NeverVerified.Word(), s.shell.Keys.Key(keymap.VerifyChannel))
	}
	return ""
}

// testCmd sends a test message to every target that has a value in force.
func (s *screen) testCmd() tea.Cmd {
	var cmds []tea.Cmd
	view, sent := s.shell.Session.View, s.shell.Sending()
	for _, ch := range s.targets() {
		p := ch.Priority
		if ch.ActiveValue == "" {
			if !slices.Contains(s.batch.notVerified, p) {
				s.batch.notVerified = append(s.batch.notVerified, p)
			}
			continue
		}
		cmd := s.shell.Change(testRequest(p), func(ctx context.Context) tea.Msg {
			test, err := view.TestChannel(ctx, p)
			return testedMsg{p, test, err, sent}
		})
		if cmd != nil { // nil: a test of this channel runs already
			cmds = append(cmds, cmd)
		}
	}
	s.batch.running += len(cmds)
	if left := s.batch.leftOut(); left != "" && s.batch.running == 0 {
		s.shell.Refuse(shell.Warning, "%s", left)
		s.batch = testBatch{}
	}
	return tea.Batch(cmds...)
}

func (m testedMsg) applyTo(s *screen) tea.Cmd {
	if m.err == nil || shell.IsUnknown(m.err) {
		m.sent()
	}
	b := &s.batch
	b.add(m)
	if b.running <= 0 {
		if len(b.passed)+len(b.failed)+len(b.unknown) == 1 {
			m.tell(s.shell, b.leftOut())
		} else {
			b.tell(s.shell)
		}
		s.batch = testBatch{}
	}
	return s.shell.Reload()
}

func (b *testBatch) add(m testedMsg) {
	b.running--
	switch {
	case shell.IsUnknown(m.err) || m.test.Unknown:
		b.unknown = append(b.unknown, m.priority)
	case m.err != nil:
		b.failed = append(b.failed, m.priority)
	default:
		b.passed = append(b.passed, m.priority)
		if m.test.Held {
			b.held = append(b.held, m.priority)
		}
	}
}

// leftOut says which of the chosen channels were not tested, "" for none.
func (b *testBatch) leftOut() string { return notVerifiedText(b.notVerified, "tested") }

// tell tells the results of several tests, and what was not tested.
func (b *testBatch) tell(sh *shell.Shell) {
	switch {
	case len(b.unknown) > 0:
		text := fmt.Sprintf("It is not known whether the tests of these were sent: %s. %s reads again.", channelList(b.unknown), sh.Keys.Key(keymap.Refresh))
		if len(b.failed) > 0 {
			text += fmt.Sprintf(" Failed: %s.", channelList(b.failed))
		}
		sh.Tell(shell.Unknown, "%s", joined(text, b.leftOut()))
	case len(b.failed) > 0:
		text := fmt.Sprintf("%d of %d tests failed: %s. The reasons are in the table.", len(b.failed), len(b.failed)+len(b.passed), channelList(b.failed))
		sh.Tell(shell.Failure, "%s", joined(text, b.leftOut()))
	case len(b.held) == len(b.passed):
		b.tellPassed(sh, shell.Held, sh.Session.HeldText())
	default:
		b.tellPassed(sh, shell.Neutral, state.Sent.Word())
	}
}

func (b *testBatch) tellPassed(sh *shell.Shell, w shell.Weight, how string) {
	text := fmt.Sprintf("All %d test messages are %s.", len(b.passed), how)
	if b.leftOut() != "" {
		w, text = shell.Warning, fmt.Sprintf("%s: %d test messages %s.", shell.Capitalized(channelList(b.passed)), len(b.passed), how)
	}
	sh.Tell(w, "%s", joined(text, b.leftOut(), wordHint(sh, "%s takes the word that one says.")))
}

// joined are sentences in one text. Some may be empty.
func joined(sentences ...string) string {
	return strings.Join(slices.DeleteFunc(sentences, func(s string) bool { return s == "" }), " ")

}

// tell tells the result of a single test. leftOut says what was not tested, "" for nothing.
func (m testedMsg) tell(sh *shell.Shell, leftOut string) {
	off := ""
	if m.test.WhileDisabled {
		off = " (off)"
	}
	held, sent := shell.Held, shell.Neutral
	if leftOut != "" {
		held, sent = shell.Warning, shell.Warning
	}
	switch {
	case backend.ErrorCode(m.err) == backend.CodeDeliveryFailed:
		sh.LogError("A test", m.err)
		sh.Tell(shell.Failure, "%s", joined(fmt.Sprintf("Channel %d: %s", m.priority, refusalText(m.err)), leftOut))
	case m.err != nil:
		sh.Fail(joined(leftOut, fmt.Sprintf("Channel %d", m.priority)), m.err)
	case m.test.Unknown:
		sh.Tell(shell.Unknown, "%s", joined(fmt.Sprintf("Channel %d%s: %s", m.priority, off, safe.Text(m.test.Detail)), leftOut))
	case m.test.Held:
		text := fmt.Sprintf("Channel %d%s: test message %s.", m.priority, off, sh.Session.HeldText())
		sh.Tell(held, "%s", joined(text, leftOut, wordHint(sh, sh.Keys.Key(keymap.Screen5)+" shows it, %s takes its word.")))
	default:
		text := fmt.Sprintf("Channel %d%s: test %s in %s by %s.", m.priority, off, state.Sent.Word(), shell.Took(m.test.Duration), m.test.Provider)
		sh.Tell(sent, "%s", joined(text, leftOut, wordHint(sh, "When it has arrived, %s takes its word.")))
	}
}

// refusalText is why a test was refused, without the sentence that it failed: a
// sign or a word says that already.
func refusalText(err error) string {
	text := strings.TrimPrefix(shell.Sentence(err), "The test failed. ")
	return strings.TrimPrefix(text, "The test was not delivered. ") // an older server's word
}

// wordHint is a hint at the key that takes the word of a test message, "" where the
// backend has no such words.
func wordHint(sh *shell.Shell, format string) string {
	if sh.Session.Lacks(backend.FeatureDeliveries) != "" {
		return ""
	}
	return fmt.Sprintf(format, sh.Keys.Key(keymap.EnterWord))
}

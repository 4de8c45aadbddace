package channels

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// testsAtOnce is how many tests of all run beside each other: enough that one
// slow provider holds nobody up, few enough that none is flooded.
const testsAtOnce = 3

// testAll tests every channel that is on and shows what became of each. The
// channels screen keeps it going, so that it ends also behind a closed dialog.
type testAll struct {
	shell  *shell.Shell
	rows   []testRow
	next   int // the first one that has not begun
	at     shell.List
	halted bool // what has not begun is left
}

type testRow struct {
	channel backend.Channel
	step    testStep
	test    backend.Test
	err     error
}

type testStep int

const (
	testWaiting testStep = iota
	testRunning
	testDone
)

type channelTriedMsg struct {
	all  *testAll
	row  int
	test backend.Test
	err  error
}

// askTestAll names the channels that are tested, and why others are not.
func (c *screen) askTestAll() tea.Cmd {
	sh := c.shell
	all := &testAll{shell: sh}
	var left []string
	for _, ch := range sh.Session.Channels {
		switch {
		case !ch.Verified:
			left = append(left, fmt.Sprintf("%d (not verified)", ch.Priority))
		case !ch.Enabled:
			left = append(left, fmt.Sprintf("%d (off)", ch.Priority))
		default:
			all.rows = append(all.rows, testRow{channel: ch})
		}
	}
	var lines []string
	const named = 6
	for i, row := range all.rows {
		if i == named {
			lines = append(lines, fmt.Sprintf("and %d more", len(all.rows)-named))
			break
		}
		ch := row.channel
		lines = append(lines, fmt.Sprintf("%2d  %s %-7s  %s", ch.Priority, sh.Sign(ch.Type), shell.TypeName(ch.Type), sh.Masked(ch.Type, ch.ActiveValue)))
	}
	if left != nil {
		lines = append(lines, "", sh.Look.Muted.Render("Not tested: "+strings.Join(left, ", ")))
	}
	sh.Ask(shell.Question{Title: "Test " + shell.Count(len(all.rows), "channel") + "?", Lines: lines, Keep: "No", DoIt: "Test",
		Action: func() tea.Cmd {
			sh.Open(all)
			return all.goOn()
		}})
	return nil
}

// whyNoTests says why there is nothing to test, "" when there is.
func (c *screen) whyNoTests() string {
	for _, ch := range c.shell.Session.Channels {
		if ch.Verified && ch.Enabled {
			return ""
		}
	}
	if !c.read {
		return c.shell.Unread("The channels have")
	}
	return "No channel is verified and on: there is nothing to test."
}

// goOn starts tests until as many run as may.
func (t *testAll) goOn() tea.Cmd {
	var cmds []tea.Cmd
	for ; !t.halted && t.next < len(t.rows) && t.count(testRunning) < testsAtOnce; t.next++ {
		i, view, p := t.next, t.shell.Session.View, t.rows[t.next].channel.Priority
		cmd := t.shell.Change(testName(p), func(ctx context.Context) tea.Msg {
			test, err := view.TestChannel(ctx, p)
			return channelTriedMsg{t, i, test, err}
		})
		t.rows[i].step = testRunning
		if cmd == nil { // it is being tested by itself
			t.rows[i].step, t.rows[i].err = testDone, backend.Errorf(backend.CodeBusy, "a test of it runs already")
		}
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// took takes what became of one, and starts another in its place.
func (t *testAll) took(m channelTriedMsg) tea.Cmd {
	row := &t.rows[m.row]
	row.step, row.test, row.err = testDone, m.test, m.err
	cmd := t.goOn()
	if t.isOver() && t.shell.Top() != t {
		t.shell.Tell(t.weight(), "%s", t.summary())
	}
	return tea.Batch(cmd, t.shell.Reload())
}

func (t *testAll) count(step testStep) int {
	n := 0
	for _, row := range t.rows {
		if row.step == step {
			n++
		}
	}
	return n
}

func (t *testAll) isOver() bool {
	return t.count(testRunning) == 0 && (t.halted || t.next == len(t.rows))
}

func (t *testAll) failed() (priorities []int) {
	for _, row := range t.rows {
		if row.step == testDone && row.err != nil && !shell.IsUnknown(row.err) {
			priorities = append(priorities, row.channel.Priority)
		}
	}
	return priorities
}

// lost are those of which nobody knows whether they were sent.
func (t *testAll) lost() (priorities []int) {
	for _, row := range t.rows {
		if shell.IsUnknown(row.err) {
			priorities = append(priorities, row.channel.Priority)
		}
	}
	return priorities
}

func (t *testAll) weight() shell.Weight {
	if len(t.failed()) > 0 {
		return shell.Failure
	}
	if len(t.lost()) > 0 {
		return shell.Unknown
	}
	if t.held() > 0 && t.held() == t.count(testDone) {
		return shell.Held
	}
	return shell.Good
}

// held counts those that went no further than an inbox.
func (t *testAll) held() int {
	n := 0
	for _, row := range t.rows {
		if row.step == testDone && row.err == nil && row.test.Held {
			n++
		}
	}
	return n
}

// summary is all of it in a sentence.
func (t *testAll) summary() string {
	done, failed, lost, left := t.count(testDone), t.failed(), t.lost(), t.count(testWaiting)
	taken, kept := done-len(failed)-len(lost), t.held()
	words := fmt.Sprintf("%d of %s taken", taken, shell.Count(done, "test message"))
	switch {
	case kept > 0 && kept == taken:
		words = fmt.Sprintf("%d of %s %s", kept, shell.Count(done, "test message"), t.shell.Session.HeldText())
	case kept > 0:
		words += fmt.Sprintf(", %d of them %s", kept, t.shell.Session.HeldText())
	}
	if len(failed) > 0 {
		words += "; failed: " + channelList(failed)
	}
	if len(lost) > 0 {
		words += "; not known: " + channelList(lost)
	}
	if left > 0 {
		words += fmt.Sprintf("; %d not tested", left)
	}
	return words + "."
}

func (t *testAll) Update(fact tea.Msg) tea.Cmd {
	if _, gone := fact.(shell.GivenUpMsg); gone {
		t.halted = true
		t.shell.Close(t)
	}
	return nil
}

func (t *testAll) Typing() bool        { return false }
func (t *testAll) Scope() keymap.Scope { return keymap.Testing }

func (t *testAll) Key(msg tea.KeyMsg) tea.Cmd {
	switch t.shell.Keys.Find(msg.String(), keymap.Testing) {
	case keymap.TestsClose:
		if t.isOver() || t.halted {
			t.shell.Close(t)
		}
		t.halted = true
	case keymap.TestsDown:
		t.at.Move(keymap.Down)
	case keymap.TestsUp:
		t.at.Move(keymap.Up)
	}
	return nil
}

// refusalWords are the words of a refused test without what the cross says.
func refusalText(err error) string {
	return strings.TrimPrefix(shell.Sentence(err), "The test was not delivered. ")
}

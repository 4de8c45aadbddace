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
	"github.com/account-settings/pinghome/ui/state"
)

// maxRunningTests is how many channels are tested at the same time: enough that one
// slow provider does not delay all others, few enough that none is flooded.
const maxRunningTests = 3

// testAll is a dialog that tests every channel that is verified and on, and shows the
// results. Its results come through the screen, so that the tests go on when the
// dialog is closed.
type testAll struct {
	shell   *shell.Shell
	rows    []testRow
	next    int        // the first row that has not begun
	list    shell.List // the cursor in rows
	stopped bool       // rows that have not begun are not tested any more
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

// rowTestedMsg: one of the channels was tested, or err says why not.
type rowTestedMsg struct {
	dialog *testAll
	row    int
	test   backend.Test
	err    error
	sent   func() // of shell.Sending
}

// whyNoTestAll says why there is no channel to test, "" when there is one.
func (s *screen) whyNoTestAll() string {
	switch {
	case slices.ContainsFunc(s.shown, backend.Channel.Reachable):
		return ""
	case !s.isRead():
		return s.shell.Unread("The channels have")
	}
	return "No channel that is shown is verified and on: there is nothing to test."
}

// askTestAll asks before all channels that are shown are tested. It names them, and says why
// others are not tested: what is out of sight is never acted on.
func (s *screen) askTestAll() tea.Cmd {
	sh, dialog := s.shell, &testAll{shell: s.shell}
	var tested []backend.Channel
	var others []string
	for _, ch := range sh.Session.Channels {
		isShown := slices.ContainsFunc(s.shown, func(x backend.Channel) bool { return x.Priority == ch.Priority })
		switch {
		case !isShown:
			others = append(others, fmt.Sprintf("%d (not shown)", ch.Priority))
		case ch.Reachable():
			tested = append(tested, ch)
			dialog.rows = append(dialog.rows, testRow{channel: ch})
		case ch.ActiveValue == "":
			others = append(others, fmt.Sprintf("%d (%s)", ch.Priority, state.NeverVerified.Word()))
		default:
			others = append(others, fmt.Sprintf("%d (%s)", ch.Priority, state.Off.Word()))
		}
	}
	const most = 6
	lines := questionLines(sh, tested, most)
	lines = append(lines, "", sh.Look.Muted.Render("A message that was sent cannot be taken back."))
	if others != nil {
		lines = append(lines, sh.Look.Muted.Render("Not tested: "+strings.Join(others, ", ")))
	}
	sh.Ask(shell.Question{Title: "Test " + shell.Count(len(tested), "channel") + "?", Lines: lines, Keep: "No", DoIt: "Test",
		Action: func() tea.Cmd {
			sh.Open(dialog)
			return dialog.startCmd()
		}})
	return nil
}

// startCmd starts as many tests as may run at the same time.
func (t *testAll) startCmd() tea.Cmd {
	var cmds []tea.Cmd
	for ; !t.stopped && t.next < len(t.rows) && t.count(testRunning) < maxRunningTests; t.next++ {
		i, view, p, sent := t.next, t.shell.Session.View, t.rows[t.next].channel.Priority, t.shell.Sending()
		cmd := t.shell.Change(testRequest(p), func(ctx context.Context) tea.Msg {
			test, err := view.TestChannel(ctx, p)
			return rowTestedMsg{t, i, test, err, sent}
		})
		t.rows[i].step = testRunning
		if cmd == nil { // a test that was started on the screen still runs
			t.rows[i].step, t.rows[i].err = testDone, backend.Errorf(backend.CodeBusy, "a test of it runs already")
		}
		cmds = append(cmds, cmd)
	}
	return tea.Batch(cmds...)
}

// applyTo notes the result and starts the next test. The end of all is told in a
// notice where the dialog is not in sight any more.
func (m rowTestedMsg) applyTo(s *screen) tea.Cmd {
	t := m.dialog
	row := &t.rows[m.row]
	row.step, row.test, row.err = testDone, m.test, m.err
	if !row.isFailed() {
		m.sent()
	}
	cmd := t.startCmd()
	if t.isOver() && s.shell.Top() != t {
		t.tell()
	}
	return tea.Batch(cmd, s.shell.Reload())
}

// isOver reports whether no test runs and none will be started.
func (t *testAll) isOver() bool {
	return t.count(testRunning) == 0 && (t.stopped || t.next == len(t.rows))
}

func (t *testAll) count(step testStep) int {
	return len(t.where(func(r testRow) bool { return r.step == step }))
}
func (t *testAll) failed() []int  { return t.where(testRow.isFailed) }
func (t *testAll) unknown() []int { return t.where(testRow.isUnknown) }
func (t *testAll) held() []int    { return t.where(testRow.isHeld) }

func (r testRow) isFailed() bool  { return r.step == testDone && r.err != nil && !r.isUnknown() }
func (r testRow) isUnknown() bool { return shell.IsUnknown(r.err) || r.test.Unknown }
func (r testRow) isHeld() bool    { return r.step == testDone && r.err == nil && r.test.Held }

// where lists the priorities of some rows.
func (t *testAll) where(is func(testRow) bool) (priorities []int) {
	for _, row := range t.rows {
		if is(row) {
			priorities = append(priorities, row.channel.Priority)
		}
	}
	return priorities
}

// weight is that of the summary as a notice.
func (t *testAll) weight() shell.Weight {
	switch held := len(t.held()); {
	case len(t.failed()) > 0:
		return shell.Failure
	case len(t.unknown()) > 0:
		return shell.Unknown
	case held > 0 && held == t.count(testDone):
		return shell.Held
	}
	return shell.Neutral
}

// tell tells the results in a notice.
func (t *testAll) tell() { t.shell.Tell(t.weight(), "%s", t.summary()) }

// summary tells all results in a sentence.
func (t *testAll) summary() string {
	done, failed, unknown, notTested := t.count(testDone), t.failed(), t.unknown(), t.count(testWaiting)
	accepted, held := done-len(failed)-len(unknown), len(t.held())
	text := fmt.Sprintf("%d of %s %s", accepted, shell.Count(done, "test message"), state.Sent.Word())
	switch {
	case held > 0 && held == accepted:
		text = fmt.Sprintf("%d of %s %s", held, shell.Count(done, "test message"), t.shell.Session.HeldText())
	case held > 0:
		text += fmt.Sprintf(", %d of them %s", held, t.shell.Session.HeldText())
	}
	if len(failed) > 0 {
		text += "; failed: " + channelList(failed)
	}
	if len(unknown) > 0 {
		text += "; not known: " + channelList(unknown)
	}
	if notTested > 0 {
		text += fmt.Sprintf("; %d not tested", notTested)
	}
	return text + "."
}

func (t *testAll) Typing() bool           { return false }
func (t *testAll) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Testing} }

func (t *testAll) Update(msg tea.Msg) tea.Cmd {
	if _, ok := msg.(shell.GivenUpMsg); ok {
		t.stopped = true
		t.shell.Close(t)
	}
	return nil
}

func (t *testAll) Key(msg tea.KeyMsg) tea.Cmd {
	switch t.shell.Keys.Find(msg.String(), keymap.Testing) {
	case keymap.TestsClose:
		if t.isOver() {
			t.tell()
		}
		if t.isOver() || t.stopped {
			t.shell.Close(t)
		}
		t.stopped = true
	case keymap.TestsDown:
		t.list.Move(keymap.Down)
	case keymap.TestsUp:
		t.list.Move(keymap.Up)
	}
	return nil
}

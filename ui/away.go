package ui

import (
	"context"
	"fmt"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// Away is a server that did not answer before the console opened. It is tried again
// until it does.
type Away struct {
	Server string // as it is shown
	Err    error  // of the first try; nil while that runs, and Open waits for it
	Open   func(context.Context) (Opened, error)
}

// away is the start screen while a server does not answer. It says what is tried and
// when, and opens the account once the server answers.
type away struct {
	shell   *shell.Shell
	server  Away
	since   time.Time
	err     error // of the last try
	refuses bool  // the server answered with a refusal: it is tried again only when asked
	// hasContexts: others can be opened in the meantime.
	hasContexts bool
	opened      *Opened // the server has answered while another context was chosen or opened
}

type serverTriedMsg struct {
	opened Opened
	err    error
}

const (
	reaching  = "reach the server"
	awayWidth = 70
)

// newAway returns the start screen after one try, the one before the console opened, or during
// that.
func newAway(sh *shell.Shell, s Away, hasContexts bool) *away {
	a := &away{shell: sh, server: s, since: sh.Now, err: s.Err, hasContexts: hasContexts}
	if a.err != nil {
		sh.Disconnected(a.err)
	}
	return a
}

// Init waits for the first try, where it runs.
func (a *away) Init() tea.Cmd {
	if a.err != nil {
		return nil
	}
	return a.openCmd()
}

func (a *away) Typing() bool        { return false }
func (a *away) Scope() keymap.Scope { return keymap.Waiting }

// PassTime tries again when that is due.
func (a *away) PassTime() tea.Cmd {
	if a.isLeft() {
		return nil
	}
	if a.opened != nil {
		opened := *a.opened
		a.opened = nil
		return func() tea.Msg { return openedMsg{opened: opened} }
	}
	if a.refuses || a.err == nil || a.shell.Now.Before(a.shell.Connection.RetryAt) {
		return nil
	}
	return a.openCmd()
}

// isLeft reports whether another context is being chosen or opened: then the server is not tried
// again, and what it answers waits, so that no key that is meant for a list gets to a screen.
func (a *away) isLeft() bool { return a.shell.Top() != nil || a.shell.Work.Busy(openingContext) }

// Due is when the server is tried next.
func (a *away) Due() (time.Time, bool) {
	if a.isLeft() || a.opened != nil {
		return a.shell.Now, !a.isLeft()
	}
	return a.shell.Connection.RetryAt, !a.refuses && a.err != nil
}

// openCmd asks the server; nil while it is being asked.
func (a *away) openCmd() tea.Cmd {
	if a.shell.Work.Busy(reaching) {
		return nil
	}
	open := a.server.Open
	return a.shell.Load(reaching, func(ctx context.Context) tea.Msg {
		opened, err := open(ctx)
		return serverTriedMsg{opened, err}
	})
}

func (a *away) Update(msg tea.Msg) tea.Cmd {
	tried, ok := msg.(serverTriedMsg)
	if !ok {
		return nil
	}
	if tried.err == nil {
		if a.err != nil {
			a.shell.Tell(shell.Good, "The server answers.")
		}
		if a.isLeft() {
			a.opened = &tried.opened
			return nil
		}
		return func() tea.Msg { return openedMsg{opened: tried.opened} }
	}
	a.err, a.refuses = tried.err, !shell.IsTransient(tried.err)
	a.shell.Disconnected(tried.err)
	return nil
}

// Key tries again or quits. Any other key of the console is told that there is nothing
// to do yet.
func (a *away) Key(msg tea.KeyMsg) tea.Cmd {
	switch a.shell.Keys.Find(msg.String(), keymap.Waiting, keymap.Anywhere) {
	case keymap.WaitingTry:
		return a.openCmd()
	case keymap.WaitingQuit:
		return func() tea.Msg { return QuitMsg{} }
	case "":
		return nil
	}
	a.shell.Refuse(shell.Warning, "There is nothing here until the server answers.")
	return nil
}

// View draws what is tried, between a header and the keys.
func (a *away) View(w, h int) []string {
	sh := a.shell
	state := sh.Look.Err.Render(sh.Look.No + " " + sh.OfflineText())
	switch {
	case a.err == nil:
		state = sh.Look.Info.Render(sh.Spinner() + " connecting")
	case a.refuses:
		state = sh.Look.Err.Render(sh.Look.No + " refused")
	}
	head := draw.Ends(" "+sh.Look.Brand.Render(sh.Look.Diamond+" pinghome")+"  "+sh.Look.Muted.Render(sh.Place), state+" ", w)
	status := sh.Look.Attention + " nothing was read yet " + sh.Look.Dot + " changes are off"
	if a.err != nil {
		status += " " + sh.Look.Dot + " " + sh.Keys.Key(keymap.WaitingTry) + " tries now"
	}
	foot := []string{draw.Pad(" "+sh.Look.Warn.Render(status), w)}
	if n, told := sh.Notices.Current(); told {
		foot = sh.NoticeLines(n, w, shell.NoticeHeight)
	}
	if sh.Work.Busy(openingContext) {
		foot = []string{draw.Pad(" "+sh.Look.Info.Render(sh.Spinner()+" opening the other context"), w)}
	}
	foot = append(foot, sh.Hints(a.keys(), w, nil))
	body := a.page(w, h-1-len(foot))
	return append(append([]string{head}, body...), foot...)
}

// keys are those of the last line. During the first try there is none to try again.
func (a *away) keys() (list []keymap.ID) {
	if a.err != nil {
		list = append(list, keymap.WaitingTry)
	}
	if a.hasContexts {
		list = append(list, keymap.Switch)
	}
	return append(list, keymap.WaitingQuit, keymap.HelpAnywhere)
}

// Spots are the keys in the last line.
func (a *away) Spots(w, h int) []shell.Spot {
	return shell.Moved(a.shell.HintSpots(a.keys(), w, nil), 0, h-1)
}

// page draws a pane in the middle, or in little room its lines alone.
func (a *away) page(w, h int) []string {
	sh := a.shell
	title := "No answer from the server"
	switch {
	case a.err == nil:
		title = "Connecting"
	case a.refuses:
		title = "The server refuses"
	}
	inner := min(awayWidth, w) - 4
	lines := []string{sh.Look.Text.Render(draw.Middle(safe.Text(a.server.Server), inner)), ""}
	tell := func(look theme.Style, text string) {
		for _, line := range draw.Wrap(text, inner) {
			lines = append(lines, look.Render(line))
		}
	}
	if a.err != nil {
		tell(sh.Look.Err, safe.Text(shell.Sentence(a.err)))
	}
	tell(sh.Look.Text, a.progress())
	lines = append(lines, "")
	tell(sh.Look.Muted, a.advice())
	if sh.Room == shell.Compact {
		return draw.Fit(append([]string{sh.Look.Strong.Render(title), ""}, lines...), w, h)
	}
	for i, line := range lines {
		lines[i] = " " + line
	}
	pane := shell.Pane{Title: title}.Draw(&sh.Look, append(append([]string{""}, lines...), ""), inner+4, len(lines)+4)
	return shell.Center(pane, w, h)
}

// progress is since when the server is tried, how often, and what comes next.
func (a *away) progress() string {
	sh := a.shell
	if a.err == nil {
		return "Waiting for its first answer since " + shell.Stamp(sh.Now, a.since) + "."
	}
	next := "Trying now."
	switch left := math.Ceil(sh.Connection.RetryAt.Sub(sh.Now).Seconds()); {
	case sh.Work.Busy(reaching):
	case a.refuses:
		return sh.Keys.Key(keymap.WaitingTry) + " tries again."
	case left > 0:
		next = fmt.Sprintf("The next try is in %ds.", int(left))
	}
	return fmt.Sprintf("Tried since %s, %s so far. %s", shell.Stamp(sh.Now, a.since), times(sh.Connection.Tries), next)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// advice says what the person can do.
func (a *away) advice() string {
	if a.err == nil {
		return "The account opens by itself once the server answers."
	}
	if a.refuses {
		return "Nothing of the account was read. Correct what the server says; a new token in the file is used at once."
	}
	return "Check the address, and whether the server runs. The account opens by itself once it answers."
}

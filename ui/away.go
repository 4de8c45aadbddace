package ui

import (
	"context"
	"fmt"
	"math"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/theme"
)

// Away is a server that did not answer before the console opened. It is asked
// again until it does.
type Away struct {
	Server string // as it is shown
	Err    error  // of the first try
	Open   func(context.Context) (Opened, error)
}

// away stands in place of the screens: nothing was ever read, so there is no
// last answer to show. It says what is tried and when, and opens the account
// once the server answers.
type away struct {
	d       *desk
	server  Away
	since   time.Time
	err     error // of the last try
	refuses bool  // the server answered, and no: to ask again unasked would not help
}

type serverTriedMsg struct {
	opened Opened
	err    error
}

const (
	reaching  = "reach the server"
	awayWidth = 70
)

// newAway counts the try before the console opened as the first one.
func newAway(d *desk, s Away) *away {
	a := &away{d: d, server: s, since: d.now, err: s.Err}
	d.broke()
	return a
}

func (a *away) Init() tea.Cmd       { return nil }
func (a *away) Typing() bool        { return false }
func (a *away) scope() keymap.Scope { return keymap.Waiting }

// Beat tries again when it is time to.
func (a *away) Beat() tea.Cmd {
	if a.refuses || a.d.now.Before(a.d.line.retryAt) {
		return nil
	}
	return a.openCmd()
}

// openCmd asks the server; nil while it is being asked.
func (a *away) openCmd() tea.Cmd {
	if a.d.work.busy(reaching) {
		return nil
	}
	open := a.server.Open
	return a.d.load(reaching, func(ctx context.Context) tea.Msg {
		opened, err := open(ctx)
		return serverTriedMsg{opened, err}
	})
}

func (a *away) Update(fact tea.Msg) tea.Cmd {
	tried, ok := fact.(serverTriedMsg)
	if !ok {
		return nil
	}
	if tried.err == nil {
		a.d.tell(good, "The server answers.")
		return func() tea.Msg { return openedMsg{tried.opened} }
	}
	a.err, a.refuses = tried.err, !passes(tried.err)
	a.d.broke()
	return nil
}

// passes reports whether an error may be gone at the next try.
func passes(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeBusy, backend.CodeRateLimited:
		return true
	}
	return false
}

func (a *away) Key(msg tea.KeyMsg) tea.Cmd {
	switch a.d.keys.Find(msg.String(), keymap.Waiting, keymap.Anywhere) {
	case keymap.TryNow:
		return a.openCmd()
	case keymap.WaitQuit:
		return func() tea.Msg { return QuitMsg{} }
	case "":
		return nil
	}
	a.d.tell(warning, "There is nothing here before the server has answered.")
	return nil
}

func (a *away) View(w, h int) []string {
	d := a.d
	state := d.offlineWords()
	if a.refuses {
		state = "refused"
	}
	head := draw.Ends(" "+d.Brand.Render(d.Diamond+" pinghome")+"  "+d.Muted.Render(d.place), d.Err.Render(d.No+" "+state)+" ", w)
	status := d.Warn.Render(d.Attention + " nothing was read yet " + d.Dot + " changes are off " + d.Dot + " " + d.keys.Key(keymap.TryNow) + " tries now")
	foot := []string{draw.Pad(" "+status, w)}
	if n, told := d.notices.current(); told {
		foot = d.noticeLines(n, w, usualNotice)
	}
	foot = append(foot, d.hints([]keymap.ID{keymap.TryNow, keymap.WaitQuit, keymap.HelpAny}, w, nil))
	body := a.page(w, h-1-len(foot))
	return append(append([]string{head}, body...), foot...)
}

// page is the box in the middle, or its lines alone in little room.
func (a *away) page(w, h int) []string {
	d := a.d
	title := "No answer from the server"
	if a.refuses {
		title = "The server refuses"
	}
	inner := min(awayWidth, w) - 4
	lines := []string{d.Text.Render(draw.Middle(safe.Text(a.server.Server), inner)), ""}
	tell := func(look theme.Style, text string) {
		for _, line := range draw.Wrap(text, inner) {
			lines = append(lines, look.Render(line))
		}
	}
	tell(d.Err, safe.Text(sentence(a.err)))
	tell(d.Text, a.progress())
	lines = append(lines, "")
	tell(d.Muted, a.advice())
	if d.class == compact {
		return draw.Fit(append([]string{d.Strong.Render(title), ""}, lines...), w, h)
	}
	for i, line := range lines {
		lines[i] = " " + line
	}
	box := pane{title: title, focused: true}.draw(&d.Look, append(append([]string{""}, lines...), ""), inner+4, len(lines)+4)
	return center(box, w, h)
}

// progress is since when the server is tried, how often, and what comes next.
func (a *away) progress() string {
	d := a.d
	next := "It is being tried now."
	switch left := math.Ceil(d.line.retryAt.Sub(d.now).Seconds()); {
	case d.work.busy(reaching):
	case a.refuses:
		return d.keys.Key(keymap.TryNow) + " tries again."
	case left > 0:
		next = fmt.Sprintf("The next try is in %ds.", int(left))
	}
	return fmt.Sprintf("Tried since %s, %s so far. %s", a.since.Local().Format("15:04"), times(d.line.tries), next)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return fmt.Sprintf("%d times", n)
}

// advice says what the person can do.
func (a *away) advice() string {
	if a.refuses {
		return "Nothing of the account was read. Mend what the server says; a token that was replaced in its file is taken up."
	}
	return "Look whether the address is right and the server runs. Once it answers, the account opens by itself; " +
		"nothing of it was read yet, so there is nothing to show."
}

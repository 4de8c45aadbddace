package ui

import (
	"context"
	"errors"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// firstRun is the start screen where no account exists yet. It asks whether to begin
// with demo data or with an own account. Nothing is created before that is answered.
type firstRun struct {
	shell   *shell.Shell
	setup   Setup
	at      int // the choice under the cursor
	account *form.Form
	filling bool // the own account is being filled in
	refusal string
}

type setUpMsg struct {
	opened Opened
	err    error
}

const (
	firstDraft = "first account"
	settingUp  = "set up"

	firstWidth   = 66 // cells
	firstChoices = 2
)

func newFirstRun(sh *shell.Shell, s Setup) *firstRun {
	return &firstRun{shell: sh, setup: s, filling: s.Exists, account: form.New(
		form.Entry{Name: "name", Label: "Name", Field: form.NewInput("", "John"), Check: form.Fault(backend.CleanName)},
		form.Entry{Name: "surname", Label: "Surname", Field: form.NewInput("", "Smith"), Check: form.Fault(backend.CleanName)},
		form.Entry{Name: "email", Label: "Email", Field: form.NewInput("", "john.smith@example.org"), Check: form.Fault(backend.CleanEmail)},
	)}
}

func (f *firstRun) Typing() bool           { return f.filling }
func (f *firstRun) PassTime() tea.Cmd      { return nil }
func (f *firstRun) Due() (time.Time, bool) { return time.Time{}, false }

func (f *firstRun) Scope() keymap.Scope {
	if f.filling {
		return keymap.Form
	}
	return keymap.FirstRun
}

// Init looks for a draft of the account.
func (f *firstRun) Init() tea.Cmd {
	f.shell.Drafts.Scope = f.setup.Path
	return f.shell.Drafts.FindCmd(firstDraft)
}

// Update takes the draft of the account, and opens what was created or says why nothing
// was.
func (f *firstRun) Update(msg tea.Msg) tea.Cmd {
	if found, ok := msg.(shell.DraftFoundMsg); ok && found.Key == f.shell.Drafts.Key(firstDraft) && found.Values != nil && !f.account.Touched() {
		f.account.Restore(found.Values)
	}
	done, ok := msg.(setUpMsg)
	if !ok {
		return nil
	}
	if done.err == nil {
		f.shell.Drafts.Drop(firstDraft)
		return func() tea.Msg { return openedMsg{done.opened} }
	}
	var e *backend.Error
	if errors.As(done.err, &e) && len(e.Fields) > 0 && f.account.Fail(e.Fields) {
		return nil
	}
	f.refusal = shell.Sentence(done.err)
	return nil
}

// Key chooses or types; nothing while the accounts are being created.
func (f *firstRun) Key(msg tea.KeyMsg) tea.Cmd {
	if f.shell.Work.Busy(settingUp) {
		return nil
	}
	f.refusal = ""
	if f.filling {
		return f.fill(msg)
	}
	switch f.shell.Keys.Find(msg.String(), keymap.FirstRun) {
	case keymap.FirstRunDown:
		f.at = (f.at + 1) % firstChoices
	case keymap.FirstRunUp:
		f.at = (f.at + firstChoices - 1) % firstChoices
	case keymap.FirstRunNext:
		if f.at == 0 {
			demo := f.setup.Demo
			return f.shell.Change(settingUp, func(ctx context.Context) tea.Msg {
				opened, err := demo(ctx)
				return setUpMsg{opened, err}
			})
		}
		f.filling = true
	}
	if f.shell.Keys.Find(msg.String(), keymap.Anywhere) == keymap.Quit {
		return func() tea.Msg { return QuitMsg{} }
	}
	return nil
}

func (f *firstRun) fill(msg tea.KeyMsg) tea.Cmd {
	switch f.shell.FormKey(f.account, msg) {
	case keymap.FormClose:
		f.filling = f.setup.Exists // there is nothing to go back to
	case keymap.FormSave:
		return f.create()
	case keymap.FormReset, shell.TypedInForm:
		if f.account.Touched() {
			f.shell.Drafts.Keep(firstDraft, f.account.Values())
		} else {
			f.shell.Drafts.Drop(firstDraft)
		}
	}
	return nil
}

func (f *firstRun) create() tea.Cmd {
	if !f.account.Valid() {
		return nil
	}
	v, create := f.account.Values(), f.setup.Empty
	return f.shell.Change(settingUp, func(ctx context.Context) tea.Msg {
		opened, err := create(ctx, backend.NewAccount{Name: v["name"], Surname: v["surname"], Email: v["email"]})
		return setUpMsg{opened, err}
	})
}

// View draws the choice or the form, in a pane where there is room for one.
func (f *firstRun) View(w, h int) []string {
	sh := f.shell
	step := "step 1 of 2"
	switch {
	case f.setup.Exists:
		step = ""
	case f.filling:
		step = "step 2 of 2"
	}
	head := draw.Ends(" "+sh.Look.Brand.Render(sh.Look.Diamond+" pinghome")+"  "+sh.Look.Muted.Render("first run"), sh.Look.Muted.Render(step)+" ", w)
	inner := min(firstWidth, w) - 4
	title, lines := f.content(inner)
	var body []string
	if sh.Room == shell.Compact {
		body = append([]string{sh.Look.Strong.Render(title), ""}, lines...)
		body = draw.Fit(body, w, h-2)
	} else {
		for i, line := range lines {
			lines[i] = " " + line
		}
		pane := shell.Pane{Title: title}.Draw(&sh.Look, append(append([]string{""}, lines...), ""), inner+4, len(lines)+4)
		body = shell.Center(pane, w, h-2)
	}
	return append(append([]string{head}, body...), sh.Hints(f.keys(), w, nil))
}

// keys are those in the last line.
func (f *firstRun) keys() []keymap.ID {
	if f.filling {
		return []keymap.ID{keymap.FormSave, keymap.FormNext, keymap.FormClose, keymap.QuitNow}
	}
	return []keymap.ID{keymap.FirstRunDown, keymap.FirstRunNext, keymap.HelpAnywhere, keymap.QuitNow}
}

// content is the choice or the form, for inner cells, and what came of it.
func (f *firstRun) content(inner int) (title string, lines []string) {
	sh := f.shell
	if f.filling {
		title, lines = "Your account", f.form(inner)
	} else {
		title = "Where are your accounts?"
		lines, _ = f.choices(inner)
	}
	return title, append(lines, sh.Reserve(f.state(inner), shell.ReservedLines)...)
}

// state is what became of the choice or the form.
func (f *firstRun) state(inner int) []string {
	sh := f.shell
	switch {
	case sh.Work.Busy(settingUp):
		return []string{sh.Look.Info.Render("Setting up…")}
	case f.refusal != "":
		return sh.Lines(sh.Look.Err, sh.Look.No+" "+safe.Text(f.refusal), inner)
	case f.filling && f.account.IsReset():
		return []string{sh.Look.Info.Render("Started over " + sh.Look.Dot + " " + sh.Keys.Key(keymap.FormReset) + " takes that back")}
	}
	return nil
}

// Spots are the choices or the fields of the form, and the keys in the last line.
func (f *firstRun) Spots(w, h int) []shell.Spot {
	sh, inner := f.shell, min(firstWidth, w)-4
	_, lines := f.content(inner)
	x, y := 0, 3 // below header and title
	if sh.Room != shell.Compact {
		x, y = (w-inner)/2, 3+max(0, (h-2-len(lines)-4)/2)
	}
	hints := shell.Moved(sh.HintSpots(f.keys(), w, nil), 0, h-1)
	if sh.Work.Busy(settingUp) {
		return hints
	}
	var spots []shell.Spot
	if f.filling {
		spots = shell.Moved(sh.FormSpots(f.account, inner), 0, len(f.formHead()))
	} else {
		_, at := f.choices(inner)
		for i, line := range at {
			spots = append(spots, shell.Spot{Y: line, W: inner, H: 1, Choose: shell.Focusing(func() { f.at = i }), Again: keymap.FirstRunNext})
		}
	}
	return append(shell.Moved(spots, x, y), hints...)
}

// choices draws the choices; at is the line of each.
func (f *firstRun) choices(w int) (lines []string, at [firstChoices]int) {
	sh := f.shell
	options := [firstChoices][]string{
		{"On this computer, with demo data", "A database with three accounts and an inbox that catches every message. Nothing leaves this machine."},
		{"On this computer, empty", "Start from nothing; you add your own account."},
	}
	for i, o := range options {
		at[i] = len(lines)
		mark, sign, style := "  ", "( ) ", sh.Look.Text
		if i == f.at {
			mark, sign, style = sh.Look.Focus.Render(sh.Look.Glyphs.Mark)+" ", "("+sh.Look.Mask+") ", sh.Look.Strong
		}
		lines = append(lines, mark+style.Render(sign+o[0]))
		for _, line := range draw.Wrap(o[1], w-6) {
			lines = append(lines, "      "+sh.Look.Muted.Render(line))
		}
		if sh.Room != shell.Compact {
			lines = append(lines, "")
		}
	}
	return append(lines, sh.Look.Muted.Render("Stored in ")+sh.Look.Text.Render(draw.Middle(safe.Text(f.setup.Path), w-10))), at
}

// formHead stands above the form.
func (f *firstRun) formHead() []string {
	if !f.setup.Exists {
		return nil
	}
	return []string{f.shell.Look.Muted.Render("The database holds no account yet."), ""}
}

func (f *firstRun) form(w int) []string {
	sh := f.shell
	lines := append(f.formHead(), sh.Reserve(f.account.View(sh.Look, w), f.account.Height(sh.Look, w))...)
	return append(lines, "", sh.Look.Muted.Render(draw.Cut(fmt.Sprintf("Stored in %s", draw.Middle(safe.Text(f.setup.Path), w-10)), w)))
}

package ui

import (
	"context"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// john is the account that the demo opens.
const john = "john.smith@ping-home.org"

// visit is a person at the console: real rules on a real file, a clock that
// only moves when told to, and every command run to its end before the next
// key. No goroutine, no sleep.
type visit struct {
	t      *testing.T
	m      *Model
	now    time.Time
	path   string
	drafts string
	quit   bool
	copied string
	setup  *Setup          // of a first run
	post   delivery.Sender // carries messages; nil: they stay in the inbox
}

// untilItsGone is how long a warning stays at most.
const untilItsGone = 8 * time.Second

var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)

// open starts a console on fresh demo data at 80x24.
func open(t *testing.T) *visit {
	t.Helper()
	v := &visit{t: t, now: noon, path: filepath.Join(t.TempDir(), "demo.db"), drafts: t.TempDir()}
	key := make([]byte, local.KeySize)
	if err := storage.Create(context.Background(), v.path, storage.Options{Now: v.clock}, local.Demo(key)); err != nil {
		t.Fatal(err)
	}
	v.again(john)
	return v
}

// again starts another console on the same file, as after a restart or beside
// the first one.
func (v *visit) again(account string) {
	v.t.Helper()
	o := v.options()
	o.Start = v.opened(account)
	v.start(o)
}

func (v *visit) opened(account string) shell.Opened {
	v.t.Helper()
	db, err := storage.Open(context.Background(), v.path, storage.Options{Now: v.clock})
	if err != nil {
		v.t.Fatal(err)
	}
	v.t.Cleanup(func() { db.Close() })
	accounts := local.New(db, local.Options{Key: make([]byte, local.KeySize), Sender: v.post})
	view, summary, err := accounts.Open(context.Background(), account)
	if err != nil {
		v.t.Fatal(err)
	}
	return shell.Opened{Accounts: accounts, View: view, Account: summary, Local: true, Scope: v.path}
}

func (v *visit) options() Options {
	return Options{Shell: shell.Options{
		Place: "demo", Look: theme.New(theme.Options{Name: "dark", Profile: termenv.Ascii}), Now: v.clock, Still: true,
		Drafts: draft.Open(v.drafts), Copy: func(s string) error { v.copied = s; return nil },
	}}
}

func (v *visit) start(o Options) {
	v.m, v.quit = New(o), false
	v.size(80, 24)
	v.run(v.m.Init())
}

func (v *visit) clock() time.Time { return v.now }
func (v *visit) size(w, h int)    { v.send(tea.WindowSizeMsg{Width: w, Height: h}) }

// pass moves the clock and lets the console notice.
func (v *visit) pass(d time.Duration) {
	v.now = v.now.Add(d)
	v.send(tickMsg{})
}

func (v *visit) send(msg tea.Msg) {
	_, cmd := v.m.Update(msg)
	v.run(cmd)
}

// run does a command and everything that comes of it.
func (v *visit) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.QuitMsg:
		v.quit = true
	default:
		if cmds, ok := commands(msg); ok {
			for _, c := range cmds {
				v.run(c)
			}
			return
		}
		v.send(msg)
	}
}

// commands recognises a batch and a sequence, whose type Bubble Tea keeps to itself.
func commands(msg tea.Msg) ([]tea.Cmd, bool) {
	r := reflect.ValueOf(msg)
	if r.Kind() != reflect.Slice || r.Type().Elem() != reflect.TypeFor[tea.Cmd]() {
		return nil, false
	}
	var out []tea.Cmd
	for i := range r.Len() {
		out = append(out, r.Index(i).Interface().(tea.Cmd))
	}
	return out, true
}

var keyTypes = map[string]tea.KeyType{
	"enter": tea.KeyEnter, "esc": tea.KeyEsc, "tab": tea.KeyTab, "shift+tab": tea.KeyShiftTab, "up": tea.KeyUp, "down": tea.KeyDown,
	"left": tea.KeyLeft, "right": tea.KeyRight, "backspace": tea.KeyBackspace, "ctrl+c": tea.KeyCtrlC, "ctrl+s": tea.KeyCtrlS,
	"ctrl+r": tea.KeyCtrlR, "ctrl+u": tea.KeyCtrlU, "ctrl+o": tea.KeyCtrlO, "f1": tea.KeyF1, "shift+down": tea.KeyShiftDown,
	"home": tea.KeyHome, "end": tea.KeyEnd, "ctrl+n": tea.KeyCtrlN, "ctrl+l": tea.KeyCtrlL,
	"pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp,
}

func keyOf(name string) tea.KeyMsg {
	if k, ok := keyTypes[name]; ok {
		return tea.KeyMsg{Type: k}
	}
	if name == " " {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(name)}
}

// press presses keys by their names.
func (v *visit) press(names ...string) {
	for _, name := range names {
		v.send(keyOf(name))
	}
}

// write types a text, letter by letter.
func (v *visit) write(text string) {
	for _, r := range text {
		v.press(string(r))
	}
}

func (v *visit) paste(text string) {
	v.send(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
}

func (v *visit) screen() string { return v.m.View() }

// see fails unless every pattern is on the screen.
func (v *visit) see(patterns ...string) {
	v.t.Helper()
	for _, p := range patterns {
		if !regexp.MustCompile(`(?m)` + p).MatchString(v.screen()) {
			v.t.Fatalf("%q is not on the screen:\n%s", p, v.screen())
		}
	}
}

// miss fails when a pattern is on the screen.
func (v *visit) miss(patterns ...string) {
	v.t.Helper()
	for _, p := range patterns {
		if regexp.MustCompile(`(?m)` + p).MatchString(v.screen()) {
			v.t.Fatalf("%q is on the screen:\n%s", p, v.screen())
		}
	}
}

// fits fails when the view does not fill the window exactly.
func (v *visit) fits() {
	v.t.Helper()
	lines := strings.Split(v.screen(), "\n")
	if len(lines) != v.m.h {
		v.t.Fatalf("%d lines in a window of %d:\n%s", len(lines), v.m.h, v.screen())
	}
	for i, line := range lines {
		if w := ansi.StringWidth(line); w != v.m.w {
			v.t.Fatalf("line %d has %d cells in a window of %d: %q\n%s", i+1, w, v.m.w, line, v.screen())
		}
	}
}

// code is the newest code in the inbox that went to an address.
func (v *visit) code(to string) string {
	v.t.Helper()
	box, err := v.m.shell.Session.View.Messages(context.Background(), 100)
	if err != nil {
		v.t.Fatal(err)
	}
	for _, m := range box.Messages {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	v.t.Fatalf("no code went to %s", to)
	return ""
}

// channel is what the backend holds under a priority.
func (v *visit) channel(priority int) backend.Channel {
	v.t.Helper()
	all, err := v.m.shell.Session.View.Channels(context.Background(), backend.ChannelFilter{})
	if err != nil {
		v.t.Fatal(err)
	}
	for _, c := range all {
		if c.Priority == priority {
			return c
		}
	}
	v.t.Fatalf("there is no channel %d", priority)
	return backend.Channel{}
}

// wrongCode is six digits that are not the code.
func wrongCode(code string) string {
	if code == "111111" {
		return "222222"
	}
	return "111111"
}

// draftFiles counts the drafts on the disk.
func (v *visit) draftFiles() int {
	files, _ := filepath.Glob(filepath.Join(v.drafts, "*.json"))
	return len(files)
}

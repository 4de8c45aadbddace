package crash

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// fragile is a console that fails where it is told to.
type fragile struct {
	init, cmd, cleanup func()
	update             func(tea.Msg) tea.Cmd
	view               func() string
	isSaved            bool
}

func (f *fragile) Init() tea.Cmd {
	if f.init != nil {
		f.init()
	}
	return f.cmdOf(f.cmd)
}

func (f *fragile) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f.update != nil {
		return f, f.update(msg)
	}
	return f, nil
}

func (f *fragile) View() string {
	if f.view != nil {
		return f.view()
	}
	return "all is well"
}

func (f *fragile) SaveDrafts() { f.isSaved = true }

func (f *fragile) RecentMessages() []string {
	if f.cleanup != nil {
		f.cleanup()
	}
	return []string{"tea.KeyMsg"}
}

func (f *fragile) cmdOf(work func()) tea.Cmd {
	if work == nil {
		return nil
	}
	return func() tea.Msg { work(); return nil }
}

func outOfRange() { var none []int; _ = none[len(os.Args)] }

// visit runs a console in a program without a terminal until it ends.
func visit(t *testing.T, f *fragile, then func(p *tea.Program)) *Model {
	t.Helper()
	m := Watch(f)
	p := tea.NewProgram(m, tea.WithInput(strings.NewReader("")), tea.WithOutput(io.Discard),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics())
	m.OnFault(p.Kill)
	if then != nil {
		go then(p)
	}
	if err := Run(p, m); err != nil && !errors.Is(err, tea.ErrProgramKilled) {
		t.Error(err)
	}
	return m
}

func TestEveryPlaceWhereAConsoleCanFail(t *testing.T) {
	fail := func() tea.Msg { outOfRange(); return nil }
	harmless := func() tea.Msg { return nil }
	send := func(msg tea.Msg) func(*tea.Program) { return func(p *tea.Program) { p.Send(msg) } }
	onKey := func(cmd tea.Cmd) func(tea.Msg) tea.Cmd {
		return func(msg tea.Msg) tea.Cmd {
			if _, isKey := msg.(tea.KeyMsg); isKey {
				return cmd
			}
			return nil
		}
	}
	for name, c := range map[string]struct {
		console fragile
		then    func(*tea.Program)
	}{
		"Init":                   {console: fragile{init: outOfRange}},
		"the first command":      {console: fragile{cmd: outOfRange}},
		"the first View":         {console: fragile{view: func() string { outOfRange(); return "" }}},
		"Update":                 {fragile{update: func(tea.Msg) tea.Cmd { outOfRange(); return nil }}, send(tea.KeyMsg{})},
		"a command":              {fragile{update: onKey(fail)}, send(tea.KeyMsg{})},
		"one of a batch":         {fragile{update: onKey(tea.Batch(harmless, fail))}, send(tea.KeyMsg{})},
		"the last of a sequence": {fragile{update: onKey(tea.Sequence(harmless, harmless, fail))}, send(tea.KeyMsg{})},
		"a batch in a sequence":  {fragile{update: onKey(tea.Sequence(harmless, tea.Batch(fail, harmless)))}, send(tea.KeyMsg{})},
		"a goroutine":            {then: func(p *tea.Program) { Go(p.Send, outOfRange) }},
		"clearing up as well":    {fragile{update: func(tea.Msg) tea.Cmd { outOfRange(); return nil }, cleanup: outOfRange}, send(tea.KeyMsg{})},
	} {
		t.Run(name, func(t *testing.T) {
			f := visit(t, &c.console, c.then).Fault()
			if f == nil {
				t.Fatal("no fault")
			}
			if !strings.Contains(f.What, "index out of range") || !strings.Contains(f.Stack, "outOfRange") {
				t.Errorf("fault %q\n%s", f.What, f.Stack)
			}
			if !c.console.isSaved {
				t.Error("the drafts were not saved")
			}
		})
	}
}

func TestAFaultOutsideTheConsole(t *testing.T) {
	f := &fragile{}
	m := Watch(f)
	p := tea.NewProgram(m, tea.WithInput(strings.NewReader("")), tea.WithOutput(io.Discard), tea.WithoutSignalHandler(),
		tea.WithoutCatchPanics(), tea.WithFilter(func(tea.Model, tea.Msg) tea.Msg { outOfRange(); return nil }))
	go p.Send(tea.KeyMsg{})
	if err := Run(p, m); err != nil {
		t.Error(err)
	}
	if m.Fault() == nil || !f.isSaved {
		t.Errorf("fault %v, saved %v", m.Fault(), f.isSaved)
	}
}

func TestAConsoleThatEndsWell(t *testing.T) {
	f := &fragile{}
	if fault := visit(t, f, func(p *tea.Program) { p.Quit() }).Fault(); fault != nil || f.isSaved {
		t.Errorf("fault %v, saved %v", fault, f.isSaved)
	}
}

func TestOnlyTheFirstFaultCounts(t *testing.T) {
	stops := 0
	m := Watch(&fragile{view: func() string { outOfRange(); return "" }})
	m.OnFault(func() { stops++ })
	m.Update(faultMsg{Fault{What: "the first"}})
	m.Update(faultMsg{Fault{What: "the second"}})
	if screen := m.View(); screen != "" || m.Fault().What != "the first" || stops != 1 {
		t.Errorf("view %q, fault %q, %d stops", screen, m.Fault().What, stops)
	}
}

func TestAReportNamesNoValue(t *testing.T) {
	m := Watch(&fragile{update: func(tea.Msg) tea.Cmd { panic("the code is 087608") }})
	m.Update(tea.KeyMsg{})
	at := time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)
	path, err := Write(t.TempDir()+"/state/crashes", "v1.2.3", at, m.Fault())
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"pinghome v1.2.3", "2026-03-14T09:26:53Z", "go1.", "a panic with a string", "tea.KeyMsg", "crash_test.go"} {
		if !strings.Contains(string(content), want) {
			t.Errorf("no %q in\n%s", want, content)
		}
	}
	if strings.Contains(string(content), "087608") {
		t.Errorf("the value is in\n%s", content)
	}
	if info, _ := os.Stat(path); info.Mode().Perm() != 0o600 {
		t.Errorf("mode %o", info.Mode().Perm())
	}
}

func TestGuardedMessagesKeepTheirType(t *testing.T) {
	type word string
	if got := Guard(func() tea.Msg { return word("hello") })(); got != word("hello") {
		t.Errorf("got %v", got)
	}
	if Guard(nil) != nil {
		t.Error("a command came from nothing")
	}
	if got := Guard(func() tea.Msg { return nil })(); got != nil {
		t.Errorf("got %v", got)
	}
}

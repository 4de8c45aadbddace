package crash

import (
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/drive"
)

// faultyConsole is a console whose methods do what a test sets.
type faultyConsole struct {
	init, cmd, cleanup func()
	update             func(tea.Msg) tea.Cmd
	view               func() string
	isSaved            bool
}

func (f *faultyConsole) Init() tea.Cmd {
	if f.init != nil {
		f.init()
	}
	return f.cmdOf(f.cmd)
}

func (f *faultyConsole) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if f.update != nil {
		return f, f.update(msg)
	}
	return f, nil
}

func (f *faultyConsole) View() string {
	if f.view != nil {
		return f.view()
	}
	return "all is well"
}

func (f *faultyConsole) SaveDrafts() { f.isSaved = true }

func (f *faultyConsole) RecentMessages() []string {
	if f.cleanup != nil {
		f.cleanup()
	}
	return []string{"tea.KeyMsg"}
}

func (f *faultyConsole) cmdOf(work func()) tea.Cmd {
	if work == nil {
		return nil
	}
	return func() tea.Msg { work(); return nil }
}

// outOfRange panics with a run-time error.
func outOfRange() { _ = []int{}[len(os.Args)] }

// watched is a console under guard, and the driver that has opened it.
func watched(f *faultyConsole) (*Model, *drive.Driver) {
	m, d := Watch(f), &drive.Driver{}
	d.Open(m, 80, 24)
	_ = d.Screen()
	return m, d
}

// wantFault fails the test unless outOfRange was noticed and the drafts saved.
func wantFault(t *testing.T, m *Model, f *faultyConsole) {
	t.Helper()
	fault := m.Fault()
	switch {
	case fault == nil:
		t.Fatal("no fault")
	case !strings.Contains(fault.What, "index out of range"), !strings.Contains(fault.Stack, "outOfRange"):
		t.Errorf("fault %q\n%s", fault.What, fault.Stack)
	case !f.isSaved:
		t.Error("the drafts were not saved")
	}
}

var (
	fail     tea.Cmd = func() tea.Msg { outOfRange(); return nil }
	harmless tea.Cmd = func() tea.Msg { return nil }
)

// onKey answers a key with a command.
func onKey(cmd tea.Cmd) func(tea.Msg) tea.Cmd {
	return func(msg tea.Msg) tea.Cmd {
		if _, isKey := msg.(tea.KeyMsg); isKey {
			return cmd
		}
		return nil
	}
}

func TestPanicsAreCaughtWhereverAConsoleCanPanic(t *testing.T) {
	for name, f := range map[string]*faultyConsole{
		"Init":                   {init: outOfRange},
		"the first command":      {cmd: outOfRange},
		"View":                   {view: func() string { outOfRange(); return "" }},
		"Update":                 {update: func(tea.Msg) tea.Cmd { outOfRange(); return nil }},
		"a command":              {update: onKey(fail)},
		"one of a batch":         {update: onKey(tea.Batch(harmless, fail))},
		"the last of a sequence": {update: onKey(tea.Sequence(harmless, harmless, fail))},
		"a batch in a sequence":  {update: onKey(tea.Sequence(harmless, tea.Batch(fail, harmless)))},
		"after a fault as well":  {cmd: outOfRange, cleanup: outOfRange},
	} {
		t.Run(name, func(t *testing.T) {
			m, d := watched(f)
			d.Press("j")
			wantFault(t, m, f)
			if screen := d.Screen(); screen != "" {
				t.Errorf("it still shows %q", screen)
			}
		})
	}
}

func TestAGoroutineThatFails(t *testing.T) {
	f, msgs := &faultyConsole{}, make(chan tea.Msg)
	m, d := watched(f)
	Go(func(msg tea.Msg) { msgs <- msg }, outOfRange)
	d.Send(<-msgs)
	wantFault(t, m, f)
}

// run runs a console in Bubble Tea itself, without a terminal, until it ends.
func run(f *faultyConsole, then func(p *tea.Program), options ...tea.ProgramOption) (*Model, error) {
	m := Watch(f)
	p := tea.NewProgram(m, append(options, tea.WithInput(strings.NewReader("")), tea.WithOutput(io.Discard),
		tea.WithoutSignalHandler(), tea.WithoutCatchPanics())...)
	m.OnFault(p.Kill)
	go then(p)
	return m, Run(p, m)
}

func pressKey(p *tea.Program) { p.Send(drive.Key("j")) }

// TestAFaultEndsTheProgram is about what a Driver cannot show: that the
// program ends, and that Bubble Tea still knows a guarded batch and a guarded
// sequence by their types.
func TestAFaultEndsTheProgram(t *testing.T) {
	for name, f := range map[string]*faultyConsole{
		"Init":                   {init: outOfRange},
		"the first command":      {cmd: outOfRange},
		"the first View":         {view: func() string { outOfRange(); return "" }},
		"Update":                 {update: func(tea.Msg) tea.Cmd { outOfRange(); return nil }},
		"a command":              {update: onKey(fail)},
		"one of a batch":         {update: onKey(tea.Batch(harmless, fail))},
		"the last of a sequence": {update: onKey(tea.Sequence(harmless, harmless, fail))},
		"a batch in a sequence":  {update: onKey(tea.Sequence(harmless, tea.Batch(fail, harmless)))},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := run(f, pressKey)
			if err != nil && !errors.Is(err, tea.ErrProgramKilled) {
				t.Error(err)
			}
			wantFault(t, m, f)
		})
	}
}

func TestAPanicOutsideTheConsole(t *testing.T) {
	f := &faultyConsole{}
	m, err := run(f, pressKey, tea.WithFilter(func(tea.Model, tea.Msg) tea.Msg { outOfRange(); return nil }))
	if err != nil {
		t.Error(err)
	}
	wantFault(t, m, f)
}

func TestWithoutAFaultNothingIsSaved(t *testing.T) {
	f := &faultyConsole{}
	m, err := run(f, (*tea.Program).Quit)
	if err != nil || m.Fault() != nil || f.isSaved {
		t.Errorf("error %v, fault %v, saved %v", err, m.Fault(), f.isSaved)
	}
}

func TestOnlyTheFirstFaultCounts(t *testing.T) {
	stops := 0
	m := Watch(&faultyConsole{view: func() string { outOfRange(); return "" }})
	m.OnFault(func() { stops++ })
	m.Update(faultMsg{Fault{What: "the first"}})
	m.Update(faultMsg{Fault{What: "the second"}})
	if screen := m.View(); screen != "" || m.Fault().What != "the first" || stops != 1 {
		t.Errorf("view %q, fault %q, %d stops", screen, m.Fault().What, stops)
	}
}

func TestAReportHasNoTextThatWasEntered(t *testing.T) {
	m, _ := watched(&faultyConsole{update: func(tea.Msg) tea.Cmd { panic("the code is 087608") }})
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
	type custom string
	if got := Guard(func() tea.Msg { return custom("hello") })(); got != custom("hello") {
		t.Errorf("got %v", got)
	}
	if Guard(nil) != nil {
		t.Error("nil became a command")
	}
	if got := Guard(func() tea.Msg { return nil })(); got != nil {
		t.Errorf("got %v", got)
	}
}

func TestAFaultInWorkIsCaught(t *testing.T) {
	fault, err := Catch(func() error { panic("ph_secret") })
	if fault == nil || err != nil || strings.Contains(fault.What, "ph_secret") || fault.Stack == "" {
		t.Errorf("it is %+v, %v", fault, err)
	}
	if fault, err := Catch(func() error { return errors.New("refused") }); fault != nil || err == nil {
		t.Errorf("an error is %v, %v", fault, err)
	}
}

package drive

import (
	"fmt"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// recorder is a model that shows the messages that it received.
type recorder struct {
	seen    []string
	answers map[string]tea.Cmd // by the text of a message
}

func (r *recorder) Init() tea.Cmd { return say("init") }
func (r *recorder) View() string  { return strings.Join(r.seen, " ") }

func (r *recorder) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	text := fmt.Sprint(msg)
	r.seen = append(r.seen, text)
	return r, r.answers[text]
}

// say is a command with a text as its message.
func say(text string) tea.Cmd { return func() tea.Msg { return text } }

func opened(t *testing.T, answers map[string]tea.Cmd) *Visit {
	v := &Visit{T: t}
	v.Open(&recorder{answers: answers}, 80, 24)
	v.See(`^\{80 24\} init$`)
	v.Model.(*recorder).seen = nil
	return v
}

func TestCommandsRunBeforeTheNextKey(t *testing.T) {
	v := opened(t, map[string]tea.Cmd{
		"a": tea.Batch(say("one"), tea.Sequence(say("two"), nil, say("three")), say("four")), "two": say("of two"),
	})
	v.Press("a", "b")
	v.See(`^a one two of two three four b$`)
}

func TestUpdateLeavesTheCommandToTheTest(t *testing.T) {
	v := opened(t, map[string]tea.Cmd{"a": say("late"), "b": tea.Batch(say("x"), tea.Batch(say("y"), say("z")))})
	late := v.Update(Key("a"))
	v.Press("c")
	v.Run(late)
	v.See(`^a c late$`)
	if got := fmt.Sprint(Results(v.Update(Key("b")))); got != "[x y z]" {
		t.Errorf("results %s", got)
	}
	v.See(`late b$`)
	if Results(nil) != nil {
		t.Error("no command has results")
	}
}

func TestOnlyPassMovesTheClock(t *testing.T) {
	v := opened(t, nil)
	v.Now, v.Tick = time.Unix(100, 0), "tick"
	v.Press("a")
	v.Pass(time.Hour)
	v.See(`^a tick$`)
	if at := v.Clock(); !at.Equal(time.Unix(3700, 0)) {
		t.Errorf("the clock shows %v", at)
	}
}

func TestQuitIsRecordedAndNotSent(t *testing.T) {
	v := opened(t, map[string]tea.Cmd{"q": tea.Quit})
	if v.Press("a"); v.HasQuit {
		t.Error("a quits")
	}
	if v.Press("q"); !v.HasQuit {
		t.Error("q does not quit")
	}
	v.See(`^a q$`)
}

func TestMessagesWithoutEndPanic(t *testing.T) {
	v := opened(t, map[string]tea.Cmd{"again": say("again")})
	defer func() {
		if cause := recover(); cause != "drive: the messages of the model have no end" {
			t.Errorf("panic with %v", cause)
		}
	}()
	v.Send("again")
}

func TestKeysHaveBubbleTeasNames(t *testing.T) {
	for _, name := range []string{
		"a", "ä", "漢", " ", "enter", "esc", "tab", "shift+tab", "up", "shift+down", "home", "pgdown", "backspace", "delete",
		"ctrl+c", "ctrl+]", "f1", "f20", "alt+j", "alt+enter", "alt+ ", "+", "alt++",
	} {
		if got := Key(name).String(); got != name {
			t.Errorf("%q is the key %q", name, got)
		}
	}
	defer func() {
		if cause := recover(); cause != `drive: there is no key "entre"` {
			t.Errorf("panic with %v", cause)
		}
	}()
	Key("entre")
}

func TestTextIsTypedPastedOrReadAtOnce(t *testing.T) {
	v := opened(t, nil)
	v.Type("a b")
	v.Paste("q")
	v.Burst("jj")
	v.See(`^a   b \[q\] jj$`)
}

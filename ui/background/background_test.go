package background

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

func TestTheVariable(t *testing.T) {
	for value, want := range map[string]Shade{
		"15;0": Dark, "0;15": Light, "0;default;15": Light, "12;8": Dark, "0;7": Light, "7;4": Dark,
		"": Unknown, "15": Unknown, "15;default": Unknown, "0;99": Unknown, "0;-1": Unknown,
	} {
		if got := FromVariable(value); got != want {
			t.Errorf("COLORFGBG=%q is %v, want %v", value, got, want)
		}
	}
}

const fence = "\x1b[?62;22c"

func TestReplies(t *testing.T) {
	for reply, want := range map[string]Answer{
		"\x1b]11;rgb:1111/1515/1c1c\x1b\\" + fence:     {Shade: Dark},
		"\x1b]11;rgb:ffff/ffff/ffff\x07" + fence:       {Shade: Light},
		"\x1b]11;rgb:fa/fa/fa\x07" + fence:             {Shade: Light},
		"\x1b]11;rgba:0000/0000/0000/ffff\x07" + fence: {Shade: Dark},
		"\x1b]11;?\x07" + fence:                        {},
		fence:                                          {},
		"\x1b[?6c":                                     {},
		"":                                             {IsDue: true},
		"q":                                            {IsDue: true, Typed: []byte("q")},
		"2j\x1b]11;rgb:0/0/0\x07j" + fence + "k":       {Shade: Dark, Typed: []byte("2jjk")},
		"\x1b]11;rgb:ffff/ffff/ffff\x07":               {Shade: Light, IsDue: true},
		"\x1b[A" + fence:                               {Typed: []byte("\x1b[A")},
		"\x1b]11;rgb:zzzz/0/0\x07" + fence:             {},
		"\x1b]11;rgb:12345678/0/0\x07" + fence:         {},
		"\x1b]11;" + strings.Repeat("x", 500) + "\x07" + fence: {},
	} {
		got := read([]byte(reply))
		if got.Shade != want.Shade || got.IsDue != want.IsDue || string(got.Typed) != string(want.Typed) {
			t.Errorf("%q is %+v, want %+v", reply, got, want)
		}
	}
}

func TestWhatWasTypedIsGivenBack(t *testing.T) {
	for typed, want := range map[string]string{
		"":                    "[]",
		"2jä":                 "[2 j ä]",
		"a b\r\n":             "[a   b enter enter]",
		"\x1b[A\x1bOB\x1b[Zq": "[up down shift+tab q]",
		"\x03\x7f\t\x1b":      "[ctrl+c backspace tab esc]",
		"\x00x\xffy":          "[x y]",
		"\x1b[15~x":           "[x]",
		"\x1b]0;t\x07x":       "[x]",
		"\x1b[1;":             "[]",
	} {
		if got := fmt.Sprint(Keys([]byte(typed))); got != want {
			t.Errorf("%q is %s, want %s", typed, got, want)
		}
	}
}

func TestALateAnswerPressesNoKey(t *testing.T) {
	l := NewLate()
	in := []tea.KeyMsg{runes("j"), alt("]"), runes("11;rgb:1111/1515/1c1c"), alt(`\`), runes("k"), alt("]"), runes("11")}
	if got, want := through(l, in), []string{"j", "k", "alt+]", "11"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALateAnswerInPieces(t *testing.T) {
	in := []tea.KeyMsg{alt("]"), runes("11;"), runes("rgb:ffff/ffff/ffff"), {Type: tea.KeyCtrlG}, runes("q")}
	if got, want := through(NewLate(), in), []string{"q"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestKeysAreKeysWhenNoAnswerComes(t *testing.T) {
	in := []tea.KeyMsg{runes("1"), {Type: tea.KeyCtrlG}, alt("x"), runes("rgb:0/0/0"), alt("]"), runes("next")}
	if got, want := through(NewLate(), in), []string{"1", "ctrl+g", "alt+x", "rgb:0/0/0", "next"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestNoAnswerIsExpectedForEver(t *testing.T) {
	l := NewLate()
	l.now = func() time.Time { return time.Now().Add(patience + time.Second) }
	if got := through(l, []tea.KeyMsg{alt("]")}); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

func runes(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }

func alt(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s), Alt: true} }

func through(l *Late, in []tea.KeyMsg) (out []string) {
	for _, key := range in {
		if msg := l.Filter(nil, key); msg != nil {
			out = append(out, msg.(tea.KeyMsg).String())
		}
	}
	return out
}

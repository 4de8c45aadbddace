package background

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/drive"
)

func TestTheShadeInTheEnvironment(t *testing.T) {
	for value, want := range map[string]Shade{
		"15;0": Dark, "0;15": Light, "0;default;15": Light, "12;8": Dark, "0;7": Light, "7;4": Dark,
		"": Unknown, "15": Unknown, "15;default": Unknown, "0;99": Unknown, "0;-1": Unknown,
	} {
		if got := FromEnvironment(value); got != want {
			t.Errorf("COLORFGBG=%q is %v, want %v", value, got, want)
		}
	}
}

// end is the reply that marks the end.
const end = "\x1b[?62;22c"

func TestReplies(t *testing.T) {
	for reply, want := range map[string]Answer{
		"\x1b]11;rgb:1111/1515/1c1c\x1b\\" + end:     {Shade: Dark},
		"\x1b]11;rgb:ffff/ffff/ffff\x07" + end:       {Shade: Light},
		"\x1b]11;rgb:fa/fa/fa\x07" + end:             {Shade: Light},
		"\x1b]11;rgba:0000/0000/0000/ffff\x07" + end: {Shade: Dark},
		"\x1b]11;?\x07" + end:                        {},
		end:                                          {},
		"\x1b[?6c":                                   {},
		"":                                           {IsPending: true},
		"q":                                          {IsPending: true, Typed: []byte("q")},
		"2j\x1b]11;rgb:0/0/0\x07j" + end + "k":       {Shade: Dark, Typed: []byte("2jjk")},
		"\x1b]11;rgb:ffff/ffff/ffff\x07":             {Shade: Light, IsPending: true},
		"\x1b[A" + end:                               {Typed: []byte("\x1b[A")},
		"\x1b]11;rgb:zzzz/0/0\x07" + end:             {},
		"\x1b]11;rgb:12345678/0/0\x07" + end:         {},
		"\x1b]11;" + strings.Repeat("x", 500) + "\x07" + end: {},
	} {
		got := parseAnswer([]byte(reply))
		if got.Shade != want.Shade || got.IsPending != want.IsPending || string(got.Typed) != string(want.Typed) {
			t.Errorf("%q is %+v, want %+v", reply, got, want)
		}
	}
}

func TestWhatWasTypedBecomesKeys(t *testing.T) {
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

func TestALateAnswerIsNoKey(t *testing.T) {
	in := []tea.KeyMsg{runes("j"), drive.Key("alt+]"), runes("11;rgb:1111/1515/1c1c"), drive.Key(`alt+\`), runes("k"), drive.Key("alt+]"), runes("11")}
	if got, want := filtered(NewLate(), in), []string{"j", "k", "alt+]", "11"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestALateAnswerInPieces(t *testing.T) {
	in := []tea.KeyMsg{drive.Key("alt+]"), runes("11;"), runes("rgb:ffff/ffff/ffff"), drive.Key("ctrl+g"), runes("q")}
	if got, want := filtered(NewLate(), in), []string{"q"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestOtherKeysPass(t *testing.T) {
	in := []tea.KeyMsg{runes("1"), drive.Key("ctrl+g"), drive.Key("alt+x"), runes("rgb:0/0/0"), drive.Key("alt+]"), runes("next")}
	if got, want := filtered(NewLate(), in), []string{"1", "ctrl+g", "alt+x", "rgb:0/0/0", "next"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestAfterTheLateLimitNothingIsDropped(t *testing.T) {
	l := NewLate()
	l.now = func() time.Time { return time.Now().Add(lateLimit + time.Second) }
	if got := filtered(l, []tea.KeyMsg{drive.Key("alt+]")}); len(got) != 1 {
		t.Errorf("got %q", got)
	}
}

// runes are characters that Bubble Tea reads at once.
func runes(s string) tea.KeyMsg { return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(s)} }

// filtered returns the keys that pass the filter.
func filtered(l *Late, in []tea.KeyMsg) (out []string) {
	for _, key := range in {
		if msg := l.Filter(nil, key); msg != nil {
			out = append(out, msg.(tea.KeyMsg).String())
		}
	}
	return out
}

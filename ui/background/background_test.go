package background

import (
	"strings"
	"testing"
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

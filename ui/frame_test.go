package ui_test

import (
	"strings"
	"testing"

	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/uitest"
)

// everywhere lists the keys that open each screen and each dialog.
var everywhere = [][]string{
	{"1"}, {"1", "e"}, {"1", "u"}, {"1", "D"}, {"1", "D", "enter"}, {"1", "?"}, {"1", "o"}, {"1", "!"},
	{"2"}, {"2", "a"}, {"2", "e"}, {"2", "j", "j", "v"}, {"2", "enter"}, {"2", "*", "d"}, {"2", "f"}, {"2", "/", "s"},
	{"2", "t", "w"}, {"2", "T"}, {"2", "T", "y"}, {"2", "j", "j", "S"}, {"2", "j", "j", "S", "y"}, {"2", "enter", "pgdown"},
	{"3"}, {"3", "c"}, {"3", "enter"}, {"4"}, {"4", "enter"}, {"4", "f"}, {"4", "u"}, {"4", "t"}, {"4", "E"}, {"4", "/", "x"}, {"4", "G", "u", "y"},
	{"2", "P"}, {"2", "E"}, {"2", "s", "z"}, {"5"}, {"5", "enter"}, {"5", "c"}, {"5", "f"}, {"5", "G", "enter"},
	{"6"}, {"6", "f"}, {"6", "/", "s"}, {"6", "/", "x", "y", "z"},
}

func TestEveryViewFillsEveryWindowExactly(t *testing.T) {
	for _, keys := range everywhere {
		v := uitest.Open(t)
		v.Press(keys...)
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}, {69, 19}, {70, 20}, {109, 30}, {110, 24}, {300, 90}, {39, 15}, {40, 14}, {1, 1}, {200, 15}, {41, 60}} {
			v.Resize(size[0], size[1])
			v.Fits()
		}
	}
}

func TestASCIIThemeDrawsOnlyASCII(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: what a key shows is drawn by one goroutine, and this draws hundreds of screens")
	}
	for _, keys := range everywhere {
		v := uitest.Open(t)
		v.Restart(uitest.ASCII())
		v.Press(keys...)
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
			v.Resize(size[0], size[1])
			v.Fits()
			if i := strings.IndexFunc(v.Screen(), func(r rune) bool { return r > 0x7e }); i >= 0 {
				t.Fatalf("%v shows %q:\n%s", keys, []rune(v.Screen()[i:])[0], v.Screen())
			}
		}
	}
}

func TestColourIsNeverTheOnlySign(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Look(theme.Options{Name: "mono", Profile: termenv.TrueColor}))
	v.Press("2")
	for _, bad := range []string{"38;", "48;", "\x1b[3", "\x1b[4"} {
		if strings.Contains(v.Screen(), bad) {
			t.Fatalf("mono draws a colour (%q):\n%q", bad, v.Screen())
		}
	}
	if !strings.Contains(v.Screen(), "\x1b[1;7m") {
		t.Fatalf("the cursor row is not reversed:\n%q", v.Screen())
	}
}

func TestTooSmallWindowSaysWhatIsNeeded(t *testing.T) {
	v := uitest.Open(t)
	v.Press("2", "a")
	v.Type("kept@new.example")
	v.Resize(38, 12)
	v.See(`This window is too small`, `needs 40x15, has 38x12`)
	v.Fits()
	v.Resize(20, 6)
	v.See(`This window is too`, `needs 40x15, has`, `20x6`, `Make it larger\.`, `Nothing is lost\.`)
	v.Fits()
	v.Resize(80, 24)
	v.See(`kept@new.example`)
}

func TestWideWindowShowsTheDetailBesideTheTable(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(120, 40)
	v.Press("2", "j")
	v.See(`Channel 2 · sms`, `Next +t tests it again`, `PingHome Ltd / Platform`)
}

package ui_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/uitest"
)

// dialogFrame is where the dialog with this title is: its first and its last line.
func dialogFrame(v *uitest.Visit, title string) (top, bottom int) {
	v.T.Helper()
	lines := strings.Split(ansi.Strip(v.Screen()), "\n")
	column := -1
	for y, line := range lines {
		if i := strings.Index(line, "╭─ "+title); i >= 0 && column < 0 {
			top, column = y, ansi.StringWidth(line[:i])
		}
		if column >= 0 && strings.HasPrefix(ansi.Cut(line, column, ansi.StringWidth(line)), "╰") {
			return top, y
		}
	}
	v.T.Fatalf("there is no dialog %q:\n%s", title, v.Screen())
	return 0, 0
}

func TestDialogsKeepTheirHeight(t *testing.T) {
	type step struct{ keys, text, sees string }
	for _, c := range []struct {
		title string
		open  []string
		steps []step
	}{
		{"Add channel", []string{"2", "a"}, []step{{"ctrl+s", "", `✗ `}, {"", "+994551234567890123", ``}, {"ctrl+s", "", `too long`}, {"shift+tab", "", `letters go`}, {"ctrl+r", "", `Started over`},
			{"", "john.smith@ping-home.org", ``}, {"ctrl+s", "", `✗ `}}},
		{"Edit channel", []string{"2", "e"}, []step{{"ctrl+u", "", ``}, {"ctrl+s", "", `✗ `}, {"ctrl+r", "", `Started over`}}},
		{"Verify channel 3", []string{"2", "j", "j", "v"}, []step{{"", "000000", `✗ `}, {"", "000000", `✗ `}, {"", "000000", `✗ `}, {"", "000000", `✗ `}, {"", "000000", `✗ `}}},
		{"Test of channel 1", []string{"2", "t", "w"}, []step{{"enter", "", `Type the word`}, {"", "x", ``}, {"enter", "", `✗ `}}},
		{"Delete account", []string{"D", "enter"}, []step{{"enter", "", `Choose a reason`}, {"9", "", `kept in a-z and 0-9`}, {"tab", "", `kept in a-z and 0-9`}, {"", "x", `kept in a-z and 0-9`}, {"tab", "x", `kept as other-x`}}},
		{"Edit name", []string{"e"}, []step{{"ctrl+u", "", ``}, {"ctrl+s", "", `✗ `}}},
	} {
		t.Run(c.title, func(t *testing.T) {
			v, _ := uitest.OpenSending(t)
			v.Press(c.open...)
			top, bottom := dialogFrame(v, c.title)
			for _, s := range c.steps {
				if s.keys != "" {
					v.Press(s.keys)
				}
				v.Type(s.text)
				v.See(s.sees)
				if newTop, newBottom := dialogFrame(v, c.title); newTop != top || newBottom != bottom {
					t.Fatalf("after %q it was on %d to %d, now on %d to %d:\n%s", s.keys+s.text, top, bottom, newTop, newBottom, v.Screen())
				}
			}
		})
	}
}

// A dialog about a channel leaves its row in sight, with the colours that it has; all else
// is dimmed but for the lines below the screen.
func TestDialogsDimTheirGroundAndLeaveTheRowInSight(t *testing.T) {
	for _, size := range uitest.Some(1, [][2]int{{80, 24}, {80, 20}, {100, 30}, {120, 40}, {200, 60}}) {
		for row := range 5 {
			for _, key := range []string{"a", "e", "d", "V"} {
				t.Run(fmt.Sprintf("%dx%d row %d key %s", size[0], size[1], row+1, key), func(t *testing.T) {
					v := uitest.Open(t)
					v.Restart(uitest.Colours())
					v.Resize(size[0], size[1])
					v.Press("2")
					for range row {
						v.Press("j")
					}
					v.Press(key)
					seeRowAbove(v, row+1)
				})
			}
		}
	}
}

// seeRowAbove fails the test unless the row of a channel is bright and the header dimmed,
// where a dialog is open.
func seeRowAbove(v *uitest.Visit, priority int) {
	v.T.Helper()
	look := theme.New(theme.Options{Name: "auto", Ground: theme.DarkGround, Profile: termenv.TrueColor})
	plain := ansi.Strip(v.Screen())
	if !strings.Contains(plain, "╰─ ") {
		return // the key says why not
	}
	v.Fits()
	if !regexp.MustCompile(fmt.Sprintf(`▌ +%d  `, priority)).MatchString(plain) {
		v.T.Fatalf("the row is out of sight:\n%s", plain)
	}
	row, _, _ := strings.Cut(look.Cursor.Text.Render("@"), "@")
	if !strings.Contains(v.Screen(), row) {
		v.T.Fatalf("the row is dimmed:\n%q", v.Screen())
	}
	header, _, _ := strings.Cut(v.Screen(), "\n")
	if want := look.Dim.Render(ansi.Strip(header)); header != want {
		v.T.Fatalf("the header is %q, want %q", header, want)
	}
}

// A pane has the sign of the focus where keys can move it, and nowhere else.
func TestOnlyPanesBetweenWhichTheFocusMovesHaveItsSign(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(120, 40)
	for _, screen := range []string{"1", "2", "5", "2"} {
		v.Press(screen)
		v.Miss(`▸`)
	}
	v.Press("enter")
	v.Miss(`▸`)
	v.Press("d")
	v.Miss(`▸`)
	v.Press("esc", "3")
	v.See(`▸ Earlier`)
	v.Press("c")
	v.See(`▸ New feedback`)
	v.Miss(`▸ Earlier`)
}

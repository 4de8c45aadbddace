package ui_test

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// withMouse opens a console with the mouse on.
func withMouse(t *testing.T, keys ...string) *uitest.Visit {
	v := uitest.Open(t)
	v.Restart(func(o *ui.Options) { o.Mouse = true })
	v.Press(keys...)
	return v
}

// clickOnce clicks on a text, and lets the time of a double click pass.
func clickOnce(v *uitest.Visit, text string) {
	v.T.Helper()
	v.ClickOn(text)
	v.Pass(time.Second)
}

func TestMouseIsOffUntilItIsAskedFor(t *testing.T) {
	v := uitest.Open(t, "2")
	if v.HasMouse {
		t.Fatal("the mouse is on")
	}
	before := v.Screen()
	for y := range 24 { // another program left its reports on
		v.Send(tea.MouseMsg{X: 5, Y: y, Button: tea.MouseButtonLeft, Action: tea.MouseActionPress})
	}
	if v.Screen() != before {
		t.Fatalf("clicks act:\n%s", v.Screen())
	}
	v.Press("M")
	v.See(`The mouse is on. shift\+drag selects text, or M turns it off`)
	if !v.HasMouse {
		t.Fatal("the mouse is not on")
	}
	v.Press("a", "M", "esc", "?", "esc", "M")
	v.See(`The mouse is off here: it selects text again`)
	if v.HasMouse {
		t.Fatal("the mouse is still on")
	}
	v.Press("f", "M") // in a dialog in which letters are keys
	v.See(`Types`, `The mouse is on`)
	if !v.HasMouse {
		t.Fatal("the mouse is not on in a dialog")
	}
	v.Press("esc", "?")
	v.Type("use the mouse")
	v.Press("enter")
	if v.HasMouse {
		t.Fatal("the help does not turn it off")
	}
}

func TestTabsAreClicked(t *testing.T) {
	v := withMouse(t)
	v.ClickOn("3 Feedback")
	v.See(`\[3 Feedback\]`)
	v.ClickOn("2 Channels")
	v.See(`\[2 Channels`)
	v.Click(0, 1) // beside them
	v.See(`\[2 Channels`)
	v.Resize(40, 15)
	v.ClickOn("›")
	v.See(`3/6 Feedback`)
	v.Click(0, 1)
	v.See(`2/6 Channels`)
	v.Resize(80, 24)
	v.Press("/")
	v.ClickOn("1 Profile") // 1 is text now
	v.See(`\[2 Channels`, `^ / `)
}

func TestRowsAreChosenAndOpened(t *testing.T) {
	v := withMouse(t, "2")
	clickOnce(v, "⇄ ops hook")
	v.See(`▌  3`, `3/5`)
	clickOnce(v, "⇄ ops hook")
	v.See(`▌  3`)
	v.Click(10, 15) // below the rows
	v.See(`▌  3`)
	v.ClickOn("✆ pager")
	v.ClickOn("@ work      jo") // too far away for a double click
	v.See(`▌  1`)
	v.Press("j")
	v.ClickOn("@ work      jo") // a key was pressed between
	v.See(`▌  1`)
	v.ClickOn("@ work      jo")
	v.See(`Channel 1 · email · work`, `Verified`)
	v.Press("esc", "5")
	clickOnce(v, "08:00:00")
	v.See(`3/5`)
	v.ClickOn("test · 30003")
	v.ClickOn("test · 30003")
	v.See(`esc close`, `Unreachable`)
}

func TestRowsAreFoundInEveryRoom(t *testing.T) {
	v := withMouse(t, "2")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.Resize(size[0], size[1])
		v.Press("g")
		clickOnce(v, "⚑")
		v.See(`▌  ?4`)
	}
	v.Press("3")
	for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}} {
		v.Resize(size[0], size[1])
		clickOnce(v, "2026-11-21")
		v.See(`▌ 2026-11-21`)
		clickOnce(v, "2026-08-25")
		v.See(`▌ 2026-08-25`)
	}
}

// What a click brings into sight is read, as after a key.
func TestDetailFollowsTheClick(t *testing.T) {
	v := withMouse(t, "2")
	v.Resize(120, 40)
	clickOnce(v, "✆ pager")
	byClick := v.Screen()
	v.Press("g", "j")
	v.See(`Channel 2 · sms`, `Unreachable destination`)
	if v.Screen() != byClick {
		t.Fatalf("after a click:\n%s\nafter keys:\n%s", byClick, v.Screen())
	}
}

func TestRowsOfListsInDialogsAreOpened(t *testing.T) {
	v := withMouse(t, "2", "?")
	clickOnce(v, "switch on or off")
	v.See(`▌ switch on or off`)
	v.ClickOn("edit the value")
	v.ClickOn("edit the value")
	v.See(`Edit channel 1`)
	v.Press("esc", "o")
	v.ClickOn("Anna")
	v.ClickOn("Anna")
	v.See(`◆ pinghome  Anna Smits`, `\[2 Channels\]`)
}

func TestKeysOfTheBottomLineAreClicked(t *testing.T) {
	v := withMouse(t, "2")
	v.ClickOn("a add")
	v.See(`Add channel`)
	v.ClickOn("f types") // behind the dialog
	v.See(`Add channel`)
	v.ClickOn("esc leave")
	v.Miss(`Add channel`)
	v.ClickOn("d delete")
	v.See(`Delete 1 channel\?`) // it asks, as its key does
	v.ClickOn("n keep")
	v.Miss(`Delete 1`)
	v.Press("j", "j", "j", "j")
	v.ClickOn("s on/off")
	v.See(`✓ Channel 5 is off`)
}

func TestWheelMovesWhatIsUnderThePointer(t *testing.T) {
	v := withMouse(t, "2")
	v.WheelOn("⇄ ops hook", 1)
	v.See(`4/5`)
	v.WheelOn("⇄ ops hook", 5)
	v.See(`5/5`)
	v.WheelOn("⇄ ops hook", -1)
	v.See(`2/5`)
	v.Wheel(5, 0, 1) // the header
	v.See(`2/5`)
	v.Press("?")
	v.Resize(90, 24)
	v.Wheel(0, 5, 1) // behind the dialog
	v.See(`▌ add a channel`)
	v.WheelOn("add a channel", 2)
	v.See(`▌ test all`)
	v.Press("esc")
	v.See(`2/5`)
}

func TestWheelScrollsPages(t *testing.T) {
	for name, page := range map[string]struct {
		keys  []string
		first int // line of the window that scrolls
	}{"a detail": {[]string{"2", "enter"}, 4}, "a message": {[]string{"5", "enter"}, 2}} {
		t.Run(name, func(t *testing.T) {
			v := withMouse(t, page.keys...)
			v.Resize(40, 15)
			before := v.Screen()
			v.Wheel(10, 8, 1)
			if lines := strings.Split(v.Screen(), "\n"); lines[page.first] != strings.Split(before, "\n")[page.first+3] {
				t.Fatalf("it does not scroll by three lines:\n%s", v.Screen())
			}
			v.Wheel(10, 8, 20)
			v.Fits()
			v.Wheel(10, 8, -20)
			if v.Screen() != before {
				t.Fatalf("it does not scroll back:\n%s", v.Screen())
			}
		})
	}
}

// Clicks on every cell change nothing where keys could not.
func TestClicksChangeNothingInAConsoleThatOnlyReads(t *testing.T) {
	v := uitest.Open(t)
	revision := func() int64 {
		profile, err := v.Backend().Profile(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return profile.Revision
	}
	before := revision()
	for _, screen := range uitest.Some(2, []string{"2", "1", "3", "5"}) {
		v.Restart(func(o *ui.Options) { o.Mouse, o.Shell.ReadOnly = true, true })
		v.Press(screen)
		for y := range 24 {
			for x := 0; x < 80; x += 3 {
				v.Click(x, y)
				v.Click(x, y)
			}
		}
	}
	if after := revision(); after != before {
		t.Fatalf("revision %d became %d", before, after)
	}
}

// Clicks and wheels anywhere, in any order, leave a console that is drawn.
func TestAnythingCanBeClicked(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for _, keys := range everywhere {
		for _, size := range uitest.Some(1, [][2]int{{80, 24}, {120, 40}, {40, 15}}) {
			v := withMouse(t, keys...)
			v.Resize(size[0], size[1])
			for range 40 {
				x, y := random.IntN(size[0]), random.IntN(size[1])
				v.Wheel(x, y, random.IntN(3)-1)
				v.Click(x, y)
			}
			v.Fits()
		}
	}
}

func TestVerdictLeadsToItsRow(t *testing.T) {
	v := withMouse(t, "1")
	v.ClickOn("3h: 30003")
	v.See(`\[2 Channels`, `▌  2  ✆ pager`)
}

func TestRowsOfTheProfileAreClicked(t *testing.T) {
	v := withMouse(t, "1")
	v.ClickOn("6fb4e64f")
	v.See(`▌Id`)
	v.WheelOn("webhook", 1)
	v.See(`▌3  ⇄ webhook`)
	v.ClickOn("push.example")
	v.See(`▌4  ⚑ push`)
	v.ClickOn("push.example")
	v.See(`\[2 Channels`, `▌  4  ⚑ phone`)
}

// TestTabsFitTheWindow: the titles of the tabs behind give way, not the badges.
func TestTabsFitTheWindow(t *testing.T) {
	v := uitest.Open(t)
	v.Resize(70, 20)
	v.Press("2")
	v.See(`1 Profile \[2 Channels ✗1\] 3 Feedback 4 Activi… 5 Mes… \(3\) 6 Acc… ✗2 *$`)
	v.Press("M")
	v.ClickOn("6 Acc…")
	v.See(`\[6 Accounts ✗2\]`, `2 Channels ✗1`)
}

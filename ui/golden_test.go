package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

// TestScreensAreAsInTestdata compares whole screens with those in testdata, in four
// sizes of the window: usual, wide, compact, and vast. With PINGHOME_UPDATE=1 in the
// environment it writes them anew; read the difference before you commit it.
func TestScreensAreAsInTestdata(t *testing.T) {
	for _, scene := range []struct {
		name string
		keys []string
	}{
		{"profile", []string{"1"}}, {"name", []string{"1", "e"}}, {"deletion", []string{"1", "D", "enter"}}, {"help", []string{"2", "?"}}, {"accounts", []string{"o"}},
		{"channels", []string{"2", "j"}}, {"channel", []string{"2", "j", "enter"}}, {"add", []string{"2", "a"}}, {"verify", []string{"2", "j", "j", "v", "0", "8", "7"}},
		{"delete", []string{"2", " ", " ", "d"}}, {"types", []string{"2", "f", " "}}, {"feedback", []string{"3", "c", "G", "o", "o", "d"}}, {"messages", []string{"5"}}, {"message", []string{"5", "enter"}},
		{"activity", []string{"4"}}, {"change", []string{"4", "j", "j", "j", "enter"}}, {"past", []string{"4", "j", "j", "j", "t"}},
		{"allaccounts", []string{"6"}}, {"problems", []string{"6", "f", ">", ">"}},
	} {
		v := uitest.Open(t)
		v.Press(scene.keys...)
		v.Poll() // drafts are written
		var b strings.Builder
		for _, size := range [][2]int{{80, 24}, {120, 40}, {40, 15}, {200, 60}} {
			v.Resize(size[0], size[1])
			fmt.Fprintf(&b, "%dx%d\n%s\n", size[0], size[1], v.Screen())
		}
		compare(t, scene.name, b.String())
	}
}

package ui_test

import (
	"context"
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// smallDialogs are the console's dialogs: the keys that open them, and what is in sight then
// in the smallest window, each after one more tab.
var smallDialogs = map[string]struct {
	keys []string
	sees []string // patterns; see Visit.See
	foot string   // a pattern of what is in sight with the focus anywhere: buttons, and then the keys
}{
	"delete account, warning": {[]string{"D"}, []string{`There is no undo`}, `esc cancel`},
	"delete account, reasons": {[]string{"D", "enter"}, []string{`\( \) 1 Missing`, `>  *\n`, `\[ Cancel \]`}, `for good.*\n.*Cancel.*Delete account(?s:.*)esc cancel`},
	"delete account, other": {[]string{"D", "enter", "9"}, []string{`\(•\) 9 Other`, `> in a few words`, `(?s)Type john.*\n > `, `\[ Cancel \]`},
		`for good.*\n.*Cancel.*Delete account(?s:.*)esc cancel`},
	"name":                {[]string{"e"}, []string{`Name +John`, `Surname +Smith`}, `ctrl\+s save.*esc leave`},
	"username":            {[]string{"u"}, []string{`New email +`}, `ctrl\+s save.*esc leave`},
	"add channel":         {[]string{"2", "a"}, []string{`Type +`, `Value +`, `Label +`}, `ctrl\+s save.*esc leave`},
	"edit channel":        {[]string{"2", "e"}, []string{`Value +john`, `Label +work`}, `ctrl\+s save.*esc leave`},
	"delete channels":     {[]string{"2", "*", "d"}, []string{`\[ Keep \]`, `\[ Delete \]`}, `Keep.*Delete(?s:.*)n keep`},
	"switch off the last": {[]string{"2", "*", "s"}, []string{`\[ Keep on \]`, `\[ Switch off \]`}, `Keep on.*Switch off`},
	"test all":            {[]string{"2", "T"}, []string{`\[ No \]`, `\[ Test \]`}, `No .*Test (?s:.*)n keep`},
	"new secret":          {[]string{"2", "j", "j", "S"}, []string{`\[ Keep `, `\[ New secret`, `\[ End old one now`}, `Keep (?s:.*)New secret(?s:.*)End old`},
	"signing secret":      {[]string{"2", "j", "j", "S", "y"}, []string{`\[ Copy \]`, `\[ I have it \]`}, `Copy.*I have it`},
	"verify":              {[]string{"2", "j", "j", "v"}, []string{`│ _ ││ +│`}, `esc `},
	"word of a test":      {[]string{"2", "t", "w"}, []string{`\n Word `}, `esc `},
	"type filter":         {[]string{"2", "f"}, []string{`▌\[ \]`}, `enter `},
	"columns":             {[]string{"2", "C"}, []string{`▌\[x\] Label`}, `enter apply`},
	"delete messages":     {[]string{"5", "*", "d"}, []string{`\[ Keep \]`}, `Keep.*Delete`},
	"accounts":            {[]string{"o"}, []string{`> `}, `enter .*esc `},
	"help":                {[]string{"?"}, []string{`> type to find`}, `esc `},
	"notices":             {[]string{"!"}, []string{`No notice yet`}, `esc close`},
}

// TestDialogsInTheSmallestWindowShowTheirFocusAndKeys: what has the focus, the buttons and the
// keys are in sight, and where lines are not, a mark says so.
func TestDialogsInTheSmallestWindowShowTheirFocusAndKeys(t *testing.T) {
	for name, c := range smallDialogs {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t)
			v.Resize(40, 15)
			v.Press(c.keys...)
			for i, pattern := range c.sees {
				if i > 0 {
					v.Press("tab")
				}
				v.Fits()
				seeLines(v, pattern)
				seeLines(v, c.foot)
			}
		})
	}
}

// seeLines fails the test unless the lines of the screen, without colours, match a pattern.
func seeLines(v *uitest.Visit, pattern string) {
	v.T.Helper()
	if screen := ansi.Strip(v.Screen()); !regexp.MustCompile(pattern).MatchString(screen) {
		v.T.Errorf("%q is not on the screen:\n%s", pattern, screen)
	}
}

// TestFieldsWithFaultsStayInSightInTheSmallestWindow, also the sentence of the one that has
// the focus.
func TestFieldsWithFaultsStayInSightInTheSmallestWindow(t *testing.T) {
	v := uitest.Open(t, "2", "a")
	v.Resize(40, 15)
	v.Press("ctrl+s")
	seeLines(v, `Value .*\n +✗ `)
	seeLines(v, `ctrl\+s save`)
	lookUp := func(context.Context, ui.NewServer) (ui.Opened, string, error) {
		return ui.Opened{}, "", backend.Errorf(backend.CodeOffline, "%s", strings.Repeat("The server did not answer. ", 4))
	}
	v.Restart(firstRun(v, ui.Setup{Server: lookUp, ServerName: func(string) string { return "" }}))
	v.Resize(40, 15)
	v.Press("up", "enter")
	v.Paste(token)
	v.Press("tab")
	v.Type("good")
	v.Press("tab")
	v.Paste(token)
	seeLines(v, `Name +…?••••.*\n +✗ This is a token`)
	seeLines(v, `ctrl\+s save`)
}

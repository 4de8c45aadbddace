package ui_test

import (
	"context"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// token is one of the form that "pinghome token create" prints; secret is what of it is not
// to be seen.
const (
	secret = "qrstuvwxyz234567abcdefghijklmnopqrstuvwxyz234567abcdabcdefg"
	token  = "ph_abcdefghijklmnop_" + secret
)

// missSecret fails the test where the secret is on the screen, or in a draft.
func missSecret(v *uitest.Visit) {
	v.T.Helper()
	v.Miss(secret[:8], secret[len(secret)-8:])
	v.Poll()
	if text := v.DraftText(); strings.Contains(strings.ToLower(text), secret[:8]) {
		v.T.Fatalf("a draft has the token: %s", text)
	}
}

// TestTokenPastedOneFieldOffStaysSecret: it is refused at once, with a sentence that says
// where it belongs, and nothing is asked for it.
func TestTokenPastedOneFieldOffStaysSecret(t *testing.T) {
	for name, c := range map[string]struct {
		tabs int
		text string
	}{
		"address":          {0, token},
		"address, a URL":   {0, "https://" + token},
		"address, a space": {0, " " + token},
		"name":             {2, token},
		"name, upper case": {2, strings.ToUpper(token)},
		"name, a header":   {2, "Bearer " + token},
		"name, cut short":  {2, "ph_abc"},
	} {
		t.Run(name, func(t *testing.T) {
			fail := func() { t.Helper(); t.Error("it was looked up") }
			v := openFirstRun(t, ui.Setup{
				Server:     func(context.Context, ui.NewServer) (ui.Opened, string, error) { fail(); return ui.Opened{}, "", nil },
				ServerName: func(address string) string { return address }})
			v.Press("up", "enter")
			for range c.tabs {
				v.Press("tab")
			}
			v.Paste(c.text)
			v.See(`This is a token. It belongs in the field Token`, `••••••`)
			v.Miss(c.text)
			missSecret(v)
			v.Press("tab", "ctrl+s")
			v.See(`It belongs in the field Token`)
			missSecret(v)
			v.Press("ctrl+c")
			if text := v.DraftText(); strings.Contains(strings.ToLower(text), "ph_") {
				t.Errorf("the draft has it: %s", text)
			}
		})
	}
}

// TestNoDraftHasAToken: it may be pasted wherever text is typed.
func TestNoDraftHasAToken(t *testing.T) {
	for name, keys := range map[string][]string{
		"name": {"e"}, "username": {"u"}, "a new channel": {"2", "a"}, "a channel": {"2", "e"}, "label": {"2", "L"}, "feedback": {"3", "c"},
		"find": {"2", "/"}, "explanation": {"D", "enter", "9", "tab"}, "accounts": {"6", "/"}, "palette": {"?"},
	} {
		t.Run(name, func(t *testing.T) {
			v := uitest.Open(t, keys...)
			v.Paste(token)
			v.Poll()
			for _, key := range []string{"tab", "ctrl+s", "esc", "ctrl+c"} {
				v.Press(key)
				v.Poll()
				if text := v.DraftText(); strings.Contains(text, secret[:8]) {
					t.Fatalf("after %s a draft has the token: %s", key, text)
				}
			}
		})
	}
}

// TestTokenInAFieldOfAFormIsHiddenAndRefused, and the rest of a draft stays.
func TestTokenInAFieldOfAFormIsHiddenAndRefused(t *testing.T) {
	v := uitest.Open(t, "e")
	v.Press("ctrl+u")
	v.Paste(token)
	v.See(`Name +…?••••`, `✗ There is a token in it`)
	missSecret(v)
	v.Press("ctrl+s")
	v.See(`Edit name`, `✗ There is a token in it`)
	v.Press("ctrl+u")
	v.Type("Jo")
	v.Press("ctrl+s")
	v.See(`Name +Jo `)
	v.Press("3", "c")
	v.Type("This one fails: ")
	v.Paste(token)
	v.Press("ctrl+c")
	v.Restart()
	v.Press("3", "c")
	v.See(`This one fails: ph_…`)
}

package channels_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

var secretText = regexp.MustCompile(`whsec_[A-Za-z0-9+/=]{20,}`)

func TestSecretOfANewWebhookIsShownOnce(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("https://hooks.example.org/new")
	v.Press("enter")
	v.See(`Signing secret`, `The receiver of channel 6 checks`, `Webhooks\)`, `! It is not shown again. y copies it`)
	secret := secretText.FindString(v.Screen())
	if secret == "" {
		t.Fatalf("no secret:\n%s", v.Screen())
	}
	v.Press("esc")
	shown := regexp.QuoteMeta(secret)
	v.See(shown, `! It is not shown again. "I have it" \(tab, enter\) closes`)
	v.Press("esc", "q")
	v.See(shown, `\[ Copy \]    < I have it >`)
	v.Press("y", "enter", "esc")
	v.See(shown, `✓ Copied the signing secret into tmux's buffer`)
	if v.Copied != secret {
		t.Fatalf("copied %q", v.Copied)
	}
	v.Press("tab")
	v.See(shown, `< Copy >    \[ I have it \]`)
	v.Press("enter")
	v.See(`Verify channel 6`)
	v.Miss(`whsec_`)
	v.Press("esc", "!")
	for _, kept := range []string{v.Screen(), strings.Join(v.Model.(*ui.Model).RecentMessages(), " ")} {
		if strings.Contains(kept, "whsec_") {
			t.Fatalf("the secret is kept:\n%s", kept)
		}
	}
}

func TestSecretIsReplacedAfterAQuestion(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("S")
	v.See(`! Channel 1 is no webhook: only webhooks have a signing secret`)
	v.Press("j", "j", "S")
	v.See(`New signing secret for channel 3\?`, `For`, `a day, messages carry`, `\[ Keep \]`)
	v.Press("enter")
	v.Miss(`whsec_`)
	v.Press("S", "y")
	v.See(`whsec_`, `The old one stays valid, too, until 2026-11-24`, `12:00:00`)
	v.Resize(40, 15)
	v.See(`whsec_`, `not shown again`, `< I have it >`)
	v.Fits()
	v.Resize(80, 24)
	v.Press("left", "enter")
	v.Miss(`whsec_`)
	v.Press("o", "up")                      // from the account that is open
	opening := v.Update(drive.Key("enter")) // of Anna's account
	v.Press("S", "y")
	v.See(`whsec_`)
	v.Run(opening)
	v.See(`◆ pinghome  Anna Smits`, `\[2 Channels\]`)
	v.Miss(`whsec_`)
}

func TestOldSecretIsEndedAtOnce(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("j", "j", "S")
	v.See(`If others may know the old one, end it now`, `\[ Keep \]  < New secret >  < End old one now >`)
	v.Press("tab")
	v.See(`\[ New secret \]`)
	v.Press("right")
	v.See(`\[ End old one now \]`)
	v.Press("tab", "left")
	v.Resize(40, 15)
	v.See(`\[ End old one now \]`)
	v.Fits()
	v.Resize(80, 24)
	v.Press("enter")
	v.See(`whsec_`)
	v.Miss(`stays valid`)
}

func TestOldSecretCannotBeEndedEverywhere(t *testing.T) {
	v := uitest.OpenFaulty(t, &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureEndSecret: "not here"}})
	v.Press("2", "j", "j", "S")
	v.See(`\[ Keep \]  < New secret >`)
	v.Miss(`nd old one`, `others may know`)
	v.Press("e")
	v.See(`New signing secret for channel 3`, `! not here`)
	v.Press("tab", "tab")
	v.See(`\[ Keep \]`)
	v.Press("shift+tab", "y")
	v.See(`whsec_`, `The old one stays valid`)
}

// TestEachButtonOfANewSecretHasItsKey, which does what it says whichever has the focus.
func TestEachButtonOfANewSecretHasItsKey(t *testing.T) {
	for _, c := range []struct {
		keys           []string
		isNew, isEnded bool
	}{
		{[]string{"y"}, true, false}, {[]string{"e"}, true, true}, {[]string{"n"}, false, false},
		{[]string{"tab", "tab", "y"}, true, false}, {[]string{"tab", "e"}, true, true}, {[]string{"tab", "n"}, false, false},
	} {
		v := uitest.Open(t, "2", "j", "j", "S")
		v.See(`─ y new secret  e end old now  F1 keys  n keep ─`)
		v.Miss(`do it`)
		v.Press(c.keys...)
		v.Miss(`New signing secret`)
		if got := strings.Contains(v.Screen(), "whsec_"); got != c.isNew {
			t.Errorf("%v: a new secret: %v", c.keys, got)
		}
		if got := strings.Contains(v.Screen(), "stays valid"); c.isNew && got == c.isEnded {
			t.Errorf("%v: the old one stays valid: %v", c.keys, got)
		}
	}
}

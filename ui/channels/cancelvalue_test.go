package channels_test

import (
	"testing"

	"github.com/account-settings/pinghome/ui/uitest"
)

// TestNewValueIsGivenUp: the value in force is shown first and stays; nothing is asked, and no
// code is sent.
func TestNewValueIsGivenUp(t *testing.T) {
	v, sender := uitest.OpenSending(t)
	v.Press("2")
	v.Miss(`x cancel change`)
	v.Press("x")
	v.See(`! No new value of channel 1 waits for a code\.`)
	v.Pass(uitest.WarningTime)
	v.Press("j", "j", "x")
	v.See(`! Channel 3 has no value that works yet`)
	v.Press("G")
	v.Pass(uitest.WarningTime)
	v.See(`▌  5  @ home +bi••@`, `→ ac••@ping-home.org: code expired · V sends a new one`, `^ V new code  x cancel change `)
	v.Press("?")
	v.See(`give up a new value that waits for its code +x`)
	v.Press("esc", "x")
	v.See(`✓ Channel 5 keeps bi••@ping-home.org; the new value is dropped`, `▌  5  @ home +bi••@ping-home.org `)
	v.Miss(`→ ac`, `x cancel change`)
	if ch := v.Channel(5); !ch.Verified || !ch.Enabled || ch.Value != "billing@ping-home.org" || ch.Label != "home" || len(sender.Sent) > 0 {
		t.Fatalf("%+v, and %d messages", ch, len(sender.Sent))
	}
	v.Press("d")
	v.See(`5  @ email    home  bi••@ping-home.org`)
}

func TestNewValueThatChangedElsewhereIsNotGivenUp(t *testing.T) {
	v := uitest.Open(t, "2", "G")
	if _, err := v.Backend().UpdateChannel(t.Context(), 5, "third@new.example", nil); err != nil {
		t.Fatal(err)
	}
	v.Press("x")
	v.See(`✗ The new value was not dropped: Channel 5 has another value now`, `it was +ac••@ping-home\.org`, `it is +th••@new\.example`)
	v.Press("esc")
	v.See(`→ th••@new.example`)
	if ch := v.Channel(5); ch.Value != "third@new.example" {
		t.Fatalf("%+v", ch)
	}
}

// TestValueInForceIsCopiedAndFound, and the one behind it is found, too.
func TestValueInForceIsCopiedAndFound(t *testing.T) {
	v := uitest.Open(t, "2", "G", "y")
	if v.Copied != "billing@ping-home.org" {
		t.Fatalf("copied %q", v.Copied)
	}
	for _, text := range []string{"billing", "accounts"} {
		v.Press("/", "ctrl+u")
		v.Type(text)
		v.See(`▌  5  @ home`, `1/1`)
		v.Press("enter")
	}
}

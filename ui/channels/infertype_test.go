package channels_test

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/uitest"
)

// inferred are values as people type them, with the type that the form takes for each.
var inferred = []struct {
	value string
	sign  string // of the type in the form
	kind  backend.ChannelType
	saved string
}{
	{"eva@corp.example", "@ email", backend.TypeEmail, "eva@corp.example"},
	{"support@corp.example", "@ email", backend.TypeEmail, "support@corp.example"},
	{"webmaster@corp.example", "@ email", backend.TypeEmail, "webmaster@corp.example"},
	{"pe@corp.example", "@ email", backend.TypeEmail, "pe@corp.example"},
	{"1und1@corp.example", "@ email", backend.TypeEmail, "1und1@corp.example"},
	{"https@corp.example", "@ email", backend.TypeEmail, "https@corp.example"},
	{"+994 55 123-45-68", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"00994551234568", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"tel:+994-55-123-45-68", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"Tel.: +44 (0)20 7946 0958", "✆ sms", backend.TypeSMS, "+442079460958"},
	{"+44 (0)20 7946 0958", "✆ sms", backend.TypeSMS, "+442079460958"},
	{"sms:+994551234568?body=hi", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"tel:%2B994551234568", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"\u202a+994 55 123\u201345\u201368\u202c", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"＋９９４ ٥٥ १२३ 45−68", "✆ sms", backend.TypeSMS, "+994551234568"},
	{"tel.support@corp.example", "@ email", backend.TypeEmail, "tel.support@corp.example"},
	{"994551234568@corp.example", "@ email", backend.TypeEmail, "994551234568@corp.example"},
	{"https://hooks.example.com/e@s/1", "⇄ webhook", backend.TypeWebhook, "https://hooks.example.com/e@s/1"},
	{"<https://hooks.example.com/e@s/2>", "⇄ webhook", backend.TypeWebhook, "https://hooks.example.com/e@s/2"},
	{"mailto:eva@corp.example", "@ email", backend.TypeEmail, "eva@corp.example"},
	{"Eva <eva@corp.example>", "@ email", backend.TypeEmail, "eva@corp.example"},
	{"１２３＠corp.example", "@ email", backend.TypeEmail, "123@corp.example"},
	{"a/b\ufe6bcorp.example", "@ email", backend.TypeEmail, "a/b@corp.example"},
	{"HTTPS://hooks.example.com/x", "⇄ webhook", backend.TypeWebhook, "https://hooks.example.com/x"},
}

// The speed of typing and the field with the focus make no difference to what is saved.
func TestTypeFollowsFromTheValueAtAnySpeed(t *testing.T) {
	ways := map[string]func(*uitest.Visit, string){
		"key by key": func(v *uitest.Visit, text string) { v.Type(text) },
		"as a burst": func(v *uitest.Visit, text string) { v.Burst(text) },
		"pasted":     func(v *uitest.Visit, text string) { v.Paste(text) },
		"at human speed": func(v *uitest.Visit, text string) {
			for i, r := range text {
				v.Send(drive.Key(string(r)))
				v.Pass(time.Duration(60+i*37%240) * time.Millisecond)
			}
		},
		"on the type, at human speed": func(v *uitest.Visit, text string) {
			v.Press("shift+tab")
			for _, r := range text {
				v.Pass(300 * time.Millisecond)
				v.Send(drive.Key(string(r)))
			}
		},
	}
	for way, enter := range ways {
		for _, c := range uitest.Some(5, inferred) {
			t.Run(way+" "+c.value, func(t *testing.T) {
				v := uitest.Open(t, "2")
				v.Press("a")
				enter(v, c.value)
				v.See(c.sign + `  +follows what is typed`)
				v.Press("ctrl+s")
				if ch := v.Channel(6); ch.Type != c.kind || ch.Value != c.saved {
					t.Fatalf("saved %s %q", ch.Type, ch.Value)
				}
			})
		}
	}
}

func TestTypeIsShownWhileTheValueIsTyped(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	for _, step := range []struct{ text, sign string }{
		{"5", "✆ sms"}, {"5 (", "✆ sms"}, {"x", "@ email"}, {"@y", "@ email"},
	} {
		v.Type(step.text)
		v.See(step.sign + `  +follows what is typed`)
	}
	v.Press("ctrl+u")
	v.Type("+994551234567 ext")
	v.See(`✆ sms  +follows`)
	v.Press("ctrl+u")
	v.Type("tel.example.com/x")
	v.See(`⇄ webhook  +follows`)
	v.Press("ctrl+u")
	v.Type("https:")
	v.See(`⇄ webhook  +follows`)
	v.Press("ctrl+u")
	v.Type("hooks.example.com/x")
	v.See(`⇄ webhook  +follows`)
}

func TestChosenTypeStays(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("https://push.example.com/")
	v.Press("shift+tab", "right")
	v.See(`‹ ⚑ push ›  chosen by you`)
	v.Type("device")
	v.See(`⚑ push  +chosen by you`, `Value +https://push.example.com/device`)
	v.Press("esc", "a") // the draft keeps it
	v.See(`⚑ push  +chosen by you`)
	v.Press("ctrl+u")
	v.Type("https://push.example.com/other")
	v.See(`⚑ push  +chosen by you`)
	v.Press("ctrl+r")
	v.See(`@ email  +follows what is typed`)
	v.Press("ctrl+r")
	v.See(`⚑ push  +chosen by you`)
	v.Press("enter")
	if ch := v.Channel(6); ch.Type != backend.TypePush || ch.Value != "https://push.example.com/other" {
		t.Fatalf("saved %s %q", ch.Type, ch.Value)
	}
}

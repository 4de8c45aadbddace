package channels_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestNumbersAreReadInGroups, where values are shown at all, and copied in E.164.
func TestNumbersAreReadInGroups(t *testing.T) {
	v := uitest.Open(t, "2", "j")
	v.See(`✆ pager +\+994•••••••67 +on`)
	v.Miss(`\+994 `)
	v.Press("m")
	v.See(`✆ pager +\+994 55 123 45 67 +on`)
	v.Press("enter")
	v.See(`Value +\+994 55 123 45 67`)
	v.Press("y")
	if v.Copied != "+994551234567" {
		t.Errorf("%q was copied", v.Copied)
	}
	v.Press("5")
	v.See(`#2 pager +\+994551234567 +test`) // there is no room for the groups
	v.Press("j", "enter")
	v.See(`To +\+994 55 123 45 67 `)
	v.Press("1")
	v.Resize(120, 40)
	v.See(`\+994 55 123 45 67`)
	v.Pass(uitest.WarningTime)
	v.Pass(uitest.WarningTime)
	v.See(`\+994•••••••67`)
	v.Miss(`\+994 55`)
}

// TestFormSaysHowAnAddressIsKept where that is not as it was typed.
func TestFormSaysHowAnAddressIsKept(t *testing.T) {
	for typed, want := range map[string]string{
		"Ada <Ada@BÜCHER.example>":                 `It is kept as Ada@bücher\.example\. `,
		"mailto:ada@x.org":                         `It is kept as ada@x\.org\. `,
		"HTTPS://Hooks.Example.COM:443/A/../b?x=1": `It is kept as https://hooks\.example\.com/b\?x=1\. `,
		"ada@x.org":                                "",
		"ada@bücher.example":                       "",
		"https://hooks.example.com":                "",
	} {
		v := uitest.Open(t, "2", "a")
		v.Resize(120, 40)
		v.Paste(typed)
		if want == "" {
			v.Miss(`kept as`)
		} else {
			v.See(want)
		}
	}
}

func TestFormSaysHowANumberIsKept(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("a")
	v.Type("+44 (0)20 7946")
	v.Miss(`number is kept`) // it is not complete
	v.Type(" 0958")
	v.See(`The number is kept as \+44 20 7946 0958\. It becomes number`)
	v.Press("enter")
	v.See(`code for \+44••••••••58`)
	if ch := v.Channel(6); ch.Value != "+442079460958" {
		t.Errorf("kept is %s", ch.Value)
	}
	v.Press("esc", "e")
	v.See(`Value +\+442079460958`)
	v.Miss(`number is kept`)
	v.Press("ctrl+u")
	v.Type("tel:+1-201-555-0123;ext=22")
	v.Press("enter")
	v.See(`✗ An extension cannot be reached by SMS`)
	v.Press("ctrl+u")
	v.Type("\u202a+1−201–555-0123\u202c")
	v.See(`The number is kept as \+1 201-555-0123\. `)
}

func TestNumbersAreFoundAsTheyAreWritten(t *testing.T) {
	for _, text := range []string{"55 123", "+994 55 123 45 67", "(0)55-123", "055 123", "00994 55", "٥٥ ١٢٣", "tel:+994-55-123-45-67", "\u202a55–123", "+994551234567"} {
		v := uitest.Open(t, "2")
		v.Press("/")
		v.Type(text)
		v.Press("enter")
		v.See(`✆ pager`, `1/1`)
		v.Press("5", "/")
		v.Type(text)
		v.Press("enter")
		v.See(`\+994•••••••67`)
		v.Miss(`@ping-home\.org +code`)
	}
}

// earlier is a backend on which the pager has a number that this version does not take.
type earlier struct {
	backend.Backend
	relabelled *string // what the pager was called
}

const impossible = "+1234567"

func (e earlier) Channels(ctx context.Context, f backend.ChannelFilter) ([]backend.Channel, error) {
	list, err := e.Backend.Channels(ctx, f)
	for i := range list {
		if list[i].Type == backend.TypeSMS {
			list[i].Value, list[i].ActiveValue = impossible, impossible
		}
	}
	return list, err
}

func (e earlier) UpdateChannel(ctx context.Context, priority int, value string, label *string) (backend.ChannelUpdate, error) {
	if value == impossible && label != nil {
		*e.relabelled = *label
	}
	return e.Backend.UpdateChannel(ctx, priority, "+994551234567", label)
}

func TestNumberOfAnEarlierVersionKeepsItsForm(t *testing.T) {
	label := ""
	v := uitest.Open(t)
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { return earlier{b, &label} }))
	v.Press("2", "j")
	v.See(`✆ pager +\+1••••67`)
	v.Press("m")
	v.See(`✆ pager +\+1 234567`)
	v.Press("e", "tab", "ctrl+u")
	v.Type("beeper")
	v.Press("enter")
	if label != "beeper" {
		t.Errorf("it is called %q:\n%s", label, v.Screen())
	}
	v.Press("r", "e", "end")
	v.Type("8")
	v.Press("ctrl+s")
	v.See(`✗ This number is too short for \+1`)
}

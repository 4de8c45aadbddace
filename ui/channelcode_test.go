package ui

import (
	"fmt"
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/drive"
	"github.com/account-settings/pinghome/ui/shell"
)

// answered presses a key and returns what comes of it, not handed over yet.
func (v *visit) answered(key string) []tea.Msg {
	return drive.Results(v.Update(drive.Key(key)))
}

// ahead delivers the facts of a type before the others, which it returns.
func (v *visit) ahead(typeName string, facts []tea.Msg) (rest, came []tea.Msg) {
	for _, fact := range facts {
		inner := fact
		if done, ok := fact.(shell.DoneMsg); ok {
			inner = done.Fact
		}
		if fmt.Sprintf("%T", inner) != typeName {
			rest = append(rest, fact)
			continue
		}
		came = append(came, drive.Results(v.Update(fact))...)
	}
	return rest, came
}

func TestAWrongNumberIsMendedAndVerified(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "s", "tab")
	v.Type("+99455")
	v.Press("ctrl+s")
	v.See(`✗ This number is too short: 5 digits after the \+`, `Value +\+99455`)
	v.Type("123 45 68")
	v.Press("enter")
	v.See(`Verify channel 6 · sms`, `✓ Added channel 6`, `▌  6  ✆`)
	code := v.code("+994551234568")
	v.Type(wrongCode(code))
	v.See(`✗ .*[Ww]rong`, `4 tries left`)
	v.Type(wrongCode(code))
	v.See(`3 tries left`)
	v.Type(wrongCode(code))
	v.See(`2 tries left`)
	v.Paste(code[:3] + " " + code[3:])
	v.See(`✓ Channel 6 is verified and on`, `6  ✆ sms +\S+ +✓ yes +on`)
	v.Press("t")
	v.See(`▯ Channel 6: test message`, `6  ✆ sms .*▯ held here · now`)
	v.Press("s")
	v.See(`✓ yes +off +▯ held here`)
	v.Press("s")
	v.See(`6  ✆ sms +\S+ +✓ yes +on`)
	v.again(john)
	v.Press("2")
	v.See(`6  ✆ sms +\S+ +✓ yes +on +▯ held here`)
}

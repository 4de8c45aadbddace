package ui

import (
	"fmt"
	"testing"
	"time"

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

func TestTheCodeOfAnEditIsAskedForWhateverIsReadFirst(t *testing.T) {
	v := channelsOf(t)
	v.Press("e", "ctrl+u")
	v.Type("js@new.example")
	_, facts := v.ahead("shell.formSavedMsg", v.answered("enter"))
	facts, _ = v.ahead("channels.editedMsg", facts)
	v.See(`Verify channel 1`)
	facts, _ = v.ahead("shell.ProfileReadMsg", facts)
	v.See(`Verify channel 1`)
	for _, fact := range facts {
		v.Send(fact)
	}
	v.See(`Verify channel 1`, `Expires in 10:00`)
	v.Type(v.code("js@new.example"))
	v.See(`✓ Channel 1 is verified`)
}

func TestTheCodeOfANewChannelIsAskedForWhateverIsReadFirst(t *testing.T) {
	v := channelsOf(t)
	v.Press("a", "tab")
	v.Type("six@new.example")
	_, facts := v.ahead("shell.formSavedMsg", v.answered("enter"))
	facts, _ = v.ahead("channels.addedMsg", facts)
	facts, _ = v.ahead("shell.ProfileReadMsg", facts)
	v.See(`Verify channel 6`)
	for _, fact := range facts {
		v.Send(fact)
	}
	v.See(`Verify channel 6`, `6 of 10 used`)
}

func TestAPastedCodeReplacesWhatWasHalfTyped(t *testing.T) {
	v := channelsOf(t)
	v.Press("j", "j", "v", "1", "2", "3", "4")
	v.Paste("087608 is your PingHome code. Enter it within 10 minutes.")
	v.See(`✓ Channel 3 is verified`)
}

func TestAStrayKeyEmptiesNoBoxes(t *testing.T) {
	v := open(t)
	v.Press("4", "c", "x", " ", "-")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.Paste("1234567 12345678")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
}

func TestADeadCodeIsNotSaidToWait(t *testing.T) {
	v := channelsOf(t)
	v.Press("j", "j", "v")
	v.See(`It waits in the inbox: ctrl\+o`)
	for range 5 {
		v.Type(wrongCode("087608"))
	}
	v.Press("esc", "v")
	v.See(`No tries left on this code`)
	v.Miss(`It waits in the inbox`)
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

func TestANewCodeHasToWait(t *testing.T) {
	v := channelsOf(t)
	v.Press("a")
	v.Press("tab")
	v.Type("second@new.example")
	v.Press("enter", "ctrl+r")
	v.See(`✗ A new code cannot be sent yet`, `new code in 1:00`)
	first := v.code("second@new.example")
	v.Pass(61 * time.Second)
	v.Press("ctrl+r")
	v.See(`A new code is on its way`)
	v.Type(first)
	v.See(`✗`)
}

func TestAnExpiredCodeSaysWhatToDo(t *testing.T) {
	v := channelsOf(t)
	v.Press("j", "j")
	v.Pass(11 * time.Minute)
	v.See(`3  ⇄ webhook .*! verify`)
	v.Press("v")
	v.See(`The code has expired · ctrl\+r new code`)
	v.Type(v.code("https://hooks.example.com/t/8f21c0"))
	v.See(`✗ There is no valid code any more`)
}

func TestAFullCodeIsBegunAnew(t *testing.T) {
	v := open(t)
	v.Press("4", "c")
	v.See(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.Press("1")
	v.See(`│ 1 ││ _ ││   │ │   ││   ││   │`, `5 tries left`)
}

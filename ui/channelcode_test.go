package ui

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/ui/shell"
)

// answers runs a command and all that it is made of, and keeps what is
// answered, for a test that hands it over in an order of its own.
func answers(cmd tea.Cmd) (facts []tea.Msg) {
	if cmd == nil {
		return nil
	}
	msg := cmd()
	if cmds, ok := commands(msg); ok {
		for _, c := range cmds {
			facts = append(facts, answers(c)...)
		}
		return facts
	}
	return append(facts, msg)
}

// answered presses a key and returns what comes of it, not handed over yet.
func (v *visit) answered(key string) []tea.Msg {
	_, cmd := v.m.Update(keyOf(key))
	return answers(cmd)
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
		_, cmd := v.m.Update(fact)
		came = append(came, answers(cmd)...)
	}
	return rest, came
}

func TestTheCodeOfAnEditIsAskedForWhateverIsReadFirst(t *testing.T) {
	v := channelsOf(t)
	v.press("e", "ctrl+u")
	v.write("js@new.example")
	_, facts := v.ahead("shell.formSavedMsg", v.answered("enter"))
	facts, _ = v.ahead("channels.channelEditedMsg", facts)
	v.see(`Verify channel 1`)
	facts, _ = v.ahead("shell.ProfileReadMsg", facts)
	v.see(`Verify channel 1`)
	for _, fact := range facts {
		v.send(fact)
	}
	v.see(`Verify channel 1`, `Expires in 10:00`)
	v.write(v.code("js@new.example"))
	v.see(`✓ Channel 1 is verified`)
}

func TestTheCodeOfANewChannelIsAskedForWhateverIsReadFirst(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "tab")
	v.write("six@new.example")
	_, facts := v.ahead("shell.formSavedMsg", v.answered("enter"))
	facts, _ = v.ahead("channels.channelAddedMsg", facts)
	facts, _ = v.ahead("shell.ProfileReadMsg", facts)
	v.see(`Verify channel 6`)
	for _, fact := range facts {
		v.send(fact)
	}
	v.see(`Verify channel 6`, `6 of 10 used`)
}

func TestAPastedCodeReplacesWhatWasHalfTyped(t *testing.T) {
	v := channelsOf(t)
	v.press("j", "j", "v", "1", "2", "3", "4")
	v.paste("087608 is your PingHome code. Enter it within 10 minutes.")
	v.see(`✓ Channel 3 is verified`)
}

func TestAStrayKeyEmptiesNoBoxes(t *testing.T) {
	v := open(t)
	v.press("4", "c", "x", " ", "-")
	v.see(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.paste("1234567 12345678")
	v.see(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
}

func TestADeadCodeIsNotSaidToWait(t *testing.T) {
	v := channelsOf(t)
	v.press("j", "j", "v")
	v.see(`It waits in the inbox: ctrl\+o`)
	for range 5 {
		v.write(wrongCode("087608"))
	}
	v.press("esc", "v")
	v.see(`No tries left on this code`)
	v.miss(`It waits in the inbox`)
}

func TestAWrongNumberIsMendedAndVerified(t *testing.T) {
	v := channelsOf(t)
	v.press("a", "s", "tab")
	v.write("+99455")
	v.press("ctrl+s")
	v.see(`✗ This number is too short: 5 digits after the \+`, `Value +\+99455`)
	v.write("123 45 68")
	v.press("enter")
	v.see(`Verify channel 6 · sms`, `✓ Added channel 6`, `▌  6  ✆`)
	code := v.code("+994551234568")
	v.write(wrongCode(code))
	v.see(`✗ .*[Ww]rong`, `4 tries left`)
	v.write(wrongCode(code))
	v.see(`3 tries left`)
	v.write(wrongCode(code))
	v.see(`2 tries left`)
	v.paste(code[:3] + " " + code[3:])
	v.see(`✓ Channel 6 is verified and on`, `6  ✆ sms +\S+ +✓ yes +on`)
	v.press("t")
	v.see(`▯ Channel 6: test message`, `6  ✆ sms .*▯ held here · now`)
	v.press("s")
	v.see(`✓ yes +off +▯ held here`)
	v.press("s")
	v.see(`6  ✆ sms +\S+ +✓ yes +on`)
	v.again(john)
	v.press("2")
	v.see(`6  ✆ sms +\S+ +✓ yes +on +▯ held here`)
}

func TestANewCodeHasToWait(t *testing.T) {
	v := channelsOf(t)
	v.press("a")
	v.press("tab")
	v.write("second@new.example")
	v.press("enter", "ctrl+r")
	v.see(`✗ A new code cannot be sent yet`, `new code in 1:00`)
	first := v.code("second@new.example")
	v.pass(61 * time.Second)
	v.press("ctrl+r")
	v.see(`A new code is on its way`)
	v.write(first)
	v.see(`✗`)
}

func TestAnExpiredCodeSaysWhatToDo(t *testing.T) {
	v := channelsOf(t)
	v.press("j", "j")
	v.pass(11 * time.Minute)
	v.see(`3  ⇄ webhook .*! verify`)
	v.press("v")
	v.see(`The code has expired · ctrl\+r new code`)
	v.write(v.code("https://hooks.example.com/t/8f21c0"))
	v.see(`✗ There is no valid code any more`)
}

func TestAFullCodeIsBegunAnew(t *testing.T) {
	v := open(t)
	v.press("4", "c")
	v.see(`│ 0 ││ 8 ││ 7 │ │ 6 ││ 0 ││ 8 │`)
	v.press("1")
	v.see(`│ 1 ││ _ ││   │ │   ││   ││   │`, `5 tries left`)
}

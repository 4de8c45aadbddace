package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"
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

// ahead hands over the facts of type T before the others, which it returns.
func ahead[T any](v *visit, facts []tea.Msg) (rest, came []tea.Msg) {
	for _, fact := range facts {
		inner := fact
		if done, ok := fact.(doneMsg); ok {
			inner = done.fact
		}
		if _, ok := inner.(T); !ok {
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
	_, facts := ahead[formSavedMsg](v, v.answered("enter"))
	facts, _ = ahead[channelEditedMsg](v, facts)
	v.see(`Verify channel 1`)
	facts, _ = ahead[profileReadMsg](v, facts)
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
	_, facts := ahead[formSavedMsg](v, v.answered("enter"))
	facts, _ = ahead[channelAddedMsg](v, facts)
	facts, _ = ahead[profileReadMsg](v, facts)
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

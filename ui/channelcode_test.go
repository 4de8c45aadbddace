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

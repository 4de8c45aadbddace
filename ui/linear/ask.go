package linear

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// back is true where the person has answered nothing, which was told.
type back = bool

// askFor asks for a value. An empty answer is back.
func (m *Mode) askFor(ctx context.Context, question string) (string, back, error) {
	answer, isBack, err := m.askText(ctx, question+"; empty for back:")
	if isEmpty := strings.TrimSpace(answer) == ""; err == nil && isEmpty && !isBack {
		m.say(nothingDone)
		isBack = true
	}
	return answer, isBack || err != nil, err
}

// ofPrompts are the words that prompts teach, and that mean something else than themselves there.
var ofPrompts = []string{"back", "b", "quit", "q", "help", "?", "again"}

// askText asks for a text, which may be empty. One of the words of prompts is a text only where that is said, and else it
// is back.
func (m *Mode) askText(ctx context.Context, question string) (string, back, error) {
	answer, err := m.ask(ctx, question)
	word := strings.TrimSpace(answer)
	if err != nil || !slices.Contains(ofPrompts, strings.ToLower(word)) {
		return answer, false, err
	}
	isMeant, err := m.confirms(ctx, "Is "+spoken(word)+" itself the answer?")
	if !isMeant {
		answer = ""
	}
	return answer, !isMeant, err
}

// spoken is a word of prompts as it is heard.
func spoken(word string) string {
	if len(word) > 1 {
		return word
	}
	return spelled(word)
}

// choose asks for one of several things by its number, and returns its place in the list.
func (m *Mode) choose(ctx context.Context, question string, list ...string) (int, back, error) {
	m.sayChoices(list)
	for {
		answer, err := m.ask(ctx, question+" Number or word; empty for back:")
		if err != nil {
			return 0, true, err
		}
		if word := strings.ToLower(strings.TrimSpace(answer)); word == "" || word == "back" || word == "b" {
			m.say(nothingDone)
			return 0, true, nil
		}
		if at, isOne := m.chosen(answer, list); isOne {
			return at, false, nil
		}
	}
}

func (m *Mode) sayChoices(list []string) {
	for i, words := range list {
		m.say(fmt.Sprintf("%d. %s", i+1, sentence(words)))
	}
}

// chosen is which of several things an answer means. Where it means none, that is said in one line; help says all again.
func (m *Mode) chosen(answer string, list []string) (at int, isOne bool) {
	answer = strings.TrimSpace(answer)
	switch n, err := strconv.Atoi(answer); {
	case answer == m.keyOf(entry{id: keymap.Help}), strings.EqualFold(answer, "help"):
		m.sayChoices(list)
		return 0, false
	case err == nil && n >= 1 && n <= len(list):
		return n - 1, true
	case err == nil:
	default:
		if at := wordChoice(answer, list); at >= 0 {
			return at, true
		}
	}
	m.say(fmt.Sprintf("This is none of them. Type a number from 1 to %d; help says them again.", len(list)))
	return 0, false
}

// wordChoice is the only thing of a list that a text names: all of it, its beginning, or words in it; -1 for none.
func wordChoice(text string, list []string) int {
	text = strings.ToLower(text)
	if text == "" {
		return -1
	}
	for _, isNamed := range []func(words string) bool{
		func(words string) bool { return words == text },
		func(words string) bool { return strings.HasPrefix(words, text) },
		func(words string) bool { return strings.Contains(" "+words, " "+text) },
	} {
		found := -1
		for i, words := range list {
			switch {
			case !isNamed(strings.ToLower(words)):
			case found >= 0:
				return -1
			default:
				found = i
			}
		}
		if found >= 0 {
			return found
		}
	}
	return -1
}

// confirms asks whether something is meant.
func (m *Mode) confirms(ctx context.Context, question string) (bool, error) {
	answer, err := m.ask(ctx, question+" y or n, empty for n:")
	if isYes(answer) {
		return true, err
	}
	if err == nil {
		m.say(nothingDone)
	}
	return false, err
}

func isYes(answer string) bool {
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

// change asks for a value unless it was given, and makes a change with it. Where the value is refused, it is asked for
// again; after no answer the same can be tried again, as the same command.
func (m *Mode) change(ctx context.Context, question, given string, do func(ctx context.Context, value string) error) error {
	for value := given; ; value = "" {
		if strings.TrimSpace(value) == "" {
			answer, isBack, err := m.askFor(ctx, question)
			if isBack || err != nil {
				return err
			}
			value = answer
		}
		err := m.persist(ctx, func(ctx context.Context) error { return do(ctx, value) })
		if err == nil || ctx.Err() != nil || !isAboutValue(err) {
			return err
		}
		m.tell(err)
	}
}

// mayReplace reports whether a text may be replaced by another one. Where it is not any more what the person has heard,
// it says what it is now, and asks. now is what was read last.
func (m *Mode) mayReplace(ctx context.Context, what, was, by string, now func() string) (bool, error) {
	m.refresh(ctx)
	is := now()
	if is == was || is == strings.TrimSpace(by) {
		return true, nil
	}
	over, instead := safe.Text(cmp.Or(is, "empty")), "Write "+safe.Text(by)+" over it?"
	if strings.TrimSpace(by) == "" {
		instead = "Take it away?"
	}
	return m.confirms(ctx, fmt.Sprintf("%s was changed elsewhere, and is %s now. %s", what, over, instead))
}

// persist makes a change, and asks whether to try it again as long as the backend could not be reached or the outcome
// is not known. It is one command then: what was done already is not done twice.
func (m *Mode) persist(ctx context.Context, do func(context.Context) error) error {
	ctx = backend.WithCommand(ctx, newCommand())
	for {
		err := do(ctx)
		if err == nil || ctx.Err() != nil || !shell.IsOffline(err) && !shell.IsUnknown(err) && backend.ErrorCode(err) != backend.CodeBusy {
			return err
		}
		m.tell(err)
		if again, err := m.ask(ctx, "Send the same once more? Type the word again to do so; empty for back:"); err != nil || !isYes(again) && !strings.EqualFold(strings.TrimSpace(again), "again") {
			if err == nil {
				m.say("Back.")
			}
			return err
		}
	}
}

// isAboutValue reports whether another value would do.
func isAboutValue(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeInvalid, backend.CodeWrong, backend.CodeWordWrong, backend.CodeDuplicateChannel, backend.CodeEmailTaken, backend.CodeEmailUnchanged:
		return true
	}
	return false
}

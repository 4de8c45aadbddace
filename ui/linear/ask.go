package linear

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// fewestLetters is how many of a word have to be typed to choose it: fewer are likely to be meant for something else.
const fewestLetters = 3

// choose asks for one of several things by its number, and returns its place in the list.
func (m *Mode) choose(ctx context.Context, text string, list ...string) (int, back, error) {
	m.sayChoices(list)
	for {
		answer, isBack, err := m.put(ctx, question{text: text + " Number or word; empty for back:", help: choiceLines(list)})
		switch {
		case isBack || err != nil:
			return 0, true, err
		case isRefusal(answer):
			m.say(nothingDone)
			return 0, true, nil
		}
		if at, isOne := m.chosen(answer, list); isOne {
			return at, false, nil
		}
	}
}

func (m *Mode) sayChoices(list []string) {
	for _, line := range choiceLines(list) {
		m.say(line)
	}
}

func choiceLines(list []string) []string {
	lines := make([]string, len(list))
	for i, words := range list {
		lines[i] = fmt.Sprintf("%d. %s", i+1, sentence(words))
	}
	return lines
}

// chosen is which of several things an answer means. What a part of its words has chosen is said, and where they mean
// none, that.
func (m *Mode) chosen(answer string, list []string) (at int, isOne bool) {
	answer = strings.TrimSpace(answer)
	if n, err := strconv.Atoi(answer); err == nil {
		if n >= 1 && n <= len(list) {
			return n - 1, true
		}
	} else if at := wordChoice(answer, list); at >= 0 {
		if !strings.EqualFold(answer, list[at]) {
			m.say(sentence(list[at]))
		}
		return at, true
	}
	m.say(fmt.Sprintf("This is none of them. Type a number from 1 to %d, or a word of one of them, at least %d letters of it; help says them again.", len(list), fewestLetters))
	return 0, false
}

// wordChoice is the only thing of a list that a text names: all of it, its beginning, or words in it; -1 for none.
func wordChoice(text string, list []string) int {
	text = strings.ToLower(text)
	isLong := utf8.RuneCountInString(text) >= fewestLetters
	for _, isNamed := range []func(words string) bool{
		func(words string) bool { return words == text },
		func(words string) bool { return isLong && strings.HasPrefix(words, text) },
		func(words string) bool { return isLong && strings.Contains(" "+words, " "+text) },
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

// change asks for a value unless it was given, and makes a change with it. Where the value is refused, it is asked for
// again; after no answer the same can be tried again, as the same command.
func (m *Mode) change(ctx context.Context, text, given string, do func(ctx context.Context, value string) error) error {
	return m.changeBy(ctx, question{text: text}, given, do)
}

// changeBy is change with a question that has words of its own.
func (m *Mode) changeBy(ctx context.Context, q question, given string, do func(ctx context.Context, value string) error) error {
	for value := given; ; value = "" {
		if strings.TrimSpace(value) == "" {
			answer, isBack, err := m.askFor(ctx, q)
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

// mayReplaceWaiting is mayReplace for an address that waits for its code, of which the person may have heard another or none.
func (m *Mode) mayReplaceWaiting(ctx context.Context, was, by string, now func() string, said func(string) string) (bool, error) {
	m.refresh(ctx)
	is := now()
	if is == was || is == "" || by == "" || is == by {
		return true, nil
	}
	return m.confirms(ctx, fmt.Sprintf("%s was asked for elsewhere, and waits for its code. Replace it by %s?", said(is), said(by)))
}

// errLeft is that a change was left, which was told with why.
var errLeft = errors.New("left")

// persist makes a change, and asks whether to try it again as long as the backend could not be reached or the outcome
// is not known. It is one command then: what was done already is not done twice.
func (m *Mode) persist(ctx context.Context, do func(context.Context) error) error {
	ctx = backend.WithCommand(ctx, newCommand())
	defer func() { m.isRepeat = false }()
	for ; ; m.isRepeat = true {
		err := do(ctx)
		if err == nil || ctx.Err() != nil || !shell.IsOffline(err) && !shell.IsUnknown(err) && backend.ErrorCode(err) != backend.CodeBusy {
			return err
		}
		m.tell(err)
		again := yesNo("Send the same once more?")
		again.isSilent = true
		if answer, _, failed := m.put(ctx, again); failed != nil || !isYes(answer) {
			if failed == nil {
				m.say("Back.")
				failed = errors.Join(errLeft, err)
			}
			return failed
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

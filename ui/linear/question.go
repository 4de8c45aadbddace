package linear

import (
	"context"
	"errors"
	"strings"
)

// question is one that has an answer, other than what to do next.
type question struct {
	text     string   // as it is printed, with how it is answered in short
	help     []string // how it is answered; sentences
	isSecret bool     // what is typed is not shown
	about    string   // the number of the record that it is about, which may stand behind a word; "" for none
	isSilent bool     // the one who asks says that the person went back
	isFresh  bool     // what was typed before it was asked is no answer
	// also are words that this question alone has, and what they do. isBack: it is not asked any more, which was told.
	also map[string]func(context.Context) (isBack bool, err error)
}

// back is true where the person has answered nothing, which was told.
type back = bool

// promptWord is a word that means the same at every question.
type promptWord int

const (
	isBackWord promptWord = iota + 1
	isRepeatWord
	isHelpWord
	isQuitWord
)

var promptWords = map[string]promptWord{"back": isBackWord, "b": isBackWord, "repeat": isRepeatWord, "again": isRepeatWord,
	"help": isHelpWord, "?": isHelpWord, "quit": isQuitWord, "q": isQuitWord}

// wordsHelp says what can be typed at every question.
const wordsHelp = "At every question back or b goes back, repeat says it again with what was said before it, and quit ends. For such a word itself type = before it, as in =back."

// theEnd is said where the input ends, or a signal comes, while a question is open.
const theEnd = "The end."

// sayLeft says that a question was left, in a sentence, and that nothing was changed where that is so: a word of the
// question may have done something. changes is how many changes there were before it.
func (m *Mode) sayLeft(how string, changes int) {
	m.isEnded = m.isEnded || how == theEnd
	if m.changes != changes {
		m.say(how)
		return
	}
	m.say(how + " Nothing was changed.")
}

// put asks a question until it is answered, and does what the words of prompts say.
func (m *Mode) put(ctx context.Context, q question) (answer string, isBack back, err error) {
	before, ask, changes := m.takeSaid(), m.ask, m.changes
	switch {
	case q.isSecret:
		ask = m.askSecret
	case q.isFresh:
		ask = m.askFresh
	}
	for {
		if answer, err = ask(ctx, q.text); err != nil {
			if isEnd := errors.Is(err, errEnd) || ctx.Err() != nil; isEnd && !q.isSilent {
				m.sayLeft(theEnd, changes)
			}
			return "", true, err
		}
		typed := strings.ToLower(strings.TrimSpace(answer))
		if do := q.also[strings.TrimSuffix(typed, " "+q.about)]; do != nil {
			if isBack, err := do(ctx); isBack || err != nil {
				return "", true, err
			}
			continue
		}
		switch promptWords[typed] {
		case isBackWord:
			if !q.isSilent {
				m.sayLeft("Back.", changes)
			}
			return "", true, nil
		case isQuitWord:
			if !q.isSilent {
				m.sayLeft(theEnd, changes)
			}
			return "", true, errEnd
		case isRepeatWord:
			_, _ = m.Write([]byte(before)) // the question tells what cannot be written
		case isHelpWord:
			for _, line := range append(q.help, wordsHelp) {
				m.say(line)
			}
		default:
			return itself(answer), false, nil
		}
	}
}

// itself is an answer without the sign that says that one of the words of prompts is meant as it stands.
func itself(answer string) string {
	text := strings.TrimSpace(answer)
	if word := strings.TrimLeft(text, "="); word != text && promptWords[strings.ToLower(word)] != 0 {
		return text[1:]
	}
	return answer
}

// askFor asks for a value. An empty answer is back.
func (m *Mode) askFor(ctx context.Context, q question) (string, back, error) {
	q.text += "; empty for back:"
	changes := m.changes
	answer, isBack, err := m.askText(ctx, q)
	if isEmpty := strings.TrimSpace(answer) == ""; err == nil && isEmpty && !isBack {
		m.sayLeft("Back.", changes)
		isBack = true
	}
	return answer, isBack, err
}

// askText asks for a text, which may be empty.
func (m *Mode) askText(ctx context.Context, q question) (string, back, error) {
	q.help = append(q.help, "What is typed is taken as it stands.")
	return m.put(ctx, q)
}

// confirms asks whether something is meant.
func (m *Mode) confirms(ctx context.Context, text string) (bool, error) {
	answer, isBack, err := m.put(ctx, yesNo(text))
	if err == nil && !isBack && !isYes(answer) {
		m.say(nothingDone)
	}
	return isYes(answer), err
}

// yesNo is a question that is answered by yes, or else means no.
func yesNo(text string) question {
	return question{text: text + " y or n, empty for n:", isFresh: true, help: []string{"y does it. n, no or an empty answer changes nothing."}}
}

func isYes(answer string) bool {
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "y" || answer == "yes"
}

// isRefusal reports whether an answer means no, which chooses nothing and names nothing.
func isRefusal(answer string) bool {
	answer = strings.ToLower(strings.TrimSpace(answer))
	return answer == "" || answer == "n" || answer == "no"
}

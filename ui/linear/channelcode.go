package linear

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/verify"
)

// verifyChannel asks for the code of a channel.
func (m *Mode) verifyChannel(ctx context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	q := m.codeQuestion("The code of channel "+with.id()+", six digits", m.whereHeld(backend.KindVerification, ch.Type, ch.Value))
	q.about = with.id()
	q.also["new code"] = func(ctx context.Context) (bool, error) {
		return false, m.settle(ctx, m.onChannel("send-code")(ctx, with))
	}
	return m.changeBy(ctx, q, with.text, func(ctx context.Context, answer string) error {
		code, err := codeOf(answer)
		if err != nil {
			return err
		}
		return m.verifyWith(ctx, with.id(), code)
	})
}

// verifyWith enters the code of a channel.
func (m *Mode) verifyWith(ctx context.Context, id, code string) error {
	err := m.run(ctx, []string{"channel", "verify", m.seen(id)}, id, code)
	ch, _ := m.channel(id)
	return m.withNewCode(err, ch.Code, keymap.Channels, id)
}

// withNewCode is the refusal of a code that says how another one is sent, where that one is of no use any more: by a word
// of a screen, for one of its records, or "".
func (m *Mode) withNewCode(err error, now *backend.CodeState, on keymap.Scope, id string) error {
	refusal, isRefusal := errors.AsType[*backend.Error](err)
	if !isRefusal {
		return err
	}
	switch refusal.Code {
	case backend.CodeWrong, backend.CodeExpired, backend.CodeExhausted:
	default:
		return err
	}
	if is := state.OfCode(now, m.shell.Now); is != state.Exhausted && is != state.Expired {
		return err
	}
	words := "new code"
	if id != "" && m.row != id {
		words += " " + id
	}
	if m.place == nil || m.place.scope != on {
		words += ", in " + string(on) + ","
	}
	return hinted{err, words + " sends one."}
}

// codeQuestion asks for what is in a message. held says how that is read where it is held here; "" where it was sent.
func (m *Mode) codeQuestion(text, held string) question {
	q := question{text: text, help: []string{"The whole message can be pasted. new code sends another one, messages goes to the messages."},
		also: map[string]func(context.Context) (bool, error){}}
	if m.shell.Session.Lacks(backend.FeatureMessages) != "" {
		return q
	}
	if held != "" {
		q.text += ", held here: " + held
	}
	q.also["messages"] = func(ctx context.Context) (bool, error) { return true, m.goTo(ctx, m.placeOf(keymap.Messages)) }
	return q
}

func (m *Mode) placeOf(scope keymap.Scope) *place {
	for _, p := range m.places {
		if p.scope == scope {
			return p
		}
	}
	return nil
}

// codeOf is the code in an answer, which may be a whole message; or the answer, where it has no code.
func codeOf(answer string) (string, error) {
	switch code, isOneOf := verify.CodeIn(answer); {
	case isOneOf:
		return "", backend.Errorf(backend.CodeInvalid, "%s", severalCodes)
	case code != "":
		return code, nil
	}
	return answer, nil
}

// severalCodes is said of a text that leaves open which of its codes is meant.
const severalCodes = "This text has several codes. Type the one that is meant."

// confirmChannel asks for the word of the last test message. What cannot be one is no try: there are few.
func (m *Mode) confirmChannel(ctx context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	q := m.codeQuestion("The word in the test message to channel "+with.id(), m.whereHeld(backend.KindTest, ch.Type, ch.ActiveValue))
	q.help = []string{"The whole message can be pasted. messages goes to the messages."}
	return m.changeBy(ctx, q, with.text, func(ctx context.Context, answer string) error {
		word := verify.WordIn(answer)
		if word == "" {
			word = strings.TrimSpace(answer)
		}
		if err := m.whyNoTestWord(word); err != nil {
			return err
		}
		return m.run(ctx, []string{"channel", "confirm", m.seen(with.id())}, with.id(), word)
	})
}

// whyNoTestWord says why a text cannot be the word of a test, nil where it may be.
func (m *Mode) whyNoTestWord(text string) error {
	if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		return backend.Errorf(backend.CodeInvalid, "The word is letters alone. That was no try.")
	}
	if e, _, _, isFound := m.meant(text); isFound {
		return backend.Errorf(backend.CodeInvalid, "%s is no word of a test, but something that can be done. That was no try; an empty answer goes back.", m.name(e))
	}
	return nil
}

// testChannel sends a test message.
func (m *Mode) testChannel(ctx context.Context, with asked) error {
	err := m.onChannel("test")(ctx, with)
	if ch, _ := m.channel(with.id()); err == nil {
		m.sayHeldTest(ch)
	}
	return err
}

// sayHeldTest says how a test that is held here is read.
func (m *Mode) sayHeldTest(ch backend.Channel) {
	if how := m.whereHeld(backend.KindTest, ch.Type, ch.ActiveValue); how != "" {
		m.say(fmt.Sprintf("%s, and word enters the word in it.", how))
	}
}

// sendCode sends a new code to a channel.
func (m *Mode) sendCode(ctx context.Context, with asked) error {
	err := m.onChannel("send-code")(ctx, with)
	if ch, _ := m.channel(with.id()); err == nil {
		m.sayVerify(ch)
	}
	return err
}

// isUnsent reports whether the newest code of a channel could not be sent, as far as is known.
func (m *Mode) isUnsent(ch backend.Channel) bool {
	message, isKnown := m.shell.Session.Newest(backend.KindVerification, ch.Type, ch.Value)
	return isKnown && (message.State == backend.StateFailed || message.IsDelayed())
}

// sayVerify says how the code that was sent to a channel is entered.
func (m *Mode) sayVerify(ch backend.Channel) {
	if now := state.OfCode(ch.Code, m.shell.Now); now != state.WaitingCode || m.isUnsent(ch) {
		return
	}
	m.say(fmt.Sprintf("verify %d and the code enters it. It is valid for %s.", ch.Priority, span(ch.Code.ExpiresAt.Sub(m.shell.Now))))
}

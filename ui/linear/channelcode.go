package linear

import (
	"context"
	"strings"
	"unicode"

	"github.com/account-settings/pinghome/backend"
)

// verifyChannel asks for the code of a channel.
func (m *Mode) verifyChannel(ctx context.Context, with asked) error {
	return m.change(ctx, "The code of channel "+with.id()+", six digits", with.text, func(ctx context.Context, code string) error {
		return m.run(ctx, []string{"channel", "verify", m.seen(with.id())}, with.id(), code)
	})
}

// confirmChannel asks for the word of the last test message. What cannot be one is no try: there are few.
func (m *Mode) confirmChannel(ctx context.Context, with asked) error {
	return m.change(ctx, "The word in the test message to channel "+with.id(), with.text, func(ctx context.Context, word string) error {
		if err := m.whyNoTestWord(strings.TrimSpace(word)); err != nil {
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

// sendCode sends a new code to a channel.
func (m *Mode) sendCode(ctx context.Context, with asked) error {
	err := m.onChannel("send-code")(ctx, with)
	if err == nil {
		m.say("verify enters the code.")
	}
	return err
}

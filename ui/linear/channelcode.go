package linear

import "context"

// verifyChannel asks for the code of a channel.
func (m *Mode) verifyChannel(ctx context.Context, with asked) error {
	return m.change(ctx, "The code of channel "+with.id()+", six digits", with.text, func(ctx context.Context, code string) error {
		return m.run(ctx, []string{"channel", "verify", m.seen(with.id())}, with.id(), code)
	})
}

// confirmChannel asks for the word of the last test message.
func (m *Mode) confirmChannel(ctx context.Context, with asked) error {
	return m.change(ctx, "The word in the test message to channel "+with.id(), with.text, func(ctx context.Context, word string) error {
		return m.run(ctx, []string{"channel", "confirm", m.seen(with.id())}, with.id(), word)
	})
}

// sendCode sends a new code to a channel.
func (m *Mode) sendCode(ctx context.Context, with asked) error {
	err := m.onChannel("send-code")(ctx, with)
	if err == nil {
		m.say("verify enters the code.")
	}
	return err
}

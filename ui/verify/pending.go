// Package verify has the dialogs in which the customer proves that they receive
// messages: with the code of a new username or channel, or with the word of a test
// message.
//
//   - pending.go: what waits for a code
//   - code.go, codeview.go: the dialog that takes the six digits
//   - word.go: the dialog that takes the word of a test message
//   - delivery.go: what became of the message that the dialog waits for
package verify

import (
	"context"
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// Pending is something that waits for a code; see Username and Channel.
type Pending struct {
	title  string
	to     func() string                     // the address that the code was sent to, masked like values
	state  func() (*backend.CodeState, bool) // of its code, nil for none; false when it does not wait any more
	verify func(context.Context, string) error
	resend func(context.Context) error
	sent   func() (backend.Message, bool) // the message with the code; false when it is not known
	done   string                         // told once the code was right
	final  string                         // for shell.NotUndoable, once the code was right; "" where that can be taken back
}

// HasNone reports whether a code has to be sent first: what waits for one has come back by an undo,
// and codes do not.
func (p Pending) HasNone(sh *shell.Shell) bool {
	c, waits := p.state()
	return waits && (c == nil || c.SentAt.IsZero()) && sh.Session.Lacks(backend.FeatureUndo) == ""
}

// Username is a username change that waits for its code.
func Username(sh *shell.Shell, change *backend.PendingUsername) Pending {
	view, email := sh.Session.View, change.Email
	return Pending{
		title: "Confirm the new username",
		to:    func() string { return safe.Text(backend.ReadableEmail(email)) },
		state: func() (*backend.CodeState, bool) {
			if sh.Session.Profile == nil || sh.Session.Profile.Pending == nil || sh.Session.Profile.Pending.Email != email {
				return nil, false
			}
			return &sh.Session.Profile.Pending.Code, true
		},
		verify: func(ctx context.Context, code string) error { _, err := view.ConfirmUsername(ctx, code); return err },
		resend: func(ctx context.Context) error { _, err := view.ChangeUsername(ctx, email); return err },
		sent: func() (backend.Message, bool) {
			return sh.Session.Newest(backend.KindUsername, backend.TypeEmail, email)
		},
		done:  "The username is " + backend.ReadableEmail(email) + " now.",
		final: "A confirmed username cannot be taken back",
	}
}

// Channel is a channel that waits for the code of its value. The code is only tried,
// and only sent again, while the channel is as ch says.
func Channel(sh *shell.Shell, ch backend.Channel) Pending {
	view, p, value := sh.Session.View, ch.Priority, ch.Value
	return Pending{
		title: sh.ChannelTitle("Verify channel", ch),
		to:    func() string { return sh.Masked(ch.Type, value) },
		state: func() (*backend.CodeState, bool) {
			for _, now := range sh.Session.Channels {
				if now.Priority == p {
					return now.Code, !now.Verified && now.Value == value
				}
			}
			return nil, false
		},
		verify: func(ctx context.Context, code string) error {
			return shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) error {
				_, err := view.VerifyChannel(ctx, p, code)
				return err
			})
		},
		resend: func(ctx context.Context) error {
			return shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) error {
				_, err := view.UpdateChannel(ctx, p, value, nil)
				return err
			})
		},
		sent: func() (backend.Message, bool) { return sh.Session.Newest(backend.KindVerification, ch.Type, value) },
		done: fmt.Sprintf("Channel %d is verified and on.", p),
	}
}

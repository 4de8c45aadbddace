package ui

import (
	"context"
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
)

// usernameProof is the username change as something that waits for a code.
func usernameProof(d *desk, pending *backend.PendingUsername) proof {
	view, email := d.opened.View, pending.Email
	return proof{
		title: "Confirm the new username",
		to:    func() string { return safe.Text(email) },
		state: func() (*backend.CodeState, bool) {
			if d.profile == nil || d.profile.Pending == nil || d.profile.Pending.Email != email {
				return nil, false
			}
			return &d.profile.Pending.Code, true
		},
		verify: func(ctx context.Context, code string) error { _, err := view.ConfirmUsername(ctx, code); return err },
		resend: func(ctx context.Context) error { _, err := view.ChangeUsername(ctx, email); return err },
		sent:   func() (backend.Message, bool) { return d.newest(backend.KindUsername, backend.TypeEmail, email) },
		done:   "The username is " + email + " now.",
	}
}

// channelProof is a channel as something that waits for a code.
func channelProof(d *desk, ch backend.Channel) proof {
	view, p, value := d.opened.View, ch.Priority, ch.Value
	return proof{
		title: fmt.Sprintf("Verify channel %d %s %s", p, d.Dot, word(ch.Type)),
		to:    func() string { return d.masked(ch.Type, value) },
		state: func() (*backend.CodeState, bool) {
			for _, now := range d.channels {
				if now.Priority == p {
					return now.Code, !now.Verified && now.Value == value
				}
			}
			return nil, false
		},
		verify: func(ctx context.Context, code string) error {
			return whileShown(ctx, view, alone(ch), func(ctx context.Context) error {
				_, err := view.VerifyChannel(ctx, p, code)
				return err
			})
		},
		resend: func(ctx context.Context) error {
			return whileShown(ctx, view, alone(ch), func(ctx context.Context) error {
				_, err := view.UpdateChannel(ctx, p, value)
				return err
			})
		},
		sent: func() (backend.Message, bool) { return d.newest(backend.KindVerification, ch.Type, value) },
		done: fmt.Sprintf("Channel %d is verified and on.", p),
	}
}

package verify

import (
	"context"
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// usernameProof is the username change as something that waits for a code.
func Username(sh *shell.Shell, change *backend.PendingUsername) Pending {
	view, email := sh.Session.View, change.Email
	return Pending{
		title: "Confirm the new username",
		to:    func() string { return safe.Text(email) },
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
		done: "The username is " + email + " now.",
	}
}

// channelProof is a channel as something that waits for a code.
func Channel(sh *shell.Shell, ch backend.Channel) Pending {
	view, p, value := sh.Session.View, ch.Priority, ch.Value
	return Pending{
		title: fmt.Sprintf("Verify channel %d %s %s", p, sh.Look.Dot, shell.TypeName(ch.Type)),
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
				_, err := view.UpdateChannel(ctx, p, value)
				return err
			})
		},
		sent: func() (backend.Message, bool) { return sh.Session.Newest(backend.KindVerification, ch.Type, value) },
		done: fmt.Sprintf("Channel %d is verified and on.", p),
	}
}

package command

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
)

func usernameChange() spec {
	var wait waiting
	return spec{use: "change EMAIL", short: "send a code to a new address", args: between(1, "EMAIL"), isChange: true, shows: backend.Profile{},
		example: "pinghome username change countess@lovelace.example\npinghome username change - --wait=1m < address",
		wait:    &wait,
		run: func(ctx context.Context, v *visit) error {
			email, err := v.argument(ctx, 0, "EMAIL", "")
			if err != nil {
				return err
			}
			wait.begin(v)
			p, err := v.View.ChangeUsername(ctx, email)
			if err != nil {
				return err
			}
			return v.tellUsernameCode(ctx, p, wait)
		}}
}

// tellUsernameCode tells that a code for the new username was sent, and waits for the message if it is to.
func (v *visit) tellUsernameCode(ctx context.Context, p backend.Profile, wait waiting) error {
	pending := ""
	if p.Pending != nil {
		pending = p.Pending.Email
	}
	sent := newest(backend.KindUsername, backend.TypeEmail, pending)
	err := v.done(p, "%s%s. Until it is entered, %s stays the username.", v.sent(ctx, backend.KindUsername, backend.TypeEmail, pending, v.readable(backend.TypeEmail, pending)),
		v.next("; %s takes it", "username confirm CODE"), v.readable(backend.TypeEmail, p.Customer.Email))
	if err != nil {
		return err
	}
	return wait.message(ctx, v, sent)
}

func usernameSendCode() spec {
	var wait waiting
	return spec{use: "send-code", short: "send a new code to the new address", isChange: true, shows: backend.Profile{},
		example: "pinghome username send-code\npinghome username send-code --wait=1m",
		wait:    &wait,
		run: func(ctx context.Context, v *visit) error {
			now, err := v.View.Profile(ctx)
			if err != nil {
				return err
			}
			wait.begin(v)
			p, err := v.sendUsernameCode(ctx, now)
			if err != nil {
				return err
			}
			return v.tellUsernameCode(ctx, p, wait)
		}}
}

// sendUsernameCode sends a new code to the username that waits for one, while it is that one.
func (v *visit) sendUsernameCode(ctx context.Context, now backend.Profile) (p backend.Profile, err error) {
	email := now.Customer.Email // that is what it became, if it was confirmed since
	if now.Pending != nil {
		email = now.Pending.Email
	}
	change := func(ctx context.Context) (err error) {
		p, err = v.View.ChangeUsername(ctx, email)
		return err
	}
	if now.Pending == nil {
		err = backend.Errorf(backend.CodeNoPendingChange, "No new username waits for a code; \"pinghome username change\" begins with one.")
	} else {
		err = shell.UnlessChanged(ctx, v.View, v.View.Profile, func(other backend.Profile) string {
			if other.Pending == nil || other.Pending.Email != email {
				return "Another username waits for its code by now. Nothing was sent."
			}
			return ""
		}, change)
	}
	if code := backend.ErrorCode(err); code == backend.CodeNoPendingChange || code == backend.CodeStale {
		err = repeated(ctx, v.View, err, change)
	}
	return p, err
}

func usernameConfirm() spec {
	return spec{use: "confirm [CODE]", short: "make the new address the username, with the code that was sent there", args: between(1),
		isChange: true, isAsking: true, isSending: true, shows: backend.Profile{},
		example: "pinghome username confirm 293479\npinghome username confirm - < code",
		run: func(ctx context.Context, v *visit) error {
			code, err := v.argument(ctx, 0, "CODE", "The code that was sent to the new address:")
			if err != nil {
				return err
			}
			p, err := v.View.ConfirmUsername(ctx, code)
			if err != nil {
				return err
			}
			return v.done(p, "The username is %s.", v.readable(backend.TypeEmail, p.Customer.Email))
		}}
}

func usernameCancel() spec {
	return spec{use: "cancel", short: "keep the present username", isChange: true, shows: backend.Profile{},
		example: "pinghome username cancel",
		run: func(ctx context.Context, v *visit) error {
			p, err := v.View.CancelUsername(ctx)
			if err != nil {
				return err
			}
			return v.done(p, "The username stays %s.", v.readable(backend.TypeEmail, p.Customer.Email))
		}}
}

// argument returns an argument, which may be "-" for standard input, or asks for it.
func (v *visit) argument(ctx context.Context, at int, name, question string) (string, error) {
	given := ""
	if at < len(v.args) {
		given = v.args[at]
	}
	return v.value(ctx, given, at < len(v.args), name, question)
}

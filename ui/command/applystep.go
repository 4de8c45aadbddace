package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/declared"
	"github.com/account-settings/pinghome/ui/shell"
)

// make makes a step, or asks for its code and puts it off where a person types none. sent is the message that it has
// sent, nil for none. Errors: precondition_failed where the step is not to be made any more.
func (a *application) make(ctx context.Context, s *declared.Step) (sent *awaited, err error) {
	if s.NeedsCode() {
		return nil, a.enter(ctx, *s)
	}
	err = a.whileWanted(ctx, *s, func(ctx context.Context) error {
		sent, err = a.change(ctx, s)
		return err
	})
	if err == nil && sent != nil {
		a.sendNow()
	}
	return sent, err
}

// whileWanted makes a change only while the step is in the plan for the account as it is, and waits for nothing: another
// program may have changed the channel, or what makes it safe to take it away. Nothing comes between where the backend
// has revisions.
func (a *application) whileWanted(ctx context.Context, s declared.Step, change func(context.Context) error) error {
	return shell.UnlessChanged(ctx, a.View, a.compare, func(now declared.Plan) string {
		if slices.ContainsFunc(now.Steps, func(other declared.Step) bool {
			return other.IsSame(s) && other.Channel == s.Channel && a.canMake(other)
		}) {
			return ""
		}
		return s.Says + ": this is not to be done any more, since the account was changed in the meantime."
	}, change)
}

// sendNow sends what waits in a database.
func (a *application) sendNow() {
	if a.Send != nil {
		a.Send()
	}
}

func (a *application) change(ctx context.Context, s *declared.Step) (sent *awaited, err error) {
	switch s.Action {
	case declared.Rename:
		_, err = a.View.UpdateName(ctx, backend.NameChange{Name: s.Name, Surname: s.Surname})
	case declared.ChangeUsername:
		return a.changeUsername(ctx, s.Value)
	case declared.Add:
		return a.add(ctx, s)
	case declared.Edit:
		return a.edit(ctx, s.Channel, s.Value, s.Label)
	case declared.Label:
		return a.edit(ctx, s.Channel, s.Was, s.Label)
	case declared.Enable, declared.Disable:
		_, err = a.View.SetChannelEnabled(ctx, s.Channel, s.Action == declared.Enable)
	case declared.Reorder:
		_, err = a.View.OrderChannels(ctx, s.Order)
	case declared.Delete:
		_, err = a.View.DeleteChannels(ctx, []int{s.Channel})
	case declared.Verify, declared.ConfirmUsername: // enter makes these
	}
	return nil, err
}

func (a *application) changeUsername(ctx context.Context, email string) (*awaited, error) {
	p, err := a.View.ChangeUsername(ctx, email)
	if err != nil || p.Pending == nil {
		return nil, err
	}
	return newest(backend.KindUsername, backend.TypeEmail, p.Pending.Email), nil
}

// add adds a channel, and takes note of its number and of the signing secret of a webhook.
func (a *application) add(ctx context.Context, s *declared.Step) (*awaited, error) {
	label := ""
	if s.Label != nil {
		label = *s.Label
	}
	ch, err := a.View.CreateChannel(ctx, s.Type, s.Value, label)
	s.Channel, s.SigningSecret = ch.Priority, ch.SigningSecret
	return newest(backend.KindVerification, ch.Type, ch.Value), err
}

func (a *application) edit(ctx context.Context, priority int, value string, label *string) (*awaited, error) {
	u, err := a.View.UpdateChannel(ctx, priority, value, label)
	if err != nil || !u.CodeSent {
		return nil, err
	}
	return newest(backend.KindVerification, u.Channel.Type, u.Channel.Value), nil
}

// enter asks for a code until it is right, or none is typed, which puts the step off. Where the code that was sent cannot
// be entered any more, it sends a new one first.
func (a *application) enter(ctx context.Context, s declared.Step) error {
	a.sendNow()
	if s.IsCodeOver {
		if err := a.told(a.sendNewCode(ctx, s), true); err != nil {
			return err
		}
	} else if err := a.warn(a.codeSent(ctx, s) + "."); err != nil {
		return err
	}
	for {
		code, err := a.ask(ctx, safeLines(s.Says)+". The code (n sends a new one, Enter leaves it open):")
		code = strings.TrimSpace(code)
		isNew := strings.EqualFold(code, "n")
		switch {
		case errors.Is(err, errNothingTyped), err == nil && code == "":
			a.later = append(a.later, s)
			return nil
		case err != nil:
			return err
		case isNew:
			err = a.sendNewCode(ctx, s)
		default:
			err = a.whileWanted(ctx, s, func(ctx context.Context) error { return a.enterCode(ctx, s, code) })
		}
		if err == nil && !isNew {
			return nil
		}
		if err := a.told(err, isNew); err != nil {
			return err
		}
	}
}

// codeSent says where the code of a step was sent, or is held.
func (a *application) codeSent(ctx context.Context, s declared.Step) string {
	kind, by := backend.KindVerification, s.Type
	if s.Action == declared.ConfirmUsername {
		kind, by = backend.KindUsername, backend.TypeEmail
	}
	return a.sent(ctx, kind, by, s.Value, a.readable(by, s.Value))
}

// told tells what came of a code, or of sending a new one, and returns an error that is about neither.
func (a *application) told(err error, isNew bool) error {
	switch {
	case err == nil && isNew:
		return a.warn("A new code was sent.")
	case isAboutCode(err):
		return a.warn(sentenceOf(err))
	}
	return err
}

// isAboutCode reports whether another code, or a new one, would do.
func isAboutCode(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeWrong, backend.CodeInvalid, backend.CodeExpired, backend.CodeExhausted, backend.CodeRateLimited, backend.CodeLocked:
		return true
	}
	return false
}

// warn tells a sentence beside the results.
func (a *application) warn(sentence string) error {
	_, err := fmt.Fprintln(a.Err, safeLines(sentence))
	return outputError(err)
}

func (a *application) enterCode(ctx context.Context, s declared.Step, code string) (err error) {
	if s.Action == declared.ConfirmUsername {
		_, err = a.View.ConfirmUsername(ctx, code)
	} else {
		_, err = a.View.VerifyChannel(ctx, s.Channel, code)
	}
	return err
}

// sendNewCode sends a new code for a step that needs one.
func (a *application) sendNewCode(ctx context.Context, s declared.Step) error {
	err := a.whileWanted(ctx, s, func(ctx context.Context) (err error) {
		if s.Action == declared.ConfirmUsername {
			_, err = a.changeUsername(ctx, s.Value)
		} else {
			_, err = a.edit(ctx, s.Channel, s.Was, nil)
		}
		return err
	})
	if err == nil {
		a.sendNow()
	}
	return err
}

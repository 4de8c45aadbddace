package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/account-settings/pinghome/backend"
)

// messagePath is where a message is, and below it.
func (v *view) messagePath(id, below string) string {
	return customerPath(v.id) + "/messages/" + url.PathEscape(id) + below
}

// ChannelAttempts asks for the newest attempts to reach a channel.
func (v *view) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	params := limited(limit)
	params.Set("priority", strconv.Itoa(priority))
	return v.attempts(ctx, ask{path: v.channelPath("/attempts"), params: params})
}

// MessageAttempts asks for all attempts of one message.
func (v *view) MessageAttempts(ctx context.Context, id string) ([]backend.Attempt, error) {
	return v.attempts(ctx, ask{path: v.messagePath(id, "/attempts")})
}

func (v *view) attempts(ctx context.Context, a ask) ([]backend.Attempt, error) {
	var list []wireAttempt
	if err := v.extra(ctx, backend.FeatureDeliveries, a, "a list of attempts", &list); err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

// ResendMessage sends what a message was for once more.
func (v *view) ResendMessage(ctx context.Context, id string) (backend.Message, error) {
	var w wireMessage
	err := v.extraChange(ctx, ask{path: v.messagePath(id, "/resend"), conflict: backend.CodeNotResendable}, &w)
	if err == nil && w.ID == "" {
		err = notShown(notUnderstood("a message"))
	}
	if err != nil {
		return backend.Message{}, err
	}
	return w.fromWire(), nil
}

// ConfirmReceipt gives the word of a test back.
func (v *view) ConfirmReceipt(ctx context.Context, priority int, word string) (backend.Channel, error) {
	if err := v.unsupported(backend.FeatureDeliveries); err != nil {
		return backend.Channel{}, err
	}
	return v.changeChannel(ctx, priority, ask{method: http.MethodPost, path: v.channelPath("/receipt"), conflict: backend.CodeNoTest, field: "word",
		body: map[string]any{"word": word, "priority": priority}})
}

// RotateSecret gives a webhook a new signing secret. Without it in the answer
// nobody knows it, and it has to be changed once more.
func (v *view) RotateSecret(ctx context.Context, priority int) (backend.SigningSecret, error) {
	var w wireSigningSecret
	err := v.extraChange(ctx, ask{path: v.channelPath("/secret"), conflict: backend.CodeNotWebhook, body: map[string]any{"priority": priority}}, &w)
	if err == nil && w.Secret == "" {
		err = notShown(notUnderstood("a secret"))
	}
	if err != nil {
		return backend.SigningSecret{}, err
	}
	return backend.SigningSecret{Secret: w.Secret, OldUntil: w.OldUntil.when()}, nil
}

// extraChange sends a command of the deliveries and reads what it came to into dest.
func (v *view) extraChange(ctx context.Context, a ask, dest any) error {
	if err := v.unsupported(backend.FeatureDeliveries); err != nil {
		return err
	}
	a.method = http.MethodPost
	answered, err := v.change(ctx, a)
	if err == nil {
		decode(membersOf(answered.body)["data"], dest) // what is not there is empty
	}
	return err
}

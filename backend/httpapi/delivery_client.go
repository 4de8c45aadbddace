package httpapi

import (
	"context"
	"strconv"

	"github.com/account-settings/pinghome/backend"
)

// ChannelAttempts asks for the newest attempts to reach a channel.
func (v *view) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	return v.OlderAttempts(ctx, priority, "", limit)
}

// OlderAttempts asks for the attempts behind one.
func (v *view) OlderAttempts(ctx context.Context, priority int, than string, limit int) ([]backend.Attempt, error) {
	query, err := v.older(than, limit)
	if err != nil {
		return nil, err
	}
	query.Set("priority", strconv.Itoa(priority))
	return v.attempts(ctx, ask{op: opListChannelAttempts, query: query.Encode()})
}

// MessageAttempts asks for all attempts of one message.
func (v *view) MessageAttempts(ctx context.Context, id string) ([]backend.Attempt, error) {
	return v.attempts(ctx, ask{op: opListMessageAttempts, message: id})
}

func (v *view) attempts(ctx context.Context, a ask) ([]backend.Attempt, error) {
	var list []wireAttempt
	if err := v.extension(ctx, backend.FeatureDeliveries, a, "a list of attempts", &list); err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

// ConfirmReceipt sends the word of a test message.
func (v *view) ConfirmReceipt(ctx context.Context, priority int, word string) (backend.Channel, error) {
	if err := v.requires(backend.FeatureDeliveries); err != nil {
		return backend.Channel{}, err
	}
	return v.changeChannel(ctx, priority, ask{op: opConfirmReceipt, body: []entry{fieldWord.is(word), fieldPriority.is(priority)}})
}

// RotateSecret gives a webhook a new signing secret. When the answer does not
// have it, it is lost, and has to be rotated once more. A server that does not know of
// overlap would let the old one go on, so it is not asked to end it.
func (v *view) RotateSecret(ctx context.Context, priority int, overlap bool) (backend.SigningSecret, error) {
	var w wireSigningSecret
	feature, body := backend.FeatureDeliveries, []entry{fieldPriority.is(priority)}
	if !overlap {
		feature, body = backend.FeatureEndSecret, append(body, fieldOverlap.is(false))
	}
	err := v.extension(ctx, feature, ask{op: opRotateSecret, body: body}, "a secret", &w)
	if err == nil && w.Secret == "" {
		err = errNotShown(errNotUnderstood("a secret"))
	}
	if err != nil {
		return backend.SigningSecret{}, err
	}
	return backend.SigningSecret{Secret: w.Secret, OldUntil: w.OldUntil.when()}, nil
}

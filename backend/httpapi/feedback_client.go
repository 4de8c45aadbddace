package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// SendFeedback sends a text. One of the documented layouts does not have this
// operation, so a server may turn out not to take feedback.
func (v *view) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	if err := v.requires(backend.FeatureFeedback); err != nil {
		return backend.FeedbackNote{}, err
	}
	answered, err := v.call(ctx, ask{op: opSubmitFeedback, body: []entry{fieldFeedback.is(text)}})
	if !v.keepsKeys() && isElsewhere(err) {
		v.hasRefusedFeedback.Store(true)
		return backend.FeedbackNote{}, v.requires(backend.FeatureFeedback)
	}
	if err != nil {
		return backend.FeedbackNote{}, err
	}
	var w wireFeedback
	if !answered.data(&w) || w.Feedback == "" {
		return backend.FeedbackNote{Text: text, SentAt: v.options.Now().UTC()}, nil
	}
	return w.fromWire(), nil
}

// FeedbackHistory asks for what was sent.
func (v *view) FeedbackHistory(ctx context.Context, limit int) ([]backend.FeedbackNote, error) {
	var list []wireFeedback
	err := v.extension(ctx, backend.FeatureFeedbackHistory, ask{op: opListFeedback, query: limited(limit).Encode()}, "a list of feedback", &list)
	if err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

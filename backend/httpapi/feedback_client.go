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
	return v.OlderFeedback(ctx, "", limit)
}

// OlderFeedback asks for what was sent before a note.
func (v *view) OlderFeedback(ctx context.Context, than string, limit int) (notes []backend.FeedbackNote, err error) {
	query, err := v.older(than, limit)
	if err != nil {
		return nil, err
	}
	var list []wireFeedback
	if err := v.extension(ctx, backend.FeatureFeedbackHistory, ask{op: opListFeedback, query: query.Encode()}, "a list of feedback", &list); err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

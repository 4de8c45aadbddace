package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/account-settings/pinghome/backend"
)

// limited asks for what a server of ours gives at most.
func limited(limit int) url.Values {
	return url.Values{"limit": {strconv.Itoa(min(max(0, limit), maxLimit))}}
}

// SendFeedback sends a text. The documentation has lost this operation over
// the years, so a server may turn out not to have it.
func (v *view) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	if err := v.unsupported(backend.FeatureFeedback); err != nil {
		return backend.FeedbackNote{}, err
	}
	answered, err := v.changeOwn(ctx, ask{method: http.MethodPost, path: "/customer/feedback", field: "feedback",
		body: map[string]string{"feedback": text}})
	if !v.keepsKeys() && isNotThere(err) {
		v.isWithoutFeedback.Store(true)
		return backend.FeedbackNote{}, v.unsupported(backend.FeatureFeedback)
	}
	if err != nil {
		return backend.FeedbackNote{}, err
	}
	var w wireFeedback
	if raw := membersOf(answered.body)["data"]; raw == nil || !decode(raw, &w) || w.Feedback == "" {
		return backend.FeedbackNote{Text: text, SentAt: v.options.Now().UTC()}, nil
	}
	return w.fromWire(), nil
}

// FeedbackHistory asks for what was sent.
func (v *view) FeedbackHistory(ctx context.Context, limit int) ([]backend.FeedbackNote, error) {
	var list []wireFeedback
	a := ask{path: "/customer/feedback", params: limited(limit), customer: v.own()}
	err := v.extra(ctx, backend.FeatureFeedbackHistory, a, "a list of feedback", &list)
	if err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

// Messages asks for the messages that the server holds.
func (v *view) Messages(ctx context.Context, limit int) (backend.Inbox, error) {
	var w wireInbox
	err := v.extra(ctx, backend.FeatureMessages, ask{path: customerPath(v.id) + "/messages", params: limited(limit)}, "an inbox", &w)
	if err != nil {
		return backend.Inbox{}, err
	}
	return backend.Inbox{Messages: listFromWire(w.Messages), Total: w.Total, Unread: w.Unread}, nil
}

// MarkMessage sets whether a message has been read.
func (v *view) MarkMessage(ctx context.Context, id string, read bool) error {
	if err := v.unsupported(backend.FeatureMessages); err != nil {
		return err
	}
	_, err := v.change(ctx, ask{method: http.MethodPatch, path: v.messagePath(id, ""),
		body: map[string]bool{"read": read}})
	return err
}

// DeleteMessages removes messages.
func (v *view) DeleteMessages(ctx context.Context, ids []string) error {
	if err := v.unsupported(backend.FeatureMessages); err != nil {
		return err
	}
	_, err := v.change(ctx, ask{method: http.MethodDelete, path: customerPath(v.id) + "/messages", body: map[string][]string{"ids": ids}})
	return err
}

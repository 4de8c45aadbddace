package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// Messages asks for the newest messages to the customer.
func (v *view) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	return v.OlderMessages(ctx, "", limit)
}

// OlderMessages asks for the messages behind one.
func (v *view) OlderMessages(ctx context.Context, than string, limit int) (backend.MessageList, error) {
	query, err := v.older(than, limit)
	if err != nil {
		return backend.MessageList{}, err
	}
	var w wireInbox
	if err := v.extension(ctx, backend.FeatureMessages, ask{op: opListMessages, query: query.Encode()}, "an inbox", &w); err != nil {
		return backend.MessageList{}, err
	}
	return backend.MessageList{Messages: listFromWire(w.Messages), Total: w.Total, Unread: w.Unread}, nil
}

// MarkMessage sets whether a message has been read.
func (v *view) MarkMessage(ctx context.Context, id string, read bool) error {
	return v.changeMessages(ctx, ask{op: opMarkMessage, message: id, body: []entry{fieldRead.is(read)}})
}

// DeleteMessages removes messages.
func (v *view) DeleteMessages(ctx context.Context, ids []string) error {
	return v.changeMessages(ctx, ask{op: opDeleteMessages, body: []entry{fieldIDs.is(ids)}})
}

// ResendMessage sends what a message was for once more.
func (v *view) ResendMessage(ctx context.Context, id string) (backend.Message, error) {
	var w wireMessage
	err := v.extension(ctx, backend.FeatureDeliveries, ask{op: opResendMessage, message: id}, "a message", &w)
	if err == nil && w.ID == "" {
		err = errNotShown(errNotUnderstood("a message"))
	}
	if err != nil {
		return backend.Message{}, err
	}
	return w.fromWire(), nil
}

func (v *view) changeMessages(ctx context.Context, a ask) error {
	if err := v.requires(backend.FeatureMessages); err != nil {
		return err
	}
	_, err := v.call(ctx, a)
	return err
}

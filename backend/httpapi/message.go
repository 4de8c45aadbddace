package httpapi

import (
	"context"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

// The fields and bodies of the requests.
var (
	fieldRead = field[bool]{"read", `{"examples": [true], "type": "boolean"}`, nil}
	fieldIDs  = field[[]string]{"ids", `{"examples": [["0f8fad5b-d9cd-469f-a165-70867728950e"]], "type": "array", "items": {"type": "string"}}`, nil}

	bodyMessageChange = &body{name: "MessageChange", required: []anyField{fieldRead}}
	bodyMessageIDs    = &body{name: "MessageIDs", optional: []anyField{fieldIDs}}
)

// wireInbox is the newest messages and how many there are in all.
type wireInbox struct {
	Messages []wireMessage `json:"messages"`
	Total    int           `json:"total"`
	Unread   int           `json:"unread"`
}

type wireMessage struct {
	ID            string  `json:"id"`
	At            instant `json:"at"`
	Type          string  `json:"type"`
	To            string  `json:"to"`
	Kind          string  `json:"kind"`
	Subject       string  `json:"subject"`
	Body          string  `json:"body"`
	Code          string  `json:"code,omitempty"`
	CodeExpiresAt instant `json:"code_expires_at"`
	Word          string  `json:"word,omitempty"`
	State         string  `json:"state"`
	Provider      string  `json:"provider"`
	Detail        string  `json:"detail"`
	Read          bool    `json:"read"`
	Attempts      int     `json:"attempts"`
	NextAt        instant `json:"next_at"` // null unless the message waits
}

func messageToWire(m backend.Message) wireMessage {
	return wireMessage{ID: m.ID, At: instantOf(m.At), Type: string(m.Type), To: m.To, Kind: string(m.Kind), Subject: m.Subject, Body: m.Body,
		Code: m.Code, CodeExpiresAt: instantOf(m.CodeExpiresAt), Word: m.Word, State: string(m.State), Provider: m.Provider, Detail: m.Detail,
		Read: m.Read, Attempts: m.Attempts, NextAt: instantOf(m.NextAt)}
}

func (w wireMessage) fromWire() backend.Message {
	return backend.Message{ID: w.ID, At: w.At.when(), Type: backend.ChannelType(w.Type), To: w.To, Kind: backend.MessageKind(w.Kind),
		Subject: w.Subject, Body: w.Body, Code: w.Code, CodeExpiresAt: w.CodeExpiresAt.when(), Word: w.Word,
		State: backend.MessageState(w.State), Provider: w.Provider, Detail: w.Detail, Read: w.Read, Attempts: w.Attempts, NextAt: w.NextAt.when()}
}

func (c *call) listMessages(ctx context.Context) (reply, error) {
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	inbox, err := c.view.OlderMessages(ctx, c.query.Get(paramCursor), limit+1)
	list, next := cut(inbox.Messages, limit, func(m backend.Message) string { return m.ID })
	return reply{message: "These are the messages to the customer, newest first.", next: c.behind(next),
		data: wireInbox{Messages: listToWire(list, messageToWire), Total: inbox.Total, Unread: inbox.Unread}}, err
}

func (c *call) markMessage(ctx context.Context) (reply, error) {
	isRead := c.truth(fieldRead)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	message := "The message is marked as unread."
	if isRead {
		message = "The message is marked as read."
	}
	return reply{message: message}, c.view.MarkMessage(ctx, c.message(), isRead)
}

// deleteMessages reads the ids from the body, from ?id= or from both.
func (c *call) deleteMessages(ctx context.Context) (reply, error) {
	ids := append(c.texts(fieldIDs), listIn(c.query, "id")...)
	if len(ids) == 0 {
		c.Add(fieldIDs.name, errors.New(`Name the messages to delete: as "ids" in the body, or as ?id= in the address.`))
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	return reply{message: "The messages were deleted."}, c.view.DeleteMessages(ctx, ids)
}

func (c *call) resendMessage(ctx context.Context) (reply, error) {
	id := c.message()
	m, err := c.view.ResendMessage(ctx, id)
	message := "The message goes once more."
	if m.ID != id {
		message = "A new message goes in its place."
	}
	return reply{message: message, data: messageToWire(m)}, err
}

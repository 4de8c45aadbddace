package httpapi

import (
	"errors"

	"github.com/account-settings/pinghome/backend"
)

// Data is a value of the contract in the shape of the API, to be written as JSON: as the data of
// the answer that has it. Other values come back as they are.
func Data(value any) any {
	switch v := value.(type) {
	case backend.Profile:
		return profileToWire(v)
	case backend.Channel:
		return wireNewChannel{wireChannel: channelToWire(v), SigningSecret: v.SigningSecret}
	case backend.ChannelUpdate:
		return wireChannelUpdate{wireChannel: channelToWire(v.Channel), Changed: v.Changed, LabelChanged: v.LabelChanged, CodeSent: v.CodeSent}
	case backend.ChannelDeletion:
		return wireDeletion{Deleted: listToWire(v.Deleted, same)}
	case backend.Test:
		return testToWire(v)
	case backend.FeedbackNote:
		return feedbackToWire(v)
	case backend.Message:
		return messageToWire(v)
	case backend.Attempt:
		return attemptToWire(v)
	case backend.SigningSecret:
		return wireSigningSecret{Secret: v.Secret, OldUntil: instantOf(v.OldUntil)}
	case backend.JournalEntry:
		return journalEntryToWire(v)
	case backend.AccountRow:
		return wireRow{rowToWire(v), v.IsDemo}
	case backend.PastSettings:
		return pastToWire(v)
	}
	return value
}

// wireRow is an account in a list that is printed.
type wireRow struct {
	wireAccount
	IsDemo bool `json:"demo"` // known of a database alone
}

// Problem is an error in the shape of the API's refusals (RFC 9457), to be written as JSON. Unlike
// the answer of a server, it has the sentence that the error has, and no request_id. One that is no
// *backend.Error is a failure on this machine, such as a disk that is full.
func Problem(err error) any {
	e, known := errors.AsType[*backend.Error](err)
	if !known {
		e = &backend.Error{Code: backend.CodeInternal, Message: err.Error(), Err: err}
	}
	p := problemOf(e, "")
	if !known {
		p.Title = "It could not be done"
	}
	if e.Message != "" {
		p.Detail, p.Message = e.Message, e.Message
	}
	return p
}

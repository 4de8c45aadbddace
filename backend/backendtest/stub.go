package backendtest

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// Stub is a Backend of functions, for tests that need one answer and no store. A method
// without a function answers CodeInternal with its name. The zero value lacks nothing.
type Stub struct {
	ProfileFunc           func(context.Context) (backend.Profile, error)
	UpdateNameFunc        func(context.Context, backend.NameChange) (backend.Profile, error)
	ChangeUsernameFunc    func(context.Context, string) (backend.Profile, error)
	ConfirmUsernameFunc   func(context.Context, string) (backend.Profile, error)
	CancelUsernameFunc    func(context.Context) (backend.Profile, error)
	DeleteAccountFunc     func(context.Context, string) error
	ChannelsFunc          func(context.Context, backend.ChannelFilter) ([]backend.Channel, error)
	CreateChannelFunc     func(context.Context, backend.ChannelType, string) (backend.Channel, error)
	UpdateChannelFunc     func(context.Context, int, string) (backend.ChannelUpdate, error)
	VerifyChannelFunc     func(context.Context, int, string) (backend.Channel, error)
	DeleteChannelsFunc    func(context.Context, []int) (backend.ChannelDeletion, error)
	TestChannelFunc       func(context.Context, int) (backend.Test, error)
	SetChannelEnabledFunc func(context.Context, int, bool) (backend.Channel, error)
	SendFeedbackFunc      func(context.Context, string) (backend.FeedbackNote, error)
	FeedbackHistoryFunc   func(context.Context, int) ([]backend.FeedbackNote, error)
	MessagesFunc          func(context.Context, int) (backend.MessageList, error)
	MarkMessageFunc       func(context.Context, string, bool) error
	DeleteMessagesFunc    func(context.Context, []string) error
	ChannelAttemptsFunc   func(context.Context, int, int) ([]backend.Attempt, error)
	MessageAttemptsFunc   func(context.Context, string) ([]backend.Attempt, error)
	ResendMessageFunc     func(context.Context, string) (backend.Message, error)
	ConfirmReceiptFunc    func(context.Context, int, string) (backend.Channel, error)
	RotateSecretFunc      func(context.Context, int) (backend.SigningSecret, error)
	JournalFunc           func(context.Context, int) ([]backend.JournalEntry, error)
	RevisionFunc          func(context.Context) (int64, error)
	LacksFunc             func(backend.Feature) string // nil: nothing
}

var _ backend.Backend = Stub{}

func missing(method string) error {
	return backend.Errorf(backend.CodeInternal, "The stub has no answer for %s.", method)
}

// ask0, ask1 and ask2 call a function with that many arguments, if there is one.
func ask0[R any](method string, f func(context.Context) (R, error), ctx context.Context) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx)
}

func ask1[A, R any](method string, f func(context.Context, A) (R, error), ctx context.Context, a A) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx, a)
}

func ask2[A, B, R any](method string, f func(context.Context, A, B) (R, error), ctx context.Context, a A, b B) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx, a, b)
}

// Each method calls its function.

func (s Stub) Profile(ctx context.Context) (backend.Profile, error) {
	return ask0("Profile", s.ProfileFunc, ctx)
}

func (s Stub) UpdateName(ctx context.Context, change backend.NameChange) (backend.Profile, error) {
	return ask1("UpdateName", s.UpdateNameFunc, ctx, change)
}

func (s Stub) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return ask1("ChangeUsername", s.ChangeUsernameFunc, ctx, email)
}

func (s Stub) ConfirmUsername(ctx context.Context, code string) (backend.Profile, error) {
	return ask1("ConfirmUsername", s.ConfirmUsernameFunc, ctx, code)
}

func (s Stub) CancelUsername(ctx context.Context) (backend.Profile, error) {
	return ask0("CancelUsername", s.CancelUsernameFunc, ctx)
}

func (s Stub) DeleteAccount(ctx context.Context, reason string) error {
	if s.DeleteAccountFunc == nil {
		return missing("DeleteAccount")
	}
	return s.DeleteAccountFunc(ctx, reason)
}

func (s Stub) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	return ask1("Channels", s.ChannelsFunc, ctx, filter)
}

func (s Stub) CreateChannel(ctx context.Context, kind backend.ChannelType, value string) (backend.Channel, error) {
	return ask2("CreateChannel", s.CreateChannelFunc, ctx, kind, value)
}

func (s Stub) UpdateChannel(ctx context.Context, priority int, value string) (backend.ChannelUpdate, error) {
	return ask2("UpdateChannel", s.UpdateChannelFunc, ctx, priority, value)
}

func (s Stub) VerifyChannel(ctx context.Context, priority int, code string) (backend.Channel, error) {
	return ask2("VerifyChannel", s.VerifyChannelFunc, ctx, priority, code)
}

func (s Stub) DeleteChannels(ctx context.Context, priorities []int) (backend.ChannelDeletion, error) {
	return ask1("DeleteChannels", s.DeleteChannelsFunc, ctx, priorities)
}

func (s Stub) TestChannel(ctx context.Context, priority int) (backend.Test, error) {
	return ask1("TestChannel", s.TestChannelFunc, ctx, priority)
}

func (s Stub) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (backend.Channel, error) {
	return ask2("SetChannelEnabled", s.SetChannelEnabledFunc, ctx, priority, enabled)
}

func (s Stub) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	return ask1("SendFeedback", s.SendFeedbackFunc, ctx, text)
}

func (s Stub) FeedbackHistory(ctx context.Context, limit int) ([]backend.FeedbackNote, error) {
	return ask1("FeedbackHistory", s.FeedbackHistoryFunc, ctx, limit)
}

func (s Stub) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	return ask1("Messages", s.MessagesFunc, ctx, limit)
}

func (s Stub) MarkMessage(ctx context.Context, id string, read bool) error {
	if s.MarkMessageFunc == nil {
		return missing("MarkMessage")
	}
	return s.MarkMessageFunc(ctx, id, read)
}

func (s Stub) DeleteMessages(ctx context.Context, ids []string) error {
	if s.DeleteMessagesFunc == nil {
		return missing("DeleteMessages")
	}
	return s.DeleteMessagesFunc(ctx, ids)
}

func (s Stub) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	return ask2("ChannelAttempts", s.ChannelAttemptsFunc, ctx, priority, limit)
}

func (s Stub) MessageAttempts(ctx context.Context, id string) ([]backend.Attempt, error) {
	return ask1("MessageAttempts", s.MessageAttemptsFunc, ctx, id)
}

func (s Stub) ResendMessage(ctx context.Context, id string) (backend.Message, error) {
	return ask1("ResendMessage", s.ResendMessageFunc, ctx, id)
}

func (s Stub) ConfirmReceipt(ctx context.Context, priority int, word string) (backend.Channel, error) {
	return ask2("ConfirmReceipt", s.ConfirmReceiptFunc, ctx, priority, word)
}

func (s Stub) RotateSecret(ctx context.Context, priority int) (backend.SigningSecret, error) {
	return ask1("RotateSecret", s.RotateSecretFunc, ctx, priority)
}

func (s Stub) Journal(ctx context.Context, limit int) ([]backend.JournalEntry, error) {
	return ask1("Journal", s.JournalFunc, ctx, limit)
}

func (s Stub) Revision(ctx context.Context) (int64, error) {
	return ask0("Revision", s.RevisionFunc, ctx)
}

// Lacks answers "" without a function.
func (s Stub) Lacks(f backend.Feature) string {
	if s.LacksFunc == nil {
		return ""
	}
	return s.LacksFunc(f)
}

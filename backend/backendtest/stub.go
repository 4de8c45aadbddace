package backendtest

import (
	"context"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Stub is a Backend of functions, for tests that need one answer and no store. A method
// without a function answers CodeInternal with its name. The zero value lacks nothing.
type Stub struct {
	ProfileFunc            func(context.Context) (backend.Profile, error)
	UpdateNameFunc         func(context.Context, backend.NameChange) (backend.Profile, error)
	ChangeUsernameFunc     func(context.Context, string) (backend.Profile, error)
	ConfirmUsernameFunc    func(context.Context, string) (backend.Profile, error)
	CancelUsernameFunc     func(context.Context) (backend.Profile, error)
	DeleteAccountFunc      func(context.Context, string) error
	ChannelsFunc           func(context.Context, backend.ChannelFilter) ([]backend.Channel, error)
	CreateChannelFunc      func(context.Context, backend.ChannelType, string, string) (backend.Channel, error)
	UpdateChannelFunc      func(context.Context, int, string, *string) (backend.ChannelUpdate, error)
	VerifyChannelFunc      func(context.Context, int, string) (backend.Channel, error)
	DeleteChannelsFunc     func(context.Context, []int) (backend.ChannelDeletion, error)
	TestChannelFunc        func(context.Context, int) (backend.Test, error)
	SetChannelEnabledFunc  func(context.Context, int, bool) (backend.Channel, error)
	SetChannelsEnabledFunc func(context.Context, []int, bool) ([]backend.Channel, error)
	OrderChannelsFunc      func(context.Context, []int) ([]backend.Channel, error)
	SendFeedbackFunc       func(context.Context, string) (backend.FeedbackNote, error)
	FeedbackHistoryFunc    func(context.Context, int) ([]backend.FeedbackNote, error)
	OlderFeedbackFunc      func(context.Context, string, int) ([]backend.FeedbackNote, error)
	MessagesFunc           func(context.Context, int) (backend.MessageList, error)
	OlderMessagesFunc      func(context.Context, string, int) (backend.MessageList, error)
	MarkMessageFunc        func(context.Context, string, bool) error
	DeleteMessagesFunc     func(context.Context, []string) error
	ChannelAttemptsFunc    func(context.Context, int, int) ([]backend.Attempt, error)
	OlderAttemptsFunc      func(context.Context, int, string, int) ([]backend.Attempt, error)
	MessageAttemptsFunc    func(context.Context, string) ([]backend.Attempt, error)
	ResendMessageFunc      func(context.Context, string) (backend.Message, error)
	ConfirmReceiptFunc     func(context.Context, int, string) (backend.Channel, error)
	RotateSecretFunc       func(context.Context, int, bool) (backend.SigningSecret, error)
	JournalFunc            func(context.Context, backend.JournalQuery) (backend.JournalPage, error)
	UndoFunc               func(context.Context, string) (backend.JournalEntry, error)
	RedoFunc               func(context.Context) (backend.JournalEntry, error)
	SettingsAtFunc         func(context.Context, time.Time) (backend.PastSettings, error)
	RevisionFunc           func(context.Context) (int64, error)
	LacksFunc              func(backend.Feature) string // nil: nothing
}

var _ backend.Backend = Stub{}

func missing(method string) error {
	return backend.Errorf(backend.CodeInternal, "The stub has no answer for %s.", method)
}

// ask0, ask1, ask2 and ask3 call a function with that many arguments, if there is one.
func ask0[R any](ctx context.Context, method string, f func(context.Context) (R, error)) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx)
}

func ask1[A, R any](ctx context.Context, method string, f func(context.Context, A) (R, error), a A) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx, a)
}

func ask2[A, B, R any](ctx context.Context, method string, f func(context.Context, A, B) (R, error), a A, b B) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx, a, b)
}

func ask3[A, B, C, R any](ctx context.Context, method string, f func(context.Context, A, B, C) (R, error), a A, b B, c C) (answer R, err error) {
	if f == nil {
		return answer, missing(method)
	}
	return f(ctx, a, b, c)
}

// Profile calls ProfileFunc.
func (s Stub) Profile(ctx context.Context) (backend.Profile, error) {
	return ask0(ctx, "Profile", s.ProfileFunc)
}

// UpdateName calls UpdateNameFunc.
func (s Stub) UpdateName(ctx context.Context, change backend.NameChange) (backend.Profile, error) {
	return ask1(ctx, "UpdateName", s.UpdateNameFunc, change)
}

// ChangeUsername calls ChangeUsernameFunc.
func (s Stub) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return ask1(ctx, "ChangeUsername", s.ChangeUsernameFunc, email)
}

// ConfirmUsername calls ConfirmUsernameFunc.
func (s Stub) ConfirmUsername(ctx context.Context, code string) (backend.Profile, error) {
	return ask1(ctx, "ConfirmUsername", s.ConfirmUsernameFunc, code)
}

// CancelUsername calls CancelUsernameFunc.
func (s Stub) CancelUsername(ctx context.Context) (backend.Profile, error) {
	return ask0(ctx, "CancelUsername", s.CancelUsernameFunc)
}

// DeleteAccount calls DeleteAccountFunc.
func (s Stub) DeleteAccount(ctx context.Context, reason string) error {
	if s.DeleteAccountFunc == nil {
		return missing("DeleteAccount")
	}
	return s.DeleteAccountFunc(ctx, reason)
}

// Channels calls ChannelsFunc.
func (s Stub) Channels(ctx context.Context, filter backend.ChannelFilter) ([]backend.Channel, error) {
	return ask1(ctx, "Channels", s.ChannelsFunc, filter)
}

// CreateChannel calls CreateChannelFunc.
func (s Stub) CreateChannel(ctx context.Context, kind backend.ChannelType, value, label string) (backend.Channel, error) {
	return ask3(ctx, "CreateChannel", s.CreateChannelFunc, kind, value, label)
}

// UpdateChannel calls UpdateChannelFunc.
func (s Stub) UpdateChannel(ctx context.Context, priority int, value string, label *string) (backend.ChannelUpdate, error) {
	return ask3(ctx, "UpdateChannel", s.UpdateChannelFunc, priority, value, label)
}

// VerifyChannel calls VerifyChannelFunc.
func (s Stub) VerifyChannel(ctx context.Context, priority int, code string) (backend.Channel, error) {
	return ask2(ctx, "VerifyChannel", s.VerifyChannelFunc, priority, code)
}

// DeleteChannels calls DeleteChannelsFunc.
func (s Stub) DeleteChannels(ctx context.Context, priorities []int) (backend.ChannelDeletion, error) {
	return ask1(ctx, "DeleteChannels", s.DeleteChannelsFunc, priorities)
}

// TestChannel calls TestChannelFunc.
func (s Stub) TestChannel(ctx context.Context, priority int) (backend.Test, error) {
	return ask1(ctx, "TestChannel", s.TestChannelFunc, priority)
}

// SetChannelEnabled calls SetChannelEnabledFunc.
func (s Stub) SetChannelEnabled(ctx context.Context, priority int, enabled bool) (backend.Channel, error) {
	return ask2(ctx, "SetChannelEnabled", s.SetChannelEnabledFunc, priority, enabled)
}

// SetChannelsEnabled calls SetChannelsEnabledFunc.
func (s Stub) SetChannelsEnabled(ctx context.Context, priorities []int, enabled bool) ([]backend.Channel, error) {
	return ask2(ctx, "SetChannelsEnabled", s.SetChannelsEnabledFunc, priorities, enabled)
}

// OrderChannels calls OrderChannelsFunc.
func (s Stub) OrderChannels(ctx context.Context, priorities []int) ([]backend.Channel, error) {
	return ask1(ctx, "OrderChannels", s.OrderChannelsFunc, priorities)
}

// SendFeedback calls SendFeedbackFunc.
func (s Stub) SendFeedback(ctx context.Context, text string) (backend.FeedbackNote, error) {
	return ask1(ctx, "SendFeedback", s.SendFeedbackFunc, text)
}

// FeedbackHistory calls FeedbackHistoryFunc.
func (s Stub) FeedbackHistory(ctx context.Context, limit int) ([]backend.FeedbackNote, error) {
	return ask1(ctx, "FeedbackHistory", s.FeedbackHistoryFunc, limit)
}

// OlderFeedback calls OlderFeedbackFunc.
func (s Stub) OlderFeedback(ctx context.Context, than string, limit int) ([]backend.FeedbackNote, error) {
	return ask2(ctx, "OlderFeedback", s.OlderFeedbackFunc, than, limit)
}

// Messages calls MessagesFunc.
func (s Stub) Messages(ctx context.Context, limit int) (backend.MessageList, error) {
	return ask1(ctx, "Messages", s.MessagesFunc, limit)
}

// OlderMessages calls OlderMessagesFunc.
func (s Stub) OlderMessages(ctx context.Context, than string, limit int) (backend.MessageList, error) {
	return ask2(ctx, "OlderMessages", s.OlderMessagesFunc, than, limit)
}

// MarkMessage calls MarkMessageFunc.
func (s Stub) MarkMessage(ctx context.Context, id string, read bool) error {
	if s.MarkMessageFunc == nil {
		return missing("MarkMessage")
	}
	return s.MarkMessageFunc(ctx, id, read)
}

// DeleteMessages calls DeleteMessagesFunc.
func (s Stub) DeleteMessages(ctx context.Context, ids []string) error {
	if s.DeleteMessagesFunc == nil {
		return missing("DeleteMessages")
	}
	return s.DeleteMessagesFunc(ctx, ids)
}

// ChannelAttempts calls ChannelAttemptsFunc.
func (s Stub) ChannelAttempts(ctx context.Context, priority, limit int) ([]backend.Attempt, error) {
	return ask2(ctx, "ChannelAttempts", s.ChannelAttemptsFunc, priority, limit)
}

// OlderAttempts calls OlderAttemptsFunc.
func (s Stub) OlderAttempts(ctx context.Context, priority int, than string, limit int) ([]backend.Attempt, error) {
	return ask3(ctx, "OlderAttempts", s.OlderAttemptsFunc, priority, than, limit)
}

// MessageAttempts calls MessageAttemptsFunc.
func (s Stub) MessageAttempts(ctx context.Context, id string) ([]backend.Attempt, error) {
	return ask1(ctx, "MessageAttempts", s.MessageAttemptsFunc, id)
}

// ResendMessage calls ResendMessageFunc.
func (s Stub) ResendMessage(ctx context.Context, id string) (backend.Message, error) {
	return ask1(ctx, "ResendMessage", s.ResendMessageFunc, id)
}

// ConfirmReceipt calls ConfirmReceiptFunc.
func (s Stub) ConfirmReceipt(ctx context.Context, priority int, word string) (backend.Channel, error) {
	return ask2(ctx, "ConfirmReceipt", s.ConfirmReceiptFunc, priority, word)
}

// RotateSecret calls RotateSecretFunc.
func (s Stub) RotateSecret(ctx context.Context, priority int, overlap bool) (backend.SigningSecret, error) {
	return ask2(ctx, "RotateSecret", s.RotateSecretFunc, priority, overlap)
}

// Journal calls JournalFunc.
func (s Stub) Journal(ctx context.Context, query backend.JournalQuery) (backend.JournalPage, error) {
	return ask1(ctx, "Journal", s.JournalFunc, query)
}

// Undo calls UndoFunc.
func (s Stub) Undo(ctx context.Context, entry string) (backend.JournalEntry, error) {
	return ask1(ctx, "Undo", s.UndoFunc, entry)
}

// Redo calls RedoFunc.
func (s Stub) Redo(ctx context.Context) (backend.JournalEntry, error) {
	return ask0(ctx, "Redo", s.RedoFunc)
}

// SettingsAt calls SettingsAtFunc.
func (s Stub) SettingsAt(ctx context.Context, at time.Time) (backend.PastSettings, error) {
	return ask1(ctx, "SettingsAt", s.SettingsAtFunc, at)
}

// Revision calls RevisionFunc.
func (s Stub) Revision(ctx context.Context) (int64, error) {
	return ask0(ctx, "Revision", s.RevisionFunc)
}

// Lacks answers "" without a function.
// Lacks calls LacksFunc.
func (s Stub) Lacks(f backend.Feature) string {
	if s.LacksFunc == nil {
		return ""
	}
	return s.LacksFunc(f)
}

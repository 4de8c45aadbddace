package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// agreeable says yes to everything.
var agreeable = yes{fakes{view: backendtest.Stub{
	ProfileFunc:           func(context.Context) (p backend.Profile, err error) { return },
	UpdateNameFunc:        func(context.Context, backend.NameChange) (p backend.Profile, err error) { return },
	ChangeUsernameFunc:    func(context.Context, string) (p backend.Profile, err error) { return },
	ConfirmUsernameFunc:   func(context.Context, string) (p backend.Profile, err error) { return },
	CancelUsernameFunc:    func(context.Context) (p backend.Profile, err error) { return },
	DeleteAccountFunc:     func(context.Context, string) error { return nil },
	ChannelsFunc:          func(context.Context, backend.ChannelFilter) (l []backend.Channel, err error) { return },
	CreateChannelFunc:     func(context.Context, backend.ChannelType, string) (c backend.Channel, err error) { return },
	UpdateChannelFunc:     func(context.Context, int, string) (c backend.ChannelUpdate, err error) { return },
	VerifyChannelFunc:     func(context.Context, int, string) (c backend.Channel, err error) { return },
	DeleteChannelsFunc:    func(context.Context, []int) (d backend.ChannelDeletion, err error) { return },
	TestChannelFunc:       func(context.Context, int) (t backend.Test, err error) { return },
	SetChannelEnabledFunc: func(context.Context, int, bool) (c backend.Channel, err error) { return },
	SendFeedbackFunc:      func(context.Context, string) (n backend.FeedbackNote, err error) { return },
	FeedbackHistoryFunc:   func(context.Context, int) (l []backend.FeedbackNote, err error) { return },
	MessagesFunc:          func(context.Context, int) (b backend.Inbox, err error) { return },
	MarkMessageFunc:       func(context.Context, string, bool) error { return nil },
	DeleteMessagesFunc:    func(context.Context, []string) error { return nil },
	JournalFunc:           func(context.Context, int) (l []backend.JournalEntry, err error) { return },
	RevisionFunc:          func(context.Context) (int64, error) { return 1, nil },
}}}

type yes struct{ fakes }

func (yes) List(context.Context, string, int) (l []backend.AccountSummary, err error) { return }
func (yes) Create(context.Context, backend.NewAccount) (a backend.AccountSummary, err error) {
	return
}

// FuzzRequest: no request makes the server panic or fail, and every refusal is
// a problem.
func FuzzRequest(f *testing.F) {
	f.Add("GET", "/v1/customer", "", "Bearer x", "application/json", `"1"`, "k")
	f.Add("DELETE", "/default/v1/customer/x/notification-channel?priority=3,4", "", "Bearer x", "", "", "")
	f.Add("PATCH", "/v1/customer", `{"name":"John"}`, "Bearer x", "application/json; charset=utf-8", "*", "é")
	f.Add("PUT", "/customer-cmd/v1/customer/%2e%2e/../x", "{", "bearer", "a/b;c", `W/"1", "2-x"`, "")
	h := httpapi.NewHandler(httpapi.ServerOptions{Accounts: agreeable, Tokens: agreeable, TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	f.Fuzz(func(t *testing.T, method, target, body, authorization, kind, match, key string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || u.Host != "" {
			return
		}
		r := httptest.NewRequest("GET", "/", bytes.NewReader([]byte(body)))
		r.Method, r.URL, r.RequestURI = method, u, target
		r.Header = http.Header{"Authorization": {authorization}, "Content-Type": {kind}, "If-Match": {match}, "If-None-Match": {match}, "Idempotency-Key": {key}}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code >= 500 || w.Code >= 400 && !json.Valid(w.Body.Bytes()) {
			t.Fatalf("%s %s answered %d %s", method, target, w.Code, w.Body)
		}
	})
}

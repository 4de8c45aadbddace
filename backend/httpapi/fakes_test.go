package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// fakes are accounts and tokens without a store: every token is valid, and every
// account is view.
type fakes struct {
	backend.Accounts
	backend.Tokens
	view backend.Backend
	err  error
}

func (f fakes) Authenticate(context.Context, string) (backend.Token, error) {
	return backend.Token{ID: "t1", Customer: john, Scope: backend.ScopeOperator}, f.err
}

func (f fakes) View(string) backend.Backend { return f.view }

func (f fakes) Open(context.Context, string) (backend.Backend, backend.AccountSummary, error) {
	return f.view, backend.AccountSummary{}, f.err
}

// sendTo sends one request to a server made of fakes.
func sendTo(t *testing.T, f fakes, log *logBuffer, method, path, body string) received {
	t.Helper()
	r := httptest.NewRequest(method, "/v1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer t")
	w := httptest.NewRecorder()
	httpapi.NewHandler(httpapi.ServerOptions{Accounts: f, Tokens: f, Log: log.logger()}).ServeHTTP(w, r)
	a := received{t: t, what: method + " " + path, status: w.Code, header: w.Header(), raw: w.Body.Bytes()}
	if err := json.Unmarshal(a.raw, &a.body); err != nil {
		t.Fatalf("%s: %v", a.raw, err)
	}
	checkDocumented(t, r, body, a)
	return a
}

func fakesWithProfile() fakes {
	return fakes{view: backendtest.Stub{ProfileFunc: func(context.Context) (backend.Profile, error) { return backend.Profile{Revision: 1}, nil }}}
}

var createdAt = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)

func emailOf(id string) string { return id[:min(len(id), 8)] + "@example.org" }

func summaryOf(id string) backend.AccountSummary {
	return backend.AccountSummary{ID: id, Email: emailOf(id), Role: backend.RoleRoot, Plan: backend.PlanTeam, CreatedAt: createdAt}
}

// acceptingView is the view of an account that accepts every call.
func acceptingView(id string) backend.Backend {
	profile := backend.Profile{Revision: 1, Customer: backend.Customer{ID: id, Email: emailOf(id), Role: backend.RoleRoot, CreatedAt: createdAt}, Organization: backend.Organization{Plan: backend.PlanTeam}}
	channel := backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: emailOf(id), CreatedAt: createdAt, UpdatedAt: createdAt}
	shown := func(context.Context) (backend.Profile, error) { return profile, nil }
	changed := func(context.Context, string) (backend.Profile, error) { return profile, nil }
	return backendtest.Stub{
		ProfileFunc: shown, CancelUsernameFunc: shown, ChangeUsernameFunc: changed, ConfirmUsernameFunc: changed,
		UpdateNameFunc:    func(context.Context, backend.NameChange) (backend.Profile, error) { return profile, nil },
		DeleteAccountFunc: func(context.Context, string) error { return nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{channel}, nil
		},
		CreateChannelFunc: func(context.Context, backend.ChannelType, string, string) (backend.Channel, error) {
			return channel, nil
		},
		UpdateChannelFunc: func(context.Context, int, string, *string) (backend.ChannelUpdate, error) {
			return backend.ChannelUpdate{Channel: channel}, nil
		},
		VerifyChannelFunc: func(context.Context, int, string) (backend.Channel, error) { return channel, nil },
		DeleteChannelsFunc: func(_ context.Context, which []int) (backend.ChannelDeletion, error) {
			return backend.ChannelDeletion{Deleted: which}, nil
		},
		TestChannelFunc:       func(context.Context, int) (backend.Test, error) { return backend.Test{OK: true, At: createdAt}, nil },
		SetChannelEnabledFunc: func(context.Context, int, bool) (backend.Channel, error) { return channel, nil },
		SendFeedbackFunc: func(_ context.Context, text string) (backend.FeedbackNote, error) {
			return backend.FeedbackNote{Text: text, SentAt: createdAt}, nil
		},
		OlderFeedbackFunc:  func(context.Context, string, int) (l []backend.FeedbackNote, err error) { return },
		OlderMessagesFunc:  func(context.Context, string, int) (b backend.MessageList, err error) { return },
		MarkMessageFunc:    func(context.Context, string, bool) error { return nil },
		DeleteMessagesFunc: func(context.Context, []string) error { return nil },
		OlderAttemptsFunc: func(context.Context, int, string, int) ([]backend.Attempt, error) {
			return []backend.Attempt{delayedAttempt}, nil
		},
		MessageAttemptsFunc: func(context.Context, string) (l []backend.Attempt, err error) { return },
		ResendMessageFunc:   func(context.Context, string) (backend.Message, error) { return queuedMessage, nil },
		ConfirmReceiptFunc:  func(context.Context, int, string) (backend.Channel, error) { return failingChannel, nil },
		RotateSecretFunc: func(context.Context, int, bool) (backend.SigningSecret, error) {
			return backend.SigningSecret{Secret: "whsec_x", OldUntil: createdAt}, nil
		},
		JournalFunc:  func(context.Context, backend.JournalQuery) (p backend.JournalPage, err error) { return },
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
	}
}

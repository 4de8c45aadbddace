package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// town is a server's parts with two customers who say yes to everything.
// Every token is john's.
type town struct {
	backend.Accounts
	backend.Tokens
	scope   backend.Scope
	met     []string // whose views were taken
	handler http.Handler
}

func openTown(scope backend.Scope) *town {
	w := &town{scope: scope}
	w.handler = httpapi.NewHandler(httpapi.ServerOptions{Accounts: w, Tokens: w, TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	return w
}

func (w *town) Authenticate(context.Context, string) (backend.Token, error) {
	return backend.Token{ID: "t1", Customer: john, Scope: w.scope}, nil
}

func (w *town) View(id string) backend.Backend {
	w.met = append(w.met, id)
	return agreeable(id)
}

func (w *town) Open(_ context.Context, id string) (backend.Backend, backend.AccountSummary, error) {
	if id != john && id != anna && id != "" {
		return nil, backend.AccountSummary{}, backend.Errorf(backend.CodeNotFound, "There is no such account.")
	}
	if id != "" { // which only asks whether anything can be opened
		w.met = append(w.met, id)
	}
	return agreeable(id), summaryOf(id), nil
}

func (w *town) List(context.Context, string, int) ([]backend.AccountSummary, error) {
	return []backend.AccountSummary{summaryOf(john), summaryOf(anna)}, nil
}

func (w *town) Create(context.Context, backend.NewAccount) (backend.AccountSummary, error) {
	return summaryOf(john), nil
}

var founded = time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)

func emailOf(id string) string { return id[:min(len(id), 8)] + "@example.org" }

func summaryOf(id string) backend.AccountSummary {
	return backend.AccountSummary{ID: id, Email: emailOf(id), Role: backend.RoleRoot, Plan: backend.PlanTeam, CreatedAt: founded}
}

// agreeable is the view of a customer that does whatever is asked.
func agreeable(id string) backend.Backend {
	profile := backend.Profile{Revision: 1, Customer: backend.Customer{ID: id, Email: emailOf(id), Role: backend.RoleRoot, CreatedAt: founded}, Organization: backend.Organization{Plan: backend.PlanTeam}}
	channel := backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: emailOf(id), CreatedAt: founded, UpdatedAt: founded}
	shown := func(context.Context) (backend.Profile, error) { return profile, nil }
	changed := func(context.Context, string) (backend.Profile, error) { return profile, nil }
	return backendtest.Stub{
		ProfileFunc: shown, CancelUsernameFunc: shown, ChangeUsernameFunc: changed, ConfirmUsernameFunc: changed,
		UpdateNameFunc:    func(context.Context, backend.NameChange) (backend.Profile, error) { return profile, nil },
		DeleteAccountFunc: func(context.Context, string) error { return nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{channel}, nil
		},
		CreateChannelFunc: func(context.Context, backend.ChannelType, string) (backend.Channel, error) { return channel, nil },
		UpdateChannelFunc: func(context.Context, int, string) (backend.ChannelUpdate, error) {
			return backend.ChannelUpdate{Channel: channel}, nil
		},
		VerifyChannelFunc: func(context.Context, int, string) (backend.Channel, error) { return channel, nil },
		DeleteChannelsFunc: func(_ context.Context, which []int) (backend.ChannelDeletion, error) {
			return backend.ChannelDeletion{Deleted: which}, nil
		},
		TestChannelFunc:       func(context.Context, int) (backend.Test, error) { return backend.Test{OK: true, At: founded}, nil },
		SetChannelEnabledFunc: func(context.Context, int, bool) (backend.Channel, error) { return channel, nil },
		SendFeedbackFunc: func(_ context.Context, text string) (backend.FeedbackNote, error) {
			return backend.FeedbackNote{Text: text, SentAt: founded}, nil
		},
		FeedbackHistoryFunc: func(context.Context, int) (l []backend.FeedbackNote, err error) { return },
		MessagesFunc:        func(context.Context, int) (b backend.Inbox, err error) { return },
		MarkMessageFunc:     func(context.Context, string, bool) error { return nil },
		DeleteMessagesFunc:  func(context.Context, []string) error { return nil },
		ChannelAttemptsFunc: func(context.Context, int, int) ([]backend.Attempt, error) { return []backend.Attempt{attempt}, nil },
		MessageAttemptsFunc: func(context.Context, string) (l []backend.Attempt, err error) { return },
		ResendMessageFunc:   func(context.Context, string) (backend.Message, error) { return letter, nil },
		ConfirmReceiptFunc:  func(context.Context, int, string) (backend.Channel, error) { return hook, nil },
		RotateSecretFunc: func(context.Context, int) (backend.SigningSecret, error) {
			return backend.SigningSecret{Secret: "whsec_x", OldUntil: founded}, nil
		},
		JournalFunc:  func(context.Context, int) (l []backend.JournalEntry, err error) { return },
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
	}
}

// statuses are the ones that the contract knows, but for those of a server in
// trouble, and the one of a reader who has it already.
var statuses = []int{200, 201, 304, 400, 401, 404, 405, 409, 412, 413, 415, 422, 429}

// FuzzRequest: no request makes the server panic or fail. Every answer is as
// the document at /openapi.json describes it; and a token that sees its own
// account only reaches no other, and is told nothing of it, whomever it names.
func FuzzRequest(f *testing.F) {
	f.Add("GET", "/v1/customer", "", "Bearer x", "application/json", `"1"`, "k")
	f.Add("DELETE", "/default/v1/customer/x/notification-channel?priority=3,4", "", "Bearer x", "", "", "")
	f.Add("PATCH", "/v1/customer", `{"name":"John"}`, "Bearer x", "application/json; charset=utf-8", "*", "é")
	f.Add("PUT", "/customer-cmd/v1/customer/%2e%2e/../x", "{", "bearer", "a/b;c", `W/"1", "2-x"`, "")
	f.Add("PUT", "/v1/customer/"+anna+"/notification-channel/enabled", `{"priority":1,"enabled":true}`, "Bearer x", "application/json", "", "k")
	f.Add("DELETE", "/v1/customer/"+john+"/notification-channel?priority=1", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customers?match=x", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customer/"+john+"/notification-channel/attempts?priority=3&limit=30", "", "Bearer x", "", "", "")
	f.Add("GET", "/default/v1/customer/"+john+"/notification-channel/attempts?priority=3,4&priority[]=5", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customer/"+anna+"/messages/m1/attempts", "", "Bearer x", "", "", "")
	f.Add("POST", "/customer-cmd/v1/customer/"+john+"/messages/m%2f1/resend", "{", "Bearer x", "text/plain", `"1"`, "k")
	f.Add("POST", "/v1/customer/"+john+"/notification-channel/receipt", `{"priority":3,"word":"heron"}`, "Bearer x", "application/json", "", "k")
	f.Add("POST", "/v1/customer/"+anna+"/notification-channel/secret", `{"priority":3}`, "Bearer x", "application/json", "*", "")
	self, operator := openTown(backend.ScopeSelf), openTown(backend.ScopeOperator)
	f.Fuzz(func(t *testing.T, method, target, body, authorization, kind, match, key string) {
		u, err := url.ParseRequestURI(target)
		if err != nil || u.Host != "" {
			return
		}
		header := http.Header{"Authorization": {authorization}, "Content-Type": {kind}, "If-Match": {match}, "If-None-Match": {match}, "Idempotency-Key": {key}}
		sent := strings.Join([]string{target, u.Path, body, authorization, kind, match, key}, " ")
		for _, names := range []string{"", anna} {
			if header.Del("Pinghome-Customer"); names != "" {
				header.Set("Pinghome-Customer", names)
			}
			for _, people := range []*town{self, operator} {
				people.met = nil
				a := try(t, people, method, u, target, body, header)
				if people == operator {
					continue
				}
				if slices.Contains(people.met, anna) {
					t.Errorf("%s reached another account", a.what)
				}
				for _, secret := range []string{anna, emailOf(anna)} {
					if strings.Contains(string(a.raw), secret) && !strings.Contains(strings.ToLower(sent), secret) {
						t.Errorf("%s tells of another account: %s", a.what, a.raw)
					}
				}
			}
		}
	})
}

// try sends one request and holds the answer to what is described.
func try(t *testing.T, people *town, method string, u *url.URL, target, body string, header http.Header) received {
	t.Helper()
	at := *u
	r := httptest.NewRequest("GET", "/", strings.NewReader(body))
	r.Method, r.URL, r.RequestURI, r.Header = method, &at, target, header.Clone()
	w := httptest.NewRecorder()
	people.handler.ServeHTTP(w, r)
	a := received{t: t, what: method + " " + target, status: w.Code, header: w.Header(), raw: w.Body.Bytes()}
	if !slices.Contains(statuses, a.status) || a.header.Get("X-Request-Id") == "" {
		t.Fatalf("%s answered %d %v %s", a.what, a.status, a.header, a.raw)
	}
	if a.status == http.StatusNotModified {
		return a
	}
	if err := json.Unmarshal(a.raw, &a.body); err != nil {
		t.Fatalf("%s answered %d %s: %v", a.what, a.status, a.raw, err)
	}
	if a.status < 300 {
		if kind := a.header.Get("Content-Type"); kind != "application/json" {
			t.Fatalf("%s answered as %s", a.what, kind)
		}
	} else {
		a.isProblem()
	}
	again := httptest.NewRequest("GET", "/", nil)
	again.Method, again.URL, again.Header = method, &at, header
	compare(t, again, body, a)
	return a
}

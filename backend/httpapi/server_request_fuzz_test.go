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

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
)

// acceptingServer has two customers whose views accept every call. Every token
// is john's.
type acceptingServer struct {
	backend.Accounts
	backend.Tokens
	scope   backend.Scope
	viewed  []string // the customers whose views were used
	handler http.Handler
}

func newAcceptingServer(scope backend.Scope) *acceptingServer {
	w := &acceptingServer{scope: scope}
	w.handler = httpapi.NewHandler(httpapi.ServerOptions{Accounts: w, Tokens: w, TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	return w
}

func (w *acceptingServer) Authenticate(context.Context, string) (backend.Token, error) {
	return backend.Token{ID: "t1", Customer: john, Scope: w.scope}, nil
}

func (w *acceptingServer) View(id string) backend.Backend {
	w.viewed = append(w.viewed, id)
	return acceptingView(id)
}

func (w *acceptingServer) Open(_ context.Context, id string) (backend.Backend, backend.AccountSummary, error) {
	if id != john && id != anna && id != "" {
		return nil, backend.AccountSummary{}, backend.Errorf(backend.CodeNotFound, "There is no such account.")
	}
	if id != "" { // "" is the question of /readyz
		w.viewed = append(w.viewed, id)
	}
	return acceptingView(id), summaryOf(id), nil
}

func (w *acceptingServer) List(context.Context, string, int) ([]backend.AccountSummary, error) {
	return []backend.AccountSummary{summaryOf(john), summaryOf(anna)}, nil
}

func (w *acceptingServer) Page(context.Context, backend.AccountQuery) (backend.AccountPage, error) {
	reach := backend.ReachOf(nil)
	rows := []backend.AccountRow{{AccountSummary: summaryOf(john), Reach: &reach}, {AccountSummary: summaryOf(anna), Reach: &reach}}
	return backend.AccountPage{Accounts: rows, Next: "next", Total: 2, All: 2}, nil
}

func (w *acceptingServer) Create(context.Context, backend.NewAccount) (backend.AccountSummary, error) {
	return summaryOf(john), nil
}

// statuses are the ones of the contract without those of a failing server, and
// 304.
var statuses = []int{200, 201, 304, 400, 401, 404, 405, 409, 412, 413, 415, 422, 429}

// FuzzRequest: no request makes the server panic or fail. Every answer is as the
// OpenAPI document describes it. A token that sees its own account only never
// reaches another one, and learns nothing of it.
func FuzzRequest(f *testing.F) {
	f.Add("GET", "/v1/customer", "", "Bearer x", "application/json", `"1"`, "k")
	f.Add("DELETE", "/default/v1/customer/x/notification-channel?priority=3,4", "", "Bearer x", "", "", "")
	f.Add("PATCH", "/v1/customer", `{"name":"John"}`, "Bearer x", "application/json; charset=utf-8", "*", "é")
	f.Add("PUT", "/customer-cmd/v1/customer/%2e%2e/../x", "{", "bearer", "a/b;c", `W/"1", "2-x"`, "")
	f.Add("PUT", "/v1/customer/"+anna+"/notification-channel/enabled", `{"priority":1,"enabled":true}`, "Bearer x", "application/json", "", "k")
	f.Add("DELETE", "/v1/customer/"+john+"/notification-channel?priority=1", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customers?match=x", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customers?sort=reach&order=desc&problems=true&after=x", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customer/"+john+"/notification-channel/attempts?priority=3&limit=30", "", "Bearer x", "", "", "")
	f.Add("GET", "/default/v1/customer/"+john+"/notification-channel/attempts?priority=3,4&priority[]=5", "", "Bearer x", "", "", "")
	f.Add("GET", "/v1/customer/"+anna+"/messages/m1/attempts", "", "Bearer x", "", "", "")
	f.Add("POST", "/customer-cmd/v1/customer/"+john+"/messages/m%2f1/resend", "{", "Bearer x", "text/plain", `"1"`, "k")
	f.Add("POST", "/v1/customer/"+john+"/notification-channel/receipt", `{"priority":3,"word":"heron"}`, "Bearer x", "application/json", "", "k")
	f.Add("POST", "/v1/customer/"+anna+"/notification-channel/secret", `{"priority":3}`, "Bearer x", "application/json", "*", "")
	self, operator := newAcceptingServer(backend.ScopeSelf), newAcceptingServer(backend.ScopeOperator)
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
			for _, server := range []*acceptingServer{self, operator} {
				server.viewed = nil
				a := tryRequest(t, server, method, u, target, body, header)
				if server == operator {
					continue
				}
				if slices.Contains(server.viewed, anna) {
					t.Errorf("%s reached another account", a.what)
				}
				for _, private := range []string{anna, emailOf(anna)} {
					if strings.Contains(string(a.raw), private) && !strings.Contains(strings.ToLower(sent), private) {
						t.Errorf("%s shows another account: %s", a.what, a.raw)
					}
				}
			}
		}
	})
}

// tryRequest sends one request and compares the answer with the document.
func tryRequest(t *testing.T, server *acceptingServer, method string, u *url.URL, target, body string, header http.Header) received {
	t.Helper()
	at := *u
	r := httptest.NewRequest("GET", "/", strings.NewReader(body))
	r.Method, r.URL, r.RequestURI, r.Header = method, &at, target, header.Clone()
	w := httptest.NewRecorder()
	server.handler.ServeHTTP(w, r)
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
	checkDocumented(t, again, body, a)
	return a
}

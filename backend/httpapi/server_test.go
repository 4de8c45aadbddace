package httpapi_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// The customers of the documentation's examples.
const (
	john = "6fb4e64f-ad18-46e3-920c-92639adb137c"
	anna = "c03b02ec-244f-4d2c-8f68-3910071ed5c8"
)

// prefixes are the base paths under which every operation is.
var prefixes = []string{"/default/v1", "/v1", "/customer-query/v1", "/customer-cmd/v1"}

// testServer is a server with two customers, on a real database and a real
// connection, whose clock stands still.
type testServer struct {
	*testing.T
	url      string
	accounts *local.Accounts
	sender   *backendtest.Sender
	log      *logBuffer
	mu       sync.Mutex
	now      time.Time
}

// logBuffer is a log that a test can read.
type logBuffer struct {
	mu sync.Mutex
	bytes.Buffer
}

func (l *logBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.Write(b)
}

func (l *logBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.Buffer.String()
}

// logger writes JSON lines to it.
func (l *logBuffer) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(l, nil)) }

func (h *testServer) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *testServer) advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

func startServer(t *testing.T, change ...func(*httpapi.ServerOptions)) *testServer {
	t.Helper()
	h := &testServer{T: t, sender: &backendtest.Sender{}, log: &logBuffer{}, now: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)}
	db := openStore(t, sqlite.Options{Now: h.Now}, john, anna)
	h.accounts = local.New(db, local.Options{Key: bytes.Repeat([]byte{7}, local.KeySize), Sender: h.sender})
	o := httpapi.ServerOptions{Accounts: h.accounts, Tokens: h.accounts, Now: h.Now, Log: h.log.logger(),
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited}
	for _, c := range change {
		c(&o)
	}
	server := httptest.NewServer(httpapi.NewHandler(o))
	t.Cleanup(server.Close)
	h.url = server.URL
	return h
}

// openStore makes a database with customers, each with a verified email address as channel 1.
func openStore(t testing.TB, o sqlite.Options, ids ...string) *sqlite.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	err := sqlite.Create(context.Background(), path, o, func(tx *storage.Tx) error {
		for _, id := range ids {
			if err := addCustomer(tx, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func addCustomer(tx *storage.Tx, id string) error {
	email := id[:8] + "@example.org"
	p := backend.Profile{
		Customer:     backend.Customer{ID: id, Email: email, Name: "Jon", Surname: "Smyth", Role: backend.RoleRoot, CreatedAt: tx.Now},
		Team:         backend.Team{ID: uuid.NewString(), Name: "Platform"},
		Organization: backend.Organization{ID: uuid.NewString(), Name: "Acme", Plan: backend.PlanTeam},
	}
	if err := tx.AddOrganization(p.Organization, p.Team); err != nil {
		return err
	}
	if err := tx.AddCustomer(p); err != nil {
		return err
	}
	return tx.AddChannel(id, backend.Channel{Priority: 1, Type: backend.TypeEmail, Value: email, ActiveValue: email, Verified: true, Enabled: true,
		CreatedAt: tx.Now, UpdatedAt: tx.Now, VerifiedAt: tx.Now})
}

// token makes a token for a customer.
func (h *testServer) token(customer string, scope backend.Scope) string {
	h.Helper()
	_, token, err := h.accounts.CreateToken(h.Context(), backend.NewToken{Account: customer, Scope: scope, Name: "the caller"})
	if err != nil {
		h.Fatal(err)
	}
	return token
}

// caller sends requests with a token.
type caller struct {
	*testServer
	token  string
	prefix string
}

// as is a customer's caller, under the first of the prefixes.
func (h *testServer) as(customer string) *caller {
	h.Helper()
	return &caller{h, h.token(customer, backend.ScopeSelf), prefixes[0]}
}

func (h *testServer) operator() *caller {
	h.Helper()
	return &caller{h, h.token(anna, backend.ScopeOperator), prefixes[0]}
}

// do sends a request, and compares it and its answer with the OpenAPI document.
// header has pairs of a name and a value.
func (g *caller) do(method, path, body string, header ...string) received {
	g.Helper()
	request, err := http.NewRequest(method, g.url+g.prefix+path, nil)
	if err != nil {
		g.Fatal(err)
	}
	if body != "" {
		request.Body, request.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		request.Header.Set("Content-Type", "application/json")
	}
	if g.token != "" {
		request.Header.Set("Authorization", "Bearer "+g.token)
	}
	for pair := range slices.Chunk(header, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		g.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		g.Fatal(err)
	}
	a := received{t: g.T, what: method + " " + path, status: response.StatusCode, header: response.Header, raw: raw}
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &a.body); err != nil {
			g.Fatalf("%s answered %d %q: %v", a.what, a.status, raw, err)
		}
	}
	checkDocumented(g.T, request, body, a)
	return a
}

// code is the newest code that was sent to a value.
func (h *testServer) code(to string) string {
	h.Helper()
	all := h.sender.Sent()
	for _, m := range slices.Backward(all) {
		if m.To == to && m.Code != "" {
			return m.Code
		}
	}
	h.Fatalf("no code to %s", to)
	return ""
}

// wrong is another code than the one given.
func wrong(code string) string {
	last := code[len(code)-1]
	return code[:len(code)-1] + string('0'+(last-'0'+1)%10)
}

// channel adds a channel to john's account and, if asked, verifies it.
func (g *caller) channel(kind, value string, verified bool) {
	g.Helper()
	made := g.do("POST", "/customer/"+john+"/notification-channel", `{"type": "`+kind+`", "value": "`+value+`"}`).wants(201)
	if !verified {
		return
	}
	priority, _ := json.Marshal(made.at("data", "priority"))
	g.do("PATCH", "/customer/"+john+"/notification-channel/verification", `{"priority": `+string(priority)+`, "code": "`+g.code(value)+`"}`).wants(200)
}

// state is everything that a command may change, without what a refusal may
// count, to compare before and after.
func (h *testServer) state() string {
	h.Helper()
	var all []any
	for _, id := range []string{john, anna} {
		view := h.accounts.View(id)
		p, err := view.Profile(h.Context())
		list, err2 := view.Channels(h.Context(), backend.ChannelFilter{})
		journal, err3 := view.Journal(h.Context(), backend.JournalQuery{Limit: 1000})
		for _, err := range []error{err, err2, err3} {
			if err != nil {
				h.Fatal(err)
			}
		}
		all = append(all, p, list, journal)
	}
	b, err := json.Marshal(all)
	if err != nil {
		h.Fatal(err)
	}
	return string(b)
}

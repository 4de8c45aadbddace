package httpapi_test

import (
	"bytes"
	"context"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
)

// compared holds everything that goes through it to the OpenAPI document.
func compared(t *testing.T) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			rec := httptest.NewRecorder()
			next.ServeHTTP(rec, r)
			if !strings.HasSuffix(r.URL.Path, "/openapi.json") {
				compare(t, r, string(body), received{what: r.Method + " " + r.URL.Path, status: rec.Code, header: rec.Header(), raw: rec.Body.Bytes()})
			}
			maps.Copy(w.Header(), rec.Header())
			w.WriteHeader(rec.Code)
			w.Write(rec.Body.Bytes())
		})
	}
}

// house is a server of ours with everything behind it, at a time of its own.
type house struct {
	*httptest.Server
	accounts *local.Accounts
	sender   *backendtest.Sender
	mu       sync.Mutex
	now      time.Time
}

const operatorSecret = "ph_the-operator"

// operator adds a token to the store's that belongs to no account of it, so
// that a store with one account has one account.
type operator struct{ backend.Tokens }

func (o operator) Authenticate(ctx context.Context, secret string) (backend.Token, error) {
	if secret == operatorSecret {
		return backend.Token{ID: "operator", Scope: backend.ScopeOperator}, nil
	}
	return o.Tokens.Authenticate(ctx, secret)
}

// openHouse starts a server on an empty store; wrap, when there is one, stands
// before it.
func openHouse(t *testing.T, wrap func(http.Handler) http.Handler) *house {
	t.Helper()
	h := &house{sender: &backendtest.Sender{}, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	path := filepath.Join(t.TempDir(), "accounts.db")
	options := storage.Options{Now: h.Now}
	if err := storage.Create(t.Context(), path, options, func(*storage.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	h.accounts = local.New(db, local.Options{Key: bytes.Repeat([]byte{7}, local.KeySize), Sender: h.sender})
	handler := httpapi.NewHandler(httpapi.ServerOptions{Accounts: h.accounts, Tokens: operator{h.accounts}, Now: h.Now,
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	if wrap != nil {
		handler = wrap(handler)
	}
	h.Server = httptest.NewServer(handler)
	t.Cleanup(h.Server.Close)
	return h
}

func (h *house) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *house) Advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// member makes an account with a token of its own.
func (h *house) member(t *testing.T, email string) (id, secret string) {
	t.Helper()
	made, err := h.accounts.Create(t.Context(), backend.NewAccount{Name: "John", Surname: "Smith", Email: email})
	if err != nil {
		t.Fatal(err)
	}
	_, secret, err = h.accounts.CreateToken(t.Context(), backend.NewToken{Account: made.ID, Scope: backend.ScopeSelf})
	if err != nil {
		t.Fatal(err)
	}
	return made.ID, secret
}

// bearing is a source of one token.
func bearing(secret string) func(context.Context) (backend.Secret, error) {
	return func(context.Context) (backend.Secret, error) { return backend.Secret(secret), nil }
}

// atOnce is a wait that takes no time.
func atOnce(ctx context.Context, _ time.Duration) error { return ctx.Err() }

func dial(t *testing.T, o httpapi.ClientOptions) *httpapi.Remote {
	t.Helper()
	if o.Wait == nil {
		o.Wait = atOnce
	}
	r, err := httpapi.Dial(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func open(t *testing.T, r *httpapi.Remote, word string) backend.Backend {
	t.Helper()
	b, _, err := r.Open(t.Context(), word)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// oldestFirst gives an empty word the meaning that it has in a file. A server
// opens the token's own account for it, and an operator here has none.
type oldestFirst struct {
	*httpapi.Remote
	local *local.Accounts
}

func (o oldestFirst) Open(ctx context.Context, word string) (backend.Backend, backend.AccountSummary, error) {
	if word == "" {
		_, oldest, err := o.local.Open(ctx, "")
		if err != nil {
			return nil, oldest, err
		}
		word = oldest.ID
	}
	return o.Remote.Open(ctx, word)
}

// ownTokens opens every account with a token of its own.
type ownTokens struct {
	oldestFirst
	options httpapi.ClientOptions
}

func (o ownTokens) Open(ctx context.Context, word string) (backend.Backend, backend.AccountSummary, error) {
	_, found, err := o.oldestFirst.Open(ctx, word)
	if err != nil {
		return nil, found, err
	}
	_, secret, err := o.local.CreateToken(ctx, backend.NewToken{Account: found.ID, Scope: backend.ScopeSelf})
	if err != nil {
		return nil, found, err
	}
	o.options.Token = bearing(secret)
	own, err := httpapi.Dial(ctx, o.options)
	if err != nil {
		return nil, found, err
	}
	return own.Open(ctx, "")
}

// TestRemoteContract holds the remote answer to every promise, over a real
// server and connection that are held to the OpenAPI document, in each layout; with an operator's token, and with
// tokens that see one account.
func TestRemoteContract(t *testing.T) {
	for _, layout := range []httpapi.Layout{httpapi.LayoutV1a, httpapi.LayoutV1b, httpapi.LayoutV2, httpapi.LayoutV3} {
		t.Run(string(layout), func(t *testing.T) {
			t.Parallel()
			backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
				h := openHouse(t, compared(t))
				r := dial(t, httpapi.ClientOptions{Server: h.URL, Layout: layout, Token: bearing(operatorSecret), Now: h.Now})
				return backendtest.Fixture{Accounts: oldestFirst{r, h.accounts}, Sender: h.sender, Advance: h.Advance, HandOver: h.accounts.HandOver, Tokens: h.accounts}
			})
		})
	}
	t.Run("own tokens", func(t *testing.T) {
		t.Parallel()
		backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
			h := openHouse(t, compared(t))
			o := httpapi.ClientOptions{Server: h.URL, Token: bearing(operatorSecret), Now: h.Now, Wait: atOnce}
			return backendtest.Fixture{Accounts: ownTokens{oldestFirst{dial(t, o), h.accounts}, o}, Sender: h.sender, Advance: h.Advance, HandOver: h.accounts.HandOver, Tokens: h.accounts}
		})
	})
}

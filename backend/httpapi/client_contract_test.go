package httpapi_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// emptyServer is our server on a store without accounts, with a clock of its own.
type emptyServer struct {
	*httptest.Server
	accounts *local.Accounts
	sender   *backendtest.Sender
	mu       sync.Mutex
	now      time.Time
}

const operatorToken = "ph_the-operator"

// operatorTokens adds an operator's token that belongs to no account, so that
// a test needs no account for the operator.
type operatorTokens struct{ backend.Tokens }

func (o operatorTokens) Authenticate(ctx context.Context, token string) (backend.Token, error) {
	if token == operatorToken {
		return backend.Token{ID: "operator", Scope: backend.ScopeOperator}, nil
	}
	return o.Tokens.Authenticate(ctx, token)
}

// startEmptyServer starts a server on an empty file. wrap, if not nil, wraps its
// handler.
func startEmptyServer(t *testing.T, wrap func(http.Handler) http.Handler) *emptyServer {
	t.Helper()
	return startServerOn(t, emptyFile, wrap)
}

// emptyFile opens a file without accounts until the test ends.
func emptyFile(t *testing.T, now func() time.Time) storage.Store {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	options := sqlite.Options{Now: now}
	if err := sqlite.Create(t.Context(), path, options, func(*storage.Tx) error { return nil }); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), path, options)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// startServerOn starts a server on what open opens.
func startServerOn(t *testing.T, open func(*testing.T, func() time.Time) storage.Store, wrap func(http.Handler) http.Handler) *emptyServer {
	t.Helper()
	h := &emptyServer{sender: &backendtest.Sender{}, now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)}
	db := open(t, h.Now)
	h.accounts = local.New(db, local.Options{Key: bytes.Repeat([]byte{7}, local.KeySize), Sender: h.sender})
	handler := httpapi.NewHandler(httpapi.ServerOptions{Accounts: h.accounts, Tokens: operatorTokens{h.accounts}, Now: h.Now,
		TokenRate: httpapi.Unlimited, AddressRate: httpapi.Unlimited})
	if wrap != nil {
		handler = wrap(handler)
	}
	h.Server = httptest.NewServer(handler)
	t.Cleanup(h.Server.Close)
	return h
}

func (h *emptyServer) Now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.now
}

func (h *emptyServer) Advance(d time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.now = h.now.Add(d)
}

// addAccount makes an account with a token of its own.
func (h *emptyServer) addAccount(t *testing.T, email string) (id, token string) {
	t.Helper()
	made, err := h.accounts.Create(t.Context(), backend.NewAccount{Name: "John", Surname: "Smith", Email: email})
	if err != nil {
		t.Fatal(err)
	}
	_, token, err = h.accounts.CreateToken(t.Context(), backend.NewToken{Account: made.ID, Scope: backend.ScopeSelf})
	if err != nil {
		t.Fatal(err)
	}
	return made.ID, token
}

// oldestFirst opens the oldest account for "", as the embedded backend does. A
// server opens the token's own account, and the operator has none.
type oldestFirst struct {
	*httpapi.Remote
	local *local.Accounts
}

func (o oldestFirst) Open(ctx context.Context, idOrEmail string) (backend.Backend, backend.AccountSummary, error) {
	if idOrEmail == "" {
		_, oldest, err := o.local.Open(ctx, "")
		if err != nil {
			return nil, oldest, err
		}
		idOrEmail = oldest.ID
	}
	return o.Remote.Open(ctx, idOrEmail)
}

// ownTokens opens every account with a token of its own.
type ownTokens struct {
	oldestFirst
	options httpapi.ClientOptions
}

func (o ownTokens) Open(ctx context.Context, idOrEmail string) (backend.Backend, backend.AccountSummary, error) {
	_, found, err := o.oldestFirst.Open(ctx, idOrEmail)
	if err != nil {
		return nil, found, err
	}
	_, token, err := o.local.CreateToken(ctx, backend.NewToken{Account: found.ID, Scope: backend.ScopeSelf})
	if err != nil {
		return nil, found, err
	}
	o.options.Token = tokenSource(token)
	own, err := httpapi.Dial(ctx, o.options)
	if err != nil {
		return nil, found, err
	}
	return own.Open(ctx, "")
}

// TestRemoteContract runs the contract's tests on the client, in the newest layout and in the older ones in
// turn, with an operator's token and with tokens that see one account. The traffic is checked against
// the OpenAPI document. In short runs it is the newest layout and the operator's token alone: the others have
// other addresses, and the same code behind them.
func TestRemoteContract(t *testing.T) {
	inTurn := map[string][]httpapi.Layout{
		"newest layout": {httpapi.LayoutV3},
		"older layouts": {httpapi.LayoutV2, httpapi.LayoutV1b, httpapi.LayoutV1a},
	}
	if testing.Short() {
		delete(inTurn, "older layouts")
	}
	for name, layouts := range inTurn {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			opened := 0
			backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
				layout := layouts[opened%len(layouts)]
				opened++
				h := startEmptyServer(t, checkingHandler(t))
				r := dial(t, httpapi.ClientOptions{Server: h.URL, Layout: layout, Token: tokenSource(operatorToken), Now: h.Now})
				return backendtest.Fixture{Accounts: oldestFirst{r, h.accounts}, Sender: h.sender, Advance: h.Advance, DeliverDue: h.accounts.DeliverDue, Tokens: h.accounts}
			})
		})
	}
	if testing.Short() {
		return
	}
	t.Run("own tokens", func(t *testing.T) {
		t.Parallel()
		backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
			h := startEmptyServer(t, checkingHandler(t))
			o := httpapi.ClientOptions{Server: h.URL, Token: tokenSource(operatorToken), Now: h.Now, Wait: noWait}
			return backendtest.Fixture{Accounts: ownTokens{oldestFirst{dial(t, o), h.accounts}, o}, Sender: h.sender, Advance: h.Advance, DeliverDue: h.accounts.DeliverDue, Tokens: h.accounts}
		})
	})
}

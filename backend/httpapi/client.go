package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// ClientOptions say where a server is and who asks it.
type ClientOptions struct {
	// Server is the server's address. Layout says where on it the operations
	// are; LayoutAuto or "" finds that out.
	Server string
	Layout Layout
	// Query and Command are the two base addresses themselves, in place of
	// Server. Layout then has no effect, but must be a valid one.
	Query, Command string
	// Token returns the bearer token. It is called before each request, so that
	// a token that was replaced is noticed; a slow source should cache it.
	Token func(context.Context) (backend.Credential, error)
	// Customer is the account that Open opens when it is given no name: an id,
	// or an email where the server can list accounts. "" is the token's own
	// account, which not every server can tell.
	Customer string

	// The options below have defaults.

	// HTTP is used for every request when it is not nil; redirects are refused
	// all the same. nil makes clients of our own.
	HTTP *http.Client
	// Now is the clock; nil is time.Now.
	Now func() time.Time
	// Wait waits between two attempts; nil sleeps.
	Wait     func(context.Context, time.Duration) error
	Timeouts Timeouts
}

// Timeouts are how long things may take at most. 0 is the default.
type Timeouts struct {
	Connect time.Duration // connecting to a server; 5 s
	Read    time.Duration // a query with all its attempts; 10 s
	Command time.Duration // a command with its attempts; 20 s
}

func (o ClientOptions) withDefaults() ClientOptions {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = sleep
	}
	if o.Timeouts.Connect <= 0 {
		o.Timeouts.Connect = 5 * time.Second
	}
	if o.Timeouts.Read <= 0 {
		o.Timeouts.Read = 10 * time.Second
	}
	if o.Timeouts.Command <= 0 {
		o.Timeouts.Command = 20 * time.Second
	}
	return o
}

// sleep waits for d, or until the context ends.
func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// id is the id of the account to open, "" where it is not known yet.
func (o ClientOptions) id() string {
	if backend.IsEmailLike(o.Customer) {
		return ""
	}
	return strings.TrimSpace(o.Customer)
}

// Remote is a server: the accounts that a token may see there.
//
// A call goes: the method of a noun (…_client.go) → do in client_call.go (to
// which base) → client_retry.go (how often, and what came of it) →
// client_send.go. Where a
// server has its operations, and which ones, is found out in client_discover.go.
type Remote struct {
	options ClientOptions
	clients clients
	// candidates are where the operations may be.
	candidates []bases
	// discovering holds a value while one caller finds out what the server has.
	discovering chan struct{}

	// isDialing: Dial does not repeat a request that got no answer.
	isDialing atomic.Bool

	mu    sync.Mutex
	found *capabilities // nil until the server was asked
	// dialErr is why Dial did not reach the server at dialedAt; nil once Open
	// has returned it.
	dialErr  error
	dialedAt time.Time
}

// dialErrLifetime is how long after Dial the first Open returns Dial's error
// in place of trying again.
const dialErrLifetime = time.Second

var _ backend.Accounts = (*Remote)(nil)

// Dial finds out what a server has. A server that cannot be reached now, or
// that asks to wait, is no error: it is asked again when an account is opened.
// The first Open within a second of Dial does not ask again, and returns what
// Dial saw: offline or rate_limited. So a caller learns at once of a connection
// that is refused.
// Errors: invalid (the options), unauthorized, unavailable (something else answers there).
func Dial(ctx context.Context, o ClientOptions) (*Remote, error) {
	o = o.withDefaults()
	if o.Token == nil {
		return nil, requestError(errNoToken)
	}
	candidates, err := o.candidates()
	if err != nil {
		return nil, err
	}
	var addresses []*url.URL
	for _, c := range candidates {
		for _, base := range []string{c.query, c.command} {
			u, err := url.Parse(base)
			if err != nil {
				return nil, err
			}
			addresses = append(addresses, u)
		}
	}
	r := &Remote{options: o, clients: newClients(o.HTTP, addresses, o.Timeouts.Connect), candidates: candidates, discovering: make(chan struct{}, 1)}
	r.isDialing.Store(true)
	_, err = r.discover(ctx)
	r.isDialing.Store(false)
	switch backend.ErrorCode(err) {
	case "", backend.CodeOffline, backend.CodeDatabaseAway, backend.CodeRateLimited:
		r.dialErr, r.dialedAt = err, o.Now()
	default:
		return nil, err
	}
	return r, nil
}

// takeDialErr returns, once, why Dial did not reach the server a moment ago, so
// that an Open right after Dial does not spend as long on it again.
func (r *Remote) takeDialErr() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	err := r.dialErr
	r.dialErr = nil
	if r.found != nil || r.options.Now().Sub(r.dialedAt) > dialErrLifetime {
		return nil
	}
	return err
}

// known returns what was found out about the server, nil before that.
func (r *Remote) known() *capabilities {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.found
}

package httpapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
)

// ClientOptions say where a server is and who asks it.
type ClientOptions struct {
	// Server is its address; Layout says where on it the operations are, or
	// leaves that to be found out.
	Server string
	Layout Layout
	// Query and Command are the two bases themselves, in place of Server. A
	// Layout beside them changes nothing, but has to be one.
	Query, Command string
	// Token answers the bearer token. It is asked before each request, so that
	// one that was replaced is taken up; whoever has to look far keeps it.
	Token func(context.Context) (backend.Secret, error)
	// Customer is the account to open where nobody names one, by its id, or by
	// its email where the server can find that; "" is the token's own, which not
	// every server can tell.
	Customer string

	// What follows has a default.
	HTTP     *http.Client // used for everything; redirects are refused all the same
	Now      func() time.Time
	Wait     func(context.Context, time.Duration) error // between two attempts
	Patience Patience
}

// Patience is how long something may take at most.
type Patience struct {
	Connect time.Duration // to reach a server; 5 s
	Read    time.Duration // a reading with its repeats; 10 s
	Command time.Duration // a change; 20 s
}

func (o ClientOptions) withDefaults() ClientOptions {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Wait == nil {
		o.Wait = pause
	}
	if o.Patience.Connect <= 0 {
		o.Patience.Connect = 5 * time.Second
	}
	if o.Patience.Read <= 0 {
		o.Patience.Read = 10 * time.Second
	}
	if o.Patience.Command <= 0 {
		o.Patience.Command = 20 * time.Second
	}
	return o
}

// Remote is a server: the accounts that a token may see there.
//
// A request goes: the method of a noun (…_client.go) → do (to which base) →
// read or command in retry.go (how often, and what it came to) → send. What a
// server has, and where, is found out in probe.go.
type Remote struct {
	options ClientOptions
	ways    clients
	// candidates are where its operations may be.
	candidates []bases
	// asking is held by whoever finds out what there is.
	asking chan struct{}

	// isGreeting: Dial asks, who repeats nothing to a server that says nothing.
	isGreeting atomic.Bool

	mu    sync.Mutex
	found *offer // nil until it was found out
	// away is why Dial did not reach the server at awaySince, nil once that was told.
	away      error
	awaySince time.Time
}

// fresh is how long it is not worth while to look again for a server that was away.
const fresh = time.Second

var _ backend.Accounts = (*Remote)(nil)

// Dial finds out what a server has. One that cannot be reached now, or that asks
// to wait, is no error: it is asked again when an account is opened, though not
// within a second by the first Open, which answers what is known: offline, or
// rate_limited. So whoever is refused the connection knows it at once.
// Errors: invalid (the options), unauthorized, unavailable (something else answers there).
func Dial(ctx context.Context, o ClientOptions) (*Remote, error) {
	o = o.withDefaults()
	if o.Token == nil {
		return nil, mistake(errNoToken)
	}
	candidates, err := o.candidates()
	if err != nil {
		return nil, err
	}
	var all []*url.URL
	for _, c := range candidates {
		for _, base := range []string{c.query, c.command} {
			u, err := url.Parse(base)
			if err != nil {
				return nil, err
			}
			all = append(all, u)
		}
	}
	r := &Remote{options: o, ways: newClients(o.HTTP, all, o.Patience), candidates: candidates, asking: make(chan struct{}, 1)}
	r.isGreeting.Store(true)
	_, err = r.offer(ctx)
	r.isGreeting.Store(false)
	switch backend.ErrorCode(err) {
	case "", backend.CodeOffline, backend.CodeRateLimited:
		r.away, r.awaySince = err, o.Now()
	default:
		return nil, err
	}
	return r, nil
}

// justAway answers, once, that Dial has not reached the server a moment ago, so
// that whoever opens an account right after it does not wait for that again.
func (r *Remote) justAway() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	away := r.away
	r.away = nil
	if r.found != nil || r.options.Now().Sub(r.awaySince) > fresh {
		return nil
	}
	return away
}

// id is the id of the account to open, "" where it is not known yet.
func (o ClientOptions) id() string {
	if strings.Contains(o.Customer, "@") {
		return ""
	}
	return strings.TrimSpace(o.Customer)
}

// Check finds what is wrong with the addresses and the layout. Error: invalid.
func (o ClientOptions) Check() error {
	_, err := o.candidates()
	return err
}

// candidates lists where the operations may be.
func (o ClientOptions) candidates() ([]bases, error) {
	if err := o.Layout.check(); err != nil {
		return nil, err
	}
	if o.Query == "" && o.Command == "" {
		server, err := parseBase("The server's address", o.Server)
		if err != nil {
			return nil, err
		}
		return layoutsAt(server, o.Layout), nil
	}
	both := bases{layout: o.Layout}
	for _, b := range []struct {
		what, given string
		dest        *string
	}{{"The query address", o.Query, &both.query}, {"The command address", o.Command, &both.command}} {
		u, err := parseBase(b.what, b.given)
		if err != nil {
			return nil, err
		}
		*b.dest = strings.TrimRight(u.String(), "/")
	}
	return []bases{both}, nil
}

// knows returns what was found out, nil before that.
func (r *Remote) knows() *offer {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.found
}

// keepsKeys reports whether the server is known to make a change with a key once.
func (r *Remote) keepsKeys() bool {
	known := r.knows()
	return known != nil && known.isOurs
}

// do sends a request to where its role is.
func (r *Remote) do(ctx context.Context, a ask) (received, error) {
	known, err := r.offer(ctx)
	if err != nil {
		return received{}, err
	}
	if a.role == roleQuery {
		return r.read(ctx, a, known.query)
	}
	said := backend.CommandOf(ctx)
	if a.key = said.Key; a.key == "" {
		a.key = uuid.NewString()
	}
	if said.IfRevision != 0 {
		a.match = etagOf(said.IfRevision)
	}
	answered, err := r.command(ctx, a, known.command)
	if a.isEither && !known.isOurs && known.query != known.command && isNotThere(err) {
		return r.command(ctx, a, known.query)
	}
	return answered, err
}

// isNotThere reports whether a refusal means that an operation is elsewhere:
// 404 or 405.
func isNotThere(err error) bool {
	code := backend.ErrorCode(err)
	return code == backend.CodeNotFound || code == backend.CodeUnsupported
}

package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/shell"
)

// remote is a source of accounts on a server.
type remote struct {
	server  server
	context string // its name in the configuration, "" where flags name the server
	paths   paths

	mu     sync.Mutex         // requests are made at the same time
	cached backend.Credential // a token that came from elsewhere than a file; "" for none
}

func (r *remote) close() error { return nil }

// left is nothing: a server goes on.
func (r *remote) left() []string { return nil }

func (r *remote) scope() string { return r.address() }

func (r *remote) hasAccount() bool { return r.server.Account != "" }

func (r *remote) label() string {
	for _, address := range []string{r.server.Server, r.server.QueryURL, r.server.CommandURL} {
		if u, err := url.Parse(backend.ReadableValue(backend.TypeWebhook, address)); err == nil && u.Host != "" {
			return shell.RemotePlace + u.Host
		}
	}
	return "remote"
}

// whyReadOnly says why nothing is changed there, "" where the token alone decides.
func (r *remote) whyReadOnly() string { return r.server.whyReadOnly(r.context) }

// whyReadOnly says that the context of a name is for reading only, "" where it is not.
func (s server) whyReadOnly(name string) string {
	if !s.IsReadOnly {
		return ""
	}
	return fmt.Sprintf("Opened for reading only, as read_only of the context %q says.", name)
}

// address names the server in the keyring and in the keys of drafts.
func (r *remote) address() string {
	if r.server.Server != "" {
		return r.server.Server
	}
	return r.server.QueryURL
}

// token finds the token anew for each request, so that a replaced file takes
// effect. A token from the keyring, the environment or a pipe is kept: the
// keyring may be slow, and a pipe is read once.
func (r *remote) token(ctx context.Context) (backend.Credential, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.cached != "" {
		return r.cached, nil
	}
	token, isFile, err := findToken(ctx, r.server.TokenFile, r.address(), r.paths)
	if err == nil && !isFile {
		r.cached = token
	}
	return token, err
}

// bearer is token for requests: its error is shown in the console, not by the command.
func (r *remote) bearer(ctx context.Context) (backend.Credential, error) {
	token, err := r.token(ctx)
	if err != nil {
		err = &backend.Error{Code: backend.CodeUnauthorized, Message: err.Error(), Err: err}
	}
	return token, err
}

// firstAnswerTimeout is how long the terminal stays empty while the server's
// first answer is awaited. After that the console opens and waits.
const firstAnswerTimeout = time.Second

// maxRetryAfter bounds the Retry-After of a server that is respected. A person
// who presses a key to try again may know better than the server.
const maxRetryAfter = time.Minute

// start opens the account, or lets the console wait for a server that cannot be
// reached, or has not answered yet. It fails where waiting would not help: with a wrong address,
// without a token, or when the server refuses within firstAnswerTimeout. A later refusal is told in
// the console.
func (r *remote) start(ctx context.Context, account string, o *ui.Options) error {
	type answer struct {
		opened ui.Opened
		err    error
	}
	if _, err := r.client(ctx, account); err != nil {
		return err
	}
	open, first := r.opener(account), make(chan answer, 1)
	go func() { // it goes on in the console
		opened, err := open(context.WithoutCancel(ctx))
		first <- answer{opened, err}
	}()
	timer := time.NewTimer(firstAnswerTimeout)
	defer timer.Stop()
	select {
	case a := <-first:
		if o.Start = a.opened; shell.IsTransient(a.err) {
			o.Away = &ui.Away{Server: r.address(), Err: a.err, Open: open}
			return nil
		}
		return a.err
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	}
	isAnswered := false
	o.Away = &ui.Away{Server: r.address(), Open: func(ctx context.Context) (ui.Opened, error) {
		if isAnswered {
			return open(ctx)
		}
		select {
		case a := <-first:
			isAnswered = true
			return a.opened, a.err
		case <-ctx.Done():
			return ui.Opened{}, backend.Errorf(backend.CodeOffline, "The server cannot be reached: it did not answer in time.")
		}
	}}
	return nil
}

// opener returns what opens the account, and finds out at the first call what the server has. It
// must not be called concurrently.
func (r *remote) opener(account string) func(context.Context) (ui.Opened, error) {
	var open func(context.Context) (ui.Opened, error)
	return func(ctx context.Context) (opened ui.Opened, err error) {
		if open == nil {
			if open, err = r.dial(ctx, account); err != nil {
				return opened, err
			}
		}
		return open(ctx)
	}
}

func (r *remote) openAccount(ctx context.Context, account string) (ui.Opened, error) {
	open, err := r.dial(ctx, account)
	if err != nil {
		return ui.Opened{}, err
	}
	return open(ctx)
}

// client is how the server is asked. It checks address and token, and asks for nothing yet.
func (r *remote) client(ctx context.Context, account string) (client httpapi.ClientOptions, err error) {
	client = httpapi.ClientOptions{
		Server: r.server.Server, Layout: httpapi.Layout(r.server.Layout), Query: r.server.QueryURL, Command: r.server.CommandURL,
		Token:    r.bearer,
		Customer: cmp.Or(account, r.server.Account),
	}
	// The address comes before the token: what is said of a missing token quotes it.
	if err = client.Check(); err == nil {
		_, err = r.token(ctx)
	}
	return client, err
}

// dial checks address and token, finds out what the server has, and returns what opens
// the account.
func (r *remote) dial(ctx context.Context, account string) (open func(context.Context) (ui.Opened, error), err error) {
	client, err := r.client(ctx, account)
	if err != nil {
		return nil, err
	}
	account = client.Customer
	remote, err := httpapi.Dial(ctx, client)
	if err != nil {
		return nil, err
	}
	return respectRetryAfter(time.Now, func(ctx context.Context) (ui.Opened, error) {
		view, summary, err := remote.Open(ctx, account)
		return ui.Opened{Accounts: remote, View: view, Account: summary, Scope: r.address(), Place: r.label(),
			WhyReadOnly: r.whyReadOnly(), Context: r.context, Colour: string(r.server.Color)}, err
	}), nil
}

// respectRetryAfter wraps open. After an answer with a Retry-After it does not
// call open until that time is over, and returns the same error with the rest of
// the time. The returned function must not be called concurrently.
func respectRetryAfter(now func() time.Time, open func(context.Context) (ui.Opened, error)) func(context.Context) (ui.Opened, error) {
	var last backend.Error
	var until time.Time
	return func(ctx context.Context) (ui.Opened, error) {
		if left := until.Sub(now()); left > 0 {
			repeated := last
			repeated.RetryAfter = left
			return ui.Opened{}, &repeated
		}
		opened, err := open(ctx)
		var e *backend.Error
		if errors.As(err, &e) && e.RetryAfter > 0 {
			last, until = *e, now().Add(min(e.RetryAfter, maxRetryAfter))
		}
		return opened, err
	}
}

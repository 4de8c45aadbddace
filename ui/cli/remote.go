package cli

import (
	"context"
	"errors"
	"net/url"
	"sync"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui"
)

// source is where the console's accounts are.
type source interface {
	// start says what the console begins with: an account, or what has to be
	// asked or waited for before there is one.
	start(ctx context.Context, account string, o *ui.Options) error
	// name is for the console's header.
	name() string
	close() error
}

// remotePlace is a server.
type remotePlace struct {
	server server
	paths  paths

	mu   sync.Mutex     // requests go out side by side
	kept backend.Secret // a token that is no file's
}

func (r *remotePlace) close() error { return nil }

func (r *remotePlace) name() string {
	for _, address := range []string{r.server.Server, r.server.QueryURL, r.server.CommandURL} {
		if u, err := url.Parse(address); err == nil && u.Host != "" {
			return "remote " + u.Host
		}
	}
	return "remote"
}

// address is what names the server: for its token and for the keys of drafts.
func (r *remotePlace) address() string {
	if r.server.Server != "" {
		return r.server.Server
	}
	return r.server.QueryURL
}

// token looks for the token before each request, so that a file that was
// replaced is taken up. The keyring is asked once: it may take its time.
func (r *remotePlace) token(ctx context.Context) (backend.Secret, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.kept != "" {
		return r.kept, nil
	}
	token, isFile, err := findToken(ctx, r.server.TokenFile, r.address(), r.paths)
	if err == nil && !isFile {
		r.kept = token
	}
	return token, err
}

// bearer is token for requests, whose failures are told in the console.
func (r *remotePlace) bearer(ctx context.Context) (backend.Secret, error) {
	token, err := r.token(ctx)
	if err != nil {
		err = &backend.Error{Code: backend.CodeUnauthorized, Message: err.Error(), Err: err}
	}
	return token, err
}

// hello is how long the terminal stays empty for a server's first answer.
// One that takes longer is waited for in the console.
const hello = time.Second

// longestWait bounds how long a server is left alone because it asked for it:
// the person may know better, and nobody is asked more than twice a minute.
const longestWait = time.Minute

// start opens the account, or lets the console wait for a server that is away.
// What waiting cannot mend ends the command: a wrong address, no token, or one
// that the server refuses.
func (r *remotePlace) start(ctx context.Context, account string, o *ui.Options) error {
	ctx, cancel := context.WithTimeout(ctx, hello)
	defer cancel()
	if account == "" {
		account = r.server.Account
	}
	if _, err := r.token(ctx); err != nil {
		return err
	}
	remote, err := httpapi.Dial(ctx, httpapi.ClientOptions{
		Server: r.server.Server, Layout: httpapi.Layout(r.server.Layout), Query: r.server.QueryURL, Command: r.server.CommandURL,
		Token:    r.bearer,
		Customer: account,
	})
	if err != nil {
		return err
	}
	open := polite(time.Now, func(ctx context.Context) (ui.Opened, error) {
		view, summary, err := remote.Open(ctx, account)
		return ui.Opened{Accounts: remote, View: view, Account: summary, Scope: r.address()}, err
	})
	o.Start, err = open(ctx)
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeRateLimited:
		o.Away = &ui.Away{Server: r.address(), Err: err, Open: open}
		return nil
	}
	return err
}

// polite does not ask a server that said how long to wait before that is over,
// and repeats what it said with what is left of it. It is called by one at a time.
func polite(now func() time.Time, open func(context.Context) (ui.Opened, error)) func(context.Context) (ui.Opened, error) {
	var said backend.Error
	var until time.Time
	return func(ctx context.Context) (ui.Opened, error) {
		if left := until.Sub(now()); left > 0 {
			again := said
			again.RetryAfter = left
			return ui.Opened{}, &again
		}
		opened, err := open(ctx)
		var e *backend.Error
		if errors.As(err, &e) && e.RetryAfter > 0 {
			said, until = *e, now().Add(min(e.RetryAfter, longestWait))
		}
		return opened, err
	}
}

package cli

import (
	"context"
	"net/url"

	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/ui"
)

// source is where the console's accounts are.
type source interface {
	// start opens an account, or returns what has to be asked before there is one.
	start(ctx context.Context, account string) (ui.Opened, *ui.Setup, error)
	// name is for the console's header.
	name() string
	close() error
}

// remotePlace is a server.
type remotePlace struct {
	server server
	paths  paths
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

func (r *remotePlace) start(ctx context.Context, account string) (ui.Opened, *ui.Setup, error) {
	if account == "" {
		account = r.server.Account
	}
	token, err := findToken(ctx, r.server.TokenFile, r.address(), r.paths)
	if err != nil {
		return ui.Opened{}, nil, err
	}
	remote, err := httpapi.Dial(ctx, httpapi.ClientOptions{
		Server: r.server.Server, Layout: httpapi.Layout(r.server.Layout), Query: r.server.QueryURL, Command: r.server.CommandURL,
		Token:    func(context.Context) (httpapi.Secret, error) { return httpapi.Secret(token), nil },
		Customer: account,
	})
	if err != nil {
		return ui.Opened{}, nil, err
	}
	view, summary, err := remote.Open(ctx, account)
	if err != nil {
		return ui.Opened{}, nil, err
	}
	return ui.Opened{Accounts: remote, View: view, Account: summary, Scope: r.address()}, nil, nil
}

package cli

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
)

// allAccounts are the accounts to which one is added: in a database, or on a server whose token is an operator's. A
// server is meant only where a flag names it, or its context.
type allAccounts struct {
	databaseCommand
	sourceFlags
}

// with opens what the flags name, does the work and closes it. Where there is no database, it makes an empty one.
func (a *allAccounts) with(ctx context.Context, work func(backend.Accounts) error) (err error) {
	a.sourceFlags.db = a.databaseCommand.db
	if err := a.checkSource(); err != nil {
		return err
	}
	where, err := findPaths(a.sourceFlags.db)
	if err != nil {
		return err
	}
	c, err := a.configuration(where)
	if err == nil {
		err = c.refuse()
	}
	if err != nil {
		return err
	}
	if !a.server.isSet() && a.context == "" {
		a.databaseCommand.config, a.configPath = c, c.path
		return a.withAccounts(ctx, true, func(accounts *local.Accounts) error { return work(accounts) })
	}
	from, err := chooseSource(&a.sourceFlags, &c, where, nil)
	if err == nil {
		err = c.refuse() // what is wrong with the senders
	}
	if err != nil {
		return err
	}
	defer func() { err = firstError(err, from.close()) }()
	accounts, err := a.open(ctx, from)
	if err != nil {
		return err
	}
	return work(accounts)
}

// open opens the accounts of a context, or of a server.
func (a *allAccounts) open(ctx context.Context, from source) (backend.Accounts, error) {
	d, isDatabase := from.(*database)
	if !isDatabase {
		opened, err := from.openAccount(ctx, "")
		if err == nil && opened.WhyReadOnly != "" {
			err = &backend.Error{Code: backend.CodeReadOnly, Message: opened.WhyReadOnly}
		}
		return opened.Accounts, err
	}
	d.actor = "shell"
	if d.whyReadOnly != "" {
		return nil, &backend.Error{Code: backend.CodeReadOnly, Message: d.whyReadOnly}
	}
	switch isThere, err := d.exists(ctx); {
	case err != nil:
		return nil, err
	case !isThere:
		if err := d.createEmpty(ctx); err != nil {
			return nil, err
		}
	}
	accounts, err := d.accounts(ctx)
	if err == nil {
		err = d.db.Check(ctx)
	}
	return accounts, err
}

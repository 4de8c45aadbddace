package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui"
)

// start opens an account (the oldest for ""), or lets the console ask before
// there is one.
func (p *place) start(ctx context.Context, account string, o *ui.Options) error {
	if p.throwaway != "" {
		if err := p.createDemo(ctx); err != nil {
			return err
		}
	}
	isThere, err := p.isThere()
	if err != nil {
		return err
	}
	if !isThere {
		o.Setup = p.setup(false)
		return p.refuseFirst(account)
	}
	o.Start, err = p.openAccount(ctx, account)
	isEmpty := backend.ErrorCode(err) == backend.CodeNotFound && account == ""
	switch {
	case isEmpty && p.isReadOnly:
		return notFound("There is no account in %s yet; start once without --read-only, or make one with \"pinghome account create --db %[1]s\".", p.path)
	case isEmpty:
		o.Setup = p.setup(true)
		return nil
	}
	return err
}

// refuseFirst refuses what cannot be done where there is no database.
func (p *place) refuseFirst(account string) error {
	switch {
	case p.isReadOnly:
		return notFound("There is no database at %s; start once without --read-only to make one, or try --demo.", p.path)
	case account != "":
		return notFound("There is no database at %s, so no account %q either; start without --account to make one.", p.path, account)
	}
	return nil
}

// setup lets the console make what is missing.
func (p *place) setup(exists bool) *ui.Setup {
	return &ui.Setup{Path: p.path, Exists: exists,
		Demo: func(ctx context.Context) (ui.Opened, error) {
			if err := p.createDemo(ctx); err != nil {
				return ui.Opened{}, err
			}
			return p.openAccount(ctx, "")
		},
		Empty: func(ctx context.Context, account backend.NewAccount) (ui.Opened, error) {
			if err := p.createEmpty(ctx); err != nil {
				return ui.Opened{}, err
			}
			return p.addAccount(ctx, account)
		},
	}
}

func (p *place) createDemo(ctx context.Context) error {
	key, err := p.codeKey()
	if err != nil {
		return err
	}
	return storage.Create(ctx, p.path, storage.Options{}, local.Demo(key))
}

// createEmpty makes the database unless it is there, as after an account that
// was refused.
func (p *place) createEmpty(ctx context.Context) error {
	if isThere, err := p.isThere(); isThere || err != nil {
		return err
	}
	return storage.Create(ctx, p.path, storage.Options{}, nil)
}

func (p *place) addAccount(ctx context.Context, account backend.NewAccount) (ui.Opened, error) {
	accounts, err := p.accounts(ctx)
	if err != nil {
		return ui.Opened{}, err
	}
	added, err := accounts.Create(ctx, account)
	if err != nil {
		return ui.Opened{}, err
	}
	return p.openAccount(ctx, added.ID)
}

func (p *place) openAccount(ctx context.Context, idOrEmail string) (ui.Opened, error) {
	accounts, err := p.accounts(ctx)
	if err != nil {
		return ui.Opened{}, err
	}
	view, summary, err := accounts.Open(ctx, idOrEmail)
	if err != nil {
		return ui.Opened{}, err
	}
	return ui.Opened{Accounts: accounts, View: view, Account: summary, Local: true, Scope: p.scope,
		Check: p.check}, nil
}

// accounts opens the database, once.
func (p *place) accounts(ctx context.Context) (*local.Accounts, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.opened != nil {
		return p.opened, nil
	}
	if p.db == nil {
		db, err := storage.Open(ctx, p.path, storage.Options{ReadOnly: p.isReadOnly})
		if err != nil {
			return nil, err
		}
		p.db = db
	}
	key, err := p.codeKey()
	if err != nil {
		return nil, err
	}
	o := local.Options{Key: key, Actor: p.actor, ProofAge: p.sending.proofAge}
	if p.sending.router != nil {
		o.Sender = p.sending.router
	}
	p.opened = local.New(p.db, o)
	return p.opened, nil
}

// check is what is too slow for the first frame: whether the file is whole,
// and only then whether messages in it wait to be delivered.
func (p *place) check(ctx context.Context) error {
	if err := p.db.Check(ctx); err != nil || p.isReadOnly {
		return err
	}
	p.deliver()
	return nil
}

// deliver hands messages over from now on, until the place is closed.
func (p *place) deliver() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.worker == nil && !p.closed {
		p.worker = startWorker(p.opened, p.report)
	}
}

// codeKey is the key of the one-time codes: PINGHOME_KEY, or the file beside
// the database, which is made if it is not there. Who only reads sends and
// enters no codes, and must not leave a new key behind.
func (p *place) codeKey() ([]byte, error) {
	if p.isReadOnly {
		return nil, nil
	}
	if text := os.Getenv("PINGHOME_KEY"); text != "" {
		key, err := local.ParseKey(text)
		if err != nil {
			return nil, usage("PINGHOME_KEY cannot be used: %w", err)
		}
		return key, nil
	}
	if err := os.MkdirAll(filepath.Dir(p.key), 0o700); err != nil {
		return nil, failed("The folder of %s cannot be made: %w.", p.path, errors.Unwrap(err))
	}
	return local.LoadKey(p.key)
}

package cli

import (
	"cmp"
	"context"
	"os"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// start opens an account (the oldest for ""). Where there is none yet, it lets
// the console ask on its start screen what to make.
func (d *database) start(ctx context.Context, account string, o *ui.Options) error {
	if d.tempDir != "" {
		if err := d.createDemo(ctx); err != nil {
			return err
		}
	}
	isThere, err := d.exists(ctx)
	if err != nil {
		return err
	}
	if !d.isReadOnly && d.tempDir == "" {
		o.FirstAccount = d.setup(true)
	}
	if !isThere {
		o.Setup = d.setup(false)
		return cmp.Or(d.refuseWithKey(), d.refuseMissing(account))
	}
	o.Start, err = d.openAccount(ctx, account)
	isEmpty := backend.ErrorCode(err) == backend.CodeNotFound && account == ""
	switch {
	case isEmpty && d.isReadOnly:
		return exit.NotFound("There is no account in %s yet; start once without --read-only, or make one with \"pinghome account create --db %[1]s\".", d.name())
	case isEmpty:
		o.Setup = d.setup(true)
		return nil
	}
	return err
}

// refuseMissing refuses what cannot be done where there is no database.
func (d *database) refuseMissing(account string) error {
	switch {
	case d.isReadOnly:
		return exit.NotFound("%s; start once without --read-only to make one, or try --demo.", d.engine.missing())
	case account != "":
		return exit.NotFound("%s, so no account %q either; start without --account to make one.", d.engine.missing(), account)
	}
	return nil
}

// refuseWithKey refuses to make a database where there is the key of one, if the engine does.
func (d *database) refuseWithKey() error {
	if !exists(d.key) {
		return nil
	}
	return d.engine.refuseWithKey(d.key)
}

// setup returns what the start screen needs to make the database, or only the
// account where the database exists.
func (d *database) setup(exists bool) *ui.Setup {
	return &ui.Setup{Path: d.name(), IsServer: !d.isFile(), Exists: exists, Server: d.newContext.add, ServerName: d.newContext.nameFor(),
		Demo: func(ctx context.Context) (ui.Opened, error) {
			if err := d.createDemo(ctx); err != nil {
				return ui.Opened{}, err
			}
			return d.openAccount(ctx, "")
		},
		Empty: func(ctx context.Context, account backend.NewAccount) (ui.Opened, error) {
			if err := d.createEmpty(ctx); err != nil {
				return ui.Opened{}, err
			}
			return d.addAccount(ctx, account)
		},
	}
}

func (d *database) createDemo(ctx context.Context) error {
	hadKey := exists(d.key)
	key, err := d.firstKey()
	if err != nil {
		return err
	}
	if err := d.engine.create(ctx, local.Demo(key)); err != nil {
		if !hadKey && !d.engine.mayBeMade(err) {
			_ = os.Remove(d.key) // a key without a database looks as if that were lost
		}
		return err
	}
	d.tellKey(hadKey)
	return nil
}

// createEmpty makes the database unless it exists, as it does after an account
// was refused.
func (d *database) createEmpty(ctx context.Context) error {
	if isThere, err := d.exists(ctx); isThere || err != nil {
		return err
	}
	if err := d.refuseWithKey(); err != nil {
		return err
	}
	return d.engine.create(ctx, nil)
}

func (d *database) addAccount(ctx context.Context, account backend.NewAccount) (ui.Opened, error) {
	accounts, err := d.accounts(ctx)
	if err != nil {
		return ui.Opened{}, err
	}
	added, err := accounts.Create(ctx, account)
	if err != nil {
		return ui.Opened{}, err
	}
	return d.openAccount(ctx, added.ID)
}

func (d *database) openAccount(ctx context.Context, idOrEmail string) (ui.Opened, error) {
	accounts, err := d.accounts(ctx)
	if err != nil {
		return ui.Opened{}, err
	}
	view, summary, err := accounts.Open(ctx, cmp.Or(idOrEmail, d.account))
	if err != nil {
		return ui.Opened{}, err
	}
	return ui.Opened{Accounts: accounts, View: view, Account: summary, Local: d.isFile(), Database: !d.isFile(), Scope: d.scope(),
		Check: d.check, WhyReadOnly: d.whyReadOnly, Context: d.context, Colour: d.colour}, nil
}

// accounts opens the database at the first call, and returns the same accounts
// at later ones.
func (d *database) accounts(ctx context.Context) (*local.Accounts, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.opened != nil {
		return d.opened, nil
	}
	if err := d.openStore(ctx); err != nil {
		return nil, err
	}
	key, err := d.ownKey(ctx)
	if err != nil {
		return nil, err
	}
	d.inUse = key
	o := local.Options{Key: key, Actor: d.actor, ProofAge: d.senders.proofAge, Observer: d.observers.accounts}
	if d.senders.router != nil {
		o.Sender = d.followAttempts(d.senders.router)
	}
	d.opened = local.New(d.db, o)
	return d.opened, nil
}

// openStore opens the database at the first call. The caller has mu, or is alone.
func (d *database) openStore(ctx context.Context) (err error) {
	if d.db != nil {
		return nil
	}
	if d.db, err = d.engine.open(ctx, d); err == nil {
		d.followTransactions()
	}
	return err
}

// check does what is too slow for the first frame: it checks that the file is whole
// and can be written, and only then starts to send the messages that wait in it.
func (d *database) check(ctx context.Context) error {
	if err := d.db.Check(ctx); err != nil || d.isReadOnly || d.whyReadOnly != "" {
		return err
	}
	if err := d.db.Ready(); err != nil {
		return err
	}
	d.startSending()
	d.noteSpellings(ctx, func(sentence string) {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.twins = sentence
	})
	return nil
}

// ready returns why changes cannot be made now: the file is faulty, or its key was
// replaced by another process.
func (d *database) ready() error {
	if err := d.db.Ready(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	own, err := local.StoredFingerprint(ctx, d.db)
	if err == nil && own != local.KeyFingerprint(d.inUse) {
		err = backend.Errorf(backend.CodeUnavailable, "The key of %s was replaced. Start this server again.", d.db.Name())
	}
	return err
}

// startCheck is check beside the first answers of a server. Changes wait for it.
// report is called with what is wrong, and warn with what an operator should know.
func (d *database) startCheck(report func(error), warn func(sentence string)) {
	d.db.StartCheck(func(err error) {
		if err == nil {
			err = d.db.Ready()
		}
		if err != nil {
			report(err)
			return
		}
		d.startSending()
		d.noteSpellings(context.Background(), warn)
	})
}

// startSending sends messages from now on, until the database is closed.
func (d *database) startSending() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.worker == nil && !d.closed {
		d.worker = startWorker(d.opened, d.report)
	}
}

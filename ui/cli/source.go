package cli

import (
	"context"
	"log/slog"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
)

// source is where the accounts of a console are: a database or a server.
type source interface {
	// start sets in the options what the console begins with: an account, or
	// the start screen on which the first one is made or a server waited for.
	// account is an id or an email, "" for the default one.
	start(ctx context.Context, account string, o *ui.Options) error
	// openAccount opens an account, "" for the default one. Unlike start it asks for none.
	openAccount(ctx context.Context, account string) (ui.Opened, error)
	// label is shown in the console's header.
	label() string
	// scope names where the accounts are, for what is kept between two starts.
	scope() string
	// hasAccount reports whether the configuration names the account to open.
	hasAccount() bool
	close() error
	// left says, once it is closed, what it leaves undone, in clauses; "" for nothing.
	left() []string
}

// chooseSource returns the demo, the server that is named, or the database. The
// demo has no configuration, and so sends nothing.
func chooseSource(o *options, where paths, log *slog.Logger) (source, error) {
	if o.isDemo {
		return newDemo(o.isReadOnly)
	}
	c, path, err := o.configuration(where)
	if err != nil {
		return nil, err
	}
	if s, isRemote, err := o.remote(c, path); isRemote || err != nil {
		return &remote{server: s, paths: where}, err
	}
	d := newDatabase(where, o.isReadOnly)
	d.newContext = newContext{config: path, paths: where}
	d.report = reportTo(log, "messages could not be sent")
	if d.backups, err = c.Backup.options(path, where, reportTo(log, "the backup of the day could not be made")); err != nil {
		return nil, err
	}
	d.senders, err = c.Delivery.open(path, o.isReadOnly)
	return d, err
}

// reportTo returns a function that logs what goes wrong; nil without a log. It logs the code alone: the console's log has no
// values in it, and the text of an error might have some.
func reportTo(log *slog.Logger, what string) func(error) {
	if log == nil {
		return nil
	}
	return func(err error) {
		log.Error(what, "code", string(backend.ErrorCode(err)))
	}
}

package cli

import (
	"context"
	"log/slog"
	"path/filepath"

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
// An error is about what the flags name; what is wrong in the configuration is among its
// faults.
func chooseSource(o *sourceFlags, c *configuration, where paths, log *slog.Logger) (source, error) {
	if o.isDemo {
		return newDemo(o.isReadOnly)
	}
	s, name, err := o.remote(c)
	switch {
	case err != nil:
		return nil, err
	case s.isSet() || s.DB != "":
		return o.named(c, name, s, where, log)
	}
	return o.database(c, where, o.isReadOnly, log), nil
}

// named returns what a context names: a server, or a database. name is "" for a server that flags name.
func (o *sourceFlags) named(c *configuration, name string, s server, where paths, log *slog.Logger) (source, error) {
	if s.DB == "" {
		return &remote{server: s, context: name, paths: where}, nil
	}
	where, err := where.on("db", s.DB, true)
	if err != nil {
		return nil, err
	}
	d := o.database(c, where, o.isReadOnly || s.IsReadOnly, log)
	d.context, d.account, d.colour = name, s.Account, string(s.Color)
	if s.IsReadOnly {
		d.whyReadOnly = s.whyReadOnly(name)
	}
	return d, nil
}

// database returns a database with the senders and the backups of the configuration. What is wrong with these is
// among its faults.
func (o *sourceFlags) database(c *configuration, where paths, isReadOnly bool, log *slog.Logger) *database {
	d := newDatabase(where, isReadOnly)
	d.newContext = newContext{config: c.path, paths: where}
	d.report = reportTo(log, "messages could not be sent")
	reportBackup := o.reportBackup
	if reportBackup == nil {
		reportBackup = reportTo(log, "the backup of the day could not be made")
	}
	var err error
	if d.backups, err = c.Backup.options(filepath.Dir(c.path), where, reportBackup); err != nil {
		c.note(err)
	}
	sendsNothing := isReadOnly || c.whyReadOnly(o.namesSource()) != ""
	if d.senders, err = c.Delivery.open(filepath.Dir(c.path), sendsNothing); err != nil {
		c.note(err)
	}
	d.whyReadOnly = c.whyReadOnly(o.namesSource())
	return d
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

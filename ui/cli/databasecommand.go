package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
)

// databaseCommand is what the commands on a database without a console share:
// their flags and the way to the accounts.
type databaseCommand struct {
	db      string // --db
	senders senders
	// config is the configuration; it is read from the default path where configPath
	// is "".
	config     configuration
	configPath string
	canCreate  bool // has --create
	isServer   bool // takes the connections of a server
	isReading  bool // changes nothing, so that a context for reading only will do
	// report and reportBackup are called with what goes wrong beside the work; they
	// may be nil.
	report, reportBackup func(error)
	tell                 func(sentence string) // as database has it
	observers            observers
	// spares returns the signals that do not end the command; nil for none.
	spares func() []os.Signal
}

// command returns a command with a --db of its own. use is its name and its arguments,
// short says what it does. run gets a context that a signal ends.
func (c *databaseCommand) command(use, short string, run func(context.Context, *cobra.Command, []string) error) *cobra.Command {
	command := &cobra.Command{Use: use, Short: short, Args: usage.NoArguments}
	command.Flags().SortFlags = false
	command.Flags().StringVar(&c.db, "db", "", dbWords)
	command.RunE = func(command *cobra.Command, args []string) error {
		if command.Flags().Changed("db") && strings.TrimSpace(c.db) == "" {
			return usage.EmptyFlag("db")
		}
		var spared []os.Signal
		if c.spares != nil {
			spared = c.spares()
		}
		c.reportBackup = reportBackupOn(command.ErrOrStderr())
		c.tell = tellOn(command.ErrOrStderr())
		signals := catchSignals(spared...)
		defer signals.close()
		return usage.ByFlags(command, signals.run(func(ctx context.Context) error { return run(ctx, command, args) }))
	}
	return command
}

// tellOn returns a function that prints what an operator should know of a key that was made.
func tellOn(out io.Writer) func(sentence string) {
	return func(sentence string) {
		_, _ = fmt.Fprintln(out, "pinghome: "+safe.Text(sentence)+".") // nothing is left to report a failure to
	}
}

// reportBackupOn returns a function that prints why the backup of the day is missing.
func reportBackupOn(out io.Writer) func(error) {
	return func(err error) {
		_, _ = fmt.Fprintln(out, "pinghome: the backup of the day could not be made:", safe.Text(err.Error()))
	}
}

// withAccounts opens the database, checks that the file is whole, does the work and closes it.
func (c *databaseCommand) withAccounts(ctx context.Context, work func(*local.Accounts) error) error {
	return c.withDatabase(ctx, false, func(d *database, accounts *local.Accounts) error {
		if err := d.db.Check(ctx); err != nil {
			return err
		}
		return work(accounts)
	})
}

// withDatabase is withAccounts without the check. Where there is no database, it makes an empty one if create is true, and
// fails otherwise.
func (c *databaseCommand) withDatabase(ctx context.Context, create bool, work func(*database, *local.Accounts) error) (err error) {
	d, err := c.find()
	if err != nil {
		return err
	}
	if err := c.require(ctx, d, create); err != nil {
		return err
	}
	defer func() { err = firstError(err, d.close()) }()
	accounts, err := d.accounts(ctx)
	if err != nil {
		return err
	}
	return work(d, accounts)
}

// withStore opens the database without its key, does the work and closes it.
func (c *databaseCommand) withStore(ctx context.Context, work func(*database) error) (err error) {
	d, err := c.find()
	if err != nil {
		return err
	}
	if err := c.require(ctx, d, false); err != nil {
		return err
	}
	defer func() { err = firstError(err, d.close()) }()
	if err := d.openStore(ctx); err != nil {
		return err
	}
	return work(d)
}

// require makes an empty database where there is none and create is true; where
// it is false, it fails.
func (c *databaseCommand) require(ctx context.Context, d *database, create bool) error {
	if err := d.refuseReadOnly(); err != nil && !c.isReading {
		return err
	}
	switch exists, err := d.exists(ctx); {
	case err != nil:
		return err
	case !exists && !create:
		return cmp.Or(d.refuseWithKey(), exit.NotFound("%s; %s, or name another with --db.", d.engine.missing(), c.creates(d)))
	case !exists:
		return d.createEmpty(ctx)
	}
	return nil
}

// refuseReadOnly refuses a database of a context that is for reading only.
func (d *database) refuseReadOnly() error {
	if d.whyReadOnly == "" {
		return nil
	}
	return &backend.Error{Code: backend.CodeReadOnly, Message: d.whyReadOnly + " Name the database with --db to use it here."}
}

// creates says which commands make what is missing. In a PostgreSQL database that is an account, which serve does
// not make.
func (c *databaseCommand) creates(d *database) string {
	switch {
	case !c.canCreate:
		return `"pinghome account create" makes one`
	case d.isFile():
		return `"pinghome serve --create" or "pinghome account create" makes one`
	}
	return `"pinghome account create" makes one, and "pinghome serve --create" begins without any`
}

// where returns the paths with the database that the flags or variables name, or else the default context of the
// configuration, if that has a database; whyReadOnly is a sentence where that context is for reading only.
func (c *databaseCommand) where() (_ paths, whyReadOnly string, err error) {
	where, err := findPaths(c.db)
	if err != nil {
		return where, "", err
	}
	if c.configPath == "" {
		c.configPath = where.config
		if c.config, err = readConfig(where.config, false); err != nil {
			return where, "", err
		}
	}
	if c.db != "" || os.Getenv("PINGHOME_DB") != "" {
		return where, "", nil
	}
	name, s, err := c.config.defaultDatabase()
	if err != nil || name == "" {
		return where, "", err
	}
	where, err = where.on("db", s.DB, true)
	return where, s.whyReadOnly(name), err
}

// find returns the database that the flags and the configuration name, not opened.
func (c *databaseCommand) find() (*database, error) {
	where, whyReadOnly, err := c.where()
	if err != nil {
		return nil, err
	}
	d := newDatabase(where, false)
	d.whyReadOnly = whyReadOnly
	d.actor, d.senders, d.report, d.tell = "shell", c.senders, c.report, c.tell
	d.observers = c.observers
	if c.isServer {
		d.connections = 0
	}
	d.backups, err = c.config.backupOptions(where, c.reportBackup)
	return d, err
}

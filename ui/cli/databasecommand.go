package cli

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/local"
)

// databaseCommand is what the commands on a database without a console share:
// their flags and the way to the accounts.
type databaseCommand struct {
	db      string // --db
	isJSON  bool   // --json, where a command has it
	senders senders
	// spares returns the signals that do not end the command; nil for none.
	spares func() []os.Signal
}

// command returns a command with a --db of its own. run gets a context that a
// signal ends.
func (c *databaseCommand) command(use string, run func(context.Context, *cobra.Command, []string) error) *cobra.Command {
	command := &cobra.Command{Use: use, Args: noArguments}
	command.Flags().StringVar(&c.db, "db", "", "")
	command.RunE = func(command *cobra.Command, args []string) error {
		var spared []os.Signal
		if c.spares != nil {
			spared = c.spares()
		}
		signals := catchSignals(spared...)
		defer signals.close()
		return signals.run(func(ctx context.Context) error { return run(ctx, command, args) })
	}
	return command
}

// withAccounts opens the database, does the work and closes it. Where there is
// no database, it makes an empty one if create is true, and fails otherwise.
func (c *databaseCommand) withAccounts(ctx context.Context, create bool, work func(*local.Accounts) error) (err error) {
	where, err := findPaths(c.db)
	if err != nil {
		return err
	}
	d := newDatabase(where, false)
	switch exists, err := d.exists(); {
	case err != nil:
		return err
	case !exists && !create:
		return notFound("There is no database at %s; \"pinghome account create\" makes one, or name another with --db.", d.path)
	case !exists:
		if err := d.createEmpty(ctx); err != nil {
			return err
		}
	}
	defer func() { err = firstError(err, d.close()) }()
	d.actor, d.senders = "shell", c.senders
	accounts, err := d.accounts(ctx)
	if err != nil {
		return err
	}
	return work(accounts)
}

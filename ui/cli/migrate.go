package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"time"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
)

// migrateCommand moves all accounts from a file to PostgreSQL, or back.
func migrateCommand() *cobra.Command {
	var from, to string
	var isLive bool
	c := &cobra.Command{Use: "migrate", Short: "copy all accounts from a file to PostgreSQL, or back", Args: usage.NoArguments}
	c.Example = "pinghome migrate --from pinghome.db --to postgres://pinghome@db.example.org/pinghome\n" +
		"pinghome migrate --from postgres://pinghome@db.example.org/pinghome --to pinghome.db"
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&from, "from", "", "`FILE|URL` the accounts, which stay as they are")
	f.StringVar(&to, "to", "", "`FILE|URL` a new file, or a PostgreSQL database that is empty (its password from $PGPASSWORD or $PGPASSFILE)")
	f.BoolVar(&isLive, "live", false, "also while a pinghome uses them: for a trial, without what is changed from now on")
	usage.Require(c, "from", "to")
	c.RunE = func(c *cobra.Command, _ []string) error {
		m, err := newMigration(c, from, to)
		if err != nil {
			return err
		}
		m.isLive = isLive
		signals := catchSignals()
		defer signals.close()
		var result error
		stopped := signals.run(func(ctx context.Context) error {
			result = m.run(ctx)
			if sentence := m.stopped(ctx, result); sentence != "" {
				part(c.ErrOrStderr(), sentence)
			}
			return result
		})
		if m.isCopied {
			return result // a signal came too late
		}
		return stopped
	}
	return c
}

// migration is one run of the command.
type migration struct {
	from, to accountsPlace
	isLive   bool // the source may be in use
	isCopied bool // all accounts are in the target: from then on, only an output that is gone is a failure
	out      io.Writer
	progress *migrationProgress
}

// stopped says what a signal has left, after which no error is printed but that the outcome is not known; "" where
// there was none, or all had been copied before.
func (m *migration) stopped(ctx context.Context, err error) string {
	switch {
	case err == nil, ctx.Err() == nil, m.isCopied, backend.ErrorCode(err) == backend.CodeUnknownOutcome:
		return ""
	}
	return "stopped; nothing is in " + m.to.name()
}

// newMigration finds what the flags name. One of the two is a file, and the other a database.
func newMigration(c *cobra.Command, from, to string) (*migration, error) {
	if err := usage.MissingFlags(c); err != nil {
		return nil, err
	}
	m := &migration{out: c.OutOrStdout(), progress: newMigrationProgress(c.OutOrStdout())}
	var err error
	if m.from, err = placeNamed("--from", from); err != nil {
		return nil, err
	}
	if m.to, err = placeNamed("--to", to); err != nil {
		return nil, err
	}
	_, isFromFile := m.from.(filePlace)
	_, isToFile := m.to.(filePlace)
	switch {
	case isFromFile && isToFile:
		return nil, exit.Usage("Both are files; \"pinghome backup FILE\" copies one, also while it is used.")
	case !isFromFile && !isToFile:
		return nil, exit.Usage("Both are PostgreSQL databases; copy one with pg_dump and pg_restore.")
	}
	return m, nil
}

// run copies, and says what is left to do. Where it fails, the target is as it was.
func (m *migration) run(ctx context.Context) error {
	if err := cmp.Or(m.from.check(), m.to.check()); err != nil {
		return err
	}
	began := time.Now()
	var unsaid error
	err := m.from.open(ctx, m.isLive, func(source sourceStore) error {
		copied, err := m.copyFrom(ctx, source)
		m.progress.clear()
		if err == nil {
			unsaid = m.tell(context.WithoutCancel(ctx), source, copied, time.Since(began))
		}
		return err
	})
	isOpened := m.from.isOpened(ctx)
	switch {
	case !m.isCopied:
		return err
	case unsaid != nil || m.isLive || !isOpened:
		return unsaid
	}
	return say(m.out, "Mind that a pinghome has opened %s during the copy: what it changes is not in %s.\n", m.from.name(), m.to.name())
}

// tell says that all is copied, and what is left to do. The error is of the output.
func (m *migration) tell(ctx context.Context, source sourceStore, copied storage.Mark, took time.Duration) error {
	return cmp.Or(
		say(m.out, doneWords, m.from.name(), m.to.name(), len(storage.Tables()), took.Round(100*time.Millisecond)),
		say(m.out, "%s", m.to.next(m.from)),
		m.warnOfChanges(ctx, source, copied))
}

// doneWords take the names of both places, the number of tables and a time.
const doneWords = `All of %[1]s is in %[2]s.
It was read back, and the rows of all %[3]d tables are the same (%[4]s). The key is not in it.
1. Stop every pinghome on %[1]s for good:
   it is as it was, and the messages that wait would be sent from both.
`

// copyFrom copies all of the source as it is at one moment, which the mark tells. Once the copy is in its place,
// how the reading ends does not matter.
func (m *migration) copyFrom(ctx context.Context, source sourceStore) (copied storage.Mark, err error) {
	err = source.Snapshot(ctx, func(read *storage.Tx) (err error) {
		if copied, err = read.Mark(); err != nil {
			return err
		}
		err = m.to.create(ctx, func(written *storage.Tx) error { return storage.Transfer(read, written, m.progress.report) })
		m.isCopied = err == nil
		return err
	})
	if m.isCopied {
		return copied, nil
	}
	return copied, err
}

// changesWait is how long the source may take to say whether it was changed.
const changesWait = 5 * time.Second

// warnOfChanges says that the source was changed since it was copied, where that is so or may be.
func (m *migration) warnOfChanges(ctx context.Context, source sourceStore, copied storage.Mark) error {
	ctx, cancel := context.WithTimeout(ctx, changesWait)
	defer cancel()
	var now storage.Mark
	err := source.Snapshot(ctx, func(t *storage.Tx) (err error) {
		now, err = t.Mark()
		return err
	})
	switch {
	case err != nil:
		return say(m.out, "Mind that %s did not say whether it was changed during the copy: what came after its beginning is not in %s.\n", m.from.name(), m.to.name())
	case now != copied:
		return say(m.out, "Mind that %s was changed during the copy: what came after its beginning is not in %s.\n", m.from.name(), m.to.name())
	case m.isLive:
		return say(m.out, "Mind that what is changed in %s from now on is not in %s.\n", m.from.name(), m.to.name())
	}
	return nil
}

// migrationProgress prints a line for each table, and on a terminal how far the present one is.
type migrationProgress struct {
	out        io.Writer
	isTerminal bool
	isShown    bool // a line that the next one takes the place of
}

func newMigrationProgress(out io.Writer) *migrationProgress {
	file, isFile := out.(interface{ Fd() uintptr })
	return &migrationProgress{out: out, isTerminal: isFile && term.IsTerminal(file.Fd())}
}

// report is called by storage.Transfer. An output that cannot be written does not end the copying:
// the sentence at the end fails then.
func (p *migrationProgress) report(of storage.Progress) {
	line := fmt.Sprintf("%-14s %9d", of.Table, of.Rows)
	switch {
	case of.IsCheck:
		line += " to compare"
	case of.IsDone:
		p.clear()
		_, _ = fmt.Fprintln(p.out, line)
		return
	}
	if p.isTerminal {
		p.clear()
		_, _ = fmt.Fprint(p.out, line)
		p.isShown = true
	}
}

// clear removes the line that is to be replaced.
func (p *migrationProgress) clear() {
	if p.isShown {
		_, _ = fmt.Fprint(p.out, "\r\x1b[K")
		p.isShown = false
	}
}

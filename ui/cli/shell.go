package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/safe"
)

// shell is what the commands that work on a database without a console share.
type shell struct {
	db      string
	isJSON  bool
	sending sending
}

// command makes a command with its own --db.
func (s *shell) command(use string, run func(context.Context, *cobra.Command, []string) error) *cobra.Command {
	c := &cobra.Command{Use: use, Args: noWords}
	c.Flags().StringVar(&s.db, "db", "", "")
	c.RunE = func(c *cobra.Command, args []string) error {
		signals := listen()
		defer signals.close()
		return signals.during(func(ctx context.Context) error { return run(ctx, c, args) })
	}
	return c
}

// on opens the database and does the work. Where there is none, make says
// whether one is made, with nothing in it.
func (s *shell) on(ctx context.Context, make bool, work func(*local.Accounts) error) (err error) {
	where, err := findPaths(s.db)
	if err != nil {
		return err
	}
	p := localPlace(where, false)
	switch isThere, err := p.isThere(); {
	case err != nil:
		return err
	case !isThere && !make:
		return notFound("There is no database at %s; \"pinghome account create\" makes one, or name another with --db.", p.path)
	case !isThere:
		if err := p.createEmpty(ctx); err != nil {
			return err
		}
	}
	defer func() { err = joined(err, p.close()) }()
	p.actor, p.sending = "shell", s.sending
	accounts, err := p.accounts(ctx)
	if err != nil {
		return err
	}
	return work(accounts)
}

// group is a command that only holds others.
func group(name string, subcommands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: name, RunE: func(c *cobra.Command, words []string) error {
		var names []string
		for _, sub := range c.Commands() {
			names = append(names, sub.Name())
		}
		if len(words) > 0 {
			if near := nearest(words[0], names); near != "" {
				return usage("There is no command %q; did you mean \"pinghome %s %s\"?", name+" "+words[0], name, near)
			}
		}
		return usage("Say what to do: pinghome %s %s.", name, strings.Join(names, ", or "))
	}}
	c.AddCommand(subcommands...)
	return c
}

// writeJSON prints one document.
func writeJSON(w io.Writer, document any) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return written(e.Encode(document))
}

// writeTable prints rows in columns, with foreign text made safe.
func writeTable(w io.Writer, rows [][]string) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range rows {
		for i, cell := range row {
			row[i] = safe.Text(cell)
		}
		fmt.Fprintln(t, strings.Join(row, "\t"))
	}
	return written(t.Flush())
}

func written(err error) error {
	if err != nil {
		return failed("The output could not be written: %v.", err)
	}
	return nil
}

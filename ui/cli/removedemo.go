package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draft"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

const demoAccount = "demo account"

// accountRemoveDemo removes the accounts that the first start made up, and no others. It
// asks first, unless --yes has answered.
func accountRemoveDemo() *cobra.Command {
	var s databaseCommand
	var isYes, isSilent bool
	c := s.command("remove-demo", "remove the accounts that the first start has made up", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withAccounts(ctx, func(accounts *local.Accounts) error {
			list, err := accounts.DemoAccounts(ctx)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				_, err := fmt.Fprintln(c.OutOrStdout(), "There are no demo accounts here.")
				return outputError(err)
			}
			if !isYes {
				if err := askRemoveDemo(ctx, c, list, isSilent); err != nil {
					return err
				}
			}
			n, err := accounts.RemoveDemo(ctx)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Removed %s.\n", shell.Count(n, demoAccount))
			return errors.Join(outputError(err), s.forget(list))
		})
	})
	c.Flags().BoolVar(&isYes, "yes", false, "do not ask")
	c.Flags().BoolVar(&isSilent, "no-input", false, "ask nothing, also in a terminal; what is missing is an error")
	c.Example = "pinghome account remove-demo --yes"
	return c
}

// forget removes what consoles have kept of accounts that are gone: their drafts, and that
// one of them was open last.
func (c *databaseCommand) forget(gone []backend.AccountSummary) error {
	where, _, err := c.where()
	if err != nil {
		return err
	}
	ids, drafts := make([]string, len(gone)), draft.Open(where.drafts())
	for i, a := range gone {
		ids[i] = a.ID
		err = errors.Join(err, drafts.DeleteGroup(shell.DraftScope(where.engine.name(), a.ID)))
	}
	err = errors.Join(err, ui.ForgetLast(draft.Open(where.opened()), where.engine.name(), ids))
	if err != nil {
		return exit.Failed("What consoles have kept of them could not be removed: %w.", err)
	}
	return nil
}

// askRemoveDemo asks in the terminal, unless it is not to. Anything but a yes is an error.
func askRemoveDemo(ctx context.Context, c *cobra.Command, list []backend.AccountSummary, isSilent bool) error {
	in, isFile := c.InOrStdin().(interface{ Fd() uintptr })
	if isSilent || !isFile || !term.IsTerminal(in.Fd()) {
		return exit.Usage("This removes %s; say that you mean it with --yes.", shell.Count(len(list), demoAccount))
	}
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = fmt.Sprintf("  %s, %s, %s\n", safe.Text(a.FullName()), safe.Text(backend.ReadableEmail(a.Email)), safe.Text(a.Organization))
	}
	if _, err := fmt.Fprintf(c.OutOrStdout(), "%sRemove %s, with channels and messages? [y/N] ", strings.Join(names, ""), shell.Count(len(list), demoAccount)); err != nil {
		return outputError(err)
	}
	answer, err := readLine(ctx, c.InOrStdin())
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "y", "yes":
		return err
	}
	return exit.Failed("Nothing was removed.")
}

// readLine reads a line, until the context ends.
func readLine(ctx context.Context, in io.Reader) (string, error) {
	line := make(chan string, 1)
	go func() {
		text, _ := bufio.NewReader(in).ReadString('\n') // the end of the input is no yes
		line <- text
	}()
	select {
	case text := <-line:
		return text, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

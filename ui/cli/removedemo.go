package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// accountRemoveDemo removes the accounts that the first start made up, and no others. It
// asks first, unless --yes has answered.
func accountRemoveDemo() *cobra.Command {
	var s databaseCommand
	var isYes bool
	c := s.command("remove-demo", "remove the accounts that the first start has made up", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withAccounts(ctx, false, func(accounts *local.Accounts) error {
			list, err := accounts.DemoAccounts(ctx)
			if err != nil {
				return err
			}
			if len(list) == 0 {
				_, err := fmt.Fprintln(c.OutOrStdout(), "There are no demo accounts here.")
				return outputError(err)
			}
			if !isYes {
				if err := askRemoveDemo(ctx, c, list); err != nil {
					return err
				}
			}
			n, err := accounts.RemoveDemo(ctx)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintf(c.OutOrStdout(), "Removed %s.\n", countDemo(n))
			return outputError(err)
		})
	})
	c.Flags().BoolVar(&isYes, "yes", false, "do not ask")
	return c
}

// askRemoveDemo asks in the terminal. Anything but a yes is an error.
func askRemoveDemo(ctx context.Context, c *cobra.Command, list []backend.AccountSummary) error {
	in, isFile := c.InOrStdin().(interface{ Fd() uintptr })
	if !isFile || !term.IsTerminal(in.Fd()) {
		return exit.Usage("This removes %s; say that you mean it with --yes.", countDemo(len(list)))
	}
	names := make([]string, len(list))
	for i, a := range list {
		names[i] = fmt.Sprintf("  %s, %s, %s\n", safe.Text(a.FullName()), safe.Text(a.Email), safe.Text(a.Organization))
	}
	if _, err := fmt.Fprintf(c.OutOrStdout(), "%sRemove %s, with channels and messages? [y/N] ", strings.Join(names, ""), countDemo(len(list))); err != nil {
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

func countDemo(n int) string {
	if n == 1 {
		return "1 demo account"
	}
	return fmt.Sprintf("%d demo accounts", n)
}

package command

import (
	"cmp"
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
)

// yesFlag adds --yes.
func (i *input) yesFlag(f *pflag.FlagSet) { f.BoolVar(&i.isYes, "yes", false, "do not ask") }

// AccountDelete deletes an account with everything of it.
func (p *Program) AccountDelete() *cobra.Command {
	var reason string
	var asked input
	return spec{use: "delete", short: "delete an account with all that it has, for good", isChange: true, hasNoKey: true, isAsking: true,
		example: "pinghome account delete --account ada@byron.example --reason no-longer-needed --yes",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&reason, "reason", "", "`SLUG` why, such as poor-features, too-expensive or no-longer-needed (required)")
			asked.yesFlag(f)
		},
		check: func(c *cobra.Command) error {
			if !c.Flags().Changed("reason") {
				return exit.Usage("--reason is missing: why it is deleted, such as no-longer-needed.")
			}
			if _, err := backend.CleanReason(reason); err != nil {
				return exit.Usage("--reason: %v", err)
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) error {
			v.isYes = asked.isYes
			p, err := v.View.Profile(ctx)
			if err != nil {
				return err
			}
			all, err := allChannels(v.View)(ctx)
			if err != nil {
				return err
			}
			who := fmt.Sprintf("%s, %s", p.Customer.FullName(), v.readable(backend.TypeEmail, p.Customer.Email))
			if err := v.confirm(ctx, fmt.Sprintf("Delete the account of %s, with %s and everything else, for good?", who, shell.Count(len(all), "channel"))); err != nil {
				return err
			}
			if err := v.View.DeleteAccount(ctx, reason); err != nil {
				return err
			}
			forgotten := v.Forget() // before it is said: a pipe that is closed ends the process
			return cmp.Or(v.say("The account of "+who+" was deleted."), forgotten)
		}}.command(p)
}

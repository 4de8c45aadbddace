package cli

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// accountCommand creates, lists and deletes accounts, and removes those that are made up.
func accountCommand(p *command.Program) *cobra.Command {
	return usage.Group("account", "create, list and delete accounts, or remove the demo's", accountCreate(), p.AccountList(), p.AccountDelete(), accountRemoveDemo())
}

func accountCreate() *cobra.Command {
	var all allAccounts
	var a backend.NewAccount
	var plan string
	c := all.command("create", "create an account, and print its id", func(ctx context.Context, c *cobra.Command, _ []string) error {
		a.Plan = backend.Plan(plan)
		if err := usage.MissingFlags(c); err != nil {
			return err
		}
		if err := local.CheckNewAccount(a); err != nil {
			return err // and no database has been made for it
		}
		return all.with(ctx, func(accounts backend.Accounts) error {
			added, err := accounts.Create(ctx, a)
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintln(c.OutOrStdout(), added.ID); err != nil {
				return exit.Failed("The account was created. %v", outputError(err))
			}
			return nil
		})
	})
	f := c.Flags()
	c.Example = "pinghome account create --name Ada --surname Byron --email ada@byron.example --plan business"
	f.StringVar(&a.Name, "name", "", "`NAME` the person's first name")
	f.StringVar(&a.Surname, "surname", "", "`NAME` the person's surname")
	f.StringVar(&a.Email, "email", "", "`EMAIL` the address that the person signs in with")
	f.StringVar(&a.Team, "team", "", "`NAME` the team (else the full name)")
	f.StringVar(&a.Organization, "organization", "", "`NAME` the organization (else the full name)")
	f.StringVar(&plan, "plan", string(backend.PlanTeam), "`PLAN` developer, team or business")
	usage.Require(c, "name", "surname", "email")
	completeWords(c, "plan", string(backend.PlanDeveloper), string(backend.PlanTeam), string(backend.PlanBusiness))
	all.bindServer(c)
	return c
}

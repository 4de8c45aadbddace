package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
)

// accountCommand creates, lists and deletes accounts, and removes those that are made up.
func accountCommand(p *command.Program) *cobra.Command {
	return usage.Group("account", "create, list and delete accounts, or remove the demo's", accountCreate(p), p.AccountList(), p.AccountDelete(), accountRemoveDemo())
}

func accountCreate(p *command.Program) *cobra.Command {
	var a backend.NewAccount
	var plan string
	o := &sourceFlags{tell: tellOn(p.Err), reportBackup: reportBackupOn(p.Err)}
	c := &cobra.Command{Use: "create", Short: "create an account, and print its id", Args: usage.NoArguments,
		Example: "pinghome account create --name Ada --surname Byron --email ada@byron.example --plan business"}
	f := c.Flags()
	f.SortFlags = false
	f.StringVar(&a.Name, "name", "", "`NAME` the person's first name")
	f.StringVar(&a.Surname, "surname", "", "`NAME` the person's surname")
	f.StringVar(&a.Email, "email", "", "`EMAIL` the address that the person signs in with")
	f.StringVar(&a.Team, "team", "", "`NAME` the team (else the full name)")
	f.StringVar(&a.Organization, "organization", "", "`NAME` the organization (else the full name)")
	f.StringVar(&plan, "plan", string(backend.PlanTeam), "`PLAN` developer, team or business")
	usage.Require(c, "name", "surname", "email")
	o.bindSource(c)
	completeWords(c, "plan", string(backend.PlanDeveloper), string(backend.PlanTeam), string(backend.PlanBusiness))
	c.RunE = func(c *cobra.Command, _ []string) error {
		a.Plan = backend.Plan(plan)
		if err := usage.MissingFlags(c); err != nil {
			return err
		}
		for name, value := range map[string]string{"team": a.Team, "organization": a.Organization, "plan": plan} {
			if c.Flags().Changed(name) && strings.TrimSpace(value) == "" {
				return usage.EmptyFlag(name)
			}
		}
		err := local.CheckNewAccount(a) // before a database is made for it
		if err == nil {
			err = p.Run(func(ctx context.Context) error { return o.create(ctx, a, p.Out) })
		}
		return usage.ByFlags(c, err)
	}
	return c
}

// create creates an account where the flags say, and prints its id.
func (o *sourceFlags) create(ctx context.Context, a backend.NewAccount, out io.Writer) (err error) {
	opened, err := o.open(ctx, command.Purpose{IsChange: true, IsAll: true, MayMake: true})
	if err != nil {
		return err
	}
	defer func() {
		_, closing := opened.Close(false)
		err = firstError(err, closing)
	}()
	if opened.WhyReadOnly != "" {
		return &backend.Error{Code: backend.CodeReadOnly, Message: opened.WhyReadOnly}
	}
	added, err := opened.Accounts.Create(ctx, a)
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintln(out, added.ID); err != nil {
		return exit.Failed("The account was created. %v", outputError(err))
	}
	return nil
}

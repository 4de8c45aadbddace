package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

func profileShow() spec {
	return spec{use: "show", short: "print name, username, team, organization and limits", shows: backend.Profile{},
		example: "pinghome profile show\npinghome profile show --account ada@byron.example --json customer",
		run: func(ctx context.Context, v *visit) error {
			p, err := v.View.Profile(ctx)
			if err != nil {
				return err
			}
			return v.show(p, v.profileText(p))
		}}
}

func (v *visit) profileText(p backend.Profile) string {
	pending := ""
	if p.Pending != nil {
		pending = v.cell(backend.TypeEmail, p.Pending.Email)
	}
	list := [][2]string{{"id", p.Customer.ID}, {"name", p.Customer.Name}, {"surname", p.Customer.Surname}, {"email", v.cell(backend.TypeEmail, p.Customer.Email)},
		{"pending_email", pending}, {"role", string(p.Customer.Role)}, {"team", p.Team.Name}, {"organization", p.Organization.Name},
		{"plan", string(p.Organization.Plan)}, {"created_at", v.at(p.Customer.CreatedAt)}}
	for _, l := range p.Limits {
		list = append(list, [2]string{l.Key, fmt.Sprintf("%d of %d", l.Used, l.Value)})
	}
	return v.facts(list)
}

func profileEdit() spec {
	var name, surname string
	return spec{use: "edit", short: "change name, surname or both", isChange: true, shows: backend.Profile{},
		example: "pinghome profile edit --name Augusta\npinghome profile edit --surname Lovelace --account ada@byron.example",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&name, "name", "", "`NAME` the new first name (else it stays)")
			f.StringVar(&surname, "surname", "", "`NAME` the new surname (else it stays)")
		},
		check: func(c *cobra.Command) error {
			if !c.Flags().Changed("name") && !c.Flags().Changed("surname") {
				return exit.Usage("--name or --surname is missing; there is nothing to change.")
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) error {
			var change backend.NameChange
			if v.command.Flags().Changed("name") {
				change.Name = &name
			}
			if v.command.Flags().Changed("surname") {
				change.Surname = &surname
			}
			p, err := v.View.UpdateName(ctx, change)
			if err != nil {
				return err
			}
			return v.done(p, "The name is %s.", p.Customer.FullName())
		}}
}

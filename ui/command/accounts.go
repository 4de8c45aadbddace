package command

import (
	"context"
	"fmt"
	"math"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/state"
)

// AccountList lists all accounts of a database, or those that an operator's token of a server may open.
func (p *Program) AccountList() *cobra.Command {
	var q backend.AccountQuery
	sort := string(backend.SortName)
	return spec{use: "list", short: "list all accounts, and whether each is reached", isAboutAll: true, shows: backend.AccountRow{}, mayShowAll: true, args: fieldsOrNone,
		example: "pinghome account list --problems\npinghome account list --match byron --json id,email\n" +
			"pinghome account list --sort reach --json email,reach --template '{{range .}}{{tablerow .email .reach.state}}{{end}}'",
		flags: func(f *pflag.FlagSet) {
			f.BoolVar(&q.OnlyProblems, "problems", false, "only those of which a channel fails, is not proved or is missing")
			f.StringVar(&q.Match, "match", "", "`TEXT` only those whose name, email or organization has every word of it")
			f.StringVar(&sort, "sort", sort, "`ORDER` name, email or reach, which has the worst first")
			f.IntVarP(&q.Limit, "limit", "L", 0, "`NUMBER` list so many at most (else all)")
		},
		check: func(c *cobra.Command) error {
			q.Sort = backend.AccountSort(sort)
			switch f := c.Flags(); {
			case f.Changed("match") && strings.TrimSpace(q.Match) == "":
				return usage.EmptyFlag("match")
			case f.Changed("limit"):
				if err := checkLimit(q.Limit); err != nil {
					return err
				}
			}
			if err := q.Validate(); err != nil {
				return exit.Usage("--sort: There is no order %q; use name, email or reach.", sort)
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) error {
			list, err := v.accountRows(ctx, q)
			if err != nil {
				return err
			}
			return showList(v, list, accountTitles, v.accountRow)
		}}.command(p)
}

var accountTitles = columns{names: []string{"EMAIL", "NAME", "REACH", "PLAN", "ORGANIZATION", "ID"}, spare: []string{"ID", "ORGANIZATION", "PLAN"}, whole: []string{"ID"}}

func (v *visit) accountRow(a backend.AccountRow) []string {
	reach := ""
	if a.Reach != nil {
		reach = state.OfAccount(a.Reach.State).Word()
	}
	return []string{v.cell(backend.TypeEmail, a.Email), a.FullName(), reach, string(a.Plan), a.Organization, a.ID}
}

// accountRows reads the accounts page by page, at most q.Limit; 0 for all.
func (v *visit) accountRows(ctx context.Context, q backend.AccountQuery) ([]backend.AccountRow, error) {
	all, limit := []backend.AccountRow{}, q.Limit
	if limit == 0 {
		limit = math.MaxInt
	}
	for len(all) < limit {
		q.Limit = min(limit-len(all), mostRows)
		page, err := v.Accounts.Page(ctx, q)
		if err != nil {
			return nil, err
		}
		all = append(all, page.Accounts...)
		if q.After = page.Next; page.Next == "" {
			if page.IsMore && len(all) < limit {
				_, err = fmt.Fprintln(v.Err, safe.Text(fmt.Sprintf("pinghome: More accounts than these %d are not listed: this server has no pages of them. --match finds others.", len(all))))
			}
			return all, outputError(err)
		}
	}
	return all, nil
}

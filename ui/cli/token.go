package cli

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/shell"
)

// tokenCommand creates, lists and revokes the tokens of a server.
func tokenCommand() *cobra.Command {
	return usage.Group("token", "create, list and revoke the tokens of a server", tokenCreate(), tokenList(), tokenRevoke())
}

func tokenCreate() *cobra.Command {
	var s databaseCommand
	t := backend.NewToken{}
	scope := string(backend.ScopeSelf)
	c := s.command("create", "create a token, and print it this once", func(ctx context.Context, c *cobra.Command, _ []string) error {
		if err := usage.MissingFlags(c); err != nil {
			return err
		}
		if t.Expires < 0 || c.Flags().Changed("expires") && t.Expires == 0 {
			return exit.Usage("--expires is a time from now, such as 720h; leave it out for a token that does not expire.")
		}
		t.Scope = backend.Scope(scope)
		return s.withAccounts(ctx, false, func(accounts *local.Accounts) error {
			_, secret, err := accounts.CreateToken(ctx, t)
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), secret)
			return outputError(err)
		})
	})
	f := c.Flags()
	c.Example = "pinghome token create --account ada@byron.example --expires 720h --name backups"
	f.StringVar(&t.Account, "account", "", "`ID|EMAIL` the account whose token it is")
	f.StringVar(&scope, "scope", scope, "`SCOPE` self, or operator for all accounts")
	f.DurationVar(&t.Expires, "expires", 0, "`TIME` how long it is valid, such as 720h (else for ever)")
	f.StringVar(&t.Name, "name", "", "`NAME` to know it by in the list")
	usage.Require(c, "account")
	completeWords(c, "scope", string(backend.ScopeSelf), string(backend.ScopeOperator))
	return c
}

// tokenLine is a token as JSON, without its secret, of which only a hash is kept.
type tokenLine struct {
	ID        string        `json:"id"`
	Account   string        `json:"account"`
	Email     string        `json:"email"`
	Scope     backend.Scope `json:"scope"`
	Name      string        `json:"name"`
	CreatedAt time.Time     `json:"created_at"`
	ExpiresAt *time.Time    `json:"expires_at"` // null: never
	IsExpired bool          `json:"expired"`
}

func tokenList() *cobra.Command {
	var s databaseCommand
	c := s.command("list", "list all tokens, without their text", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withAccounts(ctx, false, func(accounts *local.Accounts) error {
			all, err := accounts.ListTokens(ctx)
			if err != nil {
				return err
			}
			now := time.Now()
			if s.isJSON {
				lines := make([]tokenLine, len(all))
				for i, t := range all {
					lines[i] = tokenLine{t.ID, t.Customer, t.Email, t.Scope, t.Name, t.CreatedAt, nil, !t.Valid(now)}
					if !t.ExpiresAt.IsZero() {
						lines[i].ExpiresAt = &all[i].ExpiresAt
					}
				}
				return writeJSON(c.OutOrStdout(), lines)
			}
			rows := [][]string{{"ID", "ACCOUNT", "SCOPE", "NAME", "CREATED (" + shell.Zone(now) + ")", "EXPIRES"}}
			for _, t := range all {
				rows = append(rows, []string{t.ID, backend.ReadableEmail(t.Email), string(t.Scope), t.Name, stamp(t.CreatedAt), expiry(t, now)})
			}
			return writeTable(c.OutOrStdout(), rows)
		})
	})
	c.Example = "pinghome token list"
	c.Flags().BoolVar(&s.isJSON, "json", false, jsonWords)
	return c
}

func tokenRevoke() *cobra.Command {
	var s databaseCommand
	c := s.command("revoke ID", "make a token invalid within a second", func(ctx context.Context, _ *cobra.Command, args []string) error {
		id, ok := tokenID(args[0])
		if !ok {
			return exit.NotFound("That is no id of a token, which has 16 letters and digits; \"pinghome token list\" shows the ids.")
		}
		return s.withAccounts(ctx, false, func(accounts *local.Accounts) error { return accounts.RevokeToken(ctx, id) })
	})
	c.Example = "pinghome token revoke abcdefghijklmnop"
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return exit.Usage("Name the token by its id: pinghome token revoke ID; \"pinghome token list\" shows the ids.")
		}
		return nil
	}
	return c
}

// idOfToken matches the id of a token, alone or in the whole text of a token.
var idOfToken = regexp.MustCompile(`^(?:ph_)?([a-z2-7]{16})(?:_.*)?$`)

// tokenID returns the id in what was given to "token revoke".
func tokenID(text string) (id string, ok bool) {
	found := idOfToken.FindStringSubmatch(strings.TrimSpace(text))
	if found == nil {
		return "", false
	}
	return found[1], true
}

func stamp(t time.Time) string { return t.Local().Format(time.DateTime) }

func expiry(t backend.Token, now time.Time) string {
	switch {
	case t.ExpiresAt.IsZero():
		return "never"
	case !t.Valid(now):
		return stamp(t.ExpiresAt) + " (expired)"
	}
	return stamp(t.ExpiresAt)
}

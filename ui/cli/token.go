package cli

import (
	"context"
	"fmt"
	"os/signal"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// tokenCommand creates, lists and revokes the tokens of a server.
func tokenCommand() *cobra.Command {
	return usage.Group("token", "create, list and revoke the tokens of a server", tokenCreate(), tokenList(), tokenRevoke())
}

func tokenCreate() *cobra.Command {
	var s databaseCommand
	t := backend.NewToken{}
	scope, expires := string(backend.ScopeSelf), ""
	c := s.command("create", "create a token, and print it this once", func(ctx context.Context, c *cobra.Command, _ []string) error {
		if err := usage.MissingFlags(c); err != nil {
			return err
		}
		if c.Flags().Changed("expires") {
			var err error
			if t.Expires, err = validity(expires); err != nil {
				return err
			}
		}
		t.Scope = backend.Scope(scope)
		return s.withAccounts(ctx, func(accounts *local.Accounts) error {
			signal.Ignore(syscall.SIGPIPE) // or a pipe that is closed would end this before the token is revoked
			token, secret, err := accounts.CreateToken(ctx, t)
			if err != nil {
				return err
			}
			if _, err = fmt.Fprintln(c.OutOrStdout(), secret); err == nil {
				return nil
			}
			err = outputError(err)
			if revoking := accounts.RevokeToken(ctx, token.ID); revoking != nil {
				return exit.Failed("%v The token %s was created all the same; revoke it.", err, token.ID)
			}
			return exit.Failed("%v No token was created.", err)
		})
	})
	f := c.Flags()
	c.Example = "pinghome token create --account ada@byron.example --expires 30d --name backups"
	f.StringVar(&t.Account, "account", "", "`ID|EMAIL` the account whose token it is")
	f.StringVar(&scope, "scope", scope, "`SCOPE` self, or operator for all accounts")
	f.StringVar(&expires, "expires", "", "`TIME` how long it is valid, such as 30d or 12h (else for ever)")
	f.StringVar(&t.Name, "name", "", "`NAME` to know it by in the list")
	usage.Require(c, "account")
	completeWords(c, "scope", string(backend.ScopeSelf), string(backend.ScopeOperator))
	return c
}

// validity reads how long a token is valid: a duration of Go, or whole days.
func validity(text string) (time.Duration, error) {
	duration, err := time.ParseDuration(text)
	if days, isDays := strings.CutSuffix(text, "d"); isDays {
		var n int
		n, err = strconv.Atoi(days)
		duration = time.Duration(n) * 24 * time.Hour
		if duration.Hours() != float64(n)*24 { // it is longer than a duration can be
			err = strconv.ErrRange
		}
	}
	if err != nil || duration <= 0 {
		return 0, exit.Usage("--expires is a time from now, such as 30d or 12h; leave it out for a token that does not expire.")
	}
	return duration, nil
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
	s := databaseCommand{isReading: true}
	var list *command.Printer[tokenLine]
	c := s.command("list", "list all tokens, without their text", func(ctx context.Context, c *cobra.Command, args []string) error {
		if err := list.Check(args); err != nil {
			return err
		}
		return s.withAccounts(ctx, func(accounts *local.Accounts) error {
			all, err := accounts.ListTokens(ctx)
			if err != nil {
				return err
			}
			now := time.Now()
			lines := make([]tokenLine, len(all))
			for i, t := range all {
				lines[i] = tokenLine{t.ID, t.Customer, t.Email, t.Scope, t.Name, t.CreatedAt, nil, !t.Valid(now)}
				if !t.ExpiresAt.IsZero() {
					lines[i].ExpiresAt = &all[i].ExpiresAt
				}
			}
			return list.Print(c.OutOrStdout(), lines, func(t tokenLine) []string {
				return []string{t.ID, backend.ReadableEmail(t.Email), string(t.Scope), t.expiry(list.At), t.Name, list.At(t.CreatedAt)}
			}, 2, "ID", "ACCOUNT", "SCOPE", "EXPIRES ("+shell.Zone(now)+")", "NAME", "CREATED")
		})
	})
	c.Example = "pinghome token list\npinghome token list --json id,email,expired | jq -r '.[] | select(.expired) | .id'"
	list = command.NewPrinter[tokenLine](c)
	return c
}

// expiry is when a token ends, in a cell.
func (t tokenLine) expiry(at func(time.Time) string) string {
	switch {
	case t.ExpiresAt == nil:
		return "never"
	case t.IsExpired:
		return at(*t.ExpiresAt) + " (expired)"
	}
	return at(*t.ExpiresAt)
}

func tokenRevoke() *cobra.Command {
	var s databaseCommand
	c := s.command("revoke ID", "make a token invalid within a second", func(ctx context.Context, _ *cobra.Command, args []string) error {
		id, ok := tokenID(args[0])
		if !ok {
			return exit.NotFound("That is no id of a token, which has 16 letters and digits; \"pinghome token list\" shows the ids.")
		}
		return s.withAccounts(ctx, func(accounts *local.Accounts) error { return accounts.RevokeToken(ctx, id) })
	})
	c.Example = "pinghome token revoke abcdefghijklmnop"
	c.ValidArgsFunction = func(_ *cobra.Command, args []string, _ string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return s.tokenIDs(), cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
	}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) != 1 {
			return exit.Usage("Name the token by its id: pinghome token revoke ID; \"pinghome token list\" shows the ids.")
		}
		return nil
	}
	return c
}

// tokenIDs are the tokens by their ids, with whose each is; none where they cannot be read in time.
func (c *databaseCommand) tokenIDs() (list []cobra.Completion) {
	ctx, cancel := context.WithTimeout(context.Background(), command.CompletionLimit)
	defer cancel()
	err := c.withDatabase(ctx, false, func(_ *database, accounts *local.Accounts) error {
		all, err := accounts.ListTokens(ctx)
		for _, t := range all {
			list = append(list, cobra.CompletionWithDesc(t.ID, safe.Text(strings.TrimSpace(fmt.Sprintf("%s %s %s", backend.ReadableEmail(t.Email), t.Scope, t.Name)))))
		}
		return err
	})
	if err != nil {
		return nil
	}
	return list
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

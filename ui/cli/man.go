package cli

import (
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
)

// manCommand writes a manual page for each command into a folder: for who makes packages.
func manCommand() *cobra.Command {
	return &cobra.Command{Use: "man FOLDER", Short: "write manual pages into a folder", Hidden: true,
		Example: "pinghome man pages",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return exit.Usage("Name the folder of the manual pages.")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			root.Short, root.Long = "account settings at a terminal, and their server", manual()
			nameOnly(root)
			root.DisableAutoGenTag = true // a date in each page would make every build another one
			header := &doc.GenManHeader{Section: "1", Source: "pinghome " + release(), Manual: "Account settings"}
			if os.Getenv("SOURCE_DATE_EPOCH") == "" { // which cobra reads
				header.Date = &time.Time{}
			}
			if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
				return exit.Usage("There is no folder %s.", args[0])
			}
			if err := doc.GenManTree(root, header, args[0]); err != nil {
				return exit.Failed("The manual pages cannot be written: %w.", err)
			}
			return nil
		}}
}

// nameOnly takes the names of values, which the help shows beside the flags, out of what flags mean.
func nameOnly(c *cobra.Command) {
	c.Flags().VisitAll(func(f *pflag.Flag) { f.Usage = usage.Meaning(f) })
	for _, sub := range c.Commands() {
		nameOnly(sub)
	}
}

// manual is what the page of the program says beside its flags: the keys and the exit codes.
func manual() string {
	var b strings.Builder
	b.WriteString("The console shows and changes the settings of an account: profile, channels, feedback. It is driven by these keys, " +
		"which keys.toml can change; \"pinghome keys\" prints the table as it is then.\n\n# KEYS\n")
	where := keymap.Scope("")
	for _, a := range keymap.New().All() {
		if a.Where != where {
			where = a.Where
			fmt.Fprintf(&b, "\n## %s\n", where)
		}
		fmt.Fprintf(&b, "`%s` %s  \n", a.AllKeys(), a.Title)
	}
	b.WriteString("\n")
	b.WriteString("# EXIT CODES\n")
	for _, m := range exit.Meanings {
		fmt.Fprintf(&b, "**%d** %s  \n", m.Code, m.Words)
	}
	b.WriteString("**129, 130, 131, 143** ended by a signal  \n")
	return b.String()
}

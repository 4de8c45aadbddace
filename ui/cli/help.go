package cli

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/draw"
)

// helpWidth is how wide the help is, in cells.
const helpWidth = 80

// helpCommand is "pinghome help COMMAND", the same as "pinghome COMMAND --help".
func helpCommand(root *cobra.Command) *cobra.Command {
	return &cobra.Command{Use: "help", Short: "print what a command is for", Hidden: true, RunE: func(_ *cobra.Command, args []string) error {
		c, rest, err := root.Find(args)
		if err != nil {
			return err
		}
		if len(rest) > 0 {
			return c.Args(c, rest)
		}
		return c.Help()
	}}
}

// helpOrError returns what prints the help of a command: what it does, its commands or flags
// with their defaults, and an example. Of a command that there is not, it sets the error.
func helpOrError(wrong *error) func(*cobra.Command, []string) {
	return func(c *cobra.Command, _ []string) {
		if c.HasSubCommands() {
			*wrong = c.ValidateArgs(c.Flags().Args())
		}
		if *wrong == nil {
			_, err := io.WriteString(c.OutOrStdout(), helpOf(c))
			*wrong = outputError(err)
		}
	}
}

func helpOf(c *cobra.Command) string {
	if !c.HasParent() {
		return rootHelp(c)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n", c.CommandPath(), c.Short)
	if c.HasSubCommands() {
		writeColumns(&b, commandRows(c))
		writeExample(&b, c)
		fmt.Fprintf(&b, "\n\"%s COMMAND --help\" has the flags of a command.\n", c.CommandPath())
		return b.String()
	}
	_, arguments, _ := strings.Cut(c.Use, " ")
	fmt.Fprintf(&b, "  %s [flags]\n\n", strings.TrimSpace(c.CommandPath()+" "+arguments))
	writeColumns(&b, flagRows(c))
	writeExample(&b, c)
	return b.String()
}

func writeExample(b *strings.Builder, c *cobra.Command) {
	if c.Example != "" {
		fmt.Fprintf(b, "\nFor example:\n  %s\n", strings.ReplaceAll(c.Example, "\n", "\n  "))
	}
}

func rootHelp(c *cobra.Command) string {
	var b strings.Builder
	b.WriteString("pinghome shows and changes the settings of an account: profile, channels, feedback.\n\n")
	writeColumns(&b, append([][2]string{{"pinghome [flags]", "open the console"}}, commandRows(c)...))
	b.WriteString("\n\"pinghome COMMAND --help\" has the flags of a command, and an example.\n\nFlags of the console:\n")
	writeColumns(&b, append(flagRows(c), [2]string{"--version, --help", "print the version, print this"}))
	b.WriteString(`
For example:
  pinghome --demo
  pinghome --server https://accounts.example.org --token-file token

`)
	for _, line := range wrapped("Exit codes: "+exitCodes()+", 129, 130, 131, 143 ended by a signal.", helpWidth) {
		b.WriteString(line + "\n")
	}
	return b.String()
}

// exitCodes are the codes of commands with their meanings, in a row.
func exitCodes() string {
	var list []string
	for _, m := range exit.Meanings {
		list = append(list, fmt.Sprintf("%d %s", m.Code, m.Words))
	}
	return strings.Join(list, ", ")
}

// commandRows are the commands of a command, with what each is for.
func commandRows(c *cobra.Command) (rows [][2]string) {
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			rows = append(rows, [2]string{c.CommandPath() + " " + sub.Use, sub.Short})
		}
	}
	return rows
}

// flagRows are the flags of a command with their values, and what they mean.
func flagRows(c *cobra.Command) (rows [][2]string) {
	c.LocalFlags().VisitAll(func(f *pflag.Flag) {
		if f.Name == "help" || f.Name == "version" {
			return
		}
		value, _ := pflag.UnquoteUsage(f)
		means := usage.Meaning(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		switch {
		case value != "" && f.NoOptDefVal != "":
			name += "[=" + value + "]"
		case value != "":
			name += " " + value
		}
		if !slices.Contains([]string{"", "false", "0", "0s", "[]"}, f.DefValue) {
			means += " (default " + f.DefValue + ")"
		}
		if usage.IsRequired(f) {
			means += " (required)"
		}
		rows = append(rows, [2]string{name, means})
	})
	return rows
}

// wrapped is a text in lines that are not broken at hyphens: --end-old is one word.
func wrapped(text string, width int) []string {
	const noBreak = "\u2011"
	lines := draw.Wrap(strings.ReplaceAll(text, "-", noBreak), width)
	for i, line := range lines {
		lines[i] = strings.ReplaceAll(line, noBreak, "-")
	}
	return lines
}

// writeColumns writes rows of two columns, of which the second is wrapped.
func writeColumns(b *strings.Builder, rows [][2]string) {
	first := 0
	for _, row := range rows {
		first = max(first, draw.Width(row[0]))
	}
	for _, row := range rows {
		name := row[0]
		for _, line := range wrapped(row[1], helpWidth-first-4) {
			b.WriteString(strings.TrimRight("  "+draw.Pad(name, first)+"  "+line, " ") + "\n")
			name = ""
		}
	}
}

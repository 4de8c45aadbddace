// Package usage has what all commands share in how they are used: arguments and flags that are
// refused, those that are missing, and groups of commands.
//
// Files: arguments.go, flags.go, and closest.go for what was probably meant.
package usage

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// NoArguments refuses arguments: of the root, which are mistyped commands, and
// of commands that take none.
func NoArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if c.HasParent() {
		return exit.Usage("%q is not expected: %q takes no arguments; see \"%s --help\".", args[0], c.CommandPath(), c.CommandPath())
	}
	var known []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			known = append(known, sub.Name())
		}
	}
	if meant := Closest(args[0], known); meant != "" {
		return exit.Usage("There is no command %q. Did you mean \"pinghome %s\"?", args[0], meant)
	}
	if meant := Closest(args[0], FlagNames(c)); meant != "" {
		return exit.Usage("There is no command %q. Did you mean --%s?", args[0], meant)
	}
	return exit.Usage("There is no command %q; \"pinghome --help\" lists them.", args[0])
}

// Group is a command that only has subcommands. short says what it is for.
func Group(name, short string, subcommands ...*cobra.Command) *cobra.Command {
	var names []string
	for _, sub := range subcommands {
		names = append(names, sub.Name())
	}
	c := &cobra.Command{Use: name, Short: short}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if meant := Closest(args[0], names); meant != "" {
			return exit.Usage("There is no command %q. Did you mean \"pinghome %s %s\"?", name+" "+args[0], name, meant)
		}
		return exit.Usage("There is no command %q; there is pinghome %s %s.", name+" "+args[0], name, strings.Join(names, ", or "))
	}
	c.RunE = func(*cobra.Command, []string) error {
		return exit.Usage("Say what to do: pinghome %s %s.", name, strings.Join(names, ", or "))
	}
	c.AddCommand(subcommands...)
	c.Example = firstExamples(subcommands)
	return c
}

// firstExamples are the first examples of some commands, a few.
func firstExamples(commands []*cobra.Command) string {
	const most = 5
	var list []string
	for _, c := range commands {
		if first, _, _ := strings.Cut(c.Example, "\n"); first != "" && len(list) < most {
			list = append(list, first)
		}
	}
	return strings.Join(list, "\n")
}

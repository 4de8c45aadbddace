// Package cli is the command line: it reads flags and configuration, opens the
// database or the server that they name, and runs the console or a command on
// it. What it opens it closes, however the console ends.
//
// Files: cli.go has the commands and the help, console.go the way from flags to
// a console, program.go and signals.go one run of it in the terminal.
// configuration.go reads the configuration with its faults, configvariables.go adds the variables
// to it, and configedit.go writes settings into it.
// source.go chooses where the accounts are: database.go (and demo.go, for a
// temporary one) or remote.go. databasecommand.go is what the commands without
// a console share; each of them has a file of its own. help.go prints the help of each.
package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
	_ "github.com/account-settings/pinghome/ui/quiet" // before Bubble Tea's init
)

// Streams are the command's standard input and outputs.
type Streams struct {
	In, Out *os.File
	Err     io.Writer
}

// Main runs the command, prints what went wrong, and returns the exit code.
func Main(args []string, s Streams) int { return printError(Run(args, s), s.Err) }

// printError prints the sentences of an error, and returns its exit code.
func printError(err error, w io.Writer) int {
	if err == nil {
		return 0
	}
	var known *exit.Error
	if !errors.As(err, &known) {
		known = &exit.Error{Code: exit.CodeFailed, Err: err}
	}
	for _, sentence := range known.Lines() {
		_, _ = fmt.Fprintln(w, "pinghome: "+sentence) // nothing is left to report a failure to
	}
	return known.Code
}

// Run runs the command. An error is an *exit.Error.
func Run(args []string, s Streams) error {
	root := newRoot(&options{}, s)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetArgs(args)
	var wrong error
	root.SetHelpFunc(helpOrError(&wrong))
	err := root.Execute()
	return exit.From(withFileLimit(cmp.Or(wrong, err)))
}

// newRoot returns the command without a name, which opens the console, with all others.
func newRoot(o *options, s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:               "pinghome",
		Args:              noArguments,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE: func(c *cobra.Command, _ []string) error {
			if o.isVersion {
				return printVersion(c)
			}
			return console(o, s)
		},
	}
	o.bind(root)
	root.AddCommand(serveCommand(), accountCommand(), tokenCommand(), messagesCommand(), backupCommand(), restoreCommand(), migrateCommand(), keyCommand(), doctorCommand(), keysCommand(), configCommand(), pathsCommand(), versionCommand())
	root.SetHelpCommand(helpCommand(root))
	root.SetFlagErrorFunc(flagError)
	return root
}

// noArguments refuses arguments: of the root, which are mistyped commands, and
// of commands that take none.
func noArguments(c *cobra.Command, args []string) error {
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
	if meant := closest(args[0], known); meant != "" {
		return exit.Usage("There is no command %q. Did you mean \"pinghome %s\"?", args[0], meant)
	}
	if meant := closest(args[0], flagNames(c)); meant != "" {
		return exit.Usage("There is no command %q. Did you mean --%s?", args[0], meant)
	}
	return exit.Usage("There is no command %q; \"pinghome --help\" lists them.", args[0])
}

// group is a command that only has subcommands. short says what it is for.
func group(name, short string, subcommands ...*cobra.Command) *cobra.Command {
	var names []string
	for _, sub := range subcommands {
		names = append(names, sub.Name())
	}
	c := &cobra.Command{Use: name, Short: short}
	c.Args = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		if meant := closest(args[0], names); meant != "" {
			return exit.Usage("There is no command %q. Did you mean \"pinghome %s %s\"?", name+" "+args[0], name, meant)
		}
		return exit.Usage("There is no command %q; there is pinghome %s %s.", name+" "+args[0], name, strings.Join(names, ", or "))
	}
	c.RunE = func(*cobra.Command, []string) error {
		return exit.Usage("Say what to do: pinghome %s %s.", name, strings.Join(names, ", or "))
	}
	c.AddCommand(subcommands...)
	return c
}

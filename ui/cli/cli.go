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

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
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
	if known.Document != "" {
		_, _ = fmt.Fprintln(w, known.Document)
		return known.Code
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
	if len(args) > 0 && args[0] == cobra.ShellCompRequestCmd {
		usage.Plain(root)
	}
	var wrong error
	root.SetHelpFunc(helpOrError(&wrong))
	c, err := root.ExecuteC()
	return asDocument(c, args, exit.From(withFileLimit(cmp.Or(wrong, err))))
}

// newRoot returns the command without a name, which opens the console, with all others.
func newRoot(o *options, s Streams) *cobra.Command {
	root := &cobra.Command{
		Use:               "pinghome",
		Args:              usage.NoArguments,
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
	account := accountCommands(s)
	root.AddCommand(account.Commands()...)
	root.AddCommand(serveCommand(), accountCommand(account), tokenCommand(), backupCommand(), restoreCommand(), migrateCommand(), keyCommand(), doctorCommand(), keysCommand(), configCommand(), pathsCommand(), completionCommand(), versionCommand(), manCommand())
	usage.RefuseTwice(root)
	root.SetHelpCommand(helpCommand(root))
	root.SetFlagErrorFunc(flagError)
	return root
}

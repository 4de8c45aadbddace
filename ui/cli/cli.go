// Package cli is the command line: it reads flags and configuration, opens the
// database or the server that they name, and runs the console or a command on
// it. What it opens it closes, however the console ends.
//
// Files: cli.go has the commands and the help, console.go the way from flags to
// a console, program.go and signals.go one run of it in the terminal.
// source.go chooses where the accounts are: database.go (and demo.go, for a
// temporary one) or remote.go. databasecommand.go is what the commands without
// a console share; each of them has a file of its own.
package cli

import (
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

// printError prints an error as one sentence and returns its exit code.
func printError(err error, w io.Writer) int {
	if err == nil {
		return 0
	}
	var known *exit.Error
	if !errors.As(err, &known) {
		known = &exit.Error{Code: exit.CodeFailed, Err: err}
	}
	if sentence := known.Error(); sentence != "" {
		_, _ = fmt.Fprintln(w, "pinghome: "+sentence) // nothing is left to report a failure to
	}
	return known.Code
}

// Run runs the command. An error is an *exit.Error.
func Run(args []string, s Streams) error {
	var o options
	root := &cobra.Command{
		Use:               "pinghome",
		Args:              noArguments,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE:              func(*cobra.Command, []string) error { return console(&o, s) },
	}
	o.bind(root)
	root.AddCommand(serveCommand(), accountCommand(), tokenCommand(), messagesCommand(), backupCommand(), restoreCommand(), keyCommand(), doctorCommand(), pathsCommand(), versionCommand())
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpTemplate(help)
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(*cobra.Command, []string) error { return root.Help() }})
	root.SetFlagErrorFunc(flagError)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetArgs(args)
	return exit.From(withFileLimit(root.Execute()))
}

const help = `pinghome shows and changes the settings of an account: profile, channels, feedback.

  pinghome [flags]      open the console
  pinghome serve        answer the same API over HTTP: [--listen 127.0.0.1:8642]
                        [--tls-cert FILE --tls-key FILE] [--insecure-http]
                        [--rate N: requests a second and token; 0: no limit,
                        but for changes_per_day of the configuration]
                        [--config FILE] [--create: an empty database where
                        there is none] [--log-level debug|info|warn|error]
  pinghome account      create --name N --surname S --email E [--team T]
                        [--organization O] [--plan P], or list [--json]
  pinghome token        create --account ID|EMAIL [--scope self|operator]
                        [--expires 720h] [--name N], list [--json], or revoke ID
  pinghome messages     list [--account ID|EMAIL] [--json]: what was sent,
                        waits, failed, or is held on this machine
  pinghome backup FILE  copy the database while it is used; with its key beside
                        it: --with-key
  pinghome restore FILE put a backup in the place of the database, which is kept
  pinghome key          rotate, fingerprint, or new (where the key is lost)
  pinghome doctor       look at file, key, disk, clock and senders: [--config FILE]
  pinghome paths        print where everything is kept
  pinghome version      print the version

--db and $PINGHOME_DB choose the database for all of them.

Flags of the console:
  --demo                try it with made-up accounts, thrown away afterwards;
                        nothing is sent
  --db FILE             the database (else $PINGHOME_DB, else see "pinghome paths")
  --account ID|EMAIL    the account to open (else the oldest)
  --server URL          a server in place of a database; with [--layout auto|
                        v1a|v1b|v2|v3] [--token-file FILE], or the two addresses
                        --query-url URL --command-url URL
  --context NAME        a server from the configuration
  --config FILE         the configuration: servers, and how messages are sent
  --read-only           change nothing
  --theme NAME          auto, dark, light, high-contrast or mono
  --ascii               draw with ASCII characters only
  --debug[=FILE]        write a log without values (else to the state folder)
  --version, --help     print the version, print this

Exit codes: 0 done, 1 failed, 2 wrong use or no terminal, 5 not found,
129, 130, 131, 143 ended by a signal.
`

// noArguments refuses arguments: of the root, which are mistyped commands, and
// of commands that take none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if c.HasParent() {
		return exit.Usage("%q is not expected: %q takes no arguments, see \"pinghome --help\".", args[0], c.CommandPath())
	}
	var known []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			known = append(known, sub.Name())
		}
	}
	if meant := closest(args[0], known); meant != "" {
		return exit.Usage("There is no command %q; did you mean \"pinghome %s\"?", args[0], meant)
	}
	return exit.Usage("There is no command %q; \"pinghome --help\" lists them.", args[0])
}

// group is a command that only has subcommands.
func group(name string, subcommands ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: name, RunE: func(c *cobra.Command, args []string) error {
		var names []string
		for _, sub := range c.Commands() {
			names = append(names, sub.Name())
		}
		if len(args) > 0 {
			if meant := closest(args[0], names); meant != "" {
				return exit.Usage("There is no command %q; did you mean \"pinghome %s %s\"?", name+" "+args[0], name, meant)
			}
		}
		return exit.Usage("Say what to do: pinghome %s %s.", name, strings.Join(names, ", or "))
	}}
	c.AddCommand(subcommands...)
	return c
}

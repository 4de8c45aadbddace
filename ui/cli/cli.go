// Package cli is the command line: it decides what is meant, opens it and puts
// the console in front of it. What it opens it closes, whichever way the
// console ends.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	_ "github.com/account-settings/pinghome/ui/quiet" // before Bubble Tea's init
)

// Streams are the command's standard input and outputs.
type Streams struct {
	In, Out *os.File
	Err     io.Writer
}

// Main runs the command, tells what went wrong, and returns the exit code.
func Main(args []string, s Streams) int { return tell(Run(args, s), s.Err) }

func tell(err error, w io.Writer) int {
	if err == nil {
		return 0
	}
	var exit *ExitError
	if !errors.As(err, &exit) {
		exit = &ExitError{Code: ExitFailed, Err: err}
	}
	if sentence := exit.Error(); sentence != "" {
		fmt.Fprintln(w, "pinghome: "+sentence)
	}
	return exit.Code
}

// Run runs the command. An error is an *ExitError.
func Run(args []string, s Streams) error {
	var o options
	root := &cobra.Command{
		Use:               "pinghome",
		Args:              noWords,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
		RunE:              func(*cobra.Command, []string) error { return console(&o, s) },
	}
	o.bind(root)
	root.AddCommand(serveCommand(), accountCommand(), tokenCommand(), messagesCommand(), pathsCommand(), versionCommand())
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetHelpTemplate(help)
	root.SetHelpCommand(&cobra.Command{Use: "help", Hidden: true, RunE: func(*cobra.Command, []string) error { return root.Help() }})
	root.SetFlagErrorFunc(flagError)
	root.SetOut(s.Out)
	root.SetErr(s.Err)
	root.SetArgs(args)
	return exitOf(root.Execute())
}

const help = `pinghome shows and changes the settings of an account: profile, channels, feedback.

  pinghome [flags]      open the console
  pinghome serve        answer the same API over HTTP: [--listen 127.0.0.1:8642]
                        [--tls-cert FILE --tls-key FILE] [--insecure-http]
                        [--rate N: requests a second and token; 0: no limit]
                        [--config FILE]
  pinghome account      create --name N --surname S --email E [--team T]
                        [--organization O] [--plan P], or list [--json]
  pinghome token        create --account ID|EMAIL [--scope self|operator]
                        [--expires 720h] [--name N], list [--json], or revoke ID
  pinghome messages     list [--account ID|EMAIL] [--json]: what was sent,
                        waits, failed, or is held in the inbox here
  pinghome paths        print where everything is kept
  pinghome version      print the version

--db and $PINGHOME_DB choose the database for all of them.

Flags of the console:
  --demo                try it with made-up accounts, thrown away afterwards;
                        nothing is sent to anybody
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

// noWords refuses words that are not a command.
func noWords(c *cobra.Command, words []string) error {
	if len(words) == 0 {
		return nil
	}
	if c.HasParent() {
		return usage("%q is too much: %q takes no words, see \"pinghome --help\".", words[0], c.CommandPath())
	}
	var known []string
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			known = append(known, sub.Name())
		}
	}
	if near := nearest(words[0], known); near != "" {
		return usage("There is no command %q; did you mean \"pinghome %s\"?", words[0], near)
	}
	return usage("There is no command %q; \"pinghome --help\" lists them.", words[0])
}

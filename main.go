// Pinghome is a console for the settings of an account.
package main

import (
	"os"

	"github.com/account-settings/pinghome/ui/cli"
	_ "github.com/account-settings/pinghome/ui/quiet" // keeps Bubble Tea from querying the terminal at the start
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

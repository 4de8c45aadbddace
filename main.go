// Pinghome is a console for the settings of an account.
package main

import (
	_ "github.com/account-settings/pinghome/ui/quiet" // first of all: see there

	"os"

	"github.com/account-settings/pinghome/ui/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}

package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

// say prints sentences and paths, each line safe for a terminal.
func say(w io.Writer, format string, args ...any) error {
	_, err := io.WriteString(w, strings.Join(safe.Lines(fmt.Sprintf(format, args...)), "\n"))
	return outputError(err)
}

// sayDone is say after a change, which was made also where that cannot be said.
func sayDone(w io.Writer, format string, args ...any) error {
	if err := say(w, format, args...); err != nil {
		return exit.Failed("It was done. %v", err)
	}
	return nil
}

// outputError is the error of a command whose output could not be written.
func outputError(err error) error {
	if err != nil {
		return exit.Failed("The output could not be written: %v.", err)
	}
	return nil
}

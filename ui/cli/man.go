package cli

import (
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// manCommand writes a manual page for each command into a folder: for who makes packages.
func manCommand() *cobra.Command {
	return &cobra.Command{Use: "man FOLDER", Short: "write manual pages into a folder", Example: "mkdir -p pages && pinghome man pages",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return exit.Usage("Name the folder of the manual pages.")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if info, err := os.Stat(args[0]); err != nil || !info.IsDir() {
				return exit.Usage("There is no folder %s.", args[0])
			}
			date, err := released()
			if err == nil {
				err = writePages(args[0], c.Root(), date)
			}
			return err
		}}
}

// released is the date for manual pages: that of the release, in $SOURCE_DATE_EPOCH, or the zero time, since today's would
// make every build another one.
func released() (time.Time, error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		return time.Time{}, nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return time.Time{}, exit.Usage("SOURCE_DATE_EPOCH is %q, and no number of seconds.", text)
	}
	return time.Unix(seconds, 0), nil
}

// writePages writes the page of a command, and of those below it.
func writePages(folder string, c *cobra.Command, date time.Time) error {
	const forAll = 0o644 // all users of a machine read its manuals
	if err := os.WriteFile(filepath.Join(folder, pageName(c)+".1"), []byte(pageOf(c, date)), forAll); err != nil {
		return exit.Failed("The manual pages cannot be written: %w.", err)
	}
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		if err := writePages(folder, sub, date); err != nil {
			return err
		}
	}
	return nil
}

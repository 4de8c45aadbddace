package cli

import (
	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// fewestFiles is how many files a command has to be able to open.
const fewestFiles = 32

// withFileLimit adds to the error of a file that cannot be opened that the process may
// open too few. SQLite does not tell that from a missing permission.
func withFileLimit(err error) error {
	limit := fileLimit()
	if backend.ErrorCode(err) != backend.CodeUnavailable || limit == 0 || limit >= fewestFiles {
		return err
	}
	return exit.Failed("%w This process may open only %d files, maybe too few (ulimit -n): it needs %d.", err, limit, fewestFiles)
}

package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/mattn/go-sqlite3"
	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/ui/cli/usage"
)

// tag is the version that a release was built as; the linker sets it.
var tag string

// release returns the version: that of the release, or the module's, which is a tag for a build by
// `go install …@v1.2.3`, and "devel" for one from a folder without version control.
func release() string {
	if tag != "" {
		return tag
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return "devel"
	}
	return info.Main.Version
}

// version returns the line of "pinghome version". SQLite is compiled in, so its
// version belongs there too.
func version() string {
	sqlite, _, _ := sqlite3.Version()
	return fmt.Sprintf("pinghome %s (%s, SQLite %s)", release(), runtime.Version(), sqlite)
}

func versionCommand() *cobra.Command {
	return &cobra.Command{Use: "version", Short: "print the version", Example: "pinghome version", Args: usage.NoArguments, RunE: func(c *cobra.Command, _ []string) error { return printVersion(c) }}
}

func printVersion(c *cobra.Command) error {
	_, err := fmt.Fprintln(c.OutOrStdout(), version())
	return err
}

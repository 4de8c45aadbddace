package cli

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// expandHome replaces ~ at the start of a path by the home folder, which a shell does
// in arguments, but not in files, variables and --flag=~/path. The folders of other
// users are refused: without that, ~ada would become a folder of this name. what names
// the setting at the start of the sentences of errors.
func expandHome(what, path string) (string, error) {
	rest, isHome := strings.CutPrefix(path, "~")
	switch {
	case !isHome:
		return path, nil
	case rest != "" && !os.IsPathSeparator(rest[0]):
		return "", exit.Usage("%s is %s: only ~/ is known, for your own home folder; write the whole path, or ./%[2]s for a file of this name.", what, path)
	}
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return "", exit.Usage("%s is %s, but there is no home folder; set HOME to an absolute path, or write the whole path.", what, path)
	}
	return filepath.Join(home, rest), nil
}

// expandFlags is expandHome for flags that name files.
func expandFlags(flags map[string]*string) error {
	for name, path := range flags {
		expanded, err := expandHome("--"+name, *path)
		if err != nil {
			return err
		}
		*path = expanded
	}
	return nil
}

// settingPath is where a path in the configuration leads: below dir, the folder of the
// configuration, when it is a relative one.
func settingPath(what, dir, path string) (string, error) {
	path, err := expandHome(what, path)
	if err != nil || filepath.IsAbs(path) {
		return path, err
	}
	return filepath.Join(dir, path), nil
}

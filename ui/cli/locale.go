package cli

import (
	"cmp"
	"os"
	"runtime"
	"strings"
)

// drawsASCII reports whether the console is drawn with ASCII characters only: as the flag
// or the configuration says, or else where the terminal shows no others.
func (o *options) drawsASCII(c consoleSection) bool {
	switch {
	case o.isGiven("ascii"):
		return o.isASCII
	case c.ASCII != nil:
		return *c.ASCII
	}
	return !showsUnicode(runtime.GOOS, os.Getenv)
}

// showsUnicode reports whether the terminal shows more than ASCII: its character set, which
// the locale names, is UTF-8. The first variable of these that has a value counts (POSIX
// 1003.1, 8.2); without any, the locale is "C". The fonts of Linux's own console lack many
// of the frames and signs. Windows has no such variables, and its terminals show all.
func showsUnicode(system string, environment func(string) string) bool {
	if system == "windows" {
		return true
	}
	locale := cmp.Or(environment("LC_ALL"), environment("LC_CTYPE"), environment("LANG"))
	return !isLinuxConsole(environment("TERM")) && isUTF8(locale)
}

// isUTF8 reports whether a locale such as "de_DE.UTF-8@euro" has UTF-8. macOS sends
// "UTF-8" alone. A locale that names no character set has an older one.
func isUTF8(locale string) bool {
	locale, _, _ = strings.Cut(locale, "@")
	if _, set, hasSet := strings.Cut(locale, "."); hasSet {
		locale = set
	}
	return strings.EqualFold(strings.ReplaceAll(locale, "-", ""), "utf8")
}

func isLinuxConsole(terminal string) bool {
	return terminal == "linux" || strings.HasPrefix(terminal, "linux-")
}

package cli

import (
	"cmp"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// logLevels are the levels of a server's log, each with those behind it: "debug" is
// what was found at the start, "info" has a line for each request, "warn" connections
// that failed and lines that were dropped, "error" faults.
var logLevels = []string{"debug", "info", "warn", "error"}

// logLevel is a level in the configuration, in small or capital letters.
type logLevel string

func (l logLevel) check() error {
	if l != "" && !slices.Contains(logLevels, strings.ToLower(string(l))) {
		return fmt.Errorf("is %q; write debug, info, warn or error", string(l))
	}
	return nil
}

// levelVariable is the log level where there is no --log-level.
const levelVariable = "PINGHOME_LOG_LEVEL"

// logLevelName is the level as it is written in the flag, else in the variable, else in
// the configuration; "" where it is nowhere.
func (s *serveFlags) logLevelName(configured logLevel) string {
	return cmp.Or(s.logLevel, os.Getenv(levelVariable), string(configured))
}

// setLogLevel sets the level of the log. configured is that of the configuration.
func (s *serveFlags) setLogLevel(configured logLevel) error {
	name, where := s.logLevelName(configured), "--log-level"
	if s.logLevel == "" {
		where = "$" + levelVariable
	}
	level := slog.LevelInfo
	if name != "" {
		if !slices.Contains(logLevels, strings.ToLower(name)) || level.UnmarshalText([]byte(name)) != nil {
			return exit.Usage("%s is %q; write debug, info, warn or error.", where, name)
		}
	}
	s.level.Set(level)
	return nil
}

package cli

import (
	"cmp"
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

// levelVariable is the log level where there is no --log-level.
const levelVariable = "PINGHOME_LOG_LEVEL"

// logLevelName is the level as it is written in the flag, else in the variable, else in
// the configuration; "" where it is nowhere.
func (s *serveFlags) logLevelName(configured string) string {
	return cmp.Or(s.logLevel, os.Getenv(levelVariable), configured)
}

// setLogLevel sets the level of the log. configured is that of the configuration.
func (s *serveFlags) setLogLevel(configured string) error {
	name, where := s.logLevelName(configured), s.configPath+": serve.log_level"
	switch {
	case s.logLevel != "":
		where = "--log-level"
	case os.Getenv(levelVariable) != "":
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

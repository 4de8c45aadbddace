package feedback

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"syscall"
)

var errNoEditor = errors.New("set $EDITOR to your editor")

// The exit codes of a shell for a command that it could not run (POSIX, 2.8.2).
const (
	notExecutable = 126
	notFound      = 127
	bySignal      = 128 // more than this is this and a signal's number
)

// editorSetting is the command line of the editor: what $VISUAL or $EDITOR has, or else
// the first usual one that is installed; "" for none.
func editorSetting() string {
	setting := cmp.Or(strings.TrimSpace(os.Getenv("VISUAL")), strings.TrimSpace(os.Getenv("EDITOR")))
	if setting != "" {
		return setting
	}
	for _, name := range usualEditors {
		if _, err := exec.LookPath(name); err == nil {
			return name
		}
	}
	return ""
}

// splitCommand divides a command line into program and arguments at blanks outside of
// double or single quotes, as Windows has them: \ is no escape there, but in paths. What
// names a file as a whole is one program, though it has blanks.
func splitCommand(line string, isFile func(string) bool) []string {
	if isFile(line) {
		return []string{line}
	}
	var parts []string
	var part strings.Builder
	var quote rune
	isPart := false
	for _, r := range line {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '"' || r == '\''):
			quote, isPart = r, true
		case quote == 0 && (r == ' ' || r == '\t'):
			if isPart {
				parts = append(parts, part.String())
			}
			part.Reset()
			isPart = false
		default:
			part.WriteRune(r)
			isPart = true
		}
	}
	if isPart {
		parts = append(parts, part.String())
	}
	return parts
}

// editorFault is a clause about an editor that ended with an error.
func editorFault(setting string, err error) string {
	code := 0
	if exit, isExit := errors.AsType[*exec.ExitError](err); isExit {
		code = exit.ExitCode()
	}
	switch {
	case code == notFound || errors.Is(err, exec.ErrNotFound) || errors.Is(err, os.ErrNotExist):
		return fmt.Sprintf("%s was not found; set $EDITOR (or $VISUAL) to your editor", setting)
	case code == notExecutable || errors.Is(err, os.ErrPermission):
		return fmt.Sprintf("%s cannot be run; set $EDITOR (or $VISUAL) to your editor", setting)
	case code > bySignal: // of the program that the shell ran
		return "signal: " + syscall.Signal(code-bySignal).String()
	}
	return err.Error()
}

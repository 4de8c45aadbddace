package command

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/account-settings/pinghome/ui/cli/exit"
)

// next ends a sentence with the command that comes next, as hint has it; "" in linear mode, which has no commands. format
// is a sentence about that command.
func (v *visit) next(format, command string, args ...any) string {
	if v.Ask != nil {
		return ""
	}
	return fmt.Sprintf(format, v.hint(command, args...))
}

// hint is a command on the same account in quotes, to be pasted into a shell. It has no password.
func (v *visit) hint(command string, args ...any) string {
	words := []string{"pinghome " + fmt.Sprintf(command, args...)}
	for _, name := range v.from {
		if f := v.command.Flags().Lookup(name); f.Changed {
			words = append(words, "--"+name, shellWord(exit.WithoutPassword(f.Value.String())))
		}
	}
	return `"` + strings.Join(words, " ") + `"`
}

// plainWord matches what a shell takes as it stands.
var plainWord = regexp.MustCompile(`^[A-Za-z0-9@%+:,./_-]+$`)

// shellWord is a text as one word of a shell.
func shellWord(text string) string {
	if plainWord.MatchString(text) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}

//go:build unix

package feedback

import "os/exec"

// usualEditors are tried where none is set. The first two are Debian's, which follow the
// person's and the machine's choice.
var usualEditors = []string{"sensible-editor", "editor", "nano", "vi"}

// editorCommand is the editor on a file. The shell reads the setting, as git and crontab
// do: with quotes, variables and all.
func editorCommand(setting, path string) *exec.Cmd {
	return exec.Command("/bin/sh", "-c", setting+` "$@"`, setting, path)
}

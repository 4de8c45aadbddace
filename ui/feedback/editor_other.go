//go:build !unix

package feedback

import (
	"os"
	"os/exec"
)

// usualEditors are tried where none is set.
var usualEditors = []string{"notepad.exe", "edit.exe"}

// editorCommand is the editor on a file.
func editorCommand(setting, path string) *exec.Cmd {
	command := splitCommand(setting, func(name string) bool { _, err := os.Stat(name); return err == nil })
	if len(command) == 0 {
		command = []string{setting}
	}
	return exec.Command(command[0], append(command[1:], path)...)
}

package clipboard

import (
	"context"
	"encoding/binary"
	"os"
	"os/exec"
	"strings"
	"time"
	"unicode/utf16"
)

// tool is a program that copies what it reads.
type tool struct {
	way     string // see Way.Name
	command []string
	setting string                   // of its environment, "" for none
	encode  func(text string) string // what it reads; nil: the text as UTF-8
}

// wait is how long the rest of the text is still given to a program that has ended.
const wait = 100 * time.Millisecond

// tools lists the programs that can reach the person's clipboard, the surest first. One
// that is not installed fails, like one whose display is gone.
//
// Inside tmux that is tmux itself. With -w, which came with tmux 3.2, it also gives the
// text to the terminal around it; an older one refuses that and copies nothing.
//
// Over SSH the display that the environment names, if any, need not be the one before
// which the person sits.
func tools(system string) (list []tool) {
	has := func(variable string) bool { return os.Getenv(variable) != "" }
	if has("TMUX") {
		const way = "into tmux's buffer"
		list = append(list, tool{way: way, command: []string{"tmux", "load-buffer", "-w", "-"}}, tool{way: way, command: []string{"tmux", "load-buffer", "-"}})
	}
	if has("SSH_CONNECTION") || has("SSH_TTY") {
		return list
	}
	if has("WAYLAND_DISPLAY") {
		list = append(list, tool{command: []string{"wl-copy"}})
	}
	if has("DISPLAY") {
		list = append(list, tool{command: []string{"xclip", "-selection", "clipboard", "-in"}}, tool{command: []string{"xsel", "--clipboard", "--input"}})
	}
	if system == "darwin" {
		list = append(list, tool{command: []string{"pbcopy"}, setting: "LC_CTYPE=UTF-8"})
	}
	if has("WSL_DISTRO_NAME") || has("WSL_INTEROP") {
		list = append(list, tool{command: []string{"clip.exe"}, encode: forWindows})
	}
	for i, t := range list {
		if t.way == "" {
			list[i].way = "with " + t.command[0]
		}
	}
	return list
}

// forWindows encodes a text for clip.exe, which takes what is not ASCII for UTF-16.
func forWindows(text string) string {
	if strings.IndexFunc(text, func(r rune) bool { return r > 0x7f }) < 0 {
		return text
	}
	var encoded []byte
	for _, unit := range utf16.Encode([]rune(text)) {
		encoded = binary.LittleEndian.AppendUint16(encoded, unit)
	}
	return string(encoded)
}

// run copies a text with the program, which gets nothing of the terminal: it reads the
// text, its output is dropped, and it has no controlling terminal. A program that goes on
// in the background, as those for X and Wayland do, has succeeded.
func (t tool) run(text string, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	if t.encode != nil {
		text = t.encode(text)
	}
	cmd := exec.CommandContext(ctx, t.command[0], t.command[1:]...)
	cmd.Stdin, cmd.WaitDelay = strings.NewReader(text), wait
	if t.setting != "" {
		cmd.Env = append(os.Environ(), t.setting)
	}
	detach(cmd)
	return cmd.Run()
}

//go:build unix

package terminal

import "github.com/account-settings/pinghome/ui/background"

// reportColours asks for a report when the terminal turns from dark to light, or back (mode
// 2031, of Contour, kitty, Ghostty, foot and tmux). Others ignore it.
const reportColours = "\x1b[?2031h"

// askBackground asks for the background again; the answer comes as a replyMsg.
func (t *terminal) askBackground() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.isTaken {
		t.frames.tell(background.Query)
	}
}

package profile

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// The widths of the columns of the last messages, in cells.
const (
	stampWidth   = len("2006-01-02 15:04:05")
	dateWidth    = len("2006-01-02")
	roomForStamp = 90 // the width from which on there is room for date and time
	channelWidth = len("#2 webhook")
	messageState = len("  waiting")
	messageKind  = len("username")
)

// latelyLines are the newest messages, one a line, as far as h lines reach.
func (s *screen) latelyLines(w, h int) (lines []string) {
	sh := s.shell
	messages := sh.Session.Inbox.Messages
	if len(messages) == 0 {
		return []string{" " + sh.Look.Muted.Render("no message yet")}
	}
	for _, m := range messages[:min(h, len(messages))] {
		now := state.OfMessage(m.State)
		channel := shell.TypeName(m.Type)
		if ch, isThere := sh.Session.ChannelOf(m); isThere {
			channel = fmt.Sprintf("#%d %s", ch.Priority, channel)
		}
		text := "  " + draw.Pad(channel, channelWidth) + "  " + draw.Pad(shell.KindName(m.Kind), messageKind) + "  "
		stamp, room := shell.Stamp(sh.Now, m.At), stampWidth
		if w < roomForStamp {
			room = dateWidth
		}
		if draw.Width(stamp) > room {
			stamp = shell.Day(m.At)
		}
		head := " " + draw.Pad(stamp, room) + "  "
		style := now.Style(&sh.Look.Palette)
		line := sh.Look.Muted.Render(head) + style.Render(draw.Pad(now.Said(&sh.Look), messageState)) + sh.Look.Text.Render(text)
		lines = append(lines, line+style.Render(draw.Cut(becameOf(sh, m), w-draw.Width(line))))
	}
	return lines
}

// becameOf is what became of a message: when it is tried next, or what the provider said.
func becameOf(sh *shell.Shell, m backend.Message) string {
	switch m.State {
	case backend.StateQueued:
		if m.Attempts > 0 {
			return shell.Again(sh.Now, m.NextAt)
		}
		return "not tried yet"
	case backend.StateFailed:
		return safe.Text(m.Detail)
	case backend.StateSent:
		return "by " + safe.Text(m.Provider)
	default:
		return ""
	}
}

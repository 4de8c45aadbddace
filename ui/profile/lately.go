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

// lastMessages are the newest messages, n at most.
func (s *screen) lastMessages(n int) []backend.Message {
	if s.shell.Session.Inbox == nil {
		return nil
	}
	messages := s.shell.Session.Inbox.Messages
	return messages[:min(n, len(messages))]
}

// messageRow is the name of a message's row.
func messageRow(m backend.Message) string { return "message " + m.ID }

// latelyParts are the newest messages, one a line, as far as h lines reach.
func (s *screen) latelyParts(w, h int) (parts []part) {
	messages := s.lastMessages(h)
	if len(messages) == 0 {
		return []part{{lines: []string{" " + s.shell.Look.Muted.Render("no message yet")}}}
	}
	for _, m := range messages {
		parts = append(parts, part{messageRow(m), []string{s.messageLine(m, w)}})
	}
	return parts
}

// messageLine is a message in w cells.
func (s *screen) messageLine(m backend.Message, w int) string {
	sh, now := s.shell, state.OfMessage(m.State)
	look, mark := s.look(messageRow(m))
	channel := shell.TypeName(m.Type)
	if ch, isThere := sh.Session.ChannelOf(m); isThere {
		channel = fmt.Sprintf("#%d %s", ch.Priority, channel)
	}
	stamp, room := shell.Stamp(sh.Now, m.At), stampWidth
	if w < roomForStamp {
		room = dateWidth
	}
	if draw.Width(stamp) > room {
		stamp = shell.Day(m.At)
	}
	line := look.Mark.Render(mark) + look.Muted.Render(draw.Pad(stamp, room)+"  ") + now.Style(look).Render(draw.Pad(now.Said(&sh.Look), messageState)) +
		look.Text.Render("  "+draw.Pad(channel, channelWidth)+"  "+draw.Pad(shell.KindName(m.Kind), messageKind)+"  ")
	return line + now.Style(look).Render(draw.Pad(becameOf(sh, m), w-draw.Width(line)))
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

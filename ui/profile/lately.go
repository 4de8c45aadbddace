package profile

import (
	"github.com/account-settings/pinghome/backend"
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
		return []part{{lines: []string{" " + s.shell.Look.Muted.Render("No messages are kept.")}}}
	}
	for _, m := range messages {
		look, mark := s.look(messageRow(m))
		parts = append(parts, part{messageRow(m), []string{s.shell.TimelineRow(look, mark, m, w)}})
	}
	return parts
}

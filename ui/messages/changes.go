package messages

import (
	"context"
	"fmt"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// markedMsg: messages were marked as read or unread, or err says why not. told says so of several,
// whose rows may be out of sight; "" for one.
type markedMsg struct {
	err  error
	told string
}

// deletedMsg: n messages were deleted, or err says why none was.
type deletedMsg struct {
	n   int
	err error
}

// markCmd marks a message as read or unread. A read-only console does nothing and tells
// nothing: messages can be opened there all the same.
func (s *screen) markCmd(m backend.Message, read bool) tea.Cmd {
	if m.Read == read || s.shell.ReadOnly {
		return nil
	}
	view := s.shell.Session.View
	return s.shell.Change("mark "+m.ID, func(ctx context.Context) tea.Msg { return markedMsg{err: view.MarkMessage(ctx, m.ID, read)} })
}

func (m markedMsg) applyTo(s *screen) tea.Cmd {
	if m.err != nil {
		s.shell.Fail("The message", m.err)
	} else if m.told != "" {
		s.shell.Tell(shell.Good, "%s", m.told)
	}
	return s.Load()
}

// toggleReadCmd marks the chosen messages, or m where none is chosen: all of them the
// way that the first one is not.
func (s *screen) toggleReadCmd(m backend.Message) tea.Cmd {
	targets := s.targets(m)
	read := !targets[0].Read
	view, told := s.shell.Session.View, ""
	if n := len(targets); n > 1 {
		told = fmt.Sprintf("%d messages are marked as %s.", n, map[bool]string{true: "read", false: "unread"}[read])
	}
	return s.shell.Change("mark messages", func(ctx context.Context) tea.Msg {
		for _, m := range targets {
			if m.Read == read {
				continue
			}
			if err := view.MarkMessage(ctx, m.ID, read); err != nil {
				return markedMsg{err: err}
			}
		}
		return markedMsg{told: told}
	})
}

// askDelete asks before the chosen messages are deleted, or m where none is chosen.
func (s *screen) askDelete(m backend.Message) {
	sh, targets := s.shell, s.targets(m)
	ids, isWaiting := make([]string, len(targets)), false
	for i, m := range targets {
		ids[i] = m.ID
		isWaiting = isWaiting || m.State == backend.StateQueued
	}
	lines := []string{safe.Text(targets[0].Subject)}
	switch {
	case len(ids) > 1 && sh.Session.Local:
		lines = []string{"They are deleted from this machine for good."}
	case len(ids) > 1:
		lines = []string{"They are deleted for good."}
	}
	if isWaiting {
		lines = append(lines, sh.Look.Warn.Render(sh.Look.Attention+" Those that still wait are then never sent."))
	}
	sh.Ask(shell.Question{Title: "Delete " + shell.Count(len(ids), "message") + "?", Lines: lines, Keep: "Keep", DoIt: "Delete",
		Action: func() tea.Cmd { return deleteCmd(sh, ids) }})
}

func deleteCmd(sh *shell.Shell, ids []string) tea.Cmd {
	view := sh.Session.View
	return sh.Change("delete messages", func(ctx context.Context) tea.Msg {
		return deletedMsg{len(ids), view.DeleteMessages(ctx, ids)}
	})
}

func (m deletedMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	if m.err != nil {
		sh.Fail("Nothing was deleted", m.err)
		return s.Load()
	}
	clear(s.chosen)
	sh.NotUndoable("Deleted messages do not come back")
	sh.Tell(shell.Good, "Deleted %s.", shell.Count(m.n, "message"))
	return sh.Reload()
}

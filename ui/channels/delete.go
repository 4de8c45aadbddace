package channels

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// deletedMsg: channels were deleted, or err says why none was.
type deletedMsg struct {
	deletion backend.ChannelDeletion
	err      error
}

// askDelete asks before channels are deleted. It names them, and warns where no
// channel would be left that reaches the customer.
func (s *screen) askDelete() tea.Cmd {
	sh, targets := s.shell, s.targets()
	const most = 8
	lines := append(questionLines(sh, targets, most), "")
	if len(targets) < len(sh.Session.Channels) {
		lines = append(lines, sh.Look.Muted.Render("The others keep their numbers."))
	}
	lines = append(lines, sh.Look.Muted.Render(undoText(sh, targets)))
	if isLastReachable(sh.Session.Channels, targets) {
		lines = append(lines, unreachedLine(sh))
	}
	sh.Ask(shell.Question{Title: "Delete " + shell.Count(len(targets), "channel") + "?", Lines: lines, Keep: "Keep", DoIt: "Delete",
		Action: func() tea.Cmd { return deleteCmd(sh, targets) }})
	return nil
}

// undoText says whether a deletion can be undone.
func undoText(sh *shell.Shell, targets []backend.Channel) string {
	if sh.Session.Lacks(backend.FeatureUndo) != "" {
		return "This cannot be undone."
	}
	key := sh.UndoKey()
	if !sh.Keys.Has(keymap.Undo) {
		key = shell.Capitalized(key)
	}
	return fmt.Sprintf("%s brings back what is deleted here%s.", key, withoutCode(targets))
}

// withoutCode says that a code does not come back, where one waits.
func withoutCode(targets []backend.Channel) string {
	if slices.ContainsFunc(targets, func(ch backend.Channel) bool { return !ch.Verified && ch.Code != nil }) {
		return ", but not the code that waits"
	}
	return ""
}

// unreachedLine warns in a question that no channel would be left.
func unreachedLine(sh *shell.Shell) string {
	return sh.Look.Warn.Render(sh.Look.Attention + " No channel would reach this account any more.")
}

// isLastReachable reports whether a channel is reachable now, and none would be
// without those that go.
func isLastReachable(all, going []backend.Channel) bool {
	gone := priorities(going)
	return slices.ContainsFunc(all, backend.Channel.Reachable) &&
		!slices.ContainsFunc(all, func(ch backend.Channel) bool { return ch.Reachable() && !slices.Contains(gone, ch.Priority) })
}

func deleteCmd(sh *shell.Shell, targets []backend.Channel) tea.Cmd {
	view := sh.Session.View
	return sh.Change("delete channels", func(ctx context.Context) tea.Msg {
		var deletion backend.ChannelDeletion
		err := shell.AsShown(ctx, view, targets, func(ctx context.Context) (err error) {
			deletion, err = view.DeleteChannels(ctx, priorities(targets))
			return err
		})
		return deletedMsg{deletion, err}
	})
}

func (m deletedMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	if m.err != nil {
		sh.Fail("Nothing was deleted", m.err)
		return sh.Reload()
	}
	clear(s.chosen)
	s.isDetail = false
	sh.Undoable(nil)
	sh.Tell(shell.Good, "Deleted %s%s", channelList(m.deletion.Deleted), cmp.Or(sh.UndoHintHere(), "."))
	if m.deletion.NoneReachable && slices.ContainsFunc(sh.Session.Channels, backend.Channel.Reachable) {
		sh.Tell(shell.Warning, "No channel is left that is verified and on: none reaches this account now.")
	}
	return sh.Reload()
}

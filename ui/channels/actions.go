package channels

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/verify"
)

// newListActions makes the actions of the list and the detail. What is done to a
// channel is done to the one under the cursor, or to the chosen ones; it is off while
// no channel is shown.
func (s *screen) newListActions() []shell.Action {
	sh := s.shell
	list := []shell.Action{
		{ID: keymap.AddChannel, Do: func() tea.Cmd { return sh.OpenForm(addForm(sh)) }, Off: s.whyNoAdd, Place: s.addPlace},
		{ID: keymap.EditChannel, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { return sh.OpenForm(editForm(sh, ch)) }), Off: s.whyNoChannel, Place: s.inListAndDetail(2)},
		{ID: keymap.VerifyChannel, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { verify.OpenCode(sh, verify.Channel(sh, ch), ""); return nil }),
			Off: s.whyNotCurrent(whyNoCode), Place: s.verifyPlace},
		{ID: keymap.CancelValue, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { return cancelValueCmd(sh, ch) }), Off: s.whyNotCurrent(whyNoneWaits), Place: s.cancelPlace},
		{ID: keymap.EnterWord, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { verify.OpenWord(sh, ch, ""); return nil }),
			Off: s.whyNotCurrent(func(ch backend.Channel) string { return verify.WhyNoWord(sh, ch) }), Place: s.wordPlace},
		{ID: keymap.TestChannel, Do: s.testCmd, Off: s.whyNotCurrent(s.whyNoTest), Place: s.inListAndDetail(4)},
		{ID: keymap.SwitchChannel, Do: s.switchCmd, Off: s.whyNotCurrent(s.whyNoSwitch), Place: s.inListAndDetail(5)},
		{ID: keymap.DeleteChannel, Do: s.askDelete, Off: s.whyNoChannel, Place: s.inListAndDetail(6)},
		{ID: keymap.FindText, Do: s.find.Begin, Place: s.whereHidden(2, s.inList(7))},
		{ID: keymap.FilterTypes, Do: s.openTypeFilter, Place: s.inList(8)},
		{ID: keymap.ClearTypes, Do: s.clearFilter},
		{ID: keymap.TestAll, Do: s.askTestAll, Off: s.whyNoTestAll, Place: s.inList(9)},
		{ID: keymap.Choose, Do: s.withCurrent(s.toggleChosen), Off: s.whyNoChannel, Place: s.inList(10)},
		{ID: keymap.ChooseAll, Do: func() tea.Cmd { s.toggleAllChosen(); return nil }, Off: s.whyNoChannel},
		{ID: keymap.ExtendDown, Do: func() tea.Cmd { s.extendChosen(keymap.Down); return nil }},
		{ID: keymap.ExtendUp, Do: func() tea.Cmd { s.extendChosen(keymap.Up); return nil }},
		{ID: keymap.NewCode, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { return verify.OpenCode(sh, verify.Channel(sh, ch), "").ResendCmd() }),
			Off: s.whyNotCurrent(whyNoCode), Place: s.inList(11)},
		{ID: keymap.NewSecret, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd { askNewSecret(sh, ch); return nil }), Off: s.whyNotCurrent(s.whyNoSecret), Place: s.inList(12)},
		{ID: keymap.MoveUp, Do: func() tea.Cmd { return s.moveChannel(-1) }, Off: s.whyNotCurrent(s.whyNoOrder)},
		{ID: keymap.MoveDown, Do: func() tea.Cmd { return s.moveChannel(1) }, Off: s.whyNotCurrent(s.whyNoOrder)},
		{ID: keymap.MoveTo, Do: s.withCurrent(s.openMove), Off: s.whyNotCurrent(s.whyNoOrder)},
		{ID: keymap.ShowValues, Place: s.inList(13)},
		{ID: keymap.Refresh, Place: s.refreshPlace},
		{ID: keymap.Open, Do: func() tea.Cmd { s.isDetail, s.page.top = true, 0; return nil }, Off: s.whyNoChannel},
		{ID: keymap.Back, Do: s.back, Place: s.whereHidden(1, s.backPlace)},
		{ID: keymap.Copy, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd {
			return sh.CopyCmd(fmt.Sprintf("the value of channel %d", ch.Priority), ch.InForce())
		}), Off: s.whyNoChannel},
		{ID: keymap.CopyRecord, Do: s.withCurrent(func(ch backend.Channel) tea.Cmd {
			return sh.CopyTextCmd(fmt.Sprintf("channel %d as JSON", ch.Priority), export.JSON(export.OfChannel(ch)))
		}), Off: s.whyNoChannel},
		{ID: keymap.ExportChannels, Do: s.openExport, Off: s.whyNoChannel},
	}
	list = append(append(list, s.columns.Actions(sh, keymap.Channels, func() tea.Cmd { s.narrow(); return nil })...), shell.MoveActions(s.move)...)
	for i, a := range list {
		if a.Place != nil {
			list[i].Place = func() int { return s.ranked(a.ID, a.Place()) }
		}
	}
	return shell.AndThen(list, s.followCursor)
}

// withCurrent does something with the channel under the cursor.
func (s *screen) withCurrent(do func(backend.Channel) tea.Cmd) func() tea.Cmd {
	return func() tea.Cmd {
		ch, _ := s.current()
		return do(ch)
	}
}

// whyNotCurrent is the reason why something cannot be done to the channel under
// the cursor, "" when it can: there is none, or else what whyNot says of it.
func (s *screen) whyNotCurrent(whyNot func(backend.Channel) string) func() string {
	return func() string {
		ch, ok := s.current()
		if !ok {
			return s.whyNoChannel()
		}
		return whyNot(ch)
	}
}

// whyNoCode says why the channel takes no code, "" when it does.
func whyNoCode(ch backend.Channel) string {
	if ch.Verified {
		return fmt.Sprintf("Channel %d is verified: no code is needed.", ch.Priority)
	}
	return ""
}

// move scrolls the detail where it is longer than the window, and else moves the
// cursor.
func (s *screen) move(id keymap.ID) tea.Cmd {
	if !s.isDetail || !s.page.move(id) {
		s.list.Move(id)
		s.page.top = 0
	}
	return nil
}

// The places of actions in the footer; 0 for none.

// ranked is the place of an action where what the channel under the cursor needs comes
// first.
func (s *screen) ranked(id keymap.ID, place int) int {
	if id == keymap.Back || s.isUnreadable() || s.hasNone() {
		return place
	}
	needed := s.neededActions()
	if i := slices.Index(needed, id); i >= 0 {
		return 2 + i
	}
	if place == 0 {
		return 0
	}
	return 2 + len(needed) + place
}

// neededActions are what the channel under the cursor needs next, the most urgent first.
func (s *screen) neededActions() []keymap.ID {
	ch, ok := s.current()
	switch {
	case !ok || len(s.chosen) > 0:
		return nil
	case ch.FailsToReach():
		return []keymap.ID{keymap.TestChannel, keymap.EditChannel, keymap.SwitchChannel}
	case state.IsOldInForce(ch) && ch.Code.Live(s.shell.Now):
		return []keymap.ID{keymap.VerifyChannel, keymap.CancelValue, keymap.NewCode, keymap.EditChannel}
	case state.IsOldInForce(ch):
		return []keymap.ID{keymap.NewCode, keymap.CancelValue, keymap.EditChannel}
	case !ch.Verified && state.OfCode(ch.Code, s.shell.Now) == state.WaitingCode:
		return []keymap.ID{keymap.VerifyChannel, keymap.NewCode, keymap.EditChannel}
	case !ch.Verified:
		return []keymap.ID{keymap.NewCode, keymap.EditChannel}
	case s.awaitsWord():
		return []keymap.ID{keymap.EnterWord}
	case !ch.Enabled:
		return []keymap.ID{keymap.SwitchChannel}
	}
	return nil
}

// inListAndDetail is a place in the footers of the list and of the detail.
func (s *screen) inListAndDetail(place int) func() int {
	return func() int {
		if s.isUnreadable() || len(s.shown) == 0 {
			return 0
		}
		return place
	}
}

// inList is a place in the footer of the list.
func (s *screen) inList(place int) func() int {
	return func() int {
		if s.isDetail {
			return 0
		}
		return s.inListAndDetail(place)()
	}
}

func (s *screen) addPlace() int {
	if len(s.shown) == 0 && !s.isUnreadable() {
		return 3
	}
	return s.inList(1)()
}

// whereHidden is a place while no channel passes the filter and has the text to find, and
// else the other one.
func (s *screen) whereHidden(place int, other func() int) func() int {
	return func() int {
		if s.isRead() && len(s.shown) == 0 && !s.hasNone() {
			return place
		}
		return other()
	}
}

func (s *screen) backPlace() int {
	if s.isDetail {
		return s.inListAndDetail(1)()
	}
	return 0
}

func (s *screen) refreshPlace() int {
	if s.isUnreadable() {
		return 1
	}
	return 0
}

// Entering a code and entering a test word have the same place: a verified channel
// has no code to enter.

func (s *screen) awaitsWord() bool {
	ch, ok := s.current()
	return ok && ch.Verified && verify.WhyNoWord(s.shell, ch) == ""
}

func (s *screen) verifyPlace() int {
	if ch, ok := s.current(); ok && ch.Verified {
		return 0
	}
	return s.inListAndDetail(3)()
}

// cancelPlace is beside that of the code, while a new value waits for one.
func (s *screen) cancelPlace() int {
	if ch, ok := s.current(); !ok || !state.IsOldInForce(ch) {
		return 0
	}
	return s.inListAndDetail(3)()
}

func (s *screen) wordPlace() int {
	if s.awaitsWord() {
		return s.inListAndDetail(3)()
	}
	return 0
}

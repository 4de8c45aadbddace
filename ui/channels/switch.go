package channels

import (
	"context"
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// switchedMsg: channels were switched on or off. Every channel that was chosen is in
// one of the lists, but for those that were on or off already.
type switchedMsg struct {
	on, isUndo  bool
	switched    []backend.Channel // as they were before
	failed      []failedSwitch
	notTried    []backend.Channel // because the last error is not about one channel
	notVerified []int             // chosen, too, and left out: there is nothing to switch on
	err         error             // of all of them, as one change: then none was switched
}

type failedSwitch struct {
	channel backend.Channel
	err     error
}

// whyNoSwitch says why the channel under the cursor cannot be switched on, "" when it
// can or when it is on. On and off are about the value in force; of several chosen channels
// those that have one can be switched.
func (s *screen) whyNoSwitch(ch backend.Channel) string {
	if len(s.chosen) == 0 && ch.ActiveValue == "" && !ch.Enabled {
		return fmt.Sprintf("Channel %d was %s: %s enters its code, which also switches it on.", ch.Priority, state.NeverVerified.Word(), s.shell.Keys.Key(keymap.VerifyChannel))
	}
	return ""
}

// switchCmd switches the targets on or off: all of them the way that the first one
// is not. It asks first where the customer could not be reached any more.
func (s *screen) switchCmd() tea.Cmd {
	sh, targets := s.shell, s.targets()
	on := !targets[0].Enabled
	var notVerified []int
	var toSwitch []backend.Channel
	for _, ch := range targets {
		switch {
		case on && ch.ActiveValue == "":
			notVerified = append(notVerified, ch.Priority)
		case ch.Enabled != on:
			toSwitch = append(toSwitch, ch)
		}
	}
	if toSwitch == nil {
		sh.Refuse(shell.Warning, "%s", notVerifiedText(notVerified, "switched on"))
		return nil
	}
	if !on && isLastReachable(sh.Session.Channels, toSwitch) {
		s.askSwitchOff(toSwitch)
		return nil
	}
	return setEnabledCmd(sh, toSwitch, switchedMsg{on: on, notVerified: notVerified})
}

// askSwitchOff asks before the last channels that reach the customer are switched off.
func (s *screen) askSwitchOff(channels []backend.Channel) {
	sh := s.shell
	const most = 8
	lines := append(questionLines(sh, channels, most), "", unreachedLine(sh))
	sh.Ask(shell.Question{Title: "Switch off " + shell.Count(len(channels), "channel") + "?", Lines: lines, Keep: "Keep on", DoIt: "Switch off",
		Action: func() tea.Cmd { return setEnabledCmd(sh, channels, switchedMsg{}) }})
}

// setEnabledCmd switches channels, while they are as they were shown, as m says: as one change,
// or one after the other where the backend cannot.
func setEnabledCmd(sh *shell.Shell, shown []backend.Channel, m switchedMsg) tea.Cmd {
	view := sh.Session.View
	return sh.Change("switch channels", func(ctx context.Context) tea.Msg {
		if len(shown) > 1 && view.Lacks(backend.FeatureSeveral) == "" {
			m.err = shell.AsShown(ctx, view, shown, func(ctx context.Context) error {
				_, err := view.SetChannelsEnabled(ctx, priorities(shown), m.on)
				return err
			})
			if m.err == nil {
				m.switched = shown
			}
			return m
		}
		for i, ch := range shown {
			err := shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) error {
				_, err := view.SetChannelEnabled(ctx, ch.Priority, m.on)
				return err
			})
			if err == nil {
				m.switched = append(m.switched, ch)
				continue
			}
			m.failed = append(m.failed, failedSwitch{ch, err})
			if !isAboutOneChannel(err) {
				m.notTried = shown[i+1:]
				break
			}
		}
		return m
	})
}

// isAboutOneChannel reports whether other channels are worth trying after the error.
func isAboutOneChannel(err error) bool {
	switch backend.ErrorCode(err) {
	case backend.CodeStale, backend.CodeNotFound, backend.CodeNotVerified:
		return true
	}
	return false
}

func (m switchedMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	if len(m.switched) > 0 {
		sh.Undoable(nil)
	}
	if m.err != nil {
		sh.Fail("Nothing was switched", m.err)
	}
	if m.failed != nil {
		m.tellFailed(sh)
	}
	if len(m.switched) > 0 && !m.isUndo { // else the key would do it again, without a question
		sh.Undoable(func() tea.Cmd { return setEnabledCmd(sh, m.switched, switchedMsg{on: !m.on, isUndo: true}) })
	}
	if len(m.switched) > 0 && m.failed == nil {
		m.tellSwitched(sh)
	}
	return sh.Reload()
}

func (m switchedMsg) tellSwitched(sh *shell.Shell) {
	weight := shell.Good
	text := fmt.Sprintf("%s %s %s", shell.Capitalized(channelList(priorities(m.switched))), isOrAre(len(m.switched)), state.OfSwitch(m.on).Word())
	if left := m.notVerified; len(left) > 0 {
		weight = shell.Warning
		text += fmt.Sprintf("; %s %s not: %s", channelList(left), isOrAre(len(left)), state.NeverVerified.Word())
	}
	if m.isUndo {
		text += " again"
	} else {
		text += sh.UndoHint()
	}
	if !m.on && isLastReachable(sh.Session.Channels, m.switched) {
		weight = shell.Warning
		text += ". No channel reaches this account now."
	}
	sh.Tell(weight, "%s", text)
}

// tellFailed tells in one notice which channels were not switched and why, which
// were, and which were not tried.
func (m switchedMsg) tellFailed(sh *shell.Shell) {
	what, last := "Not switched "+state.OfSwitch(m.on).Word(), m.failed[len(m.failed)-1]
	if len(m.switched)+len(m.failed)+len(m.notTried)+len(m.notVerified) == 1 || backend.ErrorCode(last.err) == backend.CodeUnauthorized {
		sh.Fail(what, last.err)
		return
	}
	var sentences []string
	weight := shell.Failure
	if shell.IsUnknown(last.err) { // what to do about it comes first
		weight = shell.Unknown
		sentences = append(sentences, fmt.Sprintf("%s: %s %s reads again.", shell.Capitalized(channelList([]int{last.channel.Priority})), shell.Sentence(last.err), sh.Keys.Key(keymap.Refresh)))
	}
	if len(m.switched) > 0 {
		sentences = append(sentences, fmt.Sprintf("Switched %s: %s.", state.OfSwitch(m.on).Word(), channelList(priorities(m.switched))))
	}
	for _, f := range m.failed {
		sh.LogError(what, f.err)
		if !shell.IsUnknown(f.err) {
			sentences = append(sentences, what+": "+f.reason())
		}
	}
	if len(m.notTried) > 0 {
		sentences = append(sentences, fmt.Sprintf("Not tried: %s.", channelList(priorities(m.notTried))))
	}
	if left := notVerifiedText(m.notVerified, "switched on"); left != "" {
		sentences = append(sentences, left)
	}
	if shell.IsOffline(last.err) {
		sh.Disconnected(last.err)
	}
	sh.Tell(weight, "%s", strings.Join(sentences, " "))
}

// reason is why one channel was not switched. It names the channel, unless the
// backend's sentence begins with that.
func (f failedSwitch) reason() string {
	why, name := shell.Refusal(f.err), channelList([]int{f.channel.Priority})
	if strings.HasPrefix(why, shell.Capitalized(name)) {
		return why
	}
	return name + ": " + why
}

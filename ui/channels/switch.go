package channels

import (
	"context"
	"fmt"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// switchedMsg: channels were switched on or off. Every channel is in one of the lists.
type switchedMsg struct {
	on       bool
	switched []backend.Channel // as they were before
	failed   []failedSwitch
	notTried []backend.Channel // because the last error is not about one channel
}

type failedSwitch struct {
	channel backend.Channel
	err     error
}

// whyNoSwitch says why the channel under the cursor cannot be switched on, "" when it
// can or when it is on. Of several chosen channels those that are verified can.
func (s *screen) whyNoSwitch(ch backend.Channel) string {
	if len(s.chosen) == 0 && !ch.Verified && !ch.Enabled {
		return fmt.Sprintf("Channel %d is not verified yet: %s enters its code, which also switches it on.", ch.Priority, s.shell.Keys.Key(keymap.VerifyChannel))
	}
	return ""
}

// switchCmd switches the targets on or off: all of them the way that the first one
// is not.
func (s *screen) switchCmd() tea.Cmd {
	targets := s.targets()
	on := !targets[0].Enabled
	var notVerified []int
	var toSwitch []backend.Channel
	for _, ch := range targets {
		switch {
		case on && !ch.Verified:
			notVerified = append(notVerified, ch.Priority)
		case ch.Enabled != on:
			toSwitch = append(toSwitch, ch)
		}
	}
	tellNotVerified(s.shell, notVerified, "switched on")
	if toSwitch == nil {
		return nil
	}
	return setEnabledCmd(s.shell, toSwitch, on)
}

// setEnabledCmd switches channels one after the other, while they are as they were
// shown.
func setEnabledCmd(sh *shell.Shell, shown []backend.Channel, on bool) tea.Cmd {
	view := sh.Session.View
	return sh.Change("switch channels", func(ctx context.Context) tea.Msg {
		m := switchedMsg{on: on}
		for i, ch := range shown {
			err := shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) error {
				_, err := view.SetChannelEnabled(ctx, ch.Priority, on)
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
		sh.Undo = nil // it is of an earlier change
	}
	if m.failed != nil {
		m.tellFailed(sh)
	}
	if len(m.switched) > 0 {
		m.setUndo(sh)
	}
	if len(m.switched) > 0 && m.failed == nil {
		m.tellSwitched(sh)
	}
	return sh.Reload()
}

// needCode are the channels that were switched off and go on again with their code
// only, because they are not verified.
func (m switchedMsg) needCode() []backend.Channel {
	return slices.DeleteFunc(slices.Clone(m.switched), func(ch backend.Channel) bool { return m.on || ch.Verified })
}

// setUndo makes an undo for the channels that do not need a code.
func (m switchedMsg) setUndo(sh *shell.Shell) {
	back := slices.DeleteFunc(slices.Clone(m.switched), func(ch backend.Channel) bool { return !m.on && !ch.Verified })
	if len(back) > 0 {
		sh.Undo = func() tea.Cmd { return setEnabledCmd(sh, back, !m.on) }
	}
}

func (m switchedMsg) tellSwitched(sh *shell.Shell) {
	is := "is"
	if len(m.switched) > 1 {
		is = "are"
	}
	text := fmt.Sprintf("%s %s %s", shell.Capitalized(channelList(priorities(m.switched))), is, onOff(m.on))
	if sh.Undo == nil {
		sh.Tell(shell.Warning, "%s. One that is not verified goes on again with its code.", text)
		return
	}
	text += fmt.Sprintf(" %s %s undo", sh.Look.Dot, sh.Keys.Key(keymap.Undo))
	if locked := priorities(m.needCode()); len(locked) > 0 {
		sh.Tell(shell.Warning, "%s, but for %s: not verified, goes on again with its code.", text, channelList(locked))
		return
	}
	sh.Tell(shell.Good, "%s", text)
}

// tellFailed tells in one notice which channels were not switched and why, which
// were, and which were not tried.
func (m switchedMsg) tellFailed(sh *shell.Shell) {
	what, last := "Not switched "+onOff(m.on), m.failed[len(m.failed)-1]
	if len(m.switched)+len(m.failed)+len(m.notTried) == 1 || backend.ErrorCode(last.err) == backend.CodeUnauthorized {
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
		sentences = append(sentences, fmt.Sprintf("Switched %s: %s.", onOff(m.on), channelList(priorities(m.switched))))
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
	if shell.IsOffline(last.err) {
		sh.Disconnected()
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

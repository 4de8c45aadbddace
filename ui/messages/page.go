package messages

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// open shows a message as a page of its own. The page shows changes of the message,
// has the actions of its row, and closes when the message is deleted.
func (s *screen) open(m backend.Message) tea.Cmd {
	now := func() (backend.Message, bool) {
		i := slices.IndexFunc(s.shell.Session.Inbox.Messages, func(x backend.Message) bool { return x.ID == m.ID })
		if i < 0 {
			return m, false
		}
		return s.shell.Session.Inbox.Messages[i], true
	}
	r := shell.NewReader(s.shell, m.Subject, func(w int) []string { m, _ := now(); return s.pageLines(m, w) })
	r.Actions = shell.PageActions{
		Scope: keymap.Messages,
		List:  s.pageActions(now),
		Do:    func(id keymap.ID) tea.Cmd { return s.actOn(m.ID, id) },
		IsGone: func(msg tea.Msg) bool {
			_, isThere := now()
			read, ok := msg.(messagesReadMsg)
			return ok && read.err == nil && !isThere
		},
	}
	s.shell.Open(r)
	return s.markCmd(m, true)
}

// pageActions lists the actions on the message that find returns, with their places on
// its page.
func (s *screen) pageActions(find func() (backend.Message, bool)) []shell.Action {
	places := map[keymap.ID]int{keymap.UseCode: 1, keymap.SendAgain: 2, keymap.Copy: 3, keymap.DeleteMessage: 4}
	list := append(s.newMessageActions(find), shell.Action{ID: keymap.ShowValues})
	for i, a := range list {
		list[i].Place = shell.At(places[a.ID])
	}
	return list
}

// actOn asks for an action on one message. The cursor goes there, since the actions of
// the screen are about the message under it; to delete or mark it, others are no longer chosen.
func (s *screen) actOn(id string, action keymap.ID) tea.Cmd {
	if s.indexOf(id) < 0 {
		s.showAll() // its state has changed since
	}
	if at := s.indexOf(id); at >= 0 {
		s.list.At = at
	}
	if action == keymap.DeleteMessage || action == keymap.MarkUnread {
		clear(s.chosen)
	}
	return func() tea.Msg { return shell.ActMsg{ID: action} }
}

// pageLines are a whole message and what became of it. Attempts stand above the text,
// except for a held message: what it says is the answer then.
func (s *screen) pageLines(m backend.Message, w int) []string {
	sh := s.shell
	label := func(text string) string { return sh.Look.Muted.Render(draw.Pad(text, 9)) }
	const leastTo = 20 // cells of the address, for which the name of the channel is cut
	to := sh.Masked(m.Type, m.To)
	channel := channelName(sh, m, max(channelWidth, w-12-min(draw.Width(to), leastTo)))
	lines := []string{
		label("To") + sh.Look.Text.Render(sh.MaskedIn(m.Type, m.To, w-12-draw.Width(channel))) + sh.Look.Muted.Render(" "+sh.Look.Dot+" "+channel),
		label("Kind") + sh.Look.Text.Render(shell.KindName(m.Kind)) + sh.Look.Muted.Render(" "+sh.Look.Dot+" "+shell.Stamp(sh.Now, m.At)),
	}
	lines = append(lines, s.stateLines(m, w)...)
	if m.Code != "" {
		lines = append(lines, label("Code")+sh.Look.Strong.Render(safe.Text(m.Code))+"  "+s.codeHint(m, "enters it where it belongs"))
	}
	if m.Word != "" {
		lines = append(lines, label("Word")+sh.Look.Strong.Render(safe.Text(m.Word))+"  "+s.codeHint(m, "gives it back"))
	}
	body := []string{""}
	for _, line := range shell.Wrapped(m.Body, w) {
		body = append(body, sh.Look.Text.Render(line))
	}
	if m.State == backend.StateHeld {
		return append(append(lines, body...), s.attemptLines(m, w)...)
	}
	return append(append(lines, s.attemptLines(m, w)...), body...)
}

// stateLines are the state of a message, and what the provider answered.
func (s *screen) stateLines(m backend.Message, w int) []string {
	sh := s.shell
	now := state.OfMessage(m.State)
	style, head, rest := now.Style(&sh.Look.Palette), now.Said(&sh.Look), ""
	provider, answer := safe.Text(m.Provider), strings.TrimSpace(safe.Text(m.Detail))
	switch m.State {
	case backend.StateHeld:
		rest, answer = strings.TrimPrefix(sh.Session.HeldText(), head+" "), ""
	case backend.StateQueued:
		rest = sh.Look.Dot + " " + sh.NextAttempt(m)
		if sh.Now.Before(m.NextAt) && s.whyNoResend(m) == "" {
			rest += " " + sh.Look.Dot + " " + sh.Keys.Key(keymap.SendAgain) + " sends it now"
		}
	case backend.StateUnknown:
		rest = sh.Look.Dot + " " + provider
	case backend.StateFailed:
		if provider != "" {
			rest = "by " + provider
		}
	default:
		rest = "by " + provider
	}
	var lines []string
	for i, line := range draw.Wrap(head+" "+rest, w-9) {
		label := draw.Space(9)
		if i == 0 {
			label, line = sh.Look.Muted.Render("State    "), style.Render(head)+sh.Look.Text.Render(strings.TrimPrefix(line, head))
		}
		lines = append(lines, label+line)
	}
	if answer == "" {
		return lines
	}
	for _, line := range draw.Wrap(answer, w-9) {
		lines = append(lines, draw.Space(9)+style.Render(line))
	}
	return lines
}

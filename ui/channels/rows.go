package channels

import (
	"fmt"
	"slices"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/sahilm/fuzzy"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/shell"
)

// narrow sets the channels that are shown: those that pass the type filter and match
// the text to find. The cursor stays on its channel. A channel that is not shown is
// not chosen either.
func (s *screen) narrow() {
	priority := s.wanted
	if ch, ok := s.current(); ok && priority == 0 {
		priority = ch.Priority
	}
	s.shown = s.columns.Sorted(matching(s.passing, s.find.Text()))
	s.moveCursorTo(priority)
	for p := range s.chosen {
		if !slices.ContainsFunc(s.shown, func(ch backend.Channel) bool { return ch.Priority == p }) {
			delete(s.chosen, p)
		}
	}
	if len(s.shown) == 0 {
		s.isDetail = false
	}
}

// spellings are the values by which a channel is found: in force and waiting, as people
// read them and as protocols have them.
func spellings(ch backend.Channel) []string {
	return slices.Compact([]string{ch.InForce(), backend.ReadableHost(ch.Type, ch.InForce()), ch.Value, backend.ReadableHost(ch.Type, ch.Value)})
}

// matching returns the channels that have the letters of text in this order, as in
// "wbk" for "webhook", and those whose number has its digits; all channels for "". A channel
// has them with the value in force or with the one that waits behind it.
func matching(channels []backend.Channel, text string) []backend.Channel {
	if text == "" {
		return channels
	}
	var lines []string
	var of []int // the channel of each line
	for i, ch := range channels {
		for _, value := range spellings(ch) {
			lines = append(lines, fmt.Sprintf("%d %s %s %s", ch.Priority, shell.TypeName(ch.Type), ch.Label, value))
			of = append(of, i)
		}
	}
	isFound := make([]bool, len(channels))
	for _, m := range fuzzy.Find(text, lines) {
		isFound[of[m.Index]] = true
	}
	for i, ch := range channels {
		isFound[i] = isFound[i] || ch.Type == backend.TypeSMS && (shell.HasNumber(ch.InForce(), text) || shell.HasNumber(ch.Value, text))
	}
	var found []backend.Channel
	for i, ch := range channels {
		if isFound[i] {
			found = append(found, ch)
		}
	}
	return found
}

// moveCursorTo puts the cursor on the channel with this priority, or on the one with the
// next priority where it is not shown.
func (s *screen) moveCursorTo(priority int) {
	next := -1
	for i, ch := range s.shown {
		if ch.Priority == s.wanted {
			s.wanted = 0
		}
		if ch.Priority >= priority && (next < 0 || ch.Priority < s.shown[next].Priority) {
			next = i
		}
	}
	if next >= 0 {
		s.list.At = next
	}
	s.list.Fit(len(s.shown), s.list.H)
}

// current returns the channel under the cursor; false when none is shown.
func (s *screen) current() (backend.Channel, bool) {
	if s.list.At < 0 || s.list.At >= len(s.shown) {
		return backend.Channel{}, false
	}
	return s.shown[s.list.At], true
}

// whyNoChannel says why no channel is shown, "" when one is.
func (s *screen) whyNoChannel() string {
	sh := s.shell
	switch {
	case len(s.shown) > 0:
		return ""
	case s.isUnreadable():
		return fmt.Sprintf("The channels could not be read. %s tries again.", sh.Keys.Key(keymap.Refresh))
	case !s.isRead():
		return sh.Unread("The channels have")
	case len(sh.Session.Channels) > 0:
		return fmt.Sprintf("No channel is shown: %d are hidden. %s shows them again.", len(sh.Session.Channels), sh.Keys.Key(keymap.Back))
	}
	return fmt.Sprintf("There is no channel yet. %s adds one.", sh.Keys.Key(keymap.AddChannel))
}

// targets are the channels that an action is done to: the chosen ones, or else the
// one under the cursor.
func (s *screen) targets() []backend.Channel {
	var targets []backend.Channel
	for _, ch := range s.shown {
		if s.chosen[ch.Priority] {
			targets = append(targets, ch)
		}
	}
	if ch, ok := s.current(); ok && targets == nil {
		targets = append(targets, ch)
	}
	return targets
}

// toggleChosen chooses a channel, or no longer, and goes on to the next one.
func (s *screen) toggleChosen(ch backend.Channel) tea.Cmd {
	if s.chosen[ch.Priority] {
		delete(s.chosen, ch.Priority)
	} else {
		s.chosen[ch.Priority] = true
	}
	s.list.Move(keymap.Down)
	return nil
}

// extendChosen moves the cursor as down or up does, and chooses the channel that it
// leaves and the one that it comes to.
func (s *screen) extendChosen(downOrUp keymap.ID) {
	s.chooseCurrent()
	s.list.Move(downOrUp)
	s.page.top = 0
	s.chooseCurrent()
}

func (s *screen) chooseCurrent() {
	if ch, ok := s.current(); ok {
		s.chosen[ch.Priority] = true
	}
}

// toggleAllChosen chooses every channel that is shown, or none when all are chosen.
func (s *screen) toggleAllChosen() {
	if len(s.chosen) == len(s.shown) {
		clear(s.chosen)
		return
	}
	for _, ch := range s.shown {
		s.chosen[ch.Priority] = true
	}
}

// unchooseReplaced takes a channel out of the chosen ones when, in what has been read
// now, another channel has its priority.
func (s *screen) unchooseReplaced(now []backend.Channel) {
	for _, was := range s.shell.Session.Channels {
		if slices.ContainsFunc(now, func(ch backend.Channel) bool { return ch.Priority == was.Priority && shell.IsAnother(was, ch) }) {
			delete(s.chosen, was.Priority)
		}
	}
}

// show puts the cursor on a channel, and shows all of them where it is hidden.
func (s *screen) show(priority int) tea.Cmd {
	s.isDetail, s.wanted = false, priority
	if !slices.ContainsFunc(s.shown, func(ch backend.Channel) bool { return ch.Priority == priority }) {
		s.find.Clear()
		s.filter, s.passing = backend.ChannelFilter{}, s.shell.Session.Channels
	}
	s.narrow()
	return nil
}

// clearFilter shows every type again.
func (s *screen) clearFilter() tea.Cmd {
	s.filter = backend.ChannelFilter{}
	return s.Load()
}

// back undoes one thing at a time: it closes the detail, chooses nothing, empties the
// text to find, clears the type filter.
func (s *screen) back() tea.Cmd {
	switch {
	case s.isDetail:
		s.isDetail = false
	case len(s.chosen) > 0:
		clear(s.chosen)
	case s.find.Text() != "":
		s.find.Clear()
		s.narrow()
	case s.filter.Include != nil || s.filter.Exclude != nil:
		return s.clearFilter()
	}
	return nil
}

package messages

import (
	"cmp"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// cells are the columns of a message in w cells.
func (s *screen) cells(look *theme.Palette, m backend.Message, w int) string {
	line := s.columns.Cells(look, m, s.columns.Layout(w))
	return line + look.Text.Render(draw.Space(w-draw.Width(line)))
}

func (s *screen) stateCell(look *theme.Palette, m backend.Message, w int) string {
	now := state.OfMessage(m.State)
	said := now.Said(&s.shell.Look)
	if draw.Width(said) > w { // a word that is cut says less than one without its sign
		said = now.Word()
	}
	return now.Style(look).Render(draw.Pad(said, w))
}

func (s *screen) whenCell(look *theme.Palette, m backend.Message, w int) string {
	return s.textStyle(look, m).Render(s.when(m, w))
}

// when is the time of a message in w cells: the time of day, or on another day the date
// where there is no room for both. The newest one is marked.
func (s *screen) when(m backend.Message, w int) string {
	stamp := shell.Stamp(s.shell.Now, m.At)
	if draw.Width(stamp) > w {
		stamp = s.shell.Day(m.At)
	}
	if s.isNewest(m) && draw.Width(stamp)+2 <= w {
		stamp += " " + s.shell.Look.Left
	}
	return draw.Pad(stamp, w)
}

func (s *screen) channelCell(look *theme.Palette, m backend.Message, w int) string {
	return s.textStyle(look, m).Render(draw.Pad(channelName(s.shell, m, w), w))
}

func (s *screen) toCell(look *theme.Palette, m backend.Message, w int) string {
	return s.textStyle(look, m).Render(draw.Pad(s.shell.MaskedIn(m.Type, m.To, w), w))
}

// whatCell is the kind of the message and what became of it.
func (s *screen) whatCell(look *theme.Palette, m backend.Message, w int) string {
	kind, result := draw.Cut(shell.KindName(m.Kind), w), s.shell.ResultText(m)
	if result != "" {
		kind += " " + s.shell.Look.Dot + " "
	}
	return s.textStyle(look, m).Render(draw.Clip(kind, w)) + state.OfMessage(m.State).Style(look).Render(draw.Pad(result, max(0, w-draw.Width(kind))))
}

// compareStates puts what failed first, then what is not known, then what waits.
func compareStates(a, b backend.Message) int {
	order := map[backend.MessageState]int{backend.StateFailed: 1, backend.StateUnknown: 2, backend.StateQueued: 3, backend.StateHeld: 4, backend.StateSent: 5}
	return order[a.State] - order[b.State]
}

func compareTimes(a, b backend.Message) int { return a.At.Compare(b.At) }

func compareTo(a, b backend.Message) int {
	return cmp.Compare(strings.ToLower(backend.ReadableHost(a.Type, a.To)), strings.ToLower(backend.ReadableHost(b.Type, b.To)))
}

func compareKinds(a, b backend.Message) int { return cmp.Compare(a.Kind, b.Kind) }

func (s *screen) compareChannels(a, b backend.Message) int {
	number := func(m backend.Message) int {
		ch, _ := s.shell.Session.ChannelOf(m)
		return ch.Priority
	}
	return number(a) - number(b)
}

package profile

import (
	"fmt"
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// columns are the widths of the list of channels in cells. None is wider than what stands
// in it, so that the state is beside the value in every window.
type columns struct {
	number, kind, label, value, on, state int // kind, label and on are 0 for none
	gap                                   string
}

const (
	kindWidth    = len("@ webhook")
	onWidth      = len("off")
	enoughOf     = 18 // cells of a value, below which other columns give way
	mostLabel    = 12
	leastValue   = 8
	leastState   = 6
	compactState = len("! failing for 3h")
)

func (s *screen) columnsFor(w int) columns {
	sh := s.shell
	k := columns{number: 1, kind: kindWidth, label: shell.LabelWidth(sh.Session.Channels, mostLabel), on: onWidth, gap: "  "}
	if sh.Room == shell.Compact {
		k.kind, k.label, k.on, k.gap = 0, 0, 0, " "
	}
	for _, ch := range sh.Session.Channels {
		k.number = max(k.number, len(strconv.Itoa(ch.Priority)))
		k.value = max(k.value, draw.Width(sh.Masked(ch.Type, ch.InForce())))
		k.state = max(k.state, draw.Width(channelState(sh, ch, false).Text))
	}
	if sh.Room == shell.Compact {
		k.state = min(k.state, compactState)
	}
	less := []*int{&k.on, &k.kind}
	if k.label > 0 { // it says more than the type
		less = []*int{&k.kind, &k.on, &k.label}
	}
	for _, column := range less {
		if k.room(w) < min(k.value, enoughOf) {
			*column = 0
		}
	}
	k.value = min(k.value, max(leastValue, k.room(w)))
	k.state = max(leastState, min(k.state, k.state+k.room(w)-k.value))
	return k
}

// room is what the other columns leave for the value.
func (k columns) room(w int) int {
	w -= k.indent() + 2 + k.state + 1 // two blanks between columns, one at the edge
	if k.on > 0 {
		w -= k.on + 2
	}
	return w
}

// line is what stands before the label.
func (k columns) line() shell.ChannelLine {
	return shell.ChannelLine{Number: k.number, Type: k.kind, Gap: k.gap}
}

// indent is where the value begins.
func (k columns) indent() int {
	n := k.line().Lead()
	if k.label > 0 {
		n += k.label + len(k.gap)
	}
	return n
}

// channelParts are the channels by priority, each with what there is to say of it. Where
// not all fits into h lines, that is said only of the one under the cursor.
func (s *screen) channelParts(w, h int) []part {
	sh := s.shell
	channels := sh.Session.Channels
	if channels != nil && len(channels) == 0 {
		return []part{{lines: []string{" " + sh.Look.Warn.Render(sh.Look.Attention+" no channel yet: "+state.Unreached.Word())}}}
	}
	k := s.columnsFor(w)
	var brief, full []part
	for _, ch := range channels {
		p := part{strconv.Itoa(ch.Priority), []string{s.channelLine(ch, k, w)}}
		long := part{p.row, append(p.lines, s.channelNotes(ch, k, w)...)}
		full = append(full, long)
		if s.isAt(p.row) {
			p = long
		}
		brief = append(brief, p)
	}
	if sh.Room == shell.Compact || height(full) > h {
		return brief
	}
	return full
}

// channelLine is a channel in one line of w cells.
func (s *screen) channelLine(ch backend.Channel, k columns, w int) string {
	sh := s.shell
	look, mark := s.look(strconv.Itoa(ch.Priority))
	said := channelState(sh, ch, k.on > 0)
	line := k.line()
	cells := line.Cells(look, shell.LabelCell(look, ch, k.label), sh.ValueCell(look, ch, k.value), shell.OnCell(look, ch, k.on))
	left := w - line.Lead() - draw.Width(cells) - 2
	return line.Draw(sh, shell.RowLook{Palette: look, Mark: mark}, ch, cells, look.Text.Render("  ")+said.Style(look).Render(draw.Pad(said.Text, left)))
}

// channelNotes are what the line of a channel has no room for: a new value that waits for
// its code, what the provider said to the last message, and under the cursor what was cut.
func (s *screen) channelNotes(ch backend.Channel, k columns, w int) (lines []string) {
	sh := s.shell
	note := func(of state.State, text string) {
		for _, line := range draw.Wrap(text, max(leastValue, w-k.indent()-1)) {
			lines = append(lines, draw.Space(k.indent())+of.Style(&sh.Look.Palette).Render(line))
		}
	}
	said := channelState(sh, ch, k.on > 0)
	if s.isAt(strconv.Itoa(ch.Priority)) {
		if value := sh.Masked(ch.Type, ch.InForce()); draw.Width(value) > k.value {
			note(state.On, value)
		}
		if draw.Width(said.Text) > k.state {
			note(said.State, said.Text)
		}
	}
	if state.IsFailing(ch) {
		note(state.Failing, safe.Text(ch.Failure.Provider)+": "+safe.Text(ch.Failure.Status))
	}
	if state.IsOldInForce(ch) {
		now := state.OfCode(ch.Code, sh.Now)
		note(now, sh.Look.Arrow+" "+sh.Masked(ch.Type, ch.Value)+": "+sh.CodeWord(ch.Code))
	}
	return lines
}

// moreChannels says how many channels are not in sight, and how many of them fail.
func (s *screen) moreChannels(hidden []part) string {
	sh := s.shell
	all := sh.Session.Channels
	below := all[len(all)-min(len(hidden), len(all)):]
	text := fmt.Sprintf(" and %d more", len(below))
	if sh.Room == shell.Compact { // it stands under other things than channels
		text = " and " + shell.Count(len(below), "channel")
	}
	more := sh.Look.Muted.Render(text)
	if n := shell.CountFailing(below); n > 0 {
		more += sh.Look.Err.Render(fmt.Sprintf(", %s %d %s", sh.Look.No, n, state.Failing.Word()))
	}
	return more
}

// said is a state in words.
type said struct {
	state.State
	Text string
}

// channelState says whether the customer is reached by a channel, as far as that is known.
// hasOff: that it is off is said elsewhere.
func channelState(sh *shell.Shell, ch backend.Channel, hasOff bool) said {
	now := state.OfReach(ch, sh.Now)
	text := now.Word()
	switch now {
	case state.Off:
		if hasOff && !ch.Proof.SeenAt.IsZero() {
			return said{now, state.Seen.Word() + " " + sh.Ago(ch.Proof.SeenAt)}
		}
		if hasOff {
			return said{now, state.Unseen.Said(&sh.Look)}
		}
	case state.Failing:
		text = state.OfFailure(*ch.Failure).Word()
		if f := ch.Failure; f.Since.IsZero() {
			text += ", " + sh.Ago(f.At)
		} else {
			text += " for " + shell.Short(sh.Now.Sub(f.Since))
		}
	case state.Seen:
		text += " " + sh.Ago(ch.Proof.SeenAt)
	case state.Stale:
		text += ", seen " + sh.Ago(ch.Proof.SeenAt)
	case state.WaitingCode, state.Expired, state.Locked, state.Exhausted:
		text = sh.CodeWord(ch.Code)
	default:
	}
	return said{now, now.With(&sh.Look, text)}
}

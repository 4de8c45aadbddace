package shell

import (
	"fmt"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// Part is a piece of a line in one style.
type Part struct {
	Style theme.Style
	Text  string
}

// finding is one thing that the verdict says.
type finding struct {
	style  theme.Style
	text   string
	detail string // in a provider's words; the first to be cut
}

func (f finding) full() string {
	if f.detail == "" {
		return f.text
	}
	return f.text + ": " + f.detail
}

// Verdict says in one line of at most w cells what fails, whom a person has proved to be
// reached, what is not proved any more, what stays on this machine and what waits for a
// code; "" before the channels are read. Where not all fits, what providers said is cut
// first, and then the end is counted.
func (s *Shell) Verdict(w int) string {
	found := s.findings()
	list, left := found.list, found.more
	more := ""
	if left > 0 {
		more = fmt.Sprintf("  +%d", left)
	}
	for len(list) > 1 && length(list, leastDetail)+len(more) > w {
		list = list[:len(list)-1]
		left++
		more = fmt.Sprintf("  +%d", left)
	}
	free := w - len(more) - length(list, leastDetail)
	var b strings.Builder
	for i, f := range list {
		if i > 0 {
			b.WriteString(between)
		}
		least := f.width(leastDetail)
		text := draw.Cut(f.full(), min(w-len(more), least+max(0, free)))
		free -= draw.Width(text) - least
		b.WriteString(f.style.Render(text))
	}
	return b.String() + s.Look.Muted.Render(more)
}

// between stands between two findings.
const between = "   "

// mostFindings is more than any line has room for.
const mostFindings = 12

// leastDetail is how many cells are kept at least of what a provider said.
const leastDetail = 10

// width is that of the finding with so many cells of its detail at most.
func (f finding) width(detail int) int {
	return draw.Width(f.full()) - max(0, draw.Width(f.detail)-detail)
}

// length is the width of a line with the findings.
func length(list []finding, detail int) int {
	n := -len(between)
	for _, f := range list {
		n += f.width(detail) + len(between)
	}
	return n
}

// findings are what the verdict says, the most urgent first. Those beyond mostFindings are
// counted.
type findings struct {
	list []finding
	more int
}

// hasRoom reports whether another one is listed, and counts it where it is not.
func (f *findings) hasRoom() bool {
	if len(f.list) < mostFindings {
		return true
	}
	f.more++
	return false
}

func (f *findings) add(style theme.Style, text, detail string) {
	f.list = append(f.list, finding{style, text, detail})
}

func (s *Shell) findings() (found findings) {
	if s.Session.Channels != nil {
		s.addBlocked(&found)
		s.addFailing(&found)
		s.addDelayed(&found)
		s.addReached(&found)
		s.addPending(&found)
	}
	return found
}

// addFailing adds the channels that fail.
func (s *Shell) addFailing(found *findings) {
	for _, ch := range s.Session.Channels {
		if !state.IsFailing(ch) || !found.hasRoom() {
			continue
		}
		f := ch.Failure
		text := ShortChannelName(ch) + " "
		switch {
		case state.OfReach(ch, s.Now) != state.Failing:
			text += "code " + state.Failed.Word()
		case f.Since.IsZero():
			text += state.OfFailure(*f).Word() + ", " + s.Ago(f.At)
		default:
			text += state.OfFailure(*f).Word() + " for " + Short(s.Now.Sub(f.Since))
		}
		found.add(s.Look.Err, state.Failing.With(&s.Look, text), strings.TrimSpace(safe.Text(f.Status)))
	}
}

// addBlocked adds what was not sent for a reason that is the operator's to correct, each once.
func (s *Shell) addBlocked(found *findings) {
	told := map[string]bool{}
	for _, ch := range s.Session.Channels {
		if !s.isBlocked(ch) || told[ch.Blocked.Status] || !found.hasRoom() {
			continue
		}
		told[ch.Blocked.Status] = true
		text := TypeName(ch.Type) + " " + state.Blocked.Word()
		found.add(state.Blocked.Style(&s.Look.Palette), state.Blocked.With(&s.Look, text), strings.TrimSpace(safe.Text(ch.Blocked.Status)))
	}
}

// isBlocked reports whether the last message to a channel was not sent for a reason on the
// operator's side, and none of its type was accepted since, by which that is mended.
func (s *Shell) isBlocked(ch backend.Channel) bool {
	return ch.Blocked != nil && !slices.ContainsFunc(s.Session.Channels, func(other backend.Channel) bool {
		return other.Type == ch.Type && !other.Proof.Held && other.Proof.AcceptedAt.After(ch.Blocked.At)
	})
}

// addDelayed adds the channels that providers refuse for now.
func (s *Shell) addDelayed(found *findings) {
	for _, ch := range s.Session.Channels {
		if m, isDelayed := s.Session.Delayed(ch); isDelayed && !state.IsFailing(ch) && found.hasRoom() {
			text := ShortChannelName(ch) + " " + KindName(m.Kind) + " " + state.Waiting.Word()
			found.add(state.Waiting.Style(&s.Look.Palette), state.Waiting.With(&s.Look, text), safe.Text(m.Detail))
		}
	}
}

func (s *Shell) isDelayed(ch backend.Channel) bool {
	_, isDelayed := s.Session.Delayed(ch)
	return isDelayed
}

// addReached says how the customer is reached. Of a type with several channels it names the
// one that a person has proved last.
func (s *Shell) addReached(found *findings) {
	by := map[state.State][]backend.Channel{}
	on := 0
	for _, ch := range s.Session.Channels {
		if ch.Reachable() {
			on++
			now := state.OfReach(ch, s.Now)
			by[now] = append(by[now], ch)
		}
	}
	if on == 0 {
		found.add(s.Look.Err, state.Unreached.With(&s.Look, state.Unreached.Word()+": "+s.whyUnreached()), "")
		return
	}
	isSetUp := func(ch backend.Channel) bool { return s.Session.HasDelivery(ch.Type) }
	if held := by[state.Held]; len(held) == on && !slices.ContainsFunc(held, isSetUp) {
		found.add(s.Look.Warn, s.allHeld(), "")
		return
	}
	for _, now := range []state.State{state.Seen, state.Stale, state.Held, state.Unseen} {
		for _, ch := range newestOfType(by[now]) {
			if !found.hasRoom() {
				continue
			}
			text := ShortChannelName(ch) + " " + now.Word()
			switch now {
			case state.Seen:
				text += " " + s.Ago(ch.Proof.SeenAt)
			case state.Stale:
				text += ", seen " + s.Ago(ch.Proof.SeenAt)
			default:
			}
			found.add(now.Style(&s.Look.Palette), now.With(&s.Look, text), "")
		}
	}
}

// newestOfType keeps one channel of each type: the one that a person has proved last.
func newestOfType(list []backend.Channel) (kept []backend.Channel) {
	for _, ch := range list {
		i := slices.IndexFunc(kept, func(k backend.Channel) bool { return k.Type == ch.Type })
		switch {
		case i < 0:
			kept = append(kept, ch)
		case ch.Proof.SeenAt.After(kept[i].Proof.SeenAt):
			kept[i] = ch
		}
	}
	return kept
}

// whyUnreached says why no channel reaches the customer, in a few words.
func (s *Shell) whyUnreached() string {
	switch all := s.Session.Channels; {
	case len(all) == 0:
		return "no channel yet"
	case slices.ContainsFunc(all, func(ch backend.Channel) bool { return ch.ActiveValue != "" }):
		return "no channel is on"
	}
	return "no channel is verified"
}

// allHeld says that no message leaves the machine where the accounts are.
func (s *Shell) allHeld() string {
	switch {
	case s.Session.Local:
		return state.Held.Word() + ": nothing leaves this machine, no delivery is set up"
	case s.Session.Database:
		return state.Held.Word() + ": nothing leaves the database, no delivery is set up"
	}
	return state.Held.Word() + ": nothing leaves the server, no delivery is set up"
}

// addPending adds the codes that are waited for.
func (s *Shell) addPending(found *findings) {
	add := func(name string, code *backend.CodeState) {
		now := state.OfCode(code, s.Now)
		found.add(now.Style(&s.Look.Palette), now.With(&s.Look, name+" "+s.CodeWord(code)), "")
	}
	if p := s.Session.Profile; p != nil && p.Pending != nil && found.hasRoom() {
		add("username", &p.Pending.Code)
	}
	for _, ch := range s.Session.Channels {
		if !ch.Verified && !state.IsFailing(ch) && !s.isDelayed(ch) && found.hasRoom() {
			add(ShortChannelName(ch), ch.Code)
		}
	}
}

// CodeWord is the state of the code that something waits for, without the time that is
// left: a console in which nothing happens does not count seconds.
func (s *Shell) CodeWord(c *backend.CodeState) string {
	switch now := state.OfCode(c, s.Now); now {
	case state.WaitingCode, state.NeverVerified:
		return now.Word()
	default:
		return "code " + now.Word()
	}
}

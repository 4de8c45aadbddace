package channels

import (
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
)

// A cell is what is said of a channel in w cells of the terminal. In little room it says
// less.

// testWidth is the width below which the cell of the last test is a sign.
const testWidth = 11

// seenCell is when a person has proved to be reached, or the state of the code that the
// value waits for.
func seenCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	now, text := seenText(sh, ch)
	if isSeenButUnreached(ch, sh.Now) {
		text = draw.Space(draw.Width(now.Sign(&sh.Look))) + " " + text
		if w < leastWords {
			text = ""
		}
		return look.Muted, draw.Cut(text, w)
	}
	return signed(sh, look, now, text, w)
}

// seenText says in short when a person has seen a message, or how it stands with the code.
func seenText(sh *shell.Shell, ch backend.Channel) (now state.State, text string) {
	now = seenState(ch, sh.Now)
	switch now {
	case state.Seen, state.Stale:
		return now, sh.Ago(ch.Proof.SeenAt)
	case state.WaitingCode:
		return now, "code " + shell.Span(ch.Code.ExpiresAt.Sub(sh.Now))
	case state.Locked:
		return now, now.Word() + " " + shell.Span(ch.Code.LockedUntil.Sub(sh.Now))
	case state.Unseen:
		if sh.Session.Lacks(backend.FeatureDeliveries) != "" { // the server does not tell
			return now, "verified"
		}
	default:
	}
	return now, now.Word()
}

// seenState is what is known of the value in force, or of the one that waits for its first
// code.
func seenState(ch backend.Channel, now time.Time) state.State {
	if state.IsOldInForce(ch) { // a remark is about the new value
		return state.OfProof(ch.Proof, now)
	}
	return state.OfValue(ch, now)
}

// isSeenButUnreached reports that a person has seen a message, by a channel that reaches no person
// now. It is told without the sign and the colour of a channel that does.
func isSeenButUnreached(ch backend.Channel, now time.Time) bool {
	return seenState(ch, now) == state.Seen && state.OfReach(ch, now) != state.Seen
}

// leastWords is the width below which there is only room for a sign.
const leastWords = 4

// signed is a sign and a text: in little room the text without its last words, or one of
// the two.
func signed(sh *shell.Shell, look *theme.Palette, s state.State, text string, w int) (theme.Style, string) {
	switch both := s.With(&sh.Look, text); {
	case draw.Width(both) <= w:
		return s.Style(look), both
	case w < leastWords:
		return s.Style(look), draw.Clip(s.Mark(&sh.Look), w)
	}
	for short := text; short != ""; short = short[:max(0, strings.LastIndexByte(short, ' '))] {
		if both := s.With(&sh.Look, strings.TrimSuffix(short, " for")); draw.Width(both) <= w {
			return s.Style(look), both
		}
	}
	return s.Style(look), draw.Cut(text, w)
}

// deliveryCell says that messages to a channel fail, or else what came of its last test.
func deliveryCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	f := ch.Failure
	switch {
	case f == nil || isTesting(sh, ch):
		return lastTestCell(sh, look, ch, w)
	case state.OfReach(ch, sh.Now) != state.Failing || f.Since.IsZero():
		return signed(sh, look, state.Failed, state.Failed.Word()+" "+sh.Ago(f.At), w)
	}
	return signed(sh, look, state.Failing, failingText(sh, f), w)
}

// failingText is "failing for 3h", or "stopped for 3h".
func failingText(sh *shell.Shell, f *backend.Failure) string {
	return state.OfFailure(*f).Word() + " for " + shell.Short(sh.Now.Sub(f.Since))
}

// lastTestCell is what came of the last test message.
func lastTestCell(sh *shell.Shell, look *theme.Palette, ch backend.Channel, w int) (theme.Style, string) {
	switch t := ch.LastTest; {
	case isTesting(sh, ch):
		return signed(sh, look, state.Sending, state.Sending.Word(), w)
	case t == nil && w < testWidth:
		return look.Muted, sh.Look.Never
	case t == nil:
		return look.Muted, sh.Look.Never + " no test"
	default:
		now := state.OfLastTest(ch)
		return signed(sh, look, now, now.Word()+" "+sh.Ago(t.At), w)
	}
}

// rowWords say of a channel in words what its row says with signs, where a row has no room
// for words.
func rowWords(sh *shell.Shell, ch backend.Channel) []shell.Part {
	const all = 40
	look := &sh.Look.Palette
	now, text := seenText(sh, ch)
	if now == state.Seen || now == state.Stale || now == state.WaitingCode {
		text = now.Word() + " " + text
	}
	seen := shell.Part{Style: now.Style(look), Text: now.With(&sh.Look, text)}
	if isSeenButUnreached(ch, sh.Now) {
		seen = shell.Part{Style: look.Muted, Text: text}
	}
	lastStyle, last := deliveryCell(sh, look, ch, all)
	return []shell.Part{{Style: lastStyle, Text: last}, seen}
}

func isTesting(sh *shell.Shell, ch backend.Channel) bool {
	return sh.Work.Busy(testRequest(ch.Priority))
}

package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
	"github.com/account-settings/pinghome/ui/theme"
	"github.com/account-settings/pinghome/ui/verify"
)

// channelFacts are the lines of the detail that say what a channel is.
func channelFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	lines := append(labelFacts(sh, ch, w), valueFacts(sh, ch, w)...)
	if !sh.ShowsValues() {
		lines = append(lines, sh.LabelledValue("", sh.Look.Faint.Render(sh.Keys.Key(keymap.ShowValues)+" shows it for 10 seconds")))
	}
	lines = append(append(lines, nextStep(sh, ch, w)...), "",
		sh.LabelledValue("On", shell.OnCell(&sh.Look.Palette, ch, onWidth)),
		verifiedLine(sh, ch),
		sh.LabelledValue("Added", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.CreatedAt))),
		sh.LabelledValue("Changed", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.UpdatedAt))),
		"")
	return append(lines, testFacts(sh, ch, w)...)
}

// shortFacts are those that are kept where there is little room: with what can be
// done next, and without the dates. The title has the label, unless that is long.
func shortFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	const mostInTitle = 12
	var lines []string
	if draw.Width(safe.Text(ch.Label)) > mostInTitle {
		lines = labelFacts(sh, ch, w)
	}
	lines = append(append(lines, valueFacts(sh, ch, w)...), nextStep(sh, ch, w)...)
	return append(lines, sh.LabelledValue("On", shell.OnCell(&sh.Look.Palette, ch, onWidth)), verifiedLine(sh, ch))
}

// labelled is a text behind a label, in as many lines of w cells as it needs.
func labelled(sh *shell.Shell, style theme.Style, label, text string, w int) []string {
	var lines []string
	for _, line := range draw.Wrap(text, w-11) {
		lines = append(lines, sh.LabelledValue(label, style.Render(line)))
		label = ""
	}
	return lines
}

// labelFacts are the label, which the title has no room for where it is long.
func labelFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	if ch.Label == "" {
		return nil
	}
	return labelled(sh, sh.Look.Text, "Label", safe.Text(ch.Label), w)
}

// valueFacts are the value in force, and the new one that waits for its code.
func valueFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	lines := labelled(sh, sh.Look.Text, "Value", sh.Masked(ch.Type, ch.InForce()), w)
	if state.IsOldInForce(ch) {
		lines = append(lines, labelled(sh, sh.Look.Warn, "New value", sh.Masked(ch.Type, ch.Value)+", "+state.OfCode(ch.Code, sh.Now).Word(), w)...)
	}
	return lines
}

func verifiedLine(sh *shell.Shell, ch backend.Channel) string {
	if ch.ActiveValue != "" && !ch.VerifiedAt.IsZero() {
		return sh.LabelledValue("Verified", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.VerifiedAt)))
	}
	if ch.Verified {
		return sh.LabelledValue("Verified", sh.Look.Text.Render("yes"))
	}
	style, text := seenCell(sh, &sh.Look.Palette, ch, 40)
	return sh.LabelledValue("Verified", style.Render(text))
}

// testFacts are about the last test message.
func testFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	t := ch.LastTest
	style, result := lastTestCell(sh, &sh.Look.Palette, ch, 60)
	if t != nil && t.OK && !t.Held {
		result += ", " + shell.Took(t.Duration)
	}
	lines := []string{sh.LabelledValue("Last test", style.Render(draw.Cut(result, w-11)))}
	if t == nil {
		return lines
	}
	lines = append(lines, labelled(sh, sh.Look.Muted, "", "by "+safe.Text(t.Provider)+", "+shell.Stamp(sh.Now, t.At), w)...)
	if t.Detail != "" {
		lines = append(lines, labelled(sh, sh.Look.Muted, "", safe.Text(t.Detail), w)...)
	}
	return lines
}

// nextStep is the one thing to do next with the channel, the most urgent one.
func nextStep(sh *shell.Shell, ch backend.Channel, w int) []string {
	style, text := nextText(sh, ch)
	return labelled(sh, style, "Next", text, w)
}

func nextText(sh *shell.Shell, ch backend.Channel) (theme.Style, string) {
	key := sh.Keys.Key
	look := &sh.Look.Palette
	switch reach := state.OfReach(ch, sh.Now); {
	case ch.FailsToReach():
		return look.Err, fmt.Sprintf("%s tests it again, %s changes the value", key(keymap.TestChannel), key(keymap.EditChannel))
	case state.IsOldInForce(ch):
		return look.Warn, fmt.Sprintf("%s; %s drops the new value", codeStep(sh, ch.Code), key(keymap.CancelValue))
	case !ch.Verified:
		if m, isDelayed := sh.Session.Delayed(ch); isDelayed && m.Kind == backend.KindVerification {
			return look.Warn, "its code is " + state.Waiting.Word() + ": " + key(keymap.Screen5) + " shows it, and sends it now"
		}
		return look.Warn, codeStep(sh, ch.Code)
	case verify.WhyNoWord(sh, ch) == "":
		return look.Info, fmt.Sprintf("%s takes the word of the test of %s", key(keymap.EnterWord), sh.Ago(ch.Proof.WordSentAt))
	case reach == state.Off:
		return look.Text, key(keymap.SwitchChannel) + " switches it on"
	case reach == state.Held && sh.Session.HasDelivery(ch.Type):
		return look.Text, key(keymap.TestChannel) + " sends a test: its last message was " + state.Held.Word()
	case reach == state.Held:
		return look.Text, "no delivery is set up for " + shell.TypeName(ch.Type) + ": its messages are " + sh.Session.HeldText()
	case reach == state.Stale:
		return look.Warn, fmt.Sprintf("%s sends a test: that a person saw one is %s", key(keymap.TestChannel), sh.Ago(ch.Proof.SeenAt))
	case reach == state.Unseen && sh.Session.Lacks(backend.FeatureDeliveries) == "":
		return look.Text, key(keymap.TestChannel) + " sends a test: no person has seen one yet"
	}
	return look.Muted, "nothing to do"
}

// codeStep is what to do about the code that a value waits for.
func codeStep(sh *shell.Shell, c *backend.CodeState) string {
	switch now := state.OfCode(c, sh.Now); now {
	case state.WaitingCode:
		return fmt.Sprintf("%s enters its code: %s left, %s", sh.Keys.Key(keymap.VerifyChannel), shell.TimeLeft(c, sh.Now), shell.Tries(c.AttemptsLeft))
	case state.Locked:
		return now.Word() + " after too many wrong codes, for " + shell.Span(c.LockedUntil.Sub(sh.Now))
	case state.NeverVerified:
		return sh.Keys.Key(keymap.NewCode) + " sends its code"
	default:
		return sh.Keys.Key(keymap.NewCode) + " sends a new code: code " + now.Word()
	}
}

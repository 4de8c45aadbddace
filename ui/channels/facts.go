package channels

import (
	"fmt"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/theme"
)

// channelFacts are the lines of the detail that say what a channel is.
func channelFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	lines := valueFacts(sh, ch, w)
	if !sh.ShowsValues() {
		lines = append(lines, sh.LabelledValue("", sh.Look.Faint.Render(sh.Keys.Key(keymap.ShowValues)+" shows it for 10 seconds")))
	}
	triedFirst := ""
	if ch.Priority == 1 {
		triedFirst = " tried first"
	}
	lines = append(lines,
		sh.LabelledValue("Priority", sh.Look.Text.Render(fmt.Sprint(ch.Priority))+sh.Look.Muted.Render(triedFirst)),
		sh.LabelledValue("On", sh.Look.Text.Render(onOff(ch.Enabled))),
		verifiedLine(sh, ch),
		sh.LabelledValue("Added", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.CreatedAt))),
		sh.LabelledValue("Changed", sh.Look.Text.Render(shell.Stamp(sh.Now, ch.UpdatedAt))),
		"")
	lines = append(lines, testFacts(sh, ch, w)...)
	return append(append(lines, ""), nextStep(sh, ch, w)...)
}

// shortFacts are those that are kept where there is little room: with what can be
// done next, and without the dates.
func shortFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	lines := append(valueFacts(sh, ch, w), sh.LabelledValue("On", sh.Look.Text.Render(onOff(ch.Enabled))), verifiedLine(sh, ch))
	return append(lines, nextStep(sh, ch, w)...)
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

// valueFacts are the value, and the old one while that is in force.
func valueFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	lines := labelled(sh, sh.Look.Text, "Value", sh.Masked(ch.Type, ch.Value), w)
	if isOldInForce(ch) {
		lines = append(lines, labelled(sh, sh.Look.Text, "In force", sh.Masked(ch.Type, ch.ActiveValue)+" until the new value is verified", w)...)
	}
	return lines
}

func verifiedLine(sh *shell.Shell, ch backend.Channel) string {
	style, text := verifiedCell(sh, &sh.Look.Palette, ch, verifiedWidth)
	when := ""
	if ch.Verified && !ch.VerifiedAt.IsZero() {
		when = sh.Look.Muted.Render(" " + shell.Stamp(sh.Now, ch.VerifiedAt))
	}
	return sh.LabelledValue("Verified", style.Render(text)+when)
}

// testFacts are about the last test message.
func testFacts(sh *shell.Shell, ch backend.Channel, w int) []string {
	t := ch.LastTest
	style, result := lastTestCell(sh, &sh.Look.Palette, ch, 60)
	if t != nil && !t.OK { // the provider's answer follows below
		result = sh.Look.No + " failed " + sh.Look.Dot + " " + shell.Ago(sh.Now, t.At)
	}
	lines := []string{sh.LabelledValue("Last test", style.Render(draw.Cut(result, w-11)))}
	if t == nil {
		return lines
	}
	lines = append(lines, sh.LabelledValue("", sh.Look.Muted.Render(draw.Cut("by "+safe.Text(t.Provider)+", "+shell.Stamp(sh.Now, t.At), w-11))))
	if t.Detail != "" {
		lines = append(lines, labelled(sh, sh.Look.Muted, "", safe.Text(t.Detail), w)...)
	}
	return lines
}

// nextStep is what can be done next to have the channel verified and on.
func nextStep(sh *shell.Shell, ch backend.Channel, w int) []string {
	text := sh.Keys.Key(keymap.NewCode) + " sends a new code: the last one has expired"
	switch {
	case ch.Verified && ch.Enabled:
		text = "nothing pending"
	case ch.Verified:
		text = sh.Keys.Key(keymap.SwitchChannel) + " switches it on"
	case ch.Code.Live(sh.Now):
		text = fmt.Sprintf("%s enters its code: %s left, %s", sh.Keys.Key(keymap.VerifyChannel), shell.TimeLeft(ch.Code, sh.Now), shell.Tries(ch.Code.AttemptsLeft))
	case ch.Code != nil && sh.Now.Before(ch.Code.LockedUntil):
		text = "locked after too many wrong codes, for " + shell.Span(ch.Code.LockedUntil.Sub(sh.Now))
	}
	return labelled(sh, sh.Look.Text, "Next", text, w)
}

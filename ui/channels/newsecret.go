package channels

import (
	"fmt"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/lipgloss"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/shell"
)

// newSecretDialog asks before the signing secret of a webhook is replaced, and whether
// the old one goes on signing for a day.
type newSecretDialog struct {
	shell   *shell.Shell
	channel backend.Channel
	focus   int // in buttons
}

// The buttons of the dialog. The first has the focus, so that an enter pressed out of
// habit changes nothing.
const (
	keepOld = iota
	overlap
	endOld
)

func askNewSecret(sh *shell.Shell, ch backend.Channel) {
	sh.Open(&newSecretDialog{shell: sh, channel: ch})
}

func (d *newSecretDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *newSecretDialog) Typing() bool           { return false }
func (d *newSecretDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.NewSecrets} }

// Key moves the focus, presses the focused button, or does what the button with this key
// says, whichever has the focus.
func (d *newSecretDialog) Key(msg tea.KeyMsg) tea.Cmd {
	n := len(d.buttons())
	switch d.shell.Keys.Find(msg.String(), keymap.NewSecrets) {
	case keymap.RotateNext:
		d.focus = (d.focus + 1) % n
	case keymap.RotatePrev:
		d.focus = (d.focus + n - 1) % n
	case keymap.RotateKeep:
		return d.run(keepOld)
	case keymap.RotateOverlap:
		return d.run(overlap)
	case keymap.RotateEnd:
		if n > endOld {
			return d.run(endOld)
		}
		d.shell.Refuse(shell.Warning, "%s", d.shell.Session.Lacks(backend.FeatureEndSecret))
	case keymap.RotatePress:
		return d.run(d.focus)
	}
	return nil
}

func (d *newSecretDialog) run(button int) tea.Cmd {
	d.shell.Close(d)
	if button == keepOld {
		return nil
	}
	return rotateCmd(d.shell, d.channel, button == overlap)
}

// buttons are those that the backend can do.
func (d *newSecretDialog) buttons() []string {
	all := []string{"Keep", "New secret", "End old one now"}
	if d.shell.Session.Lacks(backend.FeatureEndSecret) != "" {
		return all[:endOld]
	}
	return all
}

// Card draws what each button does, and the buttons, one below the other where they do
// not fit.
func (d *newSecretDialog) Card(w, _ int) shell.Card {
	sh, buttons := d.shell, d.buttons()
	texts := []string{"Its receiver has to be told the new secret. For a day, messages carry the signatures of both, the old one's and the new one's; after that only the new one's."}
	if len(buttons) > endOld {
		texts = append(texts, "If others may know the old one, end it now: until the receiver has the new one, it cannot check messages.")
	}
	var lines []string
	for _, text := range texts {
		lines = append(append(lines, draw.Wrap(text, w)...), "")
	}
	row := make([]string, len(buttons))
	for i, text := range buttons {
		row[i] = sh.Button(text, i == d.focus, i != keepOld)
	}
	keys := []keymap.ID{keymap.RotateOverlap, keymap.RotateKeep}
	if len(buttons) > endOld {
		keys = []keymap.ID{keymap.RotateOverlap, keymap.RotateEnd, keymap.RotateKeep}
	}
	keep := len(lines) + d.focus
	var spots []shell.Spot
	if together := strings.Join(row, "  "); lipgloss.Width(together) <= w {
		row, keep = []string{together}, len(lines)
		spots = shell.ButtonSpots(len(lines), 2, keymap.RotatePress, func(button int) { d.focus = button }, buttons...)
	} else {
		for i, text := range buttons {
			spots = append(spots, shell.ButtonSpots(len(lines)+i, 0, keymap.RotatePress, func(int) { d.focus = i }, text)...)
		}
	}
	lines = append(lines, row...)
	return shell.Card{Spots: spots, Title: fmt.Sprintf("New signing secret for channel %d?", d.channel.Priority), Lines: lines, Keep: keep, Foot: len(row), Width: 54,
		Keys: keys}
}

package channels

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// secretDialog shows the signing secret of a webhook. No other place does: it is in
// no draft and no notice, and the dialog forgets it when it closes. It stays until the
// person says that they have the secret: that it was copied does not show that.
type secretDialog struct {
	shell    *shell.Shell
	priority int
	secret   string
	oldUntil time.Time // when the old secret ends; zero where there was none
	onHave   bool      // the focus is on the button that closes the dialog
	isAsked  bool      // esc was pressed, which does not close it
}

// secretReplacedMsg: a webhook got a new signing secret, or err says why not.
type secretReplacedMsg struct {
	priority int
	replaced backend.SigningSecret
	err      error
}

// whyNoSecret says why the channel has no signing secret to replace, "" when it has.
func (s *screen) whyNoSecret(ch backend.Channel) string {
	if why := s.shell.Session.Lacks(backend.FeatureDeliveries); why != "" {
		return why
	}
	if ch.Type != backend.TypeWebhook {
		return fmt.Sprintf("Channel %d is no webhook: only webhooks have a signing secret.", ch.Priority)
	}
	return ""
}

// rotateCmd replaces the signing secret of a webhook; with overlap the old one goes on
// signing for a day.
func rotateCmd(sh *shell.Shell, ch backend.Channel, overlap bool) tea.Cmd {
	view := sh.Session.View
	return sh.Change("secret", func(ctx context.Context) tea.Msg {
		var replaced backend.SigningSecret
		err := shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) (err error) {
			replaced, err = view.RotateSecret(ctx, ch.Priority, overlap)
			return err
		})
		return secretReplacedMsg{ch.Priority, replaced, err}
	})
}

func (m secretReplacedMsg) applyTo(s *screen) tea.Cmd {
	sh := s.shell
	if m.err != nil {
		sh.Fail("The new secret", m.err)
		return sh.Reload()
	}
	sh.NotUndoable("A replaced signing secret does not come back")
	sh.Open(&secretDialog{shell: sh, priority: m.priority, secret: m.replaced.Secret, oldUntil: m.replaced.OldUntil})
	return sh.Reload()
}

func (d *secretDialog) Update(tea.Msg) tea.Cmd { return nil }
func (d *secretDialog) Typing() bool           { return false }
func (d *secretDialog) Scopes() []keymap.Scope { return []keymap.Scope{keymap.Secrets} }

// Key closes only with the button that says so, which does not have the focus at first:
// an enter too many, or one that was meant for another dialog, loses nothing.
func (d *secretDialog) Key(msg tea.KeyMsg) tea.Cmd {
	switch d.shell.Keys.Find(msg.String(), keymap.Secrets) {
	case keymap.SecretCopy:
		return d.copyCmd()
	case keymap.SecretNext:
		d.onHave = !d.onHave
	case keymap.SecretStay:
		d.isAsked = true
	case keymap.SecretPress:
		if !d.onHave {
			return d.copyCmd()
		}
		d.Forget()
		d.shell.Close(d)
	}
	return nil
}

func (d *secretDialog) copyCmd() tea.Cmd { return d.shell.CopyCmd("the signing secret", d.secret) }

// Forget forgets the secret. The shell calls it when the dialog goes without having
// been closed.
func (d *secretDialog) Forget() { d.secret = "" }

// Card draws the secret, and until when an old one is valid.
func (d *secretDialog) Card(w, _ int) shell.Card {
	sh := d.shell
	lines := sh.Lines(sh.Look.Text, fmt.Sprintf("The receiver of channel %d checks with this secret that a message is from PingHome and was not changed (Standard Webhooks).", d.priority), w)
	lines = append(lines, "")
	for rest := safe.Text(d.secret); rest != ""; { // not wrapped as text: that could drop or add characters
		line := draw.Clip(rest, max(1, w))
		lines = append(lines, sh.Look.Strong.Render(line))
		rest = rest[len(line):]
	}
	lines = append(lines, "")
	if !d.oldUntil.IsZero() {
		lines = append(append(lines, sh.Lines(sh.Look.Text, "The old one stays valid, too, until "+shell.Stamp(sh.Now, d.oldUntil)+".", w)...), "")
	}
	warning := sh.Lines(sh.Look.Warn, sh.Look.Attention+" "+d.warning(), w)
	lines = append(append(lines, sh.Reserve(warning, shell.ReservedLines)...), "", d.buttons())
	spots := shell.ButtonSpots(len(lines)-1, 4, keymap.SecretPress, func(button int) { d.onHave = button == 1 }, "Copy", "I have it")
	return shell.Card{Title: "Signing secret", Lines: lines, Keep: len(lines) - 1, Foot: 1, Spots: spots, Keys: []keymap.ID{keymap.SecretCopy, keymap.SecretNext, keymap.SecretPress}}
}

func (d *secretDialog) buttons() string {
	return d.shell.Button("Copy", !d.onHave, false) + "    " + d.shell.Button("I have it", d.onHave, false)
}

func (d *secretDialog) warning() string {
	sh := d.shell
	switch {
	case d.isAsked || d.onHave:
		return fmt.Sprintf("It is not shown again. \"I have it\" (%s, %s) closes.", sh.Keys.Key(keymap.SecretNext), sh.Keys.Key(keymap.SecretPress))
	case !sh.CanCopy():
		return "It is not shown again: select and copy it now."
	}
	return "It is not shown again. " + sh.Keys.Key(keymap.SecretCopy) + " copies it."
}

package ui

import (
	"context"
	"fmt"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/draw"
	"github.com/account-settings/pinghome/ui/safe"
)

// secretDialog shows a webhook's signing secret, the only time that anybody
// gets to see it. It is kept in no draft and told in no notice, and the dialog
// forgets it when it closes.
type secretDialog struct {
	d        *desk
	priority int
	secret   string
	oldUntil time.Time // zero for a webhook that had none before
	parting  bool      // copied, or asked for it: the next esc closes
}

type secretMadeMsg struct {
	priority int
	made     backend.SigningSecret
	err      error
}

// askSecret asks before a webhook's secret is replaced.
func (d *desk) askSecret(ch backend.Channel) {
	view, p := d.opened.View, ch.Priority
	lines := []string{"Its receiver has to be told the new secret. For a day, messages carry the signatures of both, the old one's and the new one's; after that only the new one's."}
	d.open(&confirm{d: d, title: fmt.Sprintf("New signing secret for channel %d?", p), lines: lines, keep: "Keep", doIt: "New secret",
		action: func() tea.Cmd {
			return d.change("secret", func(ctx context.Context) tea.Msg {
				var made backend.SigningSecret
				err := whileShown(ctx, view, alone(ch), func(ctx context.Context) (err error) {
					made, err = view.RotateSecret(ctx, p)
					return err
				})
				return secretMadeMsg{p, made, err}
			})
		}})
}

func (s *secretDialog) Update(tea.Msg) tea.Cmd { return nil }
func (s *secretDialog) Typing() bool           { return false }
func (s *secretDialog) Scope() keymap.Scope    { return keymap.Secrets }

func (s *secretDialog) Key(msg tea.KeyMsg) tea.Cmd {
	switch s.d.keys.Find(msg.String(), keymap.Secrets) {
	case keymap.SecretCopy:
		s.parting = s.d.canCopy()
		return s.d.copyCmd("the signing secret", s.secret)
	case keymap.SecretClose:
		if !s.parting {
			s.parting = true
			return nil
		}
		s.secret = ""
		s.d.close(s)
	}
	return nil
}

func (s *secretDialog) Card(w, h int) card {
	d := s.d
	lines := d.lines(d.Text, fmt.Sprintf("The receiver of channel %d checks with this secret that a message is from PingHome and was not changed (Standard Webhooks).", s.priority), w)
	lines = append(lines, "")
	for rest := safe.Text(s.secret); rest != ""; { // no sign of our own may get between its characters
		line := draw.Clip(rest, max(1, w))
		lines = append(lines, d.Strong.Render(line))
		rest = rest[len(line):]
	}
	lines = append(lines, "")
	if !s.oldUntil.IsZero() {
		lines = append(append(lines, d.lines(d.Text, "The old one stays valid, too, until "+stampAhead(d.now, s.oldUntil)+".", w)...), "")
	}
	key := d.keys.Key(keymap.SecretClose)
	warn := "It is not shown again. " + d.keys.Key(keymap.SecretCopy) + " copies it."
	if !d.canCopy() {
		warn = "It is not shown again: select and copy it now."
	}
	if s.parting {
		warn = fmt.Sprintf("It is not shown again. %s closes for good.", key)
	}
	lines = append(lines, d.lines(d.Warn, d.Attention+" "+warn, w)...)
	return card{title: "Signing secret", lines: lines, keep: len(lines) - 1, keys: []keymap.ID{keymap.SecretCopy, keymap.SecretClose}}
}

// wipe forgets a secret that was never looked at to its end: the account or
// the program is left.
func (d *desk) wipe() {
	for _, o := range d.overlays {
		if s, ok := o.(*secretDialog); ok {
			s.secret = ""
		}
	}
}

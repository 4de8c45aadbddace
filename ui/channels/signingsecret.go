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

// secretDialog shows a webhook's signing secret, the only time that anybody
// gets to see it. It is kept in no draft and told in no notice, and the dialog
// forgets it when it closes.
type secretDialog struct {
	shell    *shell.Shell
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
func askSecret(sh *shell.Shell, ch backend.Channel) {
	view, p := sh.Session.View, ch.Priority
	lines := []string{"Its receiver has to be told the new secret. For a day, messages carry the signatures of both, the old one's and the new one's; after that only the new one's."}
	sh.Ask(shell.Question{Title: fmt.Sprintf("New signing secret for channel %d?", p), Lines: lines, Keep: "Keep", DoIt: "New secret",
		Action: func() tea.Cmd {
			return sh.Change("secret", func(ctx context.Context) tea.Msg {
				var made backend.SigningSecret
				err := shell.AsShown(ctx, view, shell.One(ch), func(ctx context.Context) (err error) {
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
	switch s.shell.Keys.Find(msg.String(), keymap.Secrets) {
	case keymap.SecretCopy:
		s.parting = s.shell.CanCopy()
		return s.shell.CopyCmd("the signing secret", s.secret)
	case keymap.SecretClose:
		if !s.parting {
			s.parting = true
			return nil
		}
		s.secret = ""
		s.shell.Close(s)
	}
	return nil
}

func (s *secretDialog) Card(w, h int) shell.Card {
	sh := s.shell
	lines := sh.Lines(sh.Look.Text, fmt.Sprintf("The receiver of channel %d checks with this secret that a message is from PingHome and was not changed (Standard Webhooks).", s.priority), w)
	lines = append(lines, "")
	for rest := safe.Text(s.secret); rest != ""; { // no sign of our own may get between its characters
		line := draw.Clip(rest, max(1, w))
		lines = append(lines, sh.Look.Strong.Render(line))
		rest = rest[len(line):]
	}
	lines = append(lines, "")
	if !s.oldUntil.IsZero() {
		lines = append(append(lines, sh.Lines(sh.Look.Text, "The old one stays valid, too, until "+shell.StampAhead(sh.Now, s.oldUntil)+".", w)...), "")
	}
	key := sh.Keys.Key(keymap.SecretClose)
	warn := "It is not shown again. " + sh.Keys.Key(keymap.SecretCopy) + " copies it."
	if !sh.CanCopy() {
		warn = "It is not shown again: select and copy it now."
	}
	if s.parting {
		warn = fmt.Sprintf("It is not shown again. %s closes for good.", key)
	}
	lines = append(lines, sh.Lines(sh.Look.Warn, sh.Look.Attention+" "+warn, w)...)
	return shell.Card{Title: "Signing secret", Lines: lines, Keep: len(lines) - 1, Keys: []keymap.ID{keymap.SecretCopy, keymap.SecretClose}}
}

// Forget forgets the secret: the account or the program is left.
func (s *secretDialog) Forget() { s.secret = "" }

package linear

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/command"
	"github.com/account-settings/pinghome/ui/shell"
)

// flag is a flag of a command with its value.
func flag(name, value string) string { return "--" + name + "=" + value }

// run runs a command on the account that is open. words are those behind "pinghome" with their flags; values are its
// arguments as they were typed. The commands say what was done.
func (m *Mode) run(ctx context.Context, words []string, values ...string) error {
	row := m.row
	if m.refresh(ctx); row != m.row && !m.isRepeat { // so that what is new after it is its own
		return exit.Failed("Nothing was changed.")
	}
	root := m.commands(ctx)
	root.SetArgs(append(append(words, "--"), values...))
	before := m.said.Len()
	err := root.ExecuteContext(ctx)
	isChange := (err == nil || shell.IsUnknown(err)) && !isNoChange[nameOf(words)]
	if isChange {
		m.changes++
		m.noteSecret(m.said.String()[min(before, m.said.Len()):])
	}
	m.noteDone(words, err)
	if isChange && err == nil && nameOf(words) == "account delete" {
		m.shell.Session.Ended = true // as was said
	}
	after := aCommand
	switch {
	case isChange:
		after = ownChange
	case backend.ErrorCode(err) == backend.CodeWrong:
		after = wrongCode
	}
	if ctx.Err() == nil && !shell.IsOffline(err) { // of which is told first
		m.reread(ctx, after)
	}
	return err
}

// commands are the commands of a script, on the account that is open.
func (m *Mode) commands(ctx context.Context) *cobra.Command {
	p := m.options.Program
	p.Out, p.Err = m.lines, m.lines
	p.Ask = m.askCommand
	p.Readable, p.Held = m.value, m.heldHow
	p.Run = func(work func(context.Context) error) error { return work(ctx) }
	p.Source = func(*cobra.Command, bool) func(context.Context, command.Purpose) (command.Opened, error) {
		return func(context.Context, command.Purpose) (command.Opened, error) { return m.opened(), nil }
	}
	root := &cobra.Command{Use: "pinghome", SilenceErrors: true, SilenceUsage: true}
	root.AddCommand(p.Commands()...)
	root.AddCommand(usage.Group("account", "delete accounts", p.AccountDelete()))
	return root
}

// heldHow says how one reads the newest message of a kind to an address where that is held here, "" where it is not. It
// reads, since the message may have been written just now.
func (m *Mode) heldHow(ctx context.Context, kind backend.MessageKind, by backend.ChannelType, to string) string {
	s := &m.shell.Session
	if s.Lacks(backend.FeatureMessages) != "" {
		return ""
	}
	if inbox, err := s.View.Messages(ctx, messagesRead); err == nil {
		s.Inbox = &inbox
	}
	return m.whereHeld(kind, by, to)
}

// whereHeld is heldHow of what was read last.
func (m *Mode) whereHeld(kind backend.MessageKind, by backend.ChannelType, to string) string {
	if message, isKnown := m.shell.Session.Newest(kind, by, to); isKnown && message.State == backend.StateHeld {
		return "messages reads it"
	}
	return ""
}

// opened is the open account as commands know it. It stays open after them.
func (m *Mode) opened() command.Opened {
	s := &m.shell.Session
	return command.Opened{View: s.View, Account: s.Account, Accounts: s.Accounts, WhyReadOnly: m.shell.WhyReadOnly(),
		Forget: func() error { return m.options.Forget(s.Scope, s.Account.ID) },
		Close:  func(bool) (string, error) { return "", nil }}
}

// askCommand asks a question of a command, to which back is an empty answer.
func (m *Mode) askCommand(ctx context.Context, text string) (string, error) {
	q := question{text: text, isSilent: true}
	if yes, isYesNo := strings.CutSuffix(strings.TrimSpace(text), " [y/N]"); isYesNo {
		q = yesNo(yes)
		q.isSilent = true
	}
	answer, _, err := m.put(ctx, q)
	return answer, err
}

// newCommand is a change that is done once, however often it is sent.
func newCommand() backend.Command {
	key := rand.Text()
	return backend.Command{Key: key, Fingerprint: fmt.Sprint("linear ", key)}
}

// isGone reports whether an error says that the account, or the right to it, is gone.
func isGone(err error) bool {
	return backend.ErrorCode(err) == backend.CodeUnauthorized && !errors.Is(err, context.Canceled)
}

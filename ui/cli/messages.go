package cli

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/ui/cli/usage"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// messagesCommand lists messages with their states, and with the codes of those
// that are held in the inbox: for scripts without a mail server, and to find out
// what waits or has failed.
func messagesCommand() *cobra.Command {
	return usage.Group("messages", "list what was sent, waits, failed, or is held on this machine", messagesList())
}

// messageLine is a message as JSON.
type messageLine struct {
	At      time.Time           `json:"at"`
	Type    backend.ChannelType `json:"type"`
	To      string              `json:"to"`
	Kind    backend.MessageKind `json:"kind"`
	Subject string              `json:"subject"`
	Body    string              `json:"body"`
	Code    string              `json:"code,omitempty"`

	State    backend.MessageState `json:"state"`
	Provider string               `json:"provider,omitempty"` // of the last attempt
	Detail   string               `json:"detail,omitempty"`   // what that provider said
	Attempts int                  `json:"attempts"`
	NextAt   *time.Time           `json:"next_at,omitempty"` // of the next attempt, while it is queued
}

func newMessageLine(m backend.Message) messageLine {
	l := messageLine{At: m.At, Type: m.Type, To: m.To, Kind: m.Kind, Subject: m.Subject, Body: m.Body, Code: m.Code,
		State: m.State, Provider: m.Provider, Detail: m.Detail, Attempts: m.Attempts}
	if !m.NextAt.IsZero() {
		l.NextAt = &m.NextAt
	}
	return l
}

// outcome returns the word of the state, and behind it the provider and what it said.
func (l messageLine) outcome() string {
	word := state.OfMessage(l.State).Word()
	if l.State == backend.StateHeld || l.Provider == "" {
		return word
	}
	return word + ": " + l.Provider + ", " + l.Detail
}

func messagesList() *cobra.Command {
	var s databaseCommand
	var account string
	c := s.command("list", "list messages and their states, the newest first", func(ctx context.Context, c *cobra.Command, _ []string) error {
		return s.withAccounts(ctx, false, func(accounts *local.Accounts) error {
			lines, err := messagesOf(ctx, accounts, account)
			if err != nil {
				return err
			}
			if s.isJSON {
				return writeJSON(c.OutOrStdout(), lines)
			}
			rows := [][]string{{"AT (" + shell.Zone(time.Now()) + ")", "TYPE", "TO", "KIND", "CODE", "SUBJECT", "STATE"}}
			for _, m := range lines {
				rows = append(rows, []string{m.At.Local().Format(time.DateTime), string(m.Type), backend.ReadableValue(m.Type, m.To), string(m.Kind), m.Code, m.Subject, m.outcome()})
			}
			return writeTable(c.OutOrStdout(), rows)
		})
	})
	c.Flags().BoolVar(&s.isJSON, "json", false, jsonWords)
	c.Flags().StringVar(&account, "account", "", "`ID|EMAIL` only the messages of this account")
	c.Example = "pinghome messages list --account ada@byron.example"
	return c
}

// messagesOf returns the messages of one account, or of all for "", newest first.
func messagesOf(ctx context.Context, accounts *local.Accounts, account string) ([]messageLine, error) {
	ids := []string{account}
	if account == "" {
		all, err := accounts.List(ctx, "", math.MaxInt32)
		if err != nil {
			return nil, err
		}
		ids = nil
		for _, a := range all {
			ids = append(ids, a.ID)
		}
	}
	lines := []messageLine{}
	for _, id := range ids {
		view, _, err := accounts.Open(ctx, id)
		if err != nil {
			return nil, err
		}
		inbox, err := view.Messages(ctx, math.MaxInt32)
		if err != nil {
			return nil, err
		}
		for _, m := range inbox.Messages {
			lines = append(lines, newMessageLine(m))
		}
	}
	slices.SortStableFunc(lines, func(a, b messageLine) int { return b.At.Compare(a.At) })
	return lines, nil
}

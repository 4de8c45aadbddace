package command

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

func (p *Program) messages() *cobra.Command {
	return p.group("messages", "list what was sent, waits, failed, or is held here; send it again", messagesList(), messagesShow(), messagesRead(),
		messagesDelete(), messagesResend())
}

// messagesList lists messages with their states, and with the codes of those that are held in the
// inbox: for scripts without a mail server, and to find out what waits or has failed. On a database
// without --account it lists those of all accounts.
func messagesList() spec {
	var chosen chosenMessages
	return spec{use: "list", short: "list messages and their states, the newest first", mayBeAll: func() bool { return true }, shows: backend.Message{}, mayShowAll: true,
		args: fieldsOrNone,
		example: "pinghome messages list --account ada@byron.example\npinghome messages list --json at,to,state,code\n" +
			"pinghome messages list --state failed --state unknown --limit 20",
		flags: chosen.bind,
		check: chosen.check,
		run: func(ctx context.Context, v *visit) error {
			list, err := v.allMessages(ctx, chosen)
			if err != nil {
				return err
			}
			titles := columns{names: []string{v.atTitle(), "TYPE", "TO", "KIND", "CODE", "SUBJECT", "STATE", "ID", "DETAIL"}, spare: []string{"SUBJECT", "TYPE", "KIND", "DETAIL"}, whole: []string{"ID", v.atTitle()}}
			return showList(v, list, titles, func(m backend.Message) []string {
				return []string{v.atCell(m.At), string(m.Type), v.cell(m.Type, m.To), string(m.Kind), m.Code, m.Subject, v.stateOf(m), m.ID, detailOf(m)}
			})
		}}
}

// chosenMessages are those that a list has.
type chosenMessages struct {
	states, types []string // nil for all
	limit         int      // 0 for none
}

var messageStates = []string{string(backend.StateQueued), string(backend.StateHeld), string(backend.StateSent), string(backend.StateFailed), string(backend.StateUnknown)}

func (m *chosenMessages) bind(f *pflag.FlagSet) {
	f.StringSliceVar(&m.states, "state", nil, "`STATE` only in this state: "+strings.Join(messageStates, ", ")+"; may be given several times")
	f.StringSliceVar(&m.types, "type", nil, "`TYPE` only to addresses of this type; may be given several times")
	f.IntVarP(&m.limit, "limit", "L", 0, "`NUMBER` list so many at most (else all)")
}

func (m *chosenMessages) check(c *cobra.Command) error {
	if c.Flags().Changed("limit") {
		if err := checkLimit(m.limit); err != nil {
			return err
		}
	}
	return cmp.Or(checkWords(c, "state", m.states, messageStates), checkTypes(c, "type", m.types))
}

// of are those of a list that are chosen, without regard to the limit.
func (m *chosenMessages) of(list []backend.Message) []backend.Message {
	return slices.DeleteFunc(slices.Clone(list), func(one backend.Message) bool {
		return len(m.states) > 0 && !slices.Contains(m.states, string(one.State)) || len(m.types) > 0 && !slices.Contains(m.types, string(one.Type))
	})
}

// pageSize is how many messages are read at once: no more than are listed, where all of them are.
func (m *chosenMessages) pageSize() int {
	if m.limit == 0 || len(m.states)+len(m.types) > 0 {
		return mostRows
	}
	return min(m.limit, mostRows)
}

// cut is the first of them, as many as the limit allows.
func (m *chosenMessages) cut(list []backend.Message) []backend.Message {
	if m.limit > 0 && len(list) > m.limit {
		return list[:m.limit]
	}
	return list
}

// stateOf is the state of a message: in the word of the console, or in a pipe in that of the API and of --state.
func (v *visit) stateOf(m backend.Message) string {
	if v.isTerminal() {
		return state.OfMessage(m.State).Word()
	}
	return string(m.State)
}

// detailOf is the provider of a message and what it said; "" of one that is held.
func detailOf(m backend.Message) string {
	if m.State == backend.StateHeld {
		return ""
	}
	return strings.TrimSuffix(m.Provider+", "+m.Detail, ", ")
}

func messagesShow() spec {
	return spec{use: "show ID", short: "print a message and the attempts to send it", args: between(1, "ID"), shows: backend.Message{},
		values:  messageIDs,
		example: "pinghome messages show 0f8fad5b-d9cd-469f-a165-70867728950e\npinghome messages show 0f8fad5b-d9cd-469f-a165-70867728950e --json body",
		run: func(ctx context.Context, v *visit) error {
			found, err := messagesWith(ctx, v.View, v.args[0])
			if err != nil {
				return err
			}
			m := found[0]
			if v.isJSON() {
				return v.show(m, "")
			}
			if err := v.print(v.messageText(m)); err != nil {
				return err
			}
			if v.View.Lacks(backend.FeatureDeliveries) != "" {
				return nil
			}
			attempts, err := v.View.MessageAttempts(ctx, m.ID)
			if err != nil || len(attempts) == 0 {
				return err
			}
			if err := v.say("\nAttempts:"); err != nil {
				return err
			}
			return showList(v, attempts, v.attemptTitles(), v.attemptRow)
		}}
}

func (v *visit) messageText(m backend.Message) string {
	return v.facts([][2]string{{"id", m.ID}, {"at", v.at(m.At)}, {"type", string(m.Type)}, {"to", v.cell(m.Type, m.To)}, {"kind", string(m.Kind)},
		{"state", v.stateOf(m)}, {"detail", detailOf(m)}, {"next_at", v.at(m.NextAt)}, {"subject", m.Subject}}) + "\n\n" + safeLines(strings.TrimRight(m.Body, "\n"))
}

func messagesRead() spec {
	var isUnread bool
	return spec{use: "read ID...", short: "mark messages as read, or as unread", args: between(-1, "ID"), isChange: true,
		values:  messageIDs,
		example: "pinghome messages read 0f8fad5b-d9cd-469f-a165-70867728950e\npinghome messages read --unread 0f8fad5b-d9cd-469f-a165-70867728950e",
		flags:   func(f *pflag.FlagSet) { f.BoolVar(&isUnread, "unread", false, "mark them as unread") },
		run: func(ctx context.Context, v *visit) error {
			if err := eachOnce(v.args); err != nil {
				return err
			}
			if _, err := messagesWith(ctx, v.View, v.args...); err != nil { // a wrong id marks nothing
				return err
			}
			for i, id := range v.args {
				if err := v.View.MarkMessage(ctx, id, !isUnread); err != nil {
					return cmp.Or(v.markedBefore(i, isUnread), err)
				}
			}
			return v.say(marked(len(v.args), isUnread))
		}}
}

func marked(n int, isUnread bool) string {
	return "Marked " + shell.Count(n, "message") + " as " + map[bool]string{true: "unread", false: "read"}[isUnread] + "."
}

// markedBefore says how many messages were marked before one could not be: each is a change of its own.
func (v *visit) markedBefore(n int, isUnread bool) error {
	if n == 0 {
		return nil
	}
	return v.say(marked(n, isUnread) + " Not yet: " + strings.Join(v.args[n:], ", ") + ".")
}

func messagesDelete() spec {
	var asked input
	return spec{use: "delete ID...", short: "delete messages, for good: all that are named or none", args: between(-1, "ID"), isChange: true, isAsking: true,
		values:  messageIDs,
		example: "pinghome messages delete --yes 0f8fad5b-d9cd-469f-a165-70867728950e",
		flags:   asked.yesFlag,
		run: func(ctx context.Context, v *visit) error {
			v.isYes = asked.isYes
			if err := eachOnce(v.args); err != nil {
				return err
			}
			if err := v.confirm(ctx, "Delete "+shell.Count(len(v.args), "message")+" for good?"); err != nil {
				return err
			}
			if err := v.View.DeleteMessages(ctx, v.args); err != nil {
				return err
			}
			return v.say("Deleted " + shell.Count(len(v.args), "message") + ".")
		}}
}

func messagesResend() spec {
	var wait waiting
	return spec{use: "resend ID", short: "send a message again, or now; for a code, a new one", args: between(1, "ID"), isChange: true, shows: backend.Message{},
		values:  messageIDs,
		example: "pinghome messages resend 0f8fad5b-d9cd-469f-a165-70867728950e --wait",
		wait:    &wait,
		run: func(ctx context.Context, v *visit) error {
			wait.begin(v)
			m, err := v.View.ResendMessage(ctx, v.args[0])
			if err != nil {
				return err
			}
			if err := v.done(m, "The message to %s is being sent again.", v.readable(m.Type, m.To)); err != nil {
				return err
			}
			return wait.message(ctx, v, withID(m.ID))
		}}
}

// fieldsOrNone takes the fields of a --json that stands without a value, and no other argument.
func fieldsOrNone(c *cobra.Command, args []string) error {
	f := c.Flags().Lookup("json")
	if len(args) == 1 && f.Changed && f.Value.String() == f.NoOptDefVal && !strings.HasPrefix(args[0], "-") {
		return nil
	}
	if len(args) > 0 {
		return exit.Usage("%q is not expected: %q takes no arguments; see \"%s --help\".", args[0], c.CommandPath(), cmp.Or(c.CommandPath(), c.Use))
	}
	return nil
}

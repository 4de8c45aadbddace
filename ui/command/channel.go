package command

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
)

func (p *Program) channels() *cobra.Command {
	return p.group("channel", "list, add, change, prove and test the channels on which a person is reached",
		channelList(), channelAdd(), channelEdit(), channelVerify(), channelSendCode(), channelCancel(), channelTest(), channelTestAll(), channelConfirm(), channelSwitch(true), channelSwitch(false),
		channelDelete(), channelReorder(), channelSecret(), channelAttempts())
}

func channelAdd() spec {
	var kind, label string
	var wait waiting
	return spec{use: "add [VALUE]", short: "add a channel, and send a code to it; in a pipe, print its number", args: between(1), isChange: true, isAsking: true,
		shows:   backend.Channel{},
		example: "pinghome channel add ada@byron.example --label Home\npinghome channel add - --type webhook --wait < url",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&kind, "type", "", "`TYPE` email, sms, webhook or push-notification (else what the value looks like)")
			f.StringVar(&label, "label", "", "`TEXT` what to call the channel")
		},
		wait: &wait,
		run: func(ctx context.Context, v *visit) error {
			value, err := v.argument(ctx, 0, "VALUE", "An address, a number or a URL:")
			if err != nil {
				return err
			}
			by := backend.ChannelType(kind)
			if !v.command.Flags().Changed("type") {
				by = backend.InferType(value)
			}
			wait.begin(v)
			ch, err := v.View.CreateChannel(ctx, by, value, label)
			if err != nil {
				return err
			}
			if err := v.showAdded(ctx, ch); err != nil {
				return err
			}
			return wait.message(ctx, v, newest(backend.KindVerification, ch.Type, ch.Value))
		}}
}

// tellSecret tells the signing secret of a new webhook beside the results, where a person reads that: it gets into no
// variable and no log.
func (v *visit) tellSecret(ch backend.Channel) error {
	said := ""
	switch {
	case ch.SigningSecret == "":
		return nil
	case v.isPerson():
		said = fmt.Sprintf("The signing secret of channel %d is not shown again: %s", ch.Priority, ch.SigningSecret)
	default:
		said = fmt.Sprintf("The signing secret of channel %d is printed on a terminal or with --json alone; %s gives a new one.", ch.Priority, v.hint("channel rotate-secret %d", ch.Priority))
	}
	_, err := fmt.Fprintln(v.Err, safeLines("pinghome: "+said))
	return outputError(err)
}

// isPerson reports whether what is said beside the results is read by a person, and kept in no log.
func (v *visit) isPerson() bool { return v.Ask != nil || isTerminal(v.Err) }

// showAdded prints a new channel: for a person in a sentence, in a pipe its number. The signing secret of a
// webhook is shown this once.
func (v *visit) showAdded(ctx context.Context, ch backend.Channel) error {
	if !v.isJSON() && !v.isTerminal() {
		if _, err := fmt.Fprintln(v.Out, ch.Priority); err != nil {
			return outputError(err)
		}
		return v.tellSecret(ch)
	}
	text := fmt.Sprintf("Channel %d was added. %s%s.", ch.Priority, v.sent(ctx, backend.KindVerification, ch.Type, ch.Value, "it"), v.next("; %s switches it on", "channel verify %d CODE", ch.Priority))
	if ch.SigningSecret != "" {
		text += "\nIts signing secret is not shown again: " + ch.SigningSecret
	}
	return v.show(ch, safeLines(text))
}

func channelEdit() spec {
	var value, label string
	var wait waiting
	var seen seen
	return spec{use: "edit NUMBER", short: "change value, label or both; a code is sent to another value", args: between(1, "NUMBER"), isChange: true, isAsking: true,
		shows:  backend.ChannelUpdate{},
		values: channelNumbers,
		example: "pinghome channel edit 3 --value +994551234567 --if-value +994557654321\npinghome channel edit 3 --label Pager\n" +
			"pinghome channel edit 3 --value - < url",
		flags: func(f *pflag.FlagSet) {
			f.StringVar(&value, "value", "", "`VALUE` the new address, number or URL (- for standard input); the same again sends a new code")
			f.StringVar(&label, "label", "", "`TEXT` what to call the channel; empty for nothing")
		},
		seen: &seen,
		wait: &wait,
		check: func(c *cobra.Command) error {
			if !c.Flags().Changed("value") && !c.Flags().Changed("label") {
				return exit.Usage("--value or --label is missing; there is nothing to change.")
			}
			return nil
		},
		run: func(ctx context.Context, v *visit) error {
			edit := channelChange{seen: seen}
			var err error
			if edit.priority, err = priorityOf(v.args[0]); err != nil {
				return err
			}
			if v.command.Flags().Changed("value") {
				given, err := v.value(ctx, value, true, "--value", "")
				if err != nil {
					return err
				}
				edit.value = &given
			}
			if v.command.Flags().Changed("label") {
				edit.label = &label
			}
			return edit.make(ctx, v, wait)
		}}
}

// channelChange is a new value, a new label or both; nil for what stays.
type channelChange struct {
	priority     int
	value, label *string
	seen         seen
	refusal      error // why it cannot be made now; nil where it can. It may have been made before, with the same key.
}

// do makes the change.
func (e channelChange) do(ctx context.Context, view backend.Backend) (u backend.ChannelUpdate, err error) {
	value, asked := e.value, e.seen
	if value == nil {
		now, err := readChannel(ctx, view, e.priority)
		value = &now.Value
		switch {
		case err != nil && (asked.value == "" || backend.ErrorCode(err) != backend.CodeNotFound):
			return u, err
		case err != nil:
			e.refusal, value = err, asked.clean() // which it had, if this was done before
		case asked.value != "" && !asked.isOf(now):
			e.refusal, value = asked.stale(e.priority), asked.clean()
		}
		asked = seen{value: now.Value} // where it is another one by the time of the change, the label is not meant for it
	}
	change := func(ctx context.Context) (err error) {
		u, err = view.UpdateChannel(ctx, e.priority, *value, e.label)
		return err
	}
	if e.refusal != nil {
		return u, repeated(ctx, view, e.refusal, change)
	}
	return u, asked.do(ctx, view, e.priority, change)
}

func (e channelChange) make(ctx context.Context, v *visit, wait waiting) error {
	wait.begin(v)
	u, err := e.do(ctx, v.View)
	if err != nil {
		return err
	}
	if err := v.done(u, "%s", v.editSentence(ctx, u)); err != nil {
		return err
	}
	if !u.CodeSent {
		return nil
	}
	return wait.message(ctx, v, newest(backend.KindVerification, u.Channel.Type, u.Channel.Value))
}

func (v *visit) editSentence(ctx context.Context, u backend.ChannelUpdate) string {
	p := u.Channel.Priority
	switch {
	case u.CodeSent:
		return fmt.Sprintf("%s%s.", v.sent(ctx, backend.KindVerification, u.Channel.Type, u.Channel.Value, v.readable(u.Channel.Type, u.Channel.Value)), v.next("; %s proves it", "channel verify %d CODE", p))
	case u.Changed:
		return fmt.Sprintf("Channel %d has its proved value back.", p)
	case u.LabelChanged && u.Channel.Label == "":
		return fmt.Sprintf("Channel %d has no label.", p)
	case u.LabelChanged:
		return fmt.Sprintf("Channel %d is called %s.", p, u.Channel.Label)
	}
	return fmt.Sprintf("Channel %d is so already; nothing was changed.", p)
}

func channelSecret() spec {
	var isEnding bool
	var seen seen
	return spec{use: "rotate-secret NUMBER", short: "give a webhook a new signing secret, and print it this once", args: between(1, "NUMBER"), isChange: true,
		shows:   backend.SigningSecret{},
		values:  channelNumbers,
		example: "pinghome channel rotate-secret 3\npinghome channel rotate-secret 3 --end-old",
		flags: func(f *pflag.FlagSet) {
			f.BoolVar(&isEnding, "end-old", false, "the old one stops signing at once; else it signs for a day, too")
		},
		seen: &seen,
		run: func(ctx context.Context, v *visit) error {
			priority, err := priorityOf(v.args[0])
			if err != nil {
				return err
			}
			var secret backend.SigningSecret
			err = seen.do(ctx, v.View, priority, func(ctx context.Context) (err error) {
				secret, err = v.View.RotateSecret(ctx, priority, !isEnding)
				return err
			})
			if err != nil {
				return err
			}
			text := safe.Text(secret.Secret)
			if v.Ask != nil {
				text = "The new signing secret is not said again later: " + text
			}
			return v.show(secret, text)
		}}
}

package command

import (
	"context"
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

func channelSendCode() spec {
	var seen seen
	var wait waiting
	return spec{use: "send-code NUMBER", short: "send a new code to the value that waits for one", args: between(1, "NUMBER"), isChange: true,
		shows:   backend.ChannelUpdate{},
		values:  channelNumbers,
		example: "pinghome channel send-code 3\npinghome channel send-code 3 --wait=1m",
		seen:    &seen,
		wait:    &wait,
		run: func(ctx context.Context, v *visit) error {
			return v.editAsItIs(ctx, seen, wait, func(now backend.Channel) (string, error) {
				if now.Verified {
					return now.Value, backend.Errorf(backend.CodeAlreadyVerified, "Channel %d is proved: it waits for no code.", now.Priority)
				}
				return now.Value, nil
			})
		}}
}

func channelCancel() spec {
	var seen seen
	return spec{use: "cancel NUMBER", short: "give up a new value that waits for its code; the one in force stays", args: between(1, "NUMBER"), isChange: true,
		shows:   backend.ChannelUpdate{},
		values:  channelNumbers,
		example: "pinghome channel cancel 3",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			return v.editAsItIs(ctx, seen, waiting{}, func(now backend.Channel) (string, error) {
				if now.ActiveValue == "" || now.ActiveValue == now.Value {
					return now.Value, backend.Errorf(backend.CodeNoPendingChange, "Channel %d has no new value that waits for its code in place of another one.", now.Priority)
				}
				return now.ActiveValue, nil
			})
		}}
}

// editAsItIs gives the channel that the argument names a value of its own, unless it is another one by then. With the
// error of valueOf comes the value that it has if this was done before.
func (v *visit) editAsItIs(ctx context.Context, asked seen, wait waiting, valueOf func(backend.Channel) (string, error)) error {
	priority, err := priorityOf(v.args[0])
	if err != nil {
		return err
	}
	now, err := readChannel(ctx, v.View, priority)
	value := ""
	switch {
	case err == nil && asked.value != "" && !asked.isOf(now):
		value, _ = valueOf(now)
		err = asked.stale(priority)
	case err == nil:
		value, err = valueOf(now)
	case asked.value == "" || backend.ErrorCode(err) != backend.CodeNotFound:
		return err
	default:
		value = *asked.clean() // which it had, if this was done before
	}
	return channelChange{priority: priority, value: &value, seen: seen{value: now.Value, inForce: now.InForce()}, refusal: err}.make(ctx, v, wait)
}

// sent says that a code was sent to an address, where it is held instead, or that it could not be sent.
func (v *visit) sent(ctx context.Context, kind backend.MessageKind, by backend.ChannelType, to, whom string) string {
	if v.Held != nil {
		if how := v.Held(ctx, kind, by, to); how != "" {
			return fmt.Sprintf("The code for %s is held here; %s", whom, how)
		}
	}
	if v.isJSON() || v.View.Lacks(backend.FeatureMessages) != "" {
		return "A code was sent to " + whom
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastLook) // also after a signal
	defer cancel()
	m, err := newest(kind, by, to).read(ctx, v.View)
	switch {
	case err != nil:
		return "A code is being sent to " + whom
	case m.State == backend.StateHeld:
		return fmt.Sprintf("The code for %s is held here (%s has it)", whom, v.hint("messages list"))
	case m.State == backend.StateFailed:
		return fmt.Sprintf("The code for %s could not be sent: %s", whom, strings.TrimRight(m.Detail, "."))
	case m.IsDelayed():
		return fmt.Sprintf("The code for %s could not be sent yet, and is tried again: %s", whom, strings.TrimRight(m.Detail, "."))
	}
	if m.State == backend.StateSent {
		return "A code was sent to " + whom
	}
	return "A code is being sent to " + whom
}

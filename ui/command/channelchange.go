package command

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

func channelVerify() spec {
	var seen seen
	return spec{use: "verify NUMBER [CODE]", short: "prove a channel with the code that was sent to it, and switch it on", args: between(2, "NUMBER"),
		isChange: true, isAsking: true, shows: backend.Channel{},
		values:  channelNumbers,
		example: "pinghome channel verify 3 087608\npinghome channel verify 3 - < code",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			return v.changeChannel(ctx, seen, "CODE", "The code that was sent to it:", v.View.VerifyChannel, "Channel %d is proved and on.")
		}}
}

func channelConfirm() spec {
	var seen seen
	return spec{use: "confirm NUMBER [WORD]", short: "say which word the last test message said, which proves that it was read", args: between(2, "NUMBER"),
		isChange: true, isAsking: true, shows: backend.Channel{},
		values:  channelNumbers,
		example: "pinghome channel confirm 3 heron",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			return v.changeChannel(ctx, seen, "WORD", "The word in the test message:", v.View.ConfirmReceipt, "Channel %d reaches its person.")
		}}
}

// changeChannel makes a change of a channel that takes a code or a word.
func (v *visit) changeChannel(ctx context.Context, seen seen, name, question string, change func(context.Context, int, string) (backend.Channel, error), sentence string) error {
	priority, err := priorityOf(v.args[0])
	if err != nil {
		return err
	}
	said, err := v.argument(ctx, 1, name, question)
	if err != nil {
		return err
	}
	var ch backend.Channel
	err = seen.do(ctx, v.View, priority, func(ctx context.Context) (err error) {
		ch, err = change(ctx, priority, said)
		return err
	})
	if err != nil {
		return err
	}
	return v.done(ch, sentence, priority)
}

func channelTest() spec {
	var wait waiting
	var seen seen
	return spec{use: "test NUMBER", short: "send a test message, and say what the provider answered", args: between(1, "NUMBER"), isChange: true,
		shows:   backend.Test{},
		values:  channelNumbers,
		example: "pinghome channel test 3\npinghome channel test 3 --wait=5m --json ok,provider_status",
		seen:    &seen,
		wait:    &wait,
		run: func(ctx context.Context, v *visit) error {
			priority, err := priorityOf(v.args[0])
			if err != nil {
				return err
			}
			var test backend.Test
			begun := time.Now()
			limited, cancel := wait.within(ctx)
			defer cancel()
			err = seen.do(limited, v.View, priority, func(ctx context.Context) (err error) {
				test, err = v.View.TestChannel(ctx, priority)
				return err
			})
			if isOver := limited.Err() != nil && ctx.Err() == nil; isOver && shell.IsUnknown(err) {
				return backend.Errorf(backend.CodeUnknownOutcome, "After %v it is not known whether the test was sent.", wait.limit)
			}
			if err != nil {
				return cmp.Or(v.showFailed(ctx, priority, err), err)
			}
			wait.spent = time.Since(begun)
			if !test.Unknown || wait.limit == 0 {
				return v.tellTest(test)
			}
			return v.awaitTest(ctx, wait, priority, test)
		}}
}

// showFailed prints a test that has failed as JSON, beside its error.
func (v *visit) showFailed(ctx context.Context, priority int, failed error) error {
	if !v.isJSON() || backend.ErrorCode(failed) != backend.CodeDeliveryFailed {
		return nil
	}
	if ch, err := readChannel(ctx, v.View, priority); err == nil && ch.LastTest != nil && !ch.LastTest.OK {
		return v.show(*ch.LastTest, "")
	}
	return nil // the error says that it has failed
}

func (v *visit) tellTest(test backend.Test) error {
	word := state.OfTest(test).Word()
	sentence := fmt.Sprintf("The test message is %s: %s, %s.", word, test.Provider, test.ProviderStatus)
	if test.Unknown {
		sentence = fmt.Sprintf("Whether the test message was sent is %s: %s, %s.", word, test.Provider, test.ProviderStatus)
	}
	if v.Held != nil && word == state.Held.Word() {
		sentence = "The test message is held here."
	}
	err := v.done(test, "%s", sentence)
	if err == nil && test.Unknown {
		err = backend.Errorf(backend.CodeUnknownOutcome, "%s", test.Detail)
	}
	return err
}

// awaitTest waits for the result of a test that is not known yet, and prints the test as it is then.
func (v *visit) awaitTest(ctx context.Context, wait waiting, priority int, test backend.Test) error {
	ch, err := readChannel(ctx, v.View, priority)
	if err != nil {
		return err
	}
	wait.begin(v) // what takes longer is left to it
	outcome := wait.message(ctx, v, newest(backend.KindTest, ch.Type, ch.InForce()))
	if now, err := readChannel(ctx, v.View, priority); err == nil && now.LastTest != nil && !now.LastTest.At.Before(test.At) {
		test = *now.LastTest
	}
	if told := v.tellTest(test); told != nil && !test.Unknown {
		return told
	}
	return outcome
}

func channelSwitch(isOn bool) spec {
	var seen seen
	use, short := "disable", "switch channels off; messages pass them over"
	if isOn {
		use, short = "enable", "switch proved channels on"
	}
	return spec{use: use + " NUMBER...", short: short, args: between(-1, "NUMBER"), isChange: true, shows: backend.Channel{}, showsList: true,
		values:  channelNumbers,
		example: "pinghome channel " + use + " 3\npinghome channel " + use + " 2 3 4",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			list, err := prioritiesOf(v.args)
			if err != nil {
				return err
			}
			if len(list) == 1 {
				return v.switchOne(ctx, seen, list[0], isOn)
			}
			var all []backend.Channel
			err = seen.doAll(ctx, v.View, list, func(ctx context.Context) (err error) {
				all, err = v.View.SetChannelsEnabled(ctx, list, isOn)
				return err
			})
			if err != nil {
				return err
			}
			return v.showChannels(all, list, fmt.Sprintf("Channels %s are %s.%s", numbers(list), state.OfSwitch(isOn).Word(), unreachedIn(all)))
		}}
}

func (v *visit) switchOne(ctx context.Context, seen seen, priority int, isOn bool) error {
	var ch backend.Channel
	err := seen.do(ctx, v.View, priority, func(ctx context.Context) (err error) {
		ch, err = v.View.SetChannelEnabled(ctx, priority, isOn)
		return err
	})
	if err != nil {
		return err
	}
	warning := ""
	if all, err := allChannels(v.View)(ctx); err == nil && !isOn { // it was switched off all the same
		warning = unreachedIn(all)
	}
	return v.showChannels([]backend.Channel{ch}, []int{priority}, fmt.Sprintf("Channel %d is %s.%s", priority, state.OfSwitch(isOn).Word(), warning))
}

// showChannels prints some of the channels as a list of JSON objects, or else a sentence.
func (v *visit) showChannels(all []backend.Channel, priorities []int, sentence string) error {
	if !v.isJSON() {
		return v.say(sentence)
	}
	some := slices.DeleteFunc(slices.Clone(all), func(ch backend.Channel) bool { return !slices.Contains(priorities, ch.Priority) })
	return showList(v, some, channelTitles, v.channelRow)
}

// noneReached says that messages go nowhere any more.
const noneReached = "No channel is left that a message could reach the person by."

// unreachedIn warns that no channel is left that reaches the person.
func unreachedIn(all []backend.Channel) string {
	if slices.ContainsFunc(all, backend.Channel.Reachable) {
		return ""
	}
	return " " + noneReached
}

func numbers(list []int) string {
	texts := make([]string, len(list))
	for i, n := range list {
		texts[i] = strconv.Itoa(n)
	}
	return strings.Join(texts, ", ")
}

func channelDelete() spec {
	var seen seen
	return spec{use: "delete NUMBER...", short: "delete channels; \"pinghome activity undo\" brings them back", args: between(-1, "NUMBER"), isChange: true,
		shows:   deletion{},
		values:  channelNumbers,
		example: "pinghome channel delete 3 --if-value ada@byron.example\npinghome channel delete 3 4",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			list, err := prioritiesOf(v.args)
			if err != nil {
				return err
			}
			var done backend.ChannelDeletion
			err = seen.doAll(ctx, v.View, list, func(ctx context.Context) (err error) {
				done, err = v.View.DeleteChannels(ctx, list)
				return err
			})
			if err != nil {
				return err
			}
			warning := ""
			if done.NoneReachable {
				warning = unreachedIn(nil)
			}
			return v.done(deletion{done.Deleted, done.NoneReachable}, "Deleted %s: %s.%s", shell.Count(len(done.Deleted), "channel"), numbers(done.Deleted), warning)
		}}
}

// deletion is what was deleted, as JSON.
type deletion struct {
	Deleted         []int `json:"deleted"`
	IsNoneReachable bool  `json:"no_reachable_channel"`
}

func channelReorder() spec {
	var seen seen
	return spec{use: "reorder NUMBER...", short: "give the channels their numbers in another order: the first gets the lowest", args: between(-1, "NUMBER"),
		isChange: true, shows: backend.Channel{}, showsList: true,
		values:  channelNumbers,
		example: "pinghome channel reorder 3 1 2",
		seen:    &seen,
		run: func(ctx context.Context, v *visit) error {
			list, err := prioritiesOf(v.args)
			if err != nil {
				return err
			}
			var all []backend.Channel
			err = seen.doAll(ctx, v.View, list, func(ctx context.Context) (err error) {
				all, err = v.View.OrderChannels(ctx, list)
				return err
			})
			switch {
			case err != nil:
				return err
			case v.Ask != nil:
				return v.say("The channels have a new order.")
			}
			return showList(v, all, channelTitles, v.channelRow)
		}}
}

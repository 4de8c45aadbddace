package command

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// channelTestAll tests all channels that are on, as the console does. One that cannot be tested keeps no other from it;
// without an answer of the server, no further one is.
func channelTestAll() spec {
	return spec{use: "test-all", short: "send a test message to every channel that is on, and list what the providers answered", isChange: true, hasNoKey: true, isSending: true,
		shows: backend.Channel{}, showsList: true,
		example: "pinghome channel test-all\npinghome channel test-all --json priority,last_test",
		run: func(ctx context.Context, v *visit) error {
			all, err := allChannels(v.View)(ctx)
			if err != nil {
				return err
			}
			on := slices.DeleteFunc(all, func(ch backend.Channel) bool { return !ch.Reachable() })
			if len(on) == 0 {
				return backend.Errorf(backend.CodeNotVerified, "No channel is verified and on: there is nothing to test.")
			}
			var faults []error
			for i, ch := range on {
				err := v.test(ctx, ch)
				faults = append(faults, err)
				if ctx.Err() != nil || shell.IsOffline(err) {
					on = on[:i+1]
					break
				}
			}
			return v.tellTests(ctx, on, faults)
		}}
}

// test tests a channel, while it is the same one. The result is its last test.
func (v *visit) test(ctx context.Context, ch backend.Channel) error {
	var test backend.Test
	guard := seen{value: ch.InForce()}
	err := guard.do(ctx, v.View, ch.Priority, func(ctx context.Context) (err error) {
		test, err = v.View.TestChannel(ctx, ch.Priority)
		return err
	})
	if err == nil && test.Unknown {
		err = backend.Errorf(backend.CodeUnknownOutcome, "%s", test.Detail)
	}
	return about(fmt.Sprintf("Channel %d", ch.Priority), err)
}

// tellTests prints the results, also after a signal, and returns what went wrong, with the exit code of the first.
func (v *visit) tellTests(ctx context.Context, tested []backend.Channel, faults []error) error {
	interrupted := ctx.Err()
	if interrupted != nil {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(context.WithoutCancel(ctx), lastLook)
		defer cancel()
	}
	now, err := allChannels(v.View)(ctx)
	if err == nil {
		some := slices.DeleteFunc(now, func(ch backend.Channel) bool {
			_, isTested := channelIn(tested, ch.Priority)
			return !isTested
		})
		for i := range some {
			if before, _ := channelIn(tested, some[i].Priority); isSameTest(before.LastTest, some[i].LastTest) {
				some[i].LastTest = nil // it was not tested now
			}
		}
		err = showList(v, some, columns{names: []string{"NUMBER", "TYPE", "VALUE", "TEST", "PROVIDER", "STATUS"}, spare: []string{"STATUS"}}, v.testRow)
	}
	fault := oneOf(append(faults, interrupted)...)
	if _, isUnwritten := errors.AsType[unwritten](err); !isUnwritten && fault != nil && (interrupted != nil || shell.IsOffline(err)) {
		return fault // which tells that already
	}
	return oneOf(fault, err)
}

func isSameTest(a, b *backend.Test) bool { return a != nil && b != nil && a.At.Equal(b.At) }

func (v *visit) testRow(ch backend.Channel) []string {
	row := []string{strconv.Itoa(ch.Priority), string(ch.Type), v.cell(ch.Type, ch.InForce()), "", "", ""}
	if t := ch.LastTest; t != nil {
		row[3], row[4], row[5] = state.OfTest(*t).Word(), t.Provider, t.ProviderStatus
	}
	return row
}

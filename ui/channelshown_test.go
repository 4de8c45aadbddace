package ui

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// replaceAll is another console that deletes every channel and adds one, which
// is number 1 again.
func (v *visit) replaceAll(value string) {
	v.T.Helper()
	other := v.opened(john).View
	all, err := other.Channels(v.T.Context(), backend.ChannelFilter{})
	if err != nil {
		v.T.Fatal(err)
	}
	numbers := make([]int, len(all))
	for i, ch := range all {
		numbers[i] = ch.Priority
	}
	if _, err := other.DeleteChannels(v.T.Context(), numbers); err != nil {
		v.T.Fatal(err)
	}
	if added, err := other.CreateChannel(v.T.Context(), backend.TypeEmail, value); err != nil || added.Priority != 1 {
		v.T.Fatal(added, err)
	}
}

// restless is a backend in which something is changed at the worst moment.
type restless struct {
	backend.Backend
	stir func()
}

func (r *restless) SetChannelEnabled(ctx context.Context, priority int, on bool) (backend.Channel, error) {
	r.stir()
	return r.Backend.SetChannelEnabled(ctx, priority, on)
}

func (r *restless) DeleteChannels(ctx context.Context, list []int) (backend.ChannelDeletion, error) {
	r.stir()
	return r.Backend.DeleteChannels(ctx, list)
}

// stirred opens the channels of a backend in which something is changed once,
// between the look and the change.
func stirred(t *testing.T, stir func(v *visit)) *visit {
	v := open(t)
	o := v.options()
	o.Start = v.opened(john)
	o.Start.View = &restless{o.Start.View, func() { stir(v); stir = func(*visit) {} }}
	v.start(o)
	v.Press("2")
	return v
}

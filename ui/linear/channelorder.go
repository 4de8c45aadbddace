package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// order is a new order of the channels, in which one of them has another place, and the ones between have theirs.
type order struct {
	moved, to int      // the channel, and the number that it gets
	ids       []string // of all channels, in the new order
	seen      []string // the flags of what was heard of them
	values    []string // of all channels, sorted
	isOpen    bool     // the channel is talked about, and followed to its new number, which is said
}

// moveChannel moves a channel by so many places.
func (m *Mode) moveChannel(by int) func(context.Context, asked) error {
	return func(ctx context.Context, with asked) error {
		list := m.numbers()
		n, _ := strconv.Atoi(with.id())
		at := slices.Index(list, n)
		if at < 0 || at+by < 0 || at+by >= len(list) {
			m.say(fmt.Sprintf("Channel %d cannot be moved further.", n))
			return nil
		}
		o := m.orderOf(list, at, at+by)
		return m.persist(ctx, func(ctx context.Context) error { return m.reorder(ctx, o) })
	}
}

// moveChannelTo asks which number a channel is to have.
func (m *Mode) moveChannelTo(ctx context.Context, with asked) error {
	list := m.numbers()
	n, _ := strconv.Atoi(with.id())
	var o order
	asked := ""
	return m.change(ctx, fmt.Sprintf("New number of channel %d, one of %s", n, joined(list)), with.text, func(ctx context.Context, answer string) error {
		if asked == answer { // the same once more, after a lost answer
			return m.reorder(ctx, o)
		}
		wanted, err := strconv.Atoi(strings.TrimSpace(answer))
		from, to := slices.Index(list, n), slices.Index(list, wanted)
		switch {
		case err != nil || to < 0:
			return backend.Errorf(backend.CodeInvalid, "There is no such number; it is one of %s.", joined(list))
		case from == to:
			m.say(fmt.Sprintf("Channel %d has this number already.", n))
			return nil
		}
		o, asked = m.orderOf(list, from, to), answer
		return m.reorder(ctx, o)
	})
}

// orderOf is the order in which the channel at one place of a list is at another one.
func (m *Mode) orderOf(list []int, from, to int) order {
	o := order{moved: list[from], to: list[to], isOpen: m.row == strconv.Itoa(list[from]), values: m.values()}
	for _, n := range slices.Insert(slices.Delete(slices.Clone(list), from, from+1), to, o.moved) {
		o.ids = append(o.ids, strconv.Itoa(n))
	}
	o.seen = m.seenAll(o.ids)
	return o
}

func (m *Mode) reorder(ctx context.Context, o order) error {
	err := m.run(ctx, append([]string{"channel", "reorder"}, o.seen...), o.ids...)
	switch code := backend.ErrorCode(err); {
	case code == backend.CodeOrderChanged, code == backend.CodeStale && slices.Equal(o.values, m.values()):
		return backend.Errorf(backend.CodeStale, "The channels have another order now. Nothing was changed.")
	case err == nil && !o.isOpen:
		m.say(fmt.Sprintf("Channel %d is number %d now.", o.moved, o.to))
	}
	return err
}

// values are those of the channels, sorted.
func (m *Mode) values() (list []string) {
	for _, ch := range m.shell.Session.Channels {
		list = append(list, ch.Value)
	}
	slices.Sort(list)
	return list
}

// numbers are those of the channels.
func (m *Mode) numbers() (list []int) {
	for _, ch := range m.shell.Session.Channels {
		list = append(list, ch.Priority)
	}
	return list
}

func joined(list []int) string {
	return strings.Trim(strings.ReplaceAll(fmt.Sprint(list), " ", ", "), "[]")
}

package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

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
		return m.reorder(ctx, at, at+by)
	}
}

// moveChannelTo asks which number a channel is to have.
func (m *Mode) moveChannelTo(ctx context.Context, with asked) error {
	list := m.numbers()
	n, _ := strconv.Atoi(with.id())
	return m.change(ctx, fmt.Sprintf("New number of channel %d, one of %s", n, joined(list)), with.text, func(ctx context.Context, answer string) error {
		wanted, err := strconv.Atoi(strings.TrimSpace(answer))
		to := slices.Index(list, wanted)
		if err != nil || to < 0 {
			return backend.Errorf(backend.CodeInvalid, "There is no such number; it is one of %s.", joined(list))
		}
		return m.reorder(ctx, slices.Index(list, n), to)
	})
}

// reorder gives a channel another place, and the ones between theirs.
func (m *Mode) reorder(ctx context.Context, from, to int) error {
	list := m.numbers()
	if from < 0 || max(from, to) >= len(list) { // it was deleted meanwhile
		m.say("It is not there any more.")
		return nil
	}
	moved := list[from]
	if from == to {
		m.say(fmt.Sprintf("Channel %d has this number already.", moved))
		return nil
	}
	order := slices.Insert(slices.Delete(slices.Clone(list), from, from+1), to, moved)
	texts := make([]string, len(order))
	for i, n := range order {
		texts[i] = strconv.Itoa(n)
	}
	isOpen := m.row == strconv.Itoa(moved) // and then it is followed to its new number, which is said
	words := append([]string{"channel", "reorder"}, m.seenAll(texts)...)
	err := m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, texts...) })
	if code := backend.ErrorCode(err); code == backend.CodeStale || code == backend.CodeOrderChanged {
		return backend.Errorf(backend.CodeStale, "The channels have another order now. Nothing was changed.")
	}
	if err == nil && !isOpen {
		m.say(fmt.Sprintf("Channel %d is number %d now.", moved, list[to]))
	}
	return err
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

package channels

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/form"
	"github.com/account-settings/pinghome/ui/shell"
)

// A channel that is moved stands in its new place at once. The order is sent when it has not been
// changed for orderRest, so that a move by several rows is one change, and one undo.
const (
	orderRest       = 400 * time.Millisecond
	savingTheOrder  = "order channels"
	orderNotChanged = "The order was not changed"
)

// ordering is an order that is not saved yet.
type ordering struct {
	was    []backend.Channel     // the channels as they were shown before
	wanted atomic.Pointer[[]int] // their priorities in the new order
	again  chan struct{}         // it was changed again
	rest   time.Duration         // before it is sent
}

// orderedMsg: the channels were put in an order, or err says why not.
type orderedMsg struct {
	sent []int
	list []backend.Channel
	err  error
}

// whyNoOrder says why channels cannot be moved, "" when they can.
func (s *screen) whyNoOrder(backend.Channel) string {
	sh := s.shell
	column, isDown := s.columns.Sort()
	switch {
	case sh.Session.Lacks(backend.FeatureSeveral) != "":
		return sh.Session.Lacks(backend.FeatureSeveral)
	case len(s.shown) < len(sh.Session.Channels):
		return fmt.Sprintf("Channels are moved among all of them: %s shows the hidden ones.", sh.Keys.Key(keymap.Back))
	case column >= 0 || isDown:
		return fmt.Sprintf("Channels are moved in the order of their numbers: %s until no column has an arrow.", sh.Keys.Key(keymap.SortNext))
	case len(s.shown) < 2:
		return "There is no other channel."
	}
	return ""
}

// moveChannel moves the channel under the cursor by a row.
func (s *screen) moveChannel(by int) tea.Cmd {
	sh, at, to := s.shell, s.list.At, s.list.At+by
	if to < 0 || to >= len(s.shown) {
		sh.Refuse(shell.Neutral, "Channel %d is at the end.", s.shown[at].Priority)
		return nil
	}
	if s.ordering == nil {
		s.ordering = &ordering{was: sh.Session.Channels, again: make(chan struct{}, 1), rest: sh.Pause(orderRest)}
		first := priorities(sh.Session.Channels)
		s.ordering.wanted.Store(&first)
	}
	wanted := slices.Clone(*s.ordering.wanted.Load())
	wanted[at], wanted[to] = wanted[to], wanted[at]
	s.ordering.wanted.Store(&wanted)

	list := slices.Clone(sh.Session.Channels)
	list[at].Priority, list[to].Priority = list[to].Priority, list[at].Priority
	list[at], list[to] = list[to], list[at]
	a, b := list[at].Priority, list[to].Priority
	if s.chosen[a] != s.chosen[b] {
		s.chosen[a], s.chosen[b] = s.chosen[b], s.chosen[a]
	}
	sh.Session.Channels, s.passing = list, list
	s.wanted = b
	s.narrow()
	select {
	case s.ordering.again <- struct{}{}:
	default:
	}
	return s.saveOrderCmd()
}

// saveOrderCmd sends the order once it rests; nil while that runs already.
func (s *screen) saveOrderCmd() tea.Cmd {
	view, o := s.shell.Session.View, s.ordering
	was := o.was
	return s.shell.Change(savingTheOrder, func(ctx context.Context) tea.Msg {
		o.await(ctx)
		m := orderedMsg{sent: *o.wanted.Load()}
		m.err = shell.AsShown(ctx, view, was, func(ctx context.Context) (err error) {
			m.list, err = view.OrderChannels(ctx, m.sent)
			return err
		})
		return m
	})
}

// await waits until the order rests.
func (o *ordering) await(ctx context.Context) {
	for o.rest > 0 {
		select {
		case <-o.again:
		case <-ctx.Done():
			return
		case <-time.After(o.rest):
			return
		}
	}
}

func (m orderedMsg) applyTo(s *screen) tea.Cmd {
	sh, o := s.shell, s.ordering
	if o == nil {
		return sh.Reload()
	}
	wanted := *o.wanted.Load()
	if m.err == nil && !slices.Equal(wanted, m.sent) { // it was changed while it was saved
		numbers := slices.Sorted(slices.Values(m.sent))
		for i, p := range wanted {
			wanted[i] = numbers[slices.Index(m.sent, p)]
		}
		o.was, o.rest = m.list, 0
		o.wanted.Store(&wanted)
		return s.saveOrderCmd()
	}
	was := o.was
	s.ordering = nil
	switch {
	case backend.ErrorCode(m.err) == backend.CodeStale: // which ones is of no use: all of them have numbers
		sh.Fail(orderNotChanged, backend.Errorf(backend.CodeStale, "Channels were added, deleted, changed or moved elsewhere meanwhile. Look, and move it again."))
	case m.err != nil:
		sh.Fail(orderNotChanged, m.err)
	default:
		sh.Undoable(nil)
		sh.Tell(shell.Good, "%s%s", orderText(was, m.sent), sh.UndoHint())
	}
	return sh.Reload()
}

// movedText is about a channel that was moved, by its number before and by its number now.
const movedText = "Channel %d is number %d now"

// orderText says which channel was moved the furthest, and where to.
func orderText(was []backend.Channel, sent []int) string {
	from, to := shell.FurthestMove(sent, priorities(was))
	if from == to {
		return "The channels are as they were"
	}
	return fmt.Sprintf(movedText, from, to)
}

// openMove asks for the number that a channel is to have.
func (s *screen) openMove(ch backend.Channel) tea.Cmd {
	sh, view, shown := s.shell, s.shell.Session.View, s.shell.Session.Channels
	numbers := priorities(shown)
	parse := func(text string) (int, error) {
		n, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || !slices.Contains(numbers, n) {
			return 0, errors.New("Type the number of a channel: " + strings.TrimPrefix(channelList(numbers), "channels ") + ".")
		}
		return n, nil
	}
	return sh.OpenForm(&shell.FormDialog{
		Name: "order", Title: fmt.Sprintf("Move channel %d", ch.Priority),
		Form: form.New(form.Entry{Name: "number", Label: "Number", Field: form.NewInput("", strconv.Itoa(ch.Priority)),
			Check: func(text string) error { _, err := parse(text); return err }}),
		Note: func() string {
			return "It gets this number, and those between the two move by one. 1 is the most important."
		},
		Save: func(values map[string]string) func(context.Context) (tea.Msg, error) {
			return func(ctx context.Context) (tea.Msg, error) {
				n, err := parse(values["number"])
				if err != nil {
					return nil, err
				}
				list, err := moveTo(ctx, view, shown, ch.Priority, n)
				return movedMsg{ch.Priority, n, list}, err
			}
		},
	})
}

// moveTo gives a channel the number of another one.
func moveTo(ctx context.Context, view backend.Backend, shown []backend.Channel, number, to int) (list []backend.Channel, err error) {
	numbers := priorities(shown)
	from, place := slices.Index(numbers, number), slices.Index(numbers, to)
	order := slices.Insert(slices.Delete(slices.Clone(numbers), from, from+1), place, number)
	err = shell.AsShown(ctx, view, shown, func(ctx context.Context) (err error) {
		list, err = view.OrderChannels(ctx, order)
		return err
	})
	return list, err
}

// movedMsg: a channel has got another number.
type movedMsg struct {
	from, to int
	list     []backend.Channel
}

func (m movedMsg) applyTo(s *screen) tea.Cmd {
	s.shell.Undoable(nil)
	s.shell.Tell(shell.Good, movedText+"%s", m.from, m.to, s.shell.UndoHint())
	s.wanted = m.to
	return s.shell.Reload()
}

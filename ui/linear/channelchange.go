package linear

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// addChannel asks for a value, and then for a label, each until it is right. What a rule refuses later is asked for
// again, and the label stays.
func (m *Mode) addChannel(ctx context.Context, with asked) error {
	last, lastKind := "", backend.ChannelType("")
	label, isLabelled := "", m.shell.Session.Lacks(backend.FeatureLabels) != ""
	return m.change(ctx, "An address, a number or a URL", with.text, func(ctx context.Context, value string) error {
		kind := backend.InferType(value)
		switch {
		case value == last: // the same once more, after a lost answer
			kind = lastKind
		case kind == backend.TypeWebhook:
			at, isBack, err := m.choose(ctx, "What is this URL?", "Webhook", "Push address")
			if isBack || err != nil {
				return err
			}
			kind = []backend.ChannelType{backend.TypeWebhook, backend.TypePush}[at]
		default:
			m.say(typeWord(kind) + ".")
		}
		last, lastKind = value, kind
		if _, err := backend.CleanValue(kind, value, true); err != nil {
			return &backend.Error{Code: backend.CodeInvalid, Message: err.Error()}
		}
		for !isLabelled {
			answer, isBack, err := m.askText(ctx, question{text: "Label, what to call it; empty for none, back goes back:"})
			if isBack || err != nil {
				return err
			}
			if _, err := backend.CleanLabel(answer); err != nil {
				m.say(err.Error())
				continue
			}
			label, isLabelled = answer, true
		}
		err := m.run(ctx, []string{"channel", "add", flag("type", string(kind)), flag("label", label)}, value)
		switch {
		case err == nil:
			m.sayVerifyOf(kind, value)
		case label != "" && isAboutValue(err):
			err = hinted{err, "The label stays."}
		}
		return err
	})
}

// sayVerifyOf is sayVerify for the channel with a value.
func (m *Mode) sayVerifyOf(kind backend.ChannelType, value string) {
	for _, ch := range m.shell.Session.Channels {
		if ch.Type == kind && backend.CanonicalValue(kind, ch.Value) == backend.CanonicalValue(kind, value) {
			m.sayVerify(ch)
		}
	}
}

// editChannel asks which part of a channel is to be another one.
func (m *Mode) editChannel(ctx context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	parts := []string{"Value, now " + m.value(ch.Type, ch.Value)}
	if m.shell.Session.Lacks(backend.FeatureLabels) == "" {
		parts = append(parts, "Label, none now")
		if ch.Label != "" {
			parts[1] = "Label, now " + ch.Label
			parts = append(parts, "No label any more")
		}
	}
	at, isBack, err := m.choose(ctx, "What is to be changed?", parts...)
	switch {
	case isBack || err != nil:
		return err
	case at == 0:
		return m.editValue(ctx, ch)
	}
	seen := m.seen(with.id()) // before anything is read again
	relabel := func(ctx context.Context, label string) error {
		now := func() string { now, _ := m.channel(with.id()); return now.Label }
		if isMeant, err := m.mayReplace(ctx, "The label", ch.Label, label, now); !isMeant || err != nil {
			return err
		}
		return m.run(ctx, []string{"channel", "edit", flag("label", label), seen}, with.id())
	}
	if at == 1 {
		return m.change(ctx, "New label", "", relabel)
	}
	return m.persist(ctx, func(ctx context.Context) error { return relabel(ctx, "") })
}

// editValue asks for the value that a channel is to have once its code was entered.
func (m *Mode) editValue(ctx context.Context, ch backend.Channel) error {
	id := strconv.Itoa(ch.Priority)
	seen := m.seen(id) // before anything is read again
	waits := func() string {
		if now, _ := m.channel(id); state.IsOldInForce(now) {
			return now.Value
		}
		return ""
	}
	was := waits()
	said := func(value string) string { return m.value(ch.Type, value) }
	return m.change(ctx, "New value", "", func(ctx context.Context, value string) error {
		now, _ := m.channel(id)
		if backend.CanonicalValue(now.Type, value) == backend.CanonicalValue(now.Type, now.Value) { // done, and its answer lost
			seen = m.seen(id)
		}
		clean, _ := backend.CleanValue(ch.Type, value, true) // what is wrong with it says the command
		if isMeant, err := m.mayReplaceWaiting(ctx, was, clean, waits, said); !isMeant || err != nil {
			return err
		}
		err := m.run(ctx, []string{"channel", "edit", flag("value", value), seen}, id)
		if err == nil {
			m.sayVerifyOf(now.Type, value)
		}
		return err
	})
}

// switchChannels switches channels on or off: as the word says, or else to what the first of them is not.
func (m *Mode) switchChannels(ctx context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	command := map[bool]string{true: "disable", false: "enable"}[ch.Enabled]
	switch with.name {
	case state.On.Word():
		command = "enable"
	case state.Off.Word():
		command = "disable"
	}
	if command == "disable" && m.isLastReached(with.ids) {
		isMeant, err := m.confirms(ctx, takesLast+" Switch off "+shell.Count(len(with.ids), "channel")+": "+strings.Join(with.ids, ", ")+"?")
		if !isMeant || err != nil {
			return err
		}
	}
	return m.onSeveral(ctx, command, with.ids)
}

// takesLast is said before the last channels that reach the person are switched off or deleted.
const takesLast = "No channel would reach this account any more."

// isLastReached reports whether some channels reach the person, and no others do.
func (m *Mode) isLastReached(ids []string) (isReached bool) {
	for _, ch := range m.shell.Session.Channels {
		switch isOne := slices.Contains(ids, strconv.Itoa(ch.Priority)); {
		case !ch.Reachable():
		case !isOne:
			return false
		default:
			isReached = true
		}
	}
	return isReached
}

func (m *Mode) deleteChannels(ctx context.Context, with asked) error {
	question := "Delete channels " + strings.Join(with.ids, ", ") + "? Undo brings them back."
	for _, id := range with.ids {
		if ch, _ := m.channel(id); len(with.ids) > 1 {
			m.say(fmt.Sprintf("%d. %s", ch.Priority, sentence(m.channelWords(ch))))
		}
	}
	if ch, _ := m.channel(with.id()); len(with.ids) == 1 {
		question = fmt.Sprintf("Delete channel %d, %s? Undo brings it back.", ch.Priority, m.channelWords(ch))
	}
	if m.isLastReached(with.ids) {
		question = takesLast + " " + question
	}
	if isMeant, err := m.confirms(ctx, question); !isMeant || err != nil {
		return err
	}
	err := m.onSeveral(ctx, "delete", with.ids)
	if err == nil {
		m.row = ""
	}
	return err
}

// onSeveral runs a command on channels. What is done to one is done only while that is the one that was heard of.
func (m *Mode) onSeveral(ctx context.Context, command string, ids []string) error {
	words := append([]string{"channel", command}, m.seenAll(ids)...)
	return m.persist(ctx, func(ctx context.Context) error { return m.run(ctx, words, ids...) })
}

// seenAll are the flags of seen for several channels, in their order.
func (m *Mode) seenAll(ids []string) (flags []string) {
	for _, id := range ids {
		flags = append(flags, m.seen(id))
	}
	return flags
}

// testAll tests all channels that are on, one after the other.
func (m *Mode) testAll(ctx context.Context, _ asked) error {
	var ids, seen []string
	for _, ch := range m.shell.Session.Channels {
		if ch.Reachable() {
			id := strconv.Itoa(ch.Priority)
			ids, seen = append(ids, id), append(seen, m.seen(id)) // before anything is read again
		}
	}
	if len(ids) == 0 {
		m.say("No channel is on, so there is nothing to test.")
		return nil
	}
	isMeant, err := m.confirms(ctx, fmt.Sprintf("Send a test message to %s: %s? What is sent stays sent.", shell.Count(len(ids), "channel"), strings.Join(ids, ", ")))
	if !isMeant || err != nil {
		return err
	}
	for i, id := range ids {
		m.say("Channel " + id + ".")
		m.refresh(ctx)
		if ch, isThere := m.channel(id); isThere && ch.ActiveValue != "" && !ch.Enabled {
			m.say("It is off now, and was not tested.")
			continue
		}
		if err := m.settle(ctx, m.run(ctx, []string{"channel", "test", seen[i]}, id)); err != nil {
			return err
		}
	}
	return nil
}

package linear

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/export"
	"github.com/account-settings/pinghome/ui/shell"
	"github.com/account-settings/pinghome/ui/state"
)

// newChannels is the screen of the channels. Their numbers are their own.
func newChannels(m *Mode) *place {
	types := make([]string, len(backend.ChannelTypes))
	for i, by := range backend.ChannelTypes {
		types[i] = shell.TypeName(by)
	}
	return &place{scope: keymap.Channels, isKept: true, action: keymap.Screen2, noun: "channel", hasOwnNumbers: true,
		head: func() string {
			if len(m.shell.Session.Channels) == 0 {
				return "Channels. No channel yet; add adds one."
			}
			return "Channels. " + m.reachedWords()
		},
		rows: m.channelRows,
		facts: func(id string) []string {
			ch, isThere := m.channel(id)
			if !isThere {
				return nil
			}
			return m.channelFacts(ch)
		},
		entries: []entry{
			{id: keymap.EditChannel, takes: takesOne, do: m.editChannel},
			{id: keymap.VerifyChannel, also: []string{"code", "enter code"}, takes: takesOneWithText, title: "enter the code; a code can stand behind it", do: m.verifyChannel, off: m.ofChannel(whyNoCode)},
			{id: keymap.NewCode, takes: takesOne, do: m.sendCode},
			{id: keymap.CancelValue, takes: takesOne, do: m.onChannel("cancel"), off: m.ofChannel(whyNoValueWaits)},
			{id: keymap.TestChannel, takes: takesOne, do: m.testChannel},
			{id: keymap.EnterWord, takes: takesOneWithText, do: m.confirmChannel, off: m.ofChannel(m.whyNoWord)},
			{id: keymap.SwitchChannel, also: []string{"on", "off"}, takes: takesSeveral, title: "switch on or off; on and off are words, too", do: m.switchChannels},
			{id: keymap.DeleteChannel, takes: takesSeveral, title: "delete; undo brings it back", do: m.deleteChannels},
			{id: keymap.MoveUp, takes: takesOne, do: m.moveChannel(-1)},
			{id: keymap.MoveDown, takes: takesOne, do: m.moveChannel(1)},
			{id: keymap.MoveTo, takes: takesOneWithText, do: m.moveChannelTo},
			{id: keymap.NewSecret, takes: takesOne, do: m.newSecret, off: m.ofChannel(whyNoSecret)},
			{word: "spell", takes: takesOne, title: "say the value sign by sign", do: m.spellChannel},
			{word: "spell secret", title: "say the signing secret that was said last sign by sign", do: m.spellSecret, off: m.whyNoSecretSaid},
			{word: "attempts", takes: takesOne, title: "say the last attempts to reach it", do: m.sayAttempts},
			{id: keymap.AddChannel, takes: takesText, do: m.addChannel},
			{id: keymap.TestAll, do: m.testAll},
			{id: keymap.FilterTypes, do: m.filter(types...)},
			{id: keymap.ClearTypes, do: m.clearFilter},
			{id: keymap.ExportChannels, takes: takesText, title: "write the listed channels to a file", do: m.exportChannels},
			openEntry(m),
		}}
}

// openEntry says all of a record, as its number does.
func openEntry(m *Mode) entry {
	return entry{id: keymap.Open, takes: takesOne, title: "say all of it", do: func(ctx context.Context, with asked) error {
		m.row = with.id()
		return m.list(ctx)
	}}
}

func (m *Mode) channelRows(context.Context) (rows []row, err error) {
	for _, ch := range m.shell.Session.Channels {
		if m.keeps(keymap.Channels, shell.TypeName(ch.Type)) {
			rows = append(rows, row{ch.Priority, strconv.Itoa(ch.Priority), m.channelWords(ch), ch.InForce()})
		}
	}
	return rows, nil
}

// channel is the one with this number; false where there is none.
func (m *Mode) channel(id string) (backend.Channel, bool) {
	i := slices.IndexFunc(m.shell.Session.Channels, func(ch backend.Channel) bool { return strconv.Itoa(ch.Priority) == id })
	if i < 0 {
		return backend.Channel{}, false
	}
	return m.shell.Session.Channels[i], true
}

// ofChannel is a reason that is about a channel.
func (m *Mode) ofChannel(why func(backend.Channel) string) func(string) string {
	return func(id string) string {
		ch, isThere := m.channel(id)
		if !isThere {
			return ""
		}
		return why(ch)
	}
}

func whyNoCode(ch backend.Channel) string {
	if ch.Verified {
		return fmt.Sprintf("Channel %d is verified: no code is needed.", ch.Priority)
	}
	return ""
}

func whyNoValueWaits(ch backend.Channel) string {
	if !state.IsOldInForce(ch) {
		return fmt.Sprintf("No new value of channel %d waits for its code.", ch.Priority)
	}
	return ""
}

func whyNoSecret(ch backend.Channel) string {
	if ch.Type != backend.TypeWebhook {
		return fmt.Sprintf("Channel %d is no webhook: only webhooks have a signing secret.", ch.Priority)
	}
	return ""
}

func (m *Mode) whyNoWord(ch backend.Channel) string {
	if why := m.shell.Session.Lacks(backend.FeatureDeliveries); why != "" || !ch.Proof.WordSentAt.IsZero() {
		return why
	}
	return fmt.Sprintf("No test of channel %d waits for its word. test sends one.", ch.Priority)
}

// seen is the flag that lets a change be made only while the channel has the value that was heard.
func (m *Mode) seen(id string) string {
	n, _ := strconv.Atoi(id)
	ch, _ := m.channel(id)
	return flag("if-value", cmp.Or(m.heard.channels[n].Value, ch.Value))
}

// onChannel runs a command on a channel that needs nothing else.
func (m *Mode) onChannel(command string) func(context.Context, asked) error {
	return func(ctx context.Context, with asked) error {
		return m.persist(ctx, func(ctx context.Context) error {
			return m.run(ctx, []string{"channel", command, m.seen(with.id())}, with.id())
		})
	}
}

// spellChannel says the value in force, and a new one that waits, sign by sign.
func (m *Mode) spellChannel(_ context.Context, with asked) error {
	ch, _ := m.channel(with.id())
	m.say(spelled(backend.ReadableValue(ch.Type, ch.InForce())))
	if state.IsOldInForce(ch) {
		m.say("New value: " + spelled(backend.ReadableValue(ch.Type, ch.Value)))
	}
	return nil
}

// sayAttempts says the newest attempts to reach a channel.
func (m *Mode) sayAttempts(ctx context.Context, with asked) error {
	n, _ := strconv.Atoi(with.id())
	list, err := m.shell.Session.View.ChannelAttempts(ctx, n, page)
	if err != nil {
		return err
	}
	if len(list) == 0 {
		m.say("No attempts yet.")
	}
	for _, a := range list {
		m.say(m.attemptWords(a))
	}
	if len(list) == page {
		m.say(fmt.Sprintf("These are the last %d.", page))
	}
	return nil
}

func (m *Mode) attemptWords(a backend.Attempt) string {
	words := fmt.Sprintf("%s %s, %s", shell.Capitalized(shell.KindName(a.Kind)), state.OfAttempt(a.Outcome).Word(), m.ago(a.At))
	if a.Provider != "" {
		words += ", by " + a.Provider
	}
	if a.Status != "" {
		words += ": " + withoutStop(a.Status)
	}
	return words + "."
}

// exportChannels writes the listed channels to a file.
func (m *Mode) exportChannels(ctx context.Context, with asked) error {
	rows, err := m.channelRows(ctx)
	if err != nil {
		return err
	}
	return m.change(ctx, "Name of the file, which ends in .jsonl or .csv", with.text, func(_ context.Context, path string) error {
		file, err := export.Create(path)
		if err != nil {
			return err
		}
		for _, r := range m.found(rows) {
			if ch, isThere := m.channel(r.id); isThere && err == nil {
				err = file.Add(export.OfChannel(ch))
			}
		}
		if err := file.Finish(err); err != nil {
			return err
		}
		m.say(fmt.Sprintf("Wrote %s to %s.", shell.Count(file.Count(), "channel"), file.Path()))
		return nil
	})
}

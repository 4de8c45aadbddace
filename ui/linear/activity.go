package linear

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/keymap"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/safe"
	"github.com/account-settings/pinghome/ui/shell"
)

// entriesRead is how many entries are read at once.
const entriesRead = 100

// newActivity is the screen of the journal.
func newActivity(m *Mode) *place {
	a := &activity{Mode: m}
	return &place{scope: keymap.Activity, action: keymap.Screen4, needs: backend.FeatureJournal, noun: "entry",
		head: func() string { return "Activity, the newest first." }, rows: a.rows, facts: a.facts, isSilentWithout: true,
		older: a.older, hasOlder: func() bool { return a.next != "" },
		entries: []entry{
			{id: keymap.UndoEntry, takes: takesOne, do: a.takeBack},
			{id: keymap.ShowThen, takes: takesOne, do: a.showThen},
			{word: "at", takes: takesText, title: "say the account as it was; at 2h, or at 2026-11-20 14:05", do: a.showAt},
			{id: keymap.FilterKinds, do: m.filter(shell.EntryKinds...)},
			{id: keymap.ClearKinds, do: m.clearFilter},
			{id: keymap.Export, takes: takesText, title: "write all entries to a file", do: a.export},
			openEntry(m),
		}}
}

type activity struct {
	*Mode
	entries []backend.JournalEntry // that were read
	numbers int                    // that were given to them
	next    string                 // where older ones begin; "" where there are none
}

// rows reads the newest entries that pass the filter.
func (a *activity) rows(ctx context.Context) ([]row, error) {
	a.entries, a.numbers, a.next = nil, 0, ""
	rows, err := a.older(ctx)
	a.sayAll(len(rows), a.next != "", "entry", "entries")
	return rows, err
}

// older reads the next entries that pass the filter.
func (a *activity) older(ctx context.Context) (rows []row, err error) {
	query := backend.JournalQuery{Limit: entriesRead, After: a.next}
	if a.shell.Session.Lacks(backend.FeatureUndo) == "" {
		query.Kinds = shell.JournalKinds(a.narrow.chosen[keymap.Activity])
	}
	read, err := a.shell.Session.View.Journal(ctx, query)
	if err != nil {
		return nil, err
	}
	a.entries, a.next = append(a.entries, read.Entries...), read.Next
	for _, e := range read.Entries {
		if a.keeps(keymap.Activity, shell.EntryKind(e)) {
			a.numbers++
			rows = append(rows, row{a.numbers, e.ID, a.entryWords(e), e.Detail})
		}
	}
	return rows, nil
}

func (a *activity) entry(id string) (backend.JournalEntry, bool) {
	i := slices.IndexFunc(a.entries, func(e backend.JournalEntry) bool { return e.ID == id })
	if i < 0 {
		return backend.JournalEntry{}, false
	}
	return a.entries[i], true
}

func (a *activity) facts(id string) []string {
	e, isThere := a.entry(id)
	if !isThere {
		return nil
	}
	lines := []string{a.entryWords(e) + ".", "At " + shell.Stamp(a.shell.Now, e.At) + "."}
	if e.Detail != "" {
		lines = append(lines, sentence(shell.Capitalized(safe.Text(e.Detail))))
	}
	if e.Address != "" {
		lines = append(lines, "From the address "+safe.Text(e.Address)+".")
	}
	if e.CanUndo() {
		return append(lines, "It can be taken back.")
	}
	return append(lines, "It cannot be taken back.")
}

// takeBack takes an entry back, after saying which one.
func (a *activity) takeBack(ctx context.Context, with asked) error {
	e, _ := a.entry(with.id())
	isMeant, err := a.confirms(ctx, "Take back: "+a.entryWords(e)+"?")
	if !isMeant || err != nil {
		return err
	}
	return a.persist(ctx, func(ctx context.Context) error { return a.run(ctx, []string{"activity", "undo"}, with.id()) })
}

func (a *activity) showThen(ctx context.Context, with asked) error {
	e, _ := a.entry(with.id())
	return a.sayPast(ctx, e.At.Add(-time.Nanosecond))
}

func (a *activity) showAt(ctx context.Context, with asked) error {
	return a.change(ctx, "When? An age such as 2h, or a time such as 2026-11-20 14:05", with.text, func(ctx context.Context, text string) error {
		at, err := shell.ParsePast(strings.TrimPrefix(strings.TrimSpace(text), "at "), a.shell.Now)
		if err != nil {
			return &backend.Error{Code: backend.CodeInvalid, Message: exit.Usage("%v", err).Error()}
		}
		return a.sayPast(ctx, at)
	})
}

// sayPast says the account as it was.
func (a *activity) sayPast(ctx context.Context, at time.Time) error {
	past, err := a.shell.Session.View.SettingsAt(ctx, at)
	if err != nil {
		return err
	}
	a.say("The past, " + a.ago(past.At) + ". Nothing of it can be changed.")
	for _, part := range []struct {
		name string
		text *string
	}{{"Name", past.Name}, {"Surname", past.Surname}} {
		if part.text != nil {
			a.say(part.name + ": " + *part.text + ".")
		}
	}
	if past.Username != nil {
		a.say("Username: " + a.email(*past.Username) + ".")
	}
	if pending := past.PendingUsername; pending != nil && *pending != "" {
		a.say("New username that waited for its code: " + a.email(*pending) + ".")
	}
	a.say(shell.Count(len(past.Channels), "channel") + ".")
	for _, ch := range past.Channels {
		a.say(a.pastWords(ch))
	}
	return nil
}

// pastWords are a channel as it was.
func (a *activity) pastWords(ch backend.ChannelSettings) string {
	word := "off"
	switch {
	case ch.ActiveValue == "":
		word = "not verified"
	case ch.Enabled:
		word = "on"
	}
	words := typeWord(ch.Type) + " " + a.value(ch.Type, cmp.Or(ch.ActiveValue, ch.Value))
	if ch.Label != "" {
		words += ", " + ch.Label
	}
	return fmt.Sprintf("%d. %s, %s.", ch.Priority, words, word)
}

// export writes the entries to a file.
func (a *activity) export(ctx context.Context, with asked) error {
	return a.change(ctx, "Name of the file, which ends in .jsonl or .csv", with.text, func(ctx context.Context, path string) error {
		if path == "-" {
			return backend.Errorf(backend.CodeInvalid, "Type the name of a file.")
		}
		words := []string{"activity", "export"}
		for _, kind := range a.narrow.chosen[keymap.Activity] {
			words = append(words, flag("kind", kind))
		}
		if text := a.narrow.text[keymap.Activity]; text != "" {
			words = append(words, flag("match", text))
		}
		return a.run(ctx, words, path)
	})
}

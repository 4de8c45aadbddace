package local

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/binary"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// systemActor is who makes the changes that no person asked for.
const systemActor = "system"

// note ends every change: it adds a journal row and raises the revision. The
// detail must not contain codes or whole addresses.
func (c *customer) note(tx *storage.Tx, action, detail string) error {
	return tx.AddJournal(c.id, c.entry(tx, action, detail))
}

func (c *customer) entry(tx *storage.Tx, action, detail string) backend.JournalEntry {
	return backend.JournalEntry{ID: tx.NewID(), At: tx.Now, Actor: c.actor(tx.Context()), Address: backend.CommandOf(tx.Context()).Address,
		Action: action, Detail: detail}
}

func (c *customer) actor(ctx context.Context) string {
	return cmp.Or(backend.CommandOf(ctx).Actor, c.options.Actor)
}

// noteChannels is note for a change of channels: before are those of them that were there, and
// after those that are.
func (c *customer) noteChannels(tx *storage.Tx, action, detail string, before, after []backend.Channel) error {
	e := c.entry(tx, action, detail)
	e.Before.Channels, e.After.Channels = settingsOf(before), settingsOf(after)
	return tx.AddJournal(c.id, e)
}

func settingsOf(channels []backend.Channel) (list []backend.ChannelSettings) {
	for _, ch := range channels {
		list = append(list, backend.SettingsOf(ch))
	}
	return list
}

// noteChannel is noteChannels for one that was there and is.
func (c *customer) noteChannel(tx *storage.Tx, action, detail string, before, after backend.Channel) error {
	return c.noteChannels(tx, action, detail, []backend.Channel{before}, []backend.Channel{after})
}

// noteUsername is note for a change of the pending username, from one to another; "" for none.
func (c *customer) noteUsername(tx *storage.Tx, action, detail, before, after string) error {
	e := c.entry(tx, action, detail)
	e.Before.PendingUsername, e.After.PendingUsername = &before, &after
	return tx.AddJournal(c.id, e)
}

// Journal returns a page of the entries, newest first. A page costs at most as much as
// looking at backend.MaxJournalLook rows.
func (c *customer) Journal(ctx context.Context, q backend.JournalQuery) (page backend.JournalPage, err error) {
	from, err := c.journalCursor(q.After)
	if err != nil {
		return page, err
	}
	err = c.read(ctx, func(tx *storage.Tx) error {
		page = backend.JournalPage{Entries: []backend.JournalEntry{}}
		if q.Limit <= 0 {
			return nil
		}
		if from == 0 {
			if from, err = tx.NewestEntry(c.id); err != nil {
				return err
			}
		}
		parts, looked, next := strings.Fields(strings.ToLower(normalNFC(q.Match))), 0, int64(0)
		err = tx.WalkJournal(c.id, from, func(sequence int64, e backend.JournalEntry) bool {
			if len(page.Entries) == q.Limit || looked == backend.MaxJournalLook {
				next = sequence
				return false
			}
			looked++
			if isKind(e, q.Kinds) && hasParts(e, parts) {
				page.Entries = append(page.Entries, withoutKept(e))
			}
			return true
		})
		if err == nil && next > 0 {
			page.Next, err = c.journalCursorOf(next)
		}
		return err
	})
	return page, err
}

// useJournalCursor names the subkey for the cursors of the journal.
const useJournalCursor = "journal cursor"

// journalCursorOf is the Next of a page: the number of the row with which the next one begins, for this
// customer alone. It is encrypted, since the rows of all customers are counted together: how much
// happens in other accounts is not for everyone to see.
func (c *customer) journalCursorOf(sequence int64) (string, error) {
	sealed, err := sealText(c.cursorKey, useJournalCursor, binary.BigEndian.AppendUint64(nil, uint64(sequence)), []byte(c.id)) //nolint:gosec // rows are counted from 1
	return base64.RawURLEncoding.EncodeToString(sealed), err
}

// journalCursor reads the Next of a page; 0 for none. Errors: invalid (field "after").
func (c *customer) journalCursor(after string) (int64, error) {
	if after == "" {
		return 0, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(after)
	if err == nil {
		text, err = openText(c.cursorKey, useJournalCursor, text, []byte(c.id))
	}
	if err != nil || len(text) != 8 {
		var faults backend.FieldErrors
		faults.Add("after", backend.Errorf(backend.CodeInvalid, "This is no place in the journal. Begin again without it."))
		return 0, faults.Err()
	}
	return int64(binary.BigEndian.Uint64(text)), nil //nolint:gosec // as it was sealed
}

func isKind(e backend.JournalEntry, kinds []string) bool {
	if len(kinds) == 0 {
		return true
	}
	kind, _, _ := strings.Cut(e.Action, ".")
	return slices.Contains(kinds, kind)
}

func hasParts(e backend.JournalEntry, parts []string) bool {
	if len(parts) == 0 {
		return true
	}
	lines := slices.Concat([]string{e.Actor, e.Address, e.Action, e.Detail}, e.Before.SearchText(), e.After.SearchText())
	text := strings.ToLower(strings.Join(lines, "\n"))
	return !slices.ContainsFunc(parts, func(part string) bool { return !strings.Contains(text, part) })
}

// withoutKept is an entry as it is shown.
func withoutKept(e backend.JournalEntry) backend.JournalEntry {
	for _, channels := range []*[]backend.ChannelSettings{&e.Before.Channels, &e.After.Channels} {
		*channels = slices.Clone(*channels)
		for i := range *channels {
			(*channels)[i].Kept = ""
		}
	}
	return e
}

package local

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// SettingsAt returns the account as it was at a time: as it is now, with every entry of the
// journal since taken back. It costs some 2 µs for each of them.
func (c *customer) SettingsAt(ctx context.Context, at time.Time) (past backend.PastSettings, err error) {
	err = c.read(ctx, func(tx *storage.Tx) error {
		if at.After(tx.Now) {
			return invalidAt("This time has not come yet.")
		}
		p, err := tx.Profile(c.id)
		if err != nil {
			return err
		}
		channels, err := tx.Channels(c.id)
		if err != nil {
			return err
		}
		newest, err := tx.NewestEntry(c.id)
		if err != nil {
			return err
		}
		pending := pendingEmail(p)
		past = backend.PastSettings{At: at, Since: p.Customer.CreatedAt, Settings: backend.Settings{Name: &p.Customer.Name, Surname: &p.Customer.Surname,
			Username: &p.Customer.Email, PendingUsername: &pending, Channels: settingsOf(channels)}}
		if at.Before(past.Since) {
			return invalidAt("The account was created later, at " + spellInstant(past.Since) + ".")
		}
		return c.walkBack(tx, newest, &past)
	})
	return past, err
}

func (c *customer) walkBack(tx *storage.Tx, newest int64, past *backend.PastSettings) (fault error) {
	err := tx.WalkJournal(c.id, newest, func(_ int64, e backend.JournalEntry) bool {
		switch {
		case !e.At.After(past.At):
			return false
		case isUnkept(e):
			past.Since = e.At
			fault = invalidAt("The journal keeps what was before a change only since " + spellInstant(e.At) + ".")
			return false
		}
		takeOut(&past.Settings, e)
		return true
	})
	if err != nil {
		return err
	}
	slices.SortFunc(past.Channels, func(a, b backend.ChannelSettings) int { return a.Priority - b.Priority })
	return fault
}

// isUnkept reports whether an entry changed settings that it does not have: one of an older
// version.
func isUnkept(e backend.JournalEntry) bool {
	if !e.Before.IsEmpty() || !e.After.IsEmpty() {
		return false
	}
	return slices.Contains([]string{"name.changed", "username.requested", "username.cancelled", "username.changed", "channel.created",
		"channel.changed", "channel.labelled", "channel.verified", "channel.deleted", "channel.enabled", "channel.disabled"}, e.Action)
}

// takeOut makes settings as they were before an entry.
func takeOut(s *backend.Settings, e backend.JournalEntry) {
	for _, part := range []struct {
		now    **string
		before *string
	}{{&s.Name, e.Before.Name}, {&s.Surname, e.Before.Surname}, {&s.Username, e.Before.Username}, {&s.PendingUsername, e.Before.PendingUsername}} {
		if part.before != nil {
			*part.now = part.before
		}
	}
	for _, after := range e.After.Channels {
		s.Channels = slices.DeleteFunc(s.Channels, after.IsSame)
	}
	for _, before := range withoutKept(e).Before.Channels {
		s.Channels = append(slices.DeleteFunc(s.Channels, before.IsSame), before)
	}
}

func invalidAt(sentence string) error {
	var faults backend.FieldErrors
	faults.Add("at", fmt.Errorf("%s", strings.TrimSpace(sentence)))
	return faults.Err()
}

func spellInstant(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05") + " UTC" }

package sqlite

import (
	"path/filepath"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// provedAsTyped is a file from before domains were kept as A-labels, in which messages
// prove channels that have the username's address.
func provedAsTyped(t *testing.T, now time.Time) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0014"), Now: func() time.Time { return now }}, func(tx *storage.Tx) error {
		for _, statement := range []string{
			`INSERT INTO organizations VALUES ('o', 'Org', 'team', 0)`,
			`INSERT INTO teams VALUES ('t', 'o', 'T')`,
			`INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at) VALUES
			 ('twin', 't', 'twin@ü.example', 'twin@xn--tda.example', '', 'A', 'B', 'user', 'a b twin@ü.example org', 1, 0),
			 ('waits', 't', 'waits@ü.example', 'waits@xn--tda.example', '', 'A', 'B', 'user', 'a b waits@ü.example org', 1, 1),
			 ('moves', 't', 'moves@ü.example', 'moves@xn--tda.example', '', 'A', 'B', 'user', 'a b moves@ü.example org', 1, 2),
			 ('alone', 't', 'alone@ü.example', 'alone@xn--tda.example', '', 'A', 'B', 'user', 'a b alone@ü.example org', 1, 3),
			 ('stays', 't', 'stays@example.org', 'stays@example.org', '', 'A', 'B', 'user', 'a b stays@example.org org', 1, 4)`,
			`INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
			   test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled) VALUES
			 ('twin', 1, 'email', 'twin@ü.example', 'twin@ü.example', 1, 0, 0, 1, 0, 0, '', '', '', 0, 0),
			 ('twin', 2, 'email', 'twin@xn--tda.example', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('waits', 1, 'email', 'waits@ü.example', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('moves', 1, 'email', 'moves@ü.example', 'moves@ü.example', 1, 0, 0, 1, 0, 0, '', '', '', 0, 0),
			 ('stays', 1, 'email', 'code@ü.example', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('stays', 2, 'email', 'same@ü.example', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('stays', 3, 'email', 'same@xn--tda.example', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0)`,
			`INSERT INTO codes (customer_id, purpose, target, id, mac, tries, sent_at, expires_at) VALUES
			 ('waits', 'channel', 'email:waits@ü.example', '1', x'00', 0, 5000, 700000),
			 ('stays', 'channel', 'email:code@ü.example', '2', x'00', 0, 5000, 700000)`,
			`INSERT INTO attempts (customer_id, type, recipient, id, message_id, kind, began_at, outcome, provider, status, micros)
			 SELECT id, 'email', email, '1', 'm', 'test', 7, 'sent', 'p', '', 0 FROM customers`,
		} {
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

// TestMigrationLeavesProofsWithTheirChannels: the messages to an address that is a username
// and a channel go where the channel goes, and prove no other one.
func TestMigrationLeavesProofsWithTheirChannels(t *testing.T) {
	now := time.UnixMilli(10_000).UTC()
	d := open(t, provedAsTyped(t, now), Options{Now: func() time.Time { return now }})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		for id, want := range map[string][]string{
			"twin":  {"twin@ü.example proved", "twin@xn--tda.example"},
			"waits": {"waits@ü.example proved"},
			"moves": {"moves@xn--tda.example proved"},
		} {
			channels, err := tx.Channels(id)
			must(t, err)
			var got []string
			for _, ch := range channels {
				must(t, tx.LoadOutcomes(id, &ch))
				if !ch.Proof.AcceptedAt.IsZero() {
					ch.Value += " proved"
				}
				got = append(got, ch.Value)
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s has %q, want %q", id, got, want)
			}
		}
		var n int
		err := row(tx, `SELECT COUNT(*) FROM attempts WHERE customer_id = 'alone' AND recipient = 'alone@xn--tda.example'`, nil, &n)
		if n != 1 {
			t.Errorf("%d attempts are at the username that is no channel", n)
		}
		return err
	}))
}

// TestMigrationSettlesReaches of the accounts whose messages it has moved.
func TestMigrationSettlesReaches(t *testing.T) {
	now := time.UnixMilli(10_000).UTC()
	d := open(t, provedAsTyped(t, now), Options{Now: func() time.Time { return now }})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		page, err := tx.AccountPage(storage.AccountPageQuery{Sort: backend.SortName, Limit: 9})
		if err != nil || len(page.Accounts) != 5 {
			t.Fatalf("%+v, %v", page, err)
		}
		for _, a := range page.Accounts {
			channels, err := tx.Channels(a.ID)
			must(t, err)
			for i := range channels {
				must(t, tx.LoadOutcomes(a.ID, &channels[i]))
			}
			if want := backend.ReachOf(channels); !reflect.DeepEqual(*a.Reach, want) {
				t.Errorf("%s has the reach %+v, want %+v", a.ID, *a.Reach, want)
			}
		}
		return nil
	}))
}

// TestMigrationChangesNoRevision where all stays as it was typed.
func TestMigrationChangesNoRevision(t *testing.T) {
	now := time.UnixMilli(10_000).UTC()
	d := open(t, provedAsTyped(t, now), Options{Now: func() time.Time { return now }})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		for id, want := range map[string]int64{"stays": 1, "waits": 2, "moves": 3} { // none, the username, and the channel, too
			if n, err := tx.Revision(id); n != want || err != nil {
				t.Errorf("%s has the revision %d, want %d, %v", id, n, want, err)
			}
		}
		return nil
	}))
}

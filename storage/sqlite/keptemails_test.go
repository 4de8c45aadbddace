package sqlite

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// emailsAsTyped is a file from before domains were kept as A-labels.
func emailsAsTyped(t *testing.T, now time.Time) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0014"), Now: func() time.Time { return now }}, func(tx *storage.Tx) error {
		for _, statement := range []string{
			`INSERT INTO organizations VALUES ('o', 'Org', 'team', 0)`,
			`INSERT INTO teams VALUES ('t', 'o', 'T')`,
			`INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at) VALUES
			 ('a', 't', 'Ada@bücher.example', 'ada@xn--bcher-kva.example', 'ada@straße.example', 'Ada', 'Byron', 'user', 'ada byron ada@bücher.example org', 4, 0),
			 ('b', 't', 'bob@xn--bcher-kva.example', 'bob@xn--bcher-kva.example', 'bob@ü.example', 'Bob', 'Smith', 'user', 'bob smith bob@xn--bcher-kva.example org', 1, 1),
			 ('c', 't', 'x@ü.example', 'x@xn--tda.example', '', 'C', 'D', 'user', 'c d x@ü.example org', 1, 2),
			 ('d', 't', 'x@xn--tda.example', 'x@xn--tda.example d', '', 'D', 'E', 'user', 'd e x@xn--tda.example org', 1, 3),
			 ('e', 't', 'plain@example.org', 'plain@example.org', '', 'E', 'F', 'user', 'e f plain@example.org org', 1, 4)`,
			`INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
			   test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled) VALUES
			 ('a', 1, 'email', 'ada@bücher.example', 'ada@bücher.example', 1, 0, 0, 1, 0, 0, '', '', '', 0, 0),
			 ('a', 2, 'email', 'new@ü.example', 'old@ü.example', 1, 0, 0, 1, 0, 0, '', '', '', 0, 0),
			 ('a', 3, 'email', 'late@ü.example', '', 0, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('a', 4, 'email', 'twin@ü.example', 'twin@ü.example', 1, 0, 0, 1, 0, 0, '', '', '', 0, 0),
			 ('a', 5, 'email', 'twin@xn--tda.example', '', 0, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			 ('a', 6, 'webhook', 'https://h.example/ü@ü', '', 0, 0, 0, 0, 0, 0, '', '', '', 0, 0)`,
			`INSERT INTO codes (customer_id, purpose, target, id, mac, tries, sent_at, expires_at) VALUES ('a', 'channel', 'email:new@ü.example', '1', x'00', 0, 5000, 700000), ('a', 'channel', 'email:late@ü.example', '2', x'00', 0, 0, 600),
			   ('b', 'username', 'email:bob@ü.example', '3', x'00', 0, 5000, 700000)`,
			`INSERT INTO attempts (customer_id, type, recipient, id, message_id, kind, began_at, outcome, provider, status, micros) VALUES ('a', 'email', 'ada@bücher.example', '1', 'm', 'test', 7, 'sent', 'p', '', 0), ('a', 'email', 'twin@ü.example', '2', 'm', 'test', 7, 'sent', 'p', '', 0)`,
			`INSERT INTO messages (customer_id, id, written_at, type, recipient, kind, subject, body, code, code_expires_at, state, leased_until, provider, detail, is_read)
			 VALUES ('a', 'm', 7, 'email', 'ada@bücher.example', 'test', '', '', '', 0, 'sent', 0, '', '', 1)`,
		} {
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

// TestMigrationKeepsDomainsAsALabels: what is the same in another spelling, and what waits
// for a code that is valid, stays as it was typed.
func TestMigrationKeepsDomainsAsALabels(t *testing.T) {
	now := time.UnixMilli(10_000).UTC()
	d := open(t, emailsAsTyped(t, now), Options{Now: func() time.Time { return now }})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		for id, want := range map[string][2]string{
			"a": {"Ada@xn--bcher-kva.example", "ada@xn--strae-oqa.example"},
			"b": {"bob@xn--bcher-kva.example", "bob@ü.example"},
			"c": {"x@ü.example", ""}, "d": {"x@xn--tda.example", ""}, "e": {"plain@example.org", ""},
		} {
			p, err := tx.Profile(id)
			must(t, err)
			pending := ""
			if p.Pending != nil {
				pending = p.Pending.Email
			}
			if p.Customer.Email != want[0] || pending != want[1] {
				t.Errorf("%s has %q and %q", id, p.Customer.Email, pending)
			}
		}
		channels, err := tx.Channels("a")
		must(t, err)
		want := [][2]string{{"ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"}, {"new@ü.example", "old@xn--tda.example"}, {"late@xn--tda.example", ""},
			{"twin@ü.example", "twin@ü.example"}, {"twin@xn--tda.example", ""}, {"https://h.example/ü@ü", ""}}
		for i, ch := range channels {
			if got := [2]string{ch.Value, ch.ActiveValue}; got != want[i] {
				t.Errorf("channel %d has %q", ch.Priority, got)
			}
		}
		if channels[1].Code == nil || !channels[0].Verified || !channels[3].Verified {
			t.Errorf("a code or a proof is lost: %+v", channels)
		}
		for i, ch := range []*backend.Channel{&channels[0], &channels[3]} {
			if must(t, tx.LoadOutcomes("a", ch)); ch.Proof.AcceptedAt.IsZero() {
				t.Errorf("the attempts at %d are lost", i)
			}
		}
		m, _, err := tx.Message("a", "m")
		if m.To != channels[0].Value {
			t.Errorf("the message went to %q", m.To)
		}
		return err
	}))
}

// TestMigratedAccountsAreFoundAndReported by each spelling, and twins once.
func TestMigratedAccountsAreFoundAndReported(t *testing.T) {
	now := time.UnixMilli(10_000).UTC()
	d := open(t, emailsAsTyped(t, now), Options{Now: func() time.Time { return now }})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		for email, id := range map[string]string{"ada@bücher.example": "a", "ADA@xn--bcher-kva.example": "a", "bob@bücher.example": "b", "x@ü.example": "c", "x@xn--tda.example": "d", "PLAIN@example.org": "e"} {
			if a, _, err := tx.AccountByEmail(email); a.ID != id || err != nil {
				t.Errorf("%s opens %q, %v", email, a.ID, err)
			}
		}
		for term, want := range map[string]string{"bücher": "ab", "xn--bcher": "ab", "bob@bücher": "b", "x@ü": "cd"} {
			list, err := tx.Accounts([]string{term}, 9)
			must(t, err)
			found := ""
			for _, a := range list {
				found += a.ID
			}
			if found != want {
				t.Errorf("%s finds %q, want %q", term, found, want)
			}
		}
		if n, err := tx.Revision("a"); n != 6 || err != nil {
			t.Errorf("the revision is %d, %v", n, err)
		}
		n, err := tx.Revision("e")
		if n != 1 {
			t.Errorf("an account that stays has the revision %d", n)
		}
		return err
	}))
	found, err := storage.KnownCollisions(t.Context(), d)
	if want := []storage.Collision{{Customer: "d", Value: "x@xn--tda.example", Other: "c"}, {Customer: "a", Priority: 5, Value: "twin@xn--tda.example", Other: "a", OtherPriority: 4}}; err != nil || !slices.Equal(found, want) {
		t.Errorf("colliding are %+v, %v", found, err)
	}
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		must(t, tx.DeleteCustomer("d"))
		return tx.DeleteChannel("a", 5)
	}))
	for range 2 { // the second time, nothing is read any more
		if found, err := storage.KnownCollisions(t.Context(), d); len(found) != 0 || err != nil {
			t.Errorf("colliding are %+v, %v", found, err)
		}
	}
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		fact, err := tx.Fact(storage.FactSpellings)
		if fact != nil {
			t.Error("they are still looked for")
		}
		return err
	}))
}

package sqlite

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// oldSpellings is a file from before canonical forms: accounts a, b and so on with
// these emails, the oldest first.
func oldSpellings(t *testing.T, emails ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0009")}, func(tx *storage.Tx) error {
		statements := []string{`INSERT INTO organizations VALUES ('o', 'O', 'team', 0)`, `INSERT INTO teams VALUES ('t', 'o', 'T')`}
		for i, email := range emails {
			statements = append(statements, fmt.Sprintf(`
INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at)
VALUES ('%c', 't', '%s', '%s', '', 'Ada', 'Byron', 'user', '', 1, %d)`, 'a'+i, email, strings.ToLower(email), i))
		}
		statements = append(statements,
			`INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
			   test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled)
			 VALUES ('a', 1, 'webhook', 'https://h.example/a', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			        ('a', 2, 'push-notification', 'https://h.example/a', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			        ('a', 3, 'webhook', 'https://h.example/%61', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0),
			        ('b', 1, 'webhook', 'https://h.example/%61', '', 1, 0, 0, 0, 0, 0, '', '', '', 0, 0)`,
			`INSERT INTO sends VALUES ('a', 'code', 7, '1', 'webhook:https://h.example/%61'), ('a', 'code', 8, '2', 'webhook:https://h.example/a'), ('a', 'asking', 9, '3', '')`,
			`INSERT INTO code_failures VALUES ('a', 'email:x@bücher.example', '1', 7)`)
		for _, statement := range statements {
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

func TestMigrationKeepsCollidingAccounts(t *testing.T) {
	emails := []string{"x@bücher.example", "x@xn--bcher-kva.example", "y@ｅxample.org", "Y@example。org", "straße@b.example", "alone@BÜCHER.example"}
	d := open(t, oldSpellings(t, emails...), Options{})
	found, err := storage.Collisions(t.Context(), d)
	must(t, err)
	want := []storage.Collision{{Customer: "a", Value: emails[0], Other: "b"}, {Customer: "d", Value: emails[3], Other: "c"}, {Customer: "a", Priority: 3, Value: "https://h.example/%61", Other: "a", OtherPriority: 1}}
	slices.SortStableFunc(found, func(a, b storage.Collision) int { return a.Priority - b.Priority })
	if !slices.Equal(found, want) {
		t.Errorf("colliding are %+v, want %+v", found, want)
	}
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for i, email := range emails {
			id := string(rune('a' + i))
			a, found, err := tx.AccountByEmail(email)
			if err != nil || !found || a.ID != id {
				t.Errorf("%s opens %q, %v, %v", email, a.ID, found, err)
			}
			if i == 4 || i == 5 {
				continue
			}
			if taken, err := tx.EmailTaken(email, id); !taken || err != nil {
				t.Errorf("%s of %s is free: %v", email, id, err)
			}
			p, err := tx.Profile(id)
			must(t, err)
			p.Pending = &backend.PendingUsername{Email: "new@example.org"}
			if err := tx.SaveCustomer(p); err != nil { // the email stays
				t.Errorf("%s: %v", email, err)
			}
		}
		for spelling, want := range map[string]string{"X@XN--BCHER-KVA.example": "b", "y@example.org": "c", "STRASSE@b.example": "e", "alone@xn--bcher-kva.example": "f"} {
			if a, _, err := tx.AccountByEmail(spelling); a.ID != want || err != nil {
				t.Errorf("%s opens %q, %v", spelling, a.ID, err)
			}
		}
		return nil
	}))
	must(t, d.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error { return tx.DeleteCustomer("b") }))
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		taken, err := tx.EmailTaken(emails[1], "")
		if !taken {
			t.Error("a marked email is free when the other account is gone")
		}
		return err
	}))
}

func TestMigrationKeepsWhatWasCounted(t *testing.T) {
	d := open(t, oldSpellings(t, "x@example.org", "y@example.org"), Options{})
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		sends, err := tx.Sends("a", storage.SendCode, time.Time{})
		if len(sends) != 2 || sends[0].Target != sends[1].Target {
			t.Errorf("sends are %+v", sends)
		}
		failures, err2 := tx.CodeFailures("a", time.Hour)
		if failures["email:x@xn--bcher-kva.example"].Count != 1 {
			t.Errorf("failures are %+v", failures)
		}
		must(t, err2)
		return err
	}))
}

// oldNumbers is a file in which an account has these numbers, each of them counted once.
func oldNumbers(t *testing.T, values []string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0013")}, func(tx *storage.Tx) error {
		statements := []string{`INSERT INTO organizations VALUES ('o', 'O', 'team', 0)`, `INSERT INTO teams VALUES ('t', 'o', 'T')`,
			`INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at)
			 VALUES ('a', 't', 'a@example.org', 'a@example.org', '', 'Ada', 'Byron', 'root', '', 1, 0)`}
		for i, value := range values {
			statements = append(statements, fmt.Sprintf(`
INSERT INTO channels (customer_id, priority, type, value, active_value, enabled, created_at, updated_at, verified_at,
  test_at, test_ok, test_provider, test_status, test_detail, test_micros, test_disabled)
VALUES ('a', %d, 'sms', '%s', '%[2]s', 0, 0, 0, 0, 0, 0, '', '', '', 0, 0)`, i+1, value),
				fmt.Sprintf(`INSERT INTO sends VALUES ('a', 'code', %d, '%d', 'sms:%s')`, tx.Now.UnixMilli(), i, value),
				fmt.Sprintf(`INSERT INTO code_failures VALUES ('a', 'sms:%s', '%d', %d)`, value, i, tx.Now.UnixMilli()))
		}
		for _, statement := range statements {
			if _, err := execute(tx, statement); err != nil {
				return err
			}
		}
		return nil
	}))
	return path
}

// TestNumbersOfEarlierVersions: their values stay, what was counted for them is counted under
// the number that they are, and two that are the same are listed.
func TestNumbersOfEarlierVersions(t *testing.T) {
	values := []string{"+4402079460958", "+442079460958", "+1234567"}
	d := open(t, oldNumbers(t, values), Options{})
	found, err := storage.Collisions(t.Context(), d)
	if want := []storage.Collision{{Customer: "a", Priority: 2, Value: values[1], Other: "a", OtherPriority: 1}}; err != nil || !slices.Equal(found, want) {
		t.Errorf("colliding are %+v, %v, want %+v", found, err, want)
	}
	must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
		channels, err := tx.Channels("a")
		for i, ch := range channels {
			if ch.Value != values[i] || ch.ActiveValue != values[i] {
				t.Errorf("channel %d is %s, with %s in force", ch.Priority, ch.Value, ch.ActiveValue)
			}
		}
		must(t, err)
		sends, err := tx.Sends("a", storage.SendCode, time.Time{})
		must(t, err)
		var targets []string
		for _, s := range sends {
			targets = append(targets, s.Target)
		}
		slices.Sort(targets)
		if want := []string{"sms:+1234567", "sms:+442079460958", "sms:+442079460958"}; !slices.Equal(targets, want) {
			t.Errorf("sends are to %v, want %v", targets, want)
		}
		failures, err := tx.CodeFailures("a", time.Hour)
		if failures["sms:+442079460958"].Count != 2 || failures["sms:+1234567"].Count != 1 {
			t.Errorf("failures are %+v", failures)
		}
		return err
	}))
}

package storage

import (
	"bytes"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// TestMigrationKeepsSends: 0007_facts.sql makes their table anew.
func TestMigrationKeepsSends(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	at := time.UnixMilli(7).UTC()
	must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, "0007")}, func(tx *Tx) error {
		team := backend.Team{ID: "team"}
		if err := tx.AddOrganization(backend.Organization{ID: "organization", Plan: backend.PlanTeam}, team); err != nil {
			return err
		}
		p := backend.Profile{Team: team, Customer: backend.Customer{ID: "john", Email: "john@example.org", Role: backend.RoleRoot}}
		if err := tx.AddCustomer(p); err != nil {
			return err
		}
		return tx.AddSend("john", SendCode, "id", Send{Target: "sms:+1", At: at}, time.Time{})
	}))
	d := open(t, path, Options{})
	must(t, d.Change(t.Context(), NoAccount, func(tx *Tx) error {
		list, err := tx.Sends("john", SendCode, time.Time{})
		if err != nil || len(list) != 1 || list[0] != (Send{Target: "sms:+1", At: at}) {
			t.Errorf("sends %+v, %v", list, err)
		}
		if err := tx.AddSend("john", SendAsking, "id", Send{At: at}, time.Time{}); err != nil {
			return err
		}
		return tx.DeleteCustomer("john")
	}))
	must(t, d.Read(t.Context(), func(tx *Tx) error {
		list, err := tx.Sends("john", SendAsking, time.Time{})
		if len(list) > 0 {
			t.Errorf("sends of a deleted account: %+v", list)
		}
		return err
	}))
}

func TestFacts(t *testing.T) {
	path := t.TempDir() + "/accounts.db"
	must(t, Create(t.Context(), path, Options{}, nil))
	d := open(t, path, Options{})
	wants := func(tx *Tx, want []byte) {
		t.Helper()
		got, err := tx.Fact(FactKeyCheck)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("the fact is %q, want %q; %v", got, want, err)
		}
	}
	must(t, d.Change(t.Context(), NoAccount, func(tx *Tx) error {
		wants(tx, nil)
		must(t, tx.PutFact(FactKeyCheck, []byte("one")))
		must(t, tx.PutFact(FactKeyCheck, []byte("two")))
		wants(tx, []byte("two"))
		must(t, tx.DropFact(FactKeyCheck))
		wants(tx, nil)
		return nil
	}))
}

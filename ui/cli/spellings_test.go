package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
)

func TestDoctorListsSpellings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	if err := storage.Create(t.Context(), path, storage.Options{}, local.Demo(bytes.Repeat([]byte{7}, local.KeySize))); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(t.Context(), path, storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d := &database{db: db}
	if f := d.examineSpellings(t.Context()); f.isWrong {
		t.Errorf("of the demo: %s", f.says)
	}
	if err := db.Change(t.Context(), func(tx *storage.Tx) error {
		for i, value := range []string{"https://h.example/a", "https://h.example/%61"} {
			if err := tx.AddChannel(local.DemoCustomer, backend.Channel{Type: backend.TypeWebhook, Priority: 90 + i, Value: value}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if f := d.examineSpellings(t.Context()); !f.isWrong || !strings.Contains(f.says, "channel 91 of the account") {
		t.Errorf("a channel in two spellings: %s", f.says)
	}
}

package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/local"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestDoctorListsSpellings(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.db")
	if err := sqlite.Create(t.Context(), path, sqlite.Options{}, local.Demo(bytes.Repeat([]byte{7}, local.KeySize))); err != nil {
		t.Fatal(err)
	}
	db, err := sqlite.Open(t.Context(), path, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	d := &database{db: db}
	if f := d.examineSpellings(t.Context()); len(f) != 1 || f[0].isWrong {
		t.Errorf("of the demo: %v", f)
	}
	if err := db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for i, value := range []string{"https://h.example/a", "https://h.example/%61"} {
			if err := tx.AddChannel(local.DemoCustomer, backend.Channel{Type: backend.TypeWebhook, Priority: 90 + i, Value: value}); err != nil {
				return err
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	f := d.examineSpellings(t.Context())
	if len(f) != 1 || !f[0].isWrong || !strings.Contains(f[0].says, "channel 91 of the account") || !strings.Contains(f[0].says, "its channel 90,") {
		t.Errorf("a channel in two spellings: %v", f)
	}
}

func TestTwinsAreDescribed(t *testing.T) {
	for want, c := range map[string]storage.Collision{
		`the username "x@ü.example" of the account d is that of the account c`:    {Customer: "d", Value: "x@ü.example", Other: "c"},
		`of the account d is that of another account`:                             {Customer: "d", Value: "x@ü.example"},
		`channel 5 of the account a, "t@ü.example", is the same as its channel 4`: {Customer: "a", Priority: 5, Value: "t@ü.example", Other: "a", OtherPriority: 4},
	} {
		if got := describeTwin(c); !strings.Contains(got, want) {
			t.Errorf("%+v is told as %s", c, got)
		}
	}
}

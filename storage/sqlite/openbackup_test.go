package sqlite

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// TestOpenBackup: a backup of any version is read, nothing is left beside it, and a
// damaged one is refused.
func TestOpenBackup(t *testing.T) {
	for number, hasFacts := range map[string]bool{"0003": false, "0007": false, "0008": true, "9999": true} {
		folder := t.TempDir()
		path := filepath.Join(folder, "accounts.db")
		must(t, Create(t.Context(), path, Options{migrations: migrationsBefore(t, number)}, nil))
		saved := filepath.Join(t.TempDir(), "saved")
		d, err := OpenBackup(t.Context(), path)
		must(t, err)
		must(t, d.Backup(t.Context(), saved))
		must(t, d.Close())
		d, err = OpenBackup(t.Context(), saved)
		must(t, err)
		if d.HasFacts() != hasFacts {
			t.Errorf("before %s it has facts: %v", number, d.HasFacts())
		}
		if hasFacts {
			must(t, d.Read(t.Context(), func(tx *storage.Tx) error {
				_, err := tx.Fact(storage.FactKeyCheck)
				return err
			}))
		}
		must(t, d.Close())
		if left, err := os.ReadDir(filepath.Dir(saved)); err != nil || len(left) != 1 {
			t.Errorf("there are %v, %v", left, err)
		}
		must(t, os.Truncate(saved, 12000))
		_, err = OpenBackup(t.Context(), saved)
		wantRefusal(t, err, backend.CodeUnavailable, "is damaged")
	}
}

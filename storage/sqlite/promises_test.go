package sqlite

import (
	"path/filepath"
	"testing"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/storagetest"
)

func TestPromises(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) (one, other storage.Store) {
		path := filepath.Join(t.TempDir(), "accounts.db")
		must(t, Create(t.Context(), path, Options{}, nil))
		return open(t, path, Options{}), open(t, path, Options{})
	})
}

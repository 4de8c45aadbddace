//go:build unix

package postgres

import (
	"os"
	"testing"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
	"github.com/account-settings/pinghome/storage/storagetest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

func TestPromises(t *testing.T) {
	storagetest.Run(t, func(t *testing.T) (one, other storage.Store) {
		url := made(t)
		return open(t, url), open(t, url)
	})
}

// made is the address of a database without accounts.
func made(t testing.TB) string {
	t.Helper()
	return pgtest.Made(t, func(url string) error { return Create(t.Context(), url, Options{}, nil) })
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens a database until the test ends.
func open(t testing.TB, url string) *Store {
	t.Helper()
	s, err := Open(t.Context(), url, Options{})
	must(t, err)
	t.Cleanup(func() { must(t, s.Close()) })
	return s
}

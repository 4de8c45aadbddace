package local

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage/sqlite"
)

var otherKey = bytes.Repeat([]byte{8}, KeySize)

// emptyFile creates a database without accounts, which knows no key.
func emptyFile(t testing.TB, c *clock) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	if err := sqlite.Create(t.Context(), path, sqlite.Options{Now: c.Now}, nil); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestKeyIsNeverReplaced(t *testing.T) {
	path := filepath.Join(t.TempDir(), "accounts.key")
	if _, err := ReadKey(path); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("a missing key: %v", err)
	}
	made, err := MakeKey(path)
	if err != nil || len(made) != KeySize {
		t.Fatalf("%x, %v", made, err)
	}
	if _, err := MakeKey(path); !errors.Is(err, fs.ErrExist) || backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Errorf("a second key: %v", err)
	}
	if read, err := ReadKey(path); err != nil || !bytes.Equal(read, made) {
		t.Errorf("read %x, made %x, %v", read, made, err)
	}
}

func TestDatabaseKeepsItsFirstKey(t *testing.T) {
	c := newClock()
	path := emptyFile(t, c)
	db := openFile(t, path, sqlite.Options{Now: c.Now})
	if has, err := HasKey(t.Context(), db); has || err != nil {
		t.Fatalf("a new database has a key: %v, %v", has, err)
	}
	for range 2 {
		if err := CheckKey(t.Context(), db, testKey); err != nil {
			t.Fatal(err)
		}
	}
	err := CheckKey(t.Context(), openFile(t, path, sqlite.Options{Now: c.Now, ReadOnly: true}), otherKey)
	for _, part := range []string{KeyFingerprint(testKey), KeyFingerprint(otherKey), path, "backup"} {
		if backend.ErrorCode(err) != backend.CodeUnavailable || !strings.Contains(err.Error(), part) {
			t.Errorf("another key without %q: %v", part, err)
		}
	}
	if stored, err := StoredFingerprint(t.Context(), db); stored != KeyFingerprint(testKey) || err != nil {
		t.Errorf("stored %q, %v", stored, err)
	}
}

// TestOlderDatabaseRefusesAKeyThatOpensNothing: an older database has no check value yet.
func TestOlderDatabaseRefusesAKeyThatOpensNothing(t *testing.T) {
	c := newClock()
	db := openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
	waitingCode(t, db, testKey)
	if err := CheckKey(t.Context(), db, otherKey); backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Fatalf("another key: %v", err)
	}
	if err := CheckKey(t.Context(), db, testKey); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyDatabaseGetsNoKey(t *testing.T) {
	c := newClock()
	path := emptyFile(t, c)
	db := openFile(t, path, sqlite.Options{Now: c.Now, ReadOnly: true})
	if err := CheckKey(t.Context(), db, testKey); err != nil {
		t.Fatal(err)
	}
	if has, err := HasKey(t.Context(), db); has || err != nil {
		t.Fatalf("%v, %v", has, err)
	}
}

// waitingCode makes an account with a channel whose code waits for its sender.
func waitingCode(t *testing.T, db *sqlite.DB, key []byte) backend.Backend {
	t.Helper()
	a := New(db, Options{Key: key, Sender: &failingSender{err: &delivery.Error{Status: "busy"}}})
	made, err := a.Create(t.Context(), backend.NewAccount{Name: "Anna", Surname: "Smits", Email: "anna@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	b := a.View(made.ID)
	if _, err := b.CreateChannel(t.Context(), backend.TypeSMS, "+37120000000", ""); err != nil {
		t.Fatal(err)
	}
	return b
}

package local

import (
	"bytes"
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

var testKey = bytes.Repeat([]byte{7}, KeySize)

// clock stands still until a test advances it.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func newID() string { return uuid.Must(uuid.NewV7()).String() }

func newClock() *clock { return &clock{now: time.Date(2026, 3, 14, 9, 26, 53, 0, time.UTC)} }

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) Advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// demoFile creates a file with the demo's accounts.
func demoFile(t testing.TB, c *clock) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "accounts.db")
	if err := sqlite.Create(context.Background(), path, sqlite.Options{Now: c.Now}, Demo(testKey)); err != nil {
		t.Fatal(err)
	}
	return path
}

func openFile(t testing.TB, path string, o sqlite.Options) *sqlite.DB {
	t.Helper()
	db, err := sqlite.Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// john opens the demo's main account.
func john(t testing.TB, db storage.Store, sender delivery.Sender) backend.Backend {
	t.Helper()
	b, _, err := New(db, Options{Key: testKey, Sender: sender}).Open(context.Background(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

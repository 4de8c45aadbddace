package local

import (
	"context"
	"fmt"
	"os"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// BenchmarkGrowth measures what a change leaves in the file, which is its row in the
// journal, and how large the file is after b.N of them.
//
//	go test -run '^$' -bench Growth -benchtime 1000000x ./backend/local
func BenchmarkGrowth(b *testing.B) {
	path, views, _ := seed(b, 1000, 64)
	serial := make(chan int, 64)
	go func() {
		defer close(serial)
		for i := range b.N {
			serial <- i
		}
	}()
	before := sizeOf(b, path)
	b.ResetTimer()
	err := renameTogether(len(views), b.N, views, func() string { return fmt.Sprintf("John %d", <-serial) })
	b.StopTimer()
	if err != nil {
		b.Fatal(err)
	}
	after := sizeOf(b, path)
	b.ReportMetric(float64(after-before)/float64(b.N), "B/change")
	b.ReportMetric(float64(after)/1e6, "MB/file")
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "changes/s")
}

// sizeOf is the size of the file with its log moved into it.
func sizeOf(b *testing.B, path string) int64 {
	b.Helper()
	to := b.TempDir() + "/copy.db"
	db := openFile(b, path, sqlite.Options{})
	if err := db.Backup(context.Background(), to); err != nil {
		b.Fatal(err)
	}
	info, err := os.Stat(to)
	if err != nil {
		b.Fatal(err)
	}
	return info.Size()
}

// BenchmarkTidy measures tidying a file of 10,000 accounts with three channels and 90
// messages each, when nothing is old ("nothing") and for each deleted row ("row"). With -short there are 500 accounts.
//
//	go test -run '^$' -bench Tidy -benchtime 1x ./backend/local
func BenchmarkTidy(b *testing.B) {
	accounts, each := 10_000, 90
	if testing.Short() {
		accounts = 100
	}
	path, _, _ := seed(b, accounts, accounts)
	db := openFile(b, path, sqlite.Options{})
	var ids []string
	read := func(tx *storage.Tx) (err error) {
		ids, err = tx.CustomerIDs("", accounts)
		return err
	}
	if err := db.Read(context.Background(), read); err != nil {
		b.Fatal(err)
	}
	for _, id := range ids {
		if err := db.Change(context.Background(), storage.NoAccount, func(tx *storage.Tx) error { return seedMessages(tx, id, each) }); err != nil {
			b.Fatal(err)
		}
	}
	tidy := func(keep time.Duration) (int, time.Duration) {
		begun := time.Now()
		n, err := New(db, Options{Key: testKey, Keep: keep}).Tidy(context.Background())
		if err != nil {
			b.Fatal(err)
		}
		return n, time.Since(begun)
	}
	b.ResetTimer()
	for range b.N {
		_, idle := tidy(historyAge)
		b.ReportMetric(float64(idle.Milliseconds()), "ms/nothing")
		if n, took := tidy(time.Nanosecond); n > 0 {
			b.ReportMetric(float64(took.Microseconds())/float64(n), "µs/row")
			b.ReportMetric(float64(n), "rows")
		}
	}
}

// seedMessages adds messages to addresses that no channel has, with an attempt each.
func seedMessages(tx *storage.Tx, id string, n int) error {
	for i := range n {
		m := backend.Message{ID: newID(), Type: backend.TypeSMS, To: fmt.Sprint("+37129", i%3), At: tx.Now.Add(-time.Hour), Kind: backend.KindTest, State: backend.StateSent,
			Body: "This is a test message from PingHome. Nothing is wrong. It says: acorn."}
		if err := tx.AddMessage(id, m, nil, tx.Now); err != nil {
			return err
		}
		if err := tx.AddAttempt(id, newID(), m, backend.Attempt{At: m.At, Outcome: backend.OutcomeSent, Provider: "carrier", Status: "accepted"}); err != nil {
			return err
		}
	}
	return nil
}

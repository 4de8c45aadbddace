//go:build unix

package storage_test

import (
	"fmt"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// addMany writes accounts, each with three channels, ten changes, two messages and their attempts.
func addMany(accounts int) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		for _, statement := range []string{
			`INSERT INTO organizations VALUES ('o', 'Organization', 'team', 0)`,
			`INSERT INTO teams VALUES ('t', 'o', 'Team')`,
			`INSERT INTO customers SELECT 'customer-' || value, 't', value || '@example.org', value || '@example.org', '', 'Ada', 'Byron', 'user', 'ada byron ' || value || '@example.org', 1, value, value * 10 FROM ` + numbers(accounts, 1),
			`INSERT INTO channels SELECT 'customer-' || (value / 3), 1 + value % 3, 'email', value || '@example.com', value || '@example.com', 1, value, value, value, value, 1, 'smtp', '250', 'ok', 1000, 0, 0, '', x'', 0, 0, '', 0, '', 0 FROM ` + numbers(3*accounts, 3),
			`INSERT INTO messages SELECT 'customer-' || (value / 2), 'message-' || value, value, 'email', 'a@example.com', 'notice', 'Subject', 'Body of a message', '', 0, 'sent', 0, 'smtp', '250 ok', 0, x'', '', 1, 0, '', 0 FROM ` + numbers(2*accounts, 2),
			`INSERT INTO attempts SELECT 'customer-' || (value / 2), 'email', 'a@example.com', 'attempt-' || value, 'message-' || value, 'notice', value, 'sent', 'smtp', '250', 1000, '', 0 FROM ` + numbers(2*accounts, 2),
			`INSERT INTO journal SELECT value, 'customer-' || (value / 10), value - 1, 'entry-' || value, value, 'console', 'profile', 'name', '{"name":"Ada"}', '{"name":"Augusta"}', '', '' FROM ` + numbers(10*accounts, 10),
		} {
			if _, err := tx.Session().Exec(statement, nil); err != nil {
				return err
			}
		}
		return nil
	}
}

// numbers are n numbers from one on, as a table of SQLite.
func numbers(n, from int) string {
	return fmt.Sprintf("(WITH RECURSIVE n(value) AS (VALUES (%d) UNION ALL SELECT value + 1 FROM n WHERE value < %d) SELECT value FROM n)", from, from+n-1)
}

// TestMoreRowsThanArePassedAtOnce copies several thousand of them, also where the last part is full.
func TestMoreRowsThanArePassedAtOnce(t *testing.T) {
	file, url := newFile(t, addMany(1000)), pgtest.Empty(t)
	must(t, toServer(t.Context(), openFile(t, file), url, noReport))
	back := filepath.Join(t.TempDir(), "back.db")
	must(t, toFile(t.Context(), openServer(t, url), back, noReport))
	if dump(t, openFile(t, back)) != dump(t, openFile(t, file)) {
		t.Error("other rows are there")
	}
}

// BenchmarkTransfer copies 100,000 accounts with 1,800,000 rows in all, there and back.
//
//	go test -run '^$' -bench Transfer -benchtime 1x ./storage
func BenchmarkTransfer(b *testing.B) {
	accounts := 100_000
	if testing.Short() {
		accounts = 1_000
	}
	from := openFile(b, newFile(b, addMany(accounts)))
	var url string
	b.Run("file to PostgreSQL", func(one *testing.B) {
		for one.Loop() {
			url = pgtest.Empty(b)
			must(one, toServer(one.Context(), from, url, noReport))
		}
		one.ReportMetric(float64(one.N*accounts)/one.Elapsed().Seconds(), "accounts/s")
	})
	b.Run("PostgreSQL to file", func(one *testing.B) {
		server, folder := openServer(one, url), one.TempDir()
		for i := 0; one.Loop(); i++ {
			must(one, toFile(one.Context(), server, filepath.Join(folder, strconv.Itoa(i)), noReport))
		}
		one.ReportMetric(float64(one.N*accounts)/one.Elapsed().Seconds(), "accounts/s")
	})
}

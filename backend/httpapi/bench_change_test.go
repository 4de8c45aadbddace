package httpapi_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// BenchmarkChange: durable changes with their journal rows, over 16
// connections, against the same SQL from one caller without HTTP. The goal is a
// ratio of 2.
func BenchmarkChange(b *testing.B) {
	for _, keyed := range []bool{false, true} {
		b.Run(fmt.Sprintf("idempotency-key=%v", keyed), func(b *testing.B) {
			address, tokens := startBenchServer(b, connections)
			ours := connect(b, address)
			var serial atomic.Int64 // SQLite skips an update that changes nothing
			change := func(k, _ int) []byte {
				n := serial.Add(1)
				body := fmt.Sprintf(`{"name": "John %d"}`, n)
				key := ""
				if keyed {
					key = fmt.Sprintf("Idempotency-Key: key-%d\r\n", n)
				}
				return fmt.Appendf(nil, "PATCH /v1/customer HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n%sContent-Length: %d\r\n\r\n%s", tokens[k], key, len(body), body)
			}
			rename := bareChange(b)
			alternate(b, func(n int, took *[]time.Duration) { sendAll(b, ours, n, change, took) }, func(n int) {
				for i := range n {
					if err := rename(i, fmt.Sprintf("John %d", serial.Add(1))); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

// bareRead is what a change reads in its transaction before it writes.
const bareRead = `
SELECT c.email, c.surname, c.revision, t.name, o.name, o.plan,
  (SELECT COUNT(*) FROM channels n WHERE n.customer_id = c.id),
  (SELECT COUNT(*) FROM sends s WHERE s.customer_id = c.id AND s.purpose = 'code' AND s.sent_at > $1),
  (SELECT COUNT(*) FROM feedback f WHERE f.customer_id = c.id AND f.sent_at > $1)
FROM customers c JOIN teams t ON t.id = c.team_id JOIN organizations o ON o.id = t.organization_id WHERE c.id = CAST($2 AS TEXT)`

// openBare makes a database with as many customers as the server's. prepare
// makes a statement on one connection with the settings of the store's writer.
func openBare(b *testing.B) (prepare func(query string) *sql.Stmt, ids []string) {
	b.Helper()
	ctx, path := context.Background(), filepath.Join(b.TempDir(), "bare.db")
	err := sqlite.Create(ctx, path, sqlite.Options{}, func(tx *storage.Tx) error {
		for range connections {
			ids = append(ids, uuid.NewString())
			if err := addCustomer(tx, ids[len(ids)-1]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	pool, err := sql.Open("sqlite3", "file://"+path+"?mode=rw&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on&_busy_timeout=5000&_txlock=immediate&_secure_delete=on")
	if err != nil {
		b.Fatal(err)
	}
	conn, err := pool.Conn(ctx)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(); pool.Close() })
	return func(query string) *sql.Stmt {
		s, err := conn.PrepareContext(ctx, query)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}, ids
}

// bareChange runs the statements of a change, for one customer after the other.
func bareChange(b *testing.B) func(i int, name string) error {
	b.Helper()
	prepare, ids := openBare(b)
	begin, commit := prepare("BEGIN IMMEDIATE"), prepare("COMMIT")
	read := prepare(bareRead)
	update := prepare(`UPDATE customers SET name = $1, search = $2, newest_entry = $3, revision = revision + 1 WHERE id = $4`)
	journal := prepare(`INSERT INTO journal (customer_id, previous, id, written_at, actor, action, detail)
SELECT id, newest_entry, $1, $2, $3, $4, $5 FROM customers WHERE id = $6`)
	return func(i int, name string) error {
		id := ids[i%len(ids)]
		var text [5]string
		var n [4]int64
		now := time.Now().UnixMilli()
		if _, err := begin.Exec(); err != nil {
			return err
		}
		if err := read.QueryRow(now, id).Scan(&text[0], &text[1], &n[0], &text[2], &text[3], &text[4], &n[1], &n[2], &n[3]); err != nil {
			return err
		}
		row, err := journal.Exec(uuid.Must(uuid.NewV7()).String(), now, "api:t1", "name.changed", "name", id)
		if err != nil {
			return err
		}
		sequence, err := row.LastInsertId()
		if err != nil {
			return err
		}
		if _, err := update.Exec(name, strings.ToLower(name+" "+text[1]+" "+text[0]), sequence, id); err != nil {
			return err
		}
		_, err = commit.Exec()
		return err
	}
}

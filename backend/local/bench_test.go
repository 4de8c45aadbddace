package local

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// The cost of the rules: each benchmark does the same work through the backend and with
// the same statements on bare database/sql, alternating in short rounds, and reports the
// rate of the first divided by that of the second as "ratio".
//
//	go test -run '^$' -bench . -benchtime 20000x ./backend/local

const (
	bareProfile = `
SELECT c.id, c.email, c.name, c.surname, c.role, c.created_at, c.revision, c.pending_email,
  t.id, t.name, o.id, o.name, o.plan, o.trial_ends_at,
  COALESCE(k.sent_at, 0), COALESCE(k.expires_at, 0), COALESCE(k.tries, 0),
  (SELECT COUNT(*) FROM channels n WHERE n.customer_id = c.id),
  (SELECT COUNT(*) FROM sends s WHERE s.customer_id = c.id AND s.purpose = 'code' AND s.sent_at > $1),
  (SELECT COUNT(*) FROM feedback f WHERE f.customer_id = c.id AND f.sent_at > $1)
FROM customers c
JOIN teams t ON t.id = c.team_id
JOIN organizations o ON o.id = t.organization_id
LEFT JOIN codes k ON k.customer_id = c.id AND k.purpose = 'username' AND k.target = 'email:' || c.pending_email
WHERE c.id = CAST($2 AS TEXT)`
	bareUpdate  = `UPDATE customers SET name = $1, surname = $2, search = $3, newest_entry = $4, revision = revision + 1 WHERE id = $5`
	bareJournal = `INSERT INTO journal (customer_id, previous, id, written_at, actor, action, detail)
SELECT id, newest_entry, $1, $2, $3, $4, $5 FROM customers WHERE id = $6`
)

// bareSQL is one connection with the settings of the writer or of the readers, and
// prepared statements.
type bareSQL struct{ begin, profile, update, journal, commit *sql.Stmt }

func openBare(b *testing.B, path, settings string) *bareSQL {
	b.Helper()
	pool, err := sql.Open("sqlite3", "file://"+path+"?"+settings)
	if err != nil {
		b.Fatal(err)
	}
	conn, err := pool.Conn(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { conn.Close(); pool.Close() })
	prepare := func(query string) *sql.Stmt {
		s, err := conn.PrepareContext(context.Background(), query)
		if err != nil {
			b.Fatal(err)
		}
		return s
	}
	return &bareSQL{prepare("BEGIN IMMEDIATE"), prepare(bareProfile), prepare(bareUpdate), prepare(bareJournal), prepare("COMMIT")}
}

// row reads the columns of the profile into variables.
func (r *bareSQL) row(s *sql.Stmt, id string) error {
	var text [10]string
	var number [10]int64
	return s.QueryRow(time.Now().Add(-day).UnixMilli(), id).Scan(&text[0], &text[1], &text[2], &text[3], &text[4], &number[0], &number[1],
		&text[5], &text[6], &text[7], &text[8], &text[9], &text[0], &number[2], &number[3], &number[4], &number[5], &number[6],
		&number[7], &number[8])
}

// rename executes the statements of UpdateName.
func (r *bareSQL) rename(id, name string) error {
	if _, err := r.begin.Exec(); err != nil {
		return err
	}
	if err := r.row(r.profile, id); err != nil {
		return err
	}
	row, err := r.journal.Exec(newID(), time.Now().UnixMilli(), "console", "name.changed", "name", id)
	if err != nil {
		return err
	}
	sequence, err := row.LastInsertId()
	if err != nil {
		return err
	}
	search := strings.ToLower(name + " Smith " + id + "@example.org Acme")
	if _, err := r.update.Exec(name, "Smith", search, sequence, id); err != nil {
		return err
	}
	_, err = r.commit.Exec()
	return err
}

const (
	writerSettings = "mode=rw&_journal_mode=WAL&_synchronous=FULL&_foreign_keys=on&_busy_timeout=0&_txlock=immediate&_secure_delete=on"
	readerSettings = "mode=ro&_query_only=1&_busy_timeout=5000&_txlock=deferred"
)

// seed creates a file with n accounts of three channels each, and opens the views of
// the first ones.
func seed(b *testing.B, n, views int) (path string, opened []backend.Backend, ids []string) {
	b.Helper()
	ctx := context.Background()
	path = filepath.Join(b.TempDir(), "accounts.db")
	ids = someIDs(n)
	if err := sqlite.Create(ctx, path, sqlite.Options{}, seedAll(ids)); err != nil {
		b.Fatal(err)
	}
	ids = ids[:views]
	accounts := New(openFile(b, path, sqlite.Options{}), Options{Key: testKey})
	for _, id := range ids {
		view, _, err := accounts.Open(ctx, id)
		if err != nil {
			b.Fatal(err)
		}
		opened = append(opened, view)
	}
	return path, opened, ids
}

func someIDs(n int) []string {
	ids := make([]string, n)
	for i := range ids {
		ids[i] = uuid.NewString()
	}
	return ids
}

// seedAll adds an account for each id.
func seedAll(ids []string) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		for _, id := range ids {
			if err := seedOne(tx, id); err != nil {
				return err
			}
		}
		return nil
	}
}

// seedOne adds an account with three channels.
func seedOne(tx *storage.Tx, id string) error {
	p := backend.Profile{
		Customer:     backend.Customer{ID: id, Email: id + "@example.org", Name: "John", Surname: "Smith", Role: backend.RoleRoot, CreatedAt: tx.Now},
		Team:         backend.Team{ID: uuid.NewString(), Name: "Platform"},
		Organization: backend.Organization{ID: uuid.NewString(), Name: "Acme", Plan: backend.PlanTeam},
	}
	if err := tx.AddOrganization(p.Organization, p.Team); err != nil {
		return err
	}
	if err := tx.AddCustomer(p); err != nil {
		return err
	}
	for n := range 3 {
		value := fmt.Sprintf("+3712000000%d", n)
		c := backend.Channel{Priority: n + 1, Type: backend.TypeSMS, Value: value, ActiveValue: value, Enabled: true, CreatedAt: tx.Now}
		if err := tx.AddChannel(id, c); err != nil {
			return err
		}
	}
	return nil
}

// takeTurns runs both functions in alternating rounds until each has done b.N, and
// reports the ratio of their rates.
func takeTurns(b *testing.B, ours, theirs func(n int)) {
	const rounds = 10
	var our, their time.Duration
	each := max(1, b.N/rounds)
	b.ResetTimer()
	for range rounds {
		begun := time.Now()
		theirs(each)
		their += time.Since(begun)
		begun = time.Now()
		ours(each)
		our += time.Since(begun)
	}
	b.ReportMetric(float64(our.Nanoseconds())/float64(each*rounds), "ns/ours")
	b.ReportMetric(float64(their.Nanoseconds())/float64(each*rounds), "ns/bare")
	b.ReportMetric(float64(their)/float64(our), "ratio")
}

func BenchmarkProfile(b *testing.B) {
	ctx := context.Background()
	path, views, ids := seed(b, 1000, 100)
	r := openBare(b, path, readerSettings)
	takeTurns(b, func(n int) {
		for i := range n {
			if _, err := views[i%len(views)].Profile(ctx); err != nil {
				b.Fatal(err)
			}
		}
	}, func(n int) {
		for i := range n {
			if err := r.row(r.profile, ids[i%len(ids)]); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// The bare side always has one caller, as a program without the backend would.
func BenchmarkUpdateName(b *testing.B) {
	for _, callers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			path, views, ids := seed(b, 1000, 64)
			r := openBare(b, path, writerSettings)
			var serial atomic.Int64 // a name that does not change would not be written
			name := func() string { return fmt.Sprintf("John %d", serial.Add(1)) }
			takeTurns(b, func(n int) {
				if err := renameTogether(callers, n, views, name); err != nil {
					b.Fatal(err)
				}
			}, func(n int) {
				for i := range n {
					if err := r.rename(ids[i%len(ids)], name()); err != nil {
						b.Fatal(err)
					}
				}
			})
		})
	}
}

func renameTogether(callers, n int, views []backend.Backend, name func() string) error {
	var group sync.WaitGroup
	errs := make([]error, callers)
	for c := range callers {
		group.Go(func() {
			for i := c; i < n && errs[c] == nil; i += callers {
				next := name()
				_, errs[c] = views[c].UpdateName(context.Background(), backend.NameChange{Name: &next})
			}
		})
	}
	group.Wait()
	return cmp.Or(errs...)
}

// BenchmarkManyAccounts measures reading in a file of 100,000 accounts.
func BenchmarkManyAccounts(b *testing.B) {
	ctx := context.Background()
	many := 100_000
	if testing.Short() {
		many = 1_000
	}
	path, views, ids := seed(b, many, 100)
	accounts := New(openFile(b, path, sqlite.Options{}), Options{Key: testKey})
	for name, do := range map[string]func(i int) error{
		"open-id":    func(i int) error { _, _, err := accounts.Open(ctx, ids[i%100]); return err },
		"open-email": func(i int) error { _, _, err := accounts.Open(ctx, ids[i%100]+"@EXAMPLE.org"); return err },
		"open-first": func(int) error { _, _, err := accounts.Open(ctx, ""); return err },
		"list":       func(int) error { _, err := accounts.List(ctx, "", 50); return err },
		"list-one":   func(i int) error { _, err := accounts.List(ctx, ids[i%100][:8], 50); return err },
		"profile":    func(i int) error { _, err := views[i%100].Profile(ctx); return err },
		"channels":   func(i int) error { _, err := views[i%100].Channels(ctx, backend.ChannelFilter{}); return err },
		"journal":    func(i int) error { _, err := views[i%100].Journal(ctx, backend.JournalQuery{Limit: 50}); return err },
	} {
		b.Run(name, func(b *testing.B) {
			for i := range b.N {
				if err := do(i); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

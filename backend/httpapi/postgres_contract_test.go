//go:build unix

package httpapi_test

import (
	"os"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/httpapi"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main(m)) }

// TestRemoteContractOnPostgreSQL runs the contract's tests on the client of a server whose accounts
// are on PostgreSQL.
func TestRemoteContractOnPostgreSQL(t *testing.T) {
	if testing.Short() {
		t.Skip("SKIPPED IN SHORT RUNS: the contract runs over HTTP on a file, and on PostgreSQL without HTTP")
	}
	t.Parallel()
	backendtest.Run(t, func(t *testing.T) backendtest.Fixture {
		h := startServerOn(t, emptyDatabase, checkingHandler(t))
		r := dial(t, httpapi.ClientOptions{Server: h.URL, Token: tokenSource(operatorToken), Now: h.Now})
		return backendtest.Fixture{Accounts: oldestFirst{r, h.accounts}, Sender: h.sender, Advance: h.Advance, DeliverDue: h.accounts.DeliverDue, Tokens: h.accounts}
	})
}

// emptyDatabase opens a database without accounts until the test ends.
func emptyDatabase(t *testing.T, now func() time.Time) storage.Store {
	t.Helper()
	o := postgres.Options{Now: now}
	url := pgtest.Made(t, func(url string) error { return postgres.Create(t.Context(), url, postgres.Options{}, nil) })
	db, err := postgres.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

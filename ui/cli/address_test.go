package cli

import (
	"strings"
	"testing"

	"github.com/account-settings/pinghome/storage/postgres"
)

// withoutPostgresVariables sets all that would be added to an address.
func withoutPostgresVariables(t *testing.T) {
	t.Helper()
	for _, name := range []string{"PGHOST", "PGPORT", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE", "PGSSLMODE"} {
		t.Setenv(name, "")
	}
	t.Setenv("HOME", t.TempDir())
}

// engineAt is the engine of an address, and the name of its key's file.
func engineAt(t *testing.T, text string) (postgresEngine, string) {
	t.Helper()
	address, err := postgres.ParseAddress(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return postgresEngine{address}, keyFileOf(address)
}

// TestTheKeyOfADatabaseIsItsOwn: it is named by all that tells databases apart, and by nothing else.
func TestTheKeyOfADatabaseIsItsOwn(t *testing.T) {
	withoutPostgresVariables(t)
	for text, want := range map[string]string{
		"postgres://ada@h/accounts":                           "h_accounts",
		"postgres://bob@H:5432/accounts?sslmode=disable":      "h_accounts",
		"postgres://ada@h:5433/accounts":                      "h+5433_accounts",
		"postgres://ada@h:5433,g/accounts":                    "g,h+5433_accounts",
		"postgres://ada@g,h:5433/accounts":                    "g,h+5433_accounts",
		"postgres://ada@h,h/accounts":                         "h_accounts",
		"postgres://ada@h":                                    "h_ada",
		"postgres://ada@h/my_accounts":                        "h_my_accounts",
		"postgres://ada@h_my/accounts":                        "h%5Fmy_accounts",
		"postgres://ada@h/a.b":                                "h_a%2Eb",
		"postgres://ada@h/a?search_path=b":                    "h_a.b",
		"postgres://ada@h/..%2Fa":                             "h_%2E%2E%2Fa",
		"postgres://ada@[::1]:5433/a":                         "%3A%3A1+5433_a",
		"postgres://ada@/a?host=/run/pg":                      "%2Frun%2Fpg_a",
		"postgres://ada@/a?host=/run/pg&port=5433":            "%2Frun%2Fpg+5433_a",
		"postgres://ada@/a?host=/run/b,/run/a&port=5432,5433": "%2Frun%2Fa+5433,%2Frun%2Fb_a",
	} {
		if _, got := engineAt(t, text); got != want+".postgres.key" {
			t.Errorf("the key of %s is %s, and not %s.postgres.key", text, got, want)
		}
	}
	long := strings.Repeat("h", 250)
	_, first := engineAt(t, "postgres://ada@"+long+"/a")
	_, second := engineAt(t, "postgres://ada@"+long+"/b")
	if first == second || len(first) != longestKeyFile+len(".postgres.key") || len(second) != len(first) {
		t.Errorf("the keys of long addresses are %s and %s", first, second)
	}
}

// TestTheHeaderTellsServersApart by their ports, and says how many hosts there are.
func TestTheHeaderTellsServersApart(t *testing.T) {
	withoutPostgresVariables(t)
	for text, want := range map[string]string{
		"postgres://ada@h/a":                                "h/a",
		"postgres://ada@h:5433/a":                           "h:5433/a",
		"postgres://ada@h:5433,g:5434/a":                    "h:5433+1/a",
		"postgres://ada@h,g,f/a":                            "h+2/a",
		"postgres://ada@[::1]:5433/a":                       "[::1]:5433/a",
		"postgres://ada@/a?host=/run/pg":                    "a",
		"postgres://ada@/a?host=/run/pg,/run/q":             "+1/a",
		"postgres://ada@/a?host=/run/pg&port=5433":          ":5433/a",
		"postgres://ada@a.long.name.of.some.server:5433/db": "a.long.name.of.s….server:5433/db",
	} {
		if engine, _ := engineAt(t, text); engine.label() != "PostgreSQL "+want {
			t.Errorf("the header of %s is %q, and not %q", text, engine.label(), want)
		}
	}
}

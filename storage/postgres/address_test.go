package postgres

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestAnAddressPrintsItselfWithoutItsPassword, the same for a URL and for variables.
func TestAnAddressPrintsItselfWithoutItsPassword(t *testing.T) {
	withoutVariables(t)
	for text, want := range map[string]string{
		"postgres://ada:marked@h/accounts":                                           "postgres://ada@h/accounts",
		"PostgreSQL://ada@h:5433,i/accounts?password=marked":                         "postgres://ada@h:5433,i/accounts",
		"postgres://ada@h:5433,i:5434/accounts?sslmode=disable":                      "postgres://ada@h:5433,i:5434/accounts",
		"postgres://ada@[::1]:5433/accounts":                                         "postgres://ada@[::1]:5433/accounts",
		"postgres://ada@/accounts?host=/run/pg&search_path=mine":                     "postgres://ada@/accounts?host=/run/pg&search_path=mine",
		"postgres://ada@/accounts?host=/run/pg&port=5433":                            "postgres://ada@/accounts?host=/run/pg&port=5433",
		"postgres://ada@H,h/accounts":                                                "postgres://ada@h/accounts",
		`postgres://ada@h/a?options=-c%20search_path%3Da%20--search-path%3Dmi\%20ne`: "postgres://ada@h/a?search_path=mi+ne",
		"postgres://ada@h/a?options=-csearch_path%3Da&search_path=mine":              "postgres://ada@h/a?search_path=mine",
		"postgres://ada@h":       "postgres://ada@h/ada",
		"postgres://ada@h/a%2Fb": "postgres://ada@h/a%2Fb",
	} {
		a, err := ParseAddress(" " + text + "\n") // as a variable may have it
		if err != nil {
			t.Errorf("%q: %v", text, err)
			continue
		}
		for _, verb := range []string{"%v", "%+v", "%#v", "%s"} {
			if got := fmt.Sprintf(verb, a); got != want {
				t.Errorf("%q is printed by %s as %q, want %q", text, verb, got, want)
			}
		}
		if IsAddress(text) == false || HasPassword(text) != strings.Contains(text, "marked") {
			t.Errorf("%q is an address: %v, with a password: %v", text, IsAddress(text), HasPassword(text))
		}
	}
	t.Setenv("PGHOST", "h")
	t.Setenv("PGUSER", "ada")
	t.Setenv("PGDATABASE", "accounts")
	t.Setenv("PGPASSWORD", "marked")
	if a, err := ParseAddress("postgres://"); err != nil || a.String() != "postgres://ada@h/accounts" || a.Hosts()[0] != (Host{"h", UsualPort}) || a.Database() != "accounts" {
		t.Errorf("of variables alone it is %v, %v", a, err)
	}
}

// TestAWrongAddressIsNotRepeated, since it may have the password in it.
func TestAWrongAddressIsNotRepeated(t *testing.T) {
	withoutVariables(t)
	t.Setenv("PGSERVICEFILE", filepath.Join(t.TempDir(), "none"))
	for text, says := range map[string]string{
		"postgres://ada:mar/ked@h/a":                                          "/ as %2F",
		"postgres://ada:mar%ked@h/a":                                          "This is no address",
		"postgres://ada:mar@ked@h/a":                                          "Write @ in a name or a password as %40",
		"postgres://ada:12/mar@ked":                                           "as %40, / as %2F",
		"postgres://ada:12?mar@ked/a":                                         "? as %3F",
		"postgres://ada:12#mar@ked/a":                                         "as %40",
		"postgres://ada:mar?ked@h/a":                                          "as %40",
		"postgres://ada@h/a?password=mar@ked":                                 "as %40",
		"postgres://ada:12@h/a?host=mar%40ked":                                "as %40",
		"postgres://ada@h/a?sslPassword=marked&x=y%zz":                        "This is no address",
		"postgres://ada:marked@h:port/a":                                      "This is no address",
		"postgres://ada:marked@h/a?sslmode=odd":                               "The parameter sslmode in the address",
		"postgres://ada:marked@h/a?target_session_attrs=odd":                  "It takes read-write, any",
		"postgres://ada:marked@h/a?sslmode=verify-full&sslrootcert=/none.pem": "names the file /none.pem, which cannot be read: no such file or directory.",
		"postgres://ada:marked@h/a?x=y&pool_max_conns=0&port=5433":            "The parameter pool_max_conns in the address of the PostgreSQL database has a value that cannot be used. It takes a number from 1.",
		"postgres://ada:marked@h/a?connect_timeout=abc":                       "It takes a number of seconds.",
		"postgres://ada:marked@h/a?default_query_exec_mode=nonsense":          "The parameter default_query_exec_mode in",
		"postgres://ada@h/a?password=mar&ked=%zz":                             "This is no address",
		"postgres://ada:marked@h/a?service=none":                              "Look into the service file",
	} {
		_, err := ParseAddress(text)
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "ked") {
			t.Errorf("%q: it says %v, and not %q", text, err, says)
		}
		if !HasPassword(text) {
			t.Errorf("%q has no password", text)
		}
	}
}

// TestAVariableThatIsWrong is named, and not the address; one that the address goes before does no harm.
func TestAVariableThatIsWrong(t *testing.T) {
	for name, value := range map[string]string{"PGPORT": "abc", "PGSSLMODE": "odd", "PGCONNECT_TIMEOUT": "-x", "PGTARGETSESSIONATTRS": "odd", "PGCHANNELBINDING": "odd",
		"PGSSLCERTMODE": "odd", "PGREQUIREAUTH": "odd", "PGMINPROTOCOLVERSION": "9", "PGMAXPROTOCOLVERSION": "9"} {
		withoutVariables(t)
		t.Setenv(name, value)
		_, err := ParseAddress("postgres://ada@h/a")
		if !errors.Is(err, ErrVariable) || !strings.HasPrefix(err.Error(), "The variable "+name+" has a value that cannot be used. It takes ") || strings.Contains(err.Error(), value+" ") {
			t.Errorf("of %s it says %v", name, err)
		}
	}
	withoutVariables(t)
	t.Setenv("PGPORT", "abc")
	t.Setenv("PGSSLMODE", "odd")
	if _, err := ParseAddress("postgres://ada@h:5433/a?sslmode=disable"); err != nil {
		t.Error(err)
	}
	if _, err := ParseAddress("postgres://ada@h:5433/a?sslmode=disable&pool_max_conns=x"); err == nil || !strings.Contains(err.Error(), "The parameter pool_max_conns") {
		t.Errorf("it says %v", err)
	}
}

func withoutVariables(t *testing.T) {
	t.Helper()
	for _, name := range []string{"PGHOST", "PGUSER", "PGDATABASE", "PGPASSWORD", "PGSERVICE"} {
		t.Setenv(name, "")
	}
	for _, p := range parameters {
		if _, isSet := os.LookupEnv(p.variable); isSet {
			t.Setenv(p.variable, p.right)
			os.Unsetenv(p.variable)
		}
	}
	t.Setenv("HOME", t.TempDir())
}

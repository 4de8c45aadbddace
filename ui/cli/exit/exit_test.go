package exit

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// TestEveryRefusalHasAnExitCode that is documented; so do those that are wrapped.
func TestEveryRefusalHasAnExitCode(t *testing.T) {
	for _, refusal := range backend.Refusals {
		code, isKnown := codes[refusal.Code]
		if !isKnown {
			t.Errorf("%s has no exit code", refusal.Code)
		}
		if got := CodeOf(fmt.Errorf("wrapped: %w", backend.Errorf(refusal.Code, "No."))); got != code {
			t.Errorf("%s ends with %d, want %d", refusal.Code, got, code)
		}
	}
	for refusal, code := range codes {
		if _, isThere := backend.RefusalOf(refusal); !isThere {
			t.Errorf("%s is no refusal", refusal)
		}
		if code == 0 || !slices.Contains(numbers(), code) {
			t.Errorf("%s ends with %d, which means nothing", refusal, code)
		}
	}
	if !slices.IsSorted(numbers()) {
		t.Errorf("the meanings are not in order: %v", numbers())
	}
}

// TestASentenceEndsWithOnePeriod, also where it ends with what Windows says.
func TestASentenceEndsWithOnePeriod(t *testing.T) {
	fault := errors.New("The system cannot find the file specified.")
	if got, want := Usage("me.toml cannot be read: %w.", fault).Error(), "me.toml cannot be read: The system cannot find the file specified."; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// TestNoSentenceRepeatsAPassword of an address that was given by mistake; ports and emails stay.
func TestNoSentenceRepeatsAPassword(t *testing.T) {
	for text, want := range map[string]string{
		"There is no folder postgres://u:pa/ss@h/db.":       "There is no folder postgres://u:…@h/db.",
		"There is no folder postgres://u:pa?s@s@h/db.":      "There is no folder postgres://u:…@h/db.",
		"postgres://ada@x.example:pass@h/db":                "postgres://ada@x.example:…@h/db",
		"x://u:p@h/db?password=pa@ss":                       "x://u:…@h/db?password=…",
		"postgres:/u:pass@h":                                "postgres:/u:…@h",
		"x://h/db?password=pass&a=b":                        "x://h/db?password=…&a=b",
		"x://h/db?a=b&sslpassword=pass":                     "x://h/db?a=b&sslpassword=…",
		"no /d/host=h password=pa'ss dbname=a":              "no /d/host=h password=… dbname=a",
		"no /d/PassWord = 'pa ss\\' s' host=h":              "no /d/PassWord = … host=h",
		"password=pa\\ ss dbname=a":                         "password=… dbname=a",
		"dbname=a password='pa ss":                          "dbname=a password=…",
		"Put it into PGPASSWORD or the password file.":      "Put it into PGPASSWORD or the password file.",
		"No server listens at http://h:8642.":               "No server listens at http://h:8642.",
		"http://h:8642/v1 is ada@byron.example's, they say": "http://h:8642/v1 is ada@byron.example's, they say",
		"postgres://u@h:5432,i:5433/db":                     "postgres://u@h:5432,i:5433/db",
	} {
		if got := (&Error{Code: CodeFailed, Err: errors.New(text)}).Error(); got != want {
			t.Errorf("%q is printed as %q, want %q", text, got, want)
		}
	}
}

func numbers() (list []int) {
	for _, m := range Meanings {
		list = append(list, m.Code)
	}
	return list
}

package cli

import (
	"errors"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

func TestTheExitCodeOfARefusal(t *testing.T) {
	for code, want := range map[backend.Code]int{backend.CodeNotFound: 5, backend.CodeInvalid: 2, backend.CodeOffline: 9, backend.CodeStale: 6, backend.CodeInternal: 1} {
		if got := exitCode(t, backend.Errorf(code, "x")); got != want {
			t.Errorf("%s ends with %d, want %d", code, got, want)
		}
	}
}

// exitCode returns the exit code of an error.
func exitCode(t *testing.T, err error) int {
	t.Helper()
	var known *exit.Error
	if !errors.As(exit.From(err), &known) {
		t.Fatalf("%v has no exit code", err)
	}
	return known.Code
}

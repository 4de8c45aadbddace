package command

import (
	"context"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestANewCodeIsAskedForOnceWithAKey: where the username was confirmed since, the answer of before is asked for, and none
// is made.
func TestANewCodeIsAskedForOnceWithAKey(t *testing.T) {
	p := backend.Profile{Customer: backend.Customer{Email: "ada@b.example"}}
	for _, c := range []struct {
		args   []string
		answer error
		asked  int
		code   int
	}{
		{nil, nil, 0, exit.CodeConflict},
		{[]string{"--idempotency-key=k"}, nil, 1, 0},
		{[]string{"--idempotency-key=k"}, backend.Errorf(backend.CodeStale, "Changed."), 1, exit.CodeConflict},
		{[]string{"--idempotency-key=k"}, backend.Errorf(backend.CodeKeyReused, "Used."), 1, exit.CodeConflict},
	} {
		asked := 0
		view := backendtest.Stub{
			ProfileFunc: func(context.Context) (backend.Profile, error) { return p, nil },
			ChangeUsernameFunc: func(ctx context.Context, email string) (backend.Profile, error) {
				asked++
				if command := backend.CommandOf(ctx); command.IfRevision != backend.NoRevision || command.Key != "k" || email != p.Customer.Email {
					t.Errorf("it asks for %s with %+v", email, command)
				}
				return p, c.answer
			}}
		_, _, err := run(t, view, append([]string{"username", "send-code"}, c.args...)...)
		if codeOf(err) != c.code || asked != c.asked || c.code != 0 && !strings.HasPrefix(err.Error(), "No new username waits") {
			t.Errorf("%v, %v: %v, asked %d times", c.args, c.answer, err, asked)
		}
	}
}

package linear

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// TestAWordOfAQuestionMayHaveChangedSomething: then going back is not said to have changed nothing.
func TestAWordOfAQuestionMayHaveChangedSomething(t *testing.T) {
	v := begin(t)
	v.heard()
	v.hears("Back. Nothing was changed.", "channels", "verify 3", "back")
	v.types("verify 3", "new code")
	if said := v.types("back"); !strings.HasPrefix(said, "Back.\n") {
		t.Errorf("it says %s", said)
	}
	v.hears("Ask for another one in", "verify 3", "new code")
	v.hears("Back. Nothing was changed.", "")
	v.wantEnd()
}

// endless is a backend whose feedback is read until the caller is cancelled.
type endless struct {
	backend.Backend
	came chan struct{}
}

func (e *endless) OlderFeedback(ctx context.Context, _ string, _ int) ([]backend.FeedbackNote, error) {
	e.came <- struct{}{}
	<-ctx.Done()
	return nil, ctx.Err()
}

// TestASignalWhileSomethingIsReadIsTold.
func TestASignalWhileSomethingIsReadIsTold(t *testing.T) {
	e := &endless{came: make(chan struct{})}
	v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { e.Backend = b; return e }))
	v.heard()
	if _, err := v.in.WriteString("feedback\n"); err != nil {
		t.Fatal(err)
	}
	<-e.came
	v.end()
	if said := v.heard(); !strings.HasSuffix(said, "\nInterrupted.\n") {
		t.Errorf("it ends with %q", said)
	}
	if err := <-v.ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

// TestAnAccountThatIsGoneLeavesOthers: how one opens one of them is said where there are any.
func TestAnAccountThatIsGoneLeavesOthers(t *testing.T) {
	for _, hasOthers := range []bool{true, false} {
		v := begin(t, func(o *ui.Options) {
			if !hasOthers {
				o.Start.Accounts, o.Contexts = nil, nil
			}
		})
		v.heard()
		if err := v.Elsewhere.Backend().DeleteAccount(t.Context(), "other"); err != nil {
			t.Fatal(err)
		}
		said := v.types("channels")
		if !strings.Contains(said, "This account was deleted.") || strings.Contains(said, "account opens another one.") != hasOthers {
			t.Errorf("it says %s", said)
		}
		v.wantEnd()
	}
}

// TestAScreenThatCannotBeOpenedIsNotListed, and the others keep their numbers.
func TestAScreenThatCannotBeOpenedIsNotListed(t *testing.T) {
	v := begin(t, func(o *ui.Options) { o.Start.Accounts = nil })
	if said := v.heard(); strings.Contains(said, "Accounts.") || !strings.Contains(said, "5. Messages") {
		t.Errorf("it lists %s", said)
	}
	v.hears("There is no other account here.", "6")
	v.wantEnd()
}

// TestACodeThatWaitsIsNotToBeEntered: how it is entered is said of one that was sent.
func TestACodeThatWaitsIsNotToBeEntered(t *testing.T) {
	for _, attempts := range []int{0, 1} {
		d := &delivering{state: backend.StateHeld}
		v := begin(t, uitest.Behind(func(b backend.Backend) backend.Backend { d.Backend = b; return d }))
		v.heard()
		d.state, d.attempts = backend.StateQueued, attempts
		said := v.types("channels", "add ada@b.example", "")
		if strings.Contains(said, "verify 6 and the code enters it.") != (attempts == 0) {
			t.Errorf("after %d attempts it says %s", attempts, said)
		}
		v.wantEnd()
	}
}

package cli

import (
	"context"
	"slices"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/cli/exit"
	"github.com/account-settings/pinghome/ui/draft"
)

// failing is a source that opens the oldest account, and answers with an error to any other.
type failing struct {
	source
	err   error
	asked []string // the accounts
}

func (f *failing) scope() string    { return "here" }
func (f *failing) hasAccount() bool { return false }

func (f *failing) start(_ context.Context, account string, _ *ui.Options) error {
	f.asked = append(f.asked, account)
	if account == "" {
		return nil
	}
	return f.err
}

func (f *failing) openAccount(ctx context.Context, account string) (ui.Opened, error) {
	return ui.Opened{}, f.start(ctx, account, nil)
}

// TestAnotherAccountIsOpenedOnlyWhereTheLastOneIsGone: a busy file is no reason to, nor is
// a token that is not valid.
func TestAnotherAccountIsOpenedOnlyWhereTheLastOneIsGone(t *testing.T) {
	opened := draft.Open(t.TempDir())
	if err := opened.Save("here", map[string]string{"account": "ada", "screen": "Channels"}); err != nil {
		t.Fatal(err)
	}
	gone := []string{"ada", ""}
	for _, c := range []struct {
		err  error
		asks []string
	}{
		{backend.Errorf(backend.CodeNotFound, "There is no account."), gone},
		{exit.NotFound("There is no database."), gone},
		{backend.Errorf(backend.CodeBusy, "The file is in use."), gone[:1]},
		{backend.Errorf(backend.CodeUnauthorized, "The token is not valid."), gone[:1]},
		{exit.Failed("The file cannot be read."), gone[:1]},
		{nil, gone[:1]},
	} {
		isTold := c.err != nil && len(c.asks) == 1
		for what, open := range map[string]func(source) error{
			"at the start": func(from source) error { return startLast(t.Context(), "", from, &ui.Options{Opened: opened}) },
			"as a context": func(from source) error { _, err := openLast(t.Context(), from, opened); return err },
		} {
			from := &failing{err: c.err}
			if err := open(from); !slices.Equal(from.asked, c.asks) || (err != nil) != isTold {
				t.Errorf("%v %s: asked for %q, and told %v", c.err, what, from.asked, err)
			}
		}
	}
}

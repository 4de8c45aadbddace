package accounts_test

import (
	"context"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestColumnsOfTheAccountsAreChosenAndOrdered(t *testing.T) {
	v := uitest.Open(t, "6")
	v.See(`│   Name ↑ +Email +Reached by +│`)
	v.Press("C")
	v.See(`\[x\] Name`, `\[x\] Email`, `\[x\] Reached by`, `\[x\] Organization`)
	v.Press("j", "j", "j", "K", "K", "enter") // the organization before the email, which has no room otherwise
	v.See(`│   Name ↑ +Organization +Email +Reached by +│`, `▌✗ John Smith · here +PingHome Ltd +jo••@ping-home\.org +sms fails`)
	v.Press("C", "j", "j", " ", "enter", ">")
	v.See(`│   Name +Organization +Reached by ↑ +│`, `(?s)John.*Smilla.*Anna`) // hidden ones are not sorted by
	v.Miss(`Email`)
	v.Press(">")
	v.See(`Name ↑`)
	v.Press("C", "c", "enter")
	v.See(`│   Name ↑ +Email +Reached by +│`)
	v.Press("C", " ", "j", " ", "j", " ", "j", " ", "enter")
	v.See(`! A table needs a column`, `Name ↑ +Email`)
}

// TestASortThatNoColumnShowsIsInTheFrame.
func TestASortThatNoColumnShowsIsInTheFrame(t *testing.T) {
	v := uitest.Open(t, "6", ">", "-")
	v.See(`Email ↓`, `─ 3 ─`)
	v.Press("C", "j", " ", "enter")
	v.See(`─ 3 · by email ↓ ─`, `(?s)Smilla.*John.*Anna`)
	v.Resize(40, 15)
	v.See(`3 · by email ↓`)
	v.Fits()
}

// asked notes what was asked for last.
type asked struct {
	backend.Accounts
	last backend.AccountQuery
}

func (a *asked) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	a.last = q
	return a.Accounts.Page(ctx, q)
}

// TestTheBackendSortsByTheColumn, one page around the cursor; to show other columns asks nothing.
func TestTheBackendSortsByTheColumn(t *testing.T) {
	v := uitest.Open(t)
	pages := &asked{Accounts: v.Account(uitest.JohnID).Accounts}
	v.Restart(func(o *ui.Options) { o.Start.Accounts = pages })
	for _, want := range []backend.AccountQuery{{Sort: backend.SortEmail}, {Sort: backend.SortReach}, {Sort: backend.SortName}} {
		v.Press("6", ">")
		if q := pages.last; q.Sort != want.Sort || q.Descending || q.Limit > 100 || q.Limit < 1 {
			t.Errorf("it asked for %+v", q)
		}
	}
	pages.last = backend.AccountQuery{}
	v.Press("C", "j", " ", "enter")
	if pages.last != (backend.AccountQuery{}) {
		t.Errorf("it asked for %+v", pages.last)
	}
}

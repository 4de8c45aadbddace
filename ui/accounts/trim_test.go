package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

// numbered are accounts with numbers for ids. A page of another account begins at the first
// one.
type numbered struct {
	backend.Accounts
	n     int
	pages int                // how many were read
	fails func(at int) error // nil for none; of a page behind another one
}

func (f *numbered) Page(_ context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	f.pages++
	step, at := 1, 0
	if q.Descending {
		step, at = -1, f.n-1
	}
	if from, err := strconv.Atoi(q.From); err == nil {
		at = from
	} else if q.From != "" {
		at = 0
	}
	if after, err := strconv.Atoi(q.After); err == nil {
		at = after + step
		if f.fails != nil {
			if err := f.fails(at); err != nil {
				return backend.AccountPage{}, err
			}
		}
	}
	p := backend.AccountPage{Accounts: []backend.AccountRow{}, Total: f.n, All: f.n}
	for ; at >= 0 && at < f.n && len(p.Accounts) < q.Limit; at += step {
		a := backend.AccountSummary{ID: fmt.Sprint(at), Name: "Kim", Surname: fmt.Sprintf("%04d", at), Email: "kim@lee.example"}
		p.Accounts = append(p.Accounts, backend.AccountRow{AccountSummary: a, Reach: &backend.Reach{State: backend.ReachNone}})
	}
	if n := len(p.Accounts); n > 0 && at >= 0 && at < f.n {
		p.Next = p.Accounts[n-1].ID
	}
	return p, nil
}

func openNumbered(t *testing.T, f *numbered) *uitest.Visit {
	v := uitest.Open(t)
	f.Accounts = v.Account(uitest.JohnID).Accounts
	v.Restart(func(o *ui.Options) { o.Start.Accounts = f })
	v.Press("6")
	return v
}

// TestALongWayThroughTheListKeepsWhatIsNear: rows far from the cursor are dropped, and read
// again on the way back.
func TestALongWayThroughTheListKeepsWhatIsNear(t *testing.T) {
	f := &numbered{n: 5000}
	v := openNumbered(t, f)
	v.See(`▌✗ Kim 0000`)
	const steps = 300
	for i := range steps {
		v.Press("pgdown")
		v.See(fmt.Sprintf(`▌✗ Kim %04d`, 8*(i+1)))
	}
	f.pages = 0
	for i := range steps {
		v.Press("pgup")
		v.See(fmt.Sprintf(`▌✗ Kim %04d`, 8*(steps-i-1)))
	}
	if f.pages < 10 {
		t.Errorf("%d pages were read again on the way back through %d rows", f.pages, 8*steps)
	}
	f.pages = 0
	for i := range steps {
		v.Press("pgdown")
		v.See(fmt.Sprintf(`▌✗ Kim %04d`, 8*(i+1)))
	}
	if f.pages < 10 {
		t.Errorf("%d pages were read again on the way down again", f.pages)
	}
}

// TestAnErrorOfRowsThatWereReplacedStopsNothing: the list that is shown now is read on.
func TestAnErrorOfRowsThatWereReplacedStopsNothing(t *testing.T) {
	f := &numbered{n: 500}
	v := openNumbered(t, f)
	v.See(`▌✗ Kim 0000`)
	f.fails = func(int) error {
		f.fails = nil
		v.Press("-") // while the answer is waited for
		return errors.New("no such luck")
	}
	for range 10 {
		v.Press("pgdown")
	}
	v.See(`Name ↓`, `▌✗ Kim 00\d\d`) // the cursor has stayed on its account, and gone on from there
	v.Miss(`could not be read`)
	v.Press("g")
	v.See(`▌✗ Kim 0499`)
	for range 70 {
		v.Press("pgdown")
	}
	v.See(`▌✗ Kim 0000`)
}

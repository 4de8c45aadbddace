package accounts_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestAllAccountsAreListedWithTheirReach(t *testing.T) {
	v := uitest.Open(t, "6")
	v.See(`Accounts ─+ 3 ─`, `Name ↑ +Email +Reached by`,
		`! Anna Smits +an••@acme\.example +seen 100d ago, email`,
		`▌✗ John Smith · here +jo••@ping-home\.org +sms fails 3h, email`,
		`✗ Smilla Berg +sm••@north\.example +not reached`, ` 2/3`)
	v.Press("m")
	v.See(`anna\.smits@acme\.example`)
	v.Press("y")
	if v.Copied != uitest.John {
		t.Errorf("copied %q", v.Copied)
	}
}

func TestAnAccountIsOpenedAndTheListStaysAsItWas(t *testing.T) {
	v := uitest.Open(t, "6", "f", ">", ">", "/")
	v.Type("north")
	v.Press("enter")
	v.See(`1 of 3 · /north · problems`, `Reached by ↑`, `▌✗ Smilla`)
	v.Press("enter")
	v.See(`\[1 Profile\]`, `Name +Smilla`)
	v.Press("6")
	v.See(`1 of 3 · /north · problems`, `Reached by ↑`, `▌✗ Smilla Berg · here`)
	v.Press("esc", "esc")
	v.See(`Accounts ─+ 3 ─`, `John Smith`, `Anna`)
}

func TestAccountsAreSorted(t *testing.T) {
	v := uitest.Open(t, "6", ">")
	v.See(`Email ↑`, `(?s)Anna.*John.*Smilla`)
	v.Press("-")
	v.See(`Email ↓`, `(?s)Smilla.*John.*Anna`)
	v.Press(">")
	v.See(`Reached by ↑`, `(?s)John.*Smilla.*Anna`)
	v.Press(">", "<")
	v.See(`Reached by ↑`)
}

// addMany adds 400 accounts named Kim 000 Lee to Kim 399 Lee.
func addMany(t *testing.T, all backend.Accounts) {
	t.Helper()
	for i := range 400 {
		_, err := all.Create(t.Context(), backend.NewAccount{Name: fmt.Sprintf("Kim %03d", i), Surname: "Lee", Email: fmt.Sprintf("kim%03d@lee.example", i)})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheCursorStaysOnItsAccountWhenTheListIsSorted(t *testing.T) {
	v := uitest.Open(t, "6", ">")
	v.See(`▌✗ John`)
	v.Press("-")
	v.See(`Email ↓`, `▌✗ John`)
	v.Press(">", "j", "<")
	v.See(`Email ↑`, `▌✗ Smilla`)
	addMany(t, v.Account(uitest.JohnID).Accounts)
	v.Press("r", "home", "j", "j", "j", "j")
	v.See(`▌. Kim 002`)
	v.Press("-") // it stands 300 rows further on
	v.See(`Email ↓`, `▌. Kim 002`)
}

// TestTheReachGetsTheRoomThatNamesLeave: a cut is always seen.
func TestTheReachGetsTheRoomThatNamesLeave(t *testing.T) {
	v := uitest.Open(t, "6")
	for _, c := range []struct {
		w, h int
		row  string
	}{
		{80, 24, `▌✗ John Smith · here  jo••@ping-home\.org  sms fails 3h, email, email waiting …│`},
		{120, 40, `▌✗ John Smith · here  jo••@ping-home\.org  sms fails 3h, email, email waiting for its code, webhook wait…  PingHome Ltd│`},
		{200, 60, `▌✗ John Smith · here  jo••@p.*me\.org  sms fails 3h, ema…│`},
	} {
		v.Resize(c.w, c.h)
		v.See(c.row)
	}
	for w := 40; w < 180; w++ {
		v.Resize(w, 24)
		v.See(`sms fails 3h[a-z, ]*(…|webhook waiting for its code)`)
	}
}

func TestAccountsAreFoundByTheBackend(t *testing.T) {
	v := uitest.Open(t, "6", "/")
	v.Type("smi ACME")
	v.See(`1 of 3 · /smi ACME`, `▌! Anna`)
	v.Miss(`▌✗ John`)
	v.Type("x")
	v.See(`No account matches 'smi ACMEx'\.`, `F  shows all of them`)
	v.Press("esc")
	v.See(`John`, `Smilla`)
	v.Miss(`of 3`)
}

// TestManyAccountsAreReadAsTheCursorMoves: only what is near the cursor is read.
func TestManyAccountsAreReadAsTheCursorMoves(t *testing.T) {
	v := uitest.Open(t)
	all := v.Account(uitest.JohnID).Accounts
	addMany(t, all)
	pages := &counted{Accounts: all}
	v.Restart(func(o *ui.Options) { o.Start.Accounts = pages })
	v.Press("6")
	v.See(`403`, `▌✗ John Smith · here`, `! Anna`, `Kim 000`)
	v.Press("end")
	v.See(`▌✗ Smilla`, `Kim 399`, ` 403/403`)
	for range 25 {
		v.Press("pgup")
	}
	v.See(`▌. Kim 200`, ` 203/403`)
	v.Press("r")
	v.See(`▌. Kim 200`, ` 203/403`)
	v.Press("home")
	v.See(`▌! Anna`, `1/403`)
	before := pages.n
	for range 20 {
		v.Press("pgdown")
	}
	v.See(`▌✗ Kim 158`, `161/403`)
	if n := pages.n - before; n > 3 {
		t.Errorf("%d pages were read for 200 accounts", n)
	}
	v.Press("f")
	v.See(`403 of 403 · problems`)
}

// counted counts the pages that are read.
type counted struct {
	backend.Accounts
	n    int
	rows int // how many at most
	err  error
}

func (c *counted) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	c.n, c.rows = c.n+1, c.rows+q.Limit
	if c.err != nil {
		return backend.AccountPage{}, c.err
	}
	return c.Accounts.Page(ctx, q)
}

func TestChangesElsewhereShowInTheList(t *testing.T) {
	v := uitest.Open(t, "6")
	other := v.Account("smilla.berg@north.example")
	if _, err := other.View.SetChannelEnabled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	v.Pass(ui.PollInterval * 12)
	v.See(`✓ Smilla Berg +sm••@north\.example +email`)
	v.See(`▌✗ John`)
}

func TestAccountsWhileOffline(t *testing.T) {
	v := uitest.Open(t)
	pages := &counted{Accounts: v.Account(uitest.JohnID).Accounts}
	f := &uitest.Faulty{}
	v.RestartBehind(f, func(o *ui.Options) { o.Start.Accounts = pages })
	v.Press("6")
	v.See(`Anna`)
	f.Offline, pages.err = true, backend.Errorf(backend.CodeOffline, "The server cannot be reached.")
	v.Press("r")
	v.See(`Anna`, `3 · as of 12:00:00`, `offline`)
}

func TestAccountsThatCannotBeRead(t *testing.T) {
	v := uitest.Open(t)
	pages := &counted{Accounts: v.Account(uitest.JohnID).Accounts, err: errors.New("no such luck")}
	v.Restart(func(o *ui.Options) { o.Start.Accounts = pages })
	v.Press("6")
	v.See(`The accounts could not be read\.`, `no such luck`, `r tries again`)
	pages.err = nil
	v.Press("r")
	v.See(`▌✗ John`)
}

func TestAServerThatDoesNotTellTheReachShowsNames(t *testing.T) {
	const older = "This server is of an older version."
	v := uitest.Open(t)
	f := &uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureReach: older}}
	v.RestartBehind(f)
	v.Press("6")
	v.See(`Name ↑ +Email +Organization`, `▌  John Smith · here +jo••@ping-home\.org +PingHome`)
	v.Miss(`Reached by`, `f problems`, `> sort`)
	v.Press("f")
	v.See(older)
}

func TestATokenForOneAccountHasNoList(t *testing.T) {
	const none = "This token sees its own account only."
	v := uitest.Open(t)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureAccounts: none}})
	v.Miss(`6 Accounts`)
	v.Press("6")
	v.See(none)
}

func TestTheListIsUsedWithTheMouse(t *testing.T) {
	v := uitest.Open(t, "M", "6")
	v.ClickOn("Smilla Berg")
	v.See(`▌✗ Smilla`)
	v.WheelOn("Smilla Berg", -1)
	v.See(`▌! Anna`)
	v.Pass(time.Second)
	v.ClickOn("Smilla Berg")
	v.ClickOn("Smilla Berg")
	v.See(`Name +Smilla`)
}

func TestTheCursorStaysWhereItsAccountLeaves(t *testing.T) {
	v := uitest.Open(t, "6", "f", "end")
	v.See(`3 of 3 · problems`, `▌✗ Smilla`)
	if _, err := v.Account("smilla.berg@north.example").View.SetChannelEnabled(t.Context(), 1, true); err != nil {
		t.Fatal(err)
	}
	v.Press("r")
	v.See(`2 of 3 · problems`, `▌✗ John`)
}

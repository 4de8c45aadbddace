package accounts_test

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestTheTabCountsTheAccountsThatFail(t *testing.T) {
	v := uitest.Open(t)
	v.See(`6 Accounts ✗2`, `✗ #2 pager failing for 3h`)
	v.Press("2", "j", "s")
	v.See(`✓ Channel 2 is off`)
	v.See(`6 Accounts ✗1`) // Smilla, whom no channel reaches
	v.Press("z")
	v.See(`6 Accounts ✗2`)
	v.Press("6")
	v.See(`\[6 Accounts ✗2\]`)
	v.Press("/")
	v.Type("anna")
	v.Press("enter", "enter") // of all accounts, not of those that are found or open
	v.See(`Anna Smits ‹`, `6 Accounts ✗2`)
	v.Miss(`pager`)
	v.Resize(40, 15)
	v.Press("6")
	v.See(`‹ 6/6 Accounts ✗2 ›`)
}

func TestTheTabHearsOfAccountsThatFailElsewhere(t *testing.T) {
	v := uitest.Open(t)
	if _, err := v.Backend().DeleteChannels(t.Context(), []int{2}); err != nil {
		t.Fatal(err)
	}
	v.Pass(ui.PollInterval)
	v.See(`6 Accounts ✗1`)
}

// manyFailing are accounts of which very many fail.
type manyFailing struct{ counted }

func (m *manyFailing) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	p, err := m.counted.Page(ctx, q)
	p.Failing = 123_456
	return p, err
}

// TestTheTabCountsInOneRequest, of no row, and not with every poll.
func TestTheTabCountsInOneRequest(t *testing.T) {
	v := uitest.Open(t)
	pages := &manyFailing{counted{Accounts: v.Account(uitest.JohnID).Accounts}}
	v.RestartBehind(&uitest.Faulty{}, func(o *ui.Options) { o.Start.Accounts = pages })
	v.See(`6 Accounts ✗99\+`)
	if pages.n != 1 || pages.rows != 0 {
		t.Errorf("%d requests of %d rows", pages.n, pages.rows)
	}
	for range 60 {
		v.Pass(time.Second)
	}
	if pages.n > 5 {
		t.Errorf("%d requests in a minute", pages.n)
	}
}

func TestTheTabCountsNothingThatIsNotTold(t *testing.T) {
	v := uitest.Open(t)
	v.RestartBehind(&uitest.Faulty{Lacking: map[backend.Feature]string{backend.FeatureReach: "This server is of an older version."}})
	v.Miss(`Accounts ✗`)
	pages := &counted{Accounts: v.Account(uitest.JohnID).Accounts, err: backend.Errorf(backend.CodeUnavailable, "Not now.")}
	v.Restart(func(o *ui.Options) { o.Start.Accounts = pages })
	v.See(`6 Accounts  `)
	v.Miss(`Not now`)
}

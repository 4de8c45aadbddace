package channels_test

import (
	"context"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestTableShowsValueStateAndAttempts(t *testing.T) {
	v := uitest.Open(t, "2")
	v.See(`5 of 10 used`, `1  @ work +jo••@ping-home.org +on +12d ago +[▮~]{18}○○ `, `2  ✆ pager +\+994•••••••67 .*✗ │`, `✗ failing for 3h · twilio: 30003 Unreachable`,
		`3  ⇄ ops hook .* off +… code 8:00 +○ `, `5  @ home +bi••@ping-home.org +on +✓ 60d ago`, `→ ac••@ping-home.org: code expired · V sends a new one`, `1/5`)
}

func TestDisabledActionsSayWhy(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("v")
	v.See(`! Channel 1 is verified: no code is needed`)
	v.Press("j", "j", "t")
	v.Pass(2 * time.Second)
	v.See(`! Channel 3 was never verified`)
	v.Press("s")
	v.Pass(2 * time.Second)
	v.See(`! Channel 3 was never verified: v enters its code, which also`)
}

func TestFindMatchesFuzzily(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("/")
	v.Type("hook")
	v.See(`⇄ ops hook`, `1/1`)
	v.Press("enter")
	v.See(`─ 1 of 5 · /hook ─`)
	v.Press("esc")
	v.See(`1/5|3/5`)
	v.Press("/")
	v.Type("zzzz")
	v.See(`No channel matches 'zzzz'`)
	v.Press("esc")
	v.See(`/5`)
}

func TestTypeFilterIsAppliedByTheBackend(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Press("f", " ", "j", " ")
	v.See(`\[\+\] @ email`, `\[\+\] ✆ sms`, `Shows only email and sms\.`)
	v.Press("enter")
	v.See(`─ 3 of 5 · only email and sms ─`, `1/3`)
	v.Press("esc")
	v.See(`1/5`)
	v.Press("f", "G", "j", "j", "j", " ", " ")
	v.See(`\[-\] ⚑ push`, `Shows all but push\.`)
	v.Press("k", " ") // "only" beside "not" would add nothing
	v.See(`\[-\] ⇄ webhook`, `Shows all but webhook and push\.`)
	v.Press("enter")
	v.See(`─ 3 of 5 · all but webhook and push ─`)
	v.Press("F")
	v.Press("f", "esc")
	v.See(`1/5`)
}

func TestValuesAreShownForTenSeconds(t *testing.T) {
	v := uitest.Open(t, "2")
	v.Miss(`john.smith@ping-home.org  `)
	v.Press("m")
	v.See(`john.smith@ping-home.org  `, `values shown 10s  ● demo`)
	v.Pass(3 * time.Second)
	v.See(`values shown 7s`)
	v.Pass(8 * time.Second)
	v.Miss(`john.smith@ping-home.org  `)
	v.Press("y")
	if v.Copied != uitest.John {
		t.Fatalf("copied %q", v.Copied)
	}
}

// unreadable is a backend whose channels cannot be read.
type unreadable struct {
	backend.Backend
	isBroken bool
}

func (u *unreadable) Channels(ctx context.Context, f backend.ChannelFilter) ([]backend.Channel, error) {
	if u.isBroken {
		return nil, backend.Errorf(backend.CodeUnavailable, "The database is damaged.")
	}
	return u.Backend.Channels(ctx, f)
}

func TestUnreadListIsNotShownAsEmpty(t *testing.T) {
	v, u := uitest.Open(t), &unreadable{isBroken: true}
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { u.Backend = b; return u }))
	v.Press("2")
	v.See(`✗ The channels could not be read`, `^ r refresh +: commands +\? help +$`)
	v.Press("e")
	v.See(`! The channels could not be read\. r tries again\.`)
	v.Pass(10 * time.Second)
	v.Press("a")
	v.See(`! The channels could not be read\. r tries again\.`)
	u.isBroken = false
	v.Press("r")
	v.See(`1/5`, `a add`)
}

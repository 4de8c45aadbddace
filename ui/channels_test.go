package ui

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func channelsOf(t *testing.T) *visit {
	v := open(t)
	v.Press("2")
	return v
}

func TestAnotherConsolesChangeIsSeenWithinASecond(t *testing.T) {
	v := channelsOf(t)
	other := v.opened(john)
	if _, err := other.View.CreateChannel(t.Context(), backend.TypeEmail, "beside@new.example"); err != nil {
		t.Fatal(err)
	}
	v.Pass(PollInterval)
	v.See(`6  @ email +be••@new.example`, `6 of 10 used`)
}

func TestReadingOnly(t *testing.T) {
	v := channelsOf(t)
	o := v.options()
	o.Start, o.Shell.ReadOnly = v.opened(john), true
	v.start(o)
	v.See(`read-only`)
	v.Press("2", "d")
	v.See(`! Opened for reading only`)
	v.Miss(`Keep`)
}

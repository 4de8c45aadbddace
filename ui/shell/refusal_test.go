package shell_test

import (
	"context"
	"errors"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/ui/uitest"
)

func TestBareStatusOfAServerIsExplained(t *testing.T) {
	f := &uitest.Faulty{ChangeErr: backend.Errorf(backend.CodeNotFound, "Not Found")}
	v := uitest.OpenFaulty(t, f)
	v.Press("2", "a")
	v.Type("ada@new.example")
	v.Press("ctrl+s")
	v.See(`✗ The server says: Not Found. Nothing was changed. It no`, `longer has this. Read again, and look`, `ada@new.example`)
	f.ChangeErr = backend.Errorf(backend.CodeLimitReached, "Your plan has room for ten channels.")
	v.Press("ctrl+s")
	v.See(`✗ Your plan has room for ten channels`)
	v.Miss(`The server says`)
}

func TestFailedReadingNamesTheKeyThatTriesAgain(t *testing.T) {
	f := &uitest.Faulty{ReadErr: errors.New("the disk is on fire")}
	v := uitest.OpenFaulty(t, f)
	v.See(`✗ The profile could not be read`, `r tries again`)
	f.ReadErr = nil
	v.Press("r")
	v.See(`Name +John`)
}

// undeletable is a backend that refuses to delete channels.
type undeletable struct{ backend.Backend }

func (undeletable) DeleteChannels(context.Context, []int) (backend.ChannelDeletion, error) {
	return backend.ChannelDeletion{}, backend.Errorf(backend.CodeNotFound, "There is no channel 1, so nothing was deleted.")
}

func TestRefusalDoesNotRepeatWhatTheNoticeSays(t *testing.T) {
	v := uitest.Open(t)
	v.Restart(uitest.Behind(func(b backend.Backend) backend.Backend { return undeletable{b} }))
	v.Press("2", "d", "y")
	v.See(`✗ There is no channel 1, so nothing was deleted\.`)
	v.Miss(`Nothing was deleted: `)
}

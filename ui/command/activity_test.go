package command

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
)

// TestThePastInAPipeHasTabs between all its fields.
func TestThePastInAPipeHasTabs(t *testing.T) {
	view := backendtest.Stub{SettingsAtFunc: func(_ context.Context, at time.Time) (backend.PastSettings, error) {
		return backend.PastSettings{At: at, Settings: backend.Settings{Channels: []backend.ChannelSettings{{Priority: 1, Type: backend.TypeEmail, Value: "ada@b.example", Label: "Home"}}}}, nil
	}}
	said, _, err := run(t, view, "activity", "at", "2h")
	if err != nil || !strings.HasSuffix(said, "\nchannel 1:\temail\tada@b.example\tHome\tnot proved\n") {
		t.Errorf("%q, %v", said, err)
	}
}

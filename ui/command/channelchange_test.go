package command

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/ui/cli/exit"
)

// TestATestIsPrintedAsItBecomes: its result comes while it is waited for, and without that it is not known.
func TestATestIsPrintedAsItBecomes(t *testing.T) {
	begun := backend.Test{At: time.Unix(10, 0), Unknown: true, Provider: "smtp", Detail: "The provider has not answered yet."}
	came := backend.Test{At: time.Unix(10, 0), OK: true, Provider: "smtp", ProviderStatus: "250 ok"}
	ch := proved(1, "ada@byron.example")
	ch.LastTest = &came
	view := backendtest.Stub{
		TestChannelFunc: func(context.Context, int) (backend.Test, error) { return begun, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			return []backend.Channel{ch}, nil
		},
		MessagesFunc: func(context.Context, int) (backend.MessageList, error) {
			return backend.MessageList{Messages: []backend.Message{{Kind: backend.KindTest, Type: backend.TypeEmail, To: ch.Value, State: backend.StateSent, Provider: "smtp"}}}, nil
		}}
	said, _, err := run(t, view, "channel", "test", "1", "--wait", "--json", "ok,unknown,provider_status")
	if err != nil || strings.Join(strings.Fields(said), "") != `{"ok":true,"unknown":false,"provider_status":"250ok"}` {
		t.Errorf("%v, %s", err, said)
	}
	said, _, err = run(t, view, "channel", "test", "1", "--json", "ok,unknown")
	if codeOf(err) != exit.CodeUnknown || strings.Join(strings.Fields(said), "") != `{"ok":false,"unknown":true}` {
		t.Errorf("%v, %s", err, said)
	}
}

// TestACancelComesTooLate where the new value was proved since it was read: it stays in force.
func TestACancelComesTooLate(t *testing.T) {
	ch := proved(1, "ada@b.example")
	ch.Value, ch.Verified = "new@b.example", false
	readings := 0
	view := backendtest.Stub{
		RevisionFunc: func(context.Context) (int64, error) { return 1, nil },
		ChannelsFunc: func(context.Context, backend.ChannelFilter) ([]backend.Channel, error) {
			if readings++; readings == 2 {
				ch.ActiveValue, ch.Verified = ch.Value, true
			}
			return []backend.Channel{ch}, nil
		}}
	if _, _, err := run(t, view, "channel", "cancel", "1"); codeOf(err) != exit.CodeConflict || readings != 2 {
		t.Errorf("after %d readings it ends with %v", readings, err)
	}
}

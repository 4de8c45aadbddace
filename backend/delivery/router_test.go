package delivery

import (
	"slices"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

func TestInboxHoldsAllWithoutConfiguration(t *testing.T) {
	for _, c := range []Config{{}, {Webhook: &Webhook{}, Push: &Push{}}} {
		r := newRouter(t, c)
		for _, by := range backend.ChannelTypes {
			receipt, err := r.Send(t.Context(), codeMessage(t, by, "http://127.0.0.1/"))
			if err != nil || receipt != InboxReceipt || r.HasSender(by) || r.Check(by, "http://127.0.0.1/") != nil {
				t.Errorf("%s: %+v, %v", by, receipt, err)
			}
		}
	}
}

// TestTypeWithoutASectionIsHeld adds a fifth channel type that no sender knows.
func TestTypeWithoutASectionIsHeld(t *testing.T) {
	known := backend.ChannelTypes
	t.Cleanup(func() { backend.ChannelTypes = known })
	backend.ChannelTypes = append(slices.Clone(known), "chat")
	r := newRouter(t, localConfig())
	receipt, err := r.Send(t.Context(), codeMessage(t, "chat", "ada"))
	if err != nil || receipt != InboxReceipt || r.HasSender("chat") || r.Check("chat", "ada") != nil {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// TestConfiguredTypesHaveSenders configures one type at a time.
func TestConfiguredTypesHaveSenders(t *testing.T) {
	email := Email{Host: "mail.example.org", From: "no-reply@example.org"}
	gateway := SMS{Gateway: "kannel", URL: "http://localhost:13013", Account: "a", Secret: "s", From: "PingHome"}
	configs := map[backend.ChannelType]Config{
		backend.TypeEmail: {Email: &email}, backend.TypeSMS: {SMS: &gateway},
		backend.TypeWebhook: {Webhook: &Webhook{Enabled: true}}, backend.TypePush: {Push: &Push{Enabled: true}},
	}
	for _, by := range backend.ChannelTypes {
		c, ok := configs[by]
		if !ok {
			t.Fatalf("no configuration for %s is tried", by)
		}
		r := newRouter(t, c)
		for _, other := range backend.ChannelTypes {
			if r.HasSender(other) != (other == by) {
				t.Errorf("with %s configured, %s has a sender: %v", by, other, r.HasSender(other))
			}
		}
	}
}

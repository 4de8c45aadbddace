package local

import (
	"context"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage/sqlite"
)

// Plain HTTP is refused, unless the configuration allows it for the address.
func TestPlainHTTPNeedsTheConfiguration(t *testing.T) {
	const internal, external, secure = "http://10.1.2.3:9000/hook", "http://hooks.example.com/hook", "https://hooks.example.com/hook"
	allowed := delivery.Webhook{Enabled: true, Allow: []string{"10.0.0.0/8"}, AllowHTTP: true}
	for name, c := range map[string]struct {
		config delivery.Config
		value  string
		fault  string
	}{
		"nothing configured":   {delivery.Config{}, internal, "start with https"},
		"not enabled":          {delivery.Config{Webhook: &delivery.Webhook{Allow: allowed.Allow, AllowHTTP: true}}, internal, "start with https"},
		"no plain http":        {delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: allowed.Allow}}, internal, "start with https"},
		"allowed network":      {delivery.Config{Webhook: &allowed}, internal, ""},
		"upper-case scheme":    {delivery.Config{Webhook: &allowed}, "HTTP://10.1.2.3:9000/hook", ""},
		"other network":        {delivery.Config{Webhook: &allowed}, "http://9.9.9.9/hook", "plain http goes only to addresses"},
		"other network, https": {delivery.Config{Webhook: &allowed}, secure, ""},
		"no allowed network":   {delivery.Config{Webhook: &delivery.Webhook{Enabled: true}}, external, "start with https"},
	} {
		t.Run(name, func(t *testing.T) {
			router, err := delivery.New(c.config)
			if err != nil {
				t.Fatal(err)
			}
			clock := newClock()
			b := john(t, openFile(t, demoFile(t, clock), sqlite.Options{Now: clock.Now}), checkingSender{router})
			ch, err := b.CreateChannel(context.Background(), backend.TypeWebhook, c.value, "")
			switch {
			case c.fault == "" && (err != nil || ch.Value != strings.Replace(c.value, "HTTP", "http", 1)):
				t.Errorf("%+v, %v", ch, err)
			case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
				t.Errorf("%+v, %v; want %q", ch, err, c.fault)
			}
		})
	}
}

// checkingSender checks values as the router does, and sends nothing.
type checkingSender struct{ *delivery.Router }

func (checkingSender) Send(context.Context, delivery.Message) (delivery.Receipt, error) {
	return delivery.Receipt{Provider: "checking", Status: "accepted"}, nil
}

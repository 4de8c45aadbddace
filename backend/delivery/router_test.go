package delivery

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// With nothing configured everything is held on this machine.
func TestWithoutConfigurationTheInboxHoldsAll(t *testing.T) {
	for _, c := range []Config{{}, {Webhook: &Webhook{}, Push: &Push{}}} {
		r := newRouter(t, c)
		for _, by := range backend.ChannelTypes {
			receipt, err := r.Send(t.Context(), code(t, by, "http://127.0.0.1/"))
			if err != nil || receipt != InboxReceipt || r.Carries(by) || r.Check(by, "http://127.0.0.1/") != nil {
				t.Errorf("%s: %+v, %v", by, receipt, err)
			}
		}
	}
}

// TestEveryChannelTypeHasASection fails when a channel type or a field of Config
// is missing in the list of sections.
func TestEveryChannelTypeHasASection(t *testing.T) {
	sections := Config{}.sections()
	for _, kind := range backend.ChannelTypes {
		if sections[kind] == nil {
			t.Errorf("%s has no section", kind)
		}
	}
	if fields := reflect.TypeFor[Config]().NumField(); len(sections) != fields {
		t.Errorf("%d sections of %d fields", len(sections), fields)
	}
}

// TestTypeWithoutASectionIsHeld adds a fifth channel type that no sender knows.
func TestTypeWithoutASectionIsHeld(t *testing.T) {
	known := backend.ChannelTypes
	t.Cleanup(func() { backend.ChannelTypes = known })
	backend.ChannelTypes = append(slices.Clone(known), "chat")
	r := newRouter(t, here())
	receipt, err := r.Send(t.Context(), code(t, "chat", "ada"))
	if err != nil || receipt != InboxReceipt || r.Carries("chat") || r.Check("chat", "ada") != nil {
		t.Errorf("%+v, %v", receipt, err)
	}
}

// Each type has its own sender; the others are still held.
func TestATypeIsCarriedOnceItIsConfigured(t *testing.T) {
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
			if r.Carries(other) != (other == by) {
				t.Errorf("with %s, %s: %v", by, other, r.Carries(other))
			}
		}
	}
}

// A mistake in the configuration is told by the name of its key.
func TestAWrongConfigurationNamesTheKey(t *testing.T) {
	email := func(change func(*Email)) Config {
		e := Email{Host: "mail.example.org", Port: 587, Security: "starttls", From: "PingHome <no-reply@example.org>"}
		change(&e)
		return Config{Email: &e}
	}
	sms := func(change func(*SMS)) Config {
		s := SMS{Gateway: "twilio", URL: "https://api.twilio.com", Account: "AC1", Secret: "s3cret", From: "+15550100"}
		change(&s)
		return Config{SMS: &s}
	}
	for _, test := range []struct {
		key    string
		config Config
	}{
		{"email.host", email(func(e *Email) { e.Host = "" })},
		{"email.host", email(func(e *Email) { e.Host = "mail.example.org:587" })},
		{"email.host", email(func(e *Email) { e.Host = "smtp://mail.example.org" })},
		{"email.port", email(func(e *Email) { e.Port = 65536 })},
		{"email.port", email(func(e *Email) { e.Port = -1 })},
		{"email.security", email(func(e *Email) { e.Security = "ssl" })},
		{"email.security", email(func(e *Email) { e.Security = "none" })},
		{"email.security", email(func(e *Email) { e.Security, e.Host = "none", "10.0.0.1" })},
		{"email.username", email(func(e *Email) { e.Password = "s3cret" })},
		{"email.password_file", email(func(e *Email) { e.Username = "pinghome" })},
		{"email.from", email(func(e *Email) { e.From = "" })},
		{"email.from", email(func(e *Email) { e.From = "PingHome" })},
		{"email.from", email(func(e *Email) { e.From = "a@b.example\r\nBcc: c@d.example" })},
		{"sms.gateway", sms(func(s *SMS) { s.Gateway = "Twilio" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "api.twilio.com" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "http://api.twilio.com" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "ftp://127.0.0.1" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "https://AC1:s3cret@api.twilio.com" })},
		{"sms.url", sms(func(s *SMS) { s.URL = "https://api.twilio.com/?a=s3cret" })},
		{"sms.account", sms(func(s *SMS) { s.Account = "" })},
		{"sms.secret_file", sms(func(s *SMS) { s.Secret = "" })},
		{"sms.from", sms(func(s *SMS) { s.From = "" })},
		{"webhook.allow", Config{Webhook: &Webhook{Enabled: true, Allow: []string{"127.0.0.0/33"}}}},
		{"webhook.allow", Config{Webhook: &Webhook{Enabled: true, Allow: []string{"localhost"}}}},
		{"push.allow", Config{Push: &Push{Enabled: true, Allow: []string{"10.0.0.0/8", "::ffff:127.0.0.0/104"}}}},
		{"push.allow", Config{Push: &Push{Enabled: true, Allow: []string{"fe80::1%eth0"}}}},
	} {
		r, err := New(test.config)
		if err == nil || r != nil || !strings.HasPrefix(err.Error(), "delivery."+test.key+" ") || !strings.HasSuffix(err.Error(), ".") {
			t.Errorf("%s: %v", test.key, err)
		} else if strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%s: the error shows the secret: %v", test.key, err)
		}
	}
}

// What a person reads under the field says what would be right.
func TestWhatMayBeSaved(t *testing.T) {
	strict := newRouter(t, Config{Webhook: &Webhook{Enabled: true}})
	open := newRouter(t, Config{Webhook: &Webhook{Enabled: true, Allow: []string{"127.0.0.0/8", "10.1.0.0/16"}, AllowHTTP: true}})
	for _, test := range []struct{ url, strict, open string }{
		{"https://hooks.example.com/alerts", "", ""},
		{"https://hooks.example.com:8443/alerts", "", ""},
		{"https://müller.example/alerts", "", ""},
		{"https://8.8.8.8/", "", ""},
		{"https://[2606:4700::1111]/", "", ""},
		{"hooks.example.com", "whole web address", "whole web address"},
		{"https:///alerts", "whole web address", "whole web address"},
		{"https://%zz/", "whole web address", "whole web address"},
		{"ftp://hooks.example.com/", "https://", "https://"},
		{"http://hooks.example.com/", "https://", ""}, // where it leads is seen when it is dialled
		{"http://8.8.8.8/", "https://", "plain http"},
		{"https://me:pw@hooks.example.com/", "user name", "user name"},
		{"https://hooks.example.com:22/", "Port 22", ""}, // it may lead to an allowed address, where any port will do
		{"https://8.8.8.8:22/", "Port 22", "Port 22"},
		{"https://hooks.example.com:0/", "from 1 to 65535", "from 1 to 65535"},
		{"https://hooks.example.com:65536/", "from 1 to 65535", "from 1 to 65535"},
		{"http://127.0.0.1:9000/", "https://", ""},
		{"https://localhost:9000/", "not public", ""},
		{"https://10.1.2.3:9000/", "not public", ""},
		{"https://10.2.2.3/", "not public", "not public"},
		{"https://192.168.1.1/", "not public", "not public"},
		{"https://printer/", "not public", ""},
		{"https://[::1]/", "not public", "not public"},
		{"https://[::ffff:127.0.0.1]/", "127.0.0.1", "127.0.0.1"},
		{"https://[fe80::1%25eth0]/", "Leave out the %", "Leave out the %"},
		{"https://2130706433/", "four plain", "four plain"},
		{"https://0177.0.0.1/", "four plain", "four plain"},
		{"https://0x7f.1/", "four plain", "four plain"},
		{"https://under_score.example.com/", "", ""},
		{"https://hooks example.com/", "whole web address", "whole web address"},
		{"https://☃️..example.com/", "not one of a server", "not one of a server"},
		{"https://a..example.com/", "not one of a server", "not one of a server"},
	} {
		for want, r := range map[*string]*Router{&test.strict: strict, &test.open: open} {
			switch err := r.Check(backend.TypeWebhook, test.url); {
			case *want == "" && err != nil:
				t.Errorf("%s: %v", test.url, err)
			case *want != "" && (err == nil || !strings.Contains(err.Error(), *want)):
				t.Errorf("%s: %v, want something about %s", test.url, err, *want)
			}
		}
	}
}

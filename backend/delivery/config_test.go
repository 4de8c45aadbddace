package delivery

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"reflect"
	"strings"
	"testing"

	"github.com/account-settings/pinghome/backend"
)

// emailConfig is a valid configuration of email with a change.
func emailConfig(change func(*Email)) Config {
	e := Email{Host: "mail.example.org", Port: 587, Security: "starttls", From: "PingHome <no-reply@example.org>"}
	change(&e)
	return Config{Email: &e}
}

// smsConfig is a valid configuration of SMS with a change.
func smsConfig(change func(*SMS)) Config {
	s := SMS{Gateway: "twilio", URL: "https://api.twilio.com", Account: "AC1", Secret: "s3cret", From: "+15550100"}
	change(&s)
	return Config{SMS: &s}
}

func TestConfigurationErrorsNameTheKey(t *testing.T) {
	for _, test := range []struct {
		key    string
		config Config
	}{
		{"email.host", emailConfig(func(e *Email) { e.Host = "" })},
		{"email.host", emailConfig(func(e *Email) { e.Host = "mail.example.org:587" })},
		{"email.host", emailConfig(func(e *Email) { e.Host = "smtp://mail.example.org" })},
		{"email.port", emailConfig(func(e *Email) { e.Port = 65536 })},
		{"email.port", emailConfig(func(e *Email) { e.Port = -1 })},
		{"email.security", emailConfig(func(e *Email) { e.Security = "ssl" })},
		{"email.security", emailConfig(func(e *Email) { e.Security = "none" })},
		{"email.security", emailConfig(func(e *Email) { e.Security, e.Host = "none", "10.0.0.1" })},
		{"email.username", emailConfig(func(e *Email) { e.Password = "s3cret" })},
		{"email.password_file", emailConfig(func(e *Email) { e.Username = "pinghome" })},
		{"email.from", emailConfig(func(e *Email) { e.From = "" })},
		{"email.from", emailConfig(func(e *Email) { e.From = "PingHome" })},
		{"email.from", emailConfig(func(e *Email) { e.From = "a@b.example\r\nBcc: c@d.example" })},
		{"sms.gateway", smsConfig(func(s *SMS) { s.Gateway = "Twilio" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "api.twilio.com" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "http://api.twilio.com" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "ftp://127.0.0.1" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "https://AC1:s3cret@api.twilio.com" })},
		{"sms.url", smsConfig(func(s *SMS) { s.URL = "https://api.twilio.com/?a=s3cret" })},
		{"sms.account", smsConfig(func(s *SMS) { s.Account = "" })},
		{"sms.secret_file", smsConfig(func(s *SMS) { s.Secret = "" })},
		{"sms.from", smsConfig(func(s *SMS) { s.From = "" })},
		{"sms.from", smsConfig(func(s *SMS) { s.From = " \u200b" })},
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

// TestConfigurationHidesSecrets prints a configuration in the ways in which it could
// get into a log or an error.
func TestConfigurationHidesSecrets(t *testing.T) {
	c := Config{Email: &Email{Password: "s3cret"}, SMS: &SMS{Secret: "s3cret"}}
	asJSON, err := json.Marshal([]any{c.Email, c.SMS})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("started", "email", *c.Email, "password", c.Email.Password)
	for _, text := range []string{string(asJSON), log.String(), c.Email.Password.String(), fmt.Sprint(*c.SMS),
		fmt.Sprintf("%s %v %+v %#v %q %x %X %d %t", c.SMS.Secret, c.SMS.Secret, *c.SMS, *c.SMS, c.SMS.Secret, c.SMS.Secret, c.SMS.Secret, c.SMS.Secret, c.SMS.Secret)} {
		if strings.Contains(text, "s3cret") || strings.Contains(text, fmt.Sprintf("%x", "s3cret")) || !strings.Contains(text, backend.Redacted) {
			t.Error(text)
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

package delivery

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"github.com/account-settings/pinghome/backend"
)

// FuzzWords: whatever a provider says, what is kept is one line of at most 200
// visible characters, without the secrets.
func FuzzWords(f *testing.F) {
	for _, seed := range []string{"", "250 2.0.0 Ok: queued as 12345", "\x1b]52;c;aGk=\x07", "a\u202eb\u2066c", "<html><b>no</b>", "<script>", "4815\x0016", "48\u200b1516",
		"4815\u20281\u20286", strings.Repeat("é", 300), "\xff\xfe", "[redacted]481516", "<4815>481516", "48<b>1516"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, said string) {
		const secret = "481516"
		got := words(said, secret, "")
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxWords || strings.Contains(got, secret) || got != strings.TrimSpace(got) || strings.Contains(got, "  ") {
			t.Errorf("%q became %q", said, got)
		}
		for _, r := range got {
			if unicode.IsControl(r) || backend.IsBidiControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' ' {
				t.Errorf("%q became %q, with %U", said, got, r)
			}
		}
	})
}

// FuzzCheck: no address that may be saved is one of this machine or its network.
func FuzzCheck(f *testing.F) {
	for _, host := range hostile {
		f.Add("https://" + host + "/")
	}
	for _, seed := range []string{"https://hooks.example.com/", "https://[::ffff:1.2.3.4%25a]:443", "https://a@b@c", "https:////", "https://%31", "https://8.8.8.8:08443/"} {
		f.Add(seed)
	}
	guard := NewGuard(Reach{})
	f.Fuzz(func(t *testing.T, raw string) {
		if guard.Check(raw) != nil {
			return
		}
		u, err := url.Parse(raw)
		if err != nil || u.Scheme != "https" || u.User != nil {
			t.Fatalf("%q may be saved", raw)
		}
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			host = u.Hostname()
		}
		addr, err := netip.ParseAddr(strings.Trim(host, "[]."))
		if err == nil && (!addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Is4In6()) || !strings.ContainsAny(host, ".:") {
			t.Errorf("%q may be saved, and is %s", raw, host)
		}
	})
}

// A secret that gets into a log, an error or JSON by accident does not show.
func TestASecretDoesNotShow(t *testing.T) {
	c := Config{Email: &Email{Password: "s3cret"}, SMS: &SMS{Secret: "s3cret"}}
	asJSON, err := json.Marshal(c)
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

func TestACodeIsStruckOutHoweverItIsBroken(t *testing.T) {
	for _, text := range []string{"spam: 09770=\r\n8 is your code", "0-9-7-7-0-8", "097 708", "<b>097</b>708", "0977&#8203;08 097708"} {
		if got := words(text, "097708"); strings.Contains(strings.Map(func(r rune) rune {
			if r < '0' || r > '9' {
				return -1
			}
			return r
		}, got), "097708") {
			t.Errorf("%q became %q", text, got)
		}
	}
	if got := words("550 5.1.1 order 12 of 345678", "097708"); got != "550 5.1.1 order 12 of 345678" {
		t.Errorf("other numbers became %q", got)
	}
}

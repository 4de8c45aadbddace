package delivery

import (
	"net/netip"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/idna"

	"github.com/account-settings/pinghome/backend"
)

// TestCheckWebhookAddresses checks the sentences for the person: "" for an address that
// is accepted, else a part of the sentence, with a strict and an open configuration.
func TestCheckWebhookAddresses(t *testing.T) {
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
		{"http://hooks.example.com/", "https://", ""}, // its address is checked when a connection is made
		{"http://8.8.8.8/", "https://", "plain http"},
		{"https://me:pw@hooks.example.com/", "user name", "user name"},
		{"https://hooks.example.com:22/", "Port 22", ""}, // its address may be an allowed one, where any port is right
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
		{"https://127.0.0.1./", "not public", ""},
		{"https://foo.localhost/", "not public", ""}, // nothing asks the DNS for it
		{"https://LOCALHOST./", "not public", ""},
		{"https://under_score.example.com/", "", ""},
		{"https://hooks example.com/", "whole web address", "whole web address"},
		{"https://☃️..example.com/", "not a name", "not a name"},
		{"https://a..example.com/", "not a name", "not a name"},
	} {
		for want, r := range map[*string]*Router{&test.strict: strict, &test.open: open} {
			switch err := r.Check(backend.TypeWebhook, test.url); {
			case *want == "" && err != nil:
				t.Errorf("%s: %v", test.url, err)
			case *want != "" && (err == nil || !strings.Contains(err.Error(), *want)):
				t.Errorf("%s: %v, want %q in it", test.url, err, *want)
			}
		}
	}
}

// FuzzGuardCheck: Check accepts no address of this machine or its network.
func FuzzGuardCheck(f *testing.F) {
	for _, host := range internalHosts {
		f.Add("https://" + host + "/")
	}
	for _, seed := range []string{"https://hooks.example.com/", "https://[::ffff:1.2.3.4%25a]:443", "https://a@b@c", "https:////", "https://%31", "https://8.8.8.8:08443/"} {
		f.Add(seed)
	}
	guard := NewGuard(Policy{})
	f.Fuzz(func(t *testing.T, raw string) {
		if guard.Check(raw) != nil {
			return
		}
		u, err := url.Parse(raw)
		if err != nil || u.Scheme != "https" || u.User != nil {
			t.Fatalf("Check accepts %q", raw)
		}
		host, err := idna.Lookup.ToASCII(u.Hostname())
		if err != nil {
			host = u.Hostname()
		}
		addr, err := netip.ParseAddr(strings.Trim(host, "[]."))
		if err == nil && (!addr.IsGlobalUnicast() || addr.IsPrivate() || addr.Is4In6()) || !strings.ContainsAny(host, ".:") {
			t.Errorf("Check accepts %q, which is %s", raw, host)
		}
	})
}

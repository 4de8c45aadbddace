package backend

import (
	"strings"
	"testing"

	"golang.org/x/net/idna"
)

// TestCleanHost: the names and addresses of the cases are those of RFC 6761 (localhost),
// RFC 5952 (IPv6), UTS 46, and WHATWG URL (numbers that are read as IPv4).
func TestCleanHost(t *testing.T) {
	long := strings.Repeat("a", 63)
	checkCleaner(t, CleanHost, []cleaned{
		{"Hooks.Example.COM", "hooks.example.com", ""},
		{" hooks.example.com.\u200b", "hooks.example.com", ""},
		{"bücher.example", "xn--bcher-kva.example", ""},
		{"BÜCHER。example", "xn--bcher-kva.example", ""},
		{"bu\u0308cher.example", "xn--bcher-kva.example", ""},
		{"straße.example", "xn--strae-oqa.example", ""}, // not transitional
		{"r3---sn-4g5e.googlevideo.com", "r3---sn-4g5e.googlevideo.com", ""},
		{"ab--cd.bücher.example", "ab--cd.xn--bcher-kva.example", ""},
		{"my_host.example", "my_host.example", ""},
		{"printer", "printer", ""},
		{"LOCALHOST", "localhost", ""},
		{"localhost.", "localhost", ""},
		{"192.0.2.1", "192.0.2.1", ""},
		{"192.0.2.1.", "192.0.2.1", ""},
		{"１９２.0.2.1", "192.0.2.1", ""},
		{"2001:DB8:0:0:0:0:0:1", "2001:db8::1", ""},
		{"[2001:db8::0.0.0.1]", "2001:db8::1", ""},
		{"[::ffff:192.0.2.1]", "192.0.2.1", ""},
		{long + "." + long + "." + long + "." + strings.Repeat("a", 61), long + "." + long + "." + long + "." + strings.Repeat("a", 61), ""},
		{"", "", "not a name"}, {".", "", "not a name"}, {"a..example", "", "not a name"}, {".example", "", "not a name"}, {"example..", "", "not a name"},
		{"a b.example", "", "not a name"}, {"a!b.example", "", "not a name"}, {"a\u202eb.example", "", "not a name"}, {"xn--a.example", "", "not a name"},
		{"a/b", "", "not a name"}, {"a@b.example", "", "not a name"}, {"a%62.example", "", "not a name"}, {"\xff.example", "", "not a name"},
		{long + "a.example", "", "63"}, {strings.Repeat("ü", 60) + ".example", "", "not a name"},
		{long + "." + long + "." + long + "." + strings.Repeat("a", 62), "", "253"},
		{"127.1", "", "four plain"}, {"2130706433", "", "four plain"}, {"0x7f.1", "", "four plain"}, {"0x7f000001", "", "four plain"}, {"0177.0.0.1", "", "four plain"},
		{"a.0X1f", "", "four plain"}, {"256.1.1.1", "", "four plain"}, {"1.2.3.4.5", "", "four plain"}, {"①②⑦.1", "", "four plain"},
		{"[fe80::1%eth0]", "", "Leave out the %"}, {"fe80::1%25eth0", "", "Leave out the %"},
		{"[192.0.2.1]", "", "not an IPv6"}, {"[2001:db8::1", "", "not an IPv6"}, {"2001::db8::1", "", "not an IPv6"}, {"example.org:80", "", "not an IPv6"},
	})
}

// TestIsThisMachine: names below localhost are asked for in the DNS by Go's resolver and
// by glibc's, so plain HTTP may not go there.
func TestIsThisMachine(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "localhost.": true, "LocalHost.": true, "ｌocalhost": true,
		"127.0.0.1": true, "127.8.9.10": true, "127.0.0.1.": true, "::1": true, "[::1]": true, "0:0:0:0:0:0:0:1": true, "::ffff:127.0.0.1": true, "[::ffff:7f00:1]": true,
		"": false, "0.0.0.0": false, "::": false, "192.168.0.1": false, "localhost.example.org": false, "example.org": false,
		"foo.localhost": false, "localhost..": false, ".localhost": false, "::1%lo": false,
		"127.1": false, "0x7f.1": false, "0177.0.0.1": false, "2130706433": false, "localhost:80": false, "127.0.0.1:80": false,
	} {
		if got := IsThisMachine(host); got != want {
			t.Errorf("IsThisMachine(%q) = %v", host, got)
		}
	}
}

// FuzzCleanHost: what is accepted is accepted again, unchanged, and stands in a URL.
func FuzzCleanHost(f *testing.F) {
	for _, s := range []string{"LOCALHOST.", "bücher。example", "xn--bcher-kva", "[::ffff:1.2.3.4]", "0x7f.1", "①.example", "fe80::1%a", "ab--cd.ß", "a\u00adb.c", "xn--ls8h.la"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		clean, err := CleanHost(s)
		if err != nil {
			return
		}
		if again, err := CleanHost(clean); again != clean || err != nil {
			t.Errorf("%q is %q, and that is %q, %v", s, clean, again, err)
		}
		if got, err := cleanURL("https://"+HostInURL(clean), false); got != "https://"+HostInURL(clean)+"/" || err != nil {
			t.Errorf("%q in a URL is %q, %v", clean, got, err)
		}
	})
}

// TestTablesOfUnicodeAreKnown: with others, names may map to other ones than before, and what is
// kept needs a migration (as 0014 is) before they are used.
func TestTablesOfUnicodeAreKnown(t *testing.T) {
	if idna.UnicodeVersion != "15.0.0" {
		t.Errorf("the tables of idna are those of Unicode %s", idna.UnicodeVersion)
	}
}

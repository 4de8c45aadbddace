package backend

import (
	"strings"
	"testing"
)

// readableEmails: what people are shown of domains. The names are those of the tests of
// browsers (Chromium's idn_spoof_checker_unittest.cc, Firefox's test_idn_urls.js), and
// RFC 3492, 7.1.
var readableEmails = []struct{ typed, want string }{
	{"ada@example.org", "ada@example.org"},
	{"Zoë@xn--bcher-kva.example", "Zoë@bücher.example"},
	{"ada@straße.example", "ada@straße.example"},
	{"ada@cuillère.example", "ada@cuillère.example"},
	{"ada@çankırı.example", "ada@xn--ankr-zoa16bb.example"}, // ı looks like i
	{"ada@łódź.pl", "ada@łódź.pl"},
	{"ada@việtnam.example", "ada@việtnam.example"},
	{"ada@пример.example", "ada@пример.example"},
	{"ada@почта.рф", "ada@почта.рф"},
	{"ada@ελλάδα.example", "ada@ελλάδα.example"},
	{"ada@北京大學.example", "ada@北京大學.example"},
	{"ada@朝日あさひ.example", "ada@朝日あさひ.example"},
	{"ada@コーヒー.example", "ada@コーヒー.example"},
	{"ada@전자정부.example", "ada@전자정부.example"},
	{"ada@मराठी.example", "ada@मराठी.example"},
	{"ada@مثال.إختبار", "ada@مثال.إختبار"},
	{"ada@1号.example", "ada@1号.example"},
	// Homographs: scripts that are mixed in one label, and labels of doubles alone.
	{"ada@pаypal.example", "ada@xn--pypal-4ve.example"},  // with a Cyrillic а (The Shmoo Group, 2005)
	{"ada@аррӏе.example", "ada@xn--80ak6aa92e.example"},  // all of it Cyrillic (Xudong Zheng, 2017)
	{"ada@аррӏе.рф", "ada@аррӏе.рф"},                     // as its top-level domain
	{"ada@ѕех.example", "ada@xn--e1a6a7b.example"},       // Cyrillic
	{"ada@ηοτ.example", "ada@xn--sxaqp.example"},         // Greek
	{"ada@spaceὀ.example", "ada@xn--space-wt2b.example"}, // Latin and Greek
	{"ada@hello中国.example", "ada@xn--hello-9n1hm04c.example"},
	{"ada@☃.example", "ada@xn--n3h.example"},
	{"ada@i❤.example", "ada@xn--i-7iq.example"},
	{"ada@col·lecció.example", "ada@xn--collecci-ioa91d.example"},
	{"ada@ᏣᎳᎩ.example", "ada@xn--f9dt7l.example"}, // Cherokee, hardly in use
	{"ada@३४.example", "ada@xn--g4bc.example"},    // digits alone
	{"ada@نامه\u200cای.example", "ada@xn--mgba3gch31f060k.example"},
	{"ada@bücher.pаypal.example", "ada@bücher.xn--pypal-4ve.example"}, // each label for itself
}

func TestReadableEmail(t *testing.T) {
	for _, c := range readableEmails {
		clean, err := CleanEmail(c.typed)
		if err != nil || !IsASCII(clean[strings.LastIndexByte(clean, '@'):]) {
			t.Errorf("%s is kept as %s, %v", c.typed, clean, err)
			continue
		}
		readable := ReadableEmail(clean)
		if readable != c.want {
			t.Errorf("%s is kept as %s and shown as %s, want %s", c.typed, clean, readable, c.want)
		}
		if of := ReadableEmail(c.typed); of != readable {
			t.Errorf("%s is shown as %s, and as it is kept, as %s", c.typed, of, readable)
		}
		if again, err := CleanEmail(readable); again != clean || err != nil {
			t.Errorf("%s is kept as %s, and %s as %s, %v", c.typed, clean, readable, again, err)
		}
	}
	for _, s := range []string{"", "no address", "ada@", "ada@xn--a.example", "ada@\xff"} { // what was kept before and is refused now is shown as it is
		if got := ReadableEmail(s); got != s {
			t.Errorf("%q is shown as %q", s, got)
		}
	}
}

func TestReadableValue(t *testing.T) {
	for _, c := range []struct {
		kind        ChannelType
		value, want string
	}{
		{TypeEmail, "ada@xn--bcher-kva.example", "ada@bücher.example"},
		{TypeSMS, "+994551234567", "+994 55 123 45 67"},
		{TypeWebhook, "https://xn--bcher-kva.example:8443/xn--bcher-kva?q=%C3%BC", "https://bücher.example:8443/xn--bcher-kva?q=%C3%BC"},
		{TypePush, "https://xn--80ak6aa92e.example/a", "https://xn--80ak6aa92e.example/a"},
		{TypePush, "https://[2001:db8::1]/a", "https://[2001:db8::1]/a"},
		{TypeWebhook, "https://127.0.0.1/a", "https://127.0.0.1/a"},
		{TypeWebhook, "no address", "no address"},
		{"pigeon", "xn--bcher-kva.example", "xn--bcher-kva.example"},
	} {
		if got := ReadableValue(c.kind, c.value); got != c.want {
			t.Errorf("%s is shown as %s, want %s", c.value, got, c.want)
		}
	}
}

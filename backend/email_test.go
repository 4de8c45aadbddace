package backend

import (
	"strings"
	"testing"
)

// typedEmails are addresses as people type them.
var typedEmails = []cleaned{
	{"  John.Smith@Ping-Home.ORG ", "John.Smith@ping-home.org", ""},
	{"pinghome+tag@gmail.com", "pinghome+tag@gmail.com", ""},
	{"o'brien@example.org", "o'brien@example.org", ""},
	{"zoë@bücher.example", "zoë@xn--bcher-kva.example", ""},
	{"Zoë@BÜCHER.example", "Zoë@xn--bcher-kva.example", ""},
	{"zoe@XN--Bcher-kva.example", "zoe@xn--bcher-kva.example", ""},
	{"ada@ｅxample。org", "ada@example.org", ""},
	{"ada@straße.example", "ada@xn--strae-oqa.example", ""},
	{"zoe\u0308@bu\u0308cher.example", "zoë@xn--bcher-kva.example", ""},
	{"pinghome.tag@gmail.com", "pinghome.tag@gmail.com", ""},
	{"ada@r3---sn.example", "ada@r3---sn.example", ""},
	{"ada@i❤.example", "ada@xn--i-7iq.example", ""},
	{"ada@xn--i-7iq.example", "ada@xn--i-7iq.example", ""},
	{"ada@نامه\u200cای.example", "ada@xn--mgba3gch31f060k.example", ""}, // RFC 5892, A.1: a joiner has a place in Persian
	{"john@example.org.", "", "not a domain, such as example.org: leave out the dot"},
	{"john@127.0.0.1", "", "not a domain, such as example.org: it ends in a number"}, // RFC 3696, 2
	{"john@example.1", "", "ends in a number"},
	{"john@example.0x7f", "", "ends in a number"},
	{"john@example.①", "", "ends in a number"},
	{"john@[127.0.0.1]", "", "it is an IP address"},
	{"john@[IPv6:2001:db8::1]", "", "it is an IP address"},
	{"john@2001:db8::1", "", "it is an IP address"},
	{"\xffada@example.org", "", "a part of it cannot be read"},
	{"ada@ex\xffample.org", "", "a part of it cannot be read"},
	{"\ufffdada@example.org", "", "a part of it cannot be read"},
	{"x@FA\u1e9e.de", "x@xn--fa-hia.de", ""}, // as x@faß.de: UTS 46 since Unicode 15.1
	{"x@faß.de", "x@xn--fa-hia.de", ""},
	{"x@example.org'", "", `A domain cannot have "'" in it.`},
	{"john@" + strings.Repeat("a", 64) + ".example", "", "longer than 63"}, // RFC 1035, 2.3.4
	{"john@" + strings.Repeat("a.", 124) + "example", "", "longer than 253"},
	{"john@.example", "", "not a domain"},
	{"john@.", "", "not a domain"},
	{"john@example.-org", "", "not a domain"},
	{"john@exam\u200cple.org", "", "not a domain"},
	{"john@“example”.org", "", "cannot have"},
	{"john@€.example", "", "cannot have"},
	{"john@xn--lzg.example", "", "cannot have"}, // € in another spelling
	{"john@xn--a.example", "", "not a domain"},
	{"john@xn--xn--i-7iq.example", "", "not a domain"}, // UTS 46, 4.1: an A-label in an A-label
	{"john@ex\u00adample.org", "", "does not look like"},
	{"john@" + strings.Repeat("ü", 60) + ".example", "", "not a domain"},
	{"", "", "Type an email"},
	{"john", "", "name before the @"},
	{"@example.org", "", "name before the @"},
	{"john@localhost", "", "needs a dot"},
	{"john@example..org", "", "not a domain"},
	{"john@-example.org", "", "not a domain"},
	{"john@exa_mple.org", "", "cannot have"},
	{"john smith@example.org", "", "one plain address"},
	{"a@example.org,b@example.org", "", "one plain address"},
	{"zoe@@example.org", "", "has one @; this has 2"},
	{"a\r\nBcc: b@example.org", "", "one plain address"},
	{".john@example.org", "", "does not look like"},
	{"jo\u202ehn@example.org", "", "does not look like an email address, such as name@example.org: remove the invisible character U+202E"},
	{"jo\u200bhn@example.org", "", "U+200B"},
	{strings.Repeat("x", 250) + "@example.org", "", "at most 254"},
}

func TestCleanEmail(t *testing.T) { checkCleaner(t, CleanEmail, typedEmails) }

// TestCleanEmailOfWhatIsPasted: from links, from the lines of mail programs, from lists,
// and from keyboards that type full width.
func TestCleanEmailOfWhatIsPasted(t *testing.T) {
	const ada = "ada@example.org"
	checkCleaner(t, CleanEmail, []cleaned{
		{"mailto:ada@example.org", ada, ""}, // RFC 6068
		{"MAILTO:Ada@EXAMPLE.org?subject=Hello%20there", "Ada@example.org", ""},
		{"mailto:ada%2Bnews@example.org", "ada+news@example.org", ""},
		{"mailto://ada@example.org?subject=Hello", ada, ""}, // which browsers open, too
		{"‘ada’@example.org", "", "cannot have the quotation mark ‘"},
		{"“ada@example.org”", "", "cannot have the quotation mark “"},
		{"«ada»@example.org", "", "cannot have the quotation mark «"},
		{"o’brien@example.org", "", "or type ' instead"},
		{"o'brien@example.org", "o'brien@example.org", ""},
		{"<mailto:ada@example.org>", ada, ""},
		{"<ada@example.org>", ada, ""}, // RFC 5322, 3.4
		{"Ada <ada@example.org>", ada, ""},
		{"\"Byron, Ada\" <ada@example.org>", ada, ""},
		{"Byron, Ada (London) <ada@example.org>; ", ada, ""}, // as Outlook copies it
		{"ada@example.org <ada@example.org>", ada, ""},
		{"'Ada@Example.org' <ada@example.org>", ada, ""},
		{"ada@example.org,", ada, ""},
		{"\u2068ada@example.org\u2069", ada, ""},
		{"\ufeff\u00a0ada@example.org\u200b\u200e\r\n", ada, ""},
		{"ａｄａ＠ｅｘａｍｐｌｅ．ｏｒｇ", ada, ""},
		{"ada＠example。org", ada, ""},
		{"ada\ufe6bexample.org", ada, ""},
		{"　ada@example｡org", ada, ""},
		{"\"ada\"@example.org", ada, ""}, // RFC 5321, 4.1.2: the quotes say nothing
		{"\"ada byron\"@example.org", "", "one plain address"},
		{"\"ada@byron\"@example.org", "", "one plain address"},
		{"\"\"@example.org", "", "one plain address"},
		{"bob@example.org <ada@example.org>", "", "two addresses"},
		{"<ada@example.org>, <bob@example.org>", "", "one plain address"},
		{"Ada <ada@example.org> x", "", "one plain address"},
		{"Ada <ada@example.org", "", "one plain address"},
		{"mailto:ada@example.org,bob@example.org", "", "one plain address"},
		{"mailto:ada%0d%0abcc:bob@example.org", "", "one plain address"},
		{"mailto:", "", "Type an email"},
		{"<>", "", "Type an email"},
		{"Ada <>", "", "Type an email"},
		{"ada@example.org@", "", "has one @"},
		{strings.Repeat("x", 3000), "", "at most 254"},
	})
}

// FuzzEmail: what is accepted is kept, and accepted again without a change, as what people
// are shown of it is; and all of these are the same mailbox.
func FuzzEmail(f *testing.F) {
	for _, s := range []string{"Zoë@BÜCHER.example", "ada@xn--80ak6aa92e.example", "mailto:a%40b@c.d", "Ada <ada@example.org>", "ａ＠ｅ。ｏ", "\"a\"@b.c", "﹤a@b.c﹥",
		"ﬃſ@ß.example", "a@نامه\u200cای.example", "a@xn--i-7iq.ws", "a@١.example", "<a@b.c> <a@b.c>", "a@b.c,;", "\u00b5@\u00b5.example", "a@xn--e1afmkfd.xn--p1ai", "\xc7@Ӏ", "a[@b.c\x8a︒", "{@xn--xn--i-7iq.w"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		form := CanonicalValue(TypeEmail, s)
		if again := CanonicalValue(TypeEmail, form); again != form {
			t.Errorf("%q is compared as %q, and that as %q", s, form, again)
		}
		if folded := FoldEmail(s); FoldEmail(folded) != folded {
			t.Errorf("%q is folded to %q, and that to %q", s, folded, FoldEmail(folded))
		}
		kept, err := CleanEmail(s)
		if err != nil {
			return
		}
		if domain := kept[strings.LastIndexByte(kept, '@'):]; !IsASCII(domain) || domain != strings.ToLower(domain) {
			t.Errorf("%q is kept with the domain %q", s, domain)
		}
		for _, spelling := range []string{kept, ReadableEmail(kept), UnicodeEmail(kept)} {
			if again, err := CleanEmail(spelling); again != kept || err != nil {
				t.Errorf("%q is kept as %q, and %q as %q, %v", s, kept, spelling, again, err)
			}
			if FoldEmail(spelling) != FoldEmail(kept) || CanonicalValue(TypeEmail, spelling) != form {
				t.Errorf("%q and %q are two mailboxes", s, spelling)
			}
		}
	})
}

// FuzzWebAddress: the same of URLs.
func FuzzWebAddress(f *testing.F) {
	for _, s := range []string{"https://h/%2e/..//%7e?%zz%7e#x", "<https://[::FFFF:1.2.3.4]:443>", "https://ß.example.?ü", "https://xn--80ak6aa92e.example/", "https://bücher.example/bücher.example",
		"https://0x7f.1", "https://a@b", "https://h?%c3%BC%", "https://xn--https-.example", "https://[fe80::1%25a]/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		kept, err := CleanValue(TypeWebhook, s, true)
		if err != nil {
			return
		}
		form := CanonicalValue(TypeWebhook, s)
		for _, spelling := range []string{kept, ReadableValue(TypeWebhook, kept)} {
			if again, err := CleanValue(TypeWebhook, spelling, true); again != kept || err != nil {
				t.Errorf("%q is kept as %q, and %q as %q, %v", s, kept, spelling, again, err)
			}
			if of := CanonicalValue(TypeWebhook, spelling); of != form {
				t.Errorf("%q is compared as %q, and %q as %q", s, form, spelling, of)
			}
		}
		if again := CanonicalValue(TypeWebhook, form); again != form {
			t.Errorf("%q is compared as %q, and that as %q", s, form, again)
		}
	})
}

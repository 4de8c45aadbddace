package backend

import "testing"

// checkSpellings takes lists of texts: those of one list are the same, others are not.
func checkSpellings(t *testing.T, canonical func(string) string, same [][]string) {
	t.Helper()
	of := map[string]int{}
	for i, spellings := range same {
		for _, s := range spellings {
			form := canonical(s)
			if first := canonical(spellings[0]); form != first {
				t.Errorf("%q is %q, and %q is %q", spellings[0], first, s, form)
			}
			if again := canonical(form); again != form {
				t.Errorf("%q is %q, which is %q", s, form, again)
			}
			if other, isThere := of[form]; isThere && other != i {
				t.Errorf("%q is the same as %q: %q", s, same[other][0], form)
			}
			of[form] = i
		}
	}
}

func TestOneMailboxHasOneForm(t *testing.T) {
	checkSpellings(t, FoldEmail, [][]string{
		{"ada@example.org", "ADA@Example.ORG", "ada@ｅｘａｍｐｌｅ.org", "ada@example。org", "ａｄａ@example.org", "ada@example.org.", "ada@ex\u00adample.org"},
		{"a@bücher.example", "A@BÜCHER.example", "a@xn--bcher-kva.example", "a@XN--BCHER-KVA.Example", "a@bu\u0308cher.example", "a@ｂücher.example"},
		{"a@straße.example", "a@xn--strae-oqa.example"}, // not transitional: ß is no ss
		{"a@strasse.example"},
		{"straße@example.org", "STRASSE@example.org", "STRAẞE@example.org"},
		{"ζωής@example.org", "ΖΩΉΣ@example.org"},
		{"zoë@example.org", "zoe\u0308@EXAMPLE.org", "ZOË@example.org"},
		{"ada+b@example.org"},
		{"a.da@example.org"},
		{"a\"@b\"@example.org"},
		{"no email", "NO Email"},
	})
}

func TestOneAddressOfTheWebHasOneForm(t *testing.T) {
	canonical := func(s string) string { return CanonicalValue(TypeWebhook, s) }
	checkSpellings(t, canonical, [][]string{
		{"https://h.example/", "https://h.example", "HTTPS://H.EXAMPLE:443", "https://h.example.:443/#top", "https://ｈ.example/", "https://h.example:0443/", "https://h.example/a/..", "https://h.example:/"},
		{"https://h.example/a", "https://h.example/%61", "https://h.example/a#x", "https://h.example/./a", "https://h.example/b/%2e%2E/a", "https://h.example/../a"},
		{"https://h.example/a/", "https://h.example/a/.", "https://h.example/a/b/.."},
		{"https://h.example//a"},
		{"https://h.example/a?"},
		{"https://h.example/a?q=%7E/x", "https://h.example/a?q=~/x"},
		{"https://h.example/a?q=%2F"},
		{"https://h.example/a%2Fb", "https://h.example/a%2fb"},
		{"https://h.example/%C3%BC?%C3%A4", "https://h.example/ü?ä", "https://h.example/%c3%bc?%c3%a4"},
		{"https://h.example/~a", "https://h.example/%7Ea", "https://h.example/%7ea"},
		{"https://h.example/A", "https://h.example/%41"},
		{"https://h.example:8443/", "https://h.example:08443"},
		{"https://bücher.example/", "https://xn--bcher-kva.example", "https://BÜCHER.example.", "https://b%C3%BCcher.example/"},
		{"https://straße.example/"},
		{"https://strasse.example/"},
		{"https://my_host.example/"},
		{"https://[2001:db8::1]/", "https://[2001:DB8:0:0:0:0:0:1]:443", "https://[2001:db8::0.0.0.1]/"},
		{"https://[fe80::1%25eth0]/"}, // refused, and so its own form
		{"https://192.0.2.1/", "https://[::ffff:192.0.2.1]"},
		{"https://127.0.0.1/", "https://１２７.0.0.1"},
		{"http://h.example/", "http://h.example:80"},
		{"https://h.example:80/"},
		{"not an address"},
		{"NOT an address"},
	})
}

func FuzzCanonicalValue(f *testing.F) {
	for _, s := range []string{"ada@ｅｘample。org", "a@xn--bcher-kva.example", "ΐ@b.c", "ﬃſ@b.c", "https://h/%2e/..//%7e?%zz#x", "https://[::FFFF:1.2.3.4]:443", "https://ß.example."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, kind := range ChannelTypes {
			form := CanonicalValue(kind, s)
			if again := CanonicalValue(kind, form); again != form {
				t.Errorf("%s %q is %q, which is %q", kind, s, form, again)
			}
			clean, err := CleanValue(kind, s, true)
			if err != nil {
				continue
			}
			if again, err := CleanValue(kind, clean, true); again != clean || err != nil {
				t.Errorf("%s %q is cleaned to %q, and that to %q, %v", kind, s, clean, again, err)
			}
			if of := CanonicalValue(kind, clean); of != form {
				t.Errorf("%s %q is %q, and cleaned %q is %q", kind, s, form, clean, of)
			}
		}
	})
}

package backendtest

import (
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

var spellingPromises = []promise{
	{"a username is the same in every spelling", func(v *visit) {
		_, a := v.newcomer("Ada@Bücher.example", backend.PlanTeam)
		v.check(a.Email == "Ada@xn--bcher-kva.example", "%q is kept", a.Email)
		for _, email := range []string{"Ada@bücher.example", "Ada Byron <ada@bücher.example>", "mailto:ada@bücher.example", "ada＠bücher。example", "ada\ufe6bbücher.example", "\u2068ada@bücher.example\u2069",
			"ada@xn--bcher-kva.example", "ADA@BÜCHER.example", "ａda@bu\u0308cher.example", "ada@XN--BCHER-KVA.example"} {
			_, opened, err := v.Accounts.Open(v.ctx, email)
			v.ok(err)
			v.check(opened.ID == a.ID, "%s opens %s", email, opened.Email)
			_, err = v.Accounts.Create(v.ctx, backend.NewAccount{Name: "Ada", Surname: "Byron", Email: email})
			v.refused(err, backend.CodeEmailTaken)
			_, err = v.ChangeUsername(v.ctx, email)
			v.refused(err, backend.CodeEmailTaken)
		}
		v.Backend, _, _ = v.Accounts.Open(v.ctx, a.ID)
		_, err := v.ChangeUsername(v.ctx, "ada@xn--bcher-kva.example")
		v.refused(err, backend.CodeEmailUnchanged)
		_, istanbul := v.newcomer("İST@example.org", backend.PlanTeam)
		_, opened, err := v.Accounts.Open(v.ctx, "İst@example.org")
		v.ok(err)
		v.check(opened.ID == istanbul.ID, "opened %s", opened.Email)
		v.newcomer("straße@example.org", backend.PlanTeam)
		_, err = v.ChangeUsername(v.ctx, "STRASSE@example.org")
		v.refused(err, backend.CodeEmailTaken)
	}},
	{"a list and its pages find the same accounts, by each spelling of an email", func(v *visit) {
		_, a := v.newcomer("Ada@Bücher.example", backend.PlanTeam)
		for _, match := range []string{"xn--bcher", "XN--BCHER-KVA.example", "bücher", "BÜCHER", "bu\u0308cher", "ada@", "ADA@xn--bcher-kva", "@bücher", "ada\ufe6bbücher", "smith ada"} {
			list, err := v.Accounts.List(v.ctx, match, 9)
			v.ok(err)
			v.check(len(list) == 1 && list[0].ID == a.ID, "the list for %q: %+v", match, list)
			for _, sort := range backend.AccountSorts {
				page, err := v.Accounts.Page(v.ctx, backend.AccountQuery{Match: match, Sort: sort, Limit: 9})
				v.ok(err)
				v.check(page.Total == 1 && len(page.Accounts) == 1 && page.Accounts[0].ID == a.ID, "the page for %q by %s: %+v", match, sort, page)
			}
		}
	}},
	{"another spelling of a value is a duplicate", func(v *visit) {
		for kind, spellings := range map[backend.ChannelType][]string{
			backend.TypeEmail:   {"A@bücher.example", "a@xn--bcher-kva.example", "a@ｂücher.example", "A@BÜCHER.EXAMPLE"},
			backend.TypeWebhook: {"https://h.example/~a", "https://h.example:443/%7Ea", "https://H.example./%7ea#top", "https://ｈ.example/b/../~a"},
			backend.TypePush:    {"https://[2001:db8::1]", "https://[2001:DB8:0::1]:443/", "https://[2001:db8::0:1]/#x"},
		} {
			c := v.pending(kind, spellings[0])
			for _, spelling := range spellings[1:] {
				_, err := v.CreateChannel(v.ctx, kind, spelling, "")
				v.refused(err, backend.CodeDuplicateChannel)
			}
			_, err := v.DeleteChannels(v.ctx, []int{c.Priority})
			v.ok(err)
			for _, spelling := range spellings {
				_, err := v.CreateChannel(v.ctx, kind, spelling, "")
				v.refused(err, backend.CodeRateLimited) // the wait for the next code is that of the first
			}
		}
	}},
	{"what is not the same is no duplicate", func(v *visit) {
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		for _, value := range []string{"https://h.example/a", "https://h.example/a/", "https://h.example/A", "https://h.example/a?b", "https://h.example:8443/a", "https://h.example/a%2Fb", "https://h.example/a/b"} {
			v.pending(backend.TypeWebhook, value)
		}
		v.pending(backend.TypeEmail, "a@straße.example")
		v.pending(backend.TypeEmail, "a@strasse.example")
	}},
	{"a URL is kept in its normal form, and another spelling of it changes nothing", func(v *visit) {
		c := v.proven(backend.TypeWebhook, "https://BÜCHER.example:443/%7ea/../b?q=%2f#top")
		v.check(c.Value == "https://xn--bcher-kva.example/b?q=%2f", "%q", c.Value) // some receivers compare the query byte by byte
		u, err := v.UpdateChannel(v.ctx, c.Priority, "https://bücher.example/%62?q=%2F", nil)
		v.ok(err)
		v.check(!u.Changed && !u.CodeSent && u.Channel.Verified, "%+v", u)
	}},
	{"a URL that no message can go to is refused, with a sentence that says why", func(v *visit) {
		for value, why := range map[string]string{
			"https://127.1/":                                        "four plain", // WHATWG URL, "ends in a number checker"
			"https://0x7f.1/":                                       "four plain",
			"https://2130706433/":                                   "four plain",
			"https://[fe80::1%25eth0]/":                             "Leave out the %", // RFC 6874
			"https://xn--a.example/":                                "not a name",      // no punycode
			"https://hooks..example.com/":                           "not a name",
			"https://" + strings.Repeat("a", 64) + ".example/":      "63", // RFC 1035, 2.3.4
			"https://" + strings.Repeat("a.", 127) + "example/":     "253",
			"https://hooks.example.com/50%":                         "Write %25",
			"https://hooks.example.com/a\u202eb":                    "U+202E",
			"https://ada:secret@hooks.example.com/":                 "user name",
			"https://hooks.example.com:99999/":                      "1 to 65535",
			"https://hooks.example.com/" + strings.Repeat("ü", 900): "at most",
		} {
			_, err := v.CreateChannel(v.ctx, backend.TypeWebhook, value, "")
			e := v.refused(err, backend.CodeInvalid, "value")
			v.check(strings.Contains(e.Fields["value"][0], why), "%s: %v", value, e.Fields)
		}
	}},
	{"the query of a URL is encoded where it has to be, and else kept as it is", func(v *visit) {
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		for value, want := range map[string]string{
			"https://h.example/a?q=ü":             "https://h.example/a?q=%C3%BC", // RFC 3986, 3.4
			"https://h.example/b?q=%c3%bc&r=%7E":  "https://h.example/b?q=%c3%bc&r=%7E",
			"https://h.example/c?q=50%":           "https://h.example/c?q=50%25",
			"https://h.example/d?q=[a]|\"b\"":     "https://h.example/d?q=%5Ba%5D%7C%22b%22",
			"https://h.example/e?q=a+b/c?d:e@f;g": "https://h.example/e?q=a+b/c?d:e@f;g",
			"https://h.example/f?#top":            "https://h.example/f?",
		} {
			c := v.pending(backend.TypeWebhook, value)
			v.check(c.Value == want, "%s is kept as %s", value, c.Value)
			u, err := v.UpdateChannel(v.ctx, c.Priority, c.Value, nil)
			v.check(err == nil && !u.Changed || backend.ErrorCode(err) == backend.CodeRateLimited, "%s again: %+v, %v", c.Value, u, err)
		}
	}},
	{"an email is kept with its domain as A-labels, and another spelling of the name before it needs a code", func(v *visit) {
		c := v.proven(backend.TypeEmail, "ada@BÜCHER.example")
		v.check(c.Value == "ada@xn--bcher-kva.example", "%s is kept", c.Value)
		for _, spelling := range []string{"ada@bücher.example", "ada@XN--bcher-kva.example", "<ada@bücher。example>"} {
			u, err := v.UpdateChannel(v.ctx, c.Priority, spelling, nil)
			v.ok(err)
			v.check(!u.Changed && !u.CodeSent && u.Channel.Value == c.Value, "%s: %+v", spelling, u)
		}
		v.Advance(time.Minute)
		u, err := v.UpdateChannel(v.ctx, c.Priority, "Ada@bücher.example", nil)
		v.ok(err)
		v.check(u.Changed && u.CodeSent && u.Channel.Value == "Ada@xn--bcher-kva.example" && u.Channel.ActiveValue == c.Value, "%+v", u)
	}},
	{"an email that is pasted is the mailbox in it", func(v *visit) {
		v.Backend, _ = v.newcomer("big@example.org", backend.PlanBusiness)
		for typed, want := range map[string]string{
			"mailto:a1@example.org?subject=Hi":                      "a1@example.org", // RFC 6068
			"<a2@example.org>":                                      "a2@example.org", // RFC 5322, 3.4
			"\"Byron, Ada\" <A3@example.org>;":                      "A3@example.org", // as Outlook copies it
			"ａ４＠ｅｘａｍｐｌｅ．ｏｒｇ":                                        "a4@example.org",
			"\u200b\u00a0a5@example.org\ufeff":                      "a5@example.org",
			"\"a6\"@example.org":                                    "a6@example.org", // RFC 5321, 4.1.2
			"a7+news@example.org":                                   "a7+news@example.org",
			"a7@example.org":                                        "a7@example.org", // another mailbox
			"zoe\u0308@i\u2764.example":                             "zoë@xn--i-7iq.example",
			"a8@\u0646\u0627\u0645\u0647\u200c\u0627\u06cc.example": "a8@xn--mgba3gch31f060k.example",
		} {
			c := v.pending(backend.TypeEmail, typed)
			v.check(c.Value == want, "%q is kept as %q", typed, c.Value)
		}
	}},
	{"an email that is no mailbox is refused, with a sentence that says why", func(v *visit) {
		for value, why := range map[string]string{
			"ada@127.0.0.1":         "ends in a number", // RFC 3696, 2
			"ada@[127.0.0.1]":       "IP address",
			"ada@[IPv6:::1]":        "IP address",
			"ada@example.0x1f":      "ends in a number",
			"ada@localhost":         "needs a dot",
			"ada@example..org":      "not a domain",
			"ada@.example":          "not a domain",
			"ada@example.org.":      "leave out the dot",
			"ada@xn--a.example":     "not a domain",
			"ada@-example.org":      "not a domain",
			"ada@exam\u200cple.org": "not a domain",
			"ada@" + strings.Repeat("a", 64) + ".example":  "63",
			"ada@" + strings.Repeat("a.", 126) + "example": "253",
			"a\u202eda@example.org":                        "U+202E",
			"ada@“example”.org":                            "cannot have",
			"\"ada byron\"@example.org":                    "one plain address",
			"ada@example.org, bob@example.org":             "one plain address",
			"bob@example.org <ada@example.org>":            "two addresses",
		} {
			_, err := v.CreateChannel(v.ctx, backend.TypeEmail, value, "")
			e := v.refused(err, backend.CodeInvalid, "value")
			v.check(strings.Contains(e.Fields["value"][0], why), "%q: %v", value, e.Fields)
			_, err = v.ChangeUsername(v.ctx, value)
			e = v.refused(err, backend.CodeInvalid, "email")
			v.check(strings.Contains(e.Fields["email"][0], why), "%q as a username: %v", value, e.Fields)
			_, err = v.Accounts.Create(v.ctx, backend.NewAccount{Name: "Ada", Surname: "Byron", Email: value})
			v.refused(err, backend.CodeInvalid, "email")
		}
	}},
	{"codes to an address are counted over all customers and all spellings", func(v *visit) {
		v.newcomer("victim@bücher.example", backend.PlanTeam)
		var one backend.Backend
		for n := range backend.MaxCodesAddressDay {
			one, _ = v.newcomer(fmt.Sprintf("n%d@example.org", n), backend.PlanTeam)
			_, err := one.CreateChannel(v.ctx, backend.TypeEmail, []string{"victim@bücher.example", "VICTIM@xn--bcher-kva.example"}[n%2], "")
			v.ok(err)
		}
		v.ok(one.DeleteAccount(v.ctx, "privacy")) // what it sent stays counted
		v.unchanged(func() {
			_, err := v.CreateChannel(v.ctx, backend.TypeEmail, "victim@bücher.example", "")
			e := v.refused(err, backend.CodeRateLimited)
			v.check(e.RetryAfter == 24*time.Hour, "after %v", e.RetryAfter)
			for _, word := range []string{"customer", "account", "other people", "someone", "were sent"} {
				v.check(!strings.Contains(e.Message, word), "%q tells of others", e.Message)
			}
			_, err = v.ChangeUsername(v.ctx, "victim@BÜCHER.example") // taken, and refused as a free one would be
			v.refused(err, backend.CodeRateLimited)
		})
		v.pending(backend.TypeEmail, "victim@example.org")
		v.Advance(24 * time.Hour)
		v.pending(backend.TypeEmail, "victim@bücher.example")
	}},
}

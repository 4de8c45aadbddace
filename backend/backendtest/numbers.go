package backendtest

import (
	"strings"

	"github.com/account-settings/pinghome/backend"
)

var numberPromises = []promise{
	{"a number is kept in E.164, and every way to write it is the same", func(v *visit) {
		for number, spellings := range map[string][]string{
			"+442079460958": { // E.123 7.5 forbids the zero in brackets
				"+44 (0)20 7946 0958", "0044 (0) 20 7946 0958", "+44[0]2079460958", "+44 020 7946 0958", "tel:+44-20-7946-0958", "+44\u00a020\u202f7946\u30000958", "＋４４（０）２０－７９４６－０９５８"},
			"+390669812345": {"+39 06 698 12345", "+39 (06) 69812345", "+39 (0)6 69812345"}, // in Italy the zero is part of the number
			"+12015550123":  {"\u202a+1 (201) 555\u20130123\u202c", "tel:+1-201-555-0123", "sms:+12015550123?body=x", "+00 1 201 555 0123", "\u200b+1−201−555−0123\u2060", "+1 201.555/0123"},
			"+971501234567": {"+٩٧١ ٥٠ ١٢٣ ٤٥٦٧", "٠٠٩٧١٥٠١٢٣٤٥٦٧", "+۹۷۱۵۰۱۲۳۴۵۶۷"},
		} {
			c := v.pending(backend.TypeSMS, spellings[0])
			v.check(c.Value == number, "%q is kept as %s", spellings[0], c.Value)
			for _, spelling := range append(spellings, number) {
				_, err := v.CreateChannel(v.ctx, backend.TypeSMS, spelling, "")
				v.refused(err, backend.CodeDuplicateChannel)
			}
			_, err := v.VerifyChannel(v.ctx, c.Priority, v.code(number))
			v.ok(err)
			u, err := v.UpdateChannel(v.ctx, c.Priority, spellings[0], nil)
			v.ok(err)
			v.check(!u.Changed && !u.CodeSent, "%q changes %s", spellings[0], number)
		}
	}},
	{"a number that cannot exist is refused with what is wrong", func(v *visit) {
		for number, sentence := range map[string]string{
			"+99455":                   "too short for +994",
			"+99455123456789":          "too long for +994",
			"+7 903 123 456 78":        "does not exist in +7",
			"+999 123 456 789":         "no country code +999",
			"+0994551234567":           "does not start with 0",
			"020 7946 0958":            "Start with + and the country code",
			"tel:+12015550123;ext=22":  "extension cannot be reached by SMS",
			"+1 201 555 0123 x22":      "extension cannot be reached by SMS",
			"+99455123456\x007":        "an invisible sign, U+0000",
			"+9945512345б":             "U+0431",
			"+12015550123+12015550124": "a second +",
		} {
			_, err := v.CreateChannel(v.ctx, backend.TypeSMS, number, "")
			e := v.refused(err, backend.CodeInvalid, "value")
			v.check(strings.Contains(strings.Join(e.Fields["value"], " "), sentence), "%q is refused with %q, want %q", number, e.Fields["value"], sentence)
		}
		v.pending(backend.TypeSMS, "+1 999 999 9999") // not in use, as far as is known, and possible
	}},
}

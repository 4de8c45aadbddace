package phone

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// typed are numbers as people type and copy them, with what they are, or with a part of the
// sentence that refuses them.
var typed = []struct{ text, want, refusal string }{
	{"+994551234567", "+994551234567", ""},
	{" +994 (55) 123-45-67 ", "+994551234567", ""},
	{"00994551234567", "+994551234567", ""},
	{"+1.202.555/0100", "+12025550100", ""},

	{"<tel:+1-202-555-0123>", "+12025550123", ""},
	{"smsto:+12025550123:hello", "+12025550123", ""},
	{"+12025550123,", "+12025550123", ""},
	{"+12025550123;", "+12025550123", ""},

	// Prefixes beside the usual one: Belarus writes 8 0, Lithuania has had 8.
	{"+375 8 029 491-19-11", "+375294911911", ""},
	{"+375 (8029) 491-19-11", "+375294911911", ""},
	{"+375 029 491 19 11", "+375294911911", ""},
	{"+375 29 491 19 11", "+375294911911", ""},
	{"+375 8 820 0100 123", "+37588200100123", ""}, // a whole number
	{"+370 8 612 34567", "+37061234567", ""},
	{"+370 (8) 612 34567", "+37061234567", ""},
	{"+370 0 612 34567", "+37061234567", ""},

	// A zero in brackets, which E.123 7.5 forbids and many write.
	{"+44 (0)20 7946 0958", "+442079460958", ""},
	{"+44(0)2079460958", "+442079460958", ""},
	{"+44 ( 0 ) 20 7946 0958", "+442079460958", ""},
	{"+44\u00a0[0]\u00a020 7946 0958", "+442079460958", ""},
	{"+44 {0} 20 7946 0958", "+442079460958", ""},
	{"＋４４（０）２０ ７９４６ ０９５８", "+442079460958", ""},
	{"+44 <0> 20 7946 0958", "+442079460958", ""},
	{"0044 (0)20 7946 0958", "+442079460958", ""},
	{"(+44) (0)20 7946 0958", "+442079460958", ""},
	{"+(44) ((0)) (20) 7946 0958", "+442079460958", ""},
	{"+44 (020) 7946 0958", "+442079460958", ""},
	{"+44 020 7946 0958", "+442079460958", ""},
	{"+49 (0) 30 123456", "+4930123456", ""},
	{"+49 030 123456", "+4930123456", ""},
	{"+7 8 903 123-45-67", "+79031234567", ""},
	{"+1 (1) 202 555 0100", "+12025550100", ""},
	{"+36 06 1 234 5678", "+3612345678", ""},
	{"+81 0 3 1234 5678", "+81312345678", ""}, // some toll-free numbers of Japan begin with 00

	// Where numbers begin with 0, it stays.
	{"+39 06 698 12345", "+390669812345", ""},
	{"+39 (06) 698 12345", "+390669812345", ""},
	{"+39 (0)6 698 12345", "+390669812345", ""},
	{"+39 (0)347 1234567", "+393471234567", ""},
	{"+39 (0)81 1234567", "+390811234567", ""},
	{"+225 (0)7 12 34 56 78", "+2250712345678", ""},
	{"+44 20 (0) 794 6095", "+442007946095", ""}, // it is not behind the country code

	// What is copied along, and digits of other scripts.
	{"\u202a+994 55 123\u201345\u201367\u202c", "+994551234567", ""},
	{"\u2066+994\u200b55\u2060123\ufeff4567\u2069", "+994551234567", ""},
	{"+994\u202f55\u2009123\u300045\t67\r\n", "+994551234567", ""},
	{"+994−55‐123‑45—67", "+994551234567", ""},
	{"+994ー55〜123～4567", "+994551234567", ""},
	{"+994・55·123．45／67", "+994551234567", ""},
	{"+٩٩٤ ٥٥ ١٢٣ ٤٥ ٦٧", "+994551234567", ""},
	{"+۹۹۴۵۵۱۲۳۴۵۶۷", "+994551234567", ""},
	{"＋９９４５５１２３４５６７", "+994551234567", ""},
	{"﹢९९४ ५५ १२३ ४५ ६७", "+994551234567", ""},
	{"𝟗𝟗𝟒 55 123 45 67", "", "Start with +"},
	{"+9\ufe0f\u20e39\ufe0f\u20e34551234567", "+994551234567", ""},

	// URIs: RFC 3966, RFC 5724 and their like.
	{"tel:+1-201-555-0123", "+12015550123", ""},
	{"TEL: +1 (201) 555-0123", "+12015550123", ""},
	{"Tel.: +1 201 555 0123", "+12015550123", ""},
	{"tel://+12015550123", "+12015550123", ""},
	{"tel:%2B1%20201%20555%200123", "+12015550123", ""},
	{"sms:+12015550123?body=hi%3B1", "+12015550123", ""},
	{"smsto:+12015550123", "+12015550123", ""},
	{"callto:0044(0)2079460958", "+442079460958", ""},
	{"tel:+12015550123;isub=12345", "+12015550123", ""},
	{"tel:20-7946-0958;phone-context=+44", "+442079460958", ""},
	{"tel:7042;phone-context=example.com", "", "Start with +"},
	{"tel:+1-201-555-0123;ext=22", "", `An extension cannot be reached by SMS; leave "ext=22" out.`},
	{"tel:+12015550123;EXT=22", "", `leave "ext=22" out`},
	{"tel:+12015550123;ext=", "+12015550123", ""},
	{"tel:+12015550123;22", "", `leave "22" out`},
	{"+1-201-555-0123 ext. 22", "", `leave "ext. 22" out`},
	{"+1 201 555 0123 x22", "", `leave "x22" out`},
	{"+1 201 555 0123#22", "", `leave "#22" out`},
	{"+1 201 555 0123,,22#", "", `leave ",,22#" out`},
	{"+7 903 123 45 67 доб. 5", "", `leave "доб. 5" out`},
	{"sms:+12015550123,+12015550124", "", `remove ","`},
	{"+12015550123 +12015550124", "", "a second +"},
	{"tel:", "", "Type a phone number"},

	// The country code.
	{"+00 44 20 7946 0958", "+442079460958", ""},
	{"++44 20 7946 0958", "+442079460958", ""},
	{"(0044) 20 7946 0958", "+442079460958", ""},
	{"", "", "Type a phone number"},
	{" + ", "", "Type a phone number"},
	{"994551234567", "", "Start with +"},
	{"055 123 45 67", "", "Start with +"},
	{"+0994551234567", "", "does not start with 0"},
	{"+000 994551234567", "", "does not start with 0"},
	{"+999 123 456 789", "", "no country code +999"},
	{"+21012345678", "", "no country code +210"},

	// What cannot exist.
	{"+9", "", "too short: 1 digit after the +, at least 7 are needed"},
	{"+99455", "", "too short for +994: 2 digits after it, and 9 are needed"},
	{"+99455123456789", "", "too long for +994: 11 digits after it, and 9 are needed"},
	{"+1234567", "", "too short for +1: 6 digits after it, and 10 are needed"},
	{"+1234567890123456", "", "too long for +1"},
	{"+7 903 123 456 78", "", "does not exist in +7: 11 digits after it, and 10 or 14 are possible"},
	{"+44 20 7946", "", "too short for +44: 6 digits after it, and 7, 9 or 10 are possible"},
	{"+4930123456789012", "", "too long for +49: 14 digits after it, and 5 to 13 are possible"},
	{"+1 999 999 9999", "+19999999999", ""}, // nothing is known of it, and it may exist
	{"+1 222 555 0100", "+12225550100", ""},
	{strings.Repeat("+44 20 7946 0958 ", 99), "", "too long for a phone number"},

	// What is left over is told by name.
	{"+99455CALLME", "", `only digits after the +; remove "C".`},
	{"+994 55 123 45 67\x00", "", "remove an invisible sign, U+0000."},
	{"+994 55 123 4О 67", "", "remove \"О\", U+041E."},
	{"+994 55 123 4\u0301", "", "remove an accent, U+0301."},
	{"+994 55 123 ④ 67", "", `remove "④", U+2463.`},
	{`"+994551234567"`, "", `remove the quotation mark ".`},
	{"+994\xff551234567", "", "U+FFFD"},
}

func TestClean(t *testing.T) {
	for _, c := range typed {
		got, err := Clean(c.text)
		switch {
		case c.refusal == "" && (err != nil || got != c.want):
			t.Errorf("%q is %q, %v, want %q", c.text, got, err, c.want)
		case c.refusal != "" && (err == nil || !strings.Contains(err.Error(), c.refusal)):
			t.Errorf("%q is %q, %v, want %q", c.text, got, err, c.refusal)
		case c.refusal != "" && got != c.text:
			t.Errorf("%q is refused as %q", c.text, got)
		}
	}
}

// TestGroup: what is in the library's own tests, and what has no groups.
func TestGroup(t *testing.T) {
	for number, want := range map[string]string{
		"+994551234567": "+994 55 123 45 67", "+12025550100": "+1 202-555-0100", "+442079460958": "+44 20 7946 0958",
		"+390669812345": "+39 06 6981 2345", "+37120000001": "+371 20 000 001", "+79031234567": "+7 903 123-45-67",
		"+80012345678": "+800 1234 5678", "+4930123456": "+49 30 123456",
		"+1234567": "+1 234567", "+4402079460958": "+44 02079460958", // kept by earlier versions
		"+99912345678": "+99912345678", "+994": "+994", "+": "+", "": "", "112": "112", "+99455x": "+99455x", "pigeon": "pigeon",
	} {
		if got := Group(number); got != want {
			t.Errorf("%s is written %q, want %q", number, got, want)
		}
	}
}

// TestExamplesOfTheLibrary: the examples of all countries and kinds of numbers are accepted,
// and written as the library writes them.
func TestExamplesOfTheLibrary(t *testing.T) {
	all, err := phonenumbers.MetadataCollection()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, m := range all.GetMetadata() {
		for _, d := range []*phonenumbers.PhoneNumberDesc{m.GetFixedLine(), m.GetMobile(), m.GetTollFree(), m.GetVoip(), m.GetUan(), m.GetPersonalNumber(), m.GetSharedCost()} {
			e164 := fmt.Sprintf("+%d%s", m.GetCountryCode(), d.GetExampleNumber())
			isForeign := d.GetExampleNumber() != "" && len(e164) <= maxDigits+1 && e164 != "+13101234" && e164 != "+989601"
			if !isForeign { // there is none, or it can be called inside the country only
				continue
			}
			n++
			if clean, err := Clean(e164); err != nil || clean != e164 {
				t.Errorf("%s %s is %s, %v", m.GetId(), e164, clean, err)
			}
			parsed, err := phonenumbers.Parse(e164, "ZZ")
			if err != nil {
				t.Fatal(err)
			}
			if got, want := Group(e164), phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL); got != want {
				t.Errorf("%s %s is written %q, want %q", m.GetId(), e164, got, want)
			}
		}
	}
	if n < 900 {
		t.Errorf("only %d examples", n)
	}
}

// TestDigitsOfAllScripts: unicode.Nd has them by tens, 0 first.
func TestDigitsOfAllScripts(t *testing.T) {
	next := 0
	for r := rune(0); r <= unicode.MaxRune; r++ {
		value, isDigit := Digit(r)
		if isDigit != unicode.Is(unicode.Nd, r) || isDigit && value != next {
			t.Fatalf("%U is %d, %v", r, value, isDigit)
		}
		if isDigit {
			next = (next + 1) % 10
		} else if next != 0 {
			t.Fatalf("the digits before %U end with %d", r, next-1)
		}
	}
}

// TestEverySignThatIsCopiedAlong has no influence on a number, wherever it stands.
func TestEverySignThatIsCopiedAlong(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !unicode.In(r, unicode.Zs, unicode.Cf, unicode.Pd) {
			continue
		}
		sign := string(r)
		for _, text := range []string{sign + "+442079460958", "+442079460958" + sign, "+44" + sign + "2079460958", "+44" + sign + "(" + sign + "0" + sign + ")" + sign + "2079460958", "0" + sign + "0442079460958"} {
			if got, err := Clean(text); err != nil || got != "+442079460958" {
				t.Errorf("%+q is %q, %v", text, got, err)
			}
		}
	}
}

// FuzzClean: what is accepted is accepted again and unchanged, what is shown of it is the same
// number, and the library holds it possible.
func FuzzClean(f *testing.F) {
	for _, c := range typed {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		number, err := Clean(text)
		if err != nil {
			if number != text || err.Error() == "" {
				t.Errorf("%q is refused as %q: %v", text, number, err)
			}
			return
		}
		for _, again := range []string{number, Group(number), "tel:" + number, "00" + number[1:]} {
			if got, err := Clean(again); err != nil || got != number {
				t.Errorf("%q is %s, and %q is %s, %v", text, number, again, got, err)
			}
		}
		parsed, err := phonenumbers.Parse(number, "ZZ")
		if err != nil {
			t.Fatalf("the library refuses %s: %v", number, err)
		}
		if phonenumbers.Format(parsed, phonenumbers.E164) != number {
			return // it drops a carrier's code or an old prefix
		}
		if got := phonenumbers.IsPossibleNumberWithReason(parsed); got != phonenumbers.IS_POSSIBLE {
			t.Errorf("%s is %v", number, got)
		}
		if got, want := Group(number), phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL); got != want {
			t.Errorf("%s is written %q, want %q", number, got, want)
		}
	})
}

func BenchmarkClean(b *testing.B) {
	for b.Loop() {
		if _, err := Clean("+44 (0)20 7946 0958"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkGroup(b *testing.B) {
	for b.Loop() {
		Group("+442079460958")
	}
}

func TestBeginning(t *testing.T) {
	for typed, want := range map[string]string{
		"+44 (0)20 7946":   "+44207946",
		"+44 020 79":       "+442079",
		"0044 (0)20 7946":  "+44207946",
		"+44 20 7946 0958": "+442079460958",
		"tel:+44-20-7946":  "+44207946",
		"+44":              "+44",
		"+":                "",
		"20 7946":          "",
		"ada@corp.example": "",
		"+39 06 698":       "+3906698", // the zero is part of a number in Italy
		"":                 "",
	} {
		if got, hasCode := Beginning(typed); got != want || hasCode != (want != "") {
			t.Errorf("%q begins with %q, %t; want %q", typed, got, hasCode, want)
		}
	}
}

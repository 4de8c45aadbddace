// Package phone reads phone numbers as people type and copy them, says what is wrong with
// one that cannot exist, and writes them as their countries do. Signs that come along when
// digits are copied are known here for codes, too.
//
// The numbering plans are those of Google's libphonenumber. The library for them,
// github.com/nyaruka/phonenumbers, decodes all of its data whenever a program starts that is
// linked with it: 5 ms and 1.7 MB of heap, also where no number is read (GODEBUG=inittrace=1),
// beside 5 MB in the binary. So it writes the table plans.txt, and the tests compare with it;
// the program has the table alone (88 kB), and reads the lines of the countries whose numbers
// it meets, when it meets them.
//
//   - phone.go: what is accepted
//   - uri.go: tel: and its like, and extensions
//   - signs.go: what stands between digits
//   - plan.go: lengths and prefixes of a country code
//   - group.go: a number as it is shown
package phone

import (
	"errors"
	"fmt"
	"strings"
)

// E.164 allows 15 digits (ITU-T E.164, 6.2); the shortest international numbers in use,
// with country code, have 7.
const minDigits, maxDigits = 7, 15

// maxText is how many bytes are looked at. No number needs so much, with all that comes along
// when it is copied.
const maxText = 500

var (
	errEmpty  = errors.New("Type a phone number with its country code, such as +994551234567.")
	errNoPlus = errors.New("Start with + and the country code, such as +994551234567.")
	errZero   = errors.New("A country code does not start with 0; write +994 and not +0994.")
	errTwo    = errors.New("Type one phone number; this has a second +.")
	errText   = errors.New("This is too long for a phone number.")
)

// Clean returns a number in E.164, such as +994551234567, or says what is wrong with it: the
// error is a sentence for the person. Accepted are digits of any script, with what is written
// between them, + or 00 before the country code, and the URIs of RFC 3966 and their like. A
// zero in brackets behind the country code is dropped, and so is the prefix of calls inside
// the country where no number begins with it. What has a length that no number of its country
// has is refused; whether a number is in use is not known.
func Clean(text string) (string, error) {
	if len(text) > maxText {
		return text, errText
	}
	bare, err := cutURI(text)
	if err != nil {
		return text, err
	}
	signs, err := scan(bare)
	if err != nil {
		return text, err
	}
	signs, err = international(signs)
	if err != nil {
		return text, err
	}
	digits := onlyDigits(signs)
	p := planOf(digits)
	switch {
	case p == nil && len(digits) < minDigits:
		return text, fmt.Errorf("This number is too short: %s after the +, at least %d are needed.", count(len(digits)), minDigits)
	case p == nil:
		return text, fmt.Errorf("There is no country code +%s; check the digits after the +.", digits[:3])
	}
	national := p.withoutPrefix(digits[len(p.code):], hasZeroInBrackets(signs, len(p.code)))
	if err := p.check(national); err != nil {
		return text, err
	}
	return "+" + p.code + national, nil
}

// Beginning returns what a text that is typed still makes of the beginning of a number in
// E.164; false where it has no + or 00, or is no number.
func Beginning(text string) (start string, hasCode bool) {
	if whole, err := Clean(text); err == nil {
		return whole, true
	}
	bare, err := cutURI(text)
	if err != nil {
		return "", false
	}
	signs, err := scan(bare)
	if err != nil {
		return "", false
	}
	if signs, err = international(signs); err != nil {
		return "", false
	}
	digits := onlyDigits(signs)
	p := planOf(digits)
	if p == nil {
		return "+" + digits, true
	}
	national := digits[len(p.code):]
	if p.zeros == "" && (p.prefix == "0" || hasZeroInBrackets(signs, len(p.code))) {
		national = strings.TrimPrefix(national, "0")
	}
	return "+" + p.code + national, true
}

// international returns what follows the + or the 00, with the brackets.
func international(signs string) (string, error) {
	if onlyDigits(signs) == "" {
		return "", errEmpty
	}
	start := strings.IndexFunc(signs, func(r rune) bool { return r != '(' && r != ')' })
	signs = signs[start:]
	hasPlus := signs[0] == '+'
	signs = strings.TrimLeft(signs, "+()")
	if strings.Contains(signs, "+") {
		return "", errTwo
	}
	if strings.HasPrefix(onlyDigits(signs), "00") { // also +00, which is the same twice
		hasPlus = true
		for range 2 {
			zero := strings.IndexByte(signs, '0')
			signs = signs[:zero] + signs[zero+1:]
		}
	}
	digits := onlyDigits(signs)
	switch {
	case !hasPlus:
		return "", errNoPlus
	case digits == "":
		return "", errEmpty
	case digits[0] == '0':
		return "", errZero
	}
	return signs, nil
}

// hasZeroInBrackets reports whether a zero alone in brackets comes after so many digits, as in
// +44 (0)20.
func hasZeroInBrackets(signs string, after int) bool {
	for i := range len(signs) {
		if after == 0 {
			rest := strings.TrimLeft(signs[i:], ")")
			inside := strings.TrimLeft(rest, "(")
			return len(inside) < len(rest) && strings.HasPrefix(inside, "0)")
		}
		if isDigit(signs[i]) {
			after--
		}
	}
	return false
}

func onlyDigits(signs string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, signs)
}

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func count(n int) string {
	if n == 1 {
		return "1 digit"
	}
	return fmt.Sprintf("%d digits", n)
}

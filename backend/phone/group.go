package phone

import (
	"regexp"
	"strings"
)

// layout is one way to group the digits of a number, for those that match.
type layout struct {
	leading *regexp.Regexp // their first digits
	whole   *regexp.Regexp // all digits, in groups
	written string         // the groups, as $1 and so on, with what stands between them
}

// Group returns a number in E.164 as its country writes it for others, such as
// +994 55 123 45 67. Clean takes that again. Another text is returned as it is.
func Group(number string) string {
	digits, hasPlus := strings.CutPrefix(number, "+")
	if !hasPlus || digits == "" || onlyDigits(digits) != digits {
		return number
	}
	p := planOf(digits)
	if p == nil {
		return number
	}
	national := digits[len(p.code):]
	if national == "" {
		return number
	}
	for _, l := range p.layouts() {
		if l.leading.MatchString(national) && l.whole.MatchString(national) {
			national = l.whole.ReplaceAllString(national, l.written)
			break
		}
	}
	return "+" + p.code + " " + national
}

// CountryCode returns the country code of a number in E.164, without the +; "" where there is
// none.
func CountryCode(number string) string {
	digits, _ := strings.CutPrefix(number, "+")
	if p := planOf(digits); p != nil {
		return p.code
	}
	return ""
}

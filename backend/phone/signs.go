package phone

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
)

// Digit is the value of a decimal digit of any script (Unicode's Nd); false for all other
// characters.
func Digit(r rune) (value int, isDigit bool) {
	if r >= '0' && r <= '9' {
		return int(r - '0'), true
	}
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	// Unicode has the ten digits of a script one after the other, and unicode.Nd has them as
	// ranges of tens.
	for _, with := range unicode.Nd.R16 {
		if r >= rune(with.Lo) && r <= rune(with.Hi) {
			return int(r-rune(with.Lo)) % 10, true
		}
	}
	for _, with := range unicode.Nd.R32 {
		if r >= rune(with.Lo) && r <= rune(with.Hi) { //nolint:gosec // a character has 21 bits
			return int(r-rune(with.Lo)) % 10, true //nolint:gosec // the same
		}
	}
	return 0, false
}

// IsFiller reports whether a character is a blank, a dash or invisible: what comes along when
// digits are copied, and means nothing between them.
func IsFiller(r rune) bool { return isBlank(r) || isDash(r) }

// IsUnseen reports whether a character takes no place or looks like a space: spaces, ends of
// lines, and what Unicode calls format characters and default ignorable code points, such as
// the marks of direction, joiners, and variations of the character before. Such signs come
// along when a text is copied from a page or a message.
func IsUnseen(r rune) bool {
	const brailleBlank = '\u2800'
	return r == brailleBlank || unicode.IsSpace(r) ||
		unicode.In(r, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// isBlank is IsUnseen, and also finds the keycap around a digit.
func isBlank(r rune) bool {
	const keycap = '\u20E3'
	return IsUnseen(r) || r == keycap
}

// isDash reports whether a character is a dash, a minus, or one of those that are written in
// their place: hyphen bullet, Katakana's long vowel, tildes.
func isDash(r rune) bool {
	return unicode.Is(unicode.Pd, r) || strings.ContainsRune("−⁃˗⁻₋➖ーｰ~⁓∼～", r)
}

// isPoint reports whether a character is a point or a slash, which some write in numbers.
func isPoint(r rune) bool { return strings.ContainsRune("./．／․·•・･‧∙⋅⁄∕", r) }

// IsPlus reports whether a character is a plus sign.
func IsPlus(r rune) bool { return strings.ContainsRune("+＋﹢⁺➕", r) }

// IsBetween reports whether a character may stand in a phone number beside its digits.
func IsBetween(r rune) bool {
	return IsFiller(r) || isPoint(r) || IsPlus(r) || bracketOf(r) != 0
}

// Digits returns the digits 0 to 9 of a text that is a number or a part of one; false where
// it has a character that numbers have not, or no digit.
func Digits(text string) (digits string, isNumber bool) {
	signs, err := scan(text)
	digits = onlyDigits(signs)
	return digits, err == nil && digits != ""
}

// bracketOf returns '(' for all opening brackets, ')' for all closing ones, and 0.
func bracketOf(r rune) byte {
	switch {
	case r == '<' || unicode.Is(unicode.Ps, r):
		return '('
	case r == '>' || unicode.Is(unicode.Pe, r):
		return ')'
	}
	return 0
}

// scan returns the digits 0 to 9, the + and the ( and ) of a text, in the place of all their
// like. The error is about an extension, or names the first character that has no place in a
// number.
func scan(text string) (string, error) {
	var signs strings.Builder
	digits := 0
	for i, r := range text {
		value, isDigit := Digit(r)
		bracket := bracketOf(r)
		switch {
		case isDigit:
			signs.WriteByte(byte('0' + value)) //nolint:gosec // 0 to 9
			digits++
		case IsPlus(r):
			signs.WriteByte('+')
		case bracket != 0:
			signs.WriteByte(bracket)
		case IsFiller(r) || isPoint(r):
		case digits >= minDigits && isExtension(text[i:]):
			return "", errExtension(text[i:])
		default:
			return "", errors.New("A phone number has only digits after the +; remove " + Name(r) + ".")
		}
	}
	return signs.String(), nil
}

// Name is what a person is told of a character: "x" in quotes, with its number in Unicode
// where it may be taken for another, or "an invisible sign, U+0007".
func Name(r rune) string {
	switch {
	case r == '"':
		return `the quotation mark "`
	case r > ' ' && r < 0x7F:
		return `"` + string(r) + `"`
	case unicode.IsMark(r):
		return fmt.Sprintf("an accent, U+%04X", r)
	case isBlank(r) || !unicode.IsGraphic(r):
		return fmt.Sprintf("an invisible sign, U+%04X", r)
	}
	return fmt.Sprintf("%q, U+%04X", string(r), r)
}

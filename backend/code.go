package backend

import (
	"errors"
	"strings"
	"time"
	"unicode"

	"github.com/account-settings/pinghome/backend/phone"
)

// The policy for one-time codes. Lengths, lifetimes and counts follow NIST SP
// 800-63B-4 (out-of-band secrets of at least six digits, valid for at most ten
// minutes), OWASP ASVS 5.0 V6.5–6.6 and the limits that Twilio Verify has.
const (
	CodeDigits   = 6
	CodeLifetime = 10 * time.Minute
	CodeTries    = 5 // per code

	// MaxCodeFailures wrong codes in a row on one target, whichever code they were
	// for, lock it for CodeLockDuration.
	MaxCodeFailures  = 10
	CodeLockDuration = 24 * time.Hour

	// How many codes may be sent.
	MaxCodesTenMinutes = 5  // per target
	MaxCodesTargetDay  = 10 // per target in 24 hours
	LeastCodesDay      = 20 // per customer in 24 hours, on the smallest plan; see Plan.MaxCodesDay
	// MaxCodesAddressDay is per target in 24 hours over all customers, so that many
	// accounts together cannot flood one address.
	MaxCodesAddressDay = 3 * MaxCodesTargetDay
)

// MaxCodesDay returns how many codes a customer on this plan may be sent in 24 hours: two
// for each channel that the plan allows, so that all can be set up in a day, and
// LeastCodesDay at least.
func (p Plan) MaxCodesDay() int { return max(LeastCodesDay, 2*p.MaxChannels()) }

// CodeResendWaits is the time from the first, second, third … code to the same target
// until the next one; the last entry holds for all that follow. A target is an email
// address, number or URL.
var CodeResendWaits = []time.Duration{60 * time.Second, 120 * time.Second, 300 * time.Second}

// CleanCode drops blanks, dashes, points, brackets, quotes and invisible signs from a code and reads the digits of all
// scripts, or says what is wrong with it: exactly CodeDigits digits. It stays text, since
// 087608 starts with a zero. The error is a sentence for the person.
func CleanCode(s string) (string, error) {
	var digits strings.Builder
	for _, r := range s {
		value, isDigit := phone.Digit(r)
		switch {
		case isDigit:
			digits.WriteByte(byte('0' + value)) //nolint:gosec // 0 to 9
		case phone.IsPlus(r) || !phone.IsBetween(r) && !unicode.Is(unicode.Quotation_Mark, r): // a sentence may have it in quotes
			return s, errors.New("A code has only digits, such as 087608; remove " + phone.Name(r) + ".")
		}
	}
	if digits.Len() != CodeDigits {
		return s, errors.New("A code has six digits, such as 087608.")
	}
	return digits.String(), nil
}

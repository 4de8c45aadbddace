package backend

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// MaxFeedback is the longest feedback in characters (Unicode code points). The
// public documentation of the API names no length; this one is our own.
const MaxFeedback = 5000

// MaxFeedbackDay is how many notes a customer may send in 24 hours; the number is
// our own.
const MaxFeedbackDay = 20

// FeedbackNote is a text the customer sent.
type FeedbackNote struct {
	ID     string
	Text   string
	SentAt time.Time
}

// CleanFeedback trims a text and makes its line ends \n, or says what is wrong with
// it: 1 to MaxFeedback characters, no control characters but line ends and tabs. The
// error is a sentence for the person.
func CleanFeedback(s string) (string, error) {
	s = strings.TrimSpace(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s))
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		return s, errors.New("This is not valid UTF-8 text; type it again.")
	case n == 0:
		return s, errors.New("Type what you want to tell us.")
	case n > MaxFeedback:
		return s, fmt.Errorf("Use at most %d characters; this has %d.", MaxFeedback, n)
	}
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return s, fmt.Errorf("Remove the invisible character U+%04X.", r)
		}
	}
	return s, nil
}

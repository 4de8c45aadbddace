package mask

import (
	"cmp"
	"net/url"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/phone"
	"github.com/account-settings/pinghome/ui/safe"
)

// secret is a value with its private part, of which the ends and one place between may be
// shown.
type secret struct {
	before, after string // what is no secret
	runes         []rune
	head, tail    int // how many characters are shown at the ends
	from, to      int // which are shown to tell it from others
	isNumber      bool
	least         int // how many signs stand for a private part that is hidden as a whole
}

// secretOf divides a value: of an email address the name before the @ is private, of a number
// its middle, of a URL what follows the host. Half of a private part is shown at most. Of a
// number the country code is shown; it has no groups, since these tell what kind it is.
func secretOf(v Value) secret {
	s := secret{runes: []rune(v.Text), least: 2}
	switch v.Type {
	case backend.TypeEmail:
		if local, domain, hasAt := backend.CutEmail(v.Text); hasAt {
			s.runes, s.after = []rune(local), "@"+domain
			s.head = min(2, s.most())
		}
	case backend.TypeSMS:
		const fewest = 6 // digits of a number of which some are shown
		if digits, isWhole := strings.CutPrefix(v.Text, "+"); isWhole && len(digits) >= fewest {
			s.before, s.runes, s.isNumber = "+", []rune(digits), true
			s.tail = min(2, s.most())
			s.head = min(cmp.Or(len(phone.CountryCode(v.Text)), 3), s.most()-s.tail)
		}
	case backend.TypePush:
		if host, rest, isURL := cutHost(v.Text); isURL {
			s.before, s.runes = host, rest
			s.tail = min(2, s.most())
		}
	default:
		if host, rest, isURL := cutHost(v.Text); isURL {
			s.before, s.runes, s.least = host, rest, 4
		}
	}
	return s
}

// cutHost divides a URL into its host, with a slash, and what follows; false where it has no
// host.
func cutHost(value string) (host string, rest []rune, isURL bool) {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" {
		return "", nil, false
	}
	_, behind, _ := strings.Cut(value, u.Host)
	return u.Host + "/", []rune(strings.TrimPrefix(behind, "/")), true
}

// most is how many characters may be shown.
func (s secret) most() int { return len(s.runes) / 2 }

// showing shows the characters from one place to another, and fewer at the ends where more than
// half would be shown. It shows what it did before where that is not possible.
func (s secret) showing(from, to int) secret {
	with := s
	with.from, with.to = max(0, from), min(to, len(s.runes))
	if with.from >= with.to {
		return s
	}
	for with.shown() > s.most() {
		switch {
		case s.isNumber && with.tail > 0: // it begins with the country
			with.tail--
		case with.head > 0:
			with.head--
		case with.tail > 0:
			with.tail--
		default:
			return s
		}
	}
	return with
}

// shows reports whether a character is shown.
func (s secret) shows(i int) bool {
	return i < s.head || i >= len(s.runes)-s.tail || i >= s.from && i < s.to
}

func (s secret) shown() int {
	n := 0
	for i := range s.runes {
		if s.shows(i) {
			n++
		}
	}
	return n
}

// text is the mask. Of a number it has a sign for each hidden digit; of others two signs for
// each part that is hidden, so that it does not tell how long that is.
func (s secret) text(signs Signs) string {
	if s.shown() == 0 && !s.isNumber {
		return safe.Text(s.before) + strings.Repeat(signs.Hidden, s.least) + safe.Text(s.after)
	}
	var b strings.Builder
	for i, r := range s.runes {
		switch {
		case s.shows(i):
			b.WriteRune(r)
		case s.isNumber:
			b.WriteString(signs.Hidden)
		case i == 0 || s.shows(i-1):
			b.WriteString(strings.Repeat(signs.Hidden, 2))
		}
	}
	return safe.Text(s.before) + safe.Text(b.String()) + safe.Text(s.after)
}

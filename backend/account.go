package backend

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Profile is a customer with everything around the account.
type Profile struct {
	Customer     Customer
	Team         Team
	Organization Organization
	Limits       []Limit
	// Pending is the username change that waits for its code, or nil.
	Pending *PendingUsername
	// Revision is Backend.Revision at the time of this reading.
	Revision int64
}

// Customer is a person with an account. Email is the username.
type Customer struct {
	ID        string // UUID in lower case
	Email     string
	Name      string
	Surname   string
	Role      Role
	CreatedAt time.Time
}

// FullName returns name and surname with one space between.
func (c Customer) FullName() string { return strings.TrimSpace(c.Name + " " + c.Surname) }

// Role is what a customer may do in the organization.
type Role string

// The three roles of the contract.
const (
	RoleRoot    Role = "root"
	RoleManager Role = "manager"
	RoleUser    Role = "user"
)

// Team is the group a customer works in.
type Team struct{ ID, Name string }

// Organization is who pays.
type Organization struct {
	ID, Name string
	Plan     Plan
	Trial    Trial
}

// Plan decides the limits.
type Plan string

// The three plans of the contract.
const (
	PlanDeveloper Plan = "developer"
	PlanTeam      Plan = "team"
	PlanBusiness  Plan = "business"
)

// MaxChannels returns how many channels a customer on this plan may have. The
// contract's example shows 10 for one plan and names no others; the steps
// around it are this program's own.
func (p Plan) MaxChannels() int {
	switch p {
	case PlanBusiness:
		return 25
	case PlanTeam:
		return 10
	default:
		return 5
	}
}

// Trial says whether the organization is trying the plan, and until when.
type Trial struct {
	Active bool
	EndsAt time.Time // zero when there never was one
}

// Limit is one bounded thing and how much of it is used.
type Limit struct {
	Module, Key, Title string
	Value, Used        int
}

// The keys of the limits that a profile shows.
const (
	LimitChannels = "personal_channels"
	LimitCodes    = "codes_per_day"
	LimitFeedback = "feedback_per_day"
)

// PendingUsername is an address that becomes the username once its code is entered.
type PendingUsername struct {
	Email string
	Code  CodeState
}

// NameChange is what UpdateName changes; nil leaves that part as it is.
type NameChange struct{ Name, Surname *string }

// NewAccount is what Accounts.Create needs. Team and Organization default to
// words made of the name, Plan to PlanTeam.
type NewAccount struct {
	Name, Surname, Email string
	Team, Organization   string
	Plan                 Plan
}

// AccountSummary is one line of a list of accounts.
type AccountSummary struct {
	ID, Email, Name, Surname string
	Team, Organization       string
	Role                     Role
	Plan                     Plan
	CreatedAt                time.Time
}

// FullName returns name and surname with one space between.
func (a AccountSummary) FullName() string { return strings.TrimSpace(a.Name + " " + a.Surname) }

// Lengths in characters, from the contract ("Text", "Deletion").
const (
	MaxName   = 100
	MaxReason = 64
)

// maxEmail is the longest address SMTP can carry (RFC 5321, 4.5.3.1.3: a path of 256 with its brackets).
const maxEmail = 254

// CleanName trims a name, surname, team or organization and says what is
// wrong with it: 1 to MaxName characters, none of them a control character or
// a bidirectional override. Normal form C is up to the caller.
func CleanName(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch n := utf8.RuneCountInString(s); {
	case !utf8.ValidString(s):
		return s, errors.New("This is not valid UTF-8 text; type it again.")
	case n == 0:
		return s, errors.New("Type at least one character.")
	case n > MaxName:
		return s, fmt.Errorf("Use at most %d characters; this has %d.", MaxName, n)
	}
	for _, r := range s {
		if unicode.IsControl(r) || IsBidiControl(r) || r == '\u2028' || r == '\u2029' {
			return s, fmt.Errorf("Remove the invisible character U+%04X.", r)
		}
	}
	if !strings.ContainsFunc(s, isSeen) {
		return s, errors.New("Nothing can be seen of this name; type at least one character that shows.")
	}
	return s, nil
}

// isSeen reports whether a character shows by itself. Letters without a shape
// of their own, such as Hangul's filler, are few, and are named.
func isSeen(r rune) bool {
	switch r {
	case '\u115F', '\u1160', '\u3164', '\uFFA0', '\u2800':
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.IsPunct(r) || unicode.IsSymbol(r)
}

// IsBidiControl reports whether r changes the direction of the text around it
// (Unicode UAX #9, explicit formatting characters and marks), and so can make
// one name look like another.
func IsBidiControl(r rune) bool {
	return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 || r == 0x200E || r == 0x200F || r == 0x061C
}

// CleanEmail trims an address, lower-cases its domain and says what is wrong
// with its shape: one plain mailbox with a domain of two labels or more.
func CleanEmail(s string) (string, error) {
	s = strings.TrimSpace(s)
	local, domain, hasAt := cutLast(s, '@')
	switch {
	case s == "":
		return s, errors.New("Type an email address, such as name@example.org.")
	case !hasAt || local == "":
		return s, errors.New("An email address has a name before the @, such as name@example.org.")
	case len(s) > maxEmail:
		return s, fmt.Errorf("An email address has at most %d characters.", maxEmail)
	case strings.ContainsAny(s, " \t\r\n,;<>\"()"):
		return s, errors.New("Type one plain address, without spaces, commas, quotes or brackets.")
	}
	if err := checkDomain(domain); err != nil {
		return s, err
	}
	s = local + "@" + strings.ToLower(domain)
	if parsed, err := mail.ParseAddress(s); err != nil || parsed.Address != s || hasInvisible(s) {
		return s, errors.New("This does not look like an email address, such as name@example.org.")
	}
	return s, nil
}

func checkDomain(domain string) error {
	labels := strings.Split(domain, ".")
	if domain == "" || len(labels) < 2 {
		return errors.New("The part after the @ needs a dot, such as example.org.")
	}
	for _, label := range labels {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return errors.New("The part after the @ is not a domain, such as example.org.")
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return fmt.Errorf("A domain cannot have %q in it.", r)
			}
		}
	}
	return nil
}

// FoldEmail returns the form in which two emails are the same: the contract
// makes them unique without regard to case.
func FoldEmail(email string) string { return strings.ToLower(email) }

// DeletionReasons are the reasons that the console offers; any slug of the
// same shape is accepted.
var DeletionReasons = []string{
	"poor-features", "too-expensive", "missing-integration", "hard-to-use", "unreliable",
	"switched-service", "no-longer-needed", "privacy", "other",
}

// CleanReason says what is wrong with a reason for deletion: a lower-case slug
// of 1 to MaxReason characters.
func CleanReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return s, errors.New("Say why, for example poor-features.")
	case len(s) > MaxReason:
		return s, fmt.Errorf("Use at most %d characters; this has %d.", MaxReason, len(s))
	}
	for i, r := range s {
		lower := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !lower && (r != '-' || i == 0 || i == len(s)-1) {
			return s, errors.New("Use lower-case letters, digits and single dashes between them, such as poor-features.")
		}
	}
	return s, nil
}

// CleanPlan says whether a plan is one of the three.
func CleanPlan(p Plan) (Plan, error) {
	switch p {
	case PlanDeveloper, PlanTeam, PlanBusiness:
		return p, nil
	}
	return p, errors.New("Choose developer, team or business.")
}

func cutLast(s string, sep byte) (before, after string, found bool) {
	if i := strings.LastIndexByte(s, sep); i >= 0 {
		return s[:i], s[i+1:], true
	}
	return s, "", false
}

func hasInvisible(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) || IsBidiControl(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return true
		}
	}
	return false
}

package backend

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

// Profile is a customer with the team, organization and limits of the account.
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

// Customer is a person with an account. Email is the username, with its domain as
// A-labels; people are shown ReadableEmail.
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

// Role is what a customer may do in the organization. The program shows it and
// decides nothing by it.
type Role string

// The roles of the API.
const (
	RoleRoot    Role = "root"
	RoleManager Role = "manager"
	RoleUser    Role = "user"
)

// Team is the group a customer works in.
type Team struct{ ID, Name string }

// Organization pays for the account.
type Organization struct {
	ID, Name string
	Plan     Plan
	Trial    Trial
}

// Plan decides the limits of an organization.
type Plan string

// The plans of the API.
const (
	PlanDeveloper Plan = "developer"
	PlanTeam      Plan = "team"
	PlanBusiness  Plan = "business"
)

// MaxChannels returns how many channels a customer on this plan may have; an
// unknown plan has as many as PlanDeveloper. The public documentation of the API
// speaks of limits and names no numbers; these are this program's own.
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

// Limit is how many of something the account may have, and how many it has.
type Limit struct {
	Module string // such as "notification"
	Key    string // one of the keys below
	Title  string // for the person, such as "Personal channels"
	Value  int
	Used   int
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

// NameChange is what UpdateName changes; nil leaves that name as it is.
type NameChange struct{ Name, Surname *string }

// NewAccount is what Accounts.Create needs. An empty Team or Organization becomes
// the full name, an empty Plan PlanTeam.
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
	IsDemo                   bool // it is made up, and goes with DemoRemover.RemoveDemo
}

// FullName returns name and surname with one space between.
func (a AccountSummary) FullName() string { return strings.TrimSpace(a.Name + " " + a.Surname) }

// SearchText is what Accounts.Search looks at: name, username as it is shown, organization and id.
func (a AccountSummary) SearchText() string {
	return a.FullName() + " " + ReadableEmail(a.Email) + " " + a.Organization + " " + a.ID
}

// The longest texts in characters (Unicode code points). The public documentation
// of the API names no lengths; these are this program's own.
const (
	MaxName   = 100 // of a name, surname, team or organization
	MaxReason = 64  // of a reason for deletion
)

// CleanName trims a name, surname, team or organization, or says what is wrong
// with it: 1 to MaxName characters, at least one of them visible, and none a
// control character or a bidirectional override. The caller brings it into
// Unicode's normal form C first. The error is a sentence for the person.
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
	if err := checkOneLine(s); err != nil {
		return s, err
	}
	if !strings.ContainsFunc(s, isVisible) {
		return s, errors.New("This name would be invisible; type at least one visible character.")
	}
	return s, nil
}

// DeletionReasons are the reasons that the console shows. CleanReason accepts any
// other slug, too.
var DeletionReasons = []string{
	"poor-features", "too-expensive", "missing-integration", "hard-to-use", "unreliable",
	"switched-service", "no-longer-needed", "privacy", "other",
}

// CleanReason trims a reason for deletion, or says what is wrong with it: a slug of
// lower-case letters, digits and inner dashes, 1 to MaxReason characters. The
// error is a sentence for the person.
func CleanReason(s string) (string, error) {
	s = strings.TrimSpace(s)
	switch {
	case s == "":
		return s, errors.New("Give a reason, such as poor-features.")
	case len(s) > MaxReason:
		return s, fmt.Errorf("Use at most %d characters; this has %d.", MaxReason, len(s))
	}
	for i, r := range s {
		lower := r >= 'a' && r <= 'z' || r >= '0' && r <= '9'
		if !lower && (r != '-' || i == 0 || i == len(s)-1) {
			return s, errors.New("Use lower-case letters and digits, with single dashes between them, such as poor-features.")
		}
	}
	return s, nil
}

// CleanPlan returns the plan, or an error for one that is not known.
func CleanPlan(p Plan) (Plan, error) {
	switch p {
	case PlanDeveloper, PlanTeam, PlanBusiness:
		return p, nil
	}
	return p, errors.New("Choose developer, team or business.")
}

package backend

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// ChannelType is the way in which a channel reaches the customer.
type ChannelType string

// The types of the API.
const (
	TypeEmail   ChannelType = "email"
	TypeSMS     ChannelType = "sms"
	TypePush    ChannelType = "push-notification"
	TypeWebhook ChannelType = "webhook"
)

// ChannelTypes lists the types in the order in which the console shows them. A
// further type also needs a row in cleaners.
var ChannelTypes = []ChannelType{TypeEmail, TypeSMS, TypeWebhook, TypePush}

// Channel is one way to reach a customer.
type Channel struct {
	Type ChannelType
	// Value is an email address with its domain as A-labels, a number in E.164, or an
	// absolute URL, by Type. People are shown ReadableValue.
	Value string
	// Priority names the channel, unique per customer, from 1, the most important.
	Priority int
	Enabled  bool
	// Label is a name that the customer gave the channel, "" for none. Two channels may
	// have the same.
	Label string
	// Verified says whether the code of Value was entered.
	Verified bool
	// ActiveValue is the value in force, to which messages go: the last verified one,
	// "" before the first.
	ActiveValue string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	VerifiedAt  time.Time // of ActiveValue; zero with it
	LastTest    *Test     // nil before the first test
	// Code is the state of the last code sent to an unverified Value; nil when there is none.
	Code *CodeState
	// Failure is the last message that failed for good, if none was accepted or held
	// since; else nil.
	Failure *Failure
	// Blocked is the last message that was not sent for a reason on the operator's side, if
	// none was accepted, held or refused since; else nil. Its Since is At.
	Blocked *Failure
	Proof   Proof
	// SigningSecret is that of a new webhook. It is in the answer to CreateChannel
	// only, also to the same command again (then it is the present one); else "".
	SigningSecret string `json:"-"`
}

// ChannelStatus is the state of a channel in one word.
type ChannelStatus string

// The statuses of the API.
const (
	StatusPending  ChannelStatus = "pending"  // the value waits for its code
	StatusActive   ChannelStatus = "active"   // verified and on
	StatusDisabled ChannelStatus = "disabled" // verified and off
)

// Status returns the state of the channel in one word.
func (c Channel) Status() ChannelStatus {
	switch {
	case !c.Verified:
		return StatusPending
	case c.Enabled:
		return StatusActive
	default:
		return StatusDisabled
	}
}

// InForce returns the value that messages go to: ActiveValue, or before the first is
// verified the one that waits for its code.
func (c Channel) InForce() string {
	if c.ActiveValue != "" {
		return c.ActiveValue
	}
	return c.Value
}

// Reachable reports whether messages are sent to the channel: it is on and has a value in force.
func (c Channel) Reachable() bool { return c.Enabled && c.ActiveValue != "" }

// Failing reports whether the newest message to the channel failed for good.
func (c Channel) Failing() bool { return c.Failure != nil }

// FailsToReach reports whether the channel fails, and that is about its reach: it is not
// off, and it is not only the code of a new value that did not arrive.
func (c Channel) FailsToReach() bool {
	if !c.Failing() || c.Status() == StatusDisabled {
		return false
	}
	isNewValue := c.ActiveValue != "" && c.ActiveValue != c.Value
	return !isNewValue || c.Failure.Kind != KindVerification
}

// IsHeld reports whether the last message to the channel is only held.
func (c Channel) IsHeld() bool {
	if t := c.LastTest; t != nil && t.OK && !t.At.Before(c.Proof.AcceptedAt) {
		return t.Held
	}
	return c.Proof.Held
}

// CodeState is what may be shown of a code without its digits.
type CodeState struct {
	SentAt       time.Time
	ExpiresAt    time.Time
	ResendAt     time.Time // the earliest time for a new code
	AttemptsLeft int
	// LockedUntil is set after MaxCodeFailures; until then every code is refused. Zero: not locked.
	LockedUntil time.Time
}

// Live reports whether the code can still be entered at the time now; false for
// nil.
func (c *CodeState) Live(now time.Time) bool {
	return c != nil && c.AttemptsLeft > 0 && now.Before(c.ExpiresAt) && !now.Before(c.LockedUntil)
}

// Test is the result of one test message.
type Test struct {
	At time.Time
	OK bool
	// Unknown says that the result is not known: the provider has not answered yet, or its answer
	// was lost. OK is false then. A result that comes later becomes the channel's LastTest.
	Unknown        bool
	Held           bool   // the message is kept in an inbox, since no sender is configured for its type
	Provider       string // who accepted or refused it, such as "smtp mail.example.org"
	ProviderStatus string // in the provider's own words
	Detail         string // a sentence for the person
	Duration       time.Duration
	// WhileDisabled says that the channel was off; the test was sent all the same.
	WhileDisabled bool
}

// ChannelFilter chooses channels by type: those of Include (all types when empty)
// that are not in Exclude.
type ChannelFilter struct{ Include, Exclude []ChannelType }

// Validate returns nil, or a CodeInvalid error about all unknown types (fields
// "include_types", "exclude_types").
func (f ChannelFilter) Validate() error {
	var faults FieldErrors
	for _, t := range f.Include {
		_, err := CleanType(t)
		faults.Add("include_types", err)
	}
	for _, t := range f.Exclude {
		_, err := CleanType(t)
		faults.Add("exclude_types", err)
	}
	return faults.Err()
}

// Keeps reports whether channels of the type pass the filter.
func (f ChannelFilter) Keeps(t ChannelType) bool {
	if slices.Contains(f.Exclude, t) {
		return false
	}
	if slices.Contains(f.Include, t) {
		return true
	}
	return len(f.Include) == 0
}

// ChannelUpdate is the answer to UpdateChannel.
type ChannelUpdate struct {
	Channel Channel
	// Changed says whether the value is another than before.
	Changed bool
	// LabelChanged says whether the label is another than before.
	LabelChanged bool
	// CodeSent says whether a code was sent to the value.
	CodeSent bool
}

// ChannelDeletion is the answer to DeleteChannels.
type ChannelDeletion struct {
	Deleted []int // ascending
	// NoneReachable warns that no channel is left that is Reachable.
	NoneReachable bool
}

// typeNames lists all types, for sentences.
const typeNames = "email, sms, push-notification or webhook"

// CleanType returns the type, or an error for one that is not known. The error is a
// sentence for the person.
func CleanType(t ChannelType) (ChannelType, error) {
	if slices.Contains(ChannelTypes, t) {
		return t, nil
	}
	if t == "" {
		return t, errors.New("Choose a type: " + typeNames + ".")
	}
	return t, fmt.Errorf("There is no type %q; use %s.", string(t), typeNames)
}

// MaxLabel is the longest label of a channel in characters (Unicode code points).
const MaxLabel = 40

// CleanLabel trims the label of a channel, or says what is wrong with it: at most MaxLabel
// characters, of which one can be seen and none is a control character or a bidirectional
// override. "" is no label. The caller brings it into Unicode's normal form C first. The
// error is a sentence for the person.
func CleanLabel(s string) (string, error) {
	s = strings.TrimSpace(s)
	n := utf8.RuneCountInString(s)
	switch {
	case !utf8.ValidString(s):
		return s, errors.New("This is not valid UTF-8 text; type it again.")
	case n > MaxLabel:
		return s, fmt.Errorf("Use at most %d characters; this has %d.", MaxLabel, n)
	}
	if err := checkOneLine(s); err != nil {
		return s, err
	}
	if n > 0 && !strings.ContainsFunc(s, isVisible) {
		return s, errors.New("Nothing can be seen of this label; type a character that shows, or leave it empty.")
	}
	return s, nil
}

// CleanPriority returns the priority, or an error for one below 1.
func CleanPriority(p int) (int, error) {
	if p < 1 {
		return p, fmt.Errorf("A priority is a whole number from 1; this is %d.", p)
	}
	return p, nil
}

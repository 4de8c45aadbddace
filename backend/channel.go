package backend

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ChannelType is how a channel reaches somebody.
type ChannelType string

// The four types of the contract.
const (
	TypeEmail   ChannelType = "email"
	TypeSMS     ChannelType = "sms"
	TypePush    ChannelType = "push-notification"
	TypeWebhook ChannelType = "webhook"
)

// ChannelTypes lists the types in the order in which they are offered.
var ChannelTypes = []ChannelType{TypeEmail, TypeSMS, TypeWebhook, TypePush}

// Channel is one way to reach a customer.
type Channel struct {
	Type ChannelType
	// Value is where it goes: an address, a number in E.164, or an absolute URL.
	Value string
	// Priority is the channel's handle, unique per customer; 1 is tried first.
	Priority int
	Enabled  bool
	// Verified says whether Value itself has been proven with a code.
	Verified bool
	// ActiveValue is the value that messages go to: the last proven one, "" before the first proof.
	ActiveValue string
	CreatedAt   time.Time
	UpdatedAt   time.Time
	VerifiedAt  time.Time // of ActiveValue; zero before the first proof
	LastTest    *Test     // nil before the first test
	// Code is the state of the last code sent to an unverified Value, nil when none is waiting.
	Code *CodeState
	// Failure is the last message to this channel when it did not arrive; nil
	// as soon as a later one did.
	Failure *Failure
	Proof   Proof
	// Secret is a new webhook's, in the answer to CreateChannel and nowhere
	// else, not even in the answer to the same command again.
	Secret string `json:"-"`
}

// ChannelStatus sums a channel up in a word.
type ChannelStatus string

// The three statuses of the contract.
const (
	StatusPending  ChannelStatus = "pending"  // the value waits for its code
	StatusActive   ChannelStatus = "active"   // proven and on
	StatusDisabled ChannelStatus = "disabled" // proven and off
)

// Status sums the channel up.
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

// Reachable reports whether a message sent now would go anywhere.
func (c Channel) Reachable() bool { return c.Enabled && c.ActiveValue != "" }

// CodeState is what may be known of a code without knowing it.
type CodeState struct {
	SentAt       time.Time
	ExpiresAt    time.Time
	ResendAt     time.Time // the earliest time for a fresh one
	AttemptsLeft int
	// LockedUntil is set after too many failures in a row; codes are refused until then.
	LockedUntil time.Time
}

// Live reports whether the code can still be entered at the time now.
func (c *CodeState) Live(now time.Time) bool {
	return c != nil && c.AttemptsLeft > 0 && now.Before(c.ExpiresAt) && !now.Before(c.LockedUntil)
}

// Test is what became of one test message.
type Test struct {
	At             time.Time
	OK             bool
	Held           bool   // it is kept in an inbox, since no sender is configured for its type
	Provider       string // who took it, such as "smtp mail.example.org"
	ProviderStatus string // in the provider's own words
	Detail         string // a sentence for the person
	Duration       time.Duration
	// WhileDisabled says that the channel was off: the test went out all the same.
	WhileDisabled bool
}

// ChannelFilter chooses channels by type: (Include, or all) minus Exclude.
type ChannelFilter struct{ Include, Exclude []ChannelType }

// Validate says which of the types are unknown.
func (f ChannelFilter) Validate() error {
	var faults Faults
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
	for _, x := range f.Exclude {
		if x == t {
			return false
		}
	}
	for _, x := range f.Include {
		if x == t {
			return true
		}
	}
	return len(f.Include) == 0
}

// ChannelUpdate is the answer to UpdateChannel.
type ChannelUpdate struct {
	Channel Channel
	// Changed is false when the same value was given again.
	Changed bool
	// CodeSent says whether a code went to the value.
	CodeSent bool
}

// ChannelDeletion is the answer to DeleteChannels.
type ChannelDeletion struct {
	Deleted []int // ascending
	// NoneReachable warns that the customer cannot be reached any more.
	NoneReachable bool
}

// CleanType says whether a type is one of the four.
func CleanType(t ChannelType) (ChannelType, error) {
	for _, known := range ChannelTypes {
		if t == known {
			return t, nil
		}
	}
	if t == "" {
		return t, errors.New("Choose a type: email, sms, push-notification or webhook.")
	}
	return t, fmt.Errorf("There is no type %q; use email, sms, push-notification or webhook.", string(t))
}

// CleanPriority says whether a priority can be one at all: 1 or more.
func CleanPriority(p int) (int, error) {
	if p < 1 {
		return p, fmt.Errorf("A priority is a whole number from 1; this is %d.", p)
	}
	return p, nil
}

// CleanValue normalises a channel's value by its type and says what is wrong
// with it. plain lets http:// through, for whoever leaves it to somebody else to
// say where that may go.
func CleanValue(t ChannelType, value string, plain bool) (string, error) {
	switch t {
	case TypeEmail:
		return CleanEmail(value)
	case TypeSMS:
		return cleanPhone(value)
	default:
		return cleanURL(value, plain)
	}
}

// E.164 allows 15 digits (ITU-T E.164, 6.2); the shortest numbers in use abroad, country code included, have 7.
const minPhone, maxPhone = 7, 15

func cleanPhone(value string) (string, error) {
	value = strings.TrimSpace(value)
	if value == "" {
		return value, errors.New("Type a phone number with its country code, such as +994551234567.")
	}
	digits := strings.NewReplacer(" ", "", "\u00a0", "", "-", "", "\u2011", "", "(", "", ")", "", "[", "", "]", "", ".", "", "/", "").Replace(value)
	digits, hasPlus := strings.CutPrefix(digits, "+")
	if !hasPlus {
		digits, hasPlus = strings.CutPrefix(digits, "00")
	}
	for _, r := range digits {
		if r < '0' || r > '9' {
			return value, fmt.Errorf("A phone number has only digits after the +; remove %q.", r)
		}
	}
	switch n := len(digits); {
	case !hasPlus:
		return value, errors.New("Start with + and the country code, such as +994551234567.")
	case strings.HasPrefix(digits, "0"):
		return value, errors.New("A country code does not start with 0; write +994 and not +0994.")
	case n < minPhone:
		return value, fmt.Errorf("This number is too short: %s after the +, at least %d are needed.", plural(n, "digit"), minPhone)
	case n > maxPhone:
		return value, fmt.Errorf("This number is too long: %s after the +, at most %d are possible.", plural(n, "digit"), maxPhone)
	}
	return "+" + digits, nil
}

// maxURL is a bound of our own; common servers refuse request lines past 8,000 bytes.
const maxURL = 2000

func cleanURL(value string, plain bool) (string, error) {
	value = strings.TrimSpace(value)
	switch {
	case value == "":
		return value, errors.New("Type a web address, such as https://hooks.example.com/alerts.")
	case len(value) > maxURL:
		return value, fmt.Errorf("A web address has at most %d characters here.", maxURL)
	case hasInvisible(value):
		return value, errors.New("Remove the spaces and invisible characters from the address.")
	}
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Hostname() == "" || u.Opaque != "" {
		return value, errors.New("Type a whole web address, such as https://hooks.example.com/alerts.")
	}
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	switch {
	case u.User != nil:
		return value, errors.New("Leave out the user name and password before the @.")
	case u.Scheme != "https" && !(u.Scheme == "http" && plain):
		return value, errors.New("The address must start with https://.")
	}
	if err := cleanPort(u); err != nil {
		return value, err
	}
	return u.String(), nil
}

// cleanPort leaves the usual port out, so that the same address is written the
// same way (RFC 3986, 6.2.3).
func cleanPort(u *url.URL) error {
	port := u.Port()
	n, err := strconv.ParseUint(port, 10, 16)
	switch {
	case port != "" && (err != nil || n == 0):
		return errors.New("A port is a number from 1 to 65535; leave it out for the usual one.")
	case port == "" && !strings.HasSuffix(u.Host, ":"):
	case port == "", u.Scheme == "https" && n == 443, u.Scheme == "http" && n == 80:
		u.Host = u.Host[:strings.LastIndexByte(u.Host, ':')]
	}
	return nil
}

// IsThisMachine reports whether a host, as it is written in an address, is this
// machine: what is sent there in the clear, nobody on the way can read.
func IsThisMachine(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

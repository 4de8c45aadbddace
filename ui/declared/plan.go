package declared

import (
	"slices"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Action is what a step does.
type Action string

// The actions, in the order in which a plan has them.
const (
	ChangeUsername  Action = "change-username"  // a code is sent to the new one
	ConfirmUsername Action = "confirm-username" // with that code
	Rename          Action = "rename"           // the person
	Add             Action = "add"              // a channel; a code is sent to it
	Edit            Action = "edit"             // the value of a channel; a code is sent to the new one
	Label           Action = "label"            // a channel
	Verify          Action = "verify"           // a channel, with its code
	Enable          Action = "enable"           // a channel
	Reorder         Action = "reorder"          // all channels
	Disable         Action = "disable"          // a channel
	Delete          Action = "delete"           // a channel
)

// Step is one change of an account. Values are spelled as the API has them.
type Step struct {
	Action Action `json:"action"`
	// Channel is the priority of the channel now, 0 for none; Was is the value that it has.
	Channel int    `json:"channel,omitempty"`
	Was     string `json:"was,omitempty"`
	// Type and Value are those of the channel, or of the username, after the step; of Delete, the type alone.
	Type  backend.ChannelType `json:"type,omitempty"`
	Value string              `json:"value,omitempty"`
	// Label is what the channel is called then, nil for what it is called now; Enabled is for Enable and Disable.
	Label   *string `json:"label,omitempty"`
	Enabled *bool   `json:"enabled,omitempty"`
	Name    *string `json:"name,omitempty"` // for Rename, as Surname; nil for what it is now
	Surname *string `json:"surname,omitempty"`
	Order   []int   `json:"order,omitempty"` // the priorities of now, in the order that they should have
	Says    string  `json:"says"`            // a sentence without its point
	// SendsTo is where a code is sent, "" for nowhere.
	SendsTo string `json:"sends_to,omitempty"`
	// Waits says for what this step has to wait, "" for nothing. A step that takes a code waits for a person.
	Waits string `json:"waits,omitempty"`
	// IsCodeOver says of a step that takes a code that the one which was sent cannot be entered any more.
	IsCodeOver bool `json:"code_expired,omitempty"`
	// SigningSecret is that of a webhook which this step has added; else "".
	SigningSecret string `json:"signing_secret,omitempty"`
}

// IsSame reports whether two steps do the same to the same values, also where the channel has another number by now.
func (s Step) IsSame(other Step) bool {
	return s.Action == other.Action && s.isOf(other) && s.Was == other.Was && equal(s.Label, other.Label) && equal(s.Name, other.Name) &&
		equal(s.Surname, other.Surname) && slices.Equal(s.Order, other.Order)
}

// isOf reports whether two steps are about one value.
func (s Step) isOf(other Step) bool { return s.Type == other.Type && s.Value == other.Value }

func equal(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }

// NeedsCode reports whether a person has to type a code for the step.
func (s Step) NeedsCode() bool { return s.Action == Verify || s.Action == ConfirmUsername }

// Plan is what has to be done for an account to be as it is declared.
type Plan struct {
	Steps []Step `json:"steps"`
	// Before and After are where messages go, the most important first.
	Before []Address `json:"reached_before"`
	After  []Address `json:"reached_after"`
}

// Address is a value of a channel, spelled as the API has it.
type Address struct {
	Type  backend.ChannelType
	Value string
}

// MarshalText is the value, as JSON has it.
func (a Address) MarshalText() ([]byte, error) { return []byte(a.Value), nil }

// Leads reports whether a step is one of the plan, or comes of one: the code of what it adds or changes.
func (p Plan) Leads(to Step) bool {
	return slices.ContainsFunc(p.Steps, func(s Step) bool {
		switch to.Action {
		case Reorder:
			return s.Action == Reorder
		case Verify:
			return s.isOf(to) && (s.Action == Verify || s.Action == Add || s.Action == Edit)
		case ConfirmUsername:
			return s.isOf(to)
		case ChangeUsername, Rename, Add, Edit, Label, Enable, Disable, Delete:
		}
		return s.IsSame(to)
	})
}

// NeedsOnlyCodes reports whether nothing is to be changed, and no more than codes are to be entered.
func (p Plan) NeedsOnlyCodes() bool {
	return !slices.ContainsFunc(p.Steps, func(s Step) bool { return !s.NeedsCode() })
}

// comparison is the work of Compare.
type comparison struct {
	wanted   Document
	now      []backend.Channel
	at       time.Time
	limit    int   // of channels, 0 for none that is known
	partner  []int // of each declared channel, its index in now, or -1
	isKept   []bool
	steps    []Step
	unproved []string // declared channels that are to be on and wait for their codes
}

// Compare finds the steps at a time. Adding and proving come before what takes a way to the person away, and that
// waits until all channels that are declared to be on are proved. A new value that is not declared, and waits for its
// code in the place of one that is, is given up first: no two channels have one value. Where there is no room for what is
// to be added, a channel that is not declared goes before, if no message goes there or a declared one is proved.
func Compare(p backend.Profile, channels []backend.Channel, wanted Document, at time.Time) Plan {
	c := &comparison{wanted: wanted, now: channels, at: at, limit: mostChannels(p), steps: []Step{}}
	c.person(p)
	plan := Plan{Before: reached(channels)}
	plan.After = plan.Before
	if len(wanted.Channels) > 0 {
		c.match()
		c.giveUp()
		c.add()
		c.keep()
		c.order()
		c.remove()
		plan.After = plan.After[:0:0]
		for _, d := range wanted.Channels {
			if d.IsOn() {
				plan.After = append(plan.After, Address{d.Type, d.Value})
			}
		}
	}
	plan.Steps = c.steps
	return plan
}

// mostChannels is how many channels an account can have, 0 where that is not known.
func mostChannels(p backend.Profile) int {
	for _, l := range p.Limits {
		if l.Key == backend.LimitChannels {
			return l.Value
		}
	}
	return 0
}

// CheckRoom refuses more channels than an account can have. Error: limit_reached.
func (d *Document) CheckRoom(p backend.Profile) error {
	if most := mostChannels(p); most > 0 && len(d.Channels) > most {
		return backend.Errorf(backend.CodeLimitReached, "The file declares %d channels, and this account has room for %d. Declare fewer; nothing was changed.", len(d.Channels), most)
	}
	return nil
}

func reached(channels []backend.Channel) []Address {
	list := []Address{}
	for _, ch := range channels {
		if ch.Reachable() {
			list = append(list, Address{ch.Type, ch.ActiveValue})
		}
	}
	return list
}

func (c *Channel) text() string { return backend.ReadableValue(c.Type, c.Value) }

// person compares username and name, in this order: a file of another account is refused by its username, which is taken,
// before anything is changed.
func (c *comparison) person(p backend.Profile) {
	c.username(p)
	rename := Step{Action: Rename}
	now, then := p.Customer, p.Customer
	if c.wanted.Name != nil && *c.wanted.Name != now.Name {
		rename.Name, then.Name = c.wanted.Name, *c.wanted.Name
	}
	if c.wanted.Surname != nil && *c.wanted.Surname != now.Surname {
		rename.Surname, then.Surname = c.wanted.Surname, *c.wanted.Surname
	}
	if rename.Name != nil || rename.Surname != nil {
		rename.Says = "Change the name to " + then.FullName()
		c.steps = append(c.steps, rename)
	}
}

func (c *comparison) username(p backend.Profile) {
	if c.wanted.Username == nil || backend.FoldEmail(*c.wanted.Username) == backend.FoldEmail(p.Customer.Email) {
		return
	}
	username := *c.wanted.Username
	step := Step{Action: ChangeUsername, Type: backend.TypeEmail, Value: username, SendsTo: username, Says: "Change the username to " + backend.ReadableEmail(username)}
	if p.Pending != nil && backend.FoldEmail(p.Pending.Email) == backend.FoldEmail(username) {
		step.Action, step.SendsTo, step.IsCodeOver = ConfirmUsername, "", isOver(p.Pending.Code, c.at)
		step.Says = "Confirm the username " + backend.ReadableEmail(username) + " with its code"
	}
	c.steps = append(c.steps, step)
}

// isOver reports whether a code that was sent cannot be entered any more; not of one of which nothing is known.
func isOver(code backend.CodeState, at time.Time) bool {
	return !code.ExpiresAt.IsZero() && !code.Live(at)
}

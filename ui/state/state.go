// Package state is the table of the states of a channel and of a message: one word, one
// sign and one colour for each. Screens, dialogs, notices and the command line take them
// from here, so that one thing has one name.
package state

import (
	"github.com/account-settings/pinghome/ui/theme"
)

// State is how far a channel or a message has come.
type State int

// The states.
const (
	NeverVerified State = iota // a value that no code was sent to, or none that is known
	WaitingCode                // a value whose code can be entered
	Expired                    // a value whose code is too old
	Exhausted                  // a value whose code has no tries left
	Locked                     // a value for which no code is taken for a while
	On
	Off
	Sending
	Sent       // a provider took it
	Seen       // a person proved to have seen a message, not too long ago
	Stale      // a person did, too long ago
	Unseen     // no person did yet
	Held       // stays where the accounts are: no delivery is set up
	Waiting    // for its next try
	PutOff     // of an attempt: the provider refused it for then
	Failed     // for good
	Failing    // of a channel: its last message failed
	Stopped    // the same, since the person has asked for no more messages
	Blocked    // not sent for a reason on the side of the operator, not of the address
	Unreached  // of an account: no channel is on and has a value in force
	Verified   // of a username: a code was entered
	Unverified // of a username: none did
	Unknown    // the answer was lost, or the word is not one of ours
)

// Tone is the colour of a state by its meaning.
type Tone int

// The tones. Good is only for what reaches a person.
const (
	Plain Tone = iota
	Quiet
	Good
	Attention
	Bad
	Busy
)

// row is a state in the table.
type row struct {
	word string
	sign func(*theme.Glyphs) string // nil: the word alone
	mark func(*theme.Glyphs) string // one cell, in a strip of attempts; nil: sign
	tone Tone
}

var table = map[State]row{
	NeverVerified: {"never verified", attention, nil, Attention},
	WaitingCode:   {"waiting for its code", pending, nil, Attention},
	Expired:       {"expired", attention, nil, Attention},
	Exhausted:     {"no tries left", attention, nil, Attention},
	Locked:        {"locked", attention, nil, Attention},
	On:            {"on", nil, nil, Plain},
	Off:           {"off", nil, nil, Quiet},
	Sending:       {"sending", pending, nil, Busy},
	Sent:          {"sent", func(g *theme.Glyphs) string { return g.Sent }, nil, Plain},
	Seen:          {"seen", func(g *theme.Glyphs) string { return g.Yes }, nil, Good},
	Stale:         {"stale", attention, nil, Attention},
	Unseen:        {"not seen", never, nil, Quiet},
	Held:          {"held", nil, func(g *theme.Glyphs) string { return g.Held }, Quiet},
	Waiting:       {"waiting", pending, func(g *theme.Glyphs) string { return g.Delayed }, Attention},
	PutOff:        {"put off", pending, func(g *theme.Glyphs) string { return g.Delayed }, Attention},
	Failed:        {"failed", no, nil, Bad},
	Failing:       {"failing", no, nil, Bad},
	Stopped:       {"stopped", no, nil, Bad},
	Blocked:       {"not sent", attention, nil, Attention},
	Unreached:     {"not reached", no, nil, Bad},
	Verified:      {"verified", func(g *theme.Glyphs) string { return g.Yes }, nil, Plain},
	Unverified:    {"not verified", never, nil, Quiet},
	Unknown:       {"not known", func(*theme.Glyphs) string { return "?" }, nil, Attention},
}

func attention(g *theme.Glyphs) string { return g.Attention }
func pending(g *theme.Glyphs) string   { return g.Pending }
func never(g *theme.Glyphs) string     { return g.Never }
func no(g *theme.Glyphs) string        { return g.No }

// Word is the only word for the state.
func (s State) Word() string { return table[s].word }

// Tone is the meaning of its colour.
func (s State) Tone() Tone { return table[s].tone }

// Sign is its sign; "" for a state that is said by its word alone.
func (s State) Sign(look *theme.Look) string {
	if sign := table[s].sign; sign != nil {
		return sign(&look.Glyphs)
	}
	return ""
}

// Mark is its sign in a strip of attempts, one cell wide.
func (s State) Mark(look *theme.Look) string {
	if mark := table[s].mark; mark != nil {
		return mark(&look.Glyphs)
	}
	return s.Sign(look)
}

// SignOrMark is its sign, or its mark where it has none: for a list in which signs stand alone.
func (s State) SignOrMark(look *theme.Look) string {
	if sign := s.Sign(look); sign != "" {
		return sign
	}
	return s.Mark(look)
}

// Said is the sign and the word.
func (s State) Said(look *theme.Look) string { return s.With(look, s.Word()) }

// With is the sign before another text, such as a time that is left.
func (s State) With(look *theme.Look, text string) string {
	if sign := s.Sign(look); sign != "" {
		return sign + " " + text
	}
	return text
}

// Style is its colour, on the row of the palette.
func (s State) Style(p *theme.Palette) theme.Style {
	switch s.Tone() {
	case Good:
		return p.OK
	case Attention:
		return p.Warn
	case Bad:
		return p.Err
	case Busy:
		return p.Info
	case Quiet:
		return p.Muted
	default: // Plain
		return p.Text
	}
}

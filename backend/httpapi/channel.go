package httpapi

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// The fields and bodies of the requests.
var (
	fieldType        = field[string]{"type", `{"examples": ["sms"], "type": "string", "enum": ["email", "sms", "push-notification", "webhook"]}`, cleanType}
	fieldNewValue    = field[string]{"value", `{"type": "string", "description": "A number is kept in E.164, an email with its domain as lower-case A-labels, a URL as RFC 3986 normalises it", "examples": ["+994551234567"]}`, nil} // createChannel checks it by the type
	fieldValue       = field[string]{"value", `{"type": "string", "examples": ["new.email@ping-home.org"]}`, nil}                                                                                                                     // only the backend knows the channel's type
	fieldLabel       = field[string]{"label", `{"type": "string", "maxLength": 40, "examples": ["pager"], "description": "What the customer calls the channel; empty for nothing"}`, backend.CleanLabel}
	fieldPriority    = field[int]{"priority", `{"type": "integer", "minimum": 1, "examples": [1], "description": "The channel's handle; 1 is the most important"}`, backend.CleanPriority}
	fieldChannelCode = field[string]{"code", `{"type": "string", "description": "Six digits of any script; blanks, dashes and invisible signs are dropped", "examples": ["087608"]}`, backend.CleanCode}
	fieldEnabled     = field[bool]{"enabled", `{"examples": [true], "type": "boolean"}`, nil}

	bodyNewChannel      = &body{name: "NewChannel", required: []anyField{fieldNewValue, fieldType}, optional: []anyField{fieldLabel}}
	bodyChannelValue    = &body{name: "ChannelValue", required: []anyField{fieldValue, fieldPriority}, optional: []anyField{fieldLabel}}
	bodyChannelCode     = &body{name: "ChannelCode", required: []anyField{fieldChannelCode, fieldPriority}}
	bodyChannelPriority = &body{name: "ChannelPriority", required: []anyField{fieldPriority}}
	bodyChannelEnabled  = &body{name: "ChannelEnabled", required: []anyField{fieldEnabled, fieldPriority}}
)

// wireChannel is a channel.
type wireChannel struct {
	Type        string    `json:"type"`
	Value       string    `json:"value"`
	Priority    int       `json:"priority"`
	Label       string    `json:"label"` // "" for none; extension
	Enabled     bool      `json:"enabled"`
	Verified    bool      `json:"verified"`
	Status      string    `json:"status"`
	ActiveValue *string   `json:"active_value"` // null before the first verification
	CreatedAt   instant   `json:"created_at"`
	UpdatedAt   instant   `json:"updated_at"`
	VerifiedAt  instant   `json:"verified_at"` // null before the first verification
	LastTest    *wireTest `json:"last_test"`
	// Verification is the state of the code that verifies Value, or null. Extension.
	Verification *wireCodeState `json:"verification"`
	// Failure is the last message if it was not delivered, or null. Extension.
	Failure *wireFailure `json:"failure"`
	// Blocked is the last message if it was not sent for a reason on the operator's side, or
	// null. Extension.
	Blocked *wireFailure `json:"blocked"`
	Proof   wireProof    `json:"proof"` // extension
}

// wireNewChannel is the data of a creation: the channel, and what is shown only once.
type wireNewChannel struct {
	wireChannel
	SigningSecret string `json:"signing_secret,omitempty"` // of a webhook; extension
}

// wireTest is the result of a test message. Provider and the fields after it are
// an extension in last_test, and part of the contract in the data of a test.
type wireTest struct {
	At             instant `json:"at"`
	OK             bool    `json:"ok"`
	Detail         string  `json:"detail"`
	DurationMS     int64   `json:"duration_ms"`
	Unknown        bool    `json:"unknown"` // extension
	Held           *bool   `json:"held"`    // extension; nil from a server that does not tell
	Provider       string  `json:"provider"`
	ProviderStatus string  `json:"provider_status"`
	WhileDisabled  bool    `json:"while_disabled"`
}

// wireChannelUpdate is the data of a change of a channel's value: the channel,
// and what was done.
type wireChannelUpdate struct {
	wireChannel
	Changed      bool `json:"changed"`
	LabelChanged bool `json:"label_changed"` // extension
	CodeSent     bool `json:"code_sent"`     // extension
}

// warningUnreachable comes with a deletion, or a channel switched off, after which no
// channel is left that
// reaches the customer.
const warningUnreachable = "no_reachable_channel"

// wireDeletion is the data of a deletion.
type wireDeletion struct {
	Deleted []int `json:"deleted"`
}

func channelToWire(c backend.Channel) wireChannel {
	w := wireChannel{Type: string(c.Type), Value: c.Value, Priority: c.Priority, Label: c.Label, Enabled: c.Enabled, Verified: c.Verified,
		Status: string(c.Status()), CreatedAt: instantOf(c.CreatedAt), UpdatedAt: instantOf(c.UpdatedAt), VerifiedAt: instantOf(c.VerifiedAt),
		Proof: proofToWire(c.Proof)}
	if c.ActiveValue != "" {
		w.ActiveValue = &c.ActiveValue
	}
	if c.LastTest != nil {
		t := testToWire(*c.LastTest)
		w.LastTest = &t
	}
	if c.Code != nil {
		s := codeStateToWire(*c.Code)
		w.Verification = &s
	}
	if c.Failure != nil {
		f := failureToWire(*c.Failure)
		w.Failure = &f
	}
	if c.Blocked != nil {
		f := failureToWire(*c.Blocked)
		w.Blocked = &f
	}
	return w
}

func (w wireChannel) fromWire() backend.Channel {
	c := backend.Channel{Type: backend.ChannelType(w.Type), Value: w.Value, Priority: w.Priority, Label: w.Label, Enabled: w.Enabled, Verified: w.Verified,
		CreatedAt: w.CreatedAt.when(), UpdatedAt: w.UpdatedAt.when(), VerifiedAt: w.VerifiedAt.when(), Proof: w.Proof.fromWire()}
	if w.ActiveValue != nil {
		c.ActiveValue = *w.ActiveValue
	}
	if w.LastTest != nil {
		t := w.LastTest.fromWire()
		c.LastTest = &t
	}
	if w.Verification != nil {
		s := w.Verification.fromWire()
		c.Code = &s
	}
	if w.Failure != nil {
		f := w.Failure.fromWire()
		c.Failure = &f
	}
	if w.Blocked != nil {
		f := w.Blocked.fromWire()
		c.Blocked = &f
	}
	return c
}

func testToWire(t backend.Test) wireTest {
	return wireTest{At: instantOf(t.At), OK: t.OK, Detail: t.Detail, DurationMS: t.Duration.Milliseconds(),
		Unknown: t.Unknown, Held: &t.Held, Provider: t.Provider, ProviderStatus: t.ProviderStatus, WhileDisabled: t.WhileDisabled}
}

func (w wireTest) fromWire() backend.Test {
	return backend.Test{At: w.At.when(), OK: w.OK, Detail: w.Detail, Duration: time.Duration(w.DurationMS) * time.Millisecond,
		Unknown: w.Unknown, Held: heldFromWire(w.Held, w.Provider), Provider: w.Provider, ProviderStatus: w.ProviderStatus, WhileDisabled: w.WhileDisabled}
}

func (c *call) listChannels(ctx context.Context) (reply, error) {
	filter := backend.ChannelFilter{Include: typesIn(c.query, "include_types"), Exclude: typesIn(c.query, "exclude_types")}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	// The revision is read first: when something changes in between, the ETag is
	// too old and not too new.
	revision, err := c.view.Revision(ctx)
	if err != nil {
		return reply{}, err
	}
	list, err := c.view.Channels(ctx, filter)
	return reply{message: "These are the notification channels, the most important first.",
		data: listToWire(list, channelToWire), revision: revision}, err
}

func (c *call) createChannel(ctx context.Context) (reply, error) {
	kind := backend.ChannelType(c.text(fieldType))
	value := c.text(fieldNewValue.withCheck(func(value string) (string, error) {
		if _, err := backend.CleanType(kind); err != nil {
			return notBlank(value) // without a type nothing more can be checked
		}
		return backend.CleanValue(kind, value, true) // the backend decides about plain http
	}))
	label := ""
	if named := c.optionalText(fieldLabel); named != nil {
		label = *named
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	ch, err := c.view.CreateChannel(ctx, kind, value, label)
	return reply{message: fmt.Sprintf("Channel %d was created. It has to be verified: a code was sent to it.", ch.Priority),
		data: wireNewChannel{wireChannel: channelToWire(ch), SigningSecret: ch.SigningSecret}}, err
}

func (c *call) updateChannel(ctx context.Context) (reply, error) {
	value, priority, label := c.text(fieldValue), c.number(fieldPriority), c.optionalText(fieldLabel)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	u, err := c.view.UpdateChannel(ctx, priority, value, label)
	message := "The channel has this value already, and it is verified."
	switch {
	case u.CodeSent && u.Changed:
		message = "The channel was changed. It has to be verified again: a code was sent to the new value."
	case u.CodeSent:
		message = "A fresh code was sent."
	case u.Changed:
		message = "The channel has its verified value back."
	case u.LabelChanged:
		message = "The channel has another label."
	}
	return reply{message: message, data: wireChannelUpdate{wireChannel: channelToWire(u.Channel), Changed: u.Changed, LabelChanged: u.LabelChanged, CodeSent: u.CodeSent}}, err
}

func (c *call) verifyChannel(ctx context.Context) (reply, error) {
	code, priority := c.text(fieldChannelCode), c.number(fieldPriority)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	ch, err := c.view.VerifyChannel(ctx, priority, code)
	return reply{message: "The channel is verified and switched on.", data: channelToWire(ch)}, err
}

func (c *call) deleteChannels(ctx context.Context) (reply, error) {
	list, err := prioritiesIn(c.query)
	c.Add("priority", err)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	d, err := c.view.DeleteChannels(ctx, list)
	p := reply{message: "The channels " + joinNumbers(d.Deleted) + " were deleted.", data: wireDeletion{Deleted: listToWire(d.Deleted, same)}}
	if len(d.Deleted) == 1 {
		p.message = "Channel " + joinNumbers(d.Deleted) + " was deleted."
	}
	if d.NoneReachable {
		p.warnUnreachable()
	}
	return p, err
}

func (c *call) testChannel(ctx context.Context) (reply, error) {
	priority := c.number(fieldPriority)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	t, err := c.view.TestChannel(ctx, priority)
	message := "A test message was sent."
	switch {
	case t.Unknown:
		message = t.Detail
	case t.WhileDisabled:
		message = "A test message was sent, although the channel is switched off."
	}
	return reply{message: message, data: testToWire(t)}, err
}

func (c *call) setChannelEnabled(ctx context.Context) (reply, error) {
	enabled, priority := c.truth(fieldEnabled), c.number(fieldPriority)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	ch, err := c.view.SetChannelEnabled(ctx, priority, enabled)
	message := "The channel is switched off."
	if enabled {
		message = "The channel is switched on."
	}
	p := reply{message: message, data: channelToWire(ch)}
	if err != nil || enabled {
		return p, err
	}
	// The answer says what is so now: that is why it is read, and no part of the change. Where
	// it cannot be read, the change was made all the same.
	all, unread := c.view.Channels(ctx, backend.ChannelFilter{})
	if unread == nil && !slices.ContainsFunc(all, backend.Channel.Reachable) {
		p.warnUnreachable()
	}
	return p, nil
}

// warnUnreachable adds that no channel is left that a message could reach the customer by.
func (p *reply) warnUnreachable() {
	p.message += " No channel is left that a message could reach the customer by."
	p.warning = warningUnreachable
}

func cleanType(text string) (string, error) {
	kind, err := backend.CleanType(backend.ChannelType(text))
	return string(kind), err
}

func same(n int) int { return n }

// joinNumbers lists numbers as in a sentence: 1, 2 and 3.
func joinNumbers(list []int) string {
	texts := strings.Fields(strings.Trim(fmt.Sprint(list), "[]"))
	if n := len(texts); n > 1 {
		return strings.Join(texts[:n-1], ", ") + " and " + texts[n-1]
	}
	return strings.Join(texts, "")
}

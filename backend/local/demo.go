package local

import (
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// DemoCustomer is the id of the demo's main account, the one in the public documentation.
const DemoCustomer = "6fb4e64f-ad18-46e3-920c-92639adb137c"

// demoCode is the code that waits in the demo's inbox, the documentation's example.
const demoCode = "087608"

// Demo returns a function that fills a new file with three accounts to try the
// program with. Ids are fixed and times relative to the transaction's, so that
// pictures stay the same. key is the key for codes, KeySize bytes: one channel waits
// for its code.
func Demo(key []byte) func(*storage.Tx) error {
	return func(tx *storage.Tx) error {
		d := demo{tx: tx, key: key, err: putKeyCheck(tx, key)}
		d.john()
		d.anna()
		d.smilla()
		d.try(tx.PutFact(storage.FactDemo, []byte(strings.Join(d.customers, " "))))
		return d.err
	}
}

// demo writes rows for one customer after the other. After the first error it
// keeps that one.
type demo struct {
	tx        *storage.Tx
	key       []byte
	customer  string   // the one whose rows are written now
	customers []string // all so far
	rows      int      // with an id so far
	err       error
}

func (d *demo) try(err error) {
	if d.err == nil {
		d.err = err
	}
}

func (d *demo) ago(t time.Duration) time.Time { return d.tx.Now.Add(-t) }

// id returns fixed ids that sort in the order of their making, before all real ones.
func (d *demo) id() string {
	d.rows++
	return fmt.Sprintf("01900000-0000-7000-8000-%012d", d.rows)
}

func (d *demo) account(p backend.Profile) {
	d.customer = p.Customer.ID
	d.customers = append(d.customers, d.customer)
	d.try(d.tx.AddOrganization(p.Organization, p.Team))
	d.try(d.tx.AddCustomer(p))
}

func (d *demo) channel(c backend.Channel) {
	c.CreatedAt = c.UpdatedAt
	if !c.VerifiedAt.IsZero() && c.VerifiedAt.Before(c.UpdatedAt) {
		c.CreatedAt = c.VerifiedAt.Add(-5 * time.Minute) // created before it was verified
	}
	if c.Proof.SeenAt.IsZero() {
		c.Proof.SeenAt = c.VerifiedAt
	}
	d.try(d.tx.AddChannel(d.customer, c))
	if c.Type == backend.TypeWebhook {
		d.try(d.tx.PutSigningSalts(d.customer, c.Priority, storage.SigningSalts{Now: newSalt()}))
	}
	if c.LastTest != nil {
		d.try(d.tx.SaveTest(d.customer, c.Type, c.ActiveValue, *c.LastTest))
	}
}

// code writes a code for a channel's value, and the message with it.
func (d *demo) code(kind backend.ChannelType, value, digits string, ago time.Duration, tries int) {
	c := storage.Code{ID: d.id(), Customer: d.customer, Purpose: storage.PurposeChannel, Target: target(kind, value),
		Tries: tries, SentAt: d.ago(ago), ExpiresAt: d.ago(ago).Add(backend.CodeLifetime)}
	c.MAC = codeMAC(d.key, c, digits)
	d.try(d.tx.PutCode(c))
	send := storage.Send{Target: countedTarget(kind, value), At: c.SentAt}
	d.try(d.tx.AddSend(d.customer, storage.SendCode, c.ID, send, d.ago(day)))
	d.message(backend.Message{Type: kind, To: value, Kind: backend.KindVerification, Code: digits, CodeExpiresAt: c.ExpiresAt},
		codeText(kind, backend.KindVerification, digits), ago, false)
}

// message writes a message that is held in the inbox.
func (d *demo) message(m backend.Message, t text, ago time.Duration, read bool) {
	m.ID, m.At, m.Subject, m.Body, m.Read = d.id(), d.ago(ago), t.subject, t.body, read
	m.State, m.Provider, m.Detail = backend.StateHeld, delivery.InboxReceipt.Provider, delivery.InboxReceipt.Status
	m.Attempts = 1
	d.try(d.tx.AddMessage(d.customer, m, nil, m.At))
	d.try(d.tx.AddAttempt(d.customer, d.id(), m, inboxAttempt(m.At)))
}

// sent writes a message that a provider accepted or, with fails, refused.
func (d *demo) sent(m backend.Message, t text, ago time.Duration, provider, status string, fails bool) {
	m.ID, m.At, m.Subject, m.Body, m.Read = d.id(), d.ago(ago), t.subject, t.body, true
	m.State, m.Provider, m.Detail, m.Attempts = backend.StateSent, provider, status, 1
	outcome := backend.OutcomeSent
	if fails {
		m.State, outcome = backend.StateFailed, backend.OutcomeFailed
	}
	d.try(d.tx.AddMessage(d.customer, m, nil, m.At))
	d.try(d.tx.AddAttempt(d.customer, d.id(), m, backend.Attempt{At: m.At, Outcome: outcome, Provider: provider, Status: status, Duration: demoTook(d.rows)}))
}

// history writes attempts at messages that are deleted since: one for each character
// of outcomes ('.' sent, '~' delayed, 'x' failed), oldest first, one step apart, the
// newest one step ago.
func (d *demo) history(kind backend.ChannelType, to, provider string, step time.Duration, outcomes string) {
	for i, o := range outcomes {
		m := backend.Message{ID: d.id(), Type: kind, To: to, Kind: backend.KindTest}
		a := backend.Attempt{At: d.ago(time.Duration(len(outcomes)-i) * step), Provider: provider, Outcome: backend.OutcomeSent,
			Status: "accepted", Duration: demoTook(i)}
		switch o {
		case '~':
			a.Outcome, a.Status = backend.OutcomeDelayed, "451 4.7.1 try again later"
		case 'x':
			a.Outcome, a.Status = backend.OutcomeFailed, "no answer in time"
		}
		d.try(d.tx.AddAttempt(d.customer, d.id(), m, a))
	}
}

// demoTook is how long an attempt took: different for each, the same in each run.
func demoTook(i int) time.Duration { return time.Duration(60+i*37%190) * time.Millisecond }

func (d *demo) feedback(ago time.Duration, text string) {
	d.try(d.tx.AddFeedback(d.customer, backend.FeedbackNote{ID: d.id(), SentAt: d.ago(ago), Text: text}))
}

func (d *demo) journal(ago time.Duration, action, detail string) {
	d.entry(ago, backend.JournalEntry{Action: action, Detail: detail})
}

// demoActor is who has changed the accounts of the demo before they were opened: their undo takes
// nothing of that back by itself.
const demoActor = "demo"

func (d *demo) entry(ago time.Duration, e backend.JournalEntry) {
	e.ID, e.At, e.Actor = d.id(), d.ago(ago), demoActor
	d.try(d.tx.AddJournal(d.customer, e))
}

// made writes the rows about the creation of a channel that is there and, where it has a value in
// force, about its first verification.
func (d *demo) made(ago time.Duration, priority int) {
	ch, _, err := d.tx.Channel(d.customer, priority)
	d.try(err)
	proved := backend.SettingsOf(ch)
	if ch.ActiveValue != "" {
		proved.Value, proved.Enabled, proved.SeenAt = ch.ActiveValue, true, ch.VerifiedAt
	}
	waiting := proved
	waiting.ActiveValue, waiting.VerifiedAt, waiting.SeenAt, waiting.Enabled = "", time.Time{}, time.Time{}, false
	before, after := backend.Settings{Channels: []backend.ChannelSettings{waiting}}, backend.Settings{Channels: []backend.ChannelSettings{proved}}
	d.entry(ago, backend.JournalEntry{Action: "channel.created", Detail: channelName(ch), After: before})
	if ch.ActiveValue != "" {
		d.entry(ago, backend.JournalEntry{Action: "channel.verified", Detail: channelName(ch), Before: before, After: after})
	}
}

// changed writes a row about a change of a channel that is there. was makes of its settings what
// they were before.
func (d *demo) changed(ago time.Duration, action, detail string, priority int, was func(*backend.ChannelSettings)) {
	ch, _, err := d.tx.Channel(d.customer, priority)
	d.try(err)
	before, after := backend.SettingsOf(ch), backend.SettingsOf(ch)
	was(&before)
	d.entry(ago, backend.JournalEntry{Action: action, Detail: channelName(ch) + detail,
		Before: backend.Settings{Channels: []backend.ChannelSettings{before}}, After: backend.Settings{Channels: []backend.ChannelSettings{after}}})
}

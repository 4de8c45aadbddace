package export

import (
	"encoding/json"
	"strconv"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// Record is what is written as one line. As JSON it has the names of the API.
type Record interface {
	// Columns are the titles of its cells, the same for all records of a kind.
	Columns() []string
	// Cells are its row in a table.
	Cells() []string
}

// JSON is a record as indented JSON.
func JSON(r Record) string { return indented(r) }

func indented(value any) string {
	text, err := json.MarshalIndent(value, "", "  ")
	if err != nil {
		return "" // records are texts, numbers and truths
	}
	return string(text)
}

// instant is a time as RFC 3339 has it, "" for none.
func instant(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// Channel is the record of a channel.
type Channel struct {
	Priority    int    `json:"priority"`
	Type        string `json:"type"`
	Value       string `json:"value"`
	ActiveValue string `json:"active_value,omitempty"`
	Label       string `json:"label"`
	Enabled     bool   `json:"enabled"`
	Verified    bool   `json:"verified"`
	Status      string `json:"status,omitempty"`
	CreatedAt   string `json:"created_at,omitempty"`
	VerifiedAt  string `json:"verified_at,omitempty"`
	AcceptedAt  string `json:"accepted_at,omitempty"`
	SeenAt      string `json:"seen_at,omitempty"`
	Failure     string `json:"failure,omitempty"`
}

// OfChannel is the record of a channel.
func OfChannel(c backend.Channel) Channel {
	r := Channel{Priority: c.Priority, Type: string(c.Type), Value: c.Value, ActiveValue: c.ActiveValue, Label: c.Label, Enabled: c.Enabled,
		Verified: c.Verified, Status: string(c.Status()), CreatedAt: instant(c.CreatedAt), VerifiedAt: instant(c.VerifiedAt),
		AcceptedAt: instant(c.Proof.AcceptedAt), SeenAt: instant(c.Proof.SeenAt)}
	if c.Failure != nil {
		r.Failure = c.Failure.Status
	}
	return r
}

// Columns are the titles of the cells.
func (Channel) Columns() []string {
	return []string{"priority", "type", "value", "active_value", "label", "enabled", "verified", "status", "created_at", "verified_at", "accepted_at", "seen_at", "failure"}
}

// Cells are the row of the channel.
func (c Channel) Cells() []string {
	return []string{strconv.Itoa(c.Priority), c.Type, c.Value, c.ActiveValue, c.Label, strconv.FormatBool(c.Enabled), strconv.FormatBool(c.Verified),
		c.Status, c.CreatedAt, c.VerifiedAt, c.AcceptedAt, c.SeenAt, c.Failure}
}

// Profile is all of an account as JSON.
func Profile(p backend.Profile) string {
	type limit struct {
		Key   string `json:"key"`
		Title string `json:"title"`
		Value int    `json:"value"`
		Used  int    `json:"used"`
	}
	c := p.Customer
	record := struct {
		ID           string  `json:"id"`
		Email        string  `json:"email"`
		PendingEmail *string `json:"pending_email"`
		Name         string  `json:"name"`
		Surname      string  `json:"surname"`
		Role         string  `json:"role"`
		CreatedAt    string  `json:"created_at"`
		Team         string  `json:"team"`
		Organization string  `json:"organization"`
		Plan         string  `json:"plan"`
		Limits       []limit `json:"limits"`
	}{ID: c.ID, Email: c.Email, Name: c.Name, Surname: c.Surname, Role: string(c.Role), CreatedAt: instant(c.CreatedAt),
		Team: p.Team.Name, Organization: p.Organization.Name, Plan: string(p.Organization.Plan), Limits: []limit{}}
	if p.Pending != nil {
		record.PendingEmail = &p.Pending.Email
	}
	for _, l := range p.Limits {
		record.Limits = append(record.Limits, limit{l.Key, l.Title, l.Value, l.Used})
	}
	return indented(record)
}

// Account is an account of a list as JSON.
func Account(a backend.AccountSummary) string {
	return indented(struct {
		ID           string `json:"id"`
		Email        string `json:"email"`
		Name         string `json:"name"`
		Surname      string `json:"surname"`
		Team         string `json:"team"`
		Organization string `json:"organization"`
		Role         string `json:"role"`
		Plan         string `json:"plan"`
		CreatedAt    string `json:"created_at"`
	}{a.ID, a.Email, a.Name, a.Surname, a.Team, a.Organization, string(a.Role), string(a.Plan), instant(a.CreatedAt)})
}

// Message is a message as JSON, with its code where that can be read.
func Message(m backend.Message) string {
	return indented(struct {
		ID       string `json:"id"`
		At       string `json:"at"`
		Type     string `json:"type"`
		To       string `json:"to"`
		Kind     string `json:"kind"`
		State    string `json:"state"`
		Subject  string `json:"subject"`
		Body     string `json:"body"`
		Provider string `json:"provider"`
		Detail   string `json:"detail"`
		Attempts int    `json:"attempts"`
	}{m.ID, instant(m.At), string(m.Type), m.To, string(m.Kind), string(m.State), m.Subject, m.Body, m.Provider, m.Detail, m.Attempts})
}

// Note is a feedback note as JSON.
func Note(n backend.FeedbackNote) string {
	return indented(struct {
		ID     string `json:"id"`
		SentAt string `json:"sent_at"`
		Text   string `json:"feedback"`
	}{n.ID, instant(n.SentAt), n.Text})
}

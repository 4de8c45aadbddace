package httpapi

import (
	"context"
	"errors"

	"github.com/account-settings/pinghome/backend"
)

// The fields and bodies of the requests.
var (
	fieldName         = nameField("name", "John")
	fieldSurname      = nameField("surname", "Smith")
	fieldReason       = field[string]{"reason", `{"type": "string", "description": "A lower-case slug of 1 to 64 characters", "examples": ["poor-features"]}`, backend.CleanReason}
	fieldUsername     = field[string]{"email", `{"type": "string", "description": "Kept with its domain as lower-case A-labels", "examples": ["pinghome@gmail.com"]}`, backend.CleanEmail}
	fieldUsernameCode = field[string]{"code", `{"type": "string", "description": "Six digits of any script; blanks, dashes and invisible signs are dropped", "examples": ["293479"]}`, backend.CleanCode}

	bodyCustomerChange = &body{name: "CustomerChange", optional: []anyField{fieldName, fieldSurname}, more: `"minProperties": 1, "description": "At least one of the two"`}
	bodyReason         = &body{name: "Reason", optional: []anyField{fieldReason}}
	bodyUsername       = &body{name: "Username", required: []anyField{fieldUsername}}
	bodyUsernameCode   = &body{name: "Code", required: []anyField{fieldUsernameCode}}
)

// nameField is a field for the name of a person or a group.
func nameField(name, example string) field[string] {
	return field[string]{name, `{"type": "string", "minLength": 1, "description": "1 to 100 characters without control characters, after trimming", "examples": ["` +
		example + `"]}`, backend.CleanName}
}

// wireProfile is the data of a profile.
type wireProfile struct {
	Customer     wireCustomer     `json:"customer"`
	Team         wireTeam         `json:"team"`
	Organization wireOrganization `json:"organization"`
	Limits       []wireLimit      `json:"limits"`
	Revision     int64            `json:"revision"` // extension
}

type wireCustomer struct {
	ID           string  `json:"id"`
	Email        string  `json:"email"`
	PendingEmail *string `json:"pending_email"`
	Name         string  `json:"name"`
	Surname      string  `json:"surname"`
	FullName     string  `json:"full_name"`
	Role         string  `json:"role"`
	CreatedAt    instant `json:"created_at"`
	// Pending says more about PendingEmail; null with it. Extension.
	Pending *wirePending `json:"pending"`
}

type wirePending struct {
	Email string `json:"email"`
	wireCodeState
}

// wireCodeState is the state of a one-time code that was sent, without the code.
type wireCodeState struct {
	SentAt       instant `json:"sent_at"`
	ExpiresAt    instant `json:"expires_at"`
	ResendAt     instant `json:"resend_at"`
	AttemptsLeft int     `json:"attempts_left"`
	LockedUntil  instant `json:"locked_until"`
}

type wireTeam struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

type wireOrganization struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Plan  string    `json:"plan"`
	Trial wireTrial `json:"trial"`
}

type wireTrial struct {
	Active bool    `json:"active"`
	EndsAt instant `json:"ends_at"`
}

type wireLimit struct {
	Module string `json:"module"`
	Key    string `json:"key"`
	Title  string `json:"title"`
	Value  int    `json:"value"`
	Used   int    `json:"used"`
}

func profileToWire(p backend.Profile) wireProfile {
	w := wireProfile{
		Customer: wireCustomer{ID: p.Customer.ID, Email: p.Customer.Email, Name: p.Customer.Name, Surname: p.Customer.Surname,
			FullName: p.Customer.FullName(), Role: string(p.Customer.Role), CreatedAt: instantOf(p.Customer.CreatedAt)},
		Team: wireTeam(p.Team),
		Organization: wireOrganization{ID: p.Organization.ID, Name: p.Organization.Name, Plan: string(p.Organization.Plan),
			Trial: wireTrial{Active: p.Organization.Trial.Active, EndsAt: instantOf(p.Organization.Trial.EndsAt)}},
		Limits:   make([]wireLimit, len(p.Limits)),
		Revision: p.Revision,
	}
	for i, l := range p.Limits {
		w.Limits[i] = wireLimit(l)
	}
	if p.Pending != nil {
		w.Customer.PendingEmail = &p.Pending.Email
		w.Customer.Pending = &wirePending{Email: p.Pending.Email, wireCodeState: codeStateToWire(p.Pending.Code)}
	}
	return w
}

// fromWire reads as much as there is: a server without the extensions tells of
// a pending address, but nothing of its code.
func (w wireProfile) fromWire() backend.Profile {
	p := backend.Profile{
		Customer: backend.Customer{ID: w.Customer.ID, Email: w.Customer.Email, Name: w.Customer.Name, Surname: w.Customer.Surname,
			Role: backend.Role(w.Customer.Role), CreatedAt: w.Customer.CreatedAt.when()},
		Team: backend.Team(w.Team),
		Organization: backend.Organization{ID: w.Organization.ID, Name: w.Organization.Name, Plan: backend.Plan(w.Organization.Plan),
			Trial: backend.Trial{Active: w.Organization.Trial.Active, EndsAt: w.Organization.Trial.EndsAt.when()}},
		Revision: w.Revision,
	}
	for _, l := range w.Limits {
		p.Limits = append(p.Limits, backend.Limit(l))
	}
	switch c := w.Customer; {
	case c.Pending != nil:
		p.Pending = &backend.PendingUsername{Email: c.Pending.Email, Code: c.Pending.fromWire()}
	case c.PendingEmail != nil && *c.PendingEmail != "":
		p.Pending = &backend.PendingUsername{Email: *c.PendingEmail}
	}
	return p
}

func codeStateToWire(c backend.CodeState) wireCodeState {
	return wireCodeState{SentAt: instantOf(c.SentAt), ExpiresAt: instantOf(c.ExpiresAt), ResendAt: instantOf(c.ResendAt),
		AttemptsLeft: c.AttemptsLeft, LockedUntil: instantOf(c.LockedUntil)}
}

func (w wireCodeState) fromWire() backend.CodeState {
	return backend.CodeState{SentAt: w.SentAt.when(), ExpiresAt: w.ExpiresAt.when(), ResendAt: w.ResendAt.when(),
		AttemptsLeft: w.AttemptsLeft, LockedUntil: w.LockedUntil.when()}
}

// profileReply is the reply of every operation that shows the profile.
func profileReply(p backend.Profile, message string) reply {
	return reply{message: message, data: profileToWire(p), revision: p.Revision}
}

func (c *call) getProfile(ctx context.Context) (reply, error) {
	p, err := c.view.Profile(ctx)
	return profileReply(p, "This is the customer's profile."), err
}

func (c *call) updateName(ctx context.Context) (reply, error) {
	change := backend.NameChange{Name: c.optionalText(fieldName), Surname: c.optionalText(fieldSurname)}
	if change == (backend.NameChange{}) {
		c.Add(fieldName.name, errors.New("Send a name, a surname or both."))
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	p, err := c.view.UpdateName(ctx, change)
	return profileReply(p, "The customer was updated."), err
}

// deleteAccount reads the reason from the body, or from ?reason= for clients
// that cannot send a body with a DELETE.
func (c *call) deleteAccount(ctx context.Context) (reply, error) {
	var reason string
	if c.has(fieldReason.name) || !c.query.Has("reason") {
		reason = c.text(fieldReason)
	} else {
		reason = c.query.Get("reason")
		_, err := fieldReason.check(reason)
		c.Add(fieldReason.name, err)
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	return reply{message: "The customer and everything of theirs was deleted."}, c.view.DeleteAccount(ctx, reason)
}

func (c *call) changeUsername(ctx context.Context) (reply, error) {
	email := c.text(fieldUsername)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	p, err := c.view.ChangeUsername(ctx, email)
	return profileReply(p, "The new username has to be verified: a code was sent to it. Until then the old one works."), err
}

func (c *call) confirmUsername(ctx context.Context) (reply, error) {
	code := c.text(fieldUsernameCode)
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	p, err := c.view.ConfirmUsername(ctx, code)
	return profileReply(p, "The username is verified and in use from now on."), err
}

func (c *call) cancelUsername(ctx context.Context) (reply, error) {
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	p, err := c.view.CancelUsername(ctx)
	return profileReply(p, "The username stays as it is."), err
}

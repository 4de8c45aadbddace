package httpapi

import (
	"context"
	"slices"

	"github.com/account-settings/pinghome/backend"
)

// The fields and body of a new account.
var (
	fieldEmail        = field[string]{"email", `{"examples": ["john@example.org"], "type": "string"}`, backend.CleanEmail}
	fieldTeam         = nameField("team", "Platform")
	fieldOrganization = nameField("organization", "Acme")
	fieldPlan         = field[string]{"plan", `{"examples": ["team"], "type": "string", "enum": ["developer", "team", "business"]}`, cleanPlan}

	bodyNewAccount = &body{name: "NewAccount", required: []anyField{fieldName, fieldSurname, fieldEmail}, optional: []anyField{fieldTeam, fieldOrganization, fieldPlan}}
)

// wireAccount is one line of the list of accounts.
type wireAccount struct {
	ID           string  `json:"id"`
	Email        string  `json:"email"`
	Name         string  `json:"name"`
	Surname      string  `json:"surname"`
	FullName     string  `json:"full_name"`
	Team         string  `json:"team"`
	Organization string  `json:"organization"`
	Role         string  `json:"role"`
	Plan         string  `json:"plan"`
	CreatedAt    instant `json:"created_at"`
	// Reach is in lists that are read in pages. Extension.
	Reach *wireReach `json:"reach,omitempty"`
}

func accountToWire(a backend.AccountSummary) wireAccount {
	return wireAccount{ID: a.ID, Email: a.Email, Name: a.Name, Surname: a.Surname, FullName: a.FullName(), Team: a.Team,
		Organization: a.Organization, Role: string(a.Role), Plan: string(a.Plan), CreatedAt: instantOf(a.CreatedAt)}
}

func (w wireAccount) fromWire() backend.AccountSummary {
	return backend.AccountSummary{ID: w.ID, Email: w.Email, Name: w.Name, Surname: w.Surname, Team: w.Team,
		Organization: w.Organization, Role: backend.Role(w.Role), Plan: backend.Plan(w.Plan), CreatedAt: w.CreatedAt.when()}
}

func (c *call) listAccounts(ctx context.Context) (reply, error) {
	limit, err := c.limit()
	if err != nil {
		return reply{}, err
	}
	if slices.ContainsFunc(pageParameters, c.query.Has) {
		return c.pageAccounts(ctx, limit)
	}
	list, err := c.Accounts.List(ctx, c.query.Get("match"), limit+1)
	next := ""
	if limit > 0 && len(list) > limit {
		next = c.nextPage(paramFrom, list[limit].ID)
	}
	return reply{message: "These are the customers, by name.", data: listToWire(list[:min(limit, len(list))], accountToWire), next: next}, err
}

func (c *call) createAccount(ctx context.Context) (reply, error) {
	account := backend.NewAccount{Name: c.text(fieldName), Surname: c.text(fieldSurname),
		Email: c.text(fieldEmail)}
	if team := c.optionalText(fieldTeam); team != nil {
		account.Team = *team
	}
	if organization := c.optionalText(fieldOrganization); organization != nil {
		account.Organization = *organization
	}
	if plan := c.optionalText(fieldPlan); plan != nil {
		account.Plan = backend.Plan(*plan)
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	made, err := c.Accounts.Create(ctx, account)
	return reply{message: "The customer was created.", data: accountToWire(made)}, err
}

func cleanPlan(text string) (string, error) {
	plan, err := backend.CleanPlan(backend.Plan(text))
	return string(plan), err
}

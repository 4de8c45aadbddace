package local

import (
	"context"
	"slices"
	"strings"

	"github.com/google/uuid"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Open returns the view of the account with this id or email, or of the oldest
// account for "". Errors: not_found.
func (a *Accounts) Open(ctx context.Context, idOrEmail string) (backend.Backend, backend.AccountSummary, error) {
	var summary backend.AccountSummary
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		if summary, err = findAccount(tx, idOrEmail); err != nil {
			return err
		}
		demo, err := demoIDs(tx)
		summary.IsDemo = slices.Contains(demo, summary.ID)
		return err
	})
	if err != nil {
		return nil, backend.AccountSummary{}, err
	}
	return &customer{Accounts: a, id: summary.ID}, summary, nil
}

func findAccount(tx *storage.Tx, idOrEmail string) (summary backend.AccountSummary, err error) {
	name := normalNFC(strings.TrimSpace(idOrEmail))
	var found bool
	switch {
	case name == "":
		summary, found, err = tx.OldestAccount()
	case backend.IsEmailLike(name):
		summary, found, err = accountByEmail(tx, name)
	default:
		summary, found, err = tx.AccountByID(name)
	}
	if err == nil && !found {
		err = errNoAccount(name)
	}
	return summary, err
}

// accountByEmail finds the account with an email in any spelling, also as it is pasted.
func accountByEmail(tx *storage.Tx, typed string) (summary backend.AccountSummary, found bool, err error) {
	summary, found, err = tx.AccountByEmail(typed)
	clean, fault := backend.CleanEmail(typed)
	if err != nil || found || fault != nil {
		return summary, found, err
	}
	return tx.AccountByEmail(clean)
}

func errNoAccount(idOrEmail string) error {
	if idOrEmail == "" {
		return backend.Errorf(backend.CodeNotFound, "There is no account yet. Create one first.")
	}
	return backend.Errorf(backend.CodeNotFound, "There is no account %q in this database. Check the id or the email.", idOrEmail)
}

// List returns the accounts whose name, email or organization contains every
// space-separated part of match, by name.
func (a *Accounts) List(ctx context.Context, match string, limit int) ([]backend.AccountSummary, error) {
	list := []backend.AccountSummary{}
	parts := strings.Fields(normalNFC(match))
	err := a.db.Read(ctx, func(tx *storage.Tx) (err error) {
		if list, err = tx.Accounts(parts, max(0, limit)); err != nil {
			return err
		}
		return markDemo(tx, len(list), func(i int) *backend.AccountSummary { return &list[i] })
	})
	return list, err
}

// Create adds an account with an organization and team of its own; a command with
// a key adds it once.
func (a *Accounts) Create(ctx context.Context, account backend.NewAccount) (backend.AccountSummary, error) {
	p, err := newProfile(account)
	if err != nil {
		return backend.AccountSummary{}, err
	}
	var made backend.AccountSummary
	err = a.settledChange(ctx, storage.NoAccount, func(tx *storage.Tx) (isRepeat bool, err error) {
		if isRepeat, err := beginCreation(tx, &made); isRepeat || err != nil {
			return isRepeat, err
		}
		p.Customer.CreatedAt = tx.Now
		if err := checkEmailFree(tx, p.Customer); err != nil {
			return false, err
		}
		if err := tx.AddOrganization(p.Organization, p.Team); err != nil {
			return false, err
		}
		if err := tx.AddCustomer(p); err != nil {
			return false, err
		}
		c := customer{Accounts: a, id: p.Customer.ID}
		e := c.entry(tx, "account.created", "role root, plan "+string(p.Organization.Plan))
		e.After = backend.Settings{Name: &p.Customer.Name, Surname: &p.Customer.Surname, Username: &p.Customer.Email}
		if err := tx.AddJournal(c.id, e); err != nil {
			return false, err
		}
		made = summaryOf(p)
		return false, keepCreation(tx, made)
	})
	if err != nil {
		return backend.AccountSummary{}, err
	}
	return made, nil
}

func summaryOf(p backend.Profile) backend.AccountSummary {
	c := p.Customer
	return backend.AccountSummary{ID: c.ID, Email: c.Email, Name: c.Name, Surname: c.Surname, Team: p.Team.Name,
		Organization: p.Organization.Name, Role: c.Role, Plan: p.Organization.Plan, CreatedAt: c.CreatedAt}
}

// CheckNewAccount returns the error that Create would return for the values themselves,
// which can be known before there is a database. Errors: invalid.
func CheckNewAccount(account backend.NewAccount) error {
	_, err := newProfile(account)
	return err
}

// newProfile returns the profile of a new account, or an error about all its fields.
func newProfile(a backend.NewAccount) (backend.Profile, error) {
	var p backend.Profile
	var faults backend.FieldErrors
	clean := func(field string, dest *string, value string, check func(string) (string, error)) {
		cleaned, err := check(normalNFC(value))
		faults.Add(field, err)
		*dest = cleaned
	}
	clean("name", &p.Customer.Name, a.Name, backend.CleanName)
	clean("surname", &p.Customer.Surname, a.Surname, backend.CleanName)
	clean("email", &p.Customer.Email, a.Email, backend.CleanEmail)
	name := p.Customer.FullName()
	clean("organization", &p.Organization.Name, orDefault(a.Organization, name), backend.CleanName)
	clean("team", &p.Team.Name, orDefault(a.Team, name), backend.CleanName)
	plan, err := backend.CleanPlan(backend.Plan(orDefault(string(a.Plan), string(backend.PlanTeam))))
	faults.Add("plan", err)
	p.Customer.ID, p.Customer.Role = uuid.NewString(), backend.RoleRoot
	p.Team.ID, p.Organization.ID, p.Organization.Plan = uuid.NewString(), uuid.NewString(), plan
	return p, faults.Err()
}

// orDefault returns the value or, when it is blank, the fallback, cut to MaxName
// characters. "-" stands in for an empty fallback, so that a missing name is an
// error of its own field only.
func orDefault(value, fallback string) string {
	switch runes := []rune(fallback); {
	case strings.TrimSpace(value) != "":
		return value
	case len(runes) == 0:
		return "-"
	default:
		return strings.TrimSpace(string(runes[:min(len(runes), backend.MaxName)]))
	}
}

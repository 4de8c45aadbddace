package httpapi

import (
	"context"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Open returns the view of an account by its id or, where the token sees more
// than its own, by its email. "" opens the account of the options, and without
// one the token's own: a server, unlike a database file, has no oldest account
// to open.
func (r *Remote) Open(ctx context.Context, idOrEmail string) (backend.Backend, backend.AccountSummary, error) {
	if err := r.takeDialErr(); err != nil {
		return nil, backend.AccountSummary{}, err
	}
	known, err := r.discover(ctx)
	if err != nil {
		return nil, backend.AccountSummary{}, err
	}
	id := strings.TrimSpace(idOrEmail)
	if id == "" {
		id = strings.TrimSpace(r.options.Customer)
	}
	email := ""
	if backend.IsEmailLike(id) {
		if email = id; known.seesAllAccounts {
			id, err = r.idOf(ctx, email)
		} else {
			id = r.options.id() // the email is compared with this account's below
		}
		if err != nil {
			return nil, backend.AccountSummary{}, err
		}
	}
	p, err := r.profile(ctx, id)
	if err != nil {
		return nil, backend.AccountSummary{}, err
	}
	if email != "" && !isSameEmail(email, p.Customer.Email) {
		return nil, backend.AccountSummary{}, errNoAccount(email)
	}
	v := &view{Remote: r, id: p.Customer.ID, isNamed: id != ""}
	if v.isNamed && !known.isOurs {
		v.whyNotOwn = r.whyNotOwn(ctx, v.id)
	}
	return v, summaryOf(p), nil
}

// whyNotOwn says why an account that was named cannot be taken for the token's
// own, "" when it is. That the token may see the account proves nothing, and a
// wrong guess would delete the wrong account, so the server has to say so.
func (r *Remote) whyNotOwn(ctx context.Context, id string) string {
	switch own, err := r.profile(ctx, ""); {
	case err != nil:
		return "The server does not say whose the token is; it might be another account's."
	case own.Customer.ID != id:
		return "Here a token changes its own account only: open this one with its own."
	}
	return ""
}

// profile reads the account to open, by its id or as the token's own.
func (r *Remote) profile(ctx context.Context, id string) (backend.Profile, error) {
	answered, err := r.do(ctx, askProfile(id))
	switch code := backend.ErrorCode(err); {
	case id == "" && (code == backend.CodeNotFound || code == backend.CodeUnsupported || code == backend.CodeInvalid):
		return backend.Profile{}, backend.Errorf(backend.CodeNotFound,
			"This server does not say whose the token is. Name the account with --account and its id, or check the path of the server's address.")
	case code == backend.CodeNotFound:
		return backend.Profile{}, errNoAccount(id)
	case err != nil:
		return backend.Profile{}, err
	}
	p, ok := profileOf(answered.body)
	if p.Customer.ID == "" {
		p.Customer.ID = id
	}
	if !ok || p.Customer.ID == "" {
		return backend.Profile{}, errNotUnderstood("a profile")
	}
	return p, nil
}

// idOf finds the account that has an email, and of several the one with this spelling.
func (r *Remote) idOf(ctx context.Context, email string) (string, error) {
	list, err := r.List(ctx, email, maxLimit)
	if err != nil {
		return "", err
	}
	found := slices.IndexFunc(list, func(a backend.AccountSummary) bool { return a.Email == email })
	if found < 0 {
		found = slices.IndexFunc(list, func(a backend.AccountSummary) bool { return isSameEmail(a.Email, email) })
	}
	if found >= 0 {
		return list[found].ID, nil
	}
	if clean, err := backend.CleanEmail(email); err == nil && clean != email { // it may have been pasted with the name of its owner
		return r.idOf(ctx, clean)
	}
	return "", errNoAccount(email)
}

// isSameEmail reports whether two texts are the same mailbox, in any spelling.
func isSameEmail(a, b string) bool {
	return backend.CanonicalValue(backend.TypeEmail, a) == backend.CanonicalValue(backend.TypeEmail, b)
}

func errNoAccount(idOrEmail string) error {
	return backend.Errorf(backend.CodeNotFound, "There is no account %q on this server, or the token may not see it. Check the id, and the path of the server's address.", idOrEmail)
}

func summaryOf(p backend.Profile) backend.AccountSummary {
	c := p.Customer
	return backend.AccountSummary{ID: c.ID, Email: c.Email, Name: c.Name, Surname: c.Surname, Team: p.Team.Name,
		Organization: p.Organization.Name, Role: c.Role, Plan: p.Organization.Plan, CreatedAt: c.CreatedAt}
}

// List asks for accounts.
func (r *Remote) List(ctx context.Context, match string, limit int) ([]backend.AccountSummary, error) {
	if err := r.requiresAccounts(ctx); err != nil {
		return nil, err
	}
	query := limited(limit)
	query.Set("match", match)
	answered, err := r.do(ctx, ask{op: opListCustomers, query: query.Encode()})
	if err != nil {
		return nil, err
	}
	var list []wireAccount
	if !answered.data(&list) || list == nil {
		return nil, errNotUnderstood("a list of accounts")
	}
	return listFromWire(list), nil
}

// Create adds an account.
func (r *Remote) Create(ctx context.Context, account backend.NewAccount) (backend.AccountSummary, error) {
	if err := r.requiresAccounts(ctx); err != nil {
		return backend.AccountSummary{}, err
	}
	body := []entry{fieldName.is(account.Name), fieldSurname.is(account.Surname), fieldEmail.is(account.Email)}
	for _, e := range []entry{fieldTeam.is(account.Team), fieldOrganization.is(account.Organization), fieldPlan.is(string(account.Plan))} {
		if e.value != "" {
			body = append(body, e)
		}
	}
	answered, err := r.do(ctx, ask{op: opCreateCustomer, body: body})
	if err != nil {
		return backend.AccountSummary{}, err
	}
	var w wireAccount
	if !answered.data(&w) || w.ID == "" {
		return backend.AccountSummary{}, errNotShown(errNotUnderstood("an account"))
	}
	return w.fromWire(), nil
}

// requiresAccounts refuses a call for accounts on a server that does not list
// them. Error: unsupported.
func (r *Remote) requiresAccounts(ctx context.Context) error {
	known, err := r.discover(ctx)
	if err != nil {
		return err
	}
	if why := known.lacks(backend.FeatureAccounts, false); why != "" {
		return backend.Errorf(backend.CodeUnsupported, "%s", why)
	}
	return nil
}

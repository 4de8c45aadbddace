package httpapi

import (
	"context"
	"net/http"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Open returns the view of an account by its id or, where the token sees more
// than its own, by its email. An empty word opens the account of the options,
// and without one the token's own: unlike in a file, there is no oldest one.
func (r *Remote) Open(ctx context.Context, idOrEmail string) (backend.Backend, backend.AccountSummary, error) {
	if err := r.justAway(); err != nil {
		return nil, backend.AccountSummary{}, err
	}
	known, err := r.offer(ctx)
	if err != nil {
		return nil, backend.AccountSummary{}, err
	}
	id := strings.TrimSpace(idOrEmail)
	if id == "" {
		id = strings.TrimSpace(r.options.Customer)
	}
	email := ""
	if strings.Contains(id, "@") {
		if email = id; known.seesAll {
			id, err = r.idOf(ctx, email)
		} else {
			id = r.options.id() // it may be this one
		}
		if err != nil {
			return nil, backend.AccountSummary{}, err
		}
	}
	p, err := r.profile(ctx, id)
	if err != nil {
		return nil, backend.AccountSummary{}, err
	}
	if email != "" && backend.FoldEmail(email) != backend.FoldEmail(p.Customer.Email) {
		return nil, backend.AccountSummary{}, errNotHere(email)
	}
	v := &view{Remote: r, id: p.Customer.ID, isNamed: id != ""}
	if v.isNamed && !known.isOurs {
		v.whyNotOwn = r.whyNotOwn(ctx, v.id)
	}
	return v, summaryOf(p), nil
}

// whyNotOwn says why an account that somebody named cannot be taken for the
// token's own, "" where it is. That the token may see it proves nothing, and a
// wrong guess deletes the wrong account: without the server's word it is not.
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
	answered, err := r.do(ctx, ask{role: roleQuery, method: http.MethodGet, path: customerPath(id)})
	switch code := backend.ErrorCode(err); {
	case id == "" && (code == backend.CodeNotFound || code == backend.CodeUnsupported || code == backend.CodeInvalid):
		return backend.Profile{}, backend.Errorf(backend.CodeNotFound,
			"This server does not say whose the token is. Name the account with --account and its id.")
	case code == backend.CodeNotFound:
		return backend.Profile{}, errNotHere(id)
	case err != nil:
		return backend.Profile{}, err
	}
	p, ok := profileOf(answered.body)
	if p.Customer.ID == "" {
		p.Customer.ID = id
	}
	if !ok || p.Customer.ID == "" {
		return backend.Profile{}, notUnderstood("a profile")
	}
	return p, nil
}

// idOf finds the account that has an email.
func (r *Remote) idOf(ctx context.Context, email string) (string, error) {
	list, err := r.List(ctx, email, maxLimit)
	if err != nil {
		return "", err
	}
	for _, a := range list {
		if backend.FoldEmail(a.Email) == backend.FoldEmail(email) {
			return a.ID, nil
		}
	}
	return "", errNotHere(email)
}

func errNotHere(word string) error {
	return backend.Errorf(backend.CodeNotFound, "There is no account %q on this server, or the token may not see it. Check the id.", word)
}

func summaryOf(p backend.Profile) backend.AccountSummary {
	c := p.Customer
	return backend.AccountSummary{ID: c.ID, Email: c.Email, Name: c.Name, Surname: c.Surname, Team: p.Team.Name,
		Organization: p.Organization.Name, Role: c.Role, Plan: p.Organization.Plan, CreatedAt: c.CreatedAt}
}

// List asks for accounts.
func (r *Remote) List(ctx context.Context, match string, limit int) ([]backend.AccountSummary, error) {
	if err := r.lacksAccounts(ctx); err != nil {
		return nil, err
	}
	params := limited(limit)
	params.Set("match", match)
	answered, err := r.do(ctx, ask{role: roleQuery, method: http.MethodGet, path: "/customers", params: params})
	if err != nil {
		return nil, err
	}
	var list []wireAccount
	if raw := membersOf(answered.body)["data"]; !decode(raw, &list) || list == nil {
		return nil, notUnderstood("a list of accounts")
	}
	return listFromWire(list), nil
}

// Create adds an account.
func (r *Remote) Create(ctx context.Context, account backend.NewAccount) (backend.AccountSummary, error) {
	if err := r.lacksAccounts(ctx); err != nil {
		return backend.AccountSummary{}, err
	}
	body := map[string]string{"name": account.Name, "surname": account.Surname, "email": account.Email}
	for field, value := range map[string]string{"team": account.Team, "organization": account.Organization, "plan": string(account.Plan)} {
		if value != "" {
			body[field] = value
		}
	}
	answered, err := r.do(ctx, ask{role: roleCommand, method: http.MethodPost, path: "/customers", conflict: backend.CodeEmailTaken, body: body})
	if err != nil {
		return backend.AccountSummary{}, err
	}
	var w wireAccount
	if raw := membersOf(answered.body)["data"]; !decode(raw, &w) || w.ID == "" {
		return backend.AccountSummary{}, notShown(notUnderstood("an account"))
	}
	return w.fromWire(), nil
}

func (r *Remote) lacksAccounts(ctx context.Context) error {
	known, err := r.offer(ctx)
	if err != nil {
		return err
	}
	if why := known.lacks(backend.FeatureAccounts, false); why != "" {
		return backend.Errorf(backend.CodeUnsupported, "%s", why)
	}
	return nil
}

package httpapi

import (
	"context"

	"github.com/account-settings/pinghome/backend"
)

// Profile asks for the customer with team, organization and limits.
func (v *view) Profile(ctx context.Context) (backend.Profile, error) {
	answered, err := v.do(ctx, askProfile(v.id))
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return backend.Profile{}, errGone(err)
	}
	if err != nil {
		return backend.Profile{}, err
	}
	p, ok := profileOf(answered.body)
	if !ok {
		return backend.Profile{}, errNotUnderstood("a profile")
	}
	if p.Customer.ID == "" {
		p.Customer.ID = v.id
	}
	return p, nil
}

// UpdateName changes name, surname or both.
func (v *view) UpdateName(ctx context.Context, change backend.NameChange) (backend.Profile, error) {
	body := []entry{}
	if change.Name != nil {
		body = append(body, fieldName.is(*change.Name))
	}
	if change.Surname != nil {
		body = append(body, fieldSurname.is(*change.Surname))
	}
	return v.changeProfile(ctx, ask{op: opUpdateCustomer, body: body})
}

// ChangeUsername starts a change of the username.
func (v *view) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return v.changeProfile(ctx, ask{op: opUpdateUsername, body: []entry{fieldUsername.is(email)}})
}

// ConfirmUsername ends a change of the username with its code.
func (v *view) ConfirmUsername(ctx context.Context, code string) (backend.Profile, error) {
	return v.changeProfile(ctx, ask{op: opConfirmUsername, body: []entry{fieldUsernameCode.is(code)}})
}

// CancelUsername drops a pending change.
func (v *view) CancelUsername(ctx context.Context) (backend.Profile, error) {
	if err := v.requires(backend.FeatureCancelUsername); err != nil {
		return backend.Profile{}, err
	}
	return v.changeProfile(ctx, ask{op: opCancelUsername})
}

// DeleteAccount removes everything of this customer for good.
func (v *view) DeleteAccount(ctx context.Context, reason string) error {
	_, err := v.call(ctx, ask{op: opDeleteCustomer, body: []entry{fieldReason.is(reason)}})
	return err
}

// changeProfile sends a command and returns the profile as it is afterwards. A
// server may answer with less than a profile; then the profile is asked for.
func (v *view) changeProfile(ctx context.Context, a ask) (backend.Profile, error) {
	answered, err := v.call(ctx, a)
	if err != nil {
		return backend.Profile{}, err
	}
	if p, ok := profileOf(answered.body); ok && isWhole(p) {
		return p, nil
	}
	p, err := v.Profile(ctx)
	if err != nil {
		return backend.Profile{}, errNotShown(err)
	}
	return p, nil
}

// profileOf reads a profile: {"customer": …, "team": …}, or a customer with its
// team and organization inside.
func profileOf(body []byte) (backend.Profile, bool) {
	raw := unwrap(body, "data", "profile")
	members := membersOf(raw)
	var w wireProfile
	if members == nil || !decode(raw, &w) {
		return backend.Profile{}, false
	}
	if members["customer"] == nil && !decode(raw, &w.Customer) {
		return backend.Profile{}, false
	}
	p := w.fromWire()
	return p, p.Customer.ID != "" || p.Customer.Email != ""
}

// isWhole reports whether a profile is more than what was changed of it.
func isWhole(p backend.Profile) bool {
	return p.Customer.ID != "" && p.Customer.Email != "" && p.Organization.Plan != ""
}

package httpapi

import (
	"context"
	"net/http"

	"github.com/account-settings/pinghome/backend"
)

// Profile asks for the customer with everything around the account.
func (v *view) Profile(ctx context.Context) (backend.Profile, error) {
	answered, err := v.do(ctx, ask{role: roleQuery, method: http.MethodGet, path: customerPath(v.id)})
	if backend.ErrorCode(err) == backend.CodeNotFound {
		return backend.Profile{}, v.ended(err)
	}
	if err != nil {
		return backend.Profile{}, err
	}
	p, ok := profileOf(answered.body)
	if !ok {
		return backend.Profile{}, notUnderstood("a profile")
	}
	if p.Customer.ID == "" {
		p.Customer.ID = v.id
	}
	return p, nil
}

// UpdateName changes name, surname or both.
func (v *view) UpdateName(ctx context.Context, change backend.NameChange) (backend.Profile, error) {
	body := map[string]string{}
	if change.Name != nil {
		body["name"] = *change.Name
	}
	if change.Surname != nil {
		body["surname"] = *change.Surname
	}
	return v.changeProfile(ctx, ask{method: http.MethodPatch, path: "/customer", body: body, isEither: true})
}

// ChangeUsername starts a change of the username.
func (v *view) ChangeUsername(ctx context.Context, email string) (backend.Profile, error) {
	return v.changeProfile(ctx, ask{method: http.MethodPut, path: "/customer/username", conflict: backend.CodeEmailTaken, field: "email",
		body: map[string]string{"email": email}})
}

// ConfirmUsername ends a change of the username with its code.
func (v *view) ConfirmUsername(ctx context.Context, code string) (backend.Profile, error) {
	return v.changeProfile(ctx, ask{method: http.MethodPatch, path: "/customer/username", conflict: backend.CodeNoPending, field: "code",
		body: map[string]string{"code": code}})
}

// CancelUsername drops a pending change.
func (v *view) CancelUsername(ctx context.Context) (backend.Profile, error) {
	if err := v.unsupported(backend.FeatureCancelUsername); err != nil {
		return backend.Profile{}, err
	}
	return v.changeProfile(ctx, ask{method: http.MethodDelete, path: "/customer/username", conflict: backend.CodeNoPending})
}

// changeProfile makes a change and returns the profile as it is then. The
// answer of a server that does not show all of it is no profile.
func (v *view) changeProfile(ctx context.Context, a ask) (backend.Profile, error) {
	answered, err := v.changeOwn(ctx, a)
	if err != nil {
		return backend.Profile{}, err
	}
	if p, ok := profileOf(answered.body); ok && isWhole(p) {
		return p, nil
	}
	p, err := v.Profile(ctx)
	if err != nil {
		return backend.Profile{}, notShown(err)
	}
	return p, nil
}

// DeleteAccount removes everything of this customer for good.
func (v *view) DeleteAccount(ctx context.Context, reason string) error {
	_, err := v.changeOwn(ctx, ask{method: http.MethodDelete, path: "/customer", field: "reason", body: map[string]string{"reason": reason}})
	return err
}

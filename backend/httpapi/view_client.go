package httpapi

import (
	"context"
	"net/http"
	"sync/atomic"

	"github.com/account-settings/pinghome/backend"
)

// view is one customer's view of a server.
type view struct {
	*Remote
	id string
	// isNamed: the account is not the token's own, as far as that is known, so
	// that operations without an id in their path have to name it.
	isNamed bool
	// whyNotOwn says why operations without an id in their path are not sent: on a
	// server that cannot be told to act for this account, the token's own is
	// another, or may be. It is empty where they are.
	whyNotOwn string
	// isWithoutFeedback is set when the server has shown that it takes none.
	isWithoutFeedback atomic.Bool
}

var _ backend.Backend = (*view)(nil)

// change sends a command about this account.
func (v *view) change(ctx context.Context, a ask) (received, error) {
	a.role = roleCommand
	answered, err := v.do(ctx, a)
	return answered, v.gone(ctx, err)
}

// own is what names this account to an operation that has no id in its path:
// an extension, and nothing to servers without it.
func (v *view) own() string {
	if v.isNamed && v.keepsKeys() {
		return v.id
	}
	return ""
}

// changeOwn sends a command that has no id in its path. Where the server would
// take it for the token's own account, and that may be another, it is not sent.
func (v *view) changeOwn(ctx context.Context, a ask) (received, error) {
	if err := v.unsupported(backend.FeatureOwnAccount); err != nil {
		return received{}, err
	}
	a.customer = v.own()
	return v.change(ctx, a)
}

// gone tells an account that is not there any more from a channel that is not:
// both are 404 for a token that sees other accounts, too.
func (v *view) gone(ctx context.Context, err error) error {
	if backend.ErrorCode(err) != backend.CodeNotFound {
		return err
	}
	_, lookErr := v.do(ctx, ask{role: roleQuery, method: http.MethodGet, path: customerPath(v.id)})
	if backend.ErrorCode(lookErr) == backend.CodeNotFound {
		return v.ended(lookErr)
	}
	return err
}

// ended is the error of an account that the server does not know.
func (v *view) ended(err error) error {
	return &backend.Error{Code: backend.CodeUnauthorized, Message: "This account is not there any more, or the token may not see it.", Err: err}
}

// Lacks says why a feature cannot be had on this server.
func (v *view) Lacks(f backend.Feature) string {
	if f == backend.FeatureOwnAccount || f == backend.FeatureFeedback && v.whyNotOwn != "" {
		return v.whyNotOwn
	}
	return v.knows().lacks(f, v.isWithoutFeedback.Load())
}

// unsupported refuses to call what a server does not have.
func (v *view) unsupported(f backend.Feature) error {
	if why := v.Lacks(f); why != "" {
		return backend.Errorf(backend.CodeUnsupported, "%s", why)
	}
	return nil
}

// Revision asks for the number of the last change.
func (v *view) Revision(ctx context.Context) (int64, error) {
	var w wireRevision
	err := v.extra(ctx, backend.FeatureRevision, ask{path: customerPath(v.id) + "/revision"}, "a revision", &w)
	return w.Revision, err
}

// Journal asks for the newest changes.
func (v *view) Journal(ctx context.Context, limit int) ([]backend.JournalEntry, error) {
	var list []wireJournalEntry
	err := v.extra(ctx, backend.FeatureJournal, ask{path: customerPath(v.id) + "/journal", params: limited(limit)}, "a list of changes", &list)
	if err != nil {
		return nil, err
	}
	return listFromWire(list), nil
}

// extra reads an extension into dest.
func (v *view) extra(ctx context.Context, f backend.Feature, a ask, noun string, dest any) error {
	if err := v.unsupported(f); err != nil {
		return err
	}
	a.role, a.method = roleQuery, http.MethodGet
	answered, err := v.do(ctx, a)
	if err != nil {
		return v.gone(ctx, err)
	}
	raw := membersOf(answered.body)["data"]
	if raw == nil || string(raw) == "null" || !decode(raw, dest) {
		return notUnderstood(noun)
	}
	return nil
}

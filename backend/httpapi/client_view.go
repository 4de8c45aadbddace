package httpapi

import (
	"context"
	"sync/atomic"

	"github.com/account-settings/pinghome/backend"
)

// view is one account on a server.
type view struct {
	*Remote
	id string
	// isNamed: the account is not the token's own, as far as is known, so an
	// operation that has no id in its path has to name it in a header.
	isNamed bool
	// whyNotOwn says why operations without an id in their path are not sent: the
	// server cannot be told to act for this account, and would take them for the
	// token's own, which is another account or may be. "" where they are sent.
	whyNotOwn string
	// hasRefusedFeedback is set when the server turned out not to take any.
	hasRefusedFeedback atomic.Bool
}

var _ backend.Backend = (*view)(nil)

// call sends a call about this account. A command that has no id in its path is
// not sent where the server might carry it out on another account.
func (v *view) call(ctx context.Context, a ask) (received, error) {
	a.customer = v.id
	o := a.row()
	if o.subject == ownAccount {
		a.customer = v.actedFor()
	}
	if o.subject == ownAccount && o.role == roleCommand {
		if err := v.requires(backend.FeatureOwnAccount); err != nil {
			return received{}, err
		}
	}
	answered, err := v.do(ctx, a)
	return answered, v.orGone(ctx, err)
}

// actedFor names this account to an operation that has no id in its path. It is
// "" for the token's own account, and on servers without that extension.
func (v *view) actedFor() string {
	if v.isNamed && v.keepsKeys() {
		return v.id
	}
	return ""
}

// orGone replaces a not_found that means that the account is gone. For a token
// that sees other accounts as well, a missing account and a missing channel are
// both 404, so the profile is asked for.
func (v *view) orGone(ctx context.Context, err error) error {
	if backend.ErrorCode(err) != backend.CodeNotFound {
		return err
	}
	_, profileErr := v.do(ctx, askProfile(v.id))
	if backend.ErrorCode(profileErr) == backend.CodeNotFound {
		return errGone(profileErr)
	}
	return err
}

// errGone is the error of an account that the server does not know.
func errGone(err error) error {
	return &backend.Error{Code: backend.CodeUnauthorized, Message: "This account is not there any more, or the token may not see it.", Err: err}
}

// extension calls an extension: feature is the one that the server needs for
// it. The data of a query is read into dest, and has to be a noun; the data of
// a command is read as far as it is there.
func (v *view) extension(ctx context.Context, feature backend.Feature, a ask, noun string, dest any) error {
	if err := v.requires(feature); err != nil {
		return err
	}
	answered, err := v.call(ctx, a)
	if err != nil {
		return err
	}
	if !answered.data(dest) && a.row().role == roleQuery {
		return errNotUnderstood(noun)
	}
	return nil
}

// Lacks says why a feature cannot be had on this server.
func (v *view) Lacks(f backend.Feature) string {
	if f == backend.FeatureOwnAccount || f == backend.FeatureFeedback && v.whyNotOwn != "" {
		return v.whyNotOwn
	}
	return v.known().lacks(f, v.hasRefusedFeedback.Load())
}

// requires refuses a call for a feature that the server does not have. Error:
// unsupported.
func (v *view) requires(f backend.Feature) error {
	if why := v.Lacks(f); why != "" {
		return backend.Errorf(backend.CodeUnsupported, "%s", why)
	}
	return nil
}

package httpapi

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/account-settings/pinghome/backend"
)

// What a server has is found out by reading only: a command that was sent to
// see whether it is there would be done where it is.

// offer is what a server was found to have.
type offer struct {
	bases
	// isOurs: it is this program, and keeps what the contract adds to the public
	// documentation, idempotency keys among them.
	isOurs bool
	// operations are the operationIds of its OpenAPI document.
	operations map[string]bool
	// seesAll: the token reaches every account.
	seesAll bool
}

// offer returns what the server has, and finds it out when nobody has yet.
func (r *Remote) offer(ctx context.Context) (*offer, error) {
	if known := r.knows(); known != nil {
		return known, nil
	}
	select {
	case r.asking <- struct{}{}:
		defer func() { <-r.asking }()
	case <-ctx.Done():
		return nil, offline(ctx, ctx.Err())
	}
	if known := r.knows(); known != nil {
		return known, nil
	}
	found, err := r.explore(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = found
	return found, nil
}

// explore looks for our own document first, which says everything, and then
// for a layout that answers.
func (r *Remote) explore(ctx context.Context) (*offer, error) {
	var away error
	isHere, silent := false, map[string]bool{}
	for _, c := range r.candidates {
		if silent[hostOf(c.query)] {
			continue // of several hosts another may be there
		}
		operations, err := r.document(ctx, c.query)
		if err != nil {
			away, silent[hostOf(c.query)] = err, true
			continue
		}
		if operations != nil {
			o := &offer{bases: c, isOurs: true, operations: operations}
			o.seesAll, err = r.seesAll(ctx, c.query)
			return o, err
		}
		isHere = true
	}
	if !isHere {
		return nil, away
	}
	return r.search(ctx)
}

// document reads the OpenAPI document at a base, and returns its operations if
// it is ours, which is known by our mark on what PingHome's documentation does
// not have. It is for everybody to see, so the token is not shown for it.
func (r *Remote) document(ctx context.Context, base string) (map[string]bool, error) {
	answered, err := r.read(ctx, ask{method: http.MethodGet, path: "/openapi.json", isOpen: true}, base)
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeBusy, backend.CodeRateLimited: // it says nothing of what is there
		return nil, err
	}
	var told struct {
		Paths map[string]map[string]json.RawMessage
	}
	if err != nil || !decode(answered.body, &told) {
		return nil, nil // another server's page, or none: it is asked in other ways
	}
	operations, isOurs := map[string]bool{}, false
	for _, methods := range told.Paths {
		for _, raw := range methods {
			var operation struct {
				ID     string `json:"operationId"`
				IsOurs bool   `json:"x-pinghome-extension"`
			}
			if decode(raw, &operation) && operation.ID != "" {
				operations[operation.ID] = true
				isOurs = isOurs || operation.IsOurs
			}
		}
	}
	if !isOurs {
		return nil, nil
	}
	return operations, nil
}

// seesAll asks whether the token may list accounts.
func (r *Remote) seesAll(ctx context.Context, base string) (bool, error) {
	_, err := r.read(ctx, ask{method: http.MethodGet, path: "/customers", params: url.Values{"limit": {"1"}}}, base)
	switch backend.ErrorCode(err) {
	case "":
		return true, nil
	case backend.CodeNotFound, backend.CodeUnsupported:
		return false, nil
	}
	return false, err
}

// search asks every candidate for the customer. An account that is shown
// settles it; else the place that knows the address, though not the method;
// else the one that refuses the token. A place that was named, and is the only
// one, need not know the account as long as it says so as an API does.
func (r *Remote) search(ctx context.Context) (*offer, error) {
	best, bestRank, isNamed := bases{}, 0, len(r.candidates) == 1
	var refusal error
	for _, c := range r.candidates {
		answered, err := r.read(ctx, ask{method: http.MethodGet, path: customerPath(r.options.id())}, c.query)
		rank := 0
		switch code := backend.ErrorCode(err); code {
		case "":
			if _, isProfile := profileOf(answered.body); isProfile {
				return &offer{bases: c}, nil
			}
		case backend.CodeUnsupported:
			rank = 3
		case backend.CodeUnauthorized, backend.CodeRateLimited:
			rank = 2
		case backend.CodeBusy:
			return nil, err
		case backend.CodeNotFound, backend.CodeInvalid:
			if isNamed && membersOf(answered.body) != nil {
				return &offer{bases: c}, nil
			}
			if code == backend.CodeInvalid {
				rank = 1
			}
		default: // one of several hosts may be away
			rank = 1
		}
		if rank > bestRank {
			best, bestRank, refusal = c, rank, err
		}
	}
	switch bestRank {
	case 3:
		return &offer{bases: best}, nil
	case 0:
		if isNamed {
			return nil, backend.Errorf(backend.CodeUnavailable,
				"What answers there is not an account-settings API, as far as can be seen. Check the address, the layout and the account.")
		}
		return nil, backend.Errorf(backend.CodeUnavailable,
			"None of the known layouts answered there. Check the address and the account, or name the layout.")
	}
	return nil, refusal
}

// customerPath is where a profile is; the token's own without an id.
func customerPath(id string) string {
	if id == "" {
		return "/customer"
	}
	return "/customer/" + url.PathEscape(id)
}

// extensions are the operations that stand for a feature.
var extensions = map[backend.Feature]struct{ operation, lack string }{
	backend.FeatureFeedback:        {"submitFeedback", "This server does not take feedback. The text stays as a draft."},
	backend.FeatureFeedbackHistory: {"listFeedback", "This server does not offer the feedback that was sent."},
	backend.FeatureDeliveries:      {"listChannelAttempts", "This server does not tell what became of messages."},
	backend.FeatureMessages:        {"listMessages", "This server does not offer an inbox: messages really arrive."},
	backend.FeatureJournal:         {"listJournal", "This server does not offer a record of changes."},
	backend.FeatureCancelUsername:  {"cancelUsername", "This server does not offer to cancel a change of the username; without its code it lapses."},
	backend.FeatureRevision:        {"getRevision", "This server does not offer to notice changes at once; it is read again from time to time."},
	backend.FeatureAccounts:        {"listCustomers", "This server does not offer a list of accounts."},
}

// lacks says why a feature cannot be had. Feedback is in the public
// documentation, so it is there until a server has said that it is not.
func (o *offer) lacks(f backend.Feature, isWithoutFeedback bool) string {
	e := extensions[f]
	switch {
	case f == backend.FeatureFeedback && !o.isOurs && !isWithoutFeedback, o.operations[e.operation] && f != backend.FeatureAccounts:
		return ""
	case f == backend.FeatureAccounts && o.isOurs && o.seesAll:
		return ""
	case f == backend.FeatureAccounts && o.isOurs:
		return "This token sees its own account only."
	}
	return e.lack
}

func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}

package httpapi

import (
	"context"
	"encoding/json"
	"net/url"

	"github.com/account-settings/pinghome/backend"
)

// What a server has is found out with queries only: a command that was sent to
// see whether it is there would be carried out where it is.

// capabilities are what a server was found to have.
type capabilities struct {
	bases
	// isOurs: the server is this program, and has what it adds to the public
	// documentation, such as idempotency keys.
	isOurs bool
	// operations are the ones in the server's OpenAPI document.
	operations map[operationID]bool
	// endsSecrets: a signing secret can be changed without overlap.
	endsSecrets bool
	// hasLabels: channels can be given labels.
	hasLabels bool
	// readsOn: lists can be read behind their first page.
	readsOn bool
	// tellsReach: lists of accounts are read in pages, with the reach of each.
	tellsReach bool
	// seesAllAccounts: the token may list and open every account.
	seesAllAccounts bool
}

// discover returns what the server has. It asks the server until it is known,
// one caller at a time.
func (r *Remote) discover(ctx context.Context) (*capabilities, error) {
	if known := r.known(); known != nil {
		return known, nil
	}
	select {
	case r.discovering <- struct{}{}:
		defer func() { <-r.discovering }()
	case <-ctx.Done():
		return nil, offline(ctx, ctx.Err())
	}
	if known := r.known(); known != nil {
		return known, nil
	}
	found, err := r.probe(ctx)
	if err != nil {
		return nil, err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.found = found
	return found, nil
}

// probe looks for our own OpenAPI document, which tells everything, and then
// for a layout that answers.
func (r *Remote) probe(ctx context.Context) (*capabilities, error) {
	var lastErr error
	answers, silent := false, map[string]bool{}
	for _, c := range r.candidates {
		if silent[hostOf(c.query)] {
			continue // another host may answer
		}
		found, err := r.readDocument(ctx, c.query)
		if err != nil {
			lastErr, silent[hostOf(c.query)] = err, true
			continue
		}
		if found != nil {
			found.bases = c
			found.seesAllAccounts, err = r.mayListAccounts(ctx, c.query)
			return found, err
		}
		answers = true
	}
	if !answers {
		return nil, lastErr
	}
	return r.probeLayouts(ctx)
}

// readDocument reads the OpenAPI document at a base, and returns what it tells if it
// is ours: if it marks what PingHome's documentation does not have. nil is another
// server's document, or none.
func (r *Remote) readDocument(ctx context.Context, base string) (*capabilities, error) {
	answered, err := r.query(ctx, ask{op: opGetDocument}, base)
	switch backend.ErrorCode(err) {
	case backend.CodeOffline, backend.CodeDatabaseAway, backend.CodeBusy, backend.CodeRateLimited: // this says nothing of what the server has
		return nil, err
	}
	var document struct {
		Paths      map[string]map[string]json.RawMessage
		Components struct {
			Schemas    map[string]struct{ Properties map[string]json.RawMessage }
			Parameters map[string]json.RawMessage
		}
	}
	if err != nil || !decode(answered.body, &document) {
		return nil, nil //nolint:nilerr // a refusal means that there is no document
	}
	operations, isOurs := map[operationID]bool{}, false
	for _, methods := range document.Paths {
		for _, raw := range methods {
			var o struct {
				ID          operationID `json:"operationId"`
				IsExtension bool        `json:"x-pinghome-extension"`
			}
			if decode(raw, &o) && o.ID != "" {
				operations[o.ID] = true
				isOurs = isOurs || o.IsExtension
			}
		}
	}
	if !isOurs {
		return nil, nil
	}
	takes := func(b *body, field string) bool { return document.Components.Schemas[b.name].Properties[field] != nil }
	return &capabilities{isOurs: true, operations: operations,
		endsSecrets: takes(bodySecretChange, fieldOverlap.name), hasLabels: takes(bodyChannelValue, fieldLabel.name),
		readsOn:    document.Components.Parameters[paramCursor] != nil,
		tellsReach: document.Components.Schemas["Account"].Properties["reach"] != nil}, nil
}

// mayListAccounts asks whether the token may list accounts.
func (r *Remote) mayListAccounts(ctx context.Context, base string) (bool, error) {
	_, err := r.query(ctx, ask{op: opListCustomers, query: limited(1).Encode()}, base)
	switch backend.ErrorCode(err) {
	case "":
		return true, nil
	case backend.CodeNotFound, backend.CodeUnsupported:
		return false, nil
	}
	return false, err
}

// How likely a candidate without our document is the right one.
const (
	ranksNot     = iota // nothing of the API is there
	ranksAnswer         // it answers, or cannot be reached
	ranksRefusal        // it refuses the token
	ranksAddress        // it knows the address, though not the method
)

// probeLayouts asks every candidate for the customer. One that shows the
// account is taken at once; otherwise the one that ranks highest. A candidate that
// was named by the options, and is the only one, need not know the account, if
// it says so as an API does.
func (r *Remote) probeLayouts(ctx context.Context) (*capabilities, error) {
	best, bestRank, isNamed := bases{}, ranksNot, len(r.candidates) == 1
	var bestErr error
	for _, c := range r.candidates {
		answered, err := r.query(ctx, askProfile(r.options.id()), c.query)
		code := backend.ErrorCode(err)
		_, isProfile := profileOf(answered.body)
		isKnown := isNamed && (code == backend.CodeNotFound || code == backend.CodeInvalid) && membersOf(answered.body) != nil
		switch {
		case code == "" && isProfile, isKnown:
			return &capabilities{bases: c}, nil
		case code == backend.CodeBusy, code == backend.CodeDatabaseAway:
			return nil, err
		}
		if rank := rankOf(code); rank > bestRank {
			best, bestRank, bestErr = c, rank, err
		}
	}
	switch {
	case bestRank == ranksAddress:
		return &capabilities{bases: best}, nil
	case bestRank == ranksNot && isNamed:
		return nil, backend.Errorf(backend.CodeUnavailable,
			"What answers there is not an account-settings API, as far as can be seen. Check the address, the layout and the account.")
	case bestRank == ranksNot:
		return nil, backend.Errorf(backend.CodeUnavailable,
			"None of the known layouts answered there. Check the address and the account, or name the layout.")
	}
	return nil, bestErr
}

// rankOf ranks a candidate by the code of its refusal.
func rankOf(code backend.Code) int {
	switch code {
	case "", backend.CodeNotFound:
		return ranksNot
	case backend.CodeUnsupported:
		return ranksAddress
	case backend.CodeUnauthorized, backend.CodeRateLimited:
		return ranksRefusal
	}
	return ranksAnswer
}

// features are the operations that stand for a feature, and what is said when a
// server does not have it.
var features = map[backend.Feature]struct {
	operation operationID
	lacking   string
}{
	backend.FeatureFeedback:        {opSubmitFeedback, "This server does not take feedback. The text stays as a draft."},
	backend.FeatureFeedbackHistory: {opListFeedback, "This server does not show the feedback that was sent."},
	backend.FeatureDeliveries:      {opListChannelAttempts, "This server does not tell what became of messages."},
	backend.FeatureEndSecret:       {"", "This server cannot end an old signing secret at once. Give the webhook a new one twice: only the one before goes on signing."},
	backend.FeatureLabels:          {"", "This server does not keep labels of channels."},
	backend.FeatureMessages:        {opListMessages, "This server does not have an inbox: messages really arrive."},
	backend.FeatureJournal:         {opListJournal, "This server does not have a record of changes."},
	backend.FeatureSeveral:         {opOrderChannels, "This server changes channels one by one, and cannot order them."},
	backend.FeatureUndo:            {opUndo, "This server cannot take changes back: it does not keep what was before."},
	backend.FeatureOlder:           {"", "This server shows the newest rows of a list alone: it is of an older version."},
	backend.FeatureCancelUsername:  {opCancelUsername, "This server cannot cancel a change of the username; without its code it lapses."},
	backend.FeatureRevision:        {opGetRevision, "This server does not tell of changes at once; it is read again from time to time."},
	backend.FeatureAccounts:        {opListCustomers, "This server does not have a list of accounts."},
	backend.FeatureSearch:          {opSearchCustomers, "This server does not find accounts by some of their letters: it is of an older version."},
	backend.FeatureReach:           {"", "This server does not tell who can be reached: it is of an older version."},
}

// lacks says why the server does not have a feature, "" when it has. Feedback
// is in the public documentation, so a server has it until it has refused it.
func (c *capabilities) lacks(f backend.Feature, hasRefusedFeedback bool) string {
	feature := features[f]
	switch {
	case f == backend.FeatureFeedback && !c.isOurs && !hasRefusedFeedback, c.operations[feature.operation] && f != backend.FeatureAccounts:
		return ""
	case f == backend.FeatureAccounts && c.isOurs && c.seesAllAccounts, f == backend.FeatureEndSecret && c.endsSecrets,
		f == backend.FeatureLabels && c.hasLabels, f == backend.FeatureOlder && c.readsOn, f == backend.FeatureReach && c.tellsReach:
		return ""
	case f == backend.FeatureAccounts && c.isOurs:
		return "This token sees its own account only."
	}
	return feature.lacking
}

func hostOf(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Host
}

package httpapi

import (
	"context"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// Search asks for accounts by some of their letters. The server searches.
func (r *Remote) Search(ctx context.Context, s backend.AccountSearch) (found backend.FoundAccounts, err error) {
	if err := r.requiresAccounts(ctx); err != nil {
		return found, err
	}
	if err := s.Validate(); err != nil {
		return found, err
	}
	known, err := r.discover(ctx)
	if err != nil {
		return found, err
	}
	if why := known.lacks(backend.FeatureSearch, false); why != "" {
		return found, backend.Errorf(backend.CodeUnsupported, "%s", why)
	}
	query := limited(s.Limit)
	query.Set(paramText, s.Text)
	if len(s.First) > 0 {
		query.Set(paramFirst, strings.Join(s.First[:min(len(s.First), backend.MaxFirst)], ","))
	}
	if s.Offset > 0 {
		query.Set(paramOffset, strconv.Itoa(s.Offset))
	}
	answered, err := r.do(ctx, ask{op: opSearchCustomers, query: query.Encode()})
	if err != nil {
		return found, err
	}
	var list []wireAccount
	var at wireSearchPage
	if !answered.data(&list) || list == nil || json.Unmarshal(membersOf(answered.body)["page"], &at) != nil {
		return found, errNotUnderstood("what was found of the accounts")
	}
	return backend.FoundAccounts{Accounts: listFromWire(list), Total: at.Total, All: at.All, IsReading: at.IsReading}, nil
}

package httpapi

import (
	"context"
	"encoding/json"

	"github.com/account-settings/pinghome/backend"
)

// Page asks for one page of the list of accounts. A server that knows no pages has one, by
// name and as long as it may be.
func (r *Remote) Page(ctx context.Context, q backend.AccountQuery) (backend.AccountPage, error) {
	if err := r.requiresAccounts(ctx); err != nil {
		return backend.AccountPage{}, err
	}
	if err := q.Validate(); err != nil {
		return backend.AccountPage{}, err
	}
	known, err := r.discover(ctx)
	if err != nil {
		return backend.AccountPage{}, err
	}
	if !known.tellsReach {
		return r.onlyPage(ctx, known, q)
	}
	query := limited(q.Limit)
	query.Set(paramSort, string(q.Sort))
	if q.Sort == "" {
		query.Set(paramSort, string(backend.SortName))
	}
	for name, value := range map[string]string{"match": q.Match, paramAfter: q.After, paramFrom: q.From} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if q.Descending {
		query.Set(paramOrder, "desc")
	}
	if q.OnlyProblems {
		query.Set(paramProblems, "true")
	}
	answered, err := r.do(ctx, ask{op: opListCustomers, query: query.Encode()})
	if err != nil {
		return backend.AccountPage{}, err
	}
	return pageOf(answered)
}

func pageOf(answered received) (backend.AccountPage, error) {
	var list []wireAccount
	var at wirePage
	if !answered.data(&list) || list == nil || json.Unmarshal(membersOf(answered.body)["page"], &at) != nil {
		return backend.AccountPage{}, errNotUnderstood("a page of accounts")
	}
	p := backend.AccountPage{Accounts: make([]backend.AccountRow, len(list)), Total: at.Total, IsMore: at.IsMore, All: at.All, Failing: at.Failing}
	if at.Next != nil {
		p.Next = *at.Next
	}
	for i, w := range list {
		p.Accounts[i].AccountSummary = w.fromWire()
		if w.Reach != nil {
			p.Accounts[i].Reach = w.Reach.fromWire()
		}
	}
	return p, nil
}

// onlyPage is the list of a server that knows no pages. Error: unsupported, for another
// order or a part of the list.
func (r *Remote) onlyPage(ctx context.Context, known *capabilities, q backend.AccountQuery) (p backend.AccountPage, err error) {
	isByName := q.Sort == "" || q.Sort == backend.SortName
	if !isByName || q.Descending || q.OnlyProblems || q.After != "" || q.From != "" {
		return p, backend.Errorf(backend.CodeUnsupported, "%s", known.lacks(backend.FeatureReach, false))
	}
	list, err := r.List(ctx, q.Match, q.Limit)
	if err != nil {
		return p, err
	}
	p = backend.AccountPage{Accounts: make([]backend.AccountRow, len(list)), Total: len(list), IsMore: len(list) > 0 && len(list) == q.Limit}
	for i, a := range list {
		p.Accounts[i].AccountSummary = a
	}
	return p, nil
}

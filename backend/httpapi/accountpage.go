package httpapi

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// wireReach is how far messages to an account arrive.
type wireReach struct {
	State   string        `json:"state"`
	Types   []string      `json:"types"`
	Held    bool          `json:"held"`
	Failing []wireFailing `json:"failing"`
	Pending []string      `json:"pending"`
	SeenAt  instant       `json:"seen_at"`
}

type wireFailing struct {
	Type  string  `json:"type"`
	Since instant `json:"since"`
}

// wirePage is where the rows of a list stand that is read in pages.
type wirePage struct {
	Next   *string `json:"next"`
	Total  int     `json:"total"`
	IsMore bool    `json:"is_more"`
	All    int     `json:"all"`
	// Failing is how many of all have a channel that fails, or none that reaches them.
	Failing int `json:"failing"`
}

func reachToWire(r backend.Reach) *wireReach {
	return &wireReach{State: string(r.State), Types: listToWire(r.Types, typeToWire), Held: r.Held, Pending: listToWire(r.Pending, typeToWire),
		Failing: listToWire(r.Failing, func(f backend.FailingType) wireFailing { return wireFailing{string(f.Type), instantOf(f.Since)} }),
		SeenAt:  instantOf(r.SeenAt)}
}

func typeToWire(t backend.ChannelType) string { return string(t) }

func (w wireReach) fromWire() *backend.Reach {
	r := &backend.Reach{State: backend.ReachState(w.State), Types: typesFromWire(w.Types), Held: w.Held, Pending: typesFromWire(w.Pending), SeenAt: w.SeenAt.when()}
	for _, f := range w.Failing {
		r.Failing = append(r.Failing, backend.FailingType{Type: backend.ChannelType(f.Type), Since: f.Since.when()})
	}
	return r
}

func typesFromWire(list []string) (types []backend.ChannelType) {
	for _, text := range list {
		types = append(types, backend.ChannelType(text))
	}
	return types
}

func rowToWire(row backend.AccountRow) wireAccount {
	w := accountToWire(row.AccountSummary)
	if row.Reach != nil {
		w.Reach = reachToWire(*row.Reach)
	}
	return w
}

// The parameters that make a list one that is read in pages.
const (
	paramSort     = "sort"
	paramOrder    = "order"
	paramProblems = "problems"
	paramAfter    = "after"
	paramFrom     = "from"
	paramMatch    = "match"
)

var pageParameters = []string{paramSort, paramOrder, paramProblems, paramAfter, paramFrom}

func (c *call) pageAccounts(ctx context.Context, limit int) (reply, error) {
	q := backend.AccountQuery{Match: c.query.Get("match"), Sort: backend.AccountSort(c.oneOf(paramSort, sortNames...)), Limit: limit,
		Descending: c.oneOf(paramOrder, "asc", "desc") == "desc", OnlyProblems: c.oneOf(paramProblems, "false", "true") == "true",
		After: c.query.Get(paramAfter), From: c.query.Get(paramFrom)}
	if c.query.Has(paramFrom) && q.From == "" {
		c.Add(paramFrom, errors.New("Name the customer with whom the list begins, by its id."))
	}
	if err := c.Err(); err != nil {
		return reply{}, err
	}
	page, err := c.Accounts.Page(ctx, q)
	if err != nil {
		return reply{}, err
	}
	w := wirePage{Total: page.Total, IsMore: page.IsMore, All: page.All, Failing: page.Failing}
	if page.Next != "" {
		w.Next = &page.Next
	}
	return reply{message: "These are customers, a page of the list.", data: listToWire(page.Accounts, rowToWire), page: &w, next: c.nextPage(paramAfter, page.Next)}, nil
}

var sortNames = []string{string(backend.SortName), string(backend.SortEmail), string(backend.SortReach)}

// oneOf reads a parameter that has one of a few values; without it, it is the first.
func (c *call) oneOf(name string, values ...string) string {
	value := c.query.Get(name)
	switch {
	case !c.query.Has(name):
		return values[0]
	case !slices.Contains(values, value):
		c.Add(name, errors.New("Send "+strings.Join(values, " or ")+"."))
	}
	return value
}

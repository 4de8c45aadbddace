package backend

import (
	"errors"
	"fmt"
	"slices"
)

// AccountSort is what a list of accounts is sorted by.
type AccountSort string

// The sorts. SortReach puts the worst state first and, of those without a channel that
// fails, waits or is missing, the ones that no person has seen a message at for longest.
const (
	SortName  AccountSort = "name"
	SortEmail AccountSort = "email"
	SortReach AccountSort = "reach"
)

// AccountSorts are all of them.
var AccountSorts = []AccountSort{SortName, SortEmail, SortReach}

// AccountQuery asks for one page of a list of accounts.
type AccountQuery struct {
	// Match keeps the accounts whose name, email or organization contains every
	// space-separated part of it; "" keeps all.
	Match string
	// OnlyProblems keeps the accounts whose ReachState is a problem.
	OnlyProblems bool
	Sort         AccountSort // "" is SortName
	Descending   bool        // from the other end
	// After is AccountPage.Next of the page before; "" for the first page.
	After string
	// From is the id of an account: the first page begins with it, or where it would
	// stand if it were kept. "" for the beginning of the list.
	From  string
	Limit int // how many accounts at most
}

// MaxCounted is up to how many accounts a page counts those that are found, and those that
// are stale.
const MaxCounted = 10_000

// AccountPage is one page of a list of accounts.
type AccountPage struct {
	Accounts []AccountRow // never nil
	// Next is the cursor of the next page; "" after the last one. It stands for the place
	// behind the last account of this page in its order, also when that is read from the
	// other end: then for the place behind that account from there. It tells nothing of
	// the accounts, and is not made by callers.
	Next string
	// Total is how many accounts the query keeps.
	Total int
	// IsMore says that there are more than Total, which were not counted.
	IsMore bool
	// All is how many accounts there are, kept or not; 0 where that is not known.
	All int
	// Failing is how many of all are in the states ReachFailing and ReachNone, kept or not; 0
	// where that is not known.
	Failing int
}

// AccountRow is one line of a list of accounts.
type AccountRow struct {
	AccountSummary
	Reach *Reach // nil where the backend lacks FeatureReach
}

// Validate returns nil, or a CodeInvalid error about all that is wrong (fields "sort",
// "limit", "from").
func (q AccountQuery) Validate() error {
	var faults FieldErrors
	if q.Sort != "" && !slices.Contains(AccountSorts, q.Sort) {
		faults.Add("sort", fmt.Errorf("There is no order %q; use name, email or reach.", string(q.Sort)))
	}
	if q.Limit < 0 {
		faults.Add("limit", errors.New("A limit is a whole number from 0."))
	}
	if q.After != "" && q.From != "" {
		faults.Add("from", errors.New("Say where the list begins, or which page follows; not both."))
	}
	return faults.Err()
}

// AccountSearch asks for one page of what Accounts.Search finds.
type AccountSearch struct {
	// Text is letters of an AccountSummary.SearchText, in their order but not side by side, and in
	// any case; "" is all accounts.
	Text string
	// First are the ids of accounts that come first, in this order, of those with the same score: of
	// all accounts for "". Those behind MaxFirst are ignored, as are ids of no account.
	First []string
	// Offset is how many accounts stand before the page. A later page costs more: those before it
	// are ranked, too.
	Offset int
	Limit  int // how many accounts at most
}

// MaxFirst is how many ids AccountSearch.First has at most.
const MaxFirst = 20

// FoundAccounts is one page of what was found.
type FoundAccounts struct {
	Accounts []AccountSummary // the best first; never nil
	Total    int              // how many accounts were found
	All      int              // how many there are
	// IsReading says that not all accounts were read yet, so that more may be found soon.
	IsReading bool
}

// Validate returns nil, or a CodeInvalid error about all that is wrong (fields "offset", "limit").
func (s AccountSearch) Validate() error {
	var faults FieldErrors
	for field, value := range map[string]int{"offset": s.Offset, "limit": s.Limit} {
		if value < 0 {
			faults.Add(field, fmt.Errorf("The %s is a whole number from 0.", field))
		}
	}
	return faults.Err()
}

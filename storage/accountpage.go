package storage

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// A page is read from the index of its order, from a key on: it costs the same wherever it
// is. Of accounts that are narrowed down, either few are left, which are found first and
// then sorted, or many, of which the next ones are found soon in the order.

// AccountPageQuery is a backend.AccountQuery, of which the texts were taken apart.
type AccountPageQuery struct {
	Terms        []string // as those of Accounts
	OnlyProblems bool
	ProofAge     time.Duration
	Sort         backend.AccountSort
	Descending   bool
	After        AccountKey // the page begins behind it; the zero value for the first
	Limit        int
}

// AccountPage is a backend.AccountPage, with the key that its Next is made of.
type AccountPage struct {
	backend.AccountPage
	NextKey *AccountKey // nil after the last page
}

// isProblem is the condition for a row of reaches that is a problem: it stands before the
// first of rankProved whose proof is not stale.
const isProblem = `(rank, seen_at) <= (?, ?)`

func (t *Tx) problemArgs(proofAge time.Duration) []any {
	return []any{rankProved, t.staleFrom(proofAge)}
}

// AccountPage loads one page.
func (t *Tx) AccountPage(q AccountPageQuery) (p AccountPage, err error) {
	var n narrowing
	n.match(q.Terms)
	if q.OnlyProblems && (len(q.Terms) > 0 || q.Sort != backend.SortReach) {
		n.and(`EXISTS (SELECT 1 FROM reaches r WHERE r.customer_id = c.id AND `+isProblem+`)`, t.problemArgs(q.ProofAge)...)
	}
	if p.All, p.Failing, err = t.countAccounts(); err != nil {
		return p, err
	}
	kept, err := t.countKept(&p, q, n)
	if err != nil {
		return p, err
	}
	if err := t.fillPage(&p, q, n, kept); err != nil {
		return AccountPage{}, err
	}
	return p, nil
}

// countKept counts the accounts that are kept, and lists their ids; nil for all, or for too
// many to list.
func (t *Tx) countKept(p *AccountPage, q AccountPageQuery, n narrowing) (kept []string, err error) {
	p.Total = p.All
	switch {
	case len(q.Terms) > 0:
		if kept, err = t.keptAccounts(n); err != nil {
			return nil, err
		}
		p.Total = len(kept)
		if p.IsMore = p.Total > backend.MaxCounted; p.IsMore {
			p.Total, kept = backend.MaxCounted, nil
		}
	case q.OnlyProblems:
		if p.Total, p.IsMore, err = t.countProblems(q.ProofAge); err == nil && p.Total <= backend.MaxCounted && q.Sort != backend.SortReach {
			kept, err = t.problemAccounts(q.ProofAge)
		}
	}
	return kept, err
}

// keptAccounts lists the ids of those that are kept, one more than are counted at most.
// It looks at the name of every account, in the index where that has all that is asked for.
func (t *Tx) keptAccounts(n narrowing) ([]string, error) {
	index := ""
	if !n.readsEmails && t.hooks.ByIndex != "" {
		index = t.hooks.ByIndex + "customers_by_name"
	}
	query := fmt.Sprintf(`SELECT c.id FROM customers c%s WHERE 1 = 1%s LIMIT $%d`, index, n.where, len(n.args)+1)
	return t.ids(query, append(n.args, backend.MaxCounted+1)...)
}

func (t *Tx) problemAccounts(proofAge time.Duration) ([]string, error) {
	var n narrowing
	n.and(isProblem, t.problemArgs(proofAge)...)
	return t.ids(`SELECT customer_id FROM reaches WHERE 1 = 1`+n.where, n.args...)
}

func (t *Tx) ids(query string, args ...any) ([]string, error) {
	list := []string{}
	err := t.rows(query, args, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		list = append(list, id)
		return err
	})
	return list, err
}

// countAccounts adds up the counts that are kept of each rank, at the same cost with any number
// of accounts: of all, and of those that have a channel that fails or none that reaches them.
func (t *Tx) countAccounts() (all, failing int, err error) {
	err = t.row(`SELECT COALESCE(SUM(number), 0), COALESCE(SUM(number) FILTER (WHERE rank <= $1), 0) FROM reach_counts`, []any{rankNone}, &all, &failing)
	return all, failing, err
}

// countProblems counts as many stale accounts as are counted at most; isMore says that there
// are more.
func (t *Tx) countProblems(proofAge time.Duration) (n int, isMore bool, err error) {
	var stale int
	if err := t.row(`SELECT COALESCE(SUM(number), 0) FROM reach_counts WHERE rank < $1`, []any{rankProved}, &n); err != nil {
		return 0, false, err
	}
	err = t.row(`SELECT COUNT(*) FROM (SELECT 1 FROM reaches WHERE rank = $1 AND seen_at <= $2 LIMIT $3) AS stale`,
		[]any{rankProved, t.staleFrom(proofAge), backend.MaxCounted + 1}, &stale)
	return n + min(stale, backend.MaxCounted), stale > backend.MaxCounted, err
}

// pageQuery is the query of a page: ids in their order, from a table that is narrowed down,
// and then everything about them.
const pageQuery = `
SELECT c.id, c.email, c.name, c.surname, t.name, o.name, c.role, o.plan, c.created_at, c.search, c.email_fold, r.rank, r.seen_at, r.ways
FROM (%s) p
CROSS JOIN customers c CROSS JOIN reaches r CROSS JOIN teams t CROSS JOIN organizations o
WHERE c.id = p.id AND r.customer_id = c.id AND t.id = c.team_id AND o.id = t.organization_id
ORDER BY %s`

// fillPage reads the accounts of a page. kept are the ids of all that are kept, nil where
// they are found by n on the way.
func (t *Tx) fillPage(p *AccountPage, q AccountPageQuery, n narrowing, kept []string) error {
	inner, args, err := q.inner(n, kept, t.problemArgs(q.ProofAge))
	if err != nil {
		return err
	}
	by := orders[q.Sort]
	p.Accounts = []backend.AccountRow{}
	var key AccountKey
	isMore := false
	err = t.rows(fmt.Sprintf(pageQuery, inner, by.ordering("p", q.Descending)), args, func(scan func(...any) error) error {
		if isMore = len(p.Accounts) == q.Limit; isMore {
			return nil
		}
		row, of, err := scanAccountRow(scan, q.Sort)
		if err == nil {
			key = of
			p.Accounts = append(p.Accounts, row)
		}
		return err
	})
	if isMore && q.Limit > 0 {
		p.NextKey = &key
	}
	return err
}

// inner is the query for the ids of a page, and of one account more.
func (q AccountPageQuery) inner(n narrowing, kept []string, problemArgs []any) (string, []any, error) {
	by := orders[q.Sort]
	table := by.table
	if by.table == "reaches" && n.where != "" && kept == nil {
		table = "reaches CROSS JOIN customers c"
		n.and("c.id = reaches.customer_id")
	} else if by.table == "customers" {
		table = "customers c"
	}
	if kept != nil { // the condition was looked at already
		list, err := json.Marshal(kept)
		if err != nil {
			return "", nil, err
		}
		n = narrowing{}
		n.and(by.id+` IN (SELECT value FROM json_each(?))`, string(list))
	} else if q.OnlyProblems && len(q.Terms) == 0 && q.Sort == backend.SortReach {
		n.and(isProblem, problemArgs...)
	}
	if q.After != (AccountKey{}) {
		comparison, key := ">", by.of(q.After)
		if q.Descending {
			comparison = "<"
		}
		marks := strings.TrimSuffix(strings.Repeat("?, ", len(key)), ", ")
		n.and("("+strings.Join(by.columns, ", ")+") "+comparison+" ("+marks+")", key...)
	}
	query := fmt.Sprintf("SELECT %s AS id, %s FROM %s WHERE 1 = 1%s ORDER BY %s LIMIT $%d", by.id, strings.Join(by.columns[:len(by.columns)-1], ", "),
		table, n.where, by.ordering("", q.Descending), len(n.args)+1)
	return query, append(n.args, q.Limit+1), nil
}

func scanAccountRow(scan func(...any) error, sort backend.AccountSort) (backend.AccountRow, AccountKey, error) {
	var row backend.AccountRow
	var created int64
	var search, fold string
	var s storedReach
	err := scan(append(summaryDest(&row.AccountSummary, &created), &search, &fold, &s.rank, &s.seenAt, &s.ways)...)
	if err != nil {
		return row, AccountKey{}, err
	}
	row.CreatedAt = instant(created)
	r, err := s.loaded()
	row.Reach = &r
	return row, keyIn(sort, row.ID, search, fold, s), err
}

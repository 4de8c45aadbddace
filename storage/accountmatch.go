package storage

import (
	"fmt"
	"strings"

	"github.com/account-settings/pinghome/backend"
)

// narrowing is the condition for the accounts that are kept, on the columns of customers as c.
type narrowing struct {
	where string // "" for all
	args  []any
	// readsEmails says that where needs more than the index by name has.
	readsEmails bool
}

func (n *narrowing) and(condition string, args ...any) {
	for i := range args {
		condition = strings.Replace(condition, "?", fmt.Sprintf("$%d", len(n.args)+i+1), 1)
	}
	n.where += " AND " + condition
	n.args = append(n.args, args...)
}

// The conditions of a term. Where an email is compared in the form in which it is searched
// for, that form is a part of the search text, but for few accounts.
const (
	matchText = `(c.search LIKE ? ESCAPE '\' OR c.id IN (
  SELECT o.id FROM customers o WHERE instr(o.search, o.email_fold) = 0 AND o.email_fold LIKE ? ESCAPE '\'))`
	matchOtherEmail = `(c.search LIKE ? ESCAPE '\' OR c.email_fold LIKE ? ESCAPE '\')`
)

// match keeps the accounts whose name, email and organization together contain every term
// in any case, or whose email does in the form in which emails are compared; a term with
// an @ is brought into that form, too. The eighth and later terms are searched for as one
// text, joined with spaces.
func (n *narrowing) match(terms []string) {
	for _, term := range limitTerms(terms) {
		text, fold := searchedForms(term)
		if text == fold {
			n.and(matchText, text, fold)
		} else {
			n.and(matchOtherEmail, text, fold)
			n.readsEmails = true
		}
	}
}

// maxSearchTerms is how many terms a search has at most, so that there are few
// variants of its query to prepare.
const maxSearchTerms = 8

func limitTerms(terms []string) []string {
	if len(terms) > maxSearchTerms {
		return append(terms[:maxSearchTerms-1:maxSearchTerms-1], strings.Join(terms[maxSearchTerms-1:], " "))
	}
	return terms
}

// searchedForms are the patterns of a term: as it is typed, and as emails are compared.
func searchedForms(term string) (text, fold string) {
	text = strings.ToLower(term)
	fold = text
	if backend.IsEmailLike(term) {
		fold = backend.CanonicalValue(backend.TypeEmail, term)
	}
	return "%" + escapeLike.Replace(text) + "%", "%" + escapeLike.Replace(fold) + "%"
}

var escapeLike = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

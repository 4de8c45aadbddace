package storage

import (
	"database/sql"
	"errors"
	"strings"
	"time"

	"github.com/account-settings/pinghome/backend"
)

// $1 is the start of the 24 hours for which the profile's limits count.
//
// In a join, SQLite prepares a statement again whenever another value is bound
// to a parameter that is compared with a column, to look for a better plan
// (sqlite3VdbeReprepareOnBind): 36 µs instead of 2 here. It does not do so for an
// expression, so ids are cast, here and in the other joins.
const selectProfile = `
SELECT c.id, c.email, c.name, c.surname, c.role, c.created_at, c.revision, c.pending_email,
  t.id, t.name, o.id, o.name, o.plan, o.trial_ends_at,
  COALESCE(k.sent_at, 0), COALESCE(k.expires_at, 0), COALESCE(k.tries, 0),
  (SELECT COUNT(*) FROM channels n WHERE n.customer_id = c.id),
  (SELECT COUNT(*) FROM sends s WHERE s.customer_id = c.id AND s.purpose = 'code' AND s.sent_at > $1),
  (SELECT COUNT(*) FROM feedback f WHERE f.customer_id = c.id AND f.sent_at > $1)
FROM customers c
JOIN teams t ON t.id = c.team_id
JOIN organizations o ON o.id = t.organization_id
LEFT JOIN codes k ON k.customer_id = c.id AND k.purpose = 'username' AND k.target = 'email:' || c.pending_email
WHERE c.id = CAST($2 AS TEXT)`

// Profile loads a customer with team, organization and limits in one query.
// Pending is nil when no change of the username is pending; of its code SentAt,
// ExpiresAt and AttemptsLeft are filled in.
// Errors: unauthorized when the account is gone.
func (t *Tx) Profile(id string) (backend.Profile, error) {
	var p backend.Profile
	var pending string
	var created, trial, sent, expires int64
	var tries, channels, codes, notes int
	c, o := &p.Customer, &p.Organization
	err := t.row(selectProfile, []any{millis(t.Now.Add(-24 * time.Hour)), id},
		&c.ID, &c.Email, &c.Name, &c.Surname, &c.Role, &created, &p.Revision, &pending,
		&p.Team.ID, &p.Team.Name, &o.ID, &o.Name, &o.Plan, &trial,
		&sent, &expires, &tries, &channels, &codes, &notes)
	if err != nil {
		return p, unauthorizedIfNoRows(err)
	}
	c.CreatedAt, o.Trial.EndsAt = instant(created), instant(trial)
	o.Trial.Active = t.Now.Before(o.Trial.EndsAt)
	p.Limits = []backend.Limit{
		{Module: "notification", Key: backend.LimitChannels, Title: "Personal channels", Value: o.Plan.MaxChannels(), Used: channels},
		{Module: "account", Key: backend.LimitCodes, Title: "Codes sent in 24 h", Value: o.Plan.MaxCodesDay(), Used: codes},
		{Module: "feedback", Key: backend.LimitFeedback, Title: "Feedback in 24 h", Value: backend.MaxFeedbackDay, Used: notes},
	}
	if pending != "" {
		p.Pending = &backend.PendingUsername{Email: pending, Code: codeState(sent, expires, tries)}
	}
	return p, nil
}

const selectRevision = `SELECT revision FROM customers WHERE id = $1`

// Revision loads the number of the customer's last change; the first is 1.
// Errors: unauthorized when the account is gone.
func (t *Tx) Revision(id string) (int64, error) {
	var revision int64
	err := t.row(selectRevision, []any{id}, &revision)
	return revision, unauthorizedIfNoRows(err)
}

const bumpRevision = `UPDATE customers SET revision = revision + 1 WHERE id = $1`

// Touch counts up the customer's revision.
// Errors: unauthorized when the account is gone.
func (t *Tx) Touch(id string) error {
	n, err := t.exec(bumpRevision, id)
	if err == nil && n == 0 {
		return unauthorizedIfNoRows(sql.ErrNoRows)
	}
	return err
}

const updateCustomer = `
UPDATE customers SET name = $1, surname = $2, email = $3, email_fold = CASE WHEN email = $3 THEN email_fold ELSE $4 END,
  pending_email = $5, search = $6
WHERE id = $7`

// SaveCustomer writes name, surname, email and pending email of a profile that
// this transaction loaded.
// Errors: email_taken.
func (t *Tx) SaveCustomer(p backend.Profile) error {
	c, pending := p.Customer, ""
	if p.Pending != nil {
		pending = p.Pending.Email
	}
	_, err := t.exec(updateCustomer, c.Name, c.Surname, c.Email, backend.FoldEmail(c.Email), pending,
		searchText(c, p.Organization.Name), c.ID)
	return t.emailTakenIfUnique(err, c.Email)
}

// SQLite rewrites every index that a column of an update belongs to, also when
// the value stays the same, so a change of the name does not write the email. As
// the most frequent change it also writes the number of its journal row itself,
// which saves one update.
const updateName = `
UPDATE customers SET name = $1, surname = $2, search = $3, newest_entry = $4, revision = revision + 1 WHERE id = $5`

// SaveName writes name and surname of a profile that this transaction loaded,
// with the journal entry e, and counts up the revision.
// Errors: unauthorized when the account is gone.
func (t *Tx) SaveName(p backend.Profile, e backend.JournalEntry) error {
	c := p.Customer
	sequence, err := t.addEntry(c.ID, e)
	if err != nil {
		return err
	}
	_, err = t.exec(updateName, c.Name, c.Surname, searchText(c, p.Organization.Name), sequence, c.ID)
	return err
}

const selectEmailTaken = `
SELECT COUNT(*) FROM customers WHERE (email_fold = $1 OR email_fold > $2 AND email_fold < $3) AND id <> $4`

// EmailTaken reports whether an account other than id has this email in any
// spelling; with id "", whether any has.
func (t *Tx) EmailTaken(email, id string) (bool, error) {
	var n int
	fold := backend.FoldEmail(email)
	from, to := foldRange(fold)
	err := t.row(selectEmailTaken, []any{fold, from, to, id}, &n)
	return n > 0, err
}

const insertCustomer = `
INSERT INTO customers (id, team_id, email, email_fold, pending_email, name, surname, role, search, revision, created_at)
VALUES ($1, $2, $3, $4, '', $5, $6, $7, $8, 1, $9)`

// AddCustomer writes a new customer into the profile's team.
// Errors: email_taken.
func (t *Tx) AddCustomer(p backend.Profile) error {
	c := p.Customer
	_, err := t.exec(insertCustomer, c.ID, p.Team.ID, c.Email, backend.FoldEmail(c.Email), c.Name, c.Surname, string(c.Role),
		searchText(c, p.Organization.Name), millis(c.CreatedAt))
	return t.emailTakenIfUnique(err, c.Email)
}

const deleteCustomer = `DELETE FROM customers WHERE id = $1`

// DeleteCustomer removes a customer, the customer's journal and, by cascade,
// everything else that belongs to the customer.
func (t *Tx) DeleteCustomer(id string) error {
	if err := t.LockAccount(id); err != nil { // an entry that another change is writing would stay
		return err
	}
	if t.hooks.Erased != nil {
		t.hooks.Erased()
	}
	if _, err := t.exec(deleteJournal, id); err != nil {
		return err
	}
	_, err := t.exec(deleteCustomer, id)
	return err
}

// searchText is what accounts are searched and sorted by name in. An email is found by its
// domain in the characters of its script, and by A-labels in email_fold.
func searchText(c backend.Customer, organization string) string {
	return strings.ToLower(c.Name + " " + c.Surname + " " + backend.UnicodeEmail(c.Email) + " " + organization)
}

// unauthorizedIfNoRows turns sql.ErrNoRows, which here means that the customer was
// deleted, into unauthorized.
func unauthorizedIfNoRows(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return backend.Errorf(backend.CodeUnauthorized, "This account was deleted. Open another account to go on.")
	}
	return err
}

// emailTakenIfUnique turns the error of a violated unique index, which is the one
// of the emails, into email_taken.
func (t *Tx) emailTakenIfUnique(err error, email string) error {
	if err != nil && t.session.IsUnique(err) {
		return backend.Errorf(backend.CodeEmailTaken, "Another account already uses %s. Choose another email.", backend.ReadableEmail(email))
	}
	return err
}

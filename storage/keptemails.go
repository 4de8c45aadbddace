package storage

import (
	"cmp"

	"github.com/account-settings/pinghome/backend"
)

// KeepEmails brings the domains of emails into A-labels: older versions kept them as they were
// typed. Nothing is lost: an address that another account or channel has in another
// spelling stays as it was typed, so that each of the two is still found by its own, and
// one that waits for a code that is still valid does, since that is the code of this spelling.
func KeepEmails(tx *Tx) error {
	if err := CanonicaliseAll(tx); err != nil { // the forms of a few have changed, too
		return err
	}
	if err := keepUsernames(tx); err != nil {
		return err
	}
	if err := keepChannels(tx); err != nil {
		return err
	}
	found, err := collisions(tx)
	if err != nil || len(found) == 0 {
		return err
	}
	return tx.PutFact(FactSpellings, []byte{1})
}

// keptEmail is an email with its domain as it is kept now.
func keptEmail(email string) string {
	local, domain, hasAt := backend.CutEmail(email)
	clean, err := backend.CleanHost(domain)
	if !hasAt || err != nil {
		return email
	}
	return local + "@" + clean
}

// The statements name what there is at this step. Those of other files may come to name what
// was added later; these do not, or TestMigrationKeepsDomainsAsALabels, which begins with a
// file of the step before, fails: EmailTaken, Touch, PutFact and collisions.
const (
	selectUsernames = `
SELECT c.id, c.email, c.pending_email, c.name, c.surname, o.name, COALESCE(k.expires_at, 0)
FROM customers c
JOIN teams t ON t.id = c.team_id
JOIN organizations o ON o.id = t.organization_id
LEFT JOIN codes k ON k.customer_id = c.id AND k.purpose = 'username' AND k.target = 'email:' || c.pending_email
ORDER BY c.id`
	updateUsername = `UPDATE customers SET email = $1, pending_email = $2, search = $3, revision = revision + 1 WHERE id = $4`

	selectEmailChannels = `
SELECT n.customer_id, n.priority, n.value, n.active_value, COALESCE(k.expires_at, 0)
FROM channels n
LEFT JOIN codes k ON k.customer_id = n.customer_id AND k.purpose = 'channel' AND k.target = 'email:' || n.value AND n.value <> n.active_value
WHERE n.type = 'email' ORDER BY n.customer_id, n.priority`
	countSameChannels  = `SELECT COUNT(*) FROM channels WHERE customer_id = $1 AND type = 'email' AND (value = $2 OR active_value = $2)`
	updateEmailChannel = `UPDATE channels SET value = $1, active_value = $2 WHERE customer_id = $3 AND priority = $4`
)

// keptUsername is a username that changes, or that is found by another text from now on.
type keptUsername struct {
	customer              backend.Customer
	pending, organization string
	codeExpires           int64 // of the pending one; 0 without a code
}

func keepUsernames(tx *Tx) error {
	var changed []keptUsername
	err := tx.rows(selectUsernames, nil, func(scan func(...any) error) error {
		var u keptUsername
		c := &u.customer
		err := scan(&c.ID, &c.Email, &u.pending, &c.Name, &c.Surname, &u.organization, &u.codeExpires)
		if kept := keptEmail(c.Email); kept != c.Email || keptEmail(u.pending) != u.pending || backend.UnicodeEmail(kept) != kept {
			changed = append(changed, u)
		}
		return err
	})
	for _, u := range changed {
		err = cmp.Or(err, keepUsername(tx, u))
	}
	return err
}

func keepUsername(tx *Tx, u keptUsername) error {
	c, old := u.customer, u.customer.Email
	isTaken, err := tx.EmailTaken(old, c.ID)
	if err != nil {
		return err
	}
	if !isTaken {
		c.Email = keptEmail(old)
	}
	if u.codeExpires <= millis(tx.Now) {
		u.pending = keptEmail(u.pending)
	}
	if _, err = tx.exec(updateUsername, c.Email, u.pending, searchText(c, u.organization), c.ID); err != nil {
		return err
	}
	var channels int
	if err := tx.row(countSameChannels, []any{c.ID, old}, &channels); err != nil || channels > 0 {
		return err // its messages are those of a channel, too, and go where keepChannels brings that
	}
	return tx.moveMessages(c.ID, old, c.Email)
}

// keptChannel is a channel of type email.
type keptChannel struct {
	priority      int
	value, active string
	codeExpires   int64 // of the value; 0 without a code
}

func keepChannels(tx *Tx) error {
	var customers []string
	channels := map[string][]keptChannel{} // of those of which one changes
	var last string
	var of []keptChannel
	isChanged := false
	next := func(customer string) {
		if isChanged {
			customers, channels[last] = append(customers, last), of
		}
		last, of, isChanged = customer, nil, false
	}
	err := tx.rows(selectEmailChannels, nil, func(scan func(...any) error) error {
		var customer string
		var ch keptChannel
		err := scan(&customer, &ch.priority, &ch.value, &ch.active, &ch.codeExpires)
		if customer != last {
			next(customer)
		}
		of = append(of, ch)
		isChanged = isChanged || keptEmail(ch.value) != ch.value || keptEmail(ch.active) != ch.active
		return err
	})
	next("")
	for _, customer := range customers {
		err = cmp.Or(err, keepChannelsOf(tx, customer, channels[customer]))
	}
	return err
}

func keepChannelsOf(tx *Tx, customer string, all []keptChannel) error {
	users := map[string]int{} // by how many channels a mailbox is used
	for _, ch := range all {
		value, active := backend.FoldEmail(ch.value), backend.FoldEmail(ch.active)
		users[value]++
		if active != value {
			users[active]++
		}
	}
	var err error
	isChanged := false
	for _, ch := range all {
		now := ch
		if users[backend.FoldEmail(ch.value)] == 1 && ch.codeExpires <= millis(tx.Now) {
			now.value = keptEmail(ch.value)
		}
		if users[backend.FoldEmail(ch.active)] == 1 {
			now.active = keptEmail(ch.active)
		}
		isChanged = isChanged || now != ch
		_, fault := tx.exec(updateEmailChannel, now.value, now.active, customer, ch.priority)
		err = cmp.Or(err, fault, tx.moveMessages(customer, ch.value, now.value), tx.moveMessages(customer, ch.active, now.active))
	}
	if !isChanged {
		return err
	}
	return cmp.Or(err, tx.Touch(customer))
}

const (
	moveMessages = `UPDATE messages SET recipient = $1 WHERE customer_id = $2 AND type = 'email' AND recipient = $3`
	moveAttempts = `UPDATE attempts SET recipient = $1 WHERE customer_id = $2 AND type = 'email' AND recipient = $3`
	dropReach    = `DELETE FROM reaches WHERE customer_id = $1`
)

// moveMessages brings the messages to an address, and the attempts at them, to its new
// spelling: they prove that a channel reaches a person. The stored reach is dropped: it can
// only be made anew with columns that a later step has added, which does that with FillMissingReaches.
func (t *Tx) moveMessages(customer, from, to string) error {
	if from == to {
		return nil
	}
	for _, statement := range []string{moveMessages, moveAttempts} {
		if _, err := t.exec(statement, to, customer, from); err != nil {
			return err
		}
	}
	_, err := t.exec(dropReach, customer)
	return err
}

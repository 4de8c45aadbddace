package local

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// Profile returns the customer with team, organization and limits.
func (c *customer) Profile(ctx context.Context) (p backend.Profile, err error) {
	err = c.db.ReadOne(ctx, func(tx *storage.Tx) (err error) {
		p, err = tx.Profile(c.id)
		return err
	})
	if err != nil || p.Pending == nil {
		return p, err
	}
	err = c.db.Read(ctx, func(tx *storage.Tx) (err error) {
		p, err = c.profile(tx)
		return err
	})
	return p, err
}

// profile costs one query, and two more while a username change waits for its code.
func (c *customer) profile(tx *storage.Tx) (backend.Profile, error) {
	p, err := tx.Profile(c.id)
	if err != nil || p.Pending == nil {
		return p, err
	}
	u, err := loadUsage(tx, c.id)
	u.complete(&p.Pending.Code, countedTarget(backend.TypeEmail, p.Pending.Email), tx.Now)
	return p, err
}

// UpdateName changes name, surname or both.
func (c *customer) UpdateName(ctx context.Context, change backend.NameChange) (p backend.Profile, err error) {
	name, surname, err := cleanNames(change)
	if err != nil {
		return p, err
	}
	err = c.command(ctx, "UpdateName", &p, func(tx *storage.Tx) error {
		p, err = c.profile(tx)
		if err != nil {
			return err
		}
		before := p.Customer
		if name != nil {
			p.Customer.Name = *name
		}
		if surname != nil {
			p.Customer.Surname = *surname
		}
		if p.Customer == before {
			return nil
		}
		p.Revision++
		e := c.entry(tx, "name.changed", changedParts(before, p.Customer))
		e.Before, e.After = nameSettings(before, p.Customer)
		return tx.SaveName(p, e)
	})
	return p, err
}

func cleanNames(change backend.NameChange) (name, surname *string, err error) {
	var faults backend.FieldErrors
	clean := func(field string, value *string) *string {
		if value == nil {
			return nil
		}
		cleaned, err := backend.CleanName(normalNFC(*value))
		faults.Add(field, err)
		return &cleaned
	}
	name, surname = clean("name", change.Name), clean("surname", change.Surname)
	return name, surname, faults.Err()
}

func changedParts(before, after backend.Customer) string {
	switch {
	case before.Surname == after.Surname:
		return "name"
	case before.Name == after.Name:
		return "surname"
	default:
		return "name and surname"
	}
}

// nameSettings are the parts of the name that differ.
func nameSettings(before, after backend.Customer) (was, is backend.Settings) {
	if before.Name != after.Name {
		was.Name, is.Name = &before.Name, &after.Name
	}
	if before.Surname != after.Surname {
		was.Surname, is.Surname = &before.Surname, &after.Surname
	}
	return was, is
}

// DeleteAccount removes everything of this customer, and the team and organization
// if they have no other customer. A tombstone keeps a hash of the id, the reason and the
// time. The kept answers of commands are removed, too, so a repeat of this command
// answers unauthorized.
func (c *customer) DeleteAccount(ctx context.Context, reason string) error {
	var faults backend.FieldErrors
	reason, err := backend.CleanReason(normalNFC(reason))
	faults.Add("reason", err)
	if err := faults.Err(); err != nil {
		return err
	}
	defer c.tokens.clear()
	var gone error
	remove := func(tx *storage.Tx) (err error) {
		gone = nil
		if isRepeat, err := c.beginCommand(tx, "DeleteAccount", nil); isRepeat || err != nil {
			return err
		}
		err = deleteCustomer(tx, c.id, reason)
		if backend.ErrorCode(err) == backend.CodeUnauthorized {
			gone, err = err, tx.ConfirmReading()
		}
		return err
	}
	ctx = storage.Long(ctx) // its journal may have any number of entries
	err = c.db.Change(ctx, c.id, remove)
	if backend.ErrorCode(err) == backend.CodeUnknownOutcome && c.db.Change(ctx, c.id, remove) == nil { // it was gone, or it is removed now
		err, gone = nil, nil
	}
	if err == nil && gone == nil {
		c.search.forget(c.id)
	}
	return cmp.Or(err, gone)
}

func deleteCustomer(tx *storage.Tx, id, reason string) error {
	if err := tx.LockAccount(id); err != nil {
		return err
	}
	p, err := tx.Profile(id)
	if err != nil {
		return err
	}
	if err := tx.DeleteCustomer(id); err != nil {
		return err
	}
	if err := tx.DropIfEmpty(p.Organization.ID, p.Team.ID); err != nil {
		return err
	}
	if err := unmarkDemo(tx, id); err != nil {
		return err
	}
	return tx.AddTombstone(tombstone(id), reason)
}

// tombstone is the hash that is kept of a deleted account's id. An id has 122 random
// bits, so a plain hash cannot be reversed by trying ids.
func tombstone(id string) string {
	sum := sha256.Sum256([]byte(id))
	return hex.EncodeToString(sum[:])
}

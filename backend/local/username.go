package local

import (
	"context"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// ChangeUsername starts a change of the username and sends a code to the new address.
// The old one stays the username until ConfirmUsername.
func (c *customer) ChangeUsername(ctx context.Context, email string) (p backend.Profile, err error) {
	var faults backend.FieldErrors
	email, err = backend.CleanEmail(normalNFC(email))
	faults.Add("email", err)
	if err := faults.Err(); err != nil {
		return p, err
	}
	err = c.command(ctx, "ChangeUsername", &p, func(tx *storage.Tx) error {
		p, err = c.profile(tx)
		if err != nil {
			return err
		}
		// The present username in another spelling is unchanged, too, also while a
		// change is pending: CancelUsername drops that one.
		if backend.FoldEmail(email) == backend.FoldEmail(p.Customer.Email) {
			return backend.Errorf(backend.CodeEmailUnchanged, "%s is your username already. Type another address.", backend.ReadableEmail(p.Customer.Email))
		}
		if err := c.askForEmail(tx, email); err != nil {
			return err
		}
		if err := c.dropUsernameCode(tx, p); err != nil {
			return err
		}
		if err := c.issueCode(tx, storage.PurposeUsername, backend.TypeEmail, email); err != nil {
			return err
		}
		before := pendingEmail(p)
		p.Pending = &backend.PendingUsername{Email: email}
		if err := tx.SaveCustomer(p); err != nil {
			return err
		}
		if err := c.noteUsername(tx, "username.requested", "a code was sent to the new address", before, email); err != nil {
			return err
		}
		p, err = c.profile(tx)
		return err
	})
	return p, err
}

// ConfirmUsername makes the pending address the username. Another account may have
// taken the address since the change began, so that is checked again. All tokens of
// the customer but the one of the command are revoked: the change may be meant to
// lock out a person who has one.
func (c *customer) ConfirmUsername(ctx context.Context, code string) (p backend.Profile, err error) {
	code, err = cleanCode(code)
	if err != nil {
		return p, err
	}
	err = c.command(ctx, "ConfirmUsername", &p, func(tx *storage.Tx) error {
		p, err = c.profile(tx)
		if err != nil {
			return err
		}
		if p.Pending == nil {
			return errNoPending()
		}
		old, email := p.Customer.Email, p.Pending.Email
		if err := c.enterCode(tx, storage.PurposeUsername, backend.TypeEmail, email, "new username", code); err != nil {
			return err
		}
		if err := checkEmailFree(tx, backend.Customer{ID: c.id, Email: email}); err != nil { // told to the owner of the address only
			return err
		}
		pending := email
		if kept, err := backend.CleanEmail(email); err == nil { // an older version may have kept it as it was typed
			email = kept
		}
		p.Customer.Email, p.Pending = email, nil
		if err := tx.SaveCustomer(p); err != nil {
			return err
		}
		notice, err := c.addMessage(tx, backend.Message{Type: backend.TypeEmail, To: old, Kind: backend.KindNotice}, usernameNotice(email))
		if err != nil {
			return err
		}
		c.dispatchAfter(tx, notice)
		revoked, err := tx.DeleteOtherTokens(c.id, backend.CommandOf(ctx).TokenID)
		if err != nil {
			return err
		}
		p.Revision++
		none := ""
		e := c.entry(tx, "username.changed", usernameChange(revoked))
		e.Before, e.After = backend.Settings{Username: &old, PendingUsername: &pending}, backend.Settings{Username: &email, PendingUsername: &none}
		return tx.AddJournal(c.id, e)
	})
	if err != nil {
		return backend.Profile{}, err
	}
	c.tokens.clear()
	return p, nil
}

// maxAskings is how many addresses of other accounts can be asked for in a day. Each
// answer tells that there is an account, so they are counted.
const maxAskings = 20

// askForEmail refuses an address that another account has. That is a committedRefusal:
// it is counted. All that refuses a free address, too, comes first, so that it does not
// tell the two apart. Errors: email_taken, rate_limited, code_locked.
func (c *customer) askForEmail(tx *storage.Tx, email string) error {
	askings, err := tx.Sends(c.id, storage.SendAsking, tx.Now.Add(-day))
	if err != nil {
		return err
	}
	if len(askings) >= maxAskings {
		return errTooOften(askings[maxAskings-1].At.Add(day).Sub(tx.Now), "You tried too many addresses that belong to other accounts.")
	}
	u, err := loadUsage(tx, c.id)
	if err != nil {
		return err
	}
	counted := countedTarget(backend.TypeEmail, email)
	if err := u.checkLock(counted, tx.Now); err != nil {
		return err
	}
	if err := u.checkSend(counted, tx.Now); err != nil {
		return err
	}
	if err := c.checkSendOfAll(tx, counted); err != nil {
		return err
	}
	refusal := checkEmailFree(tx, backend.Customer{ID: c.id, Email: email})
	if backend.ErrorCode(refusal) != backend.CodeEmailTaken {
		return refusal
	}
	err = tx.AddSend(c.id, storage.SendAsking, tx.NewID(), storage.Send{At: tx.Now}, tx.Now.Add(-memoryForLimits))
	if err != nil {
		return err
	}
	if err := tx.AddRefusal(c.id, c.entry(tx, "username.refused", "another account has the address")); err != nil {
		return err
	}
	return &committedRefusal{refusal}
}

// usernameChange is the detail of the journal row.
func usernameChange(revoked int) string {
	detail := "a notice was sent to the old address"
	if revoked > 0 {
		detail += ", " + plural(revoked, "other token") + " revoked"
	}
	return detail
}

// CancelUsername drops a pending change and kills its code.
func (c *customer) CancelUsername(ctx context.Context) (p backend.Profile, err error) {
	err = c.command(ctx, "CancelUsername", &p, func(tx *storage.Tx) error {
		p, err = c.profile(tx)
		if err != nil {
			return err
		}
		if p.Pending == nil {
			return errNoPending()
		}
		if err := c.dropUsernameCode(tx, p); err != nil {
			return err
		}
		before := pendingEmail(p)
		p.Pending = nil
		if err := tx.SaveCustomer(p); err != nil {
			return err
		}
		p.Revision++
		return c.noteUsername(tx, "username.cancelled", "", before, "")
	})
	return p, err
}

// pendingEmail is the username that waits for its code, "" for none.
func pendingEmail(p backend.Profile) string {
	if p.Pending == nil {
		return ""
	}
	return p.Pending.Email
}

// dropUsernameCode revokes the code of the pending change, if there is one.
func (c *customer) dropUsernameCode(tx *storage.Tx, p backend.Profile) error {
	if p.Pending == nil {
		return nil
	}
	return c.revokeCode(tx, storage.PurposeUsername, backend.TypeEmail, p.Pending.Email)
}

// checkEmailFree refuses an email that another account than c has. Errors:
// email_taken.
func checkEmailFree(tx *storage.Tx, c backend.Customer) error {
	taken, err := tx.EmailTaken(c.Email, c.ID)
	if err == nil && taken {
		return backend.Errorf(backend.CodeEmailTaken, "Another account already uses %s. Choose another email.", backend.ReadableEmail(c.Email))
	}
	return err
}

func errNoPending() error {
	return backend.Errorf(backend.CodeNoPendingChange, "No username change is waiting for a code. Start one with the new address.")
}

// cleanCode returns the six digits. Errors: invalid (field "code").
func cleanCode(code string) (string, error) {
	var faults backend.FieldErrors
	code, err := backend.CleanCode(code)
	faults.Add("code", err)
	return code, faults.Err()
}

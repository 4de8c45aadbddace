package local

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// A command with an idempotency key is carried out once: its answer is written in
// the transaction of its effect, and the same command within a day gets that answer
// again. Of refusals those are kept that backend.Refusals marks; the others, such as
// to wait or to read again, are decided anew.

// change runs fn in one durable transaction, once for a command with a key, after a
// check that the account exists. op names the method. answer points to what the
// method returns, nil when that is only an error; it is filled by fn or, for a
// repeat, with the kept answer.
func (c *customer) change(ctx context.Context, op string, answer any, fn func(*storage.Tx) error) error {
	return c.command(ctx, op, answer, c.requireAccount(fn))
}

// command is change for an fn that begins with loading the account itself.
func (c *customer) command(ctx context.Context, op string, answer any, fn func(*storage.Tx) error) error {
	var refusal *committedRefusal
	var isRepeat bool
	err := c.settledChange(ctx, c.id, func(tx *storage.Tx) (_ bool, err error) {
		refusal = nil
		isRepeat, err = c.beginCommand(tx, op, answer)
		if isRepeat && err != nil { // the kept refusal has to be on the standby, too
			refusal, err = &committedRefusal{err}, nil
		}
		if isRepeat || err != nil {
			return isRepeat, err
		}
		if err := fn(tx); err != nil && !errors.As(err, &refusal) {
			return false, err
		}
		if refusal != nil {
			return false, c.keepAnswer(tx, op, nil, refusal.error)
		}
		return false, c.keepAnswer(tx, op, answer, nil)
	})
	if err == nil && refusal != nil {
		return refusal.error
	}
	if !isRepeat {
		c.keepRefusal(ctx, op, err)
	}
	return err
}

// settledChange is Change for a command. When the answer to the commit was lost, a command with a key
// is begun again: it finds the answer that was kept, or it was not carried out and is now. The lock on
// what it is about lets it wait for the end of the first one. isRepeat says that fn found an answer that
// was kept before.
func (a *Accounts) settledChange(ctx context.Context, account string, fn func(*storage.Tx) (isRepeat bool, err error)) error {
	var last *storage.Tx
	isRepeat := false
	run := func(tx *storage.Tx) (err error) {
		last = tx
		isRepeat, err = fn(tx)
		return err
	}
	err := a.db.Change(ctx, account, run)
	if backend.ErrorCode(err) != backend.CodeUnknownOutcome || backend.CommandOf(ctx).Key == "" {
		return err
	}
	first := last
	again := a.db.Change(ctx, account, run)
	if !isDecided(again) {
		return err
	}
	if again == nil && isRepeat { // the first one was made: what waits for its commit, such as a message, need not wait longer
		first.Committed()
	}
	return again
}

// isDecided reports whether the result of a command that was begun again says what became of the first one.
func isDecided(again error) bool {
	switch backend.ErrorCode(again) {
	case backend.CodeBusy, backend.CodeDatabaseAway, backend.CodeUnknownOutcome, backend.CodeUnavailable, backend.CodeInternal, backend.CodeReadOnly:
		return false
	}
	return true
}

// keepRefusal keeps the refusal of a command after its transaction was rolled back.
// Of two at once the first is kept. An error of keeping is dropped: the caller is
// refused in any case.
func (c *customer) keepRefusal(ctx context.Context, op string, refusal error) {
	row, _ := backend.RefusalOf(backend.ErrorCode(refusal))
	if backend.CommandOf(ctx).Key == "" || !row.Kept {
		return
	}
	_ = c.db.Change(ctx, c.id, func(tx *storage.Tx) error {
		if _, found, err := tx.Answer(c.id, backend.CommandOf(ctx).Key); found || err != nil {
			return err
		}
		return c.keepAnswer(tx, op, nil, refusal)
	})
}

// committedRefusal is a refusal that changed something, such as the count of tries.
// Its transaction commits, and the caller is refused afterwards.
type committedRefusal struct{ error }

// beginCommand begins every command. isRepeat says that the command was carried out
// already: then answer is filled and err is the kept refusal, if there is one.
// Errors: idempotency_key_reused, precondition_failed, busy.
func (c *customer) beginCommand(tx *storage.Tx, op string, answer any) (isRepeat bool, err error) {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key != "" {
		kept, found, err := tx.Answer(c.id, cmd.Key)
		age, same := max(0, tx.Now.Sub(kept.At)), kept.Fingerprint == fingerprint(op, cmd)
		switch {
		case err != nil:
			return false, err
		case !found:
		case age >= day, same && kept.Answer == "" && age >= leaseDuration: // too old, or the process that began it has died
			if err := tx.DropAnswer(c.id, cmd.Key); err != nil {
				return false, err
			}
		case !same:
			return false, errKeyReused()
		case kept.Answer == "":
			return false, backend.Errorf(backend.CodeBusy, "This request is still being carried out. Ask again in a moment.")
		default:
			return true, repeatAnswer(kept, answer)
		}
	}
	if cmd.IfRevision == 0 {
		return false, nil
	}
	revision, err := tx.Revision(c.id)
	if err == nil && revision != cmd.IfRevision {
		err = backend.Errorf(backend.CodeStale, "Something was changed since this was read, so nothing was saved. Read it again, then try again.")
	}
	return false, err
}

func errKeyReused() error {
	return backend.Errorf(backend.CodeKeyReused, "This idempotency key was used for another request. Send this one with a new key.")
}

// repeatAnswer fills answer from a kept one and returns its refusal, nil for none.
func repeatAnswer(kept storage.Answer, answer any) error {
	if answer != nil {
		if err := json.Unmarshal([]byte(kept.Answer), answer); err != nil {
			return err
		}
	}
	if kept.Refusal == "" {
		return nil
	}
	var refusal refusalJSON
	if err := json.Unmarshal([]byte(kept.Refusal), &refusal); err != nil {
		return err
	}
	return refusal.asError()
}

// keepAnswer writes the answer or refusal of a command with a key.
func (c *customer) keepAnswer(tx *storage.Tx, op string, answer any, refusal error) error {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return nil
	}
	kept := storage.Answer{Command: cmd.Key, Fingerprint: fingerprint(op, cmd), At: tx.Now}
	text, err := json.Marshal(answer)
	if err != nil {
		return err
	}
	kept.Answer = string(text)
	if refusal != nil {
		if text, err = json.Marshal(refusalOf(refusal)); err != nil {
			return err
		}
		kept.Refusal = string(text)
	}
	return tx.PutAnswer(c.id, kept, tx.Now.Add(-day))
}

// reserveKey makes the key of a command taken before its answer is known, for a
// command of more than one transaction.
func (c *customer) reserveKey(tx *storage.Tx, op string) error {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return nil
	}
	return tx.PutAnswer(c.id, storage.Answer{Command: cmd.Key, Fingerprint: fingerprint(op, cmd), At: tx.Now}, tx.Now.Add(-day))
}

// fingerprint is the command's with the method before it: a kept answer can be read
// as the answer to that method only.
func fingerprint(op string, cmd backend.Command) string { return op + " " + cmd.Fingerprint }

// refusalJSON is a *backend.Error as it is kept: without its cause, which is for the
// log.
type refusalJSON struct {
	Code         backend.Code        `json:"code"`
	Message      string              `json:"message"`
	Fields       map[string][]string `json:"fields,omitempty"`
	RetryAfter   time.Duration       `json:"retry_after,omitempty"`
	AttemptsLeft int                 `json:"attempts_left,omitempty"`
	Missing      []int               `json:"missing,omitempty"`
	Conflicts    []backend.Conflict  `json:"conflicts,omitempty"`
}

func refusalOf(err error) refusalJSON {
	var e *backend.Error
	if !errors.As(err, &e) {
		e = &backend.Error{Code: backend.CodeInternal, Message: err.Error()}
	}
	return refusalJSON{e.Code, e.Message, e.Fields, e.RetryAfter, e.AttemptsLeft, e.Missing, e.Conflicts}
}

func (r refusalJSON) asError() *backend.Error {
	return &backend.Error{Code: r.Code, Message: r.Message, Fields: r.Fields, RetryAfter: r.RetryAfter, AttemptsLeft: r.AttemptsLeft, Missing: r.Missing, Conflicts: r.Conflicts}
}

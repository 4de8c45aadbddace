package local

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// A command that carries a key is carried out once: its answer is written in
// the transaction of its effect, and who sends it again within a day is given
// that answer, also when it was a refusal. Only who was told to wait, or to
// read again, is not told so for a day.

// change runs fn in one durable transaction in which the account exists, and
// only once for a command with a key; op says which method it is. answer
// points to what the method returns, nil for nothing but an error: fn fills
// it, or what fn filled it with when the command came first.
func (c *customer) change(ctx context.Context, op string, answer any, fn func(*storage.Tx) error) error {
	return c.command(ctx, op, answer, c.requireAccount(fn))
}

// once is change for an fn that begins with loading the account itself.
func (c *customer) command(ctx context.Context, op string, answer any, fn func(*storage.Tx) error) error {
	var refusal *committedRefusal
	var isRepeat bool
	err := c.db.Change(ctx, func(tx *storage.Tx) (err error) {
		if isRepeat, err = c.beginCommand(tx, op, answer); isRepeat || err != nil {
			return err
		}
		if err := fn(tx); err != nil && !errors.As(err, &refusal) {
			return err
		}
		if refusal != nil {
			return c.keepAnswer(tx, op, nil, refusal.error)
		}
		return c.keepAnswer(tx, op, answer, nil)
	})
	if err == nil && refusal != nil {
		return refusal.error
	}
	if !isRepeat {
		c.keepRefusal(ctx, op, err)
	}
	return err
}

// keepRefusal writes a refusal down after its transaction was undone. Of two
// that come at once the first is kept; that one is not to be had changes
// nothing for the caller, who is refused in any case.
func (c *customer) keepRefusal(ctx context.Context, op string, refusal error) {
	row, _ := backend.RefusalOf(backend.ErrorCode(refusal))
	if backend.CommandOf(ctx).Key == "" || !row.Kept {
		return
	}
	_ = c.db.Change(ctx, func(tx *storage.Tx) error {
		if _, found, err := tx.Answer(c.id, backend.CommandOf(ctx).Key); found || err != nil {
			return err
		}
		return c.keepAnswer(tx, op, nil, refusal)
	})
}

// committed is a refusal that changed something, such as the count of tries:
// its transaction has to commit, and the caller is refused afterwards.
type committedRefusal struct{ error }

// before is the beginning of every command: done when it was carried out
// already and answer is what it was answered then, with its refusal.
// Errors: idempotency_key_reused, precondition_failed, busy.
func (c *customer) beginCommand(tx *storage.Tx, op string, answer any) (done bool, err error) {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key != "" {
		kept, found, err := tx.Answer(c.id, cmd.Key)
		age, same := tx.Now.Sub(kept.At), kept.Fingerprint == fingerprint(op, cmd)
		switch {
		case err != nil:
			return false, err
		case !found:
		case age >= day, same && kept.Answer == "" && age >= leaseDuration: // whoever began it has died since
			if err := tx.DropAnswer(c.id, cmd.Key); err != nil {
				return false, err
			}
		case !same:
			return false, errKeyReused()
		case kept.Answer == "":
			return false, backend.Errorf(backend.CodeBusy, "This request is being carried out already. Ask again in a moment.")
		default:
			return true, repeatAnswer(kept, answer)
		}
	}
	if cmd.IfRevision == 0 {
		return false, nil
	}
	revision, err := tx.Revision(c.id)
	if err == nil && revision != cmd.IfRevision {
		err = backend.Errorf(backend.CodeStale, "Something was changed since this was read, so nothing was changed now. Read it again.")
	}
	return false, err
}

func errKeyReused() error {
	return backend.Errorf(backend.CodeKeyReused, "The key of this request was used for something else. Send it with a new key.")
}

// repeat gives a kept answer again.
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

// keep writes down what a command with a key is answered.
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

// reserve makes a command's key taken before its answer is known, for one that
// takes more than one transaction.
func (c *customer) reserveKey(tx *storage.Tx, op string) error {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return nil
	}
	return tx.PutAnswer(c.id, storage.Answer{Command: cmd.Key, Fingerprint: fingerprint(op, cmd), At: tx.Now}, tx.Now.Add(-day))
}

// fingerprint also names the method, since its answer can only be read as the
// answer to that one.
func fingerprint(op string, cmd backend.Command) string { return op + " " + cmd.Fingerprint }

// refusalJSON is a *backend.Error without its cause, which is for the log.
type refusalJSON struct {
	Code         backend.Code        `json:"code"`
	Message      string              `json:"message"`
	Fields       map[string][]string `json:"fields,omitempty"`
	RetryAfter   time.Duration       `json:"retry_after,omitempty"`
	AttemptsLeft int                 `json:"attempts_left,omitempty"`
	Missing      []int               `json:"missing,omitempty"`
}

func refusalOf(err error) refusalJSON {
	var e *backend.Error
	if !errors.As(err, &e) {
		e = &backend.Error{Code: backend.CodeInternal, Message: err.Error()}
	}
	return refusalJSON{e.Code, e.Message, e.Fields, e.RetryAfter, e.AttemptsLeft, e.Missing}
}

func (r refusalJSON) asError() *backend.Error {
	return &backend.Error{Code: r.Code, Message: r.Message, Fields: r.Fields, RetryAfter: r.RetryAfter, AttemptsLeft: r.AttemptsLeft, Missing: r.Missing}
}

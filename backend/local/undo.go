package local

import (
	"context"
	"strings"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// An undo is a change like every other: one transaction, with an entry of its own that names the
// entry that it took back. Redo takes that entry back in turn. So the stack is in the journal
// alone: a change is undone while an entry takes it back that is not taken back itself.

// undoDepth is how many entries are looked at for the one to take back: some 2 ms of reading.
// Older ones can be named.
const undoDepth = 1000

// What the Action of an undo and of a redo ends in, behind the kind of the change.
const (
	undone = ".undone"
	redone = ".redone"
)

func isUndo(e backend.JournalEntry) bool { return strings.HasSuffix(e.Action, undone) }
func isRedo(e backend.JournalEntry) bool { return strings.HasSuffix(e.Action, redone) }

// Undo takes an entry back; "" stands for the caller's newest change that has an inverse.
func (c *customer) Undo(ctx context.Context, entry string) (e backend.JournalEntry, err error) {
	var at, seen int64
	if entry != "" {
		if at, seen, err = c.findEntry(ctx, entry); err != nil {
			return e, err
		}
	}
	err = c.change(ctx, "Undo", &e, func(tx *storage.Tx) error {
		var target backend.JournalEntry
		if entry != "" {
			target, err = c.entryAt(tx, at, seen)
		} else {
			target, err = c.lastChange(tx)
		}
		if err == nil {
			e, err = c.takeBack(tx, target)
		}
		return err
	})
	return e, err
}

// Redo makes the change again that the caller took back last.
func (c *customer) Redo(ctx context.Context) (e backend.JournalEntry, err error) {
	err = c.change(ctx, "Redo", &e, func(tx *storage.Tx) error {
		target, err := c.lastUndo(tx)
		if err == nil {
			e, err = c.takeBack(tx, target)
		}
		return err
	})
	return e, err
}

// findEntry returns the number of the row with an id, and that of the newest row that it has seen.
// It reads from there on, and holds no other caller up. Errors: not_found; not_undoable for one that
// was taken back already.
func (c *customer) findEntry(ctx context.Context, id string) (at, seen int64, err error) {
	var takenBack map[string]bool
	err = c.read(ctx, func(tx *storage.Tx) (err error) {
		at, takenBack = 0, map[string]bool{}
		if seen, err = tx.NewestEntry(c.id); err != nil {
			return err
		}
		return tx.WalkJournal(c.id, seen, func(sequence int64, e backend.JournalEntry) bool {
			if e.ID == id {
				at = sequence
			}
			if !takenBack[e.ID] && e.Undoes != "" {
				takenBack[e.Undoes] = true
			}
			return at == 0
		})
	})
	switch {
	case err != nil:
	case at == 0:
		err = backend.Errorf(backend.CodeNotFound, "There is no such entry in the journal. Read it again.")
	case takenBack[id]:
		err = errTakenBack()
	}
	return at, seen, err
}

// errTakenBack refuses to take an entry back twice: what it kept is older than what came after, such
// as a signing secret that was replaced because others know it.
func errTakenBack() error {
	return backend.Errorf(backend.CodeNotUndoable, "This was taken back already. Take back what came after it, or change it by hand.")
}

// entryAt loads an entry, unless a row that is newer than the ones that were seen takes it back.
func (c *customer) entryAt(tx *storage.Tx, at, seen int64) (entry backend.JournalEntry, err error) {
	err = tx.WalkJournal(c.id, at, func(_ int64, e backend.JournalEntry) bool {
		entry = e
		return false
	})
	if err != nil {
		return entry, err
	}
	newest, err := tx.NewestEntry(c.id)
	if err != nil {
		return entry, err
	}
	isTakenBack := false
	err = tx.WalkJournal(c.id, newest, func(sequence int64, e backend.JournalEntry) bool {
		isTakenBack = isTakenBack || sequence > seen && e.Undoes == entry.ID
		return sequence > seen && !isTakenBack
	})
	if err == nil && isTakenBack {
		err = errTakenBack()
	}
	return entry, err
}

// lastChange is the caller's newest change that has an inverse and is not undone, or was made
// again.
func (c *customer) lastChange(tx *storage.Tx) (backend.JournalEntry, error) {
	actor, isConfirmed, hasUndone := c.actor(tx.Context()), false, false
	target, found, isWhole, err := c.standing(tx, func(e backend.JournalEntry) (isTarget, goesOn bool) {
		isConfirmed = isConfirmed || e.After.Username != nil
		hasUndone = hasUndone || e.Actor == actor && isUndo(e)
		// What led to a confirmed username cannot be taken back from it.
		isOver := isConfirmed && e.After.PendingUsername != nil
		return e.Actor == actor && e.CanUndo() && !isUndo(e) && !isOver, true
	})
	switch {
	case err != nil || found:
	case !isWhole:
		err = backend.Errorf(backend.CodeNothingToUndo, "Nothing to undo among the newest %d changes. Activity can undo older ones.", undoDepth)
	case hasUndone:
		err = backend.Errorf(backend.CodeNothingToUndo, "Nothing to undo any more: all that you changed, and that can be undone, is.")
	default:
		err = backend.Errorf(backend.CodeNothingToUndo, "Nothing to undo: you have changed nothing that can be. Activity can undo what others have changed.")
	}
	return target, err
}

// lastUndo is the caller's newest undo, unless the caller has made another change since.
func (c *customer) lastUndo(tx *storage.Tx) (backend.JournalEntry, error) {
	actor := c.actor(tx.Context())
	target, found, _, err := c.standing(tx, func(e backend.JournalEntry) (isTarget, goesOn bool) {
		isOwn := e.Actor == actor && e.CanUndo()
		return isOwn && isUndo(e), !isOwn || isUndo(e) || isRedo(e)
	})
	if err == nil && !found {
		err = backend.Errorf(backend.CodeNothingToUndo, "Nothing to make again: you have undone nothing since your last change.")
	}
	return target, err
}

// standing is the newest entry that is looked for, of those that are not taken back. isWhole is false
// when there are older ones at which it has not looked.
func (c *customer) standing(tx *storage.Tx, look func(backend.JournalEntry) (isTarget, goesOn bool)) (target backend.JournalEntry, found, isWhole bool, err error) {
	newest, err := tx.NewestEntry(c.id)
	if err != nil {
		return target, false, false, err
	}
	takenBack, looked := map[string]bool{}, 0
	err = tx.WalkJournal(c.id, newest, func(_ int64, e backend.JournalEntry) bool {
		if looked++; looked > undoDepth {
			return false
		}
		if takenBack[e.ID] {
			return true
		}
		takenBack[e.Undoes] = true
		isTarget, goesOn := look(e)
		if isTarget {
			target, found = e, true
		}
		return !isTarget && goesOn
	})
	return target, found, looked <= undoDepth, err
}

// takeBack makes what an entry changed as it was before, and returns the entry about that.
func (c *customer) takeBack(tx *storage.Tx, target backend.JournalEntry) (backend.JournalEntry, error) {
	var none backend.JournalEntry
	if !target.CanUndo() {
		return none, backend.Errorf(backend.CodeNotUndoable, "This cannot be undone: %s.", whyNoUndo(target))
	}
	r := restoring{customer: c, tx: tx, expected: target.After, wanted: target.Before}
	if err := r.account(); err != nil {
		return none, err
	}
	if err := r.channels(); err != nil {
		return none, err
	}
	if len(r.conflicts) > 0 {
		return none, &backend.Error{Code: backend.CodeChangedSince, Conflicts: r.conflicts,
			Message: "This was changed again since, so it was left as it is. Look at both, then change it by hand."}
	}
	kind, _, _ := strings.Cut(target.Action, ".")
	e := c.entry(tx, kind+undone, subjectOf(target))
	if isUndo(target) {
		e.Action = kind + redone
	}
	e.Before, e.After, e.Undoes = r.before, r.after, target.ID
	return withoutKept(e), tx.AddJournal(c.id, e)
}

// subjectOf is what an entry is about, without what was done beside it, such as a code that was sent.
func subjectOf(e backend.JournalEntry) string {
	if e.After.PendingUsername != nil {
		return "the new username"
	}
	if end := strings.LastIndexByte(e.Detail, ')'); end >= 0 { // of "channel 3 (sms)", or of the last of several
		return e.Detail[:end+1]
	}
	return e.Detail
}

func whyNoUndo(e backend.JournalEntry) string {
	switch {
	case e.After.Username != nil:
		return "the username was confirmed with its code, and the old address may belong to another person by now"
	case e.Action == "channel.seen":
		return "a person has seen the message"
	case e.Action == "channel.secret_changed":
		return "the old signing secret may be known to others"
	case isUnkept(e):
		return "the journal does not keep what was before"
	}
	return "it changed no settings"
}

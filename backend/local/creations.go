package local

import (
	"encoding/json"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// The key of the command that creates an account belongs to the token of the
// request, since there is no account yet that it could belong to. For the same reason
// the command has no IfRevision.

const opCreate = "Create"

// beginCreation is beginCommand for the command that creates an account.
// Errors: idempotency_key_reused.
func beginCreation(tx *storage.Tx, made *backend.AccountSummary) (isRepeat bool, err error) {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return false, nil
	}
	if err := tx.Lock("creation " + cmd.TokenID + " " + cmd.Key); err != nil { // the same command may be carried out now
		return false, err
	}
	kept, found, err := tx.Creation(cmd.TokenID, cmd.Key)
	switch {
	case err != nil || !found || tx.Now.Sub(kept.At) >= day:
		return false, err
	case kept.Fingerprint != fingerprint(opCreate, cmd):
		return false, errKeyReused()
	}
	if err := repeatAnswer(kept, made); err != nil {
		return true, err
	}
	// Written again, so that this commit waits for the standby: the wait of the first one may have been broken off.
	return true, tx.PutCreation(cmd.TokenID, made.ID, kept, tx.Now.Add(-day))
}

// keepCreation is keepAnswer for the command that created an account.
func keepCreation(tx *storage.Tx, made backend.AccountSummary) error {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return nil
	}
	text, err := json.Marshal(made)
	if err != nil {
		return err
	}
	return tx.PutCreation(cmd.TokenID, made.ID, storage.Answer{Command: cmd.Key, Fingerprint: fingerprint(opCreate, cmd),
		Answer: string(text), At: tx.Now}, tx.Now.Add(-day))
}

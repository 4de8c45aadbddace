package local

import (
	"encoding/json"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// The command that makes an account has a key like any other, but there is no
// account yet for the key to belong to: it belongs to the token that it came
// with. It depends on no revision either, for the same reason.

const opCreate = "Create"

// beforeCreation is before for the command that makes an account.
// Errors: idempotency_key_reused.
func beginCreation(tx *storage.Tx, made *backend.AccountSummary) (done bool, err error) {
	cmd := backend.CommandOf(tx.Context())
	if cmd.Key == "" {
		return false, nil
	}
	kept, found, err := tx.Creation(cmd.TokenID, cmd.Key)
	switch {
	case err != nil || !found || tx.Now.Sub(kept.At) >= day:
		return false, err
	case kept.Fingerprint != fingerprint(opCreate, cmd):
		return false, errKeyReused()
	default:
		return true, repeatAnswer(kept, made)
	}
}

// keepCreation is keep for the command that made an account.
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

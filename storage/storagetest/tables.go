package storagetest

import (
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
)

// agedKinds are all rows that have an age.
var agedKinds = []storage.Aged{storage.AgedMessages, storage.AgedAttempts, storage.AgedSends, storage.AgedFailures, storage.AgedCodes,
	storage.AgedTokens, storage.AgedAnswers, storage.AgedCreations, storage.AgedTargets}

// addTimed writes rows of John that have a time: an instant.
func addTimed(tx *storage.Tx, at time.Time) error {
	m := backend.Message{ID: "m", At: at, Type: backend.TypeEmail, To: "a@example.com", Kind: backend.KindNotice, State: backend.StateSent}
	if err := tx.AddMessage(john, m, nil, at); err != nil {
		return err
	}
	if err := tx.AddSend(john, storage.SendCode, "s", storage.Send{Target: "email:a@example.com", At: at}, at.Add(-time.Hour)); err != nil {
		return err
	}
	if err := tx.PutCode(storage.Code{ID: "k", Customer: john, Purpose: storage.PurposeChannel, Target: "email:a@example.com", MAC: []byte("mac"), SentAt: at, ExpiresAt: at}); err != nil {
		return err
	}
	return tx.PutAnswer(john, storage.Answer{Command: "c", Fingerprint: "f", Answer: "{}", At: at}, at.Add(-time.Hour))
}

var tables = []promise{
	{"what is old is found and deleted, of each table", func(v *visit) {
		v.change(v.one, john, func(tx *storage.Tx) error { return addTimed(tx, tx.Now.Add(-time.Hour)) })
		deleted := 0
		v.change(v.one, storage.NoAccount, func(tx *storage.Tx) error {
			deleted = 0
			for _, kind := range agedKinds {
				has, err := tx.HasAged(kind, john, tx.Now, 0)
				if err != nil {
					return err
				}
				n, err := tx.DeleteAged(kind, john, tx.Now, 0, 100)
				if err != nil {
					return err
				}
				if has != (n > 0) {
					v.Errorf("of %s %d rows are deleted, and that there are some: %t", kind, n, has)
				}
				deleted += n
			}
			return nil
		})
		if deleted != 4 {
			v.Errorf("%d rows were deleted", deleted)
		}
	}},
	{"what lies in the future is found, and brought to the present", func(v *visit) {
		future := func() (ofAll, ofJohn bool) {
			v.ok(v.other.Read(v.Context(), func(tx *storage.Tx) (err error) {
				if ofAll, err = tx.AnyFuture(); err != nil {
					return err
				}
				ofJohn, err = tx.HasFuture(john)
				return err
			}))
			return ofAll, ofJohn
		}
		v.change(v.one, john, func(tx *storage.Tx) error { return addTimed(tx, tx.Now.Add(time.Hour)) })
		if ofAll, ofJohn := future(); !ofAll || !ofJohn {
			v.Error("it is not found")
		}
		v.change(v.one, storage.NoAccount, func(tx *storage.Tx) error {
			if err := tx.RecallFuture(john); err != nil {
				return err
			}
			if err := tx.RecallFutureMessages(time.Hour); err != nil {
				return err
			}
			if err := tx.RecallFutureTargetSends(); err != nil {
				return err
			}
			_, err := tx.RecallFutureAnswers(100)
			return err
		})
		if ofAll, ofJohn := future(); ofAll || ofJohn {
			v.Error("it is there still")
		}
	}},
}

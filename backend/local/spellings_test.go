package local

import (
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/storage"
)

// TestOldSpellingsOfChannelsGoOn: values that were stored before URLs were normalised,
// and two that turn out to be the same.
func TestOldSpellingsOfChannelsGoOn(t *testing.T) {
	f := newTidyFile(t, Options{})
	id := f.Backend.(*customer).id
	old := []backend.Channel{
		{Type: backend.TypeWebhook, Priority: 1, Value: "https://h.example/%7Ea#x", ActiveValue: "https://h.example/%7Ea#x", Enabled: true},
		{Type: backend.TypeWebhook, Priority: 2, Value: "https://H.example/~a"},
		{Type: backend.TypeWebhook, Priority: 3, Value: "https://h.example/b"},
	}
	f.must(f.db.Change(t.Context(), func(tx *storage.Tx) error {
		for _, ch := range old {
			f.must(tx.AddChannel(id, ch))
		}
		return nil
	}))
	found, err := f.db.Collisions(t.Context())
	if err != nil || len(found) != 1 || found[0] != (storage.Collision{Customer: id, Priority: 2, Value: old[1].Value}) {
		t.Errorf("colliding are %+v, %v", found, err)
	}
	for _, spelling := range []string{old[0].Value, "https://h.example/~a"} {
		u, err := f.UpdateChannel(t.Context(), 1, spelling, nil)
		f.must(err)
		if u.Changed || u.CodeSent || u.Channel.Value != old[0].Value {
			t.Errorf("%s: %+v", spelling, u)
		}
	}
	u, err := f.UpdateChannel(t.Context(), 2, "https://h.example/~a", nil)
	f.must(err)
	if u.Changed || !u.CodeSent || u.Channel.Value != old[1].Value || u.Channel.Code == nil {
		t.Errorf("a new code: %+v", u)
	}
	sent := f.options.Sender.(*backendtest.Sender).Sent()
	if _, err := f.VerifyChannel(t.Context(), 2, sent[0].Code); err != nil {
		t.Errorf("the code: %v", err)
	}
	f.clock.Advance(time.Hour)
	for _, value := range []string{"https://h.example/%7ea", "https://h.example/c/../~a"} {
		if _, err := f.CreateChannel(t.Context(), backend.TypeWebhook, value, ""); backend.ErrorCode(err) != backend.CodeDuplicateChannel {
			t.Errorf("%s is new: %v", value, err)
		}
		if _, err := f.UpdateChannel(t.Context(), 3, value, nil); backend.ErrorCode(err) != backend.CodeDuplicateChannel {
			t.Errorf("%s is no duplicate: %v", value, err)
		}
	}
}

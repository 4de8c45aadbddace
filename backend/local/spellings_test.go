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
	f.must(f.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for _, ch := range old {
			f.must(tx.AddChannel(id, ch))
		}
		return nil
	}))
	found, err := storage.Collisions(t.Context(), f.db)
	if err != nil || len(found) != 1 || found[0] != (storage.Collision{Customer: id, Priority: 2, Value: old[1].Value, Other: id, OtherPriority: 1}) {
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

// The numbers that earlier versions have kept: with the prefix of calls inside their country,
// also beside the same number without it, and one that no country has.
const prefixed, same, impossible, wrong = "+4402079460958", "+442079460958", "+1234567", "+4402079460959"

// openEarlier opens a file with these numbers, in this order.
func openEarlier(t *testing.T) tidyFile {
	f := newTidyFile(t, Options{})
	id := f.Backend.(*customer).id
	old := []backend.Channel{
		{Type: backend.TypeSMS, Priority: 1, Value: prefixed, ActiveValue: prefixed, Enabled: true, Verified: true},
		{Type: backend.TypeSMS, Priority: 2, Value: same},
		{Type: backend.TypeSMS, Priority: 3, Value: impossible, ActiveValue: impossible, Verified: true},
		{Type: backend.TypeSMS, Priority: 4, Value: wrong},
	}
	f.must(f.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		for _, ch := range old {
			f.must(tx.AddChannel(id, ch))
		}
		return nil
	}))
	found, err := storage.Collisions(t.Context(), f.db)
	if err != nil || len(found) != 1 || found[0] != (storage.Collision{Customer: id, Priority: 2, Value: same, Other: id, OtherPriority: 1}) {
		t.Errorf("colliding are %+v, %v", found, err)
	}
	return f
}

func TestNumbersOfEarlierVersionsGoOn(t *testing.T) {
	f := openEarlier(t)
	if test, err := f.TestChannel(t.Context(), 3); err != nil || !test.OK {
		t.Errorf("a test: %+v, %v", test, err)
	}
	if ch, err := f.SetChannelEnabled(t.Context(), 3, true); err != nil || !ch.Enabled {
		t.Errorf("switched on: %+v, %v", ch, err)
	}
	for value, code := range map[string]backend.Code{"+44 20 7946 0958": backend.CodeDuplicateChannel, impossible: backend.CodeInvalid} {
		if _, err := f.CreateChannel(t.Context(), backend.TypeSMS, value, ""); backend.ErrorCode(err) != code {
			t.Errorf("%s: %v, want %s", value, err, code)
		}
	}
	if _, err := f.DeleteChannels(t.Context(), []int{1, 2, 3, 4}); err != nil {
		t.Error(err)
	}
}

// TestNumbersOfEarlierVersionsAreEdited: what is in force stays, and what was never verified is
// corrected.
func TestNumbersOfEarlierVersionsAreEdited(t *testing.T) {
	f := openEarlier(t)
	update := func(priority int, value string, label *string) backend.ChannelUpdate {
		t.Helper()
		u, err := f.UpdateChannel(t.Context(), priority, value, label)
		f.must(err)
		return u
	}
	for _, spelling := range []string{prefixed, "+44 (0)20 7946 0958"} {
		if u := update(1, spelling, nil); u.Changed || u.CodeSent || u.Channel.Value != prefixed {
			t.Errorf("%s: %+v", spelling, u)
		}
	}
	pager := "pager"
	if u := update(3, impossible, &pager); u.Changed || u.CodeSent || !u.LabelChanged {
		t.Errorf("a label: %+v", u)
	}
	if u := update(4, wrong, nil); u.Changed || !u.CodeSent {
		t.Errorf("another code: %+v", u)
	}
	f.clock.Advance(time.Hour)
	if u := update(4, "+44 (0)20 7946 0959", nil); !u.Changed || !u.CodeSent || u.Channel.Value != "+442079460959" {
		t.Errorf("corrected: %+v", u)
	}
}

// TestOneOfTwoSpellingsIsNotCorrectedToTheOther: a value that another channel has, in this very
// spelling, is a duplicate.
func TestOneOfTwoSpellingsIsNotCorrectedToTheOther(t *testing.T) {
	for kind, values := range map[backend.ChannelType][2]string{
		backend.TypeSMS: {"+4402079460958", "+442079460958"}, backend.TypeEmail: {"Ada@example.org", "ada@example.org"},
	} {
		f := newTidyFile(t, Options{})
		f.must(f.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
			for i, value := range values {
				f.must(tx.AddChannel(f.Backend.(*customer).id, backend.Channel{Type: kind, Priority: i + 1, Value: value}))
			}
			return nil
		}))
		if _, err := f.UpdateChannel(t.Context(), 1, values[1], nil); backend.ErrorCode(err) != backend.CodeDuplicateChannel {
			t.Errorf("%s as %s: %v", values[0], values[1], err)
		}
		for i, value := range values { // each keeps its own
			if u, err := f.UpdateChannel(t.Context(), i+1, value, nil); (err != nil || u.Changed) && backend.ErrorCode(err) != backend.CodeRateLimited {
				t.Errorf("%s again: %+v, %v", value, u, err)
			}
		}
		if _, err := f.DeleteChannels(t.Context(), []int{2}); err != nil {
			t.Error(err)
		}
		f.clock.Advance(time.Hour)
		if u, err := f.UpdateChannel(t.Context(), 1, values[1], nil); err != nil || u.Channel.Value != values[1] {
			t.Errorf("%s as %s, which is free: %+v, %v", values[0], values[1], u, err)
		}
	}
}

// TestOldSpellingOfAPendingUsername: one that was pending while the file was migrated, with
// a code, keeps its spelling until the code is entered.
func TestOldSpellingOfAPendingUsername(t *testing.T) {
	f := newTidyFile(t, Options{})
	c := f.Backend.(*customer)
	f.must(f.db.Change(t.Context(), storage.NoAccount, func(tx *storage.Tx) error {
		p, err := tx.Profile(c.id)
		f.must(err)
		_, err = c.writeCode(tx, storage.PurposeUsername, backend.TypeEmail, "zoe@bücher.example")
		f.must(err)
		p.Pending = &backend.PendingUsername{Email: "zoe@bücher.example"}
		return tx.SaveCustomer(p)
	}))
	f.clock.Advance(time.Minute) // until the lease of the message has ended
	f.must(f.DeliverDue(t.Context()))
	inbox, err := f.Messages(t.Context(), 1)
	f.must(err)
	sent := f.options.Sender.(*backendtest.Sender).Sent()
	if len(sent) != 1 || inbox.Messages[0].To != "zoe@bücher.example" {
		t.Fatalf("sent: %+v", sent)
	}
	p, err := f.ConfirmUsername(t.Context(), sent[0].Code)
	f.must(err)
	if p.Customer.Email != "zoe@xn--bcher-kva.example" || p.Pending != nil {
		t.Errorf("the username is %+v", p.Customer)
	}
}

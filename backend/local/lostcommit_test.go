//go:build unix

package local

import (
	"testing"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/storage"
	"github.com/account-settings/pinghome/storage/postgres/pgtest"
)

// What becomes of changes whose commit, or the answer to it, is lost with the connection.

// cutVisit is an account with a verified channel, whose next commit can be lost.
type cutVisit struct {
	*testing.T
	accounts *Accounts
	view     backend.Backend
	sender   *hookSender
	cut      func()
	proxy    *pgtest.Proxy
	clock    *clock
}

// forEachCut runs fn where the commit does not get through, and where its answer does not.
func forEachCut(t *testing.T, fn func(v *cutVisit)) {
	for what, cut := range map[string]pgtest.Cut{"the commit": pgtest.CutCommit, "the answer": pgtest.CutAnswer} {
		t.Run(what, func(t *testing.T) {
			url, proxy := pgtest.Through(t, pgtest.Made(t, makeDatabase(t)))
			v := &cutVisit{T: t, sender: &hookSender{}, proxy: proxy, clock: newClock(), cut: func() { proxy.Cut(cut) }}
			v.accounts = New(openDatabase(t, url, v.clock), Options{Key: testKey, Sender: v.sender})
			john, err := v.accounts.Create(t.Context(), backend.NewAccount{Name: "John", Surname: "Doe", Email: "john@example.com"})
			must(t, err)
			v.view = v.accounts.View(john.ID)
			_, err = v.view.CreateChannel(t.Context(), backend.TypeSMS, "+994551234567", "")
			must(t, err)
			_, err = v.view.VerifyChannel(t.Context(), 1, v.sender.last.Code)
			must(t, err)
			fn(v)
		})
	}
}

// lost fails the test unless the connection was cut.
func (v *cutVisit) lost() {
	v.Helper()
	if !v.proxy.IsCut() {
		v.Error("nothing was lost")
	}
}

// TestLostCommitIsSettledByItsKey: a command with a key has one effect, and its answer.
func TestLostCommitIsSettledByItsKey(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		v.cut()
		ch, err := v.view.CreateChannel(keyed("create"), backend.TypeSMS, "+994559999999", "")
		if err != nil || ch.Priority != 2 {
			v.Fatalf("%+v, %v", ch, err)
		}
		v.lost()
		all, err := v.view.Channels(v.Context(), backend.ChannelFilter{})
		if err != nil || len(all) != 2 {
			v.Errorf("%d channels, %v", len(all), err)
		}
		if m := v.sender.last; m.To != "+994559999999" {
			v.Errorf("the code was not sent; the last message is %+v", m)
		}
		v.cut()
		if _, err := v.view.SetChannelEnabled(v.Context(), 1, false); backend.ErrorCode(err) != backend.CodeUnknownOutcome {
			v.Errorf("without a key: %v", err)
		}
	})
}

// TestLostCommitOfATest: of both its transactions, the test is sent once, and answered.
func TestLostCommitOfATest(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		for key, cuts := range map[string]struct{ before, duringSend func() }{"before it is sent": {v.cut, nil}, "after it was sent": {func() {}, v.cut}} {
			sent := v.sender.calls
			v.sender.duringSend = cuts.duringSend
			cuts.before()
			first, err := v.view.TestChannel(keyed(key), 1)
			v.lost()
			v.sender.duringSend = nil
			again, errAgain := v.view.TestChannel(keyed(key), 1)
			if err != nil || errAgain != nil || !first.OK || again != first {
				v.Errorf("%s: %+v, %v, and again %+v, %v", key, first, err, again, errAgain)
			}
			if n := v.sender.calls - sent; n != 1 {
				v.Errorf("%s: %d tests were sent", key, n)
			}
			attempts, err := v.view.ChannelAttempts(v.Context(), 1, 10)
			if must(t, err); attempts[0].Kind != backend.KindTest || attempts[0].Outcome != backend.OutcomeSent {
				v.Errorf("%s: %+v", key, attempts[0])
			}
		}
	})
}

// TestLostCommitOfAnAttempt: a message whose record is lost is recorded again, and not sent again.
func TestLostCommitOfAnAttempt(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		sent := v.sender.calls
		v.sender.duringSend = v.cut
		_, err := v.view.UpdateChannel(v.Context(), 1, "+994557777777", nil)
		must(t, err)
		v.lost()
		v.sender.duringSend = nil
		must(t, v.accounts.DeliverDue(v.Context()))
		if n := v.sender.calls - sent; n != 1 {
			v.Errorf("%d messages were sent", n)
		}
		list, err := v.view.Messages(v.Context(), 1)
		must(t, err)
		attempts, err := v.view.MessageAttempts(v.Context(), list.Messages[0].ID)
		if must(t, err); len(attempts) != 1 || list.Messages[0].State != backend.StateSent {
			v.Errorf("%+v, %+v", list.Messages[0], attempts)
		}
	})
}

// TestLostCommitOfADeletion: the account is gone, and that is the answer.
func TestLostCommitOfADeletion(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		v.cut()
		if err := v.view.DeleteAccount(v.Context(), "other"); err != nil {
			v.Error(err)
		}
		v.lost()
		if _, err := v.view.Profile(v.Context()); backend.ErrorCode(err) != backend.CodeUnauthorized {
			v.Errorf("the account is there: %v", err)
		}
	})
}

// TestLostCommitOfALease: messages that may not be this server's are not sent by it.
func TestLostCommitOfALease(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		v.queue()
		v.cut()
		leased, _, err := v.accounts.leaseDue(v.Context(), func(string) bool { return true })
		if backend.ErrorCode(err) != backend.CodeUnknownOutcome || len(leased) != 0 {
			v.Errorf("%d messages, %v", len(leased), err)
		}
		v.lost()
	})
}

// TestLostCommitOfARenewal: the lease is renewed again, from wherever it ended.
func TestLostCommitOfARenewal(t *testing.T) {
	forEachCut(t, func(v *cutVisit) {
		v.queue()
		leased, _, err := v.accounts.leaseDue(v.Context(), func(string) bool { return true })
		if err != nil || len(leased) != 1 {
			v.Fatalf("%+v, %v", leased, err)
		}
		keeper := &leaseKeeper{message: leased[0]}
		v.cut()
		for range 2 {
			v.clock.Advance(renewAfter)
			if !keeper.renew(v.Context(), v.accounts.db) {
				v.Error("the lease is given up")
			}
			v.lost()
		}
		if !keeper.until().After(leased[0].LeasedUntil) || !keeper.unknown.IsZero() {
			v.Errorf("it lasts until %v, and was until %v", keeper.until(), leased[0].LeasedUntil)
		}
	})
}

// queue leaves a message to be sent, which was due a minute ago.
func (v *cutVisit) queue() {
	v.Helper()
	c := v.view.(*customer)
	must(v.T, c.db.Change(v.Context(), c.id, func(tx *storage.Tx) error {
		tx.Now = tx.Now.Add(-2 * leaseDuration)
		_, err := c.addMessage(tx, backend.Message{Type: backend.TypeSMS, To: "+994551234567", Kind: backend.KindNotice}, text{subject: "Notice", body: "Notice"})
		return err
	}))
}

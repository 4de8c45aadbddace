package local

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/backendtest"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage/sqlite"
)

func TestRotationKeepsWhatWaitsAndSigns(t *testing.T) {
	c := newClock()
	path := emptyFile(t, c)
	db := openFile(t, path, sqlite.Options{Now: c.Now})
	old := waitingCode(t, db, testKey)
	hook, err := old.CreateChannel(t.Context(), backend.TypeWebhook, "https://hook.example/", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := RotateKey(t.Context(), db, otherKey, testKey); backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Fatalf("with another key: %v", err)
	}
	third := slices.Repeat([]byte{9}, KeySize)
	for _, keys := range [][2][]byte{{testKey, otherKey}, {otherKey, third}} {
		if err := RotateKey(t.Context(), db, keys[0], keys[1]); err != nil {
			t.Fatal(err)
		}
		if err := CheckKey(t.Context(), db, keys[0]); backend.ErrorCode(err) != backend.CodeUnavailable {
			t.Errorf("the old key: %v", err)
		}
	}
	if _, err := old.CreateChannel(t.Context(), backend.TypeSMS, "+37120000009", ""); backend.ErrorCode(err) != backend.CodeUnavailable {
		t.Errorf("a program with the old key: %v", err)
	}

	c.Advance(time.Minute)
	sender := &backendtest.Sender{}
	a := New(db, Options{Key: third, Sender: sender})
	if err := a.DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	sent := sender.Sent()
	slices.SortFunc(sent, func(a, b delivery.Message) int { return strings.Compare(string(a.Type), string(b.Type)) })
	if len(sent) != 2 || sent[0].Code == "" || !slices.Equal(sent[1].SigningSecrets, []string{hook.SigningSecret}) {
		t.Fatalf("sent %+v", sent)
	}
	b, _, err := a.Open(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.VerifyChannel(t.Context(), 1, sent[0].Code); err != nil {
		t.Errorf("the code of a message that waited: %v", err)
	}
}

func TestRotationEndsCodesAndWordsThatWereSent(t *testing.T) {
	c := newClock()
	db := openFile(t, demoFile(t, c), sqlite.Options{Now: c.Now})
	if _, err := john(t, db, nil).TestChannel(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if err := RotateKey(t.Context(), db, testKey, otherKey); err != nil {
		t.Fatal(err)
	}
	b, _, err := New(db, Options{Key: otherKey}).Open(t.Context(), DemoCustomer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.VerifyChannel(t.Context(), 3, demoCode); backend.ErrorCode(err) != backend.CodeExpired {
		t.Errorf("a code: %v", err)
	}
	if _, err := b.ConfirmReceipt(t.Context(), 1, "acorn"); backend.ErrorCode(err) != backend.CodeNoOpenTest {
		t.Errorf("a word: %v", err)
	}
}

// TestMessageOfAnotherKeyWaits: it can be sent once its key is back.
func TestMessageOfAnotherKeyWaits(t *testing.T) {
	c := newClock()
	db := openFile(t, emptyFile(t, c), sqlite.Options{Now: c.Now})
	b := waitingCode(t, db, testKey)
	if err := StartWithNewKey(t.Context(), db, otherKey); err != nil {
		t.Fatal(err)
	}
	c.Advance(time.Minute)
	sender := &backendtest.Sender{}
	if err := New(db, Options{Key: otherKey, Sender: sender}).DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := b.Messages(t.Context(), 1)
	if err != nil || list.Messages[0].State != backend.StateQueued {
		t.Fatalf("%+v, %v", list.Messages, err)
	}
	c.Advance(3 * time.Minute)
	if err := New(db, Options{Key: testKey, Sender: sender}).DeliverDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := sender.Sent(); len(sent) != 1 || sent[0].Code == "" {
		t.Fatalf("sent %+v", sent)
	}
}

//go:build unix

package local

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"syscall"
	"time"

	"github.com/account-settings/pinghome/backend"
	"github.com/account-settings/pinghome/backend/delivery"
	"github.com/account-settings/pinghome/storage"
)

// trial is what a process is told to do.
type crashRun struct {
	Number     int
	Role       string // "accept", or afterwards "deliver"
	KillAt     string // "before", "after": at the hand-over, by itself; "any": when it is killed
	Worker     bool   // it has a worker, as the console and the server have
	File       string
	To         string        // the receiver
	ClockAhead time.Duration // of its clock
}

const (
	crashRuns     = 100
	lanes         = 4           // trials at once, each on a file of its own
	changesPerRun = 6           // changes in one trial, each of another customer: codes are limited
	timeApart     = time.Minute // from one trial to the next on the clock: longer than a lease
)

func (tr crashRun) customer(n int) string { return fmt.Sprintf("customer-%d-%d", tr.Number, n) }
func (tr crashRun) path(n int) string     { return fmt.Sprintf("/%d/%d", tr.Number, n) }

func (tr crashRun) run() error {
	ctx := context.Background()
	db, err := storage.Open(ctx, tr.File, storage.Options{Now: func() time.Time { return time.Now().Add(tr.ClockAhead) }})
	if err != nil {
		return err
	}
	router, err := delivery.New(delivery.Config{Webhook: &delivery.Webhook{Enabled: true, Allow: []string{"127.0.0.0/8"}, AllowHTTP: true}})
	if err != nil {
		return err
	}
	if tr.Role == "accept" {
		return tr.accept(ctx, New(db, Options{Key: testKey, Sender: killingSender{router, tr.KillAt}}))
	}
	return errors.Join(tr.deliver(ctx, New(db, Options{Key: testKey, Sender: router})), db.Close())
}

// mortal is a sender with which the process dies.
type killingSender struct {
	*delivery.Router
	killAt string
}

func (m killingSender) Send(ctx context.Context, message delivery.Message) (delivery.Receipt, error) {
	if m.killAt == "before" {
		killSelf()
	}
	receipt, err := m.Router.Send(ctx, message)
	if m.killAt == "after" {
		killSelf()
	}
	return receipt, err
}

func killSelf() {
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}

// accept makes changes with messages, and says which were acknowledged.
func (tr crashRun) accept(ctx context.Context, accounts *Accounts) error {
	if tr.Worker {
		go accounts.RunWorker(ctx, nil)
	}
	fmt.Println("ready")
	for n := range changesPerRun {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		if _, err := view.CreateChannel(ctx, backend.TypeWebhook, tr.To+tr.path(n)); err != nil {
			return err
		}
		fmt.Println(tr.path(n))
	}
	select {} // until it is killed
}

// left is a message as the second process finds it in the end.
type finalMessage struct {
	ID, Path string
	State    backend.MessageState
	Attempts int
}

// deliver hands over what is due, and tells of every message.
func (tr crashRun) deliver(ctx context.Context, accounts *Accounts) error {
	if err := accounts.DeliverDue(ctx); err != nil {
		return err
	}
	for n := range changesPerRun {
		view, _, err := accounts.Open(ctx, tr.customer(n))
		if err != nil {
			return err
		}
		box, err := view.Messages(ctx, batchSize)
		if err != nil {
			return err
		}
		for _, m := range box.Messages {
			to, err := url.Parse(m.To)
			if err != nil {
				return err
			}
			if err := json.NewEncoder(os.Stdout).Encode(finalMessage{m.ID, to.Path, m.State, m.Attempts}); err != nil {
				return err
			}
		}
	}
	return nil
}
